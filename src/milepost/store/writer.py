"""The one writer: takes every waiting write, applies all in one transaction, commits, answers all.

This is group commit. However many requests wait, one durable commit answers them; a request that
fails is rolled back alone and gets its own error. Operations are functions
`(transaction, *arguments) -> result` that check before they write, so that undoing one is rare: if
one does fail after writing, the transaction is rolled back and the others are applied again.

The queue is bounded; a full one refuses with `TooManyRequests` instead of growing.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from milepost.errors import (
    InvalidParameterValue,
    MilepostError,
    TemporarilyUnavailable,
    TooManyRequests,
)
from milepost.store.batches import Batch, once
from milepost.store.database import Connection, Database
from milepost.store.footprint import Footprint, footprint
from milepost.store.transaction import Cache, Transaction

Operation = Callable[..., Any]
logger = logging.getLogger("milepost.store")

QUEUE_JOBS_MAX = 10_000
QUEUE_POINTS_MAX = 5_000_000
# One transaction takes at most this many jobs, so that a commit stays short.
COMMIT_JOBS_MAX = 1_024
# How long the queue must be empty before the writer does housekeeping.
IDLE_S = 0.5
# A transaction that the database broke off before its commit is tried so many times.
ATTEMPTS_MAX = 4


class Job:
    """One write: what to do, how heavy it is, and who waits for it."""

    __slots__ = ("arguments", "error", "loop", "operation", "result", "waiter", "weight")

    def __init__(
        self,
        operation: Operation,
        arguments: tuple[Any, ...],
        weight: int,
        waiter: asyncio.Future[Any] | Future[Any],
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        self.operation = operation
        self.arguments = arguments
        self.weight = weight
        self.waiter = waiter
        self.loop = loop
        self.result: Any = None
        self.error: BaseException | None = None


class Writer:
    """The thread that owns the write connection.

    `on_commit(transaction)` is called after each durable commit that touched a series or ended a
    run; it must return at once.
    """

    def __init__(
        self,
        database: Database,
        on_commit: Callable[[Transaction], None],
    ) -> None:
        self._database = database
        self._on_commit = on_commit
        self._connection: Connection = database.connect_writer()
        self._cache = Cache()
        self._seen_version: int | None = None
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._points_waiting = 0
        self._weight_lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="milepost-writer", daemon=True)
        self._thread.start()

    def submit(self, operation: Operation, *arguments: Any, weight: int = 0) -> asyncio.Future[Any]:
        """Queue a write; the future resolves, in the running loop, once it is durable.

        `weight` is the number of points it carries. Raises `TooManyRequests` when the queue is
        full and `TemporarilyUnavailable` once the writer is closed.
        """
        loop = asyncio.get_running_loop()
        waiter = loop.create_future()
        self._put(Job(operation, arguments, weight, waiter, loop))
        return waiter

    def submit_blocking(self, operation: Operation, *arguments: Any) -> Any:
        """Queue a write from a thread without a loop and wait for it."""
        waiter: Future[Any] = Future()
        self._put(Job(operation, arguments, 0, waiter, None))
        return waiter.result()

    def _put(self, job: Job) -> None:
        if self._closed:
            raise TemporarilyUnavailable("The server is stopping. Try again in a moment.")
        if (
            self._queue.qsize() >= QUEUE_JOBS_MAX
            or self._points_waiting + job.weight > QUEUE_POINTS_MAX
        ):
            raise TooManyRequests(
                "Too many writes are waiting for the disk. Try again in a moment."
            )
        if job.weight:
            with self._weight_lock:
                self._points_waiting += job.weight
        self._queue.put(job)

    def close(self) -> None:
        """Refuse new writes, finish the waiting ones, close the connection."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    # --- the writer's thread -------------------------------------------------------------------

    def _work(self) -> None:
        is_tidy = False
        while True:
            try:
                job = self._queue.get(timeout=None if is_tidy else IDLE_S)
            except queue.Empty:
                is_tidy = self._tidy()
                continue
            is_tidy = False
            batch, stopping = self._take(job)
            if batch:
                self._apply(batch)
                self._answer(batch)
            if stopping:
                break
        while not self._tidy():
            pass
        self._connection.close()

    def _take(self, job: Job | None) -> tuple[list[Job], bool]:
        """`job` and what waits behind it; True if the writer is to stop after these."""
        batch: list[Job] = []
        while job is not None:
            batch.append(job)
            if len(batch) == COMMIT_JOBS_MAX:
                return batch, False
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _tidy(self) -> bool:
        """One step of housekeeping; True when there is no more to do (or it can't be done)."""
        try:
            return not self._database.tidy(self._connection)
        except Exception:
            return True  # a busy or broken disk: the next write will say so

    def _apply(self, batch: list[Job]) -> None:
        """Apply the jobs in one transaction, and again without those that failed half way."""
        waiting = batch
        attempts = 0
        try:
            while waiting:
                attempts += 1
                waiting = self._attempt(waiting, may_repeat=attempts < ATTEMPTS_MAX)
        except Exception as error:  # a fault of ours: this thread must outlive it
            logger.exception("the writer failed on a batch of %d writes", len(batch))
            for job in waiting:
                job.error = job.error or error

    def _attempt(self, jobs: list[Job], may_repeat: bool) -> list[Job]:
        """One transaction over `jobs`; returns the jobs to apply again, if it was given up."""
        is_committing = False
        try:
            transaction = self._begin(jobs)
            for index, job in enumerate(jobs):
                before = transaction.changes()
                try:
                    job.result = job.operation(transaction, *job.arguments)
                except MilepostError as error:
                    job.error = error
                    if transaction.changes() != before:
                        self._give_up()
                        return jobs[:index] + jobs[index + 1 :]
                except Exception as error:
                    job.error = self._database.translate(error)
                    if job.error is not error and not isinstance(job.error, InvalidParameterValue):
                        raise  # the database itself failed, for all of them
                    self._give_up()
                    return jobs[:index] + jobs[index + 1 :]
            transaction.flush()
            is_committing = True
            self._database.commit(self._connection)
        except Exception as error:
            self._give_up()
            if may_repeat and not is_committing and self._database.may_repeat(error):
                for job in jobs:
                    job.error = None
                return jobs
            translated = self._database.translate(error)
            for job in jobs:
                job.error = job.error or translated
            return []
        self._cache.trim()
        if transaction.changed_runs or transaction.touched or transaction.ended_runs:
            self._on_commit(transaction)
        return []

    def _begin(self, jobs: list[Job]) -> Transaction:
        if not self._database.is_usable(self._connection):
            self._connection = self._database.connect_writer()
        writes = ((job.operation, job.arguments) for job in jobs)
        told: list[Footprint] = []

        def changes() -> Footprint:
            told.append(footprint(writes))
            return told[0]

        begun = self._database.begin(self._connection, changes)
        if begun.version != self._seen_version:
            # Another process has written: what we remember may be wrong.
            self._cache.clear_rows()
            self._seen_version = begun.version
        transaction = Transaction(self._database, self._connection, self._cache)
        for one in told:
            transaction.read_ahead(begun.runs, one.series)
        return transaction

    def _give_up(self) -> None:
        self._cache.clear()
        try:
            self._database.rollback(self._connection)
        except Exception:
            # A connection that cannot even roll back is replaced; the database drops its changes.
            self._connection.close()
            with suppress(Exception):  # the next transaction tries again
                self._connection = self._database.connect_writer()

    def _answer(self, batch: list[Job]) -> None:
        weight = sum(job.weight for job in batch)
        if weight:
            with self._weight_lock:
                self._points_waiting -= weight
        by_loop: dict[asyncio.AbstractEventLoop, list[Job]] = {}
        for job in batch:
            if job.loop is None:
                settle(job)
            else:
                by_loop.setdefault(job.loop, []).append(job)
        for loop, jobs in by_loop.items():
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle_all, jobs)


class OnceWriter:
    """The writer for one request that carries a batch id."""

    def __init__(self, writer: Writer | OnceWriter, batch: Batch) -> None:
        self._writer = writer
        self._batch = batch

    def submit(self, operation: Operation, *arguments: Any, weight: int = 0) -> asyncio.Future[Any]:
        return self._writer.submit(once, self._batch, operation, *arguments, weight=weight)

    def submit_blocking(self, operation: Operation, *arguments: Any) -> Any:
        return self._writer.submit_blocking(operation, *arguments)

    def close(self) -> None:
        self._writer.close()


def settle_all(jobs: list[Job]) -> None:
    for job in jobs:
        settle(job)


def settle(job: Job) -> None:
    """Hand the result to whoever waits; a waiter that was cancelled has gone away."""
    if job.waiter.cancelled():
        return
    if job.error is not None:
        job.waiter.set_exception(job.error)
    else:
        job.waiter.set_result(job.result)
