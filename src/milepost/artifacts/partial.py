"""Resumable uploads: a file that arrives in pieces, over hours and restarts, waits here.

One folder of this machine holds `<id>.part`, the bytes up to now, and `<id>.json`, what they are to
become. The file's size is the offset to go on from; its BLAKE3 is claimed at the start and checked
at the end, so that nothing between can go unnoticed.
"""

from __future__ import annotations

import fcntl
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import msgspec

from milepost.artifacts.checksums import Checksums
from milepost.artifacts.local import write_all
from milepost.errors import (
    InvalidParameterValue,
    ResourceDoesNotExist,
    TemporarilyUnavailable,
    TooManyRequests,
)

UPLOADS_MAX = 1_000
EXPIRES_S = 7 * 24 * 3_600
ID_PATTERN = re.compile(r"[0-9a-f]{32}")


class Partial(msgspec.Struct, frozen=True):
    """What an unfinished upload is to become: `path` in the repository, `size` in bytes."""

    repository: str
    path: str
    size: int
    claimed: Checksums


class PartialUploads:
    """The unfinished uploads in one folder. All methods block; call them on a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, partial: Partial) -> str:
        """Begin an upload and return its id; old ones that nobody went on with are dropped."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self._count_after_expiry() >= UPLOADS_MAX:
            raise TooManyRequests(
                f"{UPLOADS_MAX} uploads are unfinished already. Complete or abort some, or wait:"
                " one that rests for a week is dropped."
            )
        upload_id = uuid4().hex
        self.file(upload_id).touch(mode=0o644, exist_ok=False)
        described = self._folder / f"{upload_id}.json"
        described.write_bytes(msgspec.json.encode(partial))
        return upload_id

    def _count_after_expiry(self) -> int:
        count = 0
        oldest = time.time() - EXPIRES_S
        for file in self._folder.glob("*.part"):
            with suppress(FileNotFoundError):
                if file.stat().st_mtime < oldest:
                    self.remove(file.stem)
                else:
                    count += 1
        return count

    def file(self, upload_id: str) -> Path:
        """Where the bytes are. Raises `InvalidParameterValue` for what is no id of ours."""
        if ID_PATTERN.fullmatch(upload_id) is None:
            raise InvalidParameterValue(f"Invalid upload_id: {upload_id[:100]!r}")
        return self._folder / f"{upload_id}.part"

    def get(self, upload_id: str) -> tuple[Partial, int]:
        """What it is to become, and the offset to go on from. Raises `ResourceDoesNotExist`."""
        file = self.file(upload_id)
        try:
            text = (self._folder / f"{upload_id}.json").read_bytes()
            return msgspec.json.decode(text, type=Partial), file.stat().st_size
        except (FileNotFoundError, msgspec.DecodeError):
            raise unknown(upload_id) from None

    @contextmanager
    def writing(self, upload_id: str, offset: int) -> Iterator[int]:
        """The open file, for this caller alone, to write from `offset` on.

        Raises `InvalidParameterValue` when that is not where it ends.
        """
        try:
            opened = os.open(self.file(upload_id), os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            raise unknown(upload_id) from None
        try:
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise TemporarilyUnavailable(
                    "Another request is writing to this upload. Ask for its offset again."
                ) from None
            size = os.fstat(opened).st_size
            if size != offset:
                raise InvalidParameterValue(
                    f"The upload goes on at offset {size}, not at {offset}."
                )
            yield opened
        finally:
            os.close(opened)

    def remove(self, upload_id: str) -> None:
        self.file(upload_id).unlink(missing_ok=True)
        (self._folder / f"{upload_id}.json").unlink(missing_ok=True)


def write_part(opened: int, parts: Sequence[bytes], offset: int, is_last: bool) -> int:
    """Write parts; returns the offset behind them, durable when they are the request's last."""
    offset = write_all(opened, parts, offset)
    if is_last:
        os.fsync(opened)
    return offset


def unknown(upload_id: str) -> ResourceDoesNotExist:
    return ResourceDoesNotExist(f"No unfinished upload with id={upload_id}")
