"""Makes runs that have rested quick to search: their data in one row, their values in indexes.

A *document* is a run's data as the wire's JSON: a page of search results then reads one row a run.
The *indexes by value* serve filters and orders in experiments with many runs; kept at every write
they would cost a page of the database for each key that a batch touches, so rows enter them when
their run has rested. Until then a search finds them through their run (`search/statements.py`).

A write to a settled run marks it (`transaction.py:active_run`), which puts document and indexes
out of use for it at once; a row that changes leaves its index by itself. The sealer's thread does
the rounds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.json import encode

from milepost.store import runs
from milepost.store.database import Connection
from milepost.store.sql import load
from milepost.store.transaction import Transaction

RUNS = load("runs")

# How long a run must have rested, when it has ended and when it has not.
REST_S = 2.0
REST_RUNNING_S = 60.0
# An experiment with more runs than this is searched by index (`run_search.FEW_RUNS`).
LARGE_EXPERIMENT_RUNS = 2_000
# One commit settles or indexes so many runs at most, so that other writes do not wait long.
SETTLED_A_COMMIT = 64
INDEXED_A_COMMIT = 16
INDEXED_A_ROUND = 20_000
WAITING_MAX = 1_000_000


class Settler:
    """Remembers which runs are to be settled, and when."""

    def __init__(self, submit: Callable[..., Any]) -> None:
        self._submit = submit
        # When each run is due; a run that is not here is found again at the next start.
        self._due: dict[int, float] = {}
        self._lock = threading.Lock()

    @property
    def is_waiting(self) -> bool:
        return bool(self._due)

    def note(self, changed: Iterable[int], ended: Iterable[int]) -> None:
        """After a commit: these runs have changed, these have ended."""
        now = time.monotonic()
        with self._lock:
            if len(self._due) < WAITING_MAX:
                for run in changed:
                    self._due[run] = now + REST_RUNNING_S
                for run in ended:
                    self._due[run] = now + REST_S

    def find_left_behind(self, connection: Connection) -> None:
        """Ask for what an earlier server did not get to settle."""
        found = [row[0] for row in connection.execute(RUNS.RUNS_NOT_SETTLED).fetchall()]
        self.note([], found)

    def round(self, connection: Connection, is_stopping: Callable[[], bool]) -> None:
        """Settle the runs that are due; then index what large experiments have settled."""
        now = time.monotonic()
        with self._lock:
            due = [run for run, at in self._due.items() if at <= now]
            for run in due:
                del self._due[run]
        for start in range(0, len(due), SETTLED_A_COMMIT):
            if is_stopping():
                return
            self._submit(settle_runs, due[start : start + SETTLED_A_COMMIT])
        if due:
            self._index(connection, is_stopping)

    def _index(self, connection: Connection, is_stopping: Callable[[], bool]) -> None:
        while True:
            rows = connection.execute(
                RUNS.RUNS_NOT_INDEXED, (LARGE_EXPERIMENT_RUNS, INDEXED_A_ROUND)
            ).fetchall()
            for start in range(0, len(rows), INDEXED_A_COMMIT):
                if is_stopping():
                    return
                ids = [row[0] for row in rows[start : start + INDEXED_A_COMMIT]]
                self._submit(index_runs, ids)
            if len(rows) < INDEXED_A_ROUND:
                return


def settle_runs(transaction: Transaction, ids: list[int]) -> None:
    """The writer's part: documents of these runs.

    Runs that this transaction is changing are left; they are due again later.
    """
    settled = []
    for run in ids:
        if run in transaction.changed_runs:
            continue
        row = transaction.execute(RUNS.RUN_SETTLE, (run,)).fetchone()
        if row is not None:
            settled.append(run)
            ref = transaction.cache.runs.get(row[0])
            if ref is not None:
                ref.is_settled = True
    data = runs.data_of(transaction.connection, settled)
    documents = [(run, encode(data[run])) for run in settled]
    transaction.executemany(RUNS.DOCUMENT_UPSERT, documents)


def index_runs(transaction: Transaction, ids: list[int]) -> None:
    """The writer's part: all rows of these runs enter the indexes by value."""
    rows = []
    for run in ids:
        row = transaction.execute(RUNS.RUN_INDEX, (run,)).fetchone()
        if row is not None:
            rows.append((row[0], run))
    transaction.executemany(RUNS.METRICS_INDEX, rows)
    transaction.executemany(RUNS.PARAMS_INDEX, rows)
    transaction.executemany(RUNS.TAGS_INDEX, rows)
