"""Series as the store answers them: latest, history, aggregates, values kept exactly."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from milepost.store.series import Points
from tests.store.driver import INF, INT64_MAX, INT64_MIN, NAN, Driver, seen

Point = tuple[int, int, float]

# What was logged, in this order, and which point of it (by index) is the latest.
LATEST: dict[str, tuple[list[Point], int]] = {
    "one point": ([(0, 0, 1.0)], 0),
    "the greater step, however early": ([(1, 5, 1.0), (2, 1, 0.0)], 1),
    "the lesser step came later": ([(2, 1, 0.0), (1, 5, 1.0)], 0),
    "of one step the later timestamp": ([(1, 5, 1.0), (1, 6, 0.0)], 1),
    "of one step and time the greater value": ([(1, 5, 1.0), (1, 5, 2.0), (1, 5, 1.5)], 1),
    "NaN stands for 0 and beats a negative": ([(1, 5, -1.0), (1, 5, NAN)], 1),
    "NaN is not beaten by a negative": ([(1, 5, NAN), (1, 5, -1.0)], 0),
    "NaN does not replace 0": ([(1, 5, 0.0), (1, 5, NAN)], 0),
    "0 does not replace NaN": ([(1, 5, NAN), (1, 5, 0.0)], 0),
    "-0.0 does not replace NaN": ([(1, 5, NAN), (1, 5, -0.0)], 0),
    "something greater than 0 replaces NaN": ([(1, 5, NAN), (1, 5, 5e-324)], 1),
    "NaN at a greater step": ([(1, 5, 1.0), (2, 5, NAN)], 1),
    "infinity is greatest": ([(1, 5, INF), (1, 5, 1.7e308), (1, 5, -INF)], 0),
    "minus infinity at a later step": ([(1, 5, INF), (2, 5, -INF)], 1),
    "negative steps": ([(-5, 1, 1.0), (-3, 1, 2.0), (-4, 1, 3.0)], 1),
    "the ends of int64": ([(INT64_MIN, 9, 1.0), (INT64_MAX, 0, 2.0), (0, 9, 3.0)], 1),
}


@pytest.mark.parametrize("how", ["a commit each", "one batch", "one commit"])
@pytest.mark.parametrize("case", LATEST)
def test_latest_is_the_greatest_step_timestamp_value(store: Driver, case: str, how: str) -> None:
    points, expected = LATEST[case]
    store.new_run("r1")
    log(store, "r1", "m", points, how)
    step, timestamp, value = points[expected]
    assert store.latest("r1", "m") == (step, timestamp, repr(value))
    assert latest_in_run(store, "r1") == (step, timestamp, repr(value))
    store.reopen()
    assert store.latest("r1", "m") == (step, timestamp, repr(value))


def log(store: Driver, run_id: str, key: str, points: list[Point], how: str) -> None:
    if how == "one batch":
        store.log(run_id, key, *points)
    elif how == "a commit each":
        for point in points:
            store.log(run_id, key, point)
    else:
        results = store.together(
            *(
                store.store.log_metric(run_id, key, Points([step], [timestamp], [value]))
                for step, timestamp, value in points
            )
        )
        assert results == [None] * len(points)


def latest_in_run(store: Driver, run_id: str) -> Any:
    (metric,) = store.get_run(run_id).data.metrics
    return metric.step, metric.timestamp, repr(float(metric.value))


IN_HISTORY_ORDER: list[Point] = [
    (9, 1, 5.0),
    (INT64_MIN, 2, 0.0),
    (-1, 2, 0.0),
    (0, 2, -INF),
    (0, 2, -1.0),
    (0, 2, -5e-324),
    (0, 2, 5e-324),
    (0, 2, 1.0),
    (0, 2, INF),
    (1, 2, NAN),
    (1, 2, 3.0),
    (INT64_MAX, 2, 0.0),
    (0, 3, -1.0),
    (0, 3, NAN),
    (0, INT64_MAX, 0.0),
]


@pytest.mark.parametrize("how", ["a commit each", "one batch", "one commit"])
@pytest.mark.parametrize("turn", [0, 4, 9])
def test_history_is_in_order_of_timestamp_step_and_value(
    store: Driver, how: str, turn: int
) -> None:
    expected = [(step, timestamp, repr(value)) for step, timestamp, value in IN_HISTORY_ORDER]
    store.new_run("r1")
    shuffled = IN_HISTORY_ORDER[turn:][::-1] + IN_HISTORY_ORDER[:turn]
    log(store, "r1", "m", shuffled, how)
    assert store.history("r1", "m") == expected
    for size in (1, 2, 4, 100):
        assert store.history_by_pages("r1", "m", size) == expected


def test_values_are_kept_to_the_bit(store: Driver) -> None:
    values = [0.1, -0.0, 0.0, NAN, INF, -INF, 5e-324, -5e-324, 1.7976931348623157e308, 1e-300]
    store.new_run("r1")
    store.log("r1", "m", *((i, i, value) for i, value in enumerate(values)))
    store.update_run("r1", "FINISHED", 1, None)
    store.reopen()
    assert [value for _, _, value in store.history("r1", "m")] == [repr(v) for v in values]


def test_zero_and_minus_zero_are_two_points(store: Driver) -> None:
    store.new_run("r1")
    for value in (0.0, -0.0, 0.0, -0.0, NAN, NAN):
        store.log("r1", "m", (1, 1, value))
    assert store.history("r1", "m") == [(1, 1, "-0.0"), (1, 1, "0.0"), (1, 1, "nan")]
    assert store.aggregates("r1", "m")["count"] == 3


DUPLICATES: dict[str, list[Point]] = {
    "a finite value": [(1, 1, 2.0)],
    "NaN": [(1, 1, NAN)],
    "infinity": [(3, 1, INF)],
    "a batch of rising steps": [(i, i, float(i)) for i in range(20)],
    "a batch of falling steps": [(-i, i, float(i)) for i in range(20)],
    "a batch that repeats itself": [(1, 1, 2.0), (2, 1, 3.0), (1, 1, 2.0)],
    "points of one step and time": [(1, 1, 1.0), (1, 1, 2.0), (1, 1, NAN)],
}


@pytest.mark.parametrize("case", DUPLICATES)
@pytest.mark.parametrize("later", [[], [(0, 0, 7.0)], [(99, 99, 7.0)]])
def test_exact_duplicates_are_one_point(store: Driver, case: str, later: list[Point]) -> None:
    points = DUPLICATES[case]
    distinct = {(step, timestamp, repr(value)) for step, timestamp, value in points + later}
    store.new_run("r1")
    store.log("r1", "m", *points)
    if later:
        store.log("r1", "m", *later)
    before = store.aggregates("r1", "m"), store.history("r1", "m"), store.latest("r1", "m")
    for _ in range(3):
        store.log("r1", "m", *points)
    assert store.history("r1", "m") == before[1]
    assert len(before[1]) == len(distinct)
    assert store.latest("r1", "m") == before[2]
    assert same(store.aggregates("r1", "m"), before[0])
    assert before[0]["count"] == len(distinct)


def same(one: Any, other: Any) -> bool:
    """Equal, with NaN equal to NaN."""
    return repr(one) == repr(other)


AGGREGATES: dict[str, tuple[list[Point], dict[str, Any]]] = {
    "finite": (
        [(0, 1, 2.0), (1, 2, -1.0), (2, 3, 5.0), (3, 4, 2.0)],
        {"count": 4, "sum": 8.0, "mean": 2.0, "min": (1, -1.0), "max": (2, 5.0)},
    ),
    "the first of equal extremes": (
        [(7, 1, 1.0), (3, 1, 1.0), (5, 1, 1.0)],
        {"count": 3, "sum": 3.0, "mean": 1.0, "min": (3, 1.0), "max": (3, 1.0)},
    ),
    "NaN is counted and otherwise left out": (
        [(0, 1, NAN), (1, 2, 3.0), (2, 3, 1.0), (3, 4, NAN)],
        {"count": 4, "sum": 4.0, "mean": 2.0, "min": (2, 1.0), "max": (1, 3.0)},
    ),
    "nothing but NaN": (
        [(0, 1, NAN), (1, 2, NAN)],
        {"count": 2, "sum": 0.0, "mean": NAN, "min": None, "max": None},
    ),
    "infinity takes part": (
        [(0, 1, 1.0), (1, 2, INF)],
        {"count": 2, "sum": INF, "mean": INF, "min": (0, 1.0), "max": (1, INF)},
    ),
    "both infinities make the sum NaN": (
        [(0, 1, INF), (1, 2, -INF), (2, 3, NAN)],
        {"count": 3, "sum": NAN, "mean": NAN, "min": (1, -INF), "max": (0, INF)},
    ),
}


@pytest.mark.parametrize("how", ["a commit each", "one batch", "one commit"])
@pytest.mark.parametrize("case", AGGREGATES)
def test_aggregates_are_exact(store: Driver, case: str, how: str) -> None:
    points, expected = AGGREGATES[case]
    store.new_run("r1")
    log(store, "r1", "m", points, how)
    for _ in range(2):
        found = store.aggregates("r1", "m")
        assert same({name: found[name] for name in expected}, expected)
        store.reopen()


def test_first_and_last_go_by_step_and_may_be_nan(store: Driver) -> None:
    store.new_run("r1")
    store.log("r1", "m", (5, 1, 1.0), (2, 9, NAN), (9, 3, NAN), (7, 4, 2.0))
    found = store.aggregates("r1", "m")
    assert found["first"] == (2, 9, "nan")
    assert found["last"] == (9, 3, "nan")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_overlapping_batches_in_any_order_count_each_point_once(
    store: Driver, order: tuple[int, ...]
) -> None:
    batches = [
        [(i, 100 - i, float(i)) for i in range(40)],
        [(i, 100 - i, float(i)) for i in range(20, 60)],
        [(i, 100 - i, float(i)) for i in range(30, 50)],
    ]
    store.new_run("r1")
    for index in order:
        store.log("r1", "m", *batches[index])
    found = store.aggregates("r1", "m")
    assert (found["count"], found["sum"]) == (60, float(sum(range(60))))
    assert (found["min"], found["max"]) == ((0, 0.0), (59, 59.0))
    assert len(store.history("r1", "m")) == 60


def test_aggregates_list_every_key_of_the_run_by_name(store: Driver) -> None:
    store.new_run("r1")
    store.new_run("r2")
    for key in ("z", "a", "m/n"):
        store.log("r1", key, (0, 1, 1.0))
    store.log("r2", "other", (0, 1, 1.0))
    assert [found.key for found in store.get_metric_aggregates("r1")] == ["a", "m/n", "z"]


def test_series_of_different_runs_and_keys_do_not_mix(store: Driver) -> None:
    for run_id in ("r1", "r2"):
        store.new_run(run_id)
        for offset, key in enumerate(("a", "b")):
            store.log(run_id, key, *((i, i, float(i + offset)) for i in range(10)))
    store.log("r2", "b", (50, 50, 50.0))
    assert store.history("r1", "a") == [(i, i, repr(float(i))) for i in range(10)]
    assert store.history("r1", "b") == [(i, i, repr(float(i + 1))) for i in range(10)]
    assert store.latest("r2", "b") == (50, 50, "50.0")
    assert store.latest("r1", "b") == (9, 9, "10.0")


def test_a_step_window_cuts_the_history(store: Driver) -> None:
    store.new_run("r1")
    store.log("r1", "m", *((i, i, float(i)) for i in range(100)))
    store.log("r1", "m", *((i, i, float(i)) for i in range(100, 200)))
    for low, high in ((0, 199), (50, 150), (120, 130), (99, 100), (-5, 0), (199, INT64_MAX)):
        found = store.get_whole_history("r1", "m", low, high)
        assert found.steps.tolist() == [i for i in range(200) if low <= i <= high]
    for low, high in ((500, 600), (-9, -1), (20, 10)):
        assert seen(store.get_whole_history("r1", "m", low, high)) == []


def test_points_without_steps_are_numbered_on(store: Driver) -> None:
    store.new_run("r1")
    store.log_metric("r1", "m", Points(None, [10], [1.0]))
    store.log_batch("r1", {"m": Points(None, [10, 20], [1.0, 2.0])}, {}, {})
    store.reopen()
    store.log_metric("r1", "m", Points(None, [5], [3.0]))
    steps = {step: value for step, _, value in store.history("r1", "m")}
    assert steps == {0: "1.0", 1: "1.0", 2: "2.0", 3: "3.0"}
    assert store.latest("r1", "m") == (3, 5, "3.0")


def test_samples_of_many_runs_come_in_the_order_asked_and_of_steps(store: Driver) -> None:
    for run_id, turn in (("r1", 1), ("r2", -1)):
        store.new_run(run_id)
        store.log(run_id, "m", *((turn * i, i, float(i)) for i in range(100)))
    store.new_run("empty")
    found = store.sample_metric_histories(["r2", "nobody", "empty", "r1"], "m", 10)
    assert [run_id for run_id, columns in found if len(columns.steps)] == ["r2", "r1"]
    by_run = {run_id: columns.steps.tolist() for run_id, columns in found}
    for run_id, first, last in (("r1", 0, 99), ("r2", -99, 0)):
        steps = by_run[run_id]
        assert (len(steps), steps[0], steps[-1]) == (10, first, last)
        assert steps == sorted(set(steps))
    for limit, expected in ((1, [50]), (2, [20, 50]), (31, list(range(20, 51)))):
        ((_, columns),) = store.sample_metric_histories(["r1"], "m", limit, 20, 50)
        assert columns.steps.tolist() == expected
