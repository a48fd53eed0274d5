"""Artifacts in an object store: S3 and what speaks it, Google Cloud Storage, Azure Blob.

obstore does the talking; this module is the only one that imports it. A file is one object, a
folder is what names have in common up to a slash.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import obstore
from obstore import exceptions

from milepost.artifacts.checksums import Checksums, Hasher, of_file
from milepost.artifacts.paths import RESERVED, base_name
from milepost.artifacts.repository import (
    PIECE_BYTES,
    Entry,
    Multipart,
    OffsetMismatch,
    Stat,
    Stored,
    Usage,
    is_folder,
    no_multipart,
    not_found,
)
from milepost.errors import (
    InvalidParameterValue,
    MilepostError,
    PermissionDenied,
    TemporarilyUnavailable,
)

Result = TypeVar("Result")
logger = logging.getLogger("milepost.artifacts")

# S3 takes at most 10,000 parts of at least 5 MiB; so many parts of one upload are under way.
PART_BYTES_MIN = 5 * 2**20
PART_BYTES_UNKNOWN_SIZE = 12 * 2**20
PARTS_MAX = 9_000
PARTS_AT_ONCE = 2
# Stores cannot append: the object is written anew, which is worth it up to a size.
APPEND_BYTES_MAX = 32 * 2**20
APPEND_TRIES = 5
DELETE_AT_ONCE = 1_000


class ObjectRepository:
    """A prefix of one bucket or container. `store` is obstore's, opened on that prefix."""

    can_sign = True

    def __init__(
        self,
        uri: str,
        store: Any,
        staging: Path,
        multipart: Callable[[], Multipart] | None = None,
    ) -> None:
        self.uri = uri
        self.staging = staging
        self.can_multipart = multipart is not None
        self._store = store
        self._open_multipart = multipart
        self._multipart: Multipart | None = None

    async def close(self) -> None:
        return

    async def _ask(self, call: Awaitable[Result], path: str) -> Result:
        try:
            return await call
        except MilepostError:
            raise
        except Exception as error:
            raise self._ours(error, path) from error

    def _ours(self, error: Exception, path: str) -> MilepostError:
        """The store's error in our words."""
        if isinstance(error, FileNotFoundError):
            return not_found(path)
        if isinstance(error, (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError)):
            return PermissionDenied(
                f"{self.uri} refuses this server's credentials. Check them in its environment."
            )
        if isinstance(error, exceptions.InvalidPathError):
            return InvalidParameterValue("Invalid path")
        # The store's own text may name hosts inside the network: it is the operator's to read.
        logger.warning("%s failed on %r: %s", self.uri, path, first_line(error))
        return TemporarilyUnavailable(
            f"The artifact store {self.uri} cannot be used now; the server's log says why.",
            retry_after_s=2,
        )

    # --- reading -------------------------------------------------------------------------------

    async def entries(self, path: str) -> list[Entry]:
        prefix = path or None
        found = await self._ask(obstore.list_with_delimiter_async(self._store, prefix), path)
        folders = [
            Entry(name, True, None)
            for name in map(base_name, found["common_prefixes"])
            if name not in RESERVED
        ]
        # Some tools make an empty object of a folder's own name: that is no file in it.
        objects = [one for one in found["objects"] if one["path"] != path]
        files = [Entry(base_name(one["path"]), False, one["size"]) for one in objects]
        return sorted([*folders, *files])

    async def stat(self, path: str) -> Stat:
        if not path:
            raise is_folder(path)
        try:
            meta = await obstore.head_async(self._store, path)
        except FileNotFoundError:
            if await self.entries(path):
                raise is_folder(path) from None
            raise not_found(path) from None
        except Exception as error:
            raise self._ours(error, path) from error
        return stat_of(meta)

    async def open(self, path: str, ahead: int) -> ObjectReader:
        stat = await self.stat(path)
        start = b""
        if ahead and stat.size:
            options = {"range": (0, min(ahead, stat.size)), "if_match": stat.etag}
            found = await self._ask(
                obstore.get_async(self._store, path, options=options),  # type: ignore[arg-type]
                path,
            )
            start = bytes(await self._ask(found.bytes_async(), path))
        return ObjectReader(self, path, stat, start)

    async def read_range(self, path: str, first: int, end: int) -> bytes:
        options: Any = {"range": (first, end)}
        try:
            found = await self._ask(obstore.get_async(self._store, path, options=options), path)
            return bytes(await self._ask(found.bytes_async(), path))
        except TemporarilyUnavailable:
            # Stores refuse a range that begins where the object ends, and obstore does not say so.
            if (await self.stat(path)).size > first:
                raise
            return b""

    async def usage(self, path: str) -> Usage:
        files = size = 0
        with suppress(FileNotFoundError):
            async for batch in obstore.list(self._store, path or None):
                files += len(batch)
                size += sum(one["size"] for one in batch)
        return Usage(files, size)

    # --- writing -------------------------------------------------------------------------------

    def upload(self, path: str, claimed: Checksums, size: int | None) -> ObjectUpload:
        return ObjectUpload(self, path, claimed, size)

    async def put(self, path: str, data: Any, **options: Any) -> str:
        """Write one object; returns its ETag."""
        done = await self._ask(obstore.put_async(self._store, path, data, **options), path)
        return etag_of(done["e_tag"])

    async def adopt(self, staged: str, path: str, claimed: Checksums) -> Stored:
        file = Path(staged)
        checksums = await asyncio.to_thread(of_file, file, claimed, path)
        size = file.stat().st_size
        etag = await self.put(
            path, file, chunk_size=part_bytes(size), max_concurrency=PARTS_AT_ONCE
        )
        file.unlink()
        return Stored(Stat(size, etag, time.time()), checksums)

    async def append(self, path: str, offset: int, data: bytes) -> int:
        for _ in range(APPEND_TRIES):
            size = await self._try_to_append(path, offset, data)
            if size is not None:
                return size
        raise TemporarilyUnavailable(f"Others write to {path!r} at the same time. Try again.")

    async def _try_to_append(self, path: str, offset: int, data: bytes) -> int | None:
        """None when somebody else was faster."""
        try:
            found = await obstore.get_async(self._store, path)
            if found.meta["size"] + len(data) > APPEND_BYTES_MAX:
                raise InvalidParameterValue(
                    f"In an object store a text can be appended to up to {APPEND_BYTES_MAX} bytes;"
                    f" go on in another file than {path!r}."
                )
            old = bytes(await found.bytes_async())
            known = {name: found.meta[name] for name in ("e_tag", "version")}
            mode: Any = {name: value for name, value in known.items() if value is not None}
        except FileNotFoundError:
            old, mode = b"", "create"
        except MilepostError:
            raise
        except Exception as error:
            raise self._ours(error, path) from error
        there = len(old) - offset
        if there < 0 or old[offset : offset + len(data)] != data[:there]:
            raise OffsetMismatch(path, offset, len(old))
        if there >= len(data) and old:
            return len(old)
        try:
            await obstore.put_async(
                self._store, path, old + data[there:], mode=mode, use_multipart=False
            )
        except (exceptions.PreconditionError, exceptions.AlreadyExistsError):
            return None
        except Exception as error:
            raise self._ours(error, path) from error
        return offset + len(data)

    async def delete(self, path: str) -> None:
        if not path:
            raise InvalidParameterValue("The root of all artifacts cannot be deleted.")
        await self._ask(self._delete(path), path)

    async def _delete(self, path: str) -> None:
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, path)
        while True:
            # Listed anew after each batch: what is deleted while a listing goes on may upset it.
            batch: list[str] = []
            async for found in obstore.list(self._store, path, chunk_size=DELETE_AT_ONCE):
                batch = [one["path"] for one in found]
                break
            if not batch:
                return
            await obstore.delete_async(self._store, batch)

    # --- by the clients themselves -------------------------------------------------------------

    async def signed_url(self, method: str, path: str, expires_s: int) -> str:
        call = obstore.sign_async(self._store, method, path, timedelta(seconds=expires_s))  # type: ignore[call-overload]
        url: str = await self._ask(call, path)
        return url

    def multipart(self) -> Multipart:
        if self._open_multipart is None:
            raise no_multipart()
        if self._multipart is None:
            self._multipart = self._open_multipart()
        return self._multipart


