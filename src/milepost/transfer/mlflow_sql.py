"""Reads the databases of MLflow 1.x to 3.x, SQLite and PostgreSQL, in one snapshot; never writes.

    experiments, experiment_tags, runs, params, tags, metrics      all versions
    datasets, inputs, input_tags                                   since 2.4; outputs since 3.x

Columns came and went between versions; one that is not there counts as NULL. Rows are streamed:
runs in pages by their id, histories through a cursor.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol
from urllib.parse import unquote, urlsplit

from milepost.transfer.mlruns import files_below
from milepost.transfer.records import (
    PART_POINTS_MAX,
    DatasetRecord,
    ExperimentRecord,
    FileRecord,
    HistoryPart,
    RunRecord,
    SourceUnusable,
)

if TYPE_CHECKING:
    import psycopg

NAN = float("nan")
RUNS_A_PAGE = 200
ROWS_A_FETCH = 10_000
CONNECT_TIMEOUT_S = 10
RUN_NAME_TAG = "mlflow.runName"
PROXIED = "mlflow-artifacts"
NEEDED = ("experiments", "runs", "params", "tags", "metrics", "alembic_version")
TABLES = (*NEEDED, "experiment_tags", "datasets", "inputs", "input_tags")


class Reading(Protocol):
    """A snapshot of a database. Parameters are `?`."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]: ...

    def columns(self, table: str) -> set[str]:
        """The names of its columns; none where there is no such table."""

    def close(self) -> None: ...


