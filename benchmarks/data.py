"""What is logged, the same at every call, and how it is read back and compared.

Values are noisy, falling losses with all bits of a float64 in use, or, for keys numbered from
`SINGLE` on, of a float32, as most training loops log them; timestamps grow unevenly. None of this
is kind to a compressor.
"""

from __future__ import annotations

import itertools
import math
import random
import struct
from typing import Any
from urllib.parse import quote

from benchmarks.load import call
from benchmarks.servers import Server

PAGE_POINTS = 25_000
BASE_TIME_MS = 1_760_000_000_000
STEP_MS = 137
SHOWN_CHARACTERS = 200
SINGLE = 1_000
_NUMBERS = itertools.count(1)
_FLOAT32 = struct.Struct("f")

_RANDOM = random.Random(20_180_605)
# Prime lengths, so that no two keys see the same stretch of noise at the same steps.
_NOISE = [_RANDOM.gauss(0, 0.05) for _ in range(65_521)]
_LATE_MS = [_RANDOM.randrange(STEP_MS) for _ in range(8_191)]


class WrongAnswer(Exception):
    """The server did not give back what was logged."""


def same(found: Any, wanted: Any, what: str) -> None:
    if found != wanted:
        raise WrongAnswer(
            f"{what}: {repr(found)[:SHOWN_CHARACTERS]}, not {repr(wanted)[:SHOWN_CHARACTERS]}"
        )


def value_at(step: int, key: int = 0) -> float:
    noise = _NOISE[(step + key * 7919) % len(_NOISE)]
    value = 2 * math.exp(-step / 3000) + noise + key % SINGLE
    if key < SINGLE:
        return value
    single: float = _FLOAT32.unpack(_FLOAT32.pack(value))[0]
    return single


def time_at(step: int) -> int:
    return BASE_TIME_MS + step * STEP_MS + _LATE_MS[step % len(_LATE_MS)]


def metric(key: str, step: int, number: int = 0) -> dict[str, Any]:
    return {"key": key, "value": value_at(step, number), "timestamp": time_at(step), "step": step}


def new_experiment(server: Server, name: str) -> str:
    """Its name gets a number, so that several servers of one database may each have theirs."""
    body = {"name": f"{name}-{next(_NUMBERS)}"}
    answer = call(server.url, "POST", "experiments/create", body)
    return str(answer["experiment_id"])


def new_run(server: Server, experiment: str) -> str:
    body = {"experiment_id": experiment, "start_time": BASE_TIME_MS}
    run_id: str = call(server.url, "POST", "runs/create", body)["run"]["info"]["run_id"]
    return run_id


def run_data(server: Server, run_id: str) -> dict[str, Any]:
    data: dict[str, Any] = call(server.url, "GET", f"runs/get?run_id={run_id}")["run"]["data"]
    return data


def history_path(run_id: str, key: str, token: str = "") -> str:
    path = f"metrics/get-history?run_id={run_id}&metric_key={key}&max_results={PAGE_POINTS}"
    return f"{path}&page_token={quote(token, safe='')}" if token else path


def check_series(server: Server, run_id: str, key: str, number: int, steps: int) -> None:
    """The whole history of one key: every step once, every value and time as logged."""
    found: list[dict[str, Any]] = []
    token = ""
    while True:
        answer = call(server.url, "GET", history_path(run_id, key, token))
        found += answer.get("metrics", [])
        token = answer.get("next_page_token", "")
        if not token:
            break
    if server.name == "fasttrackml":  # on PostgreSQL it answers in no order
        found.sort(key=lambda point: int(point.get("step", 0)))
    check_points(found, number, steps)


def check_points(found: list[dict[str, Any]], number: int, steps: int) -> None:
    same(len(found), steps, "the number of points")
    same([point.get("step", 0) for point in found], list(range(steps)), "the steps")
    same(
        [(point["value"], point["timestamp"]) for point in found],
        [(value_at(step, number), time_at(step)) for step in range(steps)],
        "the values and times",
    )
