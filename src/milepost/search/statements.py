"""Whole statements of a search, from the pieces of `sql`.

Every statement gives rows of (id, *key columns): which entity, and where it stands in the order.
There are four ways to find the runs of a page; the store chooses (`store/search.py`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from milepost.search.sql import (
    KEY,
    TABLES,
    RunLeaves,
    SortKey,
    Sql,
    after,
    columns_of,
    condition,
    joined,
    numeric,
    order_of,
)
from milepost.search.tree import Among, And, Comparison, Field, Leaf, Tree

PATTERNS = frozenset(("LIKE", "ILIKE", "RLIKE"))


class Scope(NamedTuple):
    """Which runs are searched at all: experiments, and a range of `is_active`."""

    experiments: tuple[int, ...]
    low: int
    high: int

    def condition(self, alias: str = "r") -> Sql:
        if len(self.experiments) == 1 and self.low == self.high:
            # Plain equality, so that an index by both can give the order as well.
            text = f"{alias}.experiment = ? AND {alias}.is_active = ?"
            return Sql(text, (self.experiments[0], self.low))
        experiments = json.dumps(self.experiments)
        text = f"{alias}.experiment IN (SELECT value FROM json_each(?))"
        if self.low == self.high:
            return Sql(f"{text} AND {alias}.is_active = ?", (experiments, self.low))
        return Sql(text, (experiments,))

    def parts(self) -> list[Scope]:
        """Scopes of one experiment and one stage each, which an index can walk in order."""
        return [
            Scope((experiment,), stage, stage)
            for experiment in self.experiments
            for stage in range(self.low, self.high + 1)
        ]


class Question(NamedTuple):
    """A filter as a condition on `r`, an order, where to go on, and how many rows are wanted.

    `filters` are joins that leave out what the filter does.
    """

    holds: Sql
    keys: Sequence[SortKey]
    last: tuple[object, ...] | None
    limit: int
    filters: Sql = Sql("")

    def where(self) -> Sql:
        if self.last is None:
            return self.holds
        return joined((self.holds, after(self.keys, self.last)), "AND")

    def joins(self, skip: int = 0) -> Sql:
        joins = [key.join for key in self.keys[skip:] if key.join]
        joins = [self.filters, *joins] if self.filters else joins
        text = " ".join(join.text for join in joins)
        return Sql(text, tuple(p for join in joins for p in join.parameters))


def select(question: Question, source: Sql, scope: Scope, skip_joins: int = 0) -> Sql:
    """Rows of `source`, which makes `r`, that are in scope and answer the question."""
    joins, within, where = question.joins(skip_joins), scope.condition(), question.where()
    text = (
        f"SELECT r.id, {columns_of(question.keys)} FROM {source.text} {joins.text}"
        f" WHERE {within.text} AND {where.text}"
        f" ORDER BY {order_of(question.keys)} LIMIT ?"
    )
    parameters = (
        *source.parameters, *joins.parameters, *within.parameters, *where.parameters,
        question.limit,
    )  # fmt: skip
    return Sql(text, parameters)


def by_scan(question: Question, scope: Scope) -> Sql:
    """All runs of the scope, sorted; or walked in order, if that is the default order."""
    source = Sql("runs r INDEXED BY runs_by_start")
    sql = select(question, source, scope)
    starts = [key.value for key in question.keys] == ["r.start_time", "r.run_id"]
    if starts and question.last is not None:
        # Said once more as a range, which is what an index can jump to.
        head, tail = sql.text.split(" WHERE ", 1)
        sign = "<=" if question.keys[0].is_descending else ">="
        at = head.count("?")
        parameters = (*sql.parameters[:at], question.last[0], *sql.parameters[at:])
        return Sql(f"{head} WHERE r.start_time {sign} ? AND {tail}", parameters)
    return sql


def by_ids(question: Question, scope: Scope, ids: Sequence[int]) -> Sql:
    """Of these run rows, those that answer the question."""
    source = Sql("json_each(?) chosen CROSS JOIN runs r ON r.id = chosen.value", (json.dumps(ids),))
    return select(question, source, scope)


class ByValue(NamedTuple):
    """The values of one key, as an order's first key or as one comparison of a filter."""

    table: str
    key: str

    @property
    def column(self) -> str:
        return "last_value" if self.table == "metrics" else "value"