class SQLiteReading:
    """A file, opened so that it cannot be written."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise SourceUnusable(
                f"There is no database at {path}. Name its file as sqlite:///relative.db or"
                " sqlite:////absolute/path.db."
            )
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
            )
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            raise SourceUnusable(
                f"{path} cannot be read as an SQLite database: {error}. Name the file that"
                " MLflow has as its --backend-store-uri."
            ) from error

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            raise SourceUnusable(f"The database cannot be read: {error}.") from error

    def columns(self, table: str) -> set[str]:
        return {row[1] for row in self.rows(f"PRAGMA table_info({table})")}

    def close(self) -> None:
        self._connection.close()


class PostgresReading:
    """One read-only transaction; long answers come through cursors of the server."""

    def __init__(self, uri: str) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise SourceUnusable(
                f"PostgreSQL needs its driver: pip install 'milepost[server,postgres]' ({error})."
            ) from error
        self._error = psycopg.Error
        try:
            self._connection: psycopg.Connection[Any] = psycopg.connect(
                uri, connect_timeout=CONNECT_TIMEOUT_S, application_name="milepost import"
            )
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._connection.read_only = True
        except psycopg.Error as error:
            raise SourceUnusable(
                "The database cannot be reached; check host, port, name, user and password:"
                f" {error}"
            ) from error
        self._cursors = 0

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        self._cursors += 1
        statement = sql.replace("?", "%s").encode()
        try:
            with self._connection.cursor(name=f"import_{self._cursors}") as cursor:
                cursor.itersize = ROWS_A_FETCH
                cursor.execute(statement, parameters)
                yield from cursor
        except self._error as error:
            raise SourceUnusable(f"The database cannot be read: {error}") from error

    def columns(self, table: str) -> set[str]:
        sql = (
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = ?"
        )
        return {row[0] for row in self.rows(sql, (table,))}

    def close(self) -> None:
        self._connection.close()


def open_database(uri: str, proxied: Path | None = None) -> MlflowSqlSource:
    """The source of `sqlite:///path` or `postgresql://...`, as MLflow writes them.

    `proxied` is the folder in which the MLflow server keeps the artifacts that it proxies.
    Raises `SourceUnusable`.
    """
    scheme, _, rest = uri.partition("://")
    kind = scheme.partition("+")[0]  # SQLAlchemy names the driver behind a plus
    if kind == "sqlite":
        path = Path(rest.removeprefix("/").partition("?")[0]).expanduser()
        return MlflowSqlSource(
            SQLiteReading(path), f"SQLite {path}", path.absolute().parent, proxied
        )
    parts = urlsplit(uri)
    where = f"PostgreSQL {parts.path.lstrip('/')} at {parts.hostname}:{parts.port or 5432}"
    return MlflowSqlSource(PostgresReading(f"postgresql://{rest}"), where, Path.cwd(), proxied)


class MlflowSqlSource:
    """One MLflow database."""

    def __init__(self, reading: Reading, where: str, folder: Path, proxied: Path | None) -> None:
        """Raises `SourceUnusable` for what is no MLflow database."""
        self._reading = reading
        self._folder = folder
        self._proxied = proxied
        try:
            self._columns = {table: reading.columns(table) for table in TABLES}
            self._check(where)
            versions = [
                str(row[0]) for row in reading.rows("SELECT version_num FROM alembic_version")
            ]
        except BaseException:
            reading.close()
            raise
        self.description = f"MLflow database {where} (schema {', '.join(versions) or 'unknown'})"

    def _check(self, where: str) -> None:
        missing = [table for table in NEEDED if not self._columns[table]]
        if missing or "run_uuid" not in self._columns["runs"]:
            lacking = ", ".join(missing) or "of runs"
            raise SourceUnusable(
                f"{where} is no database of MLflow: it has no table {lacking}. Name the one that is"
                " MLflow's --backend-store-uri."
            )

    def close(self) -> None:
        self._reading.close()

    def _select(self, table: str, names: Sequence[str]) -> str:
        """A list of columns in which those that this version lacks are NULL."""
        have = self._columns[table]
        return ", ".join(f'"{name}"' if name in have else "NULL" for name in names)

    # --- experiments and runs ------------------------------------------------------------------

    def experiments(self) -> Iterator[ExperimentRecord]:
        names = (
            "experiment_id", "name", "artifact_location", "lifecycle_stage", "creation_time",
            "last_update_time", "workspace",
        )  # fmt: skip
        columns = self._select("experiments", names)
        sql = f"SELECT {columns} FROM experiments ORDER BY experiment_id"
        listed = list(self._reading.rows(sql))
        for number, name, location, stage, created, updated, workspace in listed:
            tags = {}
            if self._columns["experiment_tags"]:
                sql = 'SELECT "key", value FROM experiment_tags WHERE experiment_id = ?'
                tags = {key: value or "" for key, value in self._reading.rows(sql, (number,))}
            # Names are unique in a workspace only.
            prefix = "" if workspace in (None, "default") else f"{workspace}/"
            yield ExperimentRecord(
                experiment_id=str(number),
                name=prefix + name,
                artifact_location=location or "",
                is_active=stage in (None, "active"),
                creation_time=created,
                last_update_time=updated,
                tags=tags,
            )

    def count_runs(self, experiment: ExperimentRecord) -> int:
        sql = "SELECT count(*) FROM runs WHERE experiment_id = ?"
        return int(next(self._reading.rows(sql, (int(experiment.experiment_id),)))[0])

    def runs(self, experiment: ExperimentRecord) -> Iterator[RunRecord]:
        names = (
            "run_uuid", "name", "user_id", "status", "start_time", "end_time", "artifact_uri",
            "lifecycle_stage", "deleted_time",
        )  # fmt: skip
        sql = (
            f"SELECT {self._select('runs', names)} FROM runs"
            f" WHERE experiment_id = ? AND run_uuid > ? ORDER BY run_uuid LIMIT {RUNS_A_PAGE}"
        )
        last = ""
        while page := list(self._reading.rows(sql, (int(experiment.experiment_id), last))):
            last = page[-1][0]
            yield from self._with_data(page, experiment.experiment_id)

    def _with_data(self, page: list[tuple[Any, ...]], experiment: str) -> Iterator[RunRecord]:
        ids = [row[0] for row in page]
        params, tags = self._pairs("params", ids), self._pairs("tags", ids)
        datasets, inputs, outputs = self._inputs(ids)
        for run_id, name, user, status, start, end, uri, stage, deleted in page:
            own = tags[run_id]
            yield RunRecord(
                run_id=run_id,
                experiment_id=experiment,
                name=name or own.get(RUN_NAME_TAG) or "",
                user_id=user or "",
                status=status or "",
                start_time=start,
                end_time=end,
                artifact_uri=uri or "",
                is_active=stage in (None, "active"),
                deleted_time=deleted,
                params=params[run_id],
                tags=own,
                datasets=datasets[run_id],
                model_inputs=inputs[run_id],
                model_outputs=outputs[run_id],
            )

    def _pairs(self, table: str, ids: list[str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {run_id: {} for run_id in ids}
        sql = f'SELECT run_uuid, "key", value FROM {table} WHERE run_uuid IN ({marks(ids)})'
        for run_id, key, value in self._reading.rows(sql, ids):
            found[run_id][key] = value or ""
        return found

    def _inputs(
        self, ids: list[str]
    ) -> tuple[
        dict[str, list[DatasetRecord]], dict[str, list[str]], dict[str, list[tuple[str, int]]]
    ]:
        """Datasets, models read and models made, by run."""
        datasets: dict[str, list[DatasetRecord]] = {run_id: [] for run_id in ids}
        read: dict[str, list[str]] = {run_id: [] for run_id in ids}
        made: dict[str, list[tuple[str, int]]] = {run_id: [] for run_id in ids}
        if not self._columns["inputs"]:
            return datasets, read, made
        sql = (
            "SELECT i.destination_id, i.input_uuid, d.name, d.digest, d.dataset_source_type,"
            " d.dataset_source, d.dataset_schema, d.dataset_profile"
            " FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id"
            " WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN'"
            f" AND i.destination_id IN ({marks(ids)}) ORDER BY i.destination_id, i.input_uuid"
        )
        rows = list(self._reading.rows(sql, ids))
        tags: dict[str, list[tuple[str, str]]] = {row[1]: [] for row in rows}
        if tags:
            named = list(tags)
            sql = (
                "SELECT input_uuid, name, value FROM input_tags"
                f" WHERE input_uuid IN ({marks(named)}) ORDER BY input_uuid, name"
            )
            for uuid, name, value in self._reading.rows(sql, named):
                tags[uuid].append((name, value))
        for run_id, uuid, *dataset in rows:
            datasets[run_id].append(DatasetRecord._make((*dataset, tags[uuid])))
        step = self._select("inputs", ["step"])
        sql = (
            f"SELECT source_id, destination_id, destination_type, {step} FROM inputs"
            " WHERE source_type IN ('RUN_INPUT', 'RUN_OUTPUT')"
            f" AND source_id IN ({marks(ids)}) ORDER BY source_id, destination_id"
        )
        for run_id, model, kind, number in self._reading.rows(sql, ids):
            if kind == "MODEL_OUTPUT":
                made[run_id].append((model, number or 0))
            elif kind == "MODEL_INPUT":
                read[run_id].append(model)
        return datasets, read, made

    # --- histories and files -------------------------------------------------------------------

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        sql = (
            f'SELECT "key", value, "timestamp", {self._select("metrics", ["step", "is_nan"])}'
            ' FROM metrics WHERE run_uuid = ? ORDER BY "key", "timestamp", 4, value'
        )
        key: str | None = None
        steps: list[int] = []
        timestamps: list[int] = []
        values: list[float] = []
        for name, value, timestamp, step, is_nan in self._reading.rows(sql, (run.run_id,)):
            if name != key or len(values) == PART_POINTS_MAX:
                if key is not None:
                    yield HistoryPart(key, steps, timestamps, values)
                key, steps, timestamps, values = name, [], [], []
            steps.append(step or 0)
            timestamps.append(timestamp)
            values.append(NAN if is_nan else float(value))
        if key is not None:
            yield HistoryPart(key, steps, timestamps, values)

    def _artifacts(self, run: RunRecord) -> Path | None:
        """The folder of its artifacts, if that is a folder of this machine."""
        parts = urlsplit(run.artifact_uri)
        if parts.scheme == PROXIED and self._proxied is not None:
            return self._proxied / unquote(parts.path).lstrip("/")
        if parts.scheme == "file" and parts.netloc in ("", "localhost"):
            return Path(unquote(parts.path))
        if parts.scheme or not run.artifact_uri:
            return None
        path = Path(run.artifact_uri)  # a relative one is relative to where MLflow ran
        return path if path.is_dir() else self._folder / path

    def files(self, run: RunRecord) -> Iterator[FileRecord]:
        folder = self._artifacts(run)
        if folder is not None:
            for path, found in files_below(folder):
                yield FileRecord(path, found.stat().st_size)

    def missing_files(self, run: RunRecord) -> str | None:
        folder = self._artifacts(run)
        if folder is None:
            if urlsplit(run.artifact_uri).scheme == PROXIED:
                return (
                    f"they are behind an MLflow server, at {run.artifact_uri}. Name the folder that"
                    " it keeps them in with --source-artifacts, or use --artifacts none."
                )
            return (
                f"they are at {run.artifact_uri or 'no place'}, which is no folder of this machine."
                " Use --artifacts reference to leave them there, or --artifacts none."
            )
        # A run's own folder is made with its first artifact, so only the root must be there.
        if not folder.is_dir() and len(folder.parents) > 2 and not folder.parents[2].is_dir():
            return (
                f"there is no folder {folder.parents[2]} on this machine. If there never were any,"
                " use --artifacts none."
            )
        return None

    def open_file(self, run: RunRecord, path: str) -> AbstractContextManager[BinaryIO]:
        folder = self._artifacts(run)
        assert folder is not None
        return (folder / path).open("rb")


def marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
