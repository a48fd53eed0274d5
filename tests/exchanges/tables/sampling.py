"""Which points `metrics/get-history-bulk-interval` leaves when there are more than asked for."""

from __future__ import annotations

from tests.exchanges.scenario import RUN, Json, Scenario, Scenarios, Step, each, get, post

OTHER_RUN = post(
    "runs/create",
    {"experiment_id": "0", "run_name": "second", "start_time": 1},
    take={"other": "run.info.run_id"},
)
THIRD_RUN = post(
    "runs/create",
    {"experiment_id": "0", "run_name": "third", "start_time": 1},
    take={"third": "run.info.run_id"},
)


def points(
    count: int, step: str = "#", timestamp: str = "#*10", value: str = "#", run: str = "{run}"
) -> Step:
    """A batch of up to 1,000 points of "m", its columns reckoned from the point's number."""
    metric = {"key": "m", "value": value, "timestamp": timestamp, "step": step}
    return post("runs/log-batch", {"run_id": run, "metrics": each(count, metric)})


def many(count: int) -> list[Step]:
    """`count` points in batches of 1,000."""
    return [
        points(min(1_000, count - first), f"#+{first}", f"#+{first}")
        for first in range(0, count, 1_000)
    ]


def sample(
    size: int | None = None,
    window: tuple[int, int] | None = None,
    runs: str = "{run}",
    show: str = "steps",
) -> Step:
    query: dict[str, Json] = {"run_ids": runs.split(), "metric_key": "m"}
    if size is not None:
        query["max_results"] = size
    if window is not None:
        query["start_step"], query["end_step"] = window
    return get("metrics/get-history-bulk-interval", query, show=show)


SIZES = range(1, 11)
WINDOWS = [(0, 0), (0, 9), (5, 30), (1, 48), (-10, 100), (40, 40), (49, 60), (60, 70), (-5, -1)]
LARGE = [(1_000, 320), (2_500, 2_500), (2_501, 2_500), (2_501, None), (10_000, 320), (5_000, 2_500)]

# Series of odd shapes: what is logged, and with which windows it is asked for.
SHAPES: dict[str, tuple[list[Step], list[tuple[int, int] | None]]] = {
    "three points a step": ([points(45, step="#//3")], [None, (2, 9)]),
    "every point at one step": ([points(25, step="#*0")], [None, (0, 0)]),
    "steps far apart": ([points(30, step="#*1000")], [None, (1, 20_000), (1_000, 20_500)]),
    "steps beyond 32 bits": (
        [points(30, step="#+3000000000")],
        [None, (3_000_000_004, 3_000_000_020), (-4_000_000_000, 3_000_000_002)],
    ),
    "steps backwards in time": ([points(30, step="#*29%30")], [None, (3, 17)]),
    "steps in no order": ([points(31, step="#*7%31")], [None, (3, 17)]),
    "negative steps": ([points(30, step="#-15")], [None, (-10, 10), (-15, -1)]),
    "one step a hundred times and ten others": (
        [points(100, step="#*0"), points(10, step="#+1", timestamp="#+5000")],
        [None, (0, 3)],
    ),
    "all points at one time": ([points(40, timestamp="#*0")], [None, (4, 31)]),
    "values that repeat": ([points(40, value="#%4")], [None]),
    "growing gaps": (
        [points(20), points(10, step="#*10+100"), points(10, step="#*100+1000")],
        [None, (5, 1_200), (15, 150)],
    ),
}
SEVERAL = {
    "two runs of the same steps": [points(40), points(40, run="{other}")],
    "two runs of other steps": [points(40, step="#*2"), points(40, step="#*2+1", run="{other}")],
    "a long and a short run": [points(60), points(7, step="#*9", run="{other}")],
    "two runs one after the other": [points(20), points(20, step="#+20", run="{other}")],
    "a run without the metric": [points(40)],
}


def scenarios() -> Scenarios:
    out: Scenarios = {}
    for count in range(1, 61):
        out[f"{count} points by 1 to 10"] = Scenario(
            [sample(n) for n in SIZES], [RUN, points(count)]
        )
    out["windows of 50 points"] = Scenario(
        [sample(n, window) for window in WINDOWS for n in (1, 2, 3, 7, 10, 100)], [RUN, points(50)]
    )
    for count, size in LARGE:
        name = f"{count} points by {size or 'the default'}"
        out[name] = Scenario([sample(size), sample(size, (10, count // 2))], [RUN, *many(count)])
    for name, (logged, windows) in SHAPES.items():
        steps = [
            sample(n, window, show="points")
            for window in windows
            for n in (1, 2, 3, 5, 8, 10, 20, 200)
        ]
        out[name] = Scenario(steps, [RUN, *logged])
    for name, logged in SEVERAL.items():
        asked = ("{run} {other}", "{other} {run}", "{run} {other} {third}")
        steps = [sample(n, None, runs) for runs in asked for n in (1, 2, 5, 10, 50)]
        steps += [sample(4, (3, 33), asked[0])]
        out[name] = Scenario(steps, [RUN, OTHER_RUN, THIRD_RUN, *logged])
    return out


SCENARIOS = scenarios()
