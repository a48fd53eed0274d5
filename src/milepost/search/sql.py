"""A tree to SQL: fixed fragments, joined by the tree, and the parameters beside them.

No character of a user's text ever becomes SQL: keys and values are parameters. Every condition is
true or false, never NULL, so that NOT means what it says. `r` is the row of the run, `e` of the
experiment.
"""

from __future__ import annotations

import json
import math
import operator
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from milepost.search.dialect import Dialect, glob_of
from milepost.search.moments import Moment
from milepost.search.order import Order
from milepost.search.tree import (
    Aggregate,
    Among,
    And,
    AtBest,
    Comparison,
    Field,
    Leaf,
    Missing,
    Not,
    Or,
    Term,
    Tree,
    Value,
)

RUN_NAME_TAG = "mlflow.runName"
LARGEST = sys.float_info.max
KEY = "(SELECT id FROM keys WHERE name = ?)"


class Sql(NamedTuple):
    """A piece of SQL with the parameters of its question marks, in their order."""

    text: str
    parameters: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TRUE, FALSE = Sql("TRUE"), Sql("FALSE")
Write = Callable[[Leaf], Sql]


def joined(parts: Iterable[Sql], between: str) -> Sql:
    """Pieces with a word between them, in brackets."""
    found = list(parts)
    text = f" {between} ".join(part.text for part in found)
    parameters = tuple(value for part in found for value in part.parameters)
    return Sql(f"({text})", parameters)


def condition(tree: Tree | None, write: Write) -> Sql:
    """The condition of a tree; `write` makes those of its leaves."""
    match tree:
        case None:
            return TRUE
        case And(parts):
            return joined((condition(part, write) for part in parts), "AND") if parts else TRUE
        case Or(parts):
            return joined((condition(part, write) for part in parts), "OR") if parts else FALSE
        case Not(part):
            inner = condition(part, write)
            return Sql(f"NOT {inner.text}", inner.parameters)
    return write(tree)


def compared(expression: str, leaf: Leaf, dialect: Dialect, now: int) -> Sql:
    """`expression` against the values of a leaf; NULL when the expression is."""
    match leaf:
        case Missing(_, is_negated):
            return Sql(f"{expression} IS {'NOT ' if is_negated else ''}NULL")
        case Among(_, values, is_negated):
            inner = among(expression, values, dialect, now)
            return Sql(f"NOT {inner.text}", inner.parameters) if is_negated else inner
        case Comparison(_, sign, value):
            if sign in COMPARE:
                return Sql(f"{expression} {sign} ?", (parameter(value, now),))
            fragment = {"LIKE": dialect.like, "ILIKE": dialect.ilike, "RLIKE": dialect.matches}
            pattern = str(value)
            if sign == "LIKE" and "GLOB" in dialect.like:
                pattern = glob_of(pattern)
            return Sql(fragment[sign].format(expression), (pattern,))


def among(expression: str, values: Sequence[Value], dialect: Dialect, now: int) -> Sql:
    if all(isinstance(value, str) for value in values):
        return Sql(f"({dialect.in_texts.format(expression)})", (json.dumps(values),))
    # Numbers as parameters: a JSON text might lose their last digit.
    marks = ", ".join("?" * len(values))
    return Sql(f"({expression} IN ({marks}))", tuple(parameter(v, now) for v in values))


def parameter(value: Value, now: int) -> Any:
    """A value as the database takes it; whole times as integers, huge integers as floats."""
    if isinstance(value, Moment):
        value = value.ms(now)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return float(value)
    return value


def number_parameter(value: Value) -> float:
    assert isinstance(value, int | float)
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


# --- runs ----------------------------------------------------------------------------------------

