"""What a search finds, against a plain reading of the same tree over the same data.

Each property runs the ways that `store/run_search.py` chooses from: sorted as few runs, looked up
and walked by index, and walked where nothing is indexed.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.search import Order, text_of
from milepost.search.tree import Aggregate, AtBest, Field, Tree
from milepost.store import run_search, settler
from milepost.store.pages import Range
from tests import postgresql
from tests.properties.profiles import examples
from tests.search.evaluator import Seen, holds, values_of
from tests.search.servers import Ours, Planted
from tests.search.strategies import trees
from tests.search.worlds import METRICS, PARAMS, TAGS, make_world

WAYS = ["few", "indexed", "not indexed"]
NOW = 1_700_000_000_000
WAIT_S = 60.0


class Place:
    """A store that holds one world, searched in one of the ways."""

    def __init__(self, way: str, uri: str | None) -> None:
        self.world = make_world(7, runs=60)
        self.ours = Ours(uri)
        number = len(self.world.experiments)
        ids = [f"{(n * 37) % 97:02d}{n:030d}" for n in range(60)]
        times = [NOW + n for n in range(number)]
        planted = Planted([str(n + 1) for n in range(number)], times, times, ids)
        self.ours.plant(self.world, planted)
        self.seen = [
            Seen(id, run, f"mlflow-artifacts:/x/{id}/artifacts")
            for id, run in zip(ids, self.world.runs, strict=True)
        ]
        if way == "indexed":
            self.wait_until_indexed()

    def wait_until_indexed(self) -> None:
        self.ours.driver.reopen()  # what an earlier server left is settled at once
        connection = self.ours.driver.store.database.connect_reader()
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            row = connection.execute("SELECT count(*) FROM runs WHERE is_indexed = 0").fetchone()
            if row[0] == 0:
                connection.close()
                return
            time.sleep(0.05)
        raise AssertionError("the runs were not indexed")

    def found(self, tree: Tree | None, orders: list[Order], size: int, **fields: Any) -> list[str]:
        """The ids of all pages, in order."""
        out: list[str] = []
        last = None
        while True:
            query = run_search.RunQuery(
                [1, 2, 3], Range(1, 1), tree, orders, last, size, NOW, **fields
            )
            page = self.ours.driver.run(self.ours.driver.store.search_runs(query))
            assert len(page.items) <= size
            out += [run.info.run_id for run in page.items]
            if page.next is None:
                return out
            last = page.next

    def expected(self, tree: Tree | None, orders: list[Order]) -> list[str]:
        rows = [one for one in self.seen if not one.made.is_deleted and holds(tree, one)]
        rows.sort(key=lambda one: one.run_id)
        terms = [order.term for order in orders]
        if Field("attribute", "start_time") not in terms:
            rows.sort(key=lambda one: -one.made.start_time)
        for order in reversed(orders):
            rows = in_order(rows, order)
        return [one.run_id for one in rows]


def in_order(rows: list[Seen], order: Order) -> list[Seen]:
    """Stable; values, then NaN, then what has none."""

    def value(one: Seen) -> Any:
        return next(iter(values_of(order.term, one)), None)

    if order.term == Field("attribute", "run_name"):
        rows = sorted(rows, key=lambda one: one.made.name, reverse=order.is_descending)
        return rows
    numbers = [one for one in rows if value(one) is not None and value(one) == value(one)]
    nans = [one for one in rows if value(one) is not None and value(one) != value(one)]
    missing = [one for one in rows if value(one) is None]
    return sorted(numbers, key=value, reverse=order.is_descending) + nans + missing


@pytest.fixture(
    scope="module", params=itertools.product(["sqlite", "postgres"], WAYS), ids=" ".join
)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    database, way = request.param
    uri = postgresql.new_database() if database == "postgres" else None
    with pytest.MonkeyPatch.context() as patch:
        # A real store has a large experiment where these are met; 60 runs take less time.
        if way != "few":
            patch.setattr(run_search, "FEW_RUNS", -1)
        large = {"few": 2_000, "indexed": 0, "not indexed": 10**9}[way]
        patch.setattr(settler, "LARGE_EXPERIMENT_RUNS", large)
        made = Place(way, uri)
        yield made
        made.ours.close()
    if uri:
        postgresql.drop_database(uri)


@st.composite
def orders(draw: st.DrawFn) -> list[Order]:
    terms = st.one_of(
        st.builds(Field, st.just("metric"), st.sampled_from(METRICS)),
        st.builds(Field, st.just("parameter"), st.sampled_from(PARAMS)),
        st.builds(Field, st.just("tag"), st.sampled_from(TAGS)),
        st.builds(Field, st.just("attribute"), st.sampled_from(
            ["start_time", "end_time", "run_name", "status", "duration", "run_id"])),
        st.builds(Aggregate, st.sampled_from(["min", "max", "first", "last", "mean", "count"]),
                  st.sampled_from(METRICS)),
        st.builds(AtBest, st.sampled_from(["at_min", "at_max"]), st.sampled_from(METRICS),
                  st.sampled_from(METRICS)),
    )  # fmt: skip
    chosen = draw(st.lists(terms, max_size=3, unique_by=repr))
    return [Order(term, "number", draw(st.booleans())) for term in chosen]


@given(tree=st.none() | trees(), orders=orders(), size=st.integers(1, 70))
@settings(max_examples=examples(1.5))
def test_pages_hold_what_the_filter_says_in_the_order_asked_for(
    place: Place, tree: Tree | None, orders: list[Order], size: int
) -> None:
    found = place.found(tree, orders, size)
    expected = place.expected(tree, orders)
    assert found == expected, text_of(tree) if tree else ""


@given(tree=trees())
@settings(max_examples=examples(0.5))
def test_the_total_is_how_many_there_are(place: Place, tree: Tree) -> None:
    query = run_search.RunQuery([1, 2, 3], Range(1, 1), tree, (), None, 1, NOW, with_total=True)
    page = place.ours.driver.run(place.ours.driver.store.search_runs(query))
    assert (page.total, page.total_is_exact) == (len(place.expected(tree, [])), True)


def test_documents_are_what_the_rows_say(place: Place) -> None:
    from msgspec.json import decode, encode

    store, run = place.ours.driver.store, place.ours.driver.run
    answers = []
    for as_documents in (True, False):
        query = run_search.RunQuery(
            [1, 2, 3], Range(0, 1), None, (), None, 100, NOW, as_documents=as_documents
        )
        answers.append(decode(encode(run(store.search_runs(query)).items)))
    assert answers[0] == answers[1]


def test_a_settled_run_that_changes_is_found_by_its_new_values_only(place: Place) -> None:
    seen = next(one for one in place.seen if not one.made.is_deleted)
    driver = place.ours.driver
    old = seen.made.tags.get("t")

    def ids(filter: str) -> set[str]:
        found = driver.search_runs([1, 2, 3], Range(1, 1), None, 100, filter=filter)
        return {run.info.run_id for run in found.items}

    driver.set_tags(seen.run_id, {"t": "quite new"})
    assert ids("tags.t = 'quite new'") == {seen.run_id}
    assert seen.run_id not in ids("tags.t = 'x'")
    driver.set_tags(seen.run_id, {"t": old}) if old else driver.delete_tag(seen.run_id, "t")
    assert (seen.run_id in ids(f"tags.t = '{old}'")) == bool(old) or old is None
