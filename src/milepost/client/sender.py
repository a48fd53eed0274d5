"""Sends what was logged, in the background: a training loop appends to a buffer and goes on.

One thread takes what has gathered, every half second or a thousand entries, and sends it as
batches and calls, in order (`delivery`). While the server is away, or in offline mode, they go to
the spool (`spool`) and are sent when it is back, by this process or a later one (`sync`). Every
batch carries an id, so one that is sent twice is written once.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
import uuid
import warnings
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from milepost.client.client import batches
from milepost.client.delivery import LOG_BATCH, Delivery
from milepost.client.modes import modes
from milepost.client.settings import number, spool_folder
from milepost.client.spool import KeptFiles, Record, Spool, SpoolFull, left_behind, new_path, uri_of
from milepost.client.transport import Transport
from milepost.client.values import number_of, wire_number
from milepost.exceptions import MlflowException

INTERVAL_S = 0.5
SEND_FROM_ENTRIES = 1_000
TAKEN_AT_ONCE = 20_000
# Beyond this the logging thread is slowed down by a millisecond an entry; nothing is dropped.
BUFFER_MAX = 500_000
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
HEARTBEAT_S = 30.0
EXIT_S = 10.0
SPOOL_MAX_MB = 4_096.0
WARNED_MAX = 20
HEARTBEATS = "/api/milepost/1.0/runs/note-heartbeats"

METRIC, PARAM, TAG, CALL = "metrics", "params", "tags", "call"
# (kind, run_id, key, value, timestamp, step); the last two are None but for metrics. Of a call
# the value is a record's own fields.
Entry = tuple[str, str, str, Any, "int | None", "int | None"]


class MilepostWarning(UserWarning):
    """Something that was logged was refused, or waits for its server."""


class Sender:
    """The buffer and the thread of one transport in one process."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        # How many entries of a run were refused, and the first of what was said of any.
        self.refused: dict[str, int] = {}
        self.failure: MlflowException | None = None
        self.living_runs: set[str] = set()
        self._modes = modes()
        self._delivery = Delivery(transport, self._refuse)
        self._stream, self._number = uuid.uuid4().hex, 0
        self._buffer: deque[Entry] = deque()
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._stopping = False
        self._away_since: float | None = None
        self._next_try = 0.0
        self._next_heartbeat = 0.0
        self._wait_s = FIRST_WAIT_S
        self._spool: Spool | None = None
        # Whether an earlier process's spool waits, which has to go before what this one logs.
        self._is_behind = False
        self._spool_bytes = int(number("SPOOL_MAX_MB", SPOOL_MAX_MB) * 2**20)
        self._files = KeptFiles(spool_folder(), self._stream, self._spool_bytes)
        self._interval_s = number("SEND_INTERVAL_S", INTERVAL_S)
        self._heartbeat_s = number("HEARTBEAT_S", HEARTBEAT_S)
        self._thread = threading.Thread(target=self._work, name="milepost-sender", daemon=True)
        self._thread.start()

    # --- the logging thread --------------------------------------------------------------------

    def put(self, entry: Entry) -> None:
        """Take one entry; returns at once. Raises in strict mode what has failed before."""
        if self.failure is not None:
            self._raise_failure()
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

    def call_later(self, run_id: str, path: str, body: Record) -> None:
        """A POST behind what was logged before it."""
        self.put((CALL, run_id, "", {"path": path, "body": body}, None, None))

    def send_file_later(self, run_id: str, source: Path, artifact: str) -> None:
        """Keep a copy of a file for when the server is back; where none can be, say so."""
        try:
            name = self._files.keep(source)
        except (SpoolFull, OSError) as error:
            return self._refuse(run_id, f"the artifact {artifact}: {error}", 1)
        self.put((CALL, run_id, "", {"artifact": artifact, "file": name}, None, None))

    def flush(self, within_s: float | None = None) -> bool:
        """Wait until all that was taken is with the server or in the spool; True: the server.

        Raises in strict mode what has failed.
        """
        if self._buffer or not self._idle.is_set():
            self._wake.set()
            self._hurry.set()
            self._idle.wait(within_s)
        if self.failure is not None:
            self._raise_failure()
        return self._idle.is_set() and self._spool is None and not self._is_behind

    def close(self, within_s: float = EXIT_S) -> None:
        """Send what waits for at most `within_s`; the rest stays in the spool, which is told."""
        self._stopping = True
        self._wake.set()
        self._hurry.set()
        self._thread.join(within_s)
        if self._thread.is_alive() or self._buffer:
            for record in self._records_of(self._take()):
                self._keep(record)
        if self._spool is not None:
            self._tell(
                f"What {self.transport.uri} has not taken yet waits in {self._spool.path}."
                " `milepost sync` sends it, and so does the next script that logs there."
            )
            if not self._thread.is_alive():
                self._spool.close()

    def live(self, run_id: str) -> None:
        """A run of this process begins: its heart beats until `end_life`."""
        self.living_runs.add(run_id)
        self._next_heartbeat = 0.0
        self._wake.set()

    def end_life(self, run_id: str) -> None:
        self.living_runs.discard(run_id)

    def _raise_failure(self) -> None:
        failure, self.failure = self.failure, None
        assert failure is not None
        raise failure

    # --- the sender's thread -------------------------------------------------------------------

    def _work(self) -> None:
        try:
            if not self._modes.is_offline:
                self._is_behind = not self._send_left_behind()
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
                for record in self._records_of(self._take()):
                    self._deliver(record)
            if self._is_time_to_try():
                self._send_spooled()
            if not self._buffer:
                self._idle.set()
                if self._buffer:
                    self._idle.clear()
            if self._stopping and not self._buffer:
                return
            self._beat()

    def _is_time_to_try(self) -> bool:
        return (
            (self._spool is not None or self._is_behind)
            and not self._modes.is_offline
            and (time.monotonic() >= self._next_try or self._stopping)
        )

    def _pause_s(self) -> float | None:
        if self._modes.is_offline:
            return None
        times = [self._next_try] if self._spool is not None or self._is_behind else []
        if self.living_runs:
            times.append(self._next_heartbeat)
        return max(0.05, min(times) - time.monotonic()) if times else None

    def _beat(self) -> None:
        """Tell a Milepost server that these runs live; every other server knows no heartbeats."""
        runs, now = sorted(self.living_runs), time.monotonic()
        if not runs or self._modes.is_offline or now < self._next_heartbeat:
            return
        self._next_heartbeat = now + self._heartbeat_s
        if self._spool is None and self.transport.is_milepost():
            with contextlib.suppress(MlflowException):
                known = [self._delivery.run_ids.get(run, run) for run in runs[:1_000]]
                self.transport.call("POST", HEARTBEATS, {"run_ids": known}, tries=1)

    def _take(self) -> list[Entry]:
        buffer = self._buffer
        return [buffer.popleft() for _ in range(min(len(buffer), TAKEN_AT_ONCE))]

    def _records_of(self, entries: list[Entry]) -> Iterator[Record]:
        """The entries as calls, a run's in the order in which they came."""
        gathered: list[Entry] = []
        for entry in entries:
            if entry[0] != CALL:
                gathered.append(entry)
                continue
            yield from self._batches_of(gathered)
            gathered = []
            yield self._record(entry[1], **entry[3])
        yield from self._batches_of(gathered)

    def _record(self, run_id: str, **fields: Any) -> Record:
        self._number += 1
        batch_id = f"{self._stream}:{self._number}"
        return {"uri": self.transport.uri, "id": batch_id, "run_id": run_id, **fields}

    def _batches_of(self, entries: list[Entry]) -> Iterator[Record]:
        by_run: dict[str, dict[str, Any]] = {}
        for kind, run_id, key, value, timestamp, step in entries:
            items = by_run.setdefault(run_id, {METRIC: [], PARAM: {}, TAG: {}})
            if kind == METRIC:
                try:
                    point = wire_number(number_of(value, key))
                except MlflowException as error:
                    self._refuse(run_id, error.message, 1)
                    continue
                items[METRIC].append(
                    {"key": key, "value": point, "timestamp": timestamp, "step": step}
                )
            elif kind == TAG:
                items[TAG][key] = value
            elif items[PARAM].setdefault(key, value) != value:
                said = f"Param '{key}' was logged as {items[PARAM][key]!r} and {value!r}."
                self._refuse(run_id, said, 1)
        for run_id, items in by_run.items():
            lists = {
                METRIC: items[METRIC],
                PARAM: [{"key": k, "value": v} for k, v in items[PARAM].items()],
                TAG: [{"key": k, "value": v} for k, v in items[TAG].items()],
            }
            for body in batches(lists):
                yield self._record(run_id, path=LOG_BATCH, body=body)

    def _deliver(self, record: Record) -> None:
        """To the server, or behind what already waits for it."""
        if self._modes.is_offline or self._is_behind or self._spool is not None:
            self._keep(record)
            return
        try:
            self._delivery.send(record, self._files.folder)
        except MlflowException as error:
            self._went_away(error)
            self._keep(record)
        except Exception as error:  # a fault of ours must not end the logging of all the rest
            self._refuse(record["run_id"], f"Milepost's client failed: {error!r}", 1)

    def _refuse(self, run_id: str, message: str, count: int) -> None:
        told = sum(self.refused.values())
        self.refused[run_id] = self.refused.get(run_id, 0) + count
        text = f"Not logged: {message}"
        if self._modes.is_strict:
            self.failure = self.failure or MlflowException(text, "INVALID_PARAMETER_VALUE")
        elif told < WARNED_MAX:
            # Where warnings are errors this thread has to live on.
            with contextlib.suppress(MilepostWarning):
                warnings.warn(text, MilepostWarning, stacklevel=2)

    # --- while the server is away --------------------------------------------------------------

    def _went_away(self, error: MlflowException) -> None:
        if self._modes.is_strict:
            self.failure = self.failure or error
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

    def _keep(self, record: Record) -> None:
        try:
            if self._spool is None:
                self._spool = Spool(new_path(spool_folder()), self._spool_bytes)
            self._spool.put(record)
        except (SpoolFull, OSError) as error:
            # Not dropped in silence: the entries are counted and the reason is told.
            fields = record.get("body", {}).values()
            count = sum(len(items) for items in fields if isinstance(items, list)) or 1
            self._refuse(record["run_id"], f"{count} entries: {error}", count)

    def _send_spooled(self) -> None:
        """What waits, in its order; if the server is still away, later."""
        if self._is_behind and not self._send_left_behind():
            return
        self._is_behind = False
        if self._spool is not None:
            try:
                self._delivery.send_all(self._spool)
            except MlflowException as error:
                self._went_away(error)
                return
            self._spool.close()
            self._spool = None
        if self._away_since is not None:
            seconds = time.monotonic() - self._away_since
            self._away_since = None
            self._tell(f"{self.transport.uri} is back after {seconds:.0f} s; nothing was lost.")

    def _send_left_behind(self) -> bool:
        """What earlier processes could not send to this server; False while it is away.

        It goes first: what this process logs may say something newer of the same run.
        """
        folder = spool_folder()
        if not folder.is_dir():
            return True
        for spool in left_behind(folder, self._spool_bytes):
            try:
                if uri_of(spool) == self.transport.uri:
                    Delivery(self.transport, self._refuse).send_all(spool)
            except MlflowException as error:
                self._went_away(error)
                return False
            finally:
                spool.close()
        return True

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
                close_with_worker()
    return found


def close_with_worker() -> None:
    """Workers of `multiprocessing` leave without running what is registered for the exit."""
    if "multiprocessing" not in sys.modules:
        return
    from multiprocessing import process, util

    if process.parent_process() is not None:
        util.Finalize(None, close_all, exitpriority=100)


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