STATUS = (
    "(CASE {r}.status WHEN 1 THEN 'RUNNING' WHEN 2 THEN 'SCHEDULED' WHEN 3 THEN 'FINISHED'"
    " WHEN 4 THEN 'FAILED' WHEN 5 THEN 'KILLED' END)"
)
# Clients may give any times: a difference beyond 64 bits, which PostgreSQL refuses, is the largest.
DURATION = (
    "(CASE WHEN {r}.start_time < 0 AND {r}.end_time > 9223372036854775807 + {r}.start_time"
    " THEN 9223372036854775807"
    " WHEN {r}.start_time > 0 AND {r}.end_time < {r}.start_time - 9223372036854775807"
    " THEN -9223372036854775807 ELSE {r}.end_time - {r}.start_time END)"
)
# Attributes of runs: the expression, and whether it can be NULL.
RUN_ATTRIBUTES: Mapping[str, tuple[str, bool]] = {
    "run_id": ("{r}.run_id", False),
    "status": (STATUS, False),
    "artifact_uri": ("{r}.artifact_uri", False),
    "user_id": ("{r}.user_id", False),
    "start_time": ("{r}.start_time", False),
    "end_time": ("{r}.end_time", True),
    "duration": (DURATION, True),
    "parent_run_id": ("{r}.parent_run_id", True),
    "experiment_id": ("CAST({r}.experiment AS TEXT)", False),
    "experiment_name": ("(SELECT x.name FROM experiments x WHERE x.id = {r}.experiment)", False),
    "lifecycle_stage": ("(CASE {r}.is_active WHEN 1 THEN 'active' ELSE 'deleted' END)", False),
    "has_children": (
        "(CASE WHEN EXISTS (SELECT 1 FROM runs c WHERE c.parent_run_id = {r}.run_id)"
        " THEN 1 ELSE 0 END)",
        False,
    ),
    "run_name": ("{r}.name", False),
}  # fmt: skip

MEAN = "(m.total / nullif(m.point_count - m.nan_count, 0))"
# Aggregates: the expression on the series' row `m`, and what NULL means there: NaN or nothing.
AGGREGATES: Mapping[str, tuple[str, bool]] = {
    "min": ("m.min_value", False),
    "max": ("m.max_value", False),
    "first": ("m.first_value", True),
    "last": ("m.last_value", True),
    "mean": (MEAN, False),
    "count": ("m.point_count", False),
}
TABLES = {"metric": "metrics", "parameter": "params", "tag": "tags"}
DATASET_COLUMNS = {"name": "d.name", "digest": "d.digest", "context": "i.context"}
DATASETS = "SELECT 1 FROM dataset_inputs i JOIN datasets d ON d.id = i.dataset WHERE i.run = {r}.id"


