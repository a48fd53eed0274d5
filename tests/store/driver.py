"""Drives a real store from tests that have no event loop: each call is awaited to its end."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import Coroutine
from typing import Any

from milepost.search import EXPERIMENTS, RUNS, parse_filter, parse_order_by
from milepost.store import Store, open_store
from milepost.store.archive import ArchiveFiles
from milepost.store.experiments import ExperimentQuery
from milepost.store.pages import Page, Range
from milepost.store.run_search import RunPage, RunQuery
from milepost.store.runs import NewRun
from milepost.store.series import Columns, Points
from milepost.store.sql import load
from milepost.wire.messages import Experiment

NOW = 1_700_000_000_000
ARTIFACT_ROOT = "mlflow-artifacts:/"
ACTIVE, DELETED, ALL = Range(1, 1), Range(0, 0), Range(0, 1)
NAN, INF = float("nan"), float("inf")
INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1
SETTLE_TIMEOUT_S = 60.0

METRICS = load("metrics")

# A point as tests compare it: step, timestamp and the value's repr, which tells -0.0 from 0.0 and
# says "nan" for NaN.
Seen = tuple[int, int, str]


class Driver:
    """A store; its methods are called by their names, without `await`."""

    def __init__(self, uri: str, archive_files: ArchiveFiles | None = None) -> None:
        self.uri = uri
        self.archive_files = archive_files
        self.loop = asyncio.new_event_loop()
        self.store: Store = open_store(uri, ARTIFACT_ROOT, NOW, archive_files)

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            return self.run(getattr(self.store, name)(*arguments, **named))

        return call

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(coroutine)

    def together(self, *coroutines: Coroutine[Any, Any, Any]) -> list[Any]:
        """Everything at once; errors are results."""

        async def gather() -> list[Any]:
            return await asyncio.gather(*coroutines, return_exceptions=True)

        return self.run(gather())

    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(self.uri, ARTIFACT_ROOT, NOW, self.archive_files)

    def close_and_open(self, archive_files: ArchiveFiles | None) -> None:
        """As `reopen`, with another archive."""
        self.archive_files = archive_files
        self.reopen()

    def close(self) -> None:
        self.store.close()
        self.loop.close()

    # --- shorthands ----------------------------------------------------------------------------

    def new_run(self, run_id: str = "r1", experiment: int = 0, **fields: Any) -> str:
        """An active run; fields as of `NewRun`."""
        values = {"name": "calm-owl-1", "user_id": "ada", "start_time": NOW, "tags": {}, **fields}
        self.create_run(NewRun(run_id, experiment, **values))
        return run_id

    def log(self, run_id: str, key: str, *points: tuple[int, int, float]) -> None:
        """Points (step, timestamp, value) of one key, in one batch."""
        self.log_batch(run_id, {key: columns_of(points)}, {}, {})

    def search_runs(
        self, experiments: Any, stages: Range, last: Any, limit: int, **fields: Any
    ) -> RunPage:
        """`fields` as of `RunQuery`, but filter and order_by as texts."""
        filter = parse_filter(fields.pop("filter", None), RUNS)
        orders = parse_order_by(fields.pop("order_by", ()), RUNS)
        query = RunQuery(experiments, stages, filter, orders, last, limit, NOW, **fields)
        page: RunPage = self.run(self.store.search_runs(query))
        return page

    def search_experiments(
        self, stages: Range, last: Any, limit: int, filter: str = "", order_by: Any = ()
    ) -> Page[Experiment]:
        tree, orders = parse_filter(filter, EXPERIMENTS), parse_order_by(order_by, EXPERIMENTS)
        query = ExperimentQuery(stages, tree, orders, last, limit, NOW)
        page: Page[Experiment] = self.run(self.store.search_experiments(query))
        return page

    def history(self, run_id: str, key: str) -> list[Seen]:
        return seen(self.get_whole_history(run_id, key))

    def history_by_pages(self, run_id: str, key: str, size: int) -> list[Seen]:
        """The history read page by page; fails on a page that is empty but not the last."""
        out: list[Seen] = []
        after = None
        while True:
            page = self.get_metric_history(run_id, key, after, size)
            points = seen(page.columns)
            assert len(points) <= size
            out += points
            if page.next is None:
                return out
            assert len(points) == size
            after = page.next

    def latest(self, run_id: str, key: str) -> Seen | None:
        metric = self.get_metric(run_id, key)
        return metric and (metric.step, metric.timestamp, repr(float(metric.value)))

    def aggregates(self, run_id: str, key: str) -> dict[str, Any]:
        """One key's aggregates with plain floats."""
        found = [a for a in self.get_metric_aggregates(run_id) if a.key == key]
        assert len(found) == 1
        return plain(found[0])

    def data(self, run_id: str) -> tuple[dict[str, str], dict[str, str], set[str]]:
        """Params, tags and metric keys of a run."""
        data = self.get_run(run_id).data
        params = {param.key: param.value for param in data.params}
        tags = {tag.key: tag.value for tag in data.tags}
        return params, tags, {metric.key for metric in data.metrics}

    def chunk_sizes(self, run_id: str, key: str) -> list[tuple[bool, int]]:
        """(is sealed, points) of each chunk of a series, oldest first."""
        connection = self.store.database.connect_reader()
        try:
            series = connection.execute(METRICS.SERIES_SELECT, (run_id, key)).fetchone()
            rows = connection.execute(METRICS.CHUNKS_SELECT, tuple(series)).fetchall()
        finally:
            connection.close()
        return [(bool(row[1]), row[3]) for row in rows]

    def wait_until_sealed(self, run_id: str, key: str) -> list[tuple[bool, int]]:
        """Waits for the background sealer; returns the chunks."""
        deadline = time.monotonic() + SETTLE_TIMEOUT_S
        while time.monotonic() < deadline:
            chunks = self.chunk_sizes(run_id, key)
            if all(is_sealed for is_sealed, _ in chunks):
                return chunks
            time.sleep(0.02)
        raise AssertionError(f"{run_id} {key} was not sealed: {chunks[:5]}... {len(chunks)}")


def columns_of(points: Any) -> Points:
    return Points([p[0] for p in points], [p[1] for p in points], [p[2] for p in points])


def seen(columns: Columns | None) -> list[Seen]:
    if columns is None:
        return []
    steps, timestamps, values = (column.tolist() for column in columns)
    return list(zip(steps, timestamps, map(repr, values), strict=True))


def plain(aggregates: Any) -> dict[str, Any]:
    """`MetricAggregates` as a dictionary: points as (step, value's repr), numbers as floats."""
    out: dict[str, Any] = {
        "count": aggregates.count,
        "sum": float(aggregates.sum),
        "mean": float(aggregates.mean),
    }
    for name in ("first", "last"):
        point = getattr(aggregates, name)
        out[name] = (point.step, point.timestamp, repr(float(point.value)))
    for name in ("min", "max"):
        point = getattr(aggregates, name)
        out[name] = point and (point.step, float(point.value))
    return out


def bits(value: float) -> int:
    """The value's bits as an integer: equal only for the same float."""
    return int(struct.unpack("<q", struct.pack("<d", value))[0])
