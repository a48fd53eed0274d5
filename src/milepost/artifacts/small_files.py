"""Small uploads to a folder, many at a time: one thread, one sync of each folder for all of them.

A file that arrived whole needs no stream. Written one by one on several threads, 1,000 files cost
three times the CPU time: each call to the system hands Python's lock around, and each file would
sync its folder for itself.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from milepost.artifacts.checksums import Checksums, Hasher
from milepost.artifacts.repository import Stored, is_folder, stat_of

if TYPE_CHECKING:
    from milepost.artifacts.local import LocalRepository

BATCH_FILES_MAX = 64
FILE_MODE = 0o644


class Job:
    """One file: where it goes, what is in it, who waits."""

    def __init__(self, path: str, parts: Sequence[bytes], claimed: Checksums) -> None:
        self.path = path
        self.parts = parts
        self.claimed = claimed
        self.loop = asyncio.get_running_loop()
        self.waiter: asyncio.Future[Stored] = self.loop.create_future()
        self.opened: int | None = None
        self.staged: str | None = None
        self.stored: Stored | None = None
        self.error: BaseException | None = None


class SmallFiles:
    """The thread that commits small files; it starts with the first one."""

    def __init__(self, repository: LocalRepository) -> None:
        self._repository = repository
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def store(self, path: str, parts: Sequence[bytes], claimed: Checksums) -> Stored:
        """Durable and visible when this returns. Raises as an upload's `commit`."""
        job = Job(path, parts, claimed)
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._work, name="milepost-small-files", daemon=True
            )
            self._thread.start()
        self._queue.put(job)
        return await job.waiter

    def close(self) -> None:
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        while True:
            job = self._queue.get()
            batch: list[Job] = []
            while job is not None:
                batch.append(job)
                if len(batch) == BATCH_FILES_MAX or self._queue.empty():
                    break
                job = self._queue.get()
            if batch:
                try:
                    self._commit(batch)
                except Exception as error:  # this thread must outlive a fault of ours
                    for one in batch:
                        one.error = one.error or error
                answer(batch)
            if job is None:
                return

    def _commit(self, batch: list[Job]) -> None:
        staging = self._repository.staging_folder()
        try:
            for job in batch:
                each(job, lambda job: stage(job, staging))
            for job in batch:
                each(job, sync)
            self._place(batch, staging)
        finally:
            for job in batch:
                clear(job, staging)

    def _place(self, batch: list[Job], staging: int) -> None:
        """Rename all into their folders, then sync each folder once."""
        with ExitStack() as opened:
            folders: dict[str, int] = {}
            placed: dict[int, list[Job]] = {}

            def place(job: Job) -> None:
                folder, _, name = job.path.rpartition("/")
                there = folders.get(folder)
                if there is None:
                    parts = folder.split("/") if folder else []
                    reached = self._repository.folder(parts, create=True)
                    there = folders[folder] = opened.enter_context(reached)
                assert job.staged is not None
                try:
                    os.rename(job.staged, name, src_dir_fd=staging, dst_dir_fd=there)
                except (IsADirectoryError, FileExistsError):
                    raise is_folder(job.path) from None
                job.staged = None
                placed.setdefault(there, []).append(job)

            for job in batch:
                each(job, place)
            for there, jobs in placed.items():
                try:
                    os.fsync(there)
                except OSError as error:
                    for job in jobs:
                        job.error = error


def each(job: Job, step: Callable[[Job], None]) -> None:
    """One step of one job; what it raises is that job's alone."""
    if job.error is None:
        try:
            step(job)
        except Exception as error:
            job.error = error


def stage(job: Job, staging: int) -> None:
    staged = uuid4().hex
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    job.opened = os.open(staged, flags, FILE_MODE, dir_fd=staging)
    job.staged = staged
    data = b"".join(job.parts)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(job.opened, rest) :]
    hasher = Hasher(job.claimed)
    hasher.update((data,))
    checksums = hasher.finish(job.path)
    found = os.fstat(job.opened)
    job.stored = Stored(stat_of(found), checksums)


def sync(job: Job) -> None:
    assert job.opened is not None
    os.fsync(job.opened)


def clear(job: Job, staging: int) -> None:
    if job.opened is not None:
        os.close(job.opened)
    if job.staged is not None:
        with suppress(OSError):
            os.unlink(job.staged, dir_fd=staging)


def answer(batch: list[Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[Job]] = {}
    for job in batch:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, jobs in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, jobs)


def settle(jobs: list[Job]) -> None:
    for job in jobs:
        if job.waiter.cancelled():
            continue
        if job.error is not None:
            job.waiter.set_exception(job.error)
        else:
            assert job.stored is not None
            job.waiter.set_result(job.stored)
