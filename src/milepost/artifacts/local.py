"""Artifacts in a folder of this machine.

Every path is walked part by part from the root's descriptor, links refused at each step, so that
no race and no link can lead out of it. Uploads are written to the root's staging folder, synced and
renamed into place: a reader sees the old file or the new one. The calls that touch the disk run on
threads of their own.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import stat as modes
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from milepost.artifacts.checksums import Checksums, Hasher, of_file
from milepost.artifacts.paths import RESERVED, STAGING
from milepost.artifacts.repository import (
    PIECE_BYTES,
    ArtifactIsFolder,
    Entry,
    Multipart,
    OffsetMismatch,
    Stat,
    Stored,
    Usage,
    is_folder,
    no_multipart,
    not_found,
    stat_of,
)
from milepost.artifacts.small_files import SmallFiles
from milepost.errors import (
    InvalidParameterValue,
    MilepostError,
    NotImplementedYet,
    PermissionDenied,
    TemporarilyUnavailable,
)

Result = TypeVar("Result")

THREADS = 4
# Another server's upload is not locked in its very first moment.
LEFT_BEHIND_S = 60
FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a pipe that someone put there must not wait for its other end.
READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
FILE_MODE = 0o644
FOLDER_MODE = 0o755


class LocalRepository:
    """A root folder, made when it is first written to."""

    can_sign = False
    can_multipart = False

    def __init__(self, root: Path) -> None:
        self.root = root
        self.uri = f"file://{root}"
        self.staging = root / STAGING / "uploads"
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="milepost-artifacts")
        self.small_files = SmallFiles(self)
        self._root: int | None = None
        self._staging: int | None = None
        self._opening = threading.Lock()

    async def _run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, translated, function, *arguments)

    async def close(self) -> None:
        self._threads.shutdown()
        self.small_files.close()
        for opened in (self._root, self._staging):
            if opened is not None:
                os.close(opened)
        self._root = self._staging = None

    # --- the root and the way into it ----------------------------------------------------------

    def root_folder(self, create: bool) -> int:
        """The root's descriptor. Raises FileNotFoundError unless it is there or `create`."""
        with self._opening:
            if self._root is None:
                if create:
                    self.root.mkdir(parents=True, exist_ok=True)
                # The root itself was named by the operator and may be a link.
                self._root = os.open(self.root, FOLDER_FLAGS & ~os.O_NOFOLLOW)
            return self._root

    def staging_folder(self) -> int:
        root = self.root_folder(create=True)
        with self._opening:
            if self._staging is None:
                with suppress(FileExistsError):
                    os.mkdir(STAGING, 0o700, dir_fd=root)
                self._staging = os.open(STAGING, FOLDER_FLAGS, dir_fd=root)
                remove_left_behind(self._staging)
            return self._staging

    @contextmanager
    def folder(self, parts: Sequence[str], create: bool = False) -> Iterator[int]:
        """The descriptor of a folder below the root, reached without following a link."""
        here = os.dup(self.root_folder(create))
        try:
            for part in parts:
                try:
                    below = os.open(part, FOLDER_FLAGS, dir_fd=here)
                except FileNotFoundError:
                    if not create:
                        raise
                    with suppress(FileExistsError):
                        os.mkdir(part, FOLDER_MODE, dir_fd=here)
                        os.fsync(here)
                    below = os.open(part, FOLDER_FLAGS, dir_fd=here)
                os.close(here)
                here = below
            yield here
        finally:
            os.close(here)

    # --- reading -------------------------------------------------------------------------------

    async def entries(self, path: str) -> list[Entry]:
        return await self._run(self._entries, path)

    def _entries(self, path: str) -> list[Entry]:
        try:
            with self.folder(parts_of(path)) as opened:
                return entries_of(opened)
        except (FileNotFoundError, NotADirectoryError):
            return []

    async def open(self, path: str, ahead: int) -> LocalReader:
        return await self._run(self._open, path, ahead)

    def _open(self, path: str, ahead: int) -> LocalReader:
        opened, found = self._open_file(path)
        try:
            start = os.pread(opened, min(ahead, found.size), 0) if ahead else b""
        except BaseException:
            os.close(opened)
            raise
        return LocalReader(self._run, opened, found, start)

    def _open_file(self, path: str) -> tuple[int, Stat]:
        folder, name = split(path)
        if not name:
            raise is_folder(path)
        try:
            with self.folder(folder) as parent:
                opened = os.open(name, READ_FLAGS, dir_fd=parent)
        except (FileNotFoundError, NotADirectoryError):
            raise not_found(path) from None
        found = os.fstat(opened)
        if modes.S_ISREG(found.st_mode):
            return opened, stat_of(found)
        os.close(opened)
        raise is_folder(path) if modes.S_ISDIR(found.st_mode) else not_found(path)

    async def stat(self, path: str) -> Stat:
        reader = await self.open(path, 0)
        await reader.close()
        return reader.stat

    async def read_range(self, path: str, first: int, end: int) -> bytes:
        return await self._run(self._read_range, path, first, end)

    def _read_range(self, path: str, first: int, end: int) -> bytes:
        opened, _ = self._open_file(path)
        try:
            parts = []
            while first < end and (part := os.pread(opened, end - first, first)):
                parts.append(part)
                first += len(part)
            return b"".join(parts)
        finally:
            os.close(opened)

    async def usage(self, path: str) -> Usage:
        return await self._run(self._usage, path)

    def _usage(self, path: str) -> Usage:
        try:
            with self.folder(parts_of(path)) as opened:
                return usage_of(opened)
        except (FileNotFoundError, NotADirectoryError):
            return Usage(0, 0)

    # --- writing -------------------------------------------------------------------------------

    def upload(self, path: str, claimed: Checksums, size: int | None) -> LocalUpload:  # noqa: ARG002
        return LocalUpload(self, path, claimed)

    def place(self, staged: str, path: str) -> None:
        """Rename a file of the staging folder to `path`, durably."""
        folder, name = split(path)
        with self.folder(folder, create=True) as parent:
            try:
                os.rename(staged, name, src_dir_fd=self.staging_folder(), dst_dir_fd=parent)
            except (IsADirectoryError, FileExistsError):
                raise is_folder(path) from None
            os.fsync(parent)

    async def adopt(self, staged: str, path: str, claimed: Checksums) -> Stored:
        return await self._run(self._adopt, Path(staged), path, claimed)

    def _adopt(self, staged: Path, path: str, claimed: Checksums) -> Stored:
        checksums = of_file(staged, claimed, path)
        with staged.open("rb") as opened:
            os.fsync(opened.fileno())
            found = stat_of(os.fstat(opened.fileno()))
        self.staging_folder()
        self.place(os.path.relpath(staged, self.root / STAGING), path)
        return Stored(found, checksums)

    async def append(self, path: str, offset: int, data: bytes) -> int:
        return await self._run(self._append, path, offset, data)

    def _append(self, path: str, offset: int, data: bytes) -> int:
        folder, name = split(path)
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | (os.O_CREAT if offset == 0 else 0)
        with self.folder(folder, create=offset == 0) as parent:
            opened = os.open(name, flags, FILE_MODE, dir_fd=parent)
            try:
                if not modes.S_ISREG(os.fstat(opened).st_mode):
                    raise not_found(path)
                # One writer at a time, also among servers that share the folder.
                fcntl.flock(opened, fcntl.LOCK_EX)
                size = os.fstat(opened).st_size
                there = size - offset
                if there < 0 or os.pread(opened, len(data), offset) != data[: max(there, 0)]:
                    raise OffsetMismatch(path, offset, size)
                write_all(opened, [data[there:]], size)
                os.fsync(opened)
                if size == 0:
                    os.fsync(parent)
                return max(size, offset + len(data))
            finally:
                os.close(opened)

    async def delete(self, path: str) -> None:
        await self._run(self._delete, path)

    def _delete(self, path: str) -> None:
        if not path:
            raise InvalidParameterValue("The root of all artifacts cannot be deleted.")
        folder, name = split(path)
        try:
            with self.folder(folder) as parent:
                remove(parent, name)
                os.fsync(parent)
        except (FileNotFoundError, NotADirectoryError):
            return

    async def signed_url(self, method: str, path: str, expires_s: int) -> str:  # noqa: ARG002
        raise NotImplementedYet("Signed URLs are not supported for the current artifact repository")

    def multipart(self) -> Multipart:
        raise no_multipart()