class RunLeaves(NamedTuple):
    """Writes the leaves of a filter on runs. `chosen` holds the run rows of each at_min, at_max."""

    dialect: Dialect
    now: int
    alias: str = "r"
    chosen: Mapping[Leaf, Sequence[int]] = {}

    def write(self, leaf: Leaf) -> Sql:
        r = self.alias
        match leaf.term:
            case Field("metric", key):
                return self.series(leaf, key, "m.last_value", null_is_nan=True)
            case Aggregate(function, key):
                return self.series(leaf, key, *AGGREGATES[function])
            case AtBest():
                ids = json.dumps(list(self.chosen[leaf]))
                return Sql(self.dialect.in_ids.format(f"{r}.id"), (ids,))
            case Field("parameter" | "tag" as entity, key):
                return self.text(leaf, TABLES[entity], key)
            case Field("dataset", key):
                return self.dataset(leaf, DATASET_COLUMNS[key])
            case Field(_, "run_name"):
                return self.text(leaf, "tags", RUN_NAME_TAG)
            case Field(_, key):
                return self.attribute(leaf, key)

    def attribute(self, leaf: Leaf, key: str) -> Sql:
        expression, is_nullable = RUN_ATTRIBUTES[key]
        expression = expression.format(r=self.alias)
        sql = compared(expression, leaf, self.dialect, self.now)
        if is_nullable and not isinstance(leaf, Missing):
            return Sql(f"({expression} IS NOT NULL AND {sql.text})", sql.parameters)
        return Sql(f"({sql.text})", sql.parameters)

    def series(self, leaf: Leaf, key: str, expression: str, null_is_nan: bool) -> Sql:
        where = f"SELECT 1 FROM metrics m WHERE m.run = {self.alias}.id AND m.key = {KEY}"
        if isinstance(leaf, Missing):
            some = "" if null_is_nan else f" AND {expression} IS NOT NULL"
            negation = "" if leaf.is_negated else "NOT "
            return Sql(f"{negation}EXISTS ({where}{some})", (key,))
        holds = numeric(expression, leaf, null_is_nan)
        return Sql(f"EXISTS ({where} AND {holds.text})", (key, *holds.parameters))

    def text(self, leaf: Leaf, table: str, key: str) -> Sql:
        where = f"SELECT 1 FROM {table} t WHERE t.run = {self.alias}.id AND t.key = {KEY}"
        if isinstance(leaf, Missing):
            return Sql(f"{'' if leaf.is_negated else 'NOT '}EXISTS ({where})", (key,))
        holds = self.text_holds(leaf)
        return Sql(f"EXISTS ({where} AND {holds.text})", (key, *holds.parameters))

    def join(self, leaf: Leaf, alias: str) -> Sql | None:
        """A comparison that must hold as a join, which costs less than EXISTS; None if it can't.

        A run has one row a key, so that nothing comes twice.
        """
        if not isinstance(leaf, Comparison | Among) or not isinstance(leaf.term, Field):
            return None
        if leaf.term.entity not in TABLES:
            return None
        if leaf.term.entity == "metric":
            holds = numeric(f"{alias}.last_value", leaf, null_is_nan=True)
        else:
            holds = self.text_holds(leaf, f"{alias}.value")
        on = f"{alias}.run = {self.alias}.id AND {alias}.key = {KEY} AND {holds.text}"
        table = TABLES[leaf.term.entity]
        return Sql(f"CROSS JOIN {table} {alias} ON {on}", (leaf.term.key, *holds.parameters))

    def text_holds(self, leaf: Leaf, column: str = "t.value") -> Sql:
        """The condition on a text column; as a number where the literal is one."""
        if is_about_numbers(leaf):
            expression = self.dialect.as_number.format(column)
            holds = compared(expression, leaf, self.dialect, self.now)
            return Sql(f"coalesce({holds.text}, FALSE)", holds.parameters)
        return compared(column, leaf, self.dialect, self.now)

    def dataset(self, leaf: Leaf, column: str) -> Sql:
        where = DATASETS.format(r=self.alias)
        if isinstance(leaf, Missing):
            negation = "" if leaf.is_negated else "NOT "
            return Sql(f"{negation}EXISTS ({where} AND {column} IS NOT NULL)")
        holds = compared(column, leaf, self.dialect, self.now)
        return Sql(f"EXISTS ({where} AND {holds.text})", holds.parameters)


def is_about_numbers(leaf: Leaf) -> bool:
    match leaf:
        case Comparison(_, _, value):
            return not isinstance(value, str)
        case Among(_, values):
            return not isinstance(values[0], str)
    return False


def numeric(expression: str, leaf: Comparison | Among, null_is_nan: bool) -> Sql:
    """A comparison of a metric's value: NULL is NaN, which satisfies only `!=`.

    Infinities are compared as the largest finite numbers (stock).
    """
    if isinstance(leaf, Among):
        numbers = tuple(number_parameter(value) for value in leaf.values)
        marks = ", ".join("?" * len(numbers))
        if leaf.is_negated:
            missing = f"{expression} IS NULL OR " if null_is_nan else ""
            return Sql(f"({missing}{expression} NOT IN ({marks}))", numbers)
        return Sql(f"{expression} IN ({marks})", numbers)
    sign, bound = finite(leaf.operator, number_parameter(leaf.value))
    if sign == "any":
        return TRUE if null_is_nan else Sql(f"{expression} IS NOT NULL")
    if sign == "!=" and null_is_nan:
        return Sql(f"{expression} IS NOT ?", (bound,))
    if sign in ("not >=", "not <="):
        missing = f"{expression} IS NULL OR " if null_is_nan else ""
        return Sql(f"({missing}{expression} {'<' if sign == 'not >=' else '>'} ?)", (bound,))
    return Sql(f"{expression} {sign} ?", (bound,))


