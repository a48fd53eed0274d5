"""Who wants to hear of commits: the writer says which runs changed, listeners gather and wake.

Only row ids are kept until a listener asks, so that a commit pays next to nothing for it. On
PostgreSQL the changes of other servers come in as well (`postgres_channel.py`).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from typing import NamedTuple

from milepost.errors import TooManyRequests
from milepost.store.database import Connection
from milepost.store.sql import json_list, load

COLUMNS = load("columns")
RUNS = load("runs")

LISTENERS_MAX = 256
# More changes than this between two looks are told as "anything".
CHANGES_MAX = 5_000

Series = tuple[int, int]


class Heard(NamedTuple):
    """Rows that changed since the last look: runs, and series with new points."""

    runs: set[int]
    series: set[Series]
    is_anything: bool


class RunChange(NamedTuple):
    """A changed run by its wire ids, and the metrics with new points."""

    run_id: str
    experiment_id: str
    metric_keys: list[str]


class Listener:
    """Gathers changes for one coroutine."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._awake = asyncio.Event()
        self._lock = threading.Lock()
        self._runs: set[int] = set()
        self._series: set[Series] = set()
        self._is_anything = False
        self.is_closed = False

    def note(self, runs: Iterable[int], series: Iterable[Series]) -> None:
        """Called by the writer's thread."""
        with self._lock:
            self._runs.update(runs)
            self._series.update(series)
            if len(self._runs) + len(self._series) > CHANGES_MAX:
                self._is_anything = True
                self._runs.clear()
                self._series.clear()
        self.wake()

    def close(self) -> None:
        self.is_closed = True
        self.wake()

    def wake(self) -> None:
        # A loop that is closed has no one left to wake.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._awake.set)

    async def wait(self, seconds: float) -> bool:
        """True once there is something to take, False after `seconds`."""
        try:
            await asyncio.wait_for(self._awake.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def take(self) -> Heard:
        with self._lock:
            heard = Heard(self._runs, self._series, self._is_anything)
            self._runs, self._series, self._is_anything = set(), set(), False
            self._awake.clear()
        return heard


class Changes:
    """All listeners of one store."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def note(self, runs: Iterable[int], series: Iterable[Series]) -> None:
        for listener in tuple(self._listeners):
            listener.note(runs, series)

    def listen(self) -> Listener:
        """A new listener; raises `TooManyRequests`. Hand it to `leave` in the end."""
        if len(self._listeners) >= LISTENERS_MAX:
            raise TooManyRequests("Too many pages listen for changes. Ask again from time to time.")
        listener = Listener()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def close(self) -> None:
        for listener in tuple(self._listeners):
            listener.close()


def name_changes(connection: Connection, heard: Heard) -> list[RunChange]:
    """What was heard, in the wire's ids."""
    runs = heard.runs | {run for run, _ in heard.series}
    rows = connection.execute(COLUMNS.CHANGED_RUNS, (json_list(runs),)).fetchall()
    wanted = json_list({key for _, key in heard.series})
    names = dict(connection.execute(RUNS.KEY_NAMES, (wanted,)).fetchall())
    keys: dict[int, list[str]] = {}
    for run, key in heard.series:
        keys.setdefault(run, []).append(names.get(key, ""))
    return [
        RunChange(run_id, str(experiment), sorted(keys.get(run, ())))
        for run, run_id, experiment in rows
    ]
