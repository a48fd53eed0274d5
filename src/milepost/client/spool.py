"""What no server has taken yet, in a file each process appends to.

A record is its length, the CRC-32 of its bytes, and the bytes: JSON of one call (`delivery`). A
torn last record (the machine lost power while it was written) ends the file. A file belongs to the
process that holds its lock; one whose process is gone is taken over by whoever finds it. How far a
file has been sent stands beside it, so that a sender that is killed goes on where it was.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import struct
import threading
import time
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HEADER = struct.Struct("<II")
SUFFIX = ".spool"
PROGRESS_SUFFIX = ".sent"
FILES_SUFFIX = ".files"
RECORD_BYTES_MAX = 64 * 2**20

Record = dict[str, Any]


class SpoolFull(Exception):
    """The spool has reached its bound; the text says what to do."""


class Progress(NamedTuple):
    """How far a file has been sent: bytes, and the runs that the server gave other ids."""

    place: int
    run_ids: dict[str, str]


class Spool:
    """One open spool file. Records are taken in the order in which they were put."""

    def __init__(self, path: Path, bytes_max: int) -> None:
        """Raises BlockingIOError when another process has the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.bytes_max = bytes_max
        self._progress_path = path.with_suffix(PROGRESS_SUFFIX)
        self._lock = threading.Lock()
        self._file = path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise
        self.progress = self._read_progress()
        self._end = max((end for end, _ in self._records(0)), default=0)
        self._file.truncate(self._end)

    def put(self, record: Record) -> None:
        """Append one record; it is on disk when this returns. Raises `SpoolFull` or OSError."""
        data = json.dumps(record).encode()
        if self._end + len(data) > self.bytes_max:
            raise full(str(self.path), self.bytes_max)
        whole = HEADER.pack(len(data), zlib.crc32(data)) + data
        with self._lock:
            self._file.seek(self._end)
            try:
                self._file.write(whole)
                self._file.flush()
                os.fdatasync(self._file.fileno())
            except OSError:
                self._file.truncate(self._end)
                raise
            self._end += len(whole)

    def unsent(self) -> Iterator[tuple[int, Record]]:
        """(where it ends, record) of what has not been sent."""
        return self._records(self.progress.place)

    def _records(self, start: int) -> Iterator[tuple[int, Record]]:
        place = start
        while True:
            with self._lock:
                self._file.seek(place)
                header = self._file.read(HEADER.size)
                if len(header) < HEADER.size:
                    return
                length, crc = HEADER.unpack(header)
                data = self._file.read(min(length, RECORD_BYTES_MAX + 1))
            if len(data) != length:
                return
            place += HEADER.size + length
            # One that the disk has damaged is lost; those behind it are not.
            if zlib.crc32(data) == crc:
                yield place, json.loads(data)

    def mark(self, place: int, run_ids: dict[str, str]) -> None:
        """What ends at `place` has been sent."""
        self.progress = Progress(place, dict(run_ids))
        fresh = self._progress_path.with_suffix(".fresh")
        fresh.write_text(json.dumps(self.progress._asdict()))
        fresh.replace(self._progress_path)

    def _read_progress(self) -> Progress:
        """A lost or torn note costs that things are sent again, which changes nothing."""
        try:
            found = json.loads(self._progress_path.read_text())
            return Progress(int(found["place"]), dict(found["run_ids"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Progress(0, {})

    @property
    def is_empty(self) -> bool:
        return self._end <= self.progress.place

    def forget(self, place: int) -> bool:
        """Drop all records, unless more has come since `place`."""
        with self._lock:
            if self._end > place:
                return False
            self._file.truncate(0)
            self._end = 0
        self.progress = Progress(0, {})
        self._progress_path.unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Let go of the file, and remove it if nothing waits in it."""
        if self.is_empty and self.forget(self._end):
            self.path.unlink(missing_ok=True)
        self._file.close()


def full(what: str, bytes_max: int) -> SpoolFull:
    return SpoolFull(
        f"The spool {what} has reached {bytes_max / 2**20:,.0f} MiB (MILEPOST_SPOOL_MAX_MB)."
        " Bring the server back, or sync it elsewhere."
    )


class KeptFiles:
    """Copies of files that a record names; they stand beside the spool, which may be forgotten."""

    def __init__(self, folder: Path, stream: str, bytes_max: int) -> None:
        self.folder = folder
        self.bytes_max = bytes_max
        self._place = folder / f"{stream}{FILES_SUFFIX}"
        self._bytes = 0

    def keep(self, source: Path) -> str:
        """A copy of a file, on disk when this returns; its name in the spool's folder.

        Raises `SpoolFull` or OSError.
        """
        size = source.stat().st_size
        if self._bytes + size > self.bytes_max:
            raise full(str(self._place), self.bytes_max)
        self._place.mkdir(parents=True, exist_ok=True)
        copy = self._place / uuid.uuid4().hex
        try:
            with source.open("rb") as given, copy.open("wb") as kept:
                shutil.copyfileobj(given, kept, 2**20)
                kept.flush()
                os.fdatasync(kept.fileno())
        except OSError:
            copy.unlink(missing_ok=True)
            raise
        self._bytes += size
        return copy.relative_to(self.folder).as_posix()


def drop_file(copy: Path) -> None:
    """A copy that a server has; its folder too when it was the last."""
    copy.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        copy.parent.rmdir()


def new_path(folder: Path) -> Path:
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{uuid.uuid4().hex[:8]}{SUFFIX}"
    return folder / name


def left_behind(folder: Path, bytes_max: int) -> Iterator[Spool]:
    """The spools of processes that are gone, oldest first, each locked for the caller."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            spool = Spool(path, bytes_max)
        except OSError:
            continue
        if spool.is_empty:
            spool.close()
            continue
        yield spool


def uri_of(spool: Spool) -> str:
    """Where a spool with something in it is meant to go: all of it, since one sender wrote it."""
    _, record = next(spool.unsent())
    uri: str = record["uri"]
    return uri
