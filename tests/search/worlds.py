"""A world: some experiments and runs made from a seed, to be searched in more than one server.

Everything is plain data. Values are few and alike, so that filters find something and orders have
ties. There are no infinities and nothing beyond the stock lengths.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

METRICS = ["m", "loss", "a b", "val.acc", "x-y", "version"]
PARAMS = ["p", "lr", "a b", "opt.name", "x/y"]
TAGS = ["t", "mlflow.user", "team x", "mlflow.note", "text"]
NUMBERS = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 15.0, 1e-4, 1e6, -1e6, 3.25, 0.1]
TEXTS = [
    "x", "X", "xyz", "xYz", "a%b", "a_b", "a*b", "a?b", "[x]", "É", "é", "it's", 'say "x"', "10",
    "9", "0.5", "1e3", "back\\slash", "new\nline", "null", "", " x ", "%", "_", "日本", "x;y",
    "--", "AND",
]  # fmt: skip
STATUSES = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]
CONTEXTS = [None, "train", "eval"]
NAN = float("nan")
T0 = 1_700_000_000_000


class MadeRun(NamedTuple):
    """`experiment` is an index; `metrics` maps a key to its points (step, timestamp, value)."""

    experiment: int
    name: str
    status: str
    start_time: int
    end_time: int | None
    is_deleted: bool
    metrics: dict[str, list[tuple[int, int, float]]]
    params: dict[str, str]
    tags: dict[str, str]
    datasets: list[tuple[str, str, str | None]]


class MadeExperiment(NamedTuple):
    name: str
    is_deleted: bool
    tags: dict[str, str]


class World(NamedTuple):
    experiments: list[MadeExperiment]
    runs: list[MadeRun]


def make_world(seed: int, runs: int = 36) -> World:
    chance = random.Random(f"world {seed}")
    experiments = [
        MadeExperiment(
            f"{chance.choice(TEXTS)}-{seed}-{number}",
            number >= 3 and chance.random() < 0.4,
            some(chance, TAGS, lambda: chance.choice(TEXTS) or "-", 3),
        )
        for number in range(6)
    ]
    return World(experiments, [make_run(chance, number) for number in range(runs)])


def some(chance: random.Random, keys: list[str], value: Any, most: int) -> dict[str, Any]:
    return {key: value() for key in chance.sample(keys, chance.randint(0, most))}


def make_run(chance: random.Random, number: int) -> MadeRun:
    start = T0 + 1000 * chance.randint(0, 20)
    return MadeRun(
        experiment=chance.randint(0, 2),
        name=f"{chance.choice(['run', 'Run', 'best'])}-{number % 7}",
        status=chance.choice(STATUSES),
        start_time=start,
        end_time=None if chance.random() < 0.3 else start + chance.randint(0, 5) * 500,
        is_deleted=chance.random() < 0.15,
        metrics=some(chance, METRICS, lambda: make_points(chance), 5),
        params=some(chance, PARAMS, lambda: chance.choice(TEXTS), 4),
        tags=some(chance, TAGS, lambda: chance.choice(TEXTS) or "-", 4),
        datasets=make_datasets(chance),
    )


def make_points(chance: random.Random) -> list[tuple[int, int, float]]:
    def value() -> float:
        return NAN if chance.random() < 0.12 else chance.choice(NUMBERS)

    return [
        (chance.randint(0, 5), T0 + chance.randint(0, 3), value())
        for _ in range(chance.randint(1, 5))
    ]


def make_datasets(chance: random.Random) -> list[tuple[str, str, str | None]]:
    found = [
        (
            chance.choice(["d", "D", "data set", "d%"]),
            chance.choice(["1a", "2b"]),
            chance.choice(CONTEXTS),
        )
        for _ in range(chance.choice([0, 0, 1, 2]))
    ]
    return [one for at, one in enumerate(found) if one[:2] not in [f[:2] for f in found[:at]]]
