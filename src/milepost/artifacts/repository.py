"""What `api` asks of a place that keeps artifacts, and the values that it gives back.

Paths come in checked (`paths.checked`), "" is the root. A repository never answers for anything
outside its root. Errors are those of `milepost.errors`: `ResourceDoesNotExist` for what is not
there, `ArtifactIsFolder` for a folder where a file was asked for, `TemporarilyUnavailable` when
the store cannot be reached.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from milepost.artifacts.checksums import Checksums
from milepost.errors import InvalidParameterValue, NotImplementedYet, ResourceDoesNotExist

# Files are read and written in pieces of this many bytes: large enough that a hop to a thread
# costs little, small enough that hundreds of streams fit into memory.
PIECE_BYTES = 2**20


class Entry(NamedTuple):
    """One line of a listing; `size` in bytes, None for a folder."""

    name: str
    is_dir: bool
    size: int | None


class Stat(NamedTuple):
    """What is known of a file: bytes, a validator that changes with its content, seconds."""

    size: int
    etag: str
    modified_s: float


class Stored(NamedTuple):
    """A file that has just been written and is durable."""

    stat: Stat
    checksums: Checksums


class Usage(NamedTuple):
    """What a folder holds, all folders below included."""

    files: int
    size: int


class ArtifactIsFolder(InvalidParameterValue):
    """A file was asked for and a folder stands there."""


class Reader(Protocol):
    """An open file. What it reads is one version of the file, whatever is uploaded meanwhile."""

    stat: Stat
    # The first bytes, for telling the kind of content; the whole file where it is small.
    start: bytes

    def pieces(self, first: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `first` up to, not including, `end`, in pieces."""

    async def close(self) -> None: ...


class Upload(Protocol):
    """A file on its way in: nobody sees it before `commit` returns; `abort` leaves nothing."""

    async def write(self, parts: Sequence[bytes]) -> None: ...

    async def commit(self, parts: Sequence[bytes]) -> Stored:
        """Write the last parts, check what the client claimed, make it durable, show it.

        Raises `ChecksumMismatch`, and `ArtifactIsFolder` when the name is a folder's.
        """

    async def abort(self) -> None:
        """Take back what was written; harmless after `commit`."""


class Multipart(Protocol):
    """Uploads whose parts clients send to the store themselves, by signed URLs."""

    async def create(self, path: str, parts: int) -> tuple[str, list[str]]:
        """Begin one; its id and the URL of each part, in order."""

    async def complete(self, path: str, upload_id: str, etags: Sequence[tuple[int, str]]) -> None:
        """Make the file of its parts, given as (part number from 1, ETag)."""

    async def abort(self, path: str, upload_id: str) -> None: ...


class Repository(Protocol):
    """One root in one store."""

    # What it is called in messages and in the keys of checksums: a URI without credentials.
    uri: str
    # Can clients be given signed URLs to files, and to the parts of an upload?
    can_sign: bool
    can_multipart: bool
    # A folder of this machine where unfinished resumable uploads wait.
    staging: Path

    async def entries(self, path: str) -> list[Entry]:
        """What is directly in a folder, by name; empty for a file or a missing path."""

    async def open(self, path: str, ahead: int) -> Reader:
        """Open a file, reading up to `ahead` bytes of it at once."""

    async def stat(self, path: str) -> Stat: ...

    async def read_range(self, path: str, first: int, end: int) -> bytes:
        """The bytes from `first` up to `end` in one request, fewer where the file ends before."""

    def upload(self, path: str, claimed: Checksums, size: int | None) -> Upload:
        """Begin to replace or make a file of `size` bytes (None: not known yet)."""

    async def adopt(self, staged: str, path: str, claimed: Checksums) -> Stored:
        """Make a file of this machine (an assembled upload) the artifact, taking it away."""

    async def append(self, path: str, offset: int, data: bytes) -> int:
        """Add `data` at `offset`, which must be the file's size (0: may be missing).

        Returns the new size. Bytes that stand there already, from a try before, are not written
        again. Raises `OffsetMismatch`.
        """

    async def delete(self, path: str) -> None:
        """Remove a file, or a folder with all in it; nothing there is fine."""

    async def usage(self, path: str) -> Usage: ...

    async def signed_url(self, method: str, path: str, expires_s: int) -> str: ...

    def multipart(self) -> Multipart:
        """Uploads by the clients themselves; raises `NotImplementedYet` where there are none."""

    async def close(self) -> None: ...


class OffsetMismatch(InvalidParameterValue):
    """The file has another size than the client believes."""

    def __init__(self, path: str, offset: int, size: int) -> None:
        super().__init__(
            f"Cannot append to {path!r} at offset {offset}: it has {size} bytes."
            " Ask for its size and go on from there."
        )


def stat_of(found: os.stat_result) -> Stat:
    """Of a file of this machine."""
    etag = f"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"
    return Stat(found.st_size, etag, found.st_mtime)


def not_found(path: str) -> ResourceDoesNotExist:
    return ResourceDoesNotExist(f"No such artifact: '{path}'")


def is_folder(path: str) -> ArtifactIsFolder:
    return ArtifactIsFolder(f"Artifact path refers to a directory, not a file: '{path}'")


def no_multipart() -> NotImplementedYet:
    return NotImplementedYet(
        "Multipart upload is not supported for the current artifact repository"
    )