def by_value(question: Question, first: ByValue, scope: Scope, is_indexed: bool) -> Sql:
    """Runs that have a value, in the order of the first key's values.

    `scope` is of one experiment. With `is_indexed` the index by value is walked; without, the
    runs that it does not hold yet are sorted.
    """
    key = question.keys[0]
    value = f"o0.{first.column}"
    source = Sql(
        f"{first.table} o0 INDEXED BY {first.table}_by_value CROSS JOIN runs r ON r.id = o0.run"
        if is_indexed
        else f"runs r INDEXED BY runs_not_indexed CROSS JOIN {first.table} o0 ON o0.run = r.id"
    )
    rows = f"o0.key = {KEY} AND {value} IS NOT NULL AND o0.indexed_in "
    rows += "= ?" if is_indexed else "IS NULL AND r.is_indexed = 0 AND r.experiment = ?"
    parameters: list[object] = [first.key, scope.experiments[0]]
    if question.last is not None and question.last[0] == 0:
        rows += f" AND {value} {'<=' if key.is_descending else '>='} ?"
        parameters.append(question.last[1])
    joins, where = question.joins(skip=1), question.where()
    # The rank is 0 here: naming it would keep the index from giving the order.
    keys = [SortKey(key.join, "", value, key.is_descending), *question.keys[1:]]
    columns = f"0, {value}"
    if rest := columns_of(question.keys[1:]):
        columns += f", {rest}"
    text = (
        f"SELECT r.id, {columns} FROM {source.text} {joins.text}"
        f" WHERE {rows} AND r.is_active = ? AND {where.text}"
        f" ORDER BY {order_of(keys)} LIMIT ?"
    )
    stage = scope.low
    return Sql(
        text, (*joins.parameters, *parameters, stage, *where.parameters, question.limit)
    )  # fmt: skip


def matching(leaf: Leaf, leaves: RunLeaves, scope: Scope, limit: int) -> Sql | None:
    """The run rows that satisfy one comparison, through an index; None if none can serve.

    Deleted runs may be among them; the statement that uses them asks for the scope again.
    """
    if not isinstance(leaf, Comparison | Among) or not isinstance(leaf.term, Field):
        return None
    field = leaf.term
    if field.entity == "attribute":
        return matching_attribute(leaf, leaves, limit)
    if field.entity not in TABLES:
        return None
    table = TABLES[field.entity]
    if field.entity == "metric":
        holds = numeric("t.last_value", leaf, null_is_nan=True)
    else:
        holds = leaves.text_holds(leaf)
        match leaf:
            case Comparison(_, "=", str(value)) if leaves.dialect.indexed_text:
                indexed = Sql(leaves.dialect.indexed_text.format("t.value"), (value,))
                holds = joined((indexed, holds), "AND")
            case Comparison(_, operator, _) if operator in PATTERNS:
                if not leaves.dialect.has_texts_in_index:
                    return None  # walking the runs in their order reads less
    experiments = json.dumps(scope.experiments)
    text = (
        f"SELECT t.run FROM {table} t INDEXED BY {table}_by_value"
        f" WHERE t.indexed_in IN (SELECT value FROM json_each(?)) AND t.key = {KEY}"
        f" AND {holds.text}"
        f" UNION ALL SELECT t.run FROM runs u INDEXED BY runs_not_indexed"
        f" CROSS JOIN {table} t ON t.run = u.id"
        f" WHERE u.is_indexed = 0 AND u.experiment IN (SELECT value FROM json_each(?))"
        f" AND t.key = {KEY} AND t.indexed_in IS NULL AND {holds.text} LIMIT ?"
    )
    once = (experiments, field.key, *holds.parameters)
    return Sql(text, (*once, *once, limit))