class ObjectReader:
    """One version of an object: later reads ask for the ETag that the first look found."""

    def __init__(self, repository: ObjectRepository, path: str, stat: Stat, start: bytes) -> None:
        self._repository = repository
        self._path = path
        self.stat = stat
        self.start = start

    async def pieces(self, first: int, end: int) -> AsyncIterator[bytes]:
        if first < len(self.start):
            piece = self.start[first:end]
            yield piece
            first += len(piece)
        if first >= end:
            return
        repository, path = self._repository, self._path
        options: Any = {"range": (first, end), "if_match": self.stat.etag}
        call = obstore.get_async(repository._store, path, options=options)
        found = await repository._ask(call, path)
        try:
            async for piece in found.stream(min_chunk_size=PIECE_BYTES):
                yield bytes(piece)
        except Exception as error:
            raise repository._ours(error, path) from error

    async def close(self) -> None:
        return


class ObjectUpload:
    """A small file goes in one request, a larger one in parts that the store joins at the end.

    obstore takes the parts from `_parts`; an error raised there makes it take the upload back.
    """

    def __init__(
        self, repository: ObjectRepository, path: str, claimed: Checksums, size: int | None
    ) -> None:
        self._repository = repository
        self._path = path
        self._hasher = Hasher(claimed)
        self._part_bytes = part_bytes(size)
        self._size = 0
        self._queue: asyncio.Queue[Sequence[bytes] | None] = asyncio.Queue(maxsize=1)
        self._putting: asyncio.Task[str] | None = None
        self._checksums: Checksums | None = None
        self._aborted = False

    async def write(self, parts: Sequence[bytes]) -> None:
        await self._take(parts)
        if self._putting is None:
            put = self._repository.put(
                self._path,
                self._parts(),
                chunk_size=self._part_bytes,
                max_concurrency=PARTS_AT_ONCE,
            )
            self._putting = asyncio.create_task(put)
        await self._hand_over(parts)

    async def _take(self, parts: Sequence[bytes]) -> None:
        self._size += sum(map(len, parts))
        await asyncio.to_thread(self._hasher.update, parts)

    async def _hand_over(self, parts: Sequence[bytes] | None) -> None:
        """Queue for the store, or raise what it has failed with."""
        assert self._putting is not None
        putting = asyncio.create_task(self._queue.put(parts))
        await asyncio.wait((putting, self._putting), return_when=asyncio.FIRST_COMPLETED)
        if not putting.done():
            putting.cancel()
            self._putting.result()

    async def _parts(self) -> AsyncIterator[bytes]:
        while (parts := await self._queue.get()) is not None:
            yield b"".join(parts)
        if self._aborted:
            raise Aborted
        self._checksums = self._hasher.finish(self._path)

    async def commit(self, parts: Sequence[bytes]) -> Stored:
        if self._putting is None:
            await self._take(parts)
            self._checksums = self._hasher.finish(self._path)
            etag = await self._repository.put(self._path, b"".join(parts), use_multipart=False)
        else:
            await self.write(parts)
            await self._hand_over(None)
            etag = await self._putting
        assert self._checksums is not None
        return Stored(Stat(self._size, etag, time.time()), self._checksums)

    async def abort(self) -> None:
        if self._putting is not None and not self._putting.done():
            self._aborted = True
            with suppress(Exception):
                await self._hand_over(None)
                await self._putting


class Aborted(MilepostError):
    """Told to the store's library, so that it takes an upload back."""

    def __init__(self) -> None:
        super().__init__("The upload was given up.")


def part_bytes(size: int | None) -> int:
    """How large the parts of an upload of `size` bytes must be."""
    if size is None:
        return PART_BYTES_UNKNOWN_SIZE
    return max(PART_BYTES_MIN, -(-size // PARTS_MAX))


def stat_of(meta: Any) -> Stat:
    return Stat(meta["size"], etag_of(meta["e_tag"]), meta["last_modified"].timestamp())


def etag_of(text: str | None) -> str:
    return (text or "").strip('"')


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
