"""The words in which the tables are written: steps, scenarios, and compact stand-ins for bulk.

Texts may hold placeholders: `{name}` is unique to the scenario, others are taken from earlier
answers (`take`). Bulk is written small and grown by the player: `text("k", 251)` for a long text,
`each(1001, {...})` for a long list, in whose items "#" stands for the item's number; "#*7%60" is a
number reckoned from it, left to right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = Any


@dataclass(frozen=True)
class Step:
    """One request. `body` is sent as JSON, `raw` as it stands (surrogates are single bytes)."""

    method: str
    path: str
    query: Json = None
    body: Json = None
    raw: str | None = None
    headers: Mapping[str, str | None] | None = None
    take: Mapping[str, str] = field(default_factory=dict)
    show: str = "body"

    def as_json(self) -> dict[str, Json]:
        """The request as the recordings keep it: what was left open is left out."""
        given = {"query": self.query, "body": self.body, "raw": self.raw, "headers": self.headers}
        shown = {name: value for name, value in given.items() if value is not None}
        return {"request": f"{self.method} {self.path}", **shown}


@dataclass(frozen=True)
class Scenario:
    """`setup` must succeed and is not compared; `watch` is read before and after `steps`."""

    steps: Sequence[Step]
    setup: Sequence[Step] = ()
    watch: Sequence[Step] = ()


Scenarios = dict[str, Scenario]


def post(path: str, body: Json = None, **options: Any) -> Step:
    return Step("POST", path, body=body, **options)


def get(path: str, query: Json = None, **options: Any) -> Step:
    return Step("GET", path, query=query, **options)


def text(piece: str, times: int) -> Json:
    return {"$text": piece, "times": times}


def each(count: int, item: Json) -> Json:
    return {"$each": count, "item": item}


def table(
    rows: Mapping[str, Step | Sequence[Step]],
    setup: Sequence[Step] = (),
    watch: Sequence[Step] = (),
    prefix: str = "",
) -> Scenarios:
    """A scenario a row; every row begins with a setup of its own."""
    out: Scenarios = {}
    for name, row in rows.items():
        steps = [row] if isinstance(row, Step) else list(row)
        out[f"{prefix}{name}"] = Scenario(steps, setup, watch)
    return out


# What most tables begin with.
EXPERIMENT = post("experiments/create", {"name": "{name}"}, take={"experiment": "experiment_id"})
RUN = post(
    "runs/create",
    {"experiment_id": "0", "run_name": "first", "start_time": 1},
    take={"run": "run.info.run_id"},
)
RUN_OF_EXPERIMENT = post(
    "runs/create",
    {"experiment_id": "{experiment}", "run_name": "first", "start_time": 1},
    take={"run": "run.info.run_id"},
)
GET_RUN = get("runs/get", {"run_id": "{run}"})
GET_EXPERIMENT = get("experiments/get", {"experiment_id": "{experiment}"})
DELETE_RUN = post("runs/delete", {"run_id": "{run}"})
DELETE_EXPERIMENT = post("experiments/delete", {"experiment_id": "{experiment}"})
