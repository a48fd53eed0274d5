"""What the runs of a search have: their keys, their numbers, and groups of them with statistics."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from milepost.entities import RunStatus
from milepost.errors import InvalidParameterValue
from milepost.search import Order
from milepost.search.dialect import Dialect
from milepost.search.tree import Aggregate, AtBest, Field
from milepost.store.database import Connection
from milepost.store.pages import Range
from milepost.store.run_search import RunQuery, Search, Sizes
from milepost.store.sql import json_list, load
from milepost.wire.messages import ExperimentSummary, RunColumn, RunGroup, Statistics
from milepost.wire.numbers import double_to_wire

COLUMNS = load("columns")

GROUPED_RUNS_MAX = 100_000
# A group gives back the ids of so many of its runs.
MEMBERS_MAX = 1_000
METRIC_PARTS = {"last": 1, "first": 2, "min": 3, "max": 4, "sum": 5, "count": 6}
ATTRIBUTE_PARTS = {
    "run_name": 1, "user_id": 2, "status": 3, "experiment_id": 4, "start_time": 5, "end_time": 6,
    "parent_run_id": 7, "lifecycle_stage": 8, "run_id": 9,
}  # fmt: skip


class ColumnsFound(NamedTuple):
    """The columns of the newest runs in scope, and of how many runs that is."""

    columns: list[RunColumn]
    runs: int


def list_run_columns(
    connection: Connection, experiments: Sequence[int] | None, stages: Range, runs_max: int
) -> ColumnsFound:
    """The params, metrics and tags of the `runs_max` newest runs; None: of every experiment."""
    everywhere = experiments is None
    scope = (everywhere, json_list(experiments or ()), *stages, runs_max)
    rows = connection.execute(COLUMNS.SCOPE_SELECT, scope).fetchall()
    ids = json_list(row[0] for row in rows)
    out = []
    for kind, statement in (
        ("metrics", COLUMNS.METRICS_OF_RUNS),
        ("params", COLUMNS.PARAMS_OF_RUNS),
        ("tags", COLUMNS.TAGS_OF_RUNS),
    ):
        for name, count, differs, points in connection.execute(statement, (ids,)).fetchall():
            is_varying = bool(differs) or count < len(rows)
            out.append(RunColumn(kind, name, count, is_varying, points > 1))
    return ColumnsFound(out, len(rows))


def summarize_experiments(
    connection: Connection, experiments: Sequence[int]
) -> list[ExperimentSummary]:
    """How many active runs each has, when the newest began, and how many are running."""
    rows = connection.execute(COLUMNS.EXPERIMENTS_SUMMARIZE, (json_list(experiments),)).fetchall()
    return [ExperimentSummary(str(id), runs, newest, live) for id, runs, newest, live in rows]


# --- groups ------------------------------------------------------------------------------------


class GroupQuery(NamedTuple):
    """Which runs, by what to group them, and which numbers to describe."""

    runs: RunQuery
    by: Sequence[Order]
    fields: Sequence[Order]
    limit: int


class GroupsFound(NamedTuple):
    """The largest groups first; `total` is how many there are, `runs` how many runs in all."""

    groups: list[RunGroup]
    total: int
    runs: int


def group_runs(
    connection: Connection, query: GroupQuery, dialect: Dialect, sizes: Sizes
) -> GroupsFound:
    """Groups of all the runs that a filter finds, with exact statistics of each group.

    Raises `InvalidParameterValue` when there are more than GROUPED_RUNS_MAX runs.
    """
    search = Search(connection, query.runs, dialect, sizes)
    found = search.page(GROUPED_RUNS_MAX + 1)
    search.set_walking(False)
    if len(found) > GROUPED_RUNS_MAX:
        raise InvalidParameterValue(
            f"Groups are made of at most {GROUPED_RUNS_MAX:,} runs, and more than that satisfy"
            " the filter. Add a condition that leaves fewer."
        )
    ids = [row[0] for row in found]
    keys = [texts_of(connection, order.term, ids) for order in query.by]
    numbers = [numbers_of(connection, order.term, ids) for order in query.fields]
    wire_ids = texts_of(connection, Field("attribute", "run_id"), ids)
    members: dict[tuple[str | None, ...], list[int]] = {}
    for id in ids:
        members.setdefault(tuple(values.get(id) for values in keys), []).append(id)
    largest = sorted(members.items(), key=lambda item: (-len(item[1]), str(item[0])))
    groups = [
        RunGroup(
            values=["" if value is None else value for value in key],
            absent=[value is None for value in key],
            run_count=len(inside),
            run_ids=[str(wire_ids[id]) for id in inside[:MEMBERS_MAX]],
            statistics=[statistics_of([own[id] for id in inside if id in own]) for own in numbers],
        )
        for key, inside in largest[: query.limit]
    ]
    return GroupsFound(groups, len(members), len(ids))


def texts_of(connection: Connection, term: Any, ids: Sequence[int]) -> dict[int, str]:
    """A field of these runs as text; runs without it are left out."""
    match term:
        case Field("parameter", key):
            return dict(connection.execute(COLUMNS.PARAM_VALUES, (json_list(ids), key)).fetchall())
        case Field("tag", key):
            return dict(connection.execute(COLUMNS.TAG_VALUES, (json_list(ids), key)).fetchall())
        case Field("attribute", key) if key in ATTRIBUTE_PARTS:
            at = ATTRIBUTE_PARTS[key]
            rows = connection.execute(COLUMNS.ATTRIBUTE_VALUES, (json_list(ids),)).fetchall()
            return {row[0]: told(key, row[at]) for row in rows if row[at] is not None}
    numbers = numbers_of(connection, term, ids)
    return {id: f"{value:.12g}" for id, value in numbers.items()}


def told(key: str, value: Any) -> str:
    if key == "status":
        return RunStatus.to_string(value)
    if key == "lifecycle_stage":
        return "active" if value else "deleted"
    return str(value)


def numbers_of(connection: Connection, term: Any, ids: Sequence[int]) -> dict[int, float]:
    """A field of these runs as numbers; a param's text that is none is left out."""
    match term:
        case Field("metric", key):
            return metric_numbers(connection, "last", key, ids)
        case Aggregate(function, key):
            return metric_numbers(connection, function, key, ids)
        case Field("parameter", key):
            return {id: n for id, n in read(texts_of(connection, term, ids)) if n == n}
        case Field("attribute", "start_time" | "end_time"):
            return {id: float(text) for id, text in texts_of(connection, term, ids).items()}
        case Field("attribute", "duration"):
            rows = connection.execute(COLUMNS.ATTRIBUTE_VALUES, (json_list(ids),)).fetchall()
            return {row[0]: float(row[6] - row[5]) for row in rows if row[6] is not None}
        case AtBest():
            raise InvalidParameterValue("at_min and at_max cannot be used in groups.")
    raise InvalidParameterValue(
        "Statistics are of numbers: metrics.<key>, min(metrics.<key>), params.<key>, start_time,"
        " end_time or duration."
    )


def read(texts: dict[int, str]) -> list[tuple[int, float]]:
    out = []
    for id, text in texts.items():
        try:
            out.append((id, float(text)))
        except ValueError:
            continue
    return out


def metric_numbers(
    connection: Connection, function: str, key: str, ids: Sequence[int]
) -> dict[int, float]:
    rows = connection.execute(COLUMNS.METRIC_VALUES, (json_list(ids), key)).fetchall()
    if function == "mean":
        return {
            row[0]: row[5] / (row[6] - row[7])
            for row in rows
            if row[5] is not None and row[6] > row[7]
        }
    at = METRIC_PARTS[function]
    return {row[0]: float(row[at]) for row in rows if row[at] is not None}


def statistics_of(values: Sequence[float]) -> Statistics:
    """n, mean, sample standard deviation, min and max; NaN was left out before."""
    n = len(values)
    if not n:
        return Statistics(0)
    if not all(map(math.isfinite, values)):
        mean = sum(values) / n
        return Statistics(
            n, double_to_wire(mean), None, double_to_wire(min(values)), double_to_wire(max(values))
        )
    mean = math.fsum(values) / n
    deviation = None
    if n > 1:
        deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    return Statistics(n, mean, deviation, min(values), max(values))
