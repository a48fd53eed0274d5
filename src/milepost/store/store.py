"""`Store`: the one interface to everything that is kept, an rpc a method.

Writes go through the one writer and return once they are durable; reads run on a small pool of
threads, each call on one snapshot. All methods are coroutines of the caller's loop. What they
raise is listed with the functions of the area modules (`experiments`, `runs`, `metrics`,
`inputs`) that do the work; database failures come as `TemporarilyUnavailable`, `PermissionDenied`
or `DataLoss`.
"""

from __future__ import annotations

import asyncio
import copy
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from milepost.errors import MilepostError
from milepost.store import (
    artifacts,
    changes,
    charts,
    columns,
    experiments,
    heartbeats,
    inputs,
    metrics,
    run_search,
    runs,
    sealer,
    transfers,
    usage,
    views,
)
from milepost.store.archive import Archive, ArchiveFiles
from milepost.store.batches import ALREADY_TAKEN, Batch
from milepost.store.buckets import Window
from milepost.store.changes import Changes, Heard, RunChange
from milepost.store.charts import ChartSeries
from milepost.store.columns import ColumnsFound, GroupQuery, GroupsFound
from milepost.store.database import Connection, Database, StoreUnusable
from milepost.store.experiments import ExperimentQuery
from milepost.store.metrics import HistoryPage
from milepost.store.pages import Page, Range
from milepost.store.run_search import RunPage, RunQuery
from milepost.store.sealer import Sealer
from milepost.store.series import Columns, HistoryCursor, Points
from milepost.store.sqlite import SQLiteDatabase, path_of
from milepost.store.transaction import Transaction
from milepost.store.writer import OnceWriter, Writer
from milepost.wire.messages import (
    DatasetSummary,
    Experiment,
    ExperimentSummary,
    Heartbeat,
    Metric,
    MetricAggregates,
    Param,
    Run,
    RunInfo,
    View,
)

Result = TypeVar("Result")

READERS = 4
CHECKSUMS_WAIT_S = 0.3
# A search that takes longer is interrupted, so that it cannot hold a reader.
SEARCH_SECONDS_MAX = 10.0


def open_store(
    uri: str, artifact_root: str, now: int, archive_files: ArchiveFiles | None = None
) -> Store:
    """The store at `uri` (sqlite:///path or postgresql://...), made if it is not there.

    `artifact_root` is where experiments without a location of their own keep artifacts; `now` is
    in ms; without `archive_files` the points of archived runs cannot be read. Raises
    `StoreUnusable` with a text that says what to do.
    """
    return Store(database_of(uri, archive_files), artifact_root, now)


def database_of(uri: str, archive_files: ArchiveFiles | None = None) -> Database:
    scheme = uri.partition(":")[0]
    archive = Archive(archive_files)
    if scheme == "sqlite":
        return SQLiteDatabase(path_of(uri), archive)
    if scheme in ("postgres", "postgresql"):
        try:
            from milepost.store.postgres import PostgresDatabase
        except ImportError as error:
            raise StoreUnusable(
                f"PostgreSQL needs its driver: pip install 'milepost[server,postgres]' ({error})."
            ) from error
        return PostgresDatabase(uri, archive)
    raise StoreUnusable(
        f"No store for {uri.partition('@')[2] or uri!r}. Use sqlite:///relative.db,"
        " sqlite:////absolute/path.db or postgresql://user:password@host/database."
    )


