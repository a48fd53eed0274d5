"""Pages by keyset: nothing twice, nothing missed, whatever is written between two pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.store.driver import ACTIVE, ALL, DELETED, INT64_MAX, INT64_MIN, NOW, Driver

SIZES = [1, 2, 3, 7, 50]


def all_runs(store: Driver, size: int, between: Any = None, **search: Any) -> list[str]:
    """Run ids page by page; `between(page number)` is called after each page."""
    out: list[str] = []
    after, number = None, 0
    experiments, stages = search.get("experiments", [0]), search.get("stages", ACTIVE)
    while True:
        page = store.search_runs(experiments, stages, after, size)
        assert len(page.items) == size or page.next is None
        out += [run.info.run_id for run in page.items]
        if page.next is None:
            return out
        after, number = page.next, number + 1
        if between:
            between(number)


@pytest.mark.parametrize("size", SIZES)
def test_runs_come_latest_start_first_then_by_id(store: Driver, size: int) -> None:
    starts = {"b": 5, "a": 5, "z": 9, "c": 1, "d": 5, "e": 9, "f": 0}
    for run_id, start in starts.items():
        store.new_run(run_id, start_time=start)
    assert all_runs(store, size) == ["e", "z", "a", "b", "d", "c", "f"]
    assert all_runs(store, size, stages=ALL) == ["e", "z", "a", "b", "d", "c", "f"]


def test_start_times_may_be_as_odd_as_int64_allows(store: Driver) -> None:
    starts = {"a": INT64_MAX, "b": 0, "c": -1, "d": INT64_MIN, "e": INT64_MAX}
    for run_id, start in starts.items():
        store.new_run(run_id, start_time=start)
    for size in SIZES:
        assert all_runs(store, size) == ["a", "e", "b", "c", "d"]


@pytest.mark.parametrize("stages", [ACTIVE, ALL])
@pytest.mark.parametrize("size", [1, 3, 4])
def test_runs_inserted_between_pages_neither_repeat_nor_hide_old_ones(
    store: Driver, size: int, stages: Any
) -> None:
    old = [f"old{i:02}" for i in range(12)]
    for index, run_id in enumerate(old):
        store.new_run(run_id, start_time=NOW + index // 3)

    def insert(number: int) -> None:
        # Later than all, earlier than all, and in the middle of what was seen already.
        for place, start in (("late", NOW + 99), ("early", NOW - 99), ("middle", NOW + 2)):
            store.new_run(f"{place}{number}", start_time=start)

    found = all_runs(store, size, insert if size > 1 else limited(insert, 5), stages=stages)
    assert len(found) == len(set(found))
    assert [run_id for run_id in found if run_id.startswith("old")] == [
        f"old{i:02}" for start in (3, 2, 1, 0) for i in range(start * 3, start * 3 + 3)
    ]
    assert not any(run_id.startswith("late") for run_id in found)


def limited(function: Any, times: int) -> Any:
    """`function`, called for the first `times` pages only: early runs prolong the search."""
    return lambda number: function(number) if number <= times else None


def test_runs_deleted_between_pages_do_not_shift_the_rest(store: Driver) -> None:
    for index in range(9):
        store.new_run(f"r{index}", start_time=NOW - index)

    def delete_seen(number: int) -> None:
        store.delete_run(f"r{2 * number - 1}", NOW)

    assert all_runs(store, 2, delete_seen) == [f"r{i}" for i in range(9)]


def test_views_and_experiments_choose_the_runs(store: Driver) -> None:
    other = int(store.create_experiment("e", None, {}, NOW))
    for index in range(8):
        store.new_run(f"r{index}", (0, other)[index % 2], start_time=NOW - index)
    for run_id in ("r2", "r3"):
        store.delete_run(run_id, NOW)
    cases: list[tuple[list[int], Any, list[int]]] = [
        ([0], ACTIVE, [0, 4, 6]),
        ([0], DELETED, [2]),
        ([0], ALL, [0, 2, 4, 6]),
        ([0, other], ACTIVE, [0, 1, 4, 5, 6, 7]),
        ([other, 0, other, 99], ALL, [0, 1, 2, 3, 4, 5, 6, 7]),
        ([0, other], DELETED, [2, 3]),
        ([99], ALL, []),
        ([], ALL, []),
    ]
    for experiments, stages, expected in cases:
        for size in (1, 3, 50):
            found = all_runs(store, size, experiments=experiments, stages=stages)
            assert found == [f"r{i}" for i in expected]


def test_a_page_holds_whole_runs(store: Driver) -> None:
    for index in range(5):
        store.new_run(f"r{index}", start_time=NOW - index, tags={"t": str(index)})
        store.log(f"r{index}", "m", (0, 1, float(index)))
        store.log_param(f"r{index}", "p", str(index))
    page = store.search_runs([0], ACTIVE, None, 5)
    assert page.next is None
    assert page.items == [store.get_run(f"r{index}") for index in range(5)]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_experiments_inserted_between_pages_neither_repeat_nor_hide_old_ones(
    store: Driver, size: int
) -> None:
    for index in range(9):
        store.create_experiment(f"old{index}", None, {}, NOW + 1 + index // 3)
    found: list[str] = []
    after, number = None, 0
    while True:
        page = store.search_experiments(ACTIVE, after, size)
        found += [experiment.name for experiment in page.items]
        if page.next is None:
            break
        after, number = page.next, number + 1
        if number < 6:
            store.create_experiment(f"late{number}", None, {}, NOW + 99)
            store.create_experiment(f"early{number}", None, {}, NOW - number)
    assert len(found) == len(set(found))
    old = [f"old{i}" for i in (6, 7, 8, 3, 4, 5, 0, 1, 2)] + ["Default"]
    assert [name for name in found if not name.startswith("early")] == old


@pytest.mark.parametrize("size", [1, 5, 40])
def test_points_logged_and_sealed_between_pages_do_not_disturb_the_history(
    store: Driver, size: int
) -> None:
    store.new_run("r1")
    for start in range(0, 200, 10):
        store.log("r1", "m", *((i, i // 4, float(i)) for i in range(start, start + 10)))
    old = store.history("r1", "m")
    found = []
    after, number = None, 0
    while True:
        page = store.get_metric_history("r1", "m", after, size)
        columns = page.columns
        found += list(zip(columns.steps.tolist(), columns.timestamps.tolist(), strict=True))
        if page.next is None:
            break
        after, number = page.next, number + 1
        if number == 3:
            store.update_run("r1", "FINISHED", 1, None)
            store.wait_until_sealed("r1", "m")
        if number < 30:
            store.log("r1", "m", (1000 + number, 10_000, 0.0), (-number, 0, -1.0))
    assert len(found) == len(set(found))
    assert [(s, t) for s, t in found if 0 <= s < 200] == [(s, t) for s, t, _ in old]


def test_limits_at_the_size_of_the_list_leave_no_empty_page(store: Driver) -> None:
    for index in range(4):
        store.new_run(f"r{index}", start_time=index)
    assert store.search_runs([0], ACTIVE, None, 4).next is None
    assert store.search_runs([0], ACTIVE, None, 3).next is not None
    store.log("r1", "m", *((i, i, 1.0) for i in range(4)))
    assert store.get_metric_history("r1", "m", None, 4).next is None
    assert store.get_metric_history("r1", "m", None, 3).next is not None
