"""`anded_expressions`, the search language of 0.x clients (search facts, section 10), to a tree."""

from __future__ import annotations

import math
from typing import Any

from milepost.errors import InvalidParameterValue
from milepost.search.parser import CLAUSES_MAX
from milepost.search.tree import And, Comparison, Field, Tree

METRIC_COMPARATORS = (">", ">=", "=", "!=", "<=", "<")
PARAMETER_COMPARATORS = ("=", "!=")


def tree_of(expressions: list[Any]) -> Tree | None:
    """All of the expressions must hold. Raises `InvalidParameterValue`, naming the one at fault."""
    if len(expressions) > CLAUSES_MAX:
        raise InvalidParameterValue(
            f"anded_expressions holds {len(expressions)} expressions; at most {CLAUSES_MAX}"
            " are taken."
        )
    leaves = tuple(leaf_of(one, f"anded_expressions[{i}]") for i, one in enumerate(expressions))
    return And(leaves) if leaves else None


def leaf_of(expression: Any, path: str) -> Comparison:
    """One expression: {"metric": {key, float|double: clause}} or {"parameter": {key, string}}."""
    if not isinstance(expression, dict) or len(expression) != 1:
        raise wrong(path, 'is neither {"metric": ...} nor {"parameter": ...}')
    ((kind, body),) = expression.items()
    if kind not in ("metric", "parameter") or not isinstance(body, dict):
        raise wrong(path, f"has the unknown kind '{kind}'")
    key = body.get("key", "")
    clauses = [name for name in ("float", "double", "string") if name in body]
    expected = ("float", "double") if kind == "metric" else ("string",)
    if not isinstance(key, str) or len(clauses) != 1 or clauses[0] not in expected:
        raise wrong(path, f"needs a key and one clause of {' or '.join(expected)}")
    clause = body[clauses[0]]
    comparators = METRIC_COMPARATORS if kind == "metric" else PARAMETER_COMPARATORS
    if not isinstance(clause, dict) or clause.get("comparator") not in comparators:
        raise wrong(path, f"needs a comparator of {' '.join(comparators)}")
    value = clause.get("value", 0.0 if kind == "metric" else "")
    value = number_of(value, path) if kind == "metric" else text_of(value, path)
    return Comparison(Field(kind, key), clause["comparator"], value)


def number_of(value: Any, path: str) -> float:
    """A double as protobuf's JSON writes it: a number, or its text."""
    try:
        number = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if number != number:
        raise wrong(path, "compares a metric with what is no number")
    return number


def text_of(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise wrong(path, "compares a parameter with what is no string")
    return value


def wrong(path: str, reason: str) -> InvalidParameterValue:
    return InvalidParameterValue(f"Invalid search expression: {path} {reason}.")