class Store:
    """An open store. `close()` it to seal, checkpoint and let go of the database."""

    def __init__(self, database: Database, artifact_root: str, now: int) -> None:
        self.database = database
        self.artifact_root = artifact_root
        self.search_seconds_max = SEARCH_SECONDS_MAX
        self.migrations_run = database.prepare()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="milepost-reader")
        self._local = threading.local()
        self._connections: list[Connection] = []
        self._sealer: Sealer | None = None
        self._sizes = run_search.Sizes()
        # Noted and not written yet, by location; used by the loop's thread alone.
        self._checksums: dict[str, artifacts.KnownContent] = {}
        self._checksums_under_way: dict[asyncio.Future[Any], dict[str, artifacts.KnownContent]] = {}
        self.changes = Changes()
        self._channel = database.open_channel(self.changes.note)
        self._writer: Writer | OnceWriter = Writer(database, self._on_commit)
        self._writer.submit_blocking(experiments.create_default_experiment, artifact_root, now)
        self._sealer = Sealer(database, self._writer.submit_blocking)

    def _on_commit(self, done: Transaction) -> None:
        self.changes.note(done.changed_runs, done.touched)
        if self._channel is not None:
            self._channel.tell(done.changed_runs, done.touched)
        if self._sealer is not None:
            self._sealer.note(done.touched, done.sealable, done.ended_runs)
            self._sealer.settler.note(done.changed_runs, done.ended_runs)

    def close(self, within_s: float = 5.0) -> None:
        """Finish what is queued, seal for at most `within_s`, checkpoint, close."""
        if self._sealer is not None:
            self._sealer.close(within_s)
            self._sealer = None
        self._readers.shutdown()
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._writer.close()
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        self.database.close()

    # --- how reads and writes run --------------------------------------------------------------

    async def _read(self, function: Callable[..., Result], *arguments: Any) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read_now, function, arguments)

    async def _search(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """As `_read`, but interrupted after `search_seconds_max` (`DeadlineExceeded`)."""
        deadline = time.monotonic() + self.search_seconds_max
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, self._read_now, function, arguments, deadline
        )

    def _read_now(
        self,
        function: Callable[..., Result],
        arguments: tuple[Any, ...],
        deadline: float | None = None,
    ) -> Result:
        try:
            try:
                return self._read_once(function, arguments, deadline)
            except Exception as error:
                if not self.database.may_repeat(error):
                    raise
                return self._read_once(function, arguments, deadline)
        except Exception as error:
            translated = self.database.translate(error)
            if translated is error:
                raise
            raise translated from error

    def _read_once(
        self,
        function: Callable[..., Result],
        arguments: tuple[Any, ...],
        deadline: float | None,
    ) -> Result:
        connection = self._reader()
        connection.deadline = math.inf if deadline is None else deadline
        with self.database.reading(connection, deadline):
            return function(connection, *arguments)

    def _reader(self) -> Connection:
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is not None and not self.database.is_usable(connection):
            self._connections.remove(connection)
            connection = None
        if connection is None:
            connection = self._local.connection = self.database.connect_reader()
            self._connections.append(connection)
        return connection

    def once(self, batch: Batch) -> Store:
        """This store for one request: its write is left out if its batch was taken before."""
        twin = copy.copy(self)
        twin._writer = OnceWriter(self._writer, batch)
        return twin

    # --- experiments ---------------------------------------------------------------------------

    async def create_experiment(
        self, name: str, artifact_location: str | None, tags: Mapping[str, str], now: int
    ) -> str:
        result: str = await self._writer.submit(
            experiments.create_experiment, name, artifact_location, self.artifact_root, tags, now
        )
        return result

    async def delete_experiment(self, experiment: int, now: int) -> None:
        await self._writer.submit(experiments.delete_experiment, experiment, now)

    async def restore_experiment(self, experiment: int, now: int) -> None:
        await self._writer.submit(experiments.restore_experiment, experiment, now)

    async def update_experiment(self, experiment: int, name: str, now: int) -> None:
        await self._writer.submit(experiments.update_experiment, experiment, name, now)

    async def set_experiment_tag(self, experiment: int, key: str, value: str) -> None:
        await self._writer.submit(experiments.set_experiment_tag, experiment, key, value)

    async def delete_experiment_tag(self, experiment: int, key: str) -> None:
        await self._writer.submit(experiments.delete_experiment_tag, experiment, key)

    async def get_experiment(self, experiment: int) -> Experiment:
        return await self._read(experiments.get_experiment, experiment)

    async def get_experiment_by_name(self, name: str) -> Experiment:
        return await self._read(experiments.get_experiment_by_name, name)

    async def search_experiments(self, query: ExperimentQuery) -> Page[Experiment]:
        return await self._search(experiments.search_experiments, query, self.database.dialect)

    # --- runs ----------------------------------------------------------------------------------

    async def create_run(self, new: runs.NewRun) -> Run:
        result: Run = await self._writer.submit(runs.create_run, new)
        return result

    async def update_run(
        self, run_id: str, status: str | None, end_time: int | None, name: str | None
    ) -> RunInfo:
        result = await self._writer.submit(runs.update_run, run_id, status, end_time, name)
        if result is ALREADY_TAKEN:
            result = (await self.get_run(run_id)).info
        info: RunInfo = result
        return info

    async def delete_run(self, run_id: str, now: int) -> None:
        await self._writer.submit(runs.delete_run, run_id, now)

    async def restore_run(self, run_id: str) -> None:
        await self._writer.submit(runs.restore_run, run_id)

    async def log_batch(
        self,
        run_id: str,
        metrics: Mapping[str, Points],
        params: Mapping[str, str],
        tags: Mapping[str, str],
        origins: Sequence[runs.MetricOrigin] = (),
    ) -> None:
        weight = sum(len(points.values) for points in metrics.values())
        await self._writer.submit(
            runs.log_batch, run_id, metrics, params, tags, origins, weight=weight
        )

    async def log_metric(self, run_id: str, key: str, points: Points) -> None:
        await self._writer.submit(runs.log_metric, run_id, key, points, weight=1)

    async def log_param(self, run_id: str, key: str, value: str) -> None:
        await self._writer.submit(runs.log_param, run_id, key, value)

    async def set_tags(self, run_id: str, tags: Mapping[str, str]) -> None:
        await self._writer.submit(runs.set_tags, run_id, tags)

    async def log_model(self, run_id: str, model: object) -> None:
        await self._writer.submit(runs.log_model, run_id, model)

    async def delete_tag(self, run_id: str, key: str) -> None:
        await self._writer.submit(runs.delete_tag, run_id, key)

    async def note_heartbeats(self, run_ids: Sequence[str], now: int) -> None:
        await self._writer.submit(heartbeats.note_heartbeats, run_ids, now)

    async def get_heartbeats(self, run_ids: Sequence[str]) -> list[Heartbeat]:
        return await self._read(heartbeats.get_heartbeats, run_ids)

    async def get_run(self, run_id: str) -> Run:
        return await self._read(runs.get_run, run_id)

    async def search_runs(self, query: RunQuery) -> RunPage:
        if keys := run_search.inexact_keys(query):
            await self._count_again(keys)
        return await self._search(run_search.search_runs, query, self.database.dialect, self._sizes)

    async def _count_again(self, keys: Sequence[str]) -> None:
        """Make exact the counts of series that may hold duplicates."""
        recounts = await self._read(sealer.recounts, keys)
        if recounts:
            await self._writer.submit(sealer.apply_recounts, recounts)

    # --- metrics and params --------------------------------------------------------------------

    async def get_metric_history(
        self, run_id: str, key: str, after: HistoryCursor | None, limit: int
    ) -> HistoryPage:
        return await self._read(metrics.get_metric_history, run_id, key, after, limit)

    async def get_whole_history(
        self,
        run_id: str,
        key: str,
        step_min: int = metrics.STEP_MIN,
        step_max: int = metrics.STEP_MAX,
    ) -> Columns | None:
        return await self._read(metrics.get_whole_history, run_id, key, step_min, step_max)

    async def sample_metric_histories(
        self,
        run_ids: Sequence[str],
        key: str,
        limit: int,
        step_min: int | None = None,
        step_max: int | None = None,
    ) -> list[tuple[str, Columns]]:
        return await self._read(
            metrics.sample_metric_histories, run_ids, key, limit, step_min, step_max
        )

    async def get_metric(self, run_id: str, key: str) -> Metric | None:
        return await self._read(metrics.get_metric, run_id, key)

    async def get_param(self, run_id: str, key: str) -> Param | None:
        return await self._read(metrics.get_param, run_id, key)

    async def get_metric_aggregates(self, run_id: str) -> list[MetricAggregates]:
        return await self._read(metrics.get_metric_aggregates, run_id)

    # --- inputs and outputs --------------------------------------------------------------------

    async def log_inputs(
        self, run_id: str, datasets: Sequence[inputs.NewDatasetInput], models: Sequence[str]
    ) -> None:
        await self._writer.submit(inputs.log_inputs, run_id, datasets, models)

    async def log_outputs(self, run_id: str, models: Sequence[tuple[str, int]]) -> None:
        await self._writer.submit(inputs.log_outputs, run_id, models)

    async def search_datasets(
        self, experiment_ids: Sequence[int], limit: int
    ) -> list[DatasetSummary]:
        return await self._read(inputs.search_datasets, experiment_ids, limit)

    # --- artifacts -----------------------------------------------------------------------------

    async def get_artifact_uri(self, run_id: str) -> str:
        return await self._read(artifacts.get_artifact_uri, run_id)

    def note_checksums(self, known: artifacts.KnownContent) -> None:
        """Remember checksums; they are written soon, many in one transaction.

        They may be lost without harm, so no upload waits for them and none fails by them.
        """
        if not self._checksums:
            asyncio.get_running_loop().call_later(CHECKSUMS_WAIT_S, self._write_checksums)
        self._checksums[known.location] = known

    def _write_checksums(self) -> None:
        noted, self._checksums = self._checksums, {}
        if noted:
            with suppress(MilepostError):
                written = self._writer.submit(artifacts.put_checksums, list(noted.values()))
                self._checksums_under_way[written] = noted
                written.add_done_callback(self._checksums_are_written)

    def _checksums_are_written(self, written: asyncio.Future[Any]) -> None:
        del self._checksums_under_way[written]
        if not written.cancelled():
            written.exception()  # looked at, so that nobody logs it as never retrieved

    async def get_checksums(self, locations: Sequence[str]) -> dict[str, artifacts.KnownContent]:
        # Taken before the read: what is committed in between is then found twice, never missed.
        noted = {
            one: known[one]
            for known in (*self._checksums_under_way.values(), self._checksums)
            for one in locations
            if one in known
        }
        return await self._read(artifacts.get_checksums, locations) | noted

    async def forget_checksums(self, location: str) -> None:
        self._write_checksums()
        await self._writer.submit(artifacts.forget_checksums, location)

    # --- what comes from elsewhere -------------------------------------------------------------

    async def put_experiment(self, moved: transfers.MovedExperiment) -> int:
        result: int = await self._writer.submit(transfers.put_experiment, moved, self.artifact_root)
        return result

    async def put_run(
        self, run_id: str, moved: transfers.MovedRun, points: Mapping[str, Points], is_whole: bool
    ) -> None:
        weight = sum(len(part.values) for part in points.values())
        await self._writer.submit(transfers.put_run, run_id, moved, points, is_whole, weight=weight)

    async def put_points(self, run_id: str, points: Mapping[str, Points]) -> None:
        weight = sum(len(part.values) for part in points.values())
        await self._writer.submit(transfers.put_points, run_id, points, weight=weight)

    async def put_inputs(
        self,
        run_id: str,
        datasets: Sequence[inputs.NewDatasetInput],
        model_inputs: Sequence[str],
        model_outputs: Sequence[tuple[str, int]],
    ) -> None:
        await self._writer.submit(
            transfers.put_inputs, run_id, datasets, model_inputs, model_outputs
        )

    async def finish_run(self, run_id: str, status: str) -> None:
        await self._writer.submit(transfers.finish_run, run_id, status)

    async def visit_run(self, run_id: str, see: Callable[[str, Columns], None]) -> Run | None:
        return await self._read(transfers.visit_run, run_id, see)

    # --- what the page reads -------------------------------------------------------------------

    async def chart_series(
        self, run_ids: Sequence[str], keys: Sequence[str], window: Window
    ) -> list[ChartSeries]:
        return await self._search(charts.chart_series, run_ids, keys, window)

    async def list_run_columns(
        self, experiments: Sequence[int] | None, stages: Range, runs_max: int
    ) -> ColumnsFound:
        return await self._search(columns.list_run_columns, experiments, stages, runs_max)

    async def summarize_experiments(self, experiments: Sequence[int]) -> list[ExperimentSummary]:
        return await self._search(columns.summarize_experiments, experiments)

    async def group_runs(self, query: GroupQuery) -> GroupsFound:
        return await self._search(columns.group_runs, query, self.database.dialect, self._sizes)

    async def get_usage(self, query: usage.UsageQuery) -> tuple[usage.Usage, int]:
        """What the data take, and the size of the whole database."""
        return await self._search(self._usage_and_size, query)

    def _usage_and_size(
        self, connection: Connection, query: usage.UsageQuery
    ) -> tuple[usage.Usage, int]:
        return usage.get_usage(connection, query), self.database.bytes_on_disk(connection)

    async def name_changes(self, heard: Heard) -> list[RunChange]:
        return await self._read(changes.name_changes, heard)

    async def create_view(self, new: views.NewView) -> View:
        result: View = await self._writer.submit(views.create_view, new)
        return result

    async def update_view(
        self, view_id: str, name: str | None, state: str | None, now: int
    ) -> View:
        result: View = await self._writer.submit(views.update_view, view_id, name, state, now)
        return result

    async def delete_view(self, view_id: str) -> None:
        await self._writer.submit(views.delete_view, view_id)

    async def get_view(self, view_id: str) -> View:
        return await self._read(views.get_view, view_id)

    async def list_views(self, experiment: int | None) -> list[View]:
        return await self._read(views.list_views, experiment)
