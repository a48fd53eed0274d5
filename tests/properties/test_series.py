"""The series engine, with its database and its sealer, against a plain list."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost.api.pages import history_cursor, history_token
from milepost.store import metrics, runs, sealer, series
from milepost.store.experiments import create_default_experiment
from milepost.store.runs import NewRun
from milepost.store.series import Columns, Points
from milepost.store.sqlite import SQLiteDatabase
from milepost.store.transaction import Cache, Transaction
from tests.properties.model import Point, SeriesModel
from tests.properties.profiles import examples
from tests.properties.strategies import batches, points, steps
from tests.store.driver import plain

FIXTURE_IS_SHARED = [HealthCheck.function_scoped_fixture]


class Bench:
    """A database, driven by hand: commits, seals and forgetting happen when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.database = SQLiteDatabase(folder / "milepost.db")
        self.database.prepare()
        self.writer: Any = self.database.connect_writer()
        self.reader: Any = self.database.connect_reader()
        self.cache = Cache()
        self.runs = 0
        self.commit(lambda transaction: create_default_experiment(transaction, "root", 1))

    def commit(self, *operations: Any) -> list[Any]:
        self.database.begin(self.writer)
        transaction = Transaction(self.database, self.writer, self.cache)
        results = [operation(transaction) for operation in operations]
        transaction.flush()
        self.database.commit(self.writer)
        return results

    def new_run(self) -> str:
        self.runs += 1
        run_id = f"r{self.runs}"
        self.commit(lambda t: runs.create_run(t, NewRun(run_id, 0, "n", "u", 1, {})))
        return run_id

    def log(self, run_id: str, *batches: list[Point]) -> None:
        """Each batch is a request; all are in one commit."""
        self.commit(
            *(
                lambda t, batch=batch: runs.log_metric(t, run_id, "m", columns_of(batch))
                for batch in batches
            )
        )

    def seal(self, run_id: str, is_final: bool) -> None:
        found = metrics.find_series(self.reader, run_id, "m")
        if found is None:
            return
        swap = sealer.plan(self.reader, *found, is_final=is_final)
        if swap is not None:
            assert self.commit(lambda t: sealer.apply_swap(t, swap)) == [True]

    def close(self) -> None:
        self.reader.close()
        self.writer.close()


def columns_of(batch: list[Point]) -> Points:
    return Points([p[0] for p in batch], [p[1] for p in batch], [p[2] for p in batch])


def tuples(columns: Columns | None) -> list[tuple[int, int, str]]:
    """Points with the value's repr, which tells NaN and -0.0 from all else."""
    if columns is None:
        return []
    lists = (column.tolist() for column in columns)
    return [(step, timestamp, repr(value)) for step, timestamp, value in zip(*lists, strict=True)]


def shown(found: list[Point]) -> list[tuple[int, int, str]]:
    return [(step, timestamp, repr(value)) for step, timestamp, value in found]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("bench"))
    yield made
    made.close()


actions = st.one_of(
    st.tuples(st.just("log"), st.lists(batches, min_size=1, max_size=4)),
    st.tuples(st.just("log"), st.lists(batches, min_size=1, max_size=1)),
    st.tuples(st.just("retry"), st.integers(0, 20)),
    st.tuples(st.sampled_from(["seal", "end", "forget"]), st.none()),
)


@settings(max_examples=examples(1.6))
@given(script=st.lists(actions, min_size=1, max_size=14), size=st.integers(1, 9))
def test_any_history_of_writes_and_seals_is_answered_as_a_plain_list_would(
    bench: Bench, script: list[Any], size: int
) -> None:
    model, run_id, logged = SeriesModel(), bench.new_run(), []
    for name, argument in script:
        if name == "log":
            bench.log(run_id, *argument)
            logged += argument
            for batch in argument:
                model.log(batch)
        elif name == "retry" and logged:
            bench.log(run_id, logged[argument % len(logged)])
        elif name == "forget":
            bench.cache.clear()
        elif name in ("seal", "end"):
            bench.seal(run_id, is_final=name == "end")
        check_totals(bench, run_id, model)
    check(bench, run_id, model, size)
    bench.seal(run_id, is_final=True)
    bench.cache.clear()
    check(bench, run_id, model, size)


def check_totals(bench: Bench, run_id: str, model: SeriesModel) -> None:
    if not model.points:
        return
    (answered,) = metrics.get_metric_aggregates(bench.reader, run_id)
    found = plain(answered)
    assert found["count"] == len(model.points)
    assert model.total_is(found["sum"]), found["sum"]
    numbers = len(model.numbers())
    mean = found["sum"] / numbers if numbers else float("nan")
    assert repr(found["mean"]) == repr(mean)
    assert found["first"] == shown([model.first()])[0]
    assert found["last"] == shown([model.latest()])[0]
    assert found["min"] == model.extreme(min)
    assert found["max"] == model.extreme(max)


