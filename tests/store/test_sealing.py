"""Sealing: many small chunks become few, and no answer changes."""

from __future__ import annotations

from typing import Any

import pytest

from milepost.store.series import CHUNK_POINTS_MAX, SEAL_CHUNKS, SEAL_POINTS
from tests.store.driver import INF, NAN, NOW, Driver, seen

VALUES = (0.1, NAN, INF, -0.0, -INF, 0.0, 1e-300, 5.0)


def answers(store: Driver, run_id: str, key: str) -> dict[str, Any]:
    return {
        "history": store.history(run_id, key),
        "pages": store.history_by_pages(run_id, key, 37),
        "latest": store.latest(run_id, key),
        "aggregates": repr(store.aggregates(run_id, key)),
        "window": seen(store.get_whole_history(run_id, key, 5, 20)),
    }


def log_untidily(store: Driver, run_id: str, key: str, commits: int) -> None:
    """Points in many commits: out of order, repeated, and with every odd value."""
    for commit in range(commits):
        step = (commit * 7) % commits
        points = [(step, NOW + step // 3, VALUES[(commit + i) % len(VALUES)]) for i in range(3)]
        store.log(run_id, key, *points)
        if commit % 5 == 0:
            store.log(run_id, key, *points)


def test_the_end_of_a_run_seals_it_and_changes_no_answer(store: Driver) -> None:
    store.new_run("r1")
    log_untidily(store, "r1", "m", 60)
    log_untidily(store, "r1", "other/key", 3)
    before, other = answers(store, "r1", "m"), answers(store, "r1", "other/key")
    assert len(store.chunk_sizes("r1", "m")) >= 60
    store.update_run("r1", "FINISHED", NOW, None)
    assert store.wait_until_sealed("r1", "m") == [(True, len(before["history"]))]
    store.wait_until_sealed("r1", "other/key")
    assert answers(store, "r1", "m") == before
    assert answers(store, "r1", "other/key") == other
    store.reopen()
    assert answers(store, "r1", "m") == before


def test_a_series_is_sealed_while_it_grows(store: Driver) -> None:
    store.new_run("r1")
    for commit in range(SEAL_CHUNKS + 20):
        store.log("r1", "m", (commit, NOW + commit, float(commit)))
    expected = [(i, NOW + i, repr(float(i))) for i in range(SEAL_CHUNKS + 20)]
    store.reopen()
    chunks = store.chunk_sizes("r1", "m")
    assert len(chunks) < SEAL_CHUNKS
    assert any(is_sealed for is_sealed, _ in chunks)
    assert store.history("r1", "m") == expected
    store.log("r1", "m", (3, NOW + 3, 3.0), (1000, NOW + 5000, 1.0))
    assert store.history("r1", "m") == [*expected, (1000, NOW + 5000, "1.0")]
    assert store.aggregates("r1", "m")["count"] == len(expected) + 1


def test_many_points_are_sealed_by_their_number(store: Driver) -> None:
    store.new_run("r1")
    size = SEAL_POINTS // 2
    for start in range(0, 4 * size, size):
        store.log("r1", "m", *((i, i, i / 3) for i in range(start, start + size)))
    store.reopen()
    assert len(store.chunk_sizes("r1", "m")) < 4
    assert store.history("r1", "m") == [(i, i, repr(i / 3)) for i in range(4 * size)]


def test_a_long_series_is_cut_into_full_chunks(store: Driver) -> None:
    store.new_run("r1")
    total = CHUNK_POINTS_MAX + 5_000
    for start in range(0, total, 10_000):
        end = min(start + 10_000, total)
        store.log("r1", "m", *((i, i, float(i % 1000)) for i in range(start, end)))
    store.update_run("r1", "FINISHED", NOW, None)
    chunks = store.wait_until_sealed("r1", "m")
    store.reopen()
    assert sum(points for _, points in chunks) == total
    assert max(points for _, points in chunks) <= CHUNK_POINTS_MAX
    found = store.get_whole_history("r1", "m")
    assert found.steps.tolist() == list(range(total))
    middle = store.get_whole_history("r1", "m", total - 3, total)
    assert middle.values.tolist() == [float(i % 1000) for i in range(total - 3, total)]
    assert store.aggregates("r1", "m")["sum"] == sum(float(i % 1000) for i in range(total))


def test_a_run_that_goes_on_after_its_end_is_sealed_again(store: Driver) -> None:
    store.new_run("r1")
    for part in range(4):
        log_untidily(store, "r1", "m", 10 + part)
        before = answers(store, "r1", "m")
        store.update_run("r1", "FINISHED", NOW + part, None)
        chunks = store.wait_until_sealed("r1", "m")
        assert chunks == [(True, len(before["history"]))]
        assert answers(store, "r1", "m") == before


def test_a_sealed_series_still_knows_its_duplicates(store: Driver) -> None:
    store.new_run("r1")
    points = [(i, i, float(i)) for i in range(100)]
    for start in range(0, 100, 10):
        store.log("r1", "m", *points[start : start + 10])
    store.update_run("r1", "FINISHED", NOW, None)
    store.wait_until_sealed("r1", "m")
    for start in range(0, 100, 10):
        store.log("r1", "m", *points[start : start + 10])
    found = store.aggregates("r1", "m")
    assert (found["count"], found["sum"]) == (100, float(sum(range(100))))
    assert len(store.history("r1", "m")) == 100


def test_what_a_closed_store_left_unsealed_is_sealed_by_the_next(store: Driver) -> None:
    store.new_run("r1")
    log_untidily(store, "r1", "m", 40)
    before = answers(store, "r1", "m")
    store.update_run("r1", "KILLED", NOW, None)
    store.store.close(within_s=0.0)  # no time to seal
    assert not store.chunk_sizes("r1", "m")[0][0]
    store.reopen()
    assert store.wait_until_sealed("r1", "m") == [(True, len(before["history"]))]
    assert answers(store, "r1", "m") == before


@pytest.mark.parametrize("status", ["RUNNING", "SCHEDULED"])
def test_a_run_that_goes_on_is_not_sealed_early(store: Driver, status: str) -> None:
    store.new_run("r1")
    log_untidily(store, "r1", "m", 5)
    store.update_run("r1", status, None, None)
    store.reopen()
    assert not any(is_sealed for is_sealed, _ in store.chunk_sizes("r1", "m"))