def finite(sign: str, bound: float) -> tuple[str, float]:
    """The comparison that answers for ±Inf as `sign` does for ±LARGEST."""
    if abs(bound) < LARGEST:
        return sign, bound
    toward, away = (">", "<") if bound > 0 else ("<", ">")
    edge, beyond = math.copysign(LARGEST, bound), math.copysign(math.inf, bound)
    if abs(bound) == LARGEST:
        return {
            "=": (f"{toward}=", edge),
            "!=": (f"not {toward}=", edge),
            f"{toward}=": (f"{toward}=", edge),
            toward: (toward, beyond),
            away: (away, edge),
            f"{away}=": (f"{away}=", beyond),
        }[sign]
    return {
        "=": (toward, beyond),
        "!=": ("any", beyond),
        f"{toward}=": (toward, beyond),
        toward: (toward, beyond),
        away: (f"{away}=", beyond),
        f"{away}=": (f"{away}=", beyond),
    }[sign]


def number_satisfies(leaf: Leaf, value: float | None) -> bool:
    """What `numeric` asks of the database, asked of a value at hand; None: there is none."""
    if isinstance(leaf, Missing):
        return (value is None) != leaf.is_negated
    if value is None:
        return False
    value = max(-LARGEST, min(LARGEST, value)) if value == value else value
    if isinstance(leaf, Among):
        return (value in map(number_parameter, leaf.values)) != leaf.is_negated
    return COMPARE[leaf.operator](value, number_parameter(leaf.value))


# --- order ---------------------------------------------------------------------------------------


class SortKey(NamedTuple):
    """One key of an order: where it comes from, its rank and its value.

    `rank` sorts before the value, always up: 0 for values, 1 for NaN, 2 for missing; "" where
    nothing can be missing.
    """

    join: Sql
    rank: str
    value: str
    is_descending: bool


def run_sort_keys(orders: Sequence[Order]) -> list[SortKey]:
    """The keys of an order of runs, with the tie breaks of the facts: latest start, run id."""
    keys = [run_sort_key(order, f"o{place}") for place, order in enumerate(orders)]
    terms = {order.term for order in orders}
    if Field("attribute", "start_time") not in terms:
        keys.append(SortKey(Sql(""), "", "r.start_time", True))
    if Field("attribute", "run_id") not in terms:
        keys.append(SortKey(Sql(""), "", "r.run_id", False))
    return keys


def run_sort_key(order: Order, alias: str) -> SortKey:
    match order.term:
        case Field("metric", key):
            return series_sort_key(order, alias, key, "m.last_value", null_is_nan=True)
        case Aggregate(function, key):
            return series_sort_key(order, alias, key, *AGGREGATES[function])
        case Field("parameter" | "tag" as entity, key):
            on = f"LEFT JOIN {TABLES[entity]} {alias} ON {alias}.run = r.id AND {alias}.key = {KEY}"
            value = f"{alias}.value"
            return SortKey(Sql(on, (key,)), rank_of(value), value, order.is_descending)
        case Field(_, key):
            expression, is_nullable = RUN_ATTRIBUTES[key]
            if key == "experiment_id":
                expression = "{r}.experiment"
            value = expression.format(r="r")
            rank = rank_of(value) if is_nullable else ""
            return SortKey(Sql(""), rank, value, order.is_descending)
    raise AssertionError(order)


def series_sort_key(
    order: Order, alias: str, key: str, expression: str, null_is_nan: bool
) -> SortKey:
    on = f"LEFT JOIN metrics {alias} ON {alias}.run = r.id AND {alias}.key = {KEY}"
    value = expression.replace("m.", f"{alias}.")
    rank = rank_of(value)
    if null_is_nan:
        rank = f"(CASE WHEN {alias}.run IS NULL THEN 2 WHEN {value} IS NULL THEN 1 ELSE 0 END)"
    return SortKey(Sql(on, (key,)), rank, value, order.is_descending)