class LocalReader:
    """An open file; a replacement leaves this descriptor with the old content."""

    def __init__(self, run: Callable[..., Any], opened: int, stat: Stat, start: bytes) -> None:
        self._run = run
        self._opened: int | None = opened
        self.stat = stat
        self.start = start

    async def pieces(self, first: int, end: int) -> AsyncIterator[bytes]:
        if first < len(self.start):
            piece = self.start[first:end]
            yield piece
            first += len(piece)
        while first < end:
            piece = await self._run(os.pread, self._opened, min(PIECE_BYTES, end - first), first)
            if not piece:
                raise TemporarilyUnavailable("The artifact was cut short while it was read.")
            yield piece
            first += len(piece)

    async def close(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            os.close(opened)


class LocalUpload:
    """A file in the staging folder; nothing is opened before there is something to write."""

    def __init__(self, repository: LocalRepository, path: str, claimed: Checksums) -> None:
        self._repository = repository
        self._path = path
        self._claimed = claimed
        self._hasher = Hasher(claimed)
        self._staged: str | None = None
        self._opened: int | None = None
        self._size = 0

    async def write(self, parts: Sequence[bytes]) -> None:
        await self._repository._run(self._write, parts)

    async def commit(self, parts: Sequence[bytes]) -> Stored:
        if self._opened is None:  # it is all here
            try:
                return await self._repository.small_files.store(self._path, parts, self._claimed)
            except OSError as error:
                raise ours(error) from error
        return await self._repository._run(self._commit, parts)

    async def abort(self) -> None:
        if self._opened is not None:
            await self._repository._run(self._abort)

    def _write(self, parts: Sequence[bytes]) -> None:
        if self._opened is None:
            staging = self._repository.staging_folder()
            self._staged = uuid4().hex
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            self._opened = os.open(self._staged, flags, FILE_MODE, dir_fd=staging)
            # Held until it is closed: tells a live upload from one that a dead server left.
            fcntl.flock(self._opened, fcntl.LOCK_EX)
        self._hasher.update(parts)
        self._size = write_all(self._opened, parts, self._size)

    def _commit(self, parts: Sequence[bytes]) -> Stored:
        try:
            self._write(parts)
            assert self._opened is not None
            assert self._staged is not None
            checksums = self._hasher.finish(self._path)
            os.fsync(self._opened)
            found = stat_of(os.fstat(self._opened))
            self._repository.place(self._staged, self._path)
            self._staged = None
            return Stored(found, checksums)
        finally:
            self._abort()

    def _abort(self) -> None:
        opened, self._opened = self._opened, None
        staged, self._staged = self._staged, None
        if staged is not None:
            with suppress(FileNotFoundError):
                os.unlink(staged, dir_fd=self._repository.staging_folder())
        if opened is not None:
            os.close(opened)


# --- on descriptors ------------------------------------------------------------------------------


def parts_of(path: str) -> list[str]:
    return path.split("/") if path else []


def split(path: str) -> tuple[list[str], str]:
    """The parts of the folder, and the name in it."""
    parts = parts_of(path)
    return parts[:-1], parts[-1] if parts else ""


def write_all(opened: int, parts: Sequence[bytes], offset: int) -> int:
    """Write all parts at `offset`; returns the offset behind them."""
    for part in parts:
        rest = memoryview(part)
        while rest:
            count = os.pwrite(opened, rest, offset)
            offset += count
            rest = rest[count:]
    return offset


def entries_of(opened: int) -> list[Entry]:
    """Files and folders, by name; links and special files are no artifacts."""
    out = []
    with os.scandir(opened) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in RESERVED:
                    out.append(Entry(entry.name, True, None))
            elif entry.is_file(follow_symlinks=False) and is_text(entry.name):
                with suppress(FileNotFoundError):
                    out.append(Entry(entry.name, False, entry.stat(follow_symlinks=False).st_size))
    out.sort()
    return out


def is_text(name: str) -> bool:
    """Can the name be written in JSON? Names that are no UTF-8 cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def usage_of(opened: int) -> Usage:
    files = size = 0
    with os.scandir(opened) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                below = os.open(entry.name, FOLDER_FLAGS, dir_fd=opened)
                try:
                    inner = usage_of(below)
                finally:
                    os.close(below)
                files, size = files + inner.files, size + inner.size
            elif entry.is_file(follow_symlinks=False):
                files, size = files + 1, size + entry.stat(follow_symlinks=False).st_size
    return Usage(files, size)


def remove(parent: int, name: str) -> None:
    """Remove `name` of a folder, and if it is a folder itself all in it; a link only itself."""
    try:
        os.unlink(name, dir_fd=parent)
        return
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno not in (errno.EISDIR, errno.EPERM):
            raise
    opened = os.open(name, FOLDER_FLAGS, dir_fd=parent)
    try:
        for below in os.listdir(opened):
            remove(opened, below)
    finally:
        os.close(opened)
    with suppress(FileNotFoundError):
        os.rmdir(name, dir_fd=parent)


def remove_left_behind(staging: int) -> None:
    """Remove what servers that are gone had begun; a living upload holds its lock."""
    before = time.time() - LEFT_BEHIND_S
    for name in os.listdir(staging):
        with suppress(OSError):
            opened = os.open(name, READ_FLAGS, dir_fd=staging)
            try:
                found = os.fstat(opened)
                if modes.S_ISREG(found.st_mode) and found.st_mtime < before:
                    fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    os.unlink(name, dir_fd=staging)
            finally:
                os.close(opened)


# --- errors --------------------------------------------------------------------------------------


def translated(function: Callable[..., Result], *arguments: Any) -> Result:
    """Run on a thread, with the operating system's errors in our words."""
    try:
        return function(*arguments)
    except OSError as error:
        raise ours(error) from error


def ours(error: OSError) -> MilepostError:
    text = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return TemporarilyUnavailable(
            "The disk that holds the artifacts is full; nothing of this file was stored."
            " Free some space; the server goes on by itself.",
            retry_after_s=10,
        )
    if error.errno == errno.ENOENT:
        return not_found(os.fsdecode(error.filename) if error.filename else "")
    if error.errno in (errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL):
        return InvalidParameterValue(
            f"Invalid path: a part of it is a file or a link where a folder is needed ({text})."
        )
    if error.errno == errno.EISDIR:
        return ArtifactIsFolder("Artifact path refers to a directory, not a file.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return PermissionDenied(f"The server may not write or read there: {text}.")
    if error.errno == errno.EXDEV:
        return PermissionDenied(
            "Another file system is mounted below the artifacts' root, where a file cannot be put"
            " in one step. Give the whole root one file system."
        )
    return TemporarilyUnavailable(f"The artifacts' disk answers with an error: {text}.")
