"""Tells other servers on a PostgreSQL database what this one has committed, and hears theirs.

One thread with a connection of its own, by LISTEN and NOTIFY. Notices are sent after the commit,
some at a time: in the writer's transaction they would make all commits of the database wait for
each other. One that is lost with a dying server costs a page a later look, nothing more.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import psycopg

from milepost.store.sql import load

LOCKS = load("locks")
CHANNEL = "milepost_changes"
GATHER_S = 0.2
RETRY_S = 2.0
# A notice has less than 8,000 bytes: two numbers of 20 digits a series.
CHANGES_A_NOTICE = 150
# More than this at once is cut: a page that shows so much asks again by itself.
CHANGES_WAITING_MAX = 5_000

Series = tuple[int, int]
Hear = Callable[[Iterable[int], Iterable[Series]], None]


class Channel:
    """Runs until `close`. `hear` is called with what other servers have committed."""

    def __init__(self, connect: Callable[[], Any], hear: Hear) -> None:
        self._connect = connect
        self._hear = hear
        self._own = uuid.uuid4().hex
        self._runs: set[int] = set()
        self._series: set[Series] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="milepost-channel", daemon=True)
        self._thread.start()

    def tell(self, runs: Iterable[int], series: Iterable[Series]) -> None:
        """After a commit: these runs changed, these series got points. Returns at once."""
        with self._lock:
            if len(self._runs) + len(self._series) < CHANGES_WAITING_MAX:
                self._runs.update(runs)
                self._series.update(series)

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._serve()
            except psycopg.Error:  # the database is away; writers say so to those who ask
                self._stopping.wait(RETRY_S)

    def _serve(self) -> None:
        connection = self._connect()
        try:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._stopping.is_set():
                for payload in connection.notices(GATHER_S):
                    self._take(payload)
                self._send(connection)
        finally:
            connection.close()

    def _take(self, payload: str) -> None:
        told = json.loads(payload)
        if told["by"] != self._own:
            self._hear(told["runs"], [(run, key) for run, key in told["series"]])

    def _send(self, connection: Any) -> None:
        with self._lock:
            runs, self._runs = self._runs, set()
            series, self._series = self._series, set()
        for part in parts(runs):
            self._notify(connection, part, [])
        for part in parts(series):
            self._notify(connection, [], part)

    def _notify(self, connection: Any, runs: list[Any], series: list[Any]) -> None:
        payload = json.dumps({"by": self._own, "runs": runs, "series": series})
        connection.execute(LOCKS.TELL, (CHANNEL, payload))


def parts(changes: Iterable[Any]) -> Iterable[list[Any]]:
    rest = iter(changes)
    while part := list(islice(rest, CHANGES_A_NOTICE)):
        yield part