def rank_of(value: str) -> str:
    return f"(CASE WHEN {value} IS NULL THEN 2 ELSE 0 END)"


def columns_of(keys: Sequence[SortKey]) -> str:
    """The columns of a page's key: of each sort key its rank, if it has one, and its value."""
    return ", ".join(f"{key.rank}, {key.value}" if key.rank else key.value for key in keys)


def order_of(keys: Sequence[SortKey]) -> str:
    words = []
    for key in keys:
        if key.rank:
            words.append(key.rank)
        words.append(f"{key.value} {'DESC' if key.is_descending else 'ASC'}")
    return ", ".join(words)


def after(keys: Sequence[SortKey], last: Sequence[Any]) -> Sql:
    """The rows behind the row whose key columns are `last`."""
    if not keys:
        return FALSE
    key = keys[0]
    sign = "<" if key.is_descending else ">"
    if not key.rank:
        rest = after(keys[1:], last[1:])
        text = f"({key.value} {sign} ? OR ({key.value} = ? AND {rest.text}))"
        return Sql(text, (last[0], last[0], *rest.parameters))
    rest = after(keys[1:], last[2:])
    if last[0]:
        text = f"({key.rank} > ? OR ({key.rank} = ? AND {rest.text}))"
        return Sql(text, (last[0], last[0], *rest.parameters))
    text = (
        f"({key.rank} > 0 OR ({key.rank} = 0 AND ({key.value} {sign} ?"
        f" OR ({key.value} = ? AND {rest.text}))))"
    )
    return Sql(text, (last[1], last[1], *rest.parameters))


# --- experiments ---------------------------------------------------------------------------------

EXPERIMENT_ATTRIBUTES: Mapping[str, str] = {
    "name": "e.name",
    "experiment_id": "CAST(e.id AS TEXT)",
    "creation_time": "e.creation_time",
    "last_update_time": "e.last_update_time",
    "lifecycle_stage": "(CASE e.is_active WHEN 1 THEN 'active' ELSE 'deleted' END)",
}
EXPERIMENT_TAG = "SELECT 1 FROM experiment_tags t WHERE t.experiment = e.id AND t.key = ?"


class ExperimentLeaves(NamedTuple):
    """Writes the leaves of a filter on experiments."""

    dialect: Dialect
    now: int

    def write(self, leaf: Leaf) -> Sql:
        term: Term = leaf.term
        assert isinstance(term, Field)
        if term.entity == "attribute":
            holds = compared(EXPERIMENT_ATTRIBUTES[term.key], leaf, self.dialect, self.now)
            return Sql(f"({holds.text})", holds.parameters)
        if isinstance(leaf, Missing):
            return Sql(f"{'' if leaf.is_negated else 'NOT '}EXISTS ({EXPERIMENT_TAG})", (term.key,))
        holds = compared("t.value", leaf, self.dialect, self.now)
        return Sql(f"EXISTS ({EXPERIMENT_TAG} AND {holds.text})", (term.key, *holds.parameters))


def experiment_sort_keys(orders: Sequence[Order]) -> list[SortKey]:
    """As the facts say: without order newest first, then id up; with one, then id down."""
    if not orders:
        return [
            SortKey(Sql(""), "", "e.creation_time", True),
            SortKey(Sql(""), "", "e.id", False),
        ]
    keys = []
    for order in orders:
        assert isinstance(order.term, Field)
        value = EXPERIMENT_ATTRIBUTES[order.term.key]
        if order.term.key == "experiment_id":
            value = "e.id"
        keys.append(SortKey(Sql(""), "", value, order.is_descending))
    if all(key.value != "e.id" for key in keys):
        keys.append(SortKey(Sql(""), "", "e.id", True))
    return keys
