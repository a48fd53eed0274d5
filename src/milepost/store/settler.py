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
# The writer gives at most so long to this at a time, so that other writes do not wait.
TURN_S = 0.005
RUNS_A_TURN = 256
SETTLED_AT_ONCE = 8
INDEXED_A_ROUND = 20_000
# A run with more data than this has no document; its rows are read instead.
DOCUMENT_BYTES_MAX = 2**18
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
        if due:
            self._in_turns(settle_runs, due, is_stopping)
            self._index(connection, is_stopping)

    def _index(self, connection: Connection, is_stopping: Callable[[], bool]) -> None:
        while not is_stopping():
            rows = connection.execute(
                RUNS.RUNS_NOT_INDEXED, (LARGE_EXPERIMENT_RUNS, INDEXED_A_ROUND)
            ).fetchall()
            self._in_turns(index_runs, [row[0] for row in rows], is_stopping)
            if len(rows) < INDEXED_A_ROUND:
                return

    def _in_turns(
        self, operation: Callable[..., int], ids: list[int], is_stopping: Callable[[], bool]
    ) -> None:
        """Have the writer do some of the runs at a time, until all are done."""
        done = 0
        while done < len(ids) and not is_stopping():
            done += self._submit(operation, ids[done : done + RUNS_A_TURN])


def settle_runs(transaction: Transaction, ids: list[int]) -> int:
    """The writer's part: documents of these runs, as many as a turn allows; returns how many.

    Runs that this transaction is changing are left; they are due again later.
    """
    until = time.monotonic() + TURN_S
    done = 0
    while done < len(ids) and time.monotonic() < until:
        settled = []
        for run in ids[done : done + SETTLED_AT_ONCE]:
            if run in transaction.changed_runs:
                continue
            row = transaction.execute(RUNS.RUN_SETTLE, (run,)).fetchone()
            if row is not None:
                settled.append(run)
                ref = transaction.cache.runs.get(row[0])
                if ref is not None:
                    ref.is_settled = True
        data = runs.data_of(transaction.connection, settled)
        for run in settled:
            document = encode(data[run])
            if len(document) <= DOCUMENT_BYTES_MAX:
                transaction.execute(RUNS.DOCUMENT_UPSERT, (run, document))
            else:
                transaction.execute(RUNS.DOCUMENT_DELETE, (run,))
        done += SETTLED_AT_ONCE
    return min(done, len(ids))


def index_runs(transaction: Transaction, ids: list[int]) -> int:
    """The writer's part: rows of these runs enter the indexes by value; returns how many runs."""
    until = time.monotonic() + TURN_S
    done = 0
    while done < len(ids) and time.monotonic() < until:
        run = ids[done]
        row = transaction.execute(RUNS.RUN_INDEX, (run,)).fetchone()
        if row is not None:
            transaction.execute(RUNS.METRICS_INDEX, (row[0], run))
            transaction.execute(RUNS.PARAMS_INDEX, (row[0], run))
            transaction.execute(RUNS.TAGS_INDEX, (row[0], run))
        done += 1
    return done
