"""Makes runs that have rested quick to search: indexes by value, and the run's data in one row.

An index by value that is kept at every write would cost a page of the database for every key that
a batch touches. So rows enter it when their run has rested, many runs to a commit; until then a
search finds them through their run (`search/statements.py`). A write to an indexed row takes it
out again by itself, and marks the run (`transaction.py:active_run`).

With that a document is written: the run's data as the wire's JSON, which holds for as long as the
run is indexed. The sealer's thread does the rounds.
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
# One commit indexes so many runs at most, so that other writes do not wait long for it.
RUNS_A_COMMIT = 32
WAITING_MAX = 1_000_000


class Indexer:
    """Remembers which runs are not indexed, and since when they rest."""

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
                    # Whoever writes to an ended run is likely to be done soon as well.
                    self._due[run] = now + REST_RUNNING_S
                for run in ended:
                    self._due[run] = now + REST_S

    def find_left_behind(self, connection: Connection) -> None:
        """Ask for what an earlier server did not get to index."""
        found = [row[0] for row in connection.execute(RUNS.RUNS_NOT_INDEXED).fetchall()]
        self.note([], found)

    def round(self, _: Connection) -> None:
        """Index the runs that are due."""
        now = time.monotonic()
        with self._lock:
            due = [run for run, at in self._due.items() if at <= now]
            for run in due:
                del self._due[run]
        for start in range(0, len(due), RUNS_A_COMMIT):
            self._submit(index_runs, due[start : start + RUNS_A_COMMIT])


def index_runs(transaction: Transaction, ids: list[int]) -> None:
    """The writer's part: all rows of these runs enter the indexes, their documents are written.

    Runs that have changed again meanwhile are due again later, and right at any time.
    """
    # What this commit has yet to write would take its rows out again.
    busy = {run for run, _ in transaction.pending}
    rows = []
    for run in ids:
        if run in busy:
            transaction.changed_runs.add(run)
            continue
        found = transaction.execute(RUNS.RUN_INDEXED, (run,)).fetchone()
        if found is not None:
            rows.append((found[1], run))
            ref = transaction.cache.runs.get(found[0])
            if ref is not None:
                ref.is_indexed = True
    ids = [run for _, run in rows]
    data = runs.data_of(transaction.connection, ids)
    transaction.executemany(RUNS.DOCUMENT_UPSERT, [(run, encode(data[run])) for run in ids])
    transaction.executemany(RUNS.METRICS_INDEX, rows)
    transaction.executemany(RUNS.PARAMS_INDEX, rows)
    transaction.executemany(RUNS.TAGS_INDEX, rows)