def matching_attribute(leaf: Comparison | Among, leaves: RunLeaves, limit: int) -> Sql | None:
    assert isinstance(leaf.term, Field)
    is_equal = isinstance(leaf, Comparison) and leaf.operator == "="
    if not is_equal and not (isinstance(leaf, Among) and not leaf.is_negated):
        return None
    if leaf.term.key == "run_id" or leaf.term.key == "parent_run_id":
        holds = leaves._replace(alias="u").attribute(leaf, leaf.term.key)
        index = " INDEXED BY runs_by_parent" if leaf.term.key == "parent_run_id" else ""
        return Sql(f"SELECT u.id FROM runs u{index} WHERE {holds.text} LIMIT ?",
                   (*holds.parameters, limit))  # fmt: skip
    return None


def conjuncts(tree: Tree | None) -> list[Tree]:
    """What must hold together: any of these may be looked up first."""
    match tree:
        case None:
            return []
        case And(parts):
            return [leaf for part in parts for leaf in conjuncts(part)]
    return [tree]


def experiments(
    holds: Sql,
    keys: Sequence[SortKey],
    stages: tuple[int, int],
    last: Sequence[object] | None,
    limit: int,
) -> Sql:
    """Rows of experiments, whole, and behind them the columns of their place in the order."""
    where = holds if last is None else joined((holds, after(keys, last)), "AND")
    text = (
        "SELECT e.id, e.name, e.artifact_location, e.is_active, e.creation_time,"
        f" e.last_update_time, {columns_of(keys)} FROM experiments e"
        f" WHERE e.is_active BETWEEN ? AND ? AND {where.text} ORDER BY {order_of(keys)} LIMIT ?"
    )
    return Sql(text, (*stages, *where.parameters, limit))


# Of nested runs: a run is on the top level when its parent is not among the searched ones.
DESCENDANTS_DEPTH_MAX = 16


def top_level(tree: Tree | None, leaves: RunLeaves, scope: Scope) -> Sql:
    """Runs without a parent in scope that match, or have a descendant in scope that does."""
    parent = scope.condition("p")
    is_top = (
        f"(r.parent_run_id IS NULL OR NOT EXISTS (SELECT 1 FROM runs p"
        f" WHERE p.run_id = r.parent_run_id AND {parent.text}))"
    )
    if tree is None:
        return Sql(is_top, parent.parameters)
    own = condition(tree, leaves.write)
    theirs = condition(tree, leaves._replace(alias="x").write)
    child, grandchild, within = scope.condition("c"), scope.condition("g"), scope.condition("x")
    text = (
        f"({is_top} AND ({own.text} OR EXISTS (WITH RECURSIVE d (id, run_id, depth) AS ("
        f"SELECT c.id, c.run_id, 1 FROM runs c WHERE c.parent_run_id = r.run_id AND {child.text}"
        f" UNION SELECT g.id, g.run_id, d.depth + 1 FROM d JOIN runs g"
        f" ON g.parent_run_id = d.run_id"
        f" WHERE d.depth < {DESCENDANTS_DEPTH_MAX} AND {grandchild.text})"
        f" SELECT 1 FROM d JOIN runs x ON x.id = d.id WHERE {within.text} AND {theirs.text})))"
    )
    return Sql(
        text,
        (*parent.parameters, *own.parameters, *child.parameters, *grandchild.parameters,
         *within.parameters, *theirs.parameters),
    )  # fmt: skip


def count(question: Question, scope: Scope, ids: Sequence[int] | None) -> Sql:
    """How many runs there are, counted up to the limit."""
    within, holds, filters = scope.condition(), question.holds, question.filters
    source = Sql("runs r INDEXED BY runs_by_start")
    if ids is not None:
        source = Sql("json_each(?) chosen CROSS JOIN runs r ON r.id = chosen.value",
                     (json.dumps(ids),))  # fmt: skip
    text = (
        f"SELECT count(*) FROM (SELECT 1 FROM {source.text} {filters.text}"
        f" WHERE {within.text} AND {holds.text} LIMIT ?) counted"
    )
    parameters = (*source.parameters, *filters.parameters, *within.parameters)
    return Sql(text, (*parameters, *holds.parameters, question.limit))
