"""Searching runs: finds a page of run rows by the cheapest of four ways, then reads their data.

`milepost.search` says what to ask; this module decides how and asks it. The ways, and when:

- few runs in scope: sort them all;
- a comparison that few runs satisfy (found through an index by value): look those up;
- an order that an index gives (start time, or the values of one key): walk it until the page is
  full, in each experiment and stage, and merge;
- else: sort them all.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from milepost.errors import InvalidParameterValue
from milepost.search import Order, Projection, Tree, sql, statements
from milepost.search.dialect import Dialect
from milepost.search.projection import EVERYTHING
from milepost.search.sql import RunLeaves, SortKey, Sql
from milepost.search.statements import ByValue, Question, Scope
from milepost.search.tree import Aggregate, And, AtBest, Field, Leaf, Not, Or
from milepost.store import metrics, runs
from milepost.store.database import Connection, Row
from milepost.store.pages import Range
from milepost.store.sql import json_list, load
from milepost.wire.messages import Run

RUNS = load("runs")
METRICS = load("metrics")

# Up to so many runs in scope, sorting them all is the quickest way.
FEW_RUNS = 2_000
# A comparison that more runs satisfy than this is not looked up first.
LOOKED_UP_MAX = 5_000
# More experiments and stages than this are not walked one by one.
WALKED_SCOPES_MAX = 32
CANDIDATES_MAX = 10_000
COUNTED_MAX = 100_000
LARGE_REMEMBERED_MAX = 100_000


class RunQuery(NamedTuple):
    """One search. `experiments` None: all of them; `last`: the key of the last run seen."""

    experiments: Sequence[int] | None
    stages: Range
    filter: Tree | None
    orders: Sequence[Order]
    last: tuple[Any, ...] | None
    limit: int
    now: int
    projection: Projection = EVERYTHING
    # Whether the runs' data may come as JSON that is ready to be sent (`runs.with_documents`).
    as_documents: bool = False
    with_aggregates: bool = False
    with_total: bool = False
    top_level_only: bool = False


class RunPage(NamedTuple):
    """`next` is the key of the last run, when more follow; `total` is None unless asked for."""

    items: list[Run]
    next: tuple[Any, ...] | None
    total: int | None = None
    total_is_exact: bool = True


class Sizes:
    """Which experiments have more than `FEW_RUNS` runs, as far as one has looked.

    They seldom shrink, and a search that takes a small one for large is slower and no worse.
    """

    def __init__(self) -> None:
        self._large: set[int] = set()

    def are_few(self, connection: Connection, experiments: Sequence[int]) -> bool:
        """Whether these have `FEW_RUNS` runs at most, in all."""
        if not self._large.isdisjoint(experiments):
            return False
        parameters = json_list(experiments), FEW_RUNS + 1
        are_few = connection.execute(RUNS.RUNS_COUNT_SOME, parameters).fetchone()[0] <= FEW_RUNS
        if not are_few and len(experiments) == 1:
            if len(self._large) >= LARGE_REMEMBERED_MAX:
                self._large.clear()
            self._large.add(experiments[0])
        return bool(are_few)


def search_runs(connection: Connection, query: RunQuery, dialect: Dialect, sizes: Sizes) -> RunPage:
    """One page. Raises `InvalidParameterValue` where at_min or at_max has too many candidates."""
    search = Search(connection, query, dialect, sizes)
    rows = search.page(query.limit + 1)
    is_more = len(rows) > query.limit
    rows = rows[: query.limit]
    ids = [row[0] for row in rows]
    if query.as_documents and query.projection is EVERYTHING and not query.with_aggregates:
        found = runs.with_documents(connection, ids)
    else:
        found = runs.with_data(
            connection, runs.rows_of(connection, ids), query.projection, query.with_aggregates
        )
    if query.top_level_only:
        search.tell_children(ids, found)
    total, is_exact = search.total() if query.with_total else (None, True)
    return RunPage(found, tuple(rows[-1][1:]) if is_more else None, total, is_exact)


class Search:
    """One search on one connection; works out lazily what several of its steps need."""

    def __init__(
        self, connection: Connection, query: RunQuery, dialect: Dialect, sizes: Sizes
    ) -> None:
        self.connection = connection
        self.sizes = sizes
        self.query = query
        self.is_walking = False
        experiments = query.experiments
        if experiments is None:
            rows = connection.execute(RUNS.EXPERIMENTS_WITH_RUNS, ()).fetchall()
            experiments = [row[0] for row in rows]
        self.scope = Scope(tuple(dict.fromkeys(experiments)), *query.stages)
        self.leaves = RunLeaves(dialect, query.now)
        self.best_orders = [o for o in query.orders if isinstance(o.term, AtBest)]
        if best := at_best_leaves(query.filter):
            self.leaves = self.leaves._replace(chosen=self.choose(best))
        self.keys = sql.run_sort_keys([o for o in query.orders if not isinstance(o.term, AtBest)])

    def rows(self, statement: Sql) -> list[Row]:
        self.set_walking(False)
        found = self.connection.execute(statement.text, statement.parameters)
        return found.fetchall()

    def question(self, keys: Sequence[SortKey], last: Any, limit: int) -> Question:
        """The filter as joins where it can be, else as a condition."""
        tree = self.query.filter
        if self.query.top_level_only:
            holds = statements.top_level(tree, self.leaves, self.scope)
            return Question(holds, keys, last, limit)
        joins: list[Sql] = []
        rest: list[Tree] = []
        for part in statements.conjuncts(tree):
            join = None
            if len(joins) < self.leaves.dialect.joined_max:
                join = self.leaves.join(part, f"f{len(joins)}")  # type: ignore[arg-type]
            if join is None:
                rest.append(part)
            else:
                joins.append(join)
        holds = sql.condition(And(tuple(rest)), self.leaves.write)
        if len(joins) == self.leaves.dialect.joined_max and rest:
            # Bare, PostgreSQL would make joins of them.
            parts = [sql.condition(part, self.leaves.write) for part in rest]
            holds = sql.joined([Sql(f"({h.text}) IS TRUE", h.parameters) for h in parts], "AND")
        filters = Sql(
            " ".join(join.text for join in joins), tuple(p for j in joins for p in j.parameters)
        )
        return Question(holds, keys, last, limit, filters)

    @functools.cached_property
    def is_small(self) -> bool:
        return self.sizes.are_few(self.connection, self.scope.experiments)

    @functools.cached_property
    def looked_up(self) -> list[int] | None:
        """The run rows that satisfy one of the filter's comparisons, if they are few."""
        return None if self.query.top_level_only else self.look_up(self.query.filter)

    def look_up(self, tree: Tree | None) -> list[int] | None:
        if self.is_small:
            return None
        for leaf in statements.conjuncts(tree):
            statement = statements.matching(leaf, self.leaves, self.scope, LOOKED_UP_MAX + 1)  # type: ignore[arg-type]
            if statement is None:
                continue
            found = [row[0] for row in self.rows(statement)]
            if len(found) <= LOOKED_UP_MAX:
                return list(dict.fromkeys(found))
        return None

    # --- the page ------------------------------------------------------------------------------

    def page(self, limit: int) -> list[Row]:
        """Rows of (id, *key columns), at most `limit`."""
        if not self.scope.experiments:
            return []
        if self.best_orders:
            return self.page_by_best(limit)
        question = self.question(self.keys, self.query.last, limit)
        if self.is_small:
            return self.rows(statements.by_scan(question, self.scope))
        if self.looked_up is not None:
            return self.rows(statements.by_ids(question, self.scope, self.looked_up))
        parts = self.scope.parts()
        if len(parts) <= WALKED_SCOPES_MAX:
            if (first := self.walkable_value()) is not None:
                return self.page_by_value(question, first, parts)
            if self.keys[0].value == "r.start_time":
                found = [row for part in parts for row in self.scan(question, part)]
                return found if len(parts) == 1 else in_order(found, self.keys)[:limit]
        return self.rows(statements.by_scan(question, self.scope))

    def scan(self, question: Question, part: Scope) -> list[Row]:
        return self.walk(statements.by_scan(question, part))

    def walk(self, statement: Sql) -> list[Row]:
        self.set_walking(True)
        # A plan is kept by its text: one that was made to sort a few runs must not serve here.
        text = f"{statement.text} /* walk */" if self.is_walking else statement.text
        return self.connection.execute(text, statement.parameters).fetchall()

    def set_walking(self, is_walking: bool) -> None:
        """Only when it changes; the transaction's end undoes it anyway."""
        dialect = self.leaves.dialect
        if is_walking != self.is_walking and dialect.walk_begin:
            self.connection.execute(dialect.walk_begin if is_walking else dialect.walk_end)
            self.is_walking = is_walking

    def walkable_value(self) -> ByValue | None:
        """The key whose index by value gives the first key of the order."""
        if self.query.orders:
            match self.query.orders[0].term:
                case Field("metric" | "parameter" | "tag" as entity, key):
                    return ByValue(sql.TABLES[entity], key)
        return None

    def page_by_value(self, question: Question, first: ByValue, parts: list[Scope]) -> list[Row]:
        """Runs with a value in the order of an index; when they are used up, those without."""
        found: list[Row] = []
        if question.last is None or question.last[0] == 0:
            for part in parts:
                for is_indexed in (True, False):
                    statement = statements.by_value(question, first, part, is_indexed)
                    found += self.walk(statement) if is_indexed else self.rows(statement)
            found = in_order(found, self.keys)[: question.limit]
        if len(found) < question.limit:
            without = sql.joined((question.holds, Sql(f"{self.keys[0].rank} > 0")), "AND")
            last = question.last if question.last and question.last[0] else None
            rest = question._replace(holds=without, last=last, limit=question.limit - len(found))
            found += self.rows(statements.by_scan(rest, self.scope))
        return found

    # --- at_min and at_max ---------------------------------------------------------------------

    def candidates(self) -> list[int]:
        """The rows that satisfy everything but at_min and at_max; raises when they are many."""
        loose = without_best(self.query.filter, True)
        holds = sql.condition(loose, self.leaves.write)
        question = Question(holds, sql.run_sort_keys(()), None, CANDIDATES_MAX + 1)
        looked_up = self.look_up(loose)
        statement = (
            statements.by_scan(question, self.scope)
            if looked_up is None
            else statements.by_ids(question, self.scope, looked_up)
        )
        found = [row[0] for row in self.rows(statement)]
        if len(found) > CANDIDATES_MAX:
            raise InvalidParameterValue(
                f"at_min and at_max are worked out for at most {CANDIDATES_MAX:,} runs, and more"
                " than that satisfy the rest of the filter. Add a condition that leaves fewer,"
                " such as start_time > now() - 7d."
            )
        return found

    def values_of(self, term: AtBest, ids: Sequence[int]) -> dict[int, float]:
        key = (term.function, term.metric, term.other)
        return metrics.values_at_best(self.connection, *key, ids)

    def choose(self, leaves: list[Leaf]) -> dict[Leaf, list[int]]:
        """For each leaf about at_min or at_max the rows that satisfy it."""
        ids = self.candidates()
        values = {leaf.term: self.values_of(leaf.term, ids) for leaf in leaves}  # type: ignore[arg-type]
        return {leaf: satisfying(leaf, values[leaf.term], ids) for leaf in leaves}

    def page_by_best(self, limit: int) -> list[Row]:
        """Sorted here, because the values are not in the database."""
        ids = self.candidates()
        question = self.question(self.keys, None, CANDIDATES_MAX)
        found = self.rows(statements.by_ids(question, self.scope, ids))
        values = {o.term: self.values_of(o.term, ids) for o in self.best_orders}  # type: ignore[arg-type]
        keys: list[SortKey] = []
        taken = 1
        columns: list[Callable[[Row], tuple[Any, ...]]] = []
        plain = iter(self.keys)
        for order in self.query.orders:
            if isinstance(order.term, AtBest):
                keys.append(SortKey(Sql(""), "rank", "value", order.is_descending))
                columns.append(functools.partial(best_columns, values[order.term]))
            else:
                key = next(plain)
                width = 2 if key.rank else 1
                keys.append(key)
                columns.append(functools.partial(some_columns, taken, taken + width))
                taken += width
        for key in plain:
            keys.append(key)
            columns.append(functools.partial(some_columns, taken, taken + 1))
            taken += 1
        rows = [(row[0], *(c for part in columns for c in part(row))) for row in found]
        if self.query.last is not None:
            rows.append((-1, *self.query.last))
        rows = in_order(rows, keys)
        if self.query.last is not None:
            rows = rows[[row[0] for row in rows].index(-1) + 1 :]
            rows = [row for row in rows if row[1:] != self.query.last]
        return rows[:limit]

    # --- beside the page -----------------------------------------------------------------------

    def total(self) -> tuple[int, bool]:
        """How many runs the search finds in all, and whether that is exact or a floor."""
        if not self.scope.experiments:
            return 0, True
        question = self.question(self.keys, None, COUNTED_MAX + 1)
        statement = statements.count(question, self.scope, self.looked_up)
        found = int(self.rows(statement)[0][0])
        return min(found, COUNTED_MAX), found <= COUNTED_MAX

    def tell_children(self, ids: list[int], found: list[Run]) -> None:
        """Say of each run how many children it has in scope, and whether it matches itself."""
        by_run_id = {run.info.run_id: run for run in found if run.info}
        within = self.scope.condition("c")
        rows = self.rows(
            Sql(
                "SELECT c.parent_run_id, count(*) FROM runs c INDEXED BY runs_by_parent WHERE"
                " c.parent_run_id IN (SELECT value FROM json_each(? /* texts */))"
                f" AND {within.text}"
                " GROUP BY c.parent_run_id",
                (json_list([run_id for run_id in by_run_id if run_id]), *within.parameters),
            )
        )
        counts: dict[str, int] = dict(rows)
        own = sql.condition(self.query.filter, self.leaves.write)
        question = Question(own, sql.run_sort_keys(()), None, len(ids) + 1)
        matching = {row[0] for row in self.rows(statements.by_ids(question, self.scope, ids))}
        for id, run in zip(ids, found, strict=True):
            run.child_count = counts.get((run.info and run.info.run_id) or "", 0)
            run.matches_filter = id in matching


