"""Batches that no server has taken yet, in a file each process appends to.

A record is its length, the CRC-32 of its bytes, and the bytes: JSON of one request. A torn last
record (the machine lost power while it was written) ends the file. A file belongs to the process
that holds its lock; one whose process is gone is taken over by whoever finds it.
"""

from __future__ import annotations

import fcntl
import json
import os
import struct
import time
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEADER = struct.Struct("<II")
SUFFIX = ".spool"
RECORD_BYTES_MAX = 64 * 2**20


class SpoolFull(Exception):
    """The spool has reached its bound; the text says what to do."""


class Spool:
    """One open spool file. Records are taken in the order in which they were put."""

    def __init__(self, path: Path, bytes_max: int) -> None:
        """Raises BlockingIOError when another process has the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.bytes_max = bytes_max
        self._file = path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise
        self._end = self._sound_bytes()
        self._file.truncate(self._end)

    def _sound_bytes(self) -> int:
        """Where the last whole record ends."""
        return max((end for end, _ in self._records(0)), default=0)

    def put(self, record: dict[str, Any]) -> None:
        """Append one record; it is on disk when this returns. Raises `SpoolFull` or OSError."""
        data = json.dumps(record).encode()
        if self._end + len(data) > self.bytes_max:
            raise SpoolFull(
                f"The spool {self.path} has reached {self.bytes_max / 2**20:,.0f} MiB"
                " (MILEPOST_SPOOL_MAX_MB). Bring the server back, or sync it elsewhere."
            )
        whole = HEADER.pack(len(data), zlib.crc32(data)) + data
        self._file.seek(self._end)
        try:
            self._file.write(whole)
            self._file.flush()
            os.fdatasync(self._file.fileno())
        except OSError:
            self._file.truncate(self._end)
            raise
        self._end += len(whole)

    def records(self) -> Iterator[dict[str, Any]]:
        for _, record in self._records(0):
            yield record

    def _records(self, start: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """(where it ends, record) of each sound record."""
        place = start
        while True:
            self._file.seek(place)
            header = self._file.read(HEADER.size)
            if len(header) < HEADER.size:
                return
            length, crc = HEADER.unpack(header)
            data = self._file.read(min(length, RECORD_BYTES_MAX + 1))
            if len(data) != length or zlib.crc32(data) != crc:
                return
            place += HEADER.size + length
            yield place, json.loads(data)

    @property
    def is_empty(self) -> bool:
        return self._end == 0

    def clear(self) -> None:
        """Forget all records: a server has taken them."""
        self._file.truncate(0)
        self._end = 0

    def close(self) -> None:
        """Let go of the file, and remove it if nothing waits in it."""
        if self.is_empty:
            self.path.unlink(missing_ok=True)
        self._file.close()


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
