"""Artifacts of the places that a server may use, read from code that cannot wait for a loop.

A thread holds a loop of its own for the repositories; each call here waits for its answer.
"""

from __future__ import annotations

import asyncio
import io
import posixpath
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar

from milepost.artifacts.paths import joined
from milepost.artifacts.places import Places, PlaceUnusable
from milepost.artifacts.repository import PIECE_BYTES, Reader, Repository
from milepost.errors import MilepostError
from milepost.transfer.records import FileRecord, SourceUnusable

Result = TypeVar("Result")


class ArtifactReading:
    """Lists and opens the artifacts below a URI. `close()` ends the thread."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def wait(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def unreachable(self, uri: str) -> str | None:
        """Why what lies at `uri` cannot be read from here; None where it can."""
        try:
            self._places.find(uri)
        except (MilepostError, PlaceUnusable) as error:
            return getattr(error, "message", str(error))
        return None

    def files(self, uri: str) -> Iterator[FileRecord]:
        """All files below `uri`, folder by folder; their paths are relative to it."""
        repository, top = self._places.find(uri)
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                entries = self.wait(repository.entries(joined(top, folder)))
            except MilepostError as error:
                raise SourceUnusable(f"{uri} cannot be listed: {error.message}") from error
            below = []
            for entry in entries:
                path = posixpath.join(folder, entry.name)
                if entry.is_dir:
                    below.append(path)
                else:
                    yield FileRecord(path, entry.size or 0)
            folders += reversed(below)

    @contextmanager
    def opened(self, uri: str, path: str) -> Iterator[BinaryIO]:
        repository, top = self._places.find(uri)
        try:
            reader = self.wait(open_at(repository, joined(top, path)))
        except MilepostError as error:
            raise SourceUnusable(f"{uri}/{path} cannot be read: {error.message}") from error
        try:
            with io.BufferedReader(Pieces(self, reader), PIECE_BYTES) as file:
                yield file
        finally:
            self.wait(reader.close())

    def close(self) -> None:
        self.wait(self._places.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def open_at(repository: Repository, path: str) -> Reader:
    return await repository.open(path, PIECE_BYTES)


class Pieces(io.RawIOBase):
    """A reader's pieces as a file that is read once, from its start to its end."""

    def __init__(self, reading: ArtifactReading, reader: Reader) -> None:
        self._reading = reading
        self._pieces: AsyncIterator[bytes] = reader.pieces(0, reader.stat.size)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            try:
                piece = self._reading.wait(self._next())
            except MilepostError as error:
                raise OSError(error.message) from error
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    async def _next(self) -> bytes | None:
        async for piece in self._pieces:
            if piece:
                return piece
        return None