def some_columns(start: int, end: int, row: Row) -> tuple[Any, ...]:
    return row[start:end]


def best_columns(values: dict[int, float], row: Row) -> tuple[Any, ...]:
    value = values.get(row[0])
    if value is None:
        return 2, None
    return (1, None) if value != value else (0, value)


def in_order(rows: list[Row], keys: Sequence[SortKey]) -> list[Row]:
    """Rows of (id, *key columns) as the database would sort them."""
    place = 1 + sum(2 if key.rank else 1 for key in keys)
    for key in reversed(keys):
        place -= 1
        if key.rank:
            present = [row for row in rows if row[place] is not None]
            absent = [row for row in rows if row[place] is None]
            present.sort(key=itemgetter(place), reverse=key.is_descending)
            rows = present + absent
            place -= 1
            rows.sort(key=itemgetter(place))
        else:
            rows.sort(key=itemgetter(place), reverse=key.is_descending)
    return rows


# --- at_min and at_max in a tree -----------------------------------------------------------------


def at_best_leaves(tree: Tree | None) -> list[Leaf]:
    match tree:
        case None:
            return []
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in at_best_leaves(part)]
        case Not(part):
            return at_best_leaves(part)
    return [tree] if isinstance(tree.term, AtBest) else []


def inexact_keys(query: RunQuery) -> list[str]:
    """The metrics whose points the search counts: their counts must be exact."""

    def visit(tree: Tree | None) -> list[str]:
        match tree:
            case None:
                return []
            case And(parts) | Or(parts):
                return [key for part in parts for key in visit(part)]
            case Not(part):
                return visit(part)
        return counted(tree.term)

    def counted(term: object) -> list[str]:
        is_counted = isinstance(term, Aggregate) and term.function in ("mean", "count")
        return [term.metric] if is_counted else []  # type: ignore[attr-defined]

    return visit(query.filter) + [key for o in query.orders for key in counted(o.term)]


def without_best(tree: Tree | None, weaker: bool) -> Tree | None:
    """The tree with each at_min, at_max held for true, under NOT for false: it only gets wider."""
    match tree:
        case None:
            return None
        case And(parts):
            return And(tuple(without_best(part, weaker) for part in parts))  # type: ignore[misc]
        case Or(parts):
            return Or(tuple(without_best(part, weaker) for part in parts))  # type: ignore[misc]
        case Not(part):
            return Not(without_best(part, not weaker))  # type: ignore[arg-type]
    if isinstance(tree.term, AtBest):
        return And(()) if weaker else Or(())
    return tree


def satisfying(leaf: Leaf, values: dict[int, float], ids: Sequence[int]) -> list[int]:
    """The rows whose value satisfies the leaf; a row without one satisfies only IS NULL."""
    return [id for id in ids if sql.number_satisfies(leaf, values.get(id))]
