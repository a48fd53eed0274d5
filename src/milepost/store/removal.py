"""Removing deleted runs and experiments for good, beside a running server.

A run is first marked, from when on it cannot be restored; then, once its artifacts are gone, its
rows go, in transactions so short that the server's writer hardly waits. Whatever is cut off is
found again by the next `milepost gc`: a run's own row goes last.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from milepost.store.database import Connection, Database
from milepost.store.sql import json_list, load

ARTIFACTS = load("artifacts")
BATCHES = load("batches")
REMOVAL = load("removal")

ROWS_A_STEP = 500
# A transaction ends after the step in which it has become this old.
TRANSACTION_S = 0.02
# The server's writer gets this long between two transactions.
PAUSE_S = 0.005


class RemovableRun(NamedTuple):
    """A deleted run; `id` is its row's."""

    id: int
    run_id: str
    artifact_uri: str


class RemovableExperiment(NamedTuple):
    """A deleted experiment; `id` is the wire's."""

    id: int
    name: str
    artifact_location: str


class Wanted(NamedTuple):
    """What to remove: deleted at or before `before` (ms); None is "whichever"."""

    before: int
    run_ids: Sequence[str] | None = None
    experiment_ids: Sequence[int] | None = None


class Remover:
    """A connection of its own to a store that others may be using."""

    def __init__(self, database: Database) -> None:
        """Brings the schema up to date. Raises `StoreUnusable`."""
        self._database = database
        database.connect_examiner().close()  # removing is no reason to make a database
        database.prepare()
        self._connection: Connection = database.connect_writer()

    def close(self) -> None:
        self._connection.close()

    def runs(self, wanted: Wanted, after: int, limit: int) -> list[RemovableRun]:
        """Deleted runs behind row `after`, in the order of their rows."""
        run_ids = json_list(wanted.run_ids) if wanted.run_ids is not None else None
        experiments = (
            json_list(wanted.experiment_ids) if wanted.experiment_ids is not None else None
        )
        rows = self._connection.execute(
            REMOVAL.RUNS_REMOVABLE, (after, wanted.before, run_ids, experiments, limit)
        ).fetchall()
        return [RemovableRun(*row) for row in rows]

    def mark(self, runs: Sequence[RemovableRun]) -> list[RemovableRun]:
        """Those of `runs` that are still deleted and will stay so."""
        ids = json_list(run.id for run in runs)
        self._database.begin(self._connection)
        self._connection.execute(REMOVAL.RUNS_MARK, (ids,))
        marked = {
            row[0] for row in self._connection.execute(REMOVAL.RUNS_MARKED, (ids,)).fetchall()
        }
        self._database.commit(self._connection)
        return [run for run in runs if run.id in marked]

    def archived(self, runs: Sequence[RemovableRun]) -> set[int]:
        """The rows of those of `runs` that have, or may have, files of points."""
        ids = json_list(run.id for run in runs)
        return {
            row[0] for row in self._connection.execute(REMOVAL.RUNS_ARCHIVED, (ids,)).fetchall()
        }

    def remove_runs(self, runs: Sequence[RemovableRun]) -> None:
        """Remove the rows of marked runs."""
        for_all = list(runs)
        while for_all:
            self._database.begin(self._connection)
            try:
                began = time.monotonic()
                while for_all and time.monotonic() < began + TRANSACTION_S:
                    if self._step(for_all[-1].id):
                        for_all.pop()
                self._database.commit(self._connection)
            except BaseException:
                self._database.rollback(self._connection)
                raise
            time.sleep(PAUSE_S)

    def _step(self, run: int) -> bool:
        """Remove some of a run's rows; True once all of it is gone."""
        for statement in (
            REMOVAL.SUMMARIES_REMOVE,  # of the very chunks that go next
            REMOVAL.CHUNKS_REMOVE,
            REMOVAL.ORIGINS_REMOVE,
            REMOVAL.METRICS_REMOVE,
            REMOVAL.PARAMS_REMOVE,
            REMOVAL.TAGS_REMOVE,
            REMOVAL.DATASET_INPUTS_REMOVE,
            REMOVAL.MODEL_INPUTS_REMOVE,
            REMOVAL.MODEL_OUTPUTS_REMOVE,
        ):
            if self._connection.execute(statement, (run, ROWS_A_STEP)).rowcount == ROWS_A_STEP:
                return False
        for statement in (
            REMOVAL.DOCUMENT_REMOVE,
            BATCHES.HEARTBEAT_REMOVE,
            REMOVAL.ARCHIVE_REMOVE,
            REMOVAL.RUN_REMOVE,
            REMOVAL.MARK_REMOVE,
        ):
            self._connection.execute(statement, (run,))
        return True

    def forget_checksums(self, location: str) -> None:
        """What is known of the content of a folder that is gone."""
        self._database.begin(self._connection)
        self._connection.execute(
            ARTIFACTS.CHECKSUMS_DELETE, (location, f"{location}/", f"{location}0")
        )
        self._database.commit(self._connection)

    def experiments(self, wanted: Wanted, after: int, limit: int) -> list[RemovableExperiment]:
        """Deleted experiments behind `after`, by id; none when only runs are wanted."""
        if wanted.run_ids is not None and wanted.experiment_ids is None:
            return []
        ids = json_list(wanted.experiment_ids) if wanted.experiment_ids is not None else None
        rows = self._connection.execute(
            REMOVAL.EXPERIMENTS_REMOVABLE, (after, wanted.before, ids, limit)
        ).fetchall()
        return [RemovableExperiment(*row) for row in rows]

    def remove_experiment(self, experiment: int) -> bool:
        """Remove a deleted experiment without runs; False when it has some, or was restored."""
        while True:
            self._database.begin(self._connection)
            try:
                if self._connection.execute(REMOVAL.EXPERIMENT_HAS_RUNS, (experiment,)).fetchone():
                    return False
                step = (experiment, ROWS_A_STEP)
                if self._connection.execute(REMOVAL.DATASETS_REMOVE, step).rowcount < ROWS_A_STEP:
                    done = self._connection.execute(REMOVAL.EXPERIMENT_REMOVE, (experiment,))
                    if done.rowcount:
                        self._connection.execute(REMOVAL.EXPERIMENT_TAGS_REMOVE, (experiment,))
                        self._database.commit(self._connection)
                    return bool(done.rowcount)
                self._database.commit(self._connection)
            finally:
                self._database.rollback(self._connection)
            time.sleep(PAUSE_S)
