"""A Milepost database as a source: for bundles, and for a move from one database to another.

Nothing is written to it, and servers may go on meanwhile; each run is read as it is then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, TypeVar

from milepost.artifacts.archive import ArchiveFolder
from milepost.artifacts.places import Places
from milepost.errors import MilepostError
from milepost.store import StoreUnusable, database_of, exports, metrics
from milepost.store.database import Database
from milepost.store.doctor import require_schema
from milepost.store.exports import WholeRun
from milepost.store.series import HistoryCursor
from milepost.transfer.artifact_reading import ArtifactReading
from milepost.transfer.records import (
    PART_POINTS_MAX,
    ExperimentRecord,
    FileRecord,
    HistoryPart,
    RunRecord,
    SourceUnusable,
)
from milepost.transfer.wire_runs import experiment_record, run_record
from milepost.wire.messages import Experiment

Result = TypeVar("Result")

RUNS_A_PAGE = 200
NO_PLACES = (
    "where its server keeps artifacts was not said: name the folder with --source-artifacts, or"
    " leave them out with --artifacts none"
)


class MilepostSource:
    """All that a database holds, or the experiments and runs that are named.

    `experiments` are ids or names. Without `places` neither artifacts nor points of archived runs
    are read. Raises `SourceUnusable` for a database that cannot be read and for names that it does
    not have.
    """

    def __init__(
        self,
        uri: str,
        places: Places | None,
        experiments: Sequence[str] = (),
        run_ids: Sequence[str] = (),
    ) -> None:
        archive_files = None if places is None else ArchiveFolder(places.proxied)
        try:
            self._database = database_of(uri, archive_files)
            self._connection = self._database.connect_examiner()
        except StoreUnusable as error:
            raise SourceUnusable(str(error)) from error
        self.description = f"Milepost database {self._database.description}"
        self._artifacts: ArtifactReading | None = None
        try:
            require_schema(self._database, self._connection)
            self._experiments = self._chosen(experiments)
            self._chosen_runs = self._named_runs(run_ids)
        except StoreUnusable as error:
            self.close()
            raise SourceUnusable(str(error)) from error
        except BaseException:
            self.close()
            raise
        if places is not None:
            self._artifacts = ArtifactReading(places)
        self._is_narrowed = bool(run_ids) and not experiments
        if self._is_narrowed:
            holders = {record_of(one).experiment_id for one in self._chosen_runs}
            self._experiments = [e for e in self._experiments if e.experiment_id in holders]

    def _chosen(self, wanted: Sequence[str]) -> list[Experiment]:
        found: list[Experiment] = self._read(exports.all_experiments)
        if not wanted:
            return found
        out = []
        for text in wanted:
            named = [e for e in found if e.name == text] or [
                e for e in found if e.experiment_id == text
            ]
            if not named:
                raise SourceUnusable(
                    f"There is no experiment {text!r}, neither by name nor by id."
                    " `milepost experiments list --view all` shows them."
                )
            out += [e for e in named if e not in out]
        return out

    def _named_runs(self, run_ids: Sequence[str]) -> list[WholeRun]:
        out = []
        for run_id in dict.fromkeys(run_ids):
            found = self._read(exports.get_whole_run, run_id)
            if found is None:
                raise SourceUnusable(
                    f"There is no run {run_id!r}. `milepost runs list --view all` shows them."
                )
            out.append(found)
        return out

    def _read(self, function: Callable[..., Result], *arguments: object) -> Result:
        """On one snapshot."""
        try:
            with self._database.reading(self._connection):
                return function(self._connection, *arguments)
        except Exception as error:
            translated = self._database.translate(error)
            if not isinstance(translated, MilepostError):
                raise
            raise SourceUnusable(translated.message) from error

    def is_in(self, database: Database) -> bool:
        """Whether it is that very database, whatever either was named by."""
        connection = database.connect_reader()
        try:
            return database.identity(connection) == self._database.identity(self._connection)
        finally:
            connection.close()

    def experiments(self) -> Iterator[ExperimentRecord]:
        yield from map(experiment_record, self._experiments)

    def _others(self, experiment: ExperimentRecord) -> list[WholeRun]:
        id = experiment.experiment_id
        return [one for one in self._chosen_runs if record_of(one).experiment_id == id]

    def count_runs(self, experiment: ExperimentRecord) -> int:
        if self._is_narrowed:
            return len(self._others(experiment))
        return self._read(exports.count_runs, int(experiment.experiment_id))

    def runs(self, experiment: ExperimentRecord) -> Iterator[RunRecord]:
        if self._is_narrowed:
            yield from map(record_of, self._others(experiment))
            return
        place = 0
        number = int(experiment.experiment_id)
        while found := self._read(exports.runs_after, number, place, RUNS_A_PAGE):
            yield from map(record_of, found)
            place = found[-1].place

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        for name in self._read(exports.metric_names, run.run_id):
            after: HistoryCursor | None = None
            while True:
                columns, after = self._read(
                    metrics.get_metric_history, run.run_id, name, after, PART_POINTS_MAX
                )
                if columns is not None and len(columns.steps):
                    yield HistoryPart(
                        name,
                        columns.steps.tolist(),
                        columns.timestamps.tolist(),
                        columns.values.tolist(),
                    )
                if after is None:
                    break

    def files(self, run: RunRecord) -> Iterator[FileRecord]:
        if self._artifacts is not None and self.missing_files(run) is None:
            yield from self._artifacts.files(run.artifact_uri)

    def missing_files(self, run: RunRecord) -> str | None:
        if self._artifacts is None:
            return NO_PLACES
        return self._artifacts.unreachable(run.artifact_uri)

    def open_file(self, run: RunRecord, path: str) -> AbstractContextManager[BinaryIO]:
        if self._artifacts is None:
            raise SourceUnusable(NO_PLACES)
        return self._artifacts.opened(run.artifact_uri, path)

    def close(self) -> None:
        if self._artifacts is not None:
            self._artifacts.close()
        self._connection.close()
        self._database.close()


def open_if_milepost(uri: str, proxied: Path | None) -> MilepostSource | None:
    """The source, with artifacts below `proxied`; None where there is no Milepost store."""
    try:
        database = database_of(uri)
        database.connect_examiner().close()
        database.close()
    except StoreUnusable:
        return None
    places = None
    if proxied is not None:
        # The folder holds what is proxied, and what runs name by their place on this machine.
        places = Places(str(proxied), (), proxied)
    return MilepostSource(uri, places)


def record_of(found: WholeRun) -> RunRecord:
    return run_record(found.run, found.deleted_time)
