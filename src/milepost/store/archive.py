"""Archived chunks: points of runs that ended long ago, in files of the artifact store.

The row of such a chunk keeps its count and ranges; in place of the data stands a `Pointer` to a
range of a file of its run, with a checksum. `Archive` reads such ranges, a block at a time, and
keeps the latest blocks; what is not as it was written is an error, never an answer. The files are
written by `store/archiver.py`; which store holds them is not known here (`ArchiveFiles`).
"""

from __future__ import annotations

import struct
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Protocol

from milepost.errors import (
    DataLoss,
    DeadlineExceeded,
    InvalidState,
    ResourceDoesNotExist,
    TemporarilyUnavailable,
)
from milepost.store import series
from milepost.store.series import Columns
from milepost.store.sql import load

if TYPE_CHECKING:
    from milepost.store.database import Connection

ARCHIVE = load("archive")

# A chunk's codec (beside `series.RAW` and `series.PCO`) whose data are a Pointer.
ARCHIVED = 2
POINTER = struct.Struct("<BxxxIQI16s")
CHECKSUM_BYTES = 16
# Files are asked for in blocks, so that the many small series of a run cost one request.
BLOCK_BYTES = 2**20
BLOCKS_KEPT = 32
# After a failure files are left alone for so long: readers that wait for them serve nobody else.
REST_S = 5.0
# While one request tries again after that, others are refused for at most so long.
TRIAL_S = 30.0


class ArchiveFiles(Protocol):
    """Where the files of runs are. `uri` is what people call the place."""

    uri: str

    def read(self, run_id: str, file: int, first: int, end: int) -> bytes:
        """The bytes from `first` up to `end`, or to the file's end where that comes before.

        Called from threads; waits a bounded time. Raises `ResourceDoesNotExist`,
        `TemporarilyUnavailable` and `PermissionDenied`.
        """


class Pointer(NamedTuple):
    """Where the data of an archived chunk are: the number of a file of its run, and a range."""

    codec: int
    file: int
    offset: int
    length: int
    checksum: bytes

    def pack(self) -> bytes:
        return POINTER.pack(*self)


def pointer_to(codec: int, file: int, offset: int, data: bytes) -> Pointer:
    return Pointer(codec, file, offset, len(data), checksum_of(data))


def checksum_of(data: bytes) -> bytes:
    return blake2b(data, digest_size=CHECKSUM_BYTES).digest()


def columns_of(
    connection: Connection, run: int, chunks: Iterable[tuple[int, bytes]]
) -> Iterator[Columns]:
    """The points of chunks of one run, given as (codec, data), wherever their bytes lie.

    Raises `DataLoss` where a file is missing or damaged, `TemporarilyUnavailable` where it cannot
    be reached now, `DeadlineExceeded` past the connection's deadline.
    """
    run_id = ""
    for codec, data in chunks:
        if codec != ARCHIVED:
            yield series.unpack(codec, data)
            continue
        if time.monotonic() > connection.deadline:
            raise DeadlineExceeded(
                "The search took too long and was stopped: it reads points of archived runs. Ask"
                " for fewer runs at once."
            )
        if not run_id:
            run_id = connection.execute(ARCHIVE.RUN_ID_SELECT, (run,)).fetchone()[0]
        pointer = Pointer(*POINTER.unpack(data))
        yield series.unpack(pointer.codec, connection.archive.read(run_id, pointer))


class Archive:
    """Reads ranges of archived runs' files; safe to use from many threads."""

    def __init__(self, files: ArchiveFiles | None = None) -> None:
        """Without `files` archived chunks are refused, with the reason."""
        self._files = files
        self._blocks: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._rests_until = 0.0

    def read(self, run_id: str, pointer: Pointer) -> bytes:
        """The data of an archived chunk, as they were."""
        if self._files is None:
            raise InvalidState(
                f"The points of run {run_id} are archived in the artifact store, and where that is"
                " was not said. Name it as the server does, with --artifacts-destination (for a"
                " source of imports, --source-artifacts)."
            )
        # A second time from the file itself: a kept block may be of a run of this id before.
        for is_kept_enough in (True, False):
            data = self._range(self._files, run_id, pointer, is_kept_enough)
            if checksum_of(data) == pointer.checksum:
                return data
        self._forget(run_id, pointer)
        raise DataLoss(
            f"The points of run {run_id} are archived in {name_of(self._files, run_id, pointer)},"
            " which is damaged. Put it back from a backup of the artifact store."
        )

    def _range(
        self, files: ArchiveFiles, run_id: str, pointer: Pointer, is_kept_enough: bool
    ) -> bytes:
        first = pointer.offset // BLOCK_BYTES
        wanted = range(first, (pointer.offset + pointer.length - 1) // BLOCK_BYTES + 1)
        found = self._kept(run_id, pointer.file, wanted) if is_kept_enough else None
        if found is None:
            found = self._ask(files, run_id, pointer, wanted)
            self._keep(run_id, pointer.file, first, found)
        start = pointer.offset - first * BLOCK_BYTES
        return found[start : start + pointer.length]

    def _kept(self, run_id: str, file: int, wanted: range) -> bytes | None:
        with self._lock:
            keys = [(run_id, file, number) for number in wanted]
            if not all(key in self._blocks for key in keys):
                return None
            for key in keys:
                self._blocks.move_to_end(key)
            return b"".join(self._blocks[key] for key in keys)

    def _keep(self, run_id: str, file: int, first: int, found: bytes) -> None:
        with self._lock:
            for at in range(0, len(found), BLOCK_BYTES):
                key = (run_id, file, first + at // BLOCK_BYTES)
                self._blocks[key] = found[at : at + BLOCK_BYTES]
                self._blocks.move_to_end(key)
            while len(self._blocks) > BLOCKS_KEPT:
                self._blocks.popitem(last=False)

    def _forget(self, run_id: str, pointer: Pointer) -> None:
        with self._lock:
            for key in [one for one in self._blocks if one[:2] == (run_id, pointer.file)]:
                del self._blocks[key]

    def _ask(self, files: ArchiveFiles, run_id: str, pointer: Pointer, wanted: range) -> bytes:
        now = time.monotonic()
        with self._lock:
            if now < self._rests_until:
                raise TemporarilyUnavailable(
                    f"The points of run {run_id} are archived in {files.uri}, which cannot be"
                    " reached now. Runs that are not archived are not concerned. Try again.",
                    retry_after_s=int(REST_S),
                )
            if self._rests_until:
                self._rests_until = now + TRIAL_S
        rests_until = 0.0
        try:
            return files.read(
                run_id, pointer.file, wanted.start * BLOCK_BYTES, wanted.stop * BLOCK_BYTES
            )
        except ResourceDoesNotExist as error:
            raise DataLoss(
                f"The points of run {run_id} are archived in"
                f" {name_of(files, run_id, pointer)}, which is not there. Name the artifact store"
                " that was archived to (--artifacts-destination), or put the file back from a"
                " backup of it."
            ) from error
        except TemporarilyUnavailable as error:
            rests_until = time.monotonic() + REST_S
            raise TemporarilyUnavailable(
                f"The points of run {run_id} are archived. {error.message}",
                retry_after_s=int(REST_S),
            ) from error
        finally:
            self._rests_until = rests_until


def name_of(files: ArchiveFiles, run_id: str, pointer: Pointer) -> str:
    return f"{files.uri}/{run_id}/{pointer.file}"
