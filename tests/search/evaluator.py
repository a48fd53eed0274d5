"""A plain Python reading of a filter's tree, over plain data: what the SQL must agree with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from milepost.search.tree import (
    Aggregate,
    Among,
    And,
    AtBest,
    Comparison,
    Field,
    Missing,
    Not,
    Or,
    Tree,
)
from tests.search.worlds import MadeRun

NUMBER = re.compile(r"\s*[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf(inity)?)\s*", re.I | re.A)
Point = tuple[int, int, float]


class Seen(NamedTuple):
    """A run as a search sees it."""

    run_id: str
    made: MadeRun
    artifact_uri: str = ""


def zeroed(value: float) -> float:
    return 0.0 if value != value else value


def latest(points: Iterable[Point]) -> Point:
    return max(points, key=lambda p: (p[0], p[1], zeroed(p[2]), p[2] == p[2]))


def distinct(points: Iterable[Point]) -> list[Point]:
    return list({(s, t, repr(v)): (s, t, v) for s, t, v in points}.values())


def aggregate(function: str, points: list[Point]) -> float | None:
    points = distinct(points)
    numbers = [value for _, _, value in points if value == value]
    if function == "count":
        return len(points)
    if function == "last":
        return last_value(points)
    if function == "first":
        return min(points, key=lambda p: (p[0], p[1], zeroed(p[2])))[2]
    if not numbers:
        return None
    return {"min": min, "max": max, "mean": lambda n: sum(n) / len(n)}[function](numbers)


def last_value(points: list[Point]) -> float:
    """Where the greatest step and time hold NaN and numbers, NaN ranks as 0."""
    step, time, _ = latest(points)
    values = [v for s, t, v in points if (s, t) == (step, time)]
    best = values[0]
    for value in values[1:]:
        if zeroed(value) > zeroed(best):
            best = value
    return best


def at_best(term: AtBest, run: MadeRun) -> float | None:
    points = [p for p in run.metrics.get(term.metric, []) if p[2] == p[2]]
    if not points:
        return None
    sign = 1 if term.function == "at_min" else -1
    step = min(points, key=lambda p: (sign * p[2], p[0]))[0]
    there = [p for p in run.metrics.get(term.other, []) if p[0] == step]
    return last_value(there) if there else None


def values_of(term: Any, seen: Seen) -> list[Any]:
    """What the run has of a term: nothing, one value, or one of each dataset."""
    run = seen.made
    match term:
        case Field("metric", key):
            return [last_value(run.metrics[key])] if key in run.metrics else []
        case Aggregate(function, key):
            value = aggregate(function, run.metrics[key]) if key in run.metrics else None
        case AtBest():
            value = at_best(term, run)
        case Field("parameter", key):
            value = run.params.get(key)
        case Field("tag", key):
            value = run.tags.get(key) if key != "mlflow.runName" else run.name
        case Field("dataset", key):
            place = ["name", "digest", "context"].index(key)
            return [d[place] for d in run.datasets if d[place] is not None]
        case Field(_, key):
            value = attribute(seen, key)
    return [] if value is None else [value]


def attribute(seen: Seen, key: str) -> Any:
    run = seen.made
    if key == "duration":
        return None if run.end_time is None else run.end_time - run.start_time
    known = {
        "run_id": seen.run_id,
        "run_name": run.name,
        "status": run.status,
        "start_time": run.start_time,
        "end_time": run.end_time,
        "user_id": "",
        "artifact_uri": seen.artifact_uri,
    }
    return known[key]


def holds(tree: Tree | None, seen: Seen) -> bool:
    match tree:
        case None:
            return True
        case And(parts):
            return all(holds(part, seen) for part in parts)
        case Or(parts):
            return any(holds(part, seen) for part in parts)
        case Not(part):
            return not holds(part, seen)
        case Missing(term, is_negated):
            return bool(values_of(term, seen)) == is_negated
        case Among(term, wanted, is_negated):
            found = [prepared(v, wanted[0]) for v in values_of(term, seen)]
            return any((v in wanted) != is_negated for v in found if v is not None)
        case Comparison(term, operator, wanted):
            found = [prepared(v, wanted) for v in values_of(term, seen)]
            return any(satisfies(v, operator, wanted) for v in found if v is not None)
    raise AssertionError(tree)


def prepared(value: Any, wanted: Any) -> Any:
    """Params are numbers where the literal is one."""
    if isinstance(value, str) and not isinstance(wanted, str):
        return float(value) if NUMBER.fullmatch(value) else None
    return value


def satisfies(value: Any, operator: str, wanted: Any) -> bool:
    if operator in ("LIKE", "ILIKE"):
        text = "".join({"%": ".*", "_": "."}.get(c, re.escape(c)) for c in wanted)
        flags = re.S | (re.I | re.A if operator == "ILIKE" else 0)
        return re.fullmatch(text, value, flags) is not None
    if operator == "RLIKE":
        return re.search(wanted, value) is not None
    return {
        "=": value == wanted,
        "!=": value != wanted,
        "<": value < wanted,
        "<=": value <= wanted,
        ">": value > wanted,
        ">=": value >= wanted,
    }[operator]
