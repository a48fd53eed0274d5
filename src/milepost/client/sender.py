"""Sends what was logged, in the background: a training loop appends to a buffer and goes on.

One thread takes what has gathered, every half second or a thousand entries, and sends it as
batches, in order. While the server is away they go to the spool (`spool`) and are sent when it is
back, by this process or a later one. A batch that the server refuses is halved until the entry at
fault stands alone: that one is told in a warning, the others are stored.

A batch that is sent twice changes nothing: a point is its step, time and value, and params and
tags are what they are.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from milepost.client.client import batches
from milepost.client.settings import number, spool_folder
from milepost.client.spool import Spool, SpoolFull, left_behind, new_path
from milepost.client.transport import RETRIED, Transport
from milepost.client.values import number_of, wire_number
from milepost.exceptions import MlflowException, RestException, Unreachable

INTERVAL_S = 0.5
SEND_FROM_ENTRIES = 1_000
TAKEN_AT_ONCE = 20_000
# Beyond this the logging thread is slowed down by a millisecond an entry; nothing is dropped.
BUFFER_MAX = 500_000
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
EXIT_S = 10.0
SPOOL_MAX_MB = 4_096.0
WARNED_MAX = 20

METRIC, PARAM, TAG = "metrics", "params", "tags"
# (kind, run_id, key, value, timestamp, step); the last two are None but for metrics.
Entry = tuple[str, str, str, Any, "int | None", "int | None"]


class MilepostWarning(UserWarning):
    """Something that was logged was refused, or waits for its server."""


class Sender:
    """The buffer and the thread of one transport in one process."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.refused = 0
        self._buffer: deque[Entry] = deque()
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._stopping = False
        self._away_since: float | None = None
        self._next_try = 0.0
        self._wait_s = FIRST_WAIT_S
        self._spool: Spool | None = None
        self._spool_bytes = int(number("SPOOL_MAX_MB", SPOOL_MAX_MB) * 2**20)
        self._interval_s = number("SEND_INTERVAL_S", INTERVAL_S)
        self._thread = threading.Thread(target=self._work, name="milepost-sender", daemon=True)
        self._thread.start()

    # --- the logging thread --------------------------------------------------------------------

    def put(self, entry: Entry) -> None:
        """Take one entry; returns at once."""
        buffer = self._buffer
        buffer.append(entry)
        size = len(buffer)
        if size == 1:
            self._idle.clear()
            self._wake.set()
        elif size == SEND_FROM_ENTRIES:
            self._hurry.set()
        elif size > BUFFER_MAX:
            time.sleep(0.001)

    def flush(self, within_s: float | None = None) -> bool:
        """Wait until all that was taken is with the server or in the spool; True: the server."""
        if self._buffer or not self._idle.is_set():
            self._wake.set()
            self._hurry.set()
            self._idle.wait(within_s)
        return self._idle.is_set() and self._spool is None

    def close(self, within_s: float = EXIT_S) -> None:
        """Send what waits for at most `within_s`; the rest stays in the spool, which is told."""
        self._stopping = True
        self._wake.set()
        self._hurry.set()
        self._thread.join(within_s)
        if self._thread.is_alive() or self._buffer:
            for run_id, body in self._bodies(self._take()):
                self._keep(run_id, body)
        if self._spool is not None:
            self._tell(
                f"What {self.transport.uri} has not taken yet waits in {self._spool.path}."
                " The next script that logs there sends it, or `milepost sync`."
            )
            self._spool.close()

    # --- the sender's thread -------------------------------------------------------------------

    def _work(self) -> None:
        try:
            self._send_left_behind()
            self._loop()
        finally:
            self.transport.release()

    def _loop(self) -> None:
        while True:
            self._wake.wait(self._pause_s())
            self._wake.clear()
            if self._buffer and not self._stopping:
                self._hurry.wait(self._interval_s)
            self._hurry.clear()
            while self._buffer:
                for run_id, body in self._bodies(self._take()):
                    self._deliver(run_id, body)
            if self._spool is not None and (time.monotonic() >= self._next_try or self._stopping):
                self._send_spooled()
            if not self._buffer:
                self._idle.set()
                if self._buffer:
                    self._idle.clear()
            if self._stopping and not self._buffer:
                return

    def _pause_s(self) -> float | None:
        return None if self._spool is None else max(0.05, self._next_try - time.monotonic())

    def _take(self) -> list[Entry]:
        buffer = self._buffer
        return [buffer.popleft() for _ in range(min(len(buffer), TAKEN_AT_ONCE))]

    def _bodies(self, entries: list[Entry]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries as bodies of log-batch, a run's in the order in which they came."""
        by_run: dict[str, dict[str, Any]] = {}
        for kind, run_id, key, value, timestamp, step in entries:
            items = by_run.setdefault(run_id, {METRIC: [], PARAM: {}, TAG: {}})
            if kind == METRIC:
                try:
                    point = wire_number(number_of(value, key))
                except MlflowException as error:
                    self._refuse(error.message)
                    continue
                items[METRIC].append(
                    {"key": key, "value": point, "timestamp": timestamp, "step": step}
                )
            elif kind == TAG:
                items[TAG][key] = value
            elif items[PARAM].setdefault(key, value) != value:
                self._refuse(f"Param '{key}' was logged as {items[PARAM][key]!r} and {value!r}.")
        for run_id, items in by_run.items():
            lists = {
                METRIC: items[METRIC],
                PARAM: [{"key": k, "value": v} for k, v in items[PARAM].items()],
                TAG: [{"key": k, "value": v} for k, v in items[TAG].items()],
            }
            for body in batches(lists):
                yield run_id, body

    def _deliver(self, run_id: str, body: dict[str, Any]) -> None:
        """To the server, or behind what already waits for it."""
        if self._spool is not None and not self._spool.is_empty:
            self._keep(run_id, body)
            return
        try:
            self.send_now(run_id, body)
        except MlflowException as error:
            self._went_away(error)
            self._keep(run_id, body)

    def send_now(self, run_id: str, body: dict[str, Any]) -> None:
        """Raises only when the server cannot take anything now."""
        try:
            self.transport.call("POST", "runs/log-batch", {"run_id": run_id, **body}, tries=1)
        except Unreachable:
            raise
        except RestException as error:
            if error.status in RETRIED:
                raise
            self._send_halves(run_id, body, error)

    def _send_halves(self, run_id: str, body: dict[str, Any], error: RestException) -> None:
        items = [(kind, item) for kind, found in body.items() for item in found]
        if len(items) == 1:
            self._refuse(error.message)
            return
        for half in (items[: len(items) // 2], items[len(items) // 2 :]):
            part: dict[str, Any] = {}
            for kind, item in half:
                part.setdefault(kind, []).append(item)
            self.send_now(run_id, part)

    def _refuse(self, message: str) -> None:
        self.refused += 1
        if self.refused <= WARNED_MAX:
            warnings.warn(f"Not logged: {message}", MilepostWarning, stacklevel=2)

    # --- while the server is away --------------------------------------------------------------

    def _went_away(self, error: MlflowException) -> None:
        if self._away_since is None:
            self._away_since = time.monotonic()
            self._wait_s = FIRST_WAIT_S
            self._tell(
                f"{error.message} What is logged is kept in {spool_folder()} and sent when it is"
                " back; training goes on."
            )
        else:
            self._wait_s = min(self._wait_s * 2, LONGEST_WAIT_S)
        self._next_try = time.monotonic() + self._wait_s

    def _keep(self, run_id: str, body: dict[str, Any]) -> None:
        try:
            if self._spool is None:
                self._spool = Spool(new_path(spool_folder()), self._spool_bytes)
            self._spool.put({"uri": self.transport.uri, "run_id": run_id, "body": body})
        except (SpoolFull, OSError) as error:
            # Not dropped in silence: the entries are counted and the reason is told.
            count = sum(len(items) for items in body.values())
            self.refused += count - 1
            self._refuse(f"{count} entries of run {run_id}: {error}")

    def _send_spooled(self) -> None:
        """What waits, in its order; if the server is still away, later."""
        assert self._spool is not None
        try:
            for record in self._spool.records():
                self.send_now(record["run_id"], record["body"])
        except MlflowException as error:
            self._went_away(error)
            return
        self._spool.clear()
        self._spool.close()
        self._spool = None
        if self._away_since is not None:
            seconds = time.monotonic() - self._away_since
            self._away_since = None
            self._tell(f"{self.transport.uri} is back after {seconds:.0f} s; nothing was lost.")

    def _send_left_behind(self) -> None:
        """What an earlier process could not send to this server."""
        folder = spool_folder()
        if not folder.is_dir():
            return
        for spool in left_behind(folder, self._spool_bytes):
            try:
                if all(record["uri"] == self.transport.uri for record in spool.records()):
                    for record in spool.records():
                        self.send_now(record["run_id"], record["body"])
                    spool.clear()
            except MlflowException:
                return
            finally:
                spool.close()

    def _tell(self, text: str) -> None:
        sys.stderr.write(f"milepost: {text}\n")


_kept: dict[int, Sender] = {}
_lock = threading.Lock()


def sender_of(transport: Transport) -> Sender:
    """The one sender of a transport in this process."""
    found = _kept.get(id(transport))
    if found is None:
        with _lock:
            found = _kept.get(id(transport))
            if found is None:
                found = _kept[id(transport)] = Sender(transport)
    return found


def flush_all() -> bool:
    """Whether every server has taken all that was logged."""
    answers = [sender.flush() for sender in list(_kept.values())]
    return all(answers)


def close_all() -> None:
    """At exit: bounded, whatever the servers do."""
    until = time.monotonic() + number("EXIT_TIMEOUT_S", EXIT_S)
    for sender in list(_kept.values()):
        sender.close(max(0.1, until - time.monotonic()))
    _kept.clear()


def forget_parents() -> None:
    """In a forked child: the parent sends what it has taken; the child begins anew."""
    global _lock
    _lock = threading.Lock()
    _kept.clear()


os.register_at_fork(after_in_child=forget_parents)


def waiting(folder: Path) -> int:
    """How many batches wait in the spools of processes that are gone."""
    count = 0
    for spool in left_behind(folder, int(SPOOL_MAX_MB * 2**20)):
        count += sum(1 for _ in spool.records())
        spool.close()
    return count


def sync(
    folder: Path, transport_of: Callable[[str], Transport], sent_one: Callable[[], None]
) -> tuple[int, int, str]:
    """Send every spool in `folder`: how many batches went, how many still wait, and why.

    A spool of which something could not be sent stays as it is.
    """
    sent, left, reason = 0, 0, ""
    for spool in left_behind(folder, int(SPOOL_MAX_MB * 2**20)):
        records = list(spool.records())
        done = 0
        try:
            for record in records:
                sender_of(transport_of(record["uri"])).send_now(record["run_id"], record["body"])
                done += 1
                sent_one()
            spool.clear()
        except MlflowException as error:
            left += len(records) - done
            reason = error.message
        finally:
            spool.close()
        sent += done
    return sent, left, reason