def check(bench: Bench, run_id: str, model: SeriesModel, size: int) -> None:
    expected = shown(model.history())
    assert tuples(metrics.get_whole_history(bench.reader, run_id, "m")) == expected
    pages, token = [], None
    while True:
        cursor = history_cursor(token)
        page = metrics.get_metric_history(bench.reader, run_id, "m", cursor, size)
        found = tuples(page.columns)
        assert len(found) <= size
        pages += found
        token = history_token(page.next)
        if token is None:
            break
    assert pages == expected
    check_totals(bench, run_id, model)
    if model.points:
        latest = metrics.get_metric(bench.reader, run_id, "m")
        assert latest is not None
        assert latest.value is not None
        step, timestamp, value = model.latest()
        assert (latest.step, latest.timestamp) == (step, timestamp)
        assert repr(float(latest.value)) == repr(value)


@settings(max_examples=examples(1), suppress_health_check=FIXTURE_IS_SHARED)
@given(given_batches=st.lists(batches, min_size=1, max_size=6), data=st.data())
def test_a_window_of_steps_is_the_history_without_the_rest(
    bench: Bench, given_batches: list[list[Point]], data: st.DataObject
) -> None:
    run_id, model = bench.new_run(), SeriesModel()
    for batch in given_batches:
        bench.log(run_id, batch)
        model.log(batch)
        if data.draw(st.booleans()):
            bench.seal(run_id, is_final=False)
    low, high = data.draw(steps), data.draw(steps)
    found = tuples(metrics.get_whole_history(bench.reader, run_id, "m", low, high))
    assert found == [point for point in shown(model.history()) if low <= point[0] <= high]


@given(batch=st.lists(points, min_size=1, max_size=60), limit=st.integers(1, 70))
def test_a_sample_is_part_of_the_history_with_its_first_and_last(
    batch: list[Point], limit: int
) -> None:
    merged = series.merge([series.unpack(series.RAW, raw(batch))])
    columns = series.in_step_order(merged)
    sample, whole = tuples(series.sample(columns, limit)), tuples(columns)
    assert sorted(whole) == sorted(tuples(merged))
    assert [step for step, _, _ in whole] == sorted(step for step, _, _ in whole)
    assert len(sample) == min(limit, len(whole))
    assert sample[-1] == whole[-1]
    if limit > 1:
        assert sample[0] == whole[0]
    places = [whole.index(point) for point in sample]
    assert places == sorted(set(places))
    gaps = [later - earlier for earlier, later in pairwise(places[:-1])]
    assert not gaps or max(gaps) - min(gaps) <= 1


def raw(batch: list[Point]) -> bytes:
    return series.pack_raw(*zip(*batch, strict=True))  # type: ignore[arg-type]


@given(batch=st.lists(points, max_size=80))
def test_a_raw_chunk_gives_back_every_bit(batch: list[Point]) -> None:
    data = raw(batch) if batch else series.pack_raw([], [], [])
    assert len(data) == 24 * len(batch)
    assert tuples(series.unpack(series.RAW, data)) == shown(batch)


@given(batch=st.lists(points, min_size=1, max_size=80), repeat=st.integers(1, 40))
def test_a_sealed_chunk_gives_back_every_bit(batch: list[Point], repeat: int) -> None:
    columns = series.unpack(series.RAW, raw(batch * repeat))
    codec, data = series.seal(columns)
    found = series.unpack(codec, data)
    for before, after in zip(columns, found, strict=True):
        assert before.tobytes() == after.tobytes()
    assert len(data) <= 24 * len(batch) * repeat


@given(batch=st.lists(points, min_size=1, max_size=60), seed=st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_how_points_came(
    batch: list[Point], seed: random.Random
) -> None:
    model = SeriesModel()
    model.log(batch)
    shuffled = batch + seed.sample(batch, len(batch) // 2)
    seed.shuffle(shuffled)
    parts = []
    while shuffled:
        size = seed.randint(1, len(shuffled))
        parts.append(series.unpack(series.RAW, raw(shuffled[:size])))
        shuffled = shuffled[size:]
    merged = series.merge(parts)
    assert tuples(merged) == shown(model.history())
    assert tuples(series.merge([merged, *parts])) == shown(model.history())


@given(counts=st.lists(st.integers(1, series.CHUNK_POINTS_MAX), max_size=40))
def test_a_merge_of_sealed_chunks_never_exceeds_a_full_chunk(counts: list[int]) -> None:
    newest = series.plan_merge(counts)
    assert 0 <= newest <= len(counts)
    if newest:
        assert newest > 1
        assert sum(counts[-newest:]) <= series.CHUNK_POINTS_MAX


@given(appended=st.lists(st.integers(100, 9_000), min_size=1, max_size=150))
def test_the_number_of_sealed_chunks_stays_small(appended: list[int]) -> None:
    """Merging as the sealer does, chunk after chunk: their number grows with the logarithm."""
    counts: list[int] = []
    for count in appended:
        counts.append(count)
        newest = series.plan_merge(counts)
        if newest:
            counts[-newest:] = [sum(counts[-newest:])]
    full = sum(appended) // (series.CHUNK_POINTS_MAX // series.MERGE_CHUNKS)
    assert len(counts) <= full + 4 * series.MERGE_CHUNKS
