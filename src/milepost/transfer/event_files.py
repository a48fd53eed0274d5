"""Event files of TensorBoard as records: framing, checksums, what a torn end looks like.

A record is its length (8 bytes), a checksum of that, the bytes, and a checksum of those. Nothing
here knows what the bytes mean.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from milepost.transfer.records import SourceUnusable

HEADER = struct.Struct("<QI")
CHECKSUM = struct.Struct("<I")
RECORD_BYTES_MAX = 512 * 2**20
POLYNOMIAL = 0x82F63B78  # Castagnoli, reflected
MASK_DELTA = 0xA282EAD8


def _table() -> tuple[int, ...]:
    out = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (POLYNOMIAL if byte & 1 else 0)
        out.append(byte)
    return tuple(out)


TABLE = _table()


def masked_crc(data: bytes) -> int:
    """CRC-32C, turned and shifted, so that a checksum of checksums is not a fixed point."""
    crc, table = 0xFFFFFFFF, TABLE
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + MASK_DELTA) & 0xFFFFFFFF


def framed(data: bytes) -> bytes:
    """One record as it stands in a file."""
    length = struct.pack("<Q", len(data))
    return b"".join(
        (length, CHECKSUM.pack(masked_crc(length)), data, CHECKSUM.pack(masked_crc(data)))
    )


class Record(NamedTuple):
    """A record's bytes and where they begin in the file."""

    offset: int
    data: bytes


class Torn(NamedTuple):
    """The file ends within a record that begins here: its writer was cut off, or still writes."""

    offset: int


def records_of(path: Path) -> Iterator[Record | Torn]:
    """The records of a file in order; `Torn` last where its end is missing.

    Raises `SourceUnusable` for a checksum that is wrong anywhere but at the end.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            yield from _records(file, size, path)
    except OSError as error:
        raise SourceUnusable(f"{path} cannot be read: {error.strerror}.") from error


def _records(file: BinaryIO, size: int, path: Path) -> Iterator[Record | Torn]:
    at = 0
    while at < size:
        header = file.read(HEADER.size)
        if len(header) < HEADER.size:
            yield Torn(at)
            return
        length, checksum = HEADER.unpack(header)
        if masked_crc(header[:8]) != checksum:
            if _is_zeros(file, header):  # room that a file system gave and nobody filled
                yield Torn(at)
                return
            raise corrupt(path, at)
        begin = at + HEADER.size
        end = begin + length + CHECKSUM.size
        if end > size:
            yield Torn(at)
            return
        if length > RECORD_BYTES_MAX:
            raise SourceUnusable(
                f"{path} holds a record of {length:,} bytes at byte {at:,}; {RECORD_BYTES_MAX:,}"
                " is the most that is read. Move the file elsewhere to import the others."
            )
        data = file.read(length)
        if CHECKSUM.pack(masked_crc(data)) != file.read(CHECKSUM.size):
            if end == size:
                yield Torn(at)
                return
            raise corrupt(path, at)
        yield Record(begin, data)
        at = end


def record_at(path: Path, offset: int) -> bytes:
    """The bytes of a record that `records_of` found there."""
    try:
        with path.open("rb") as file:
            file.seek(offset - HEADER.size)
            length, _ = HEADER.unpack(file.read(HEADER.size))
            data = file.read(min(length, RECORD_BYTES_MAX))
            if CHECKSUM.pack(masked_crc(data)) != file.read(CHECKSUM.size):
                raise corrupt(path, offset - HEADER.size)
            return data
    except (OSError, struct.error) as error:
        raise SourceUnusable(f"{path} has changed meanwhile. Import it again.") from error


def _is_zeros(file: BinaryIO, head: bytes) -> bool:
    piece = head
    while piece:
        if any(piece):
            return False
        piece = file.read(2**20)
    return True


def corrupt(path: Path, at: int) -> SourceUnusable:
    return SourceUnusable(
        f"{path} is damaged at byte {at:,}: the checksum of the record there is wrong, and more"
        " follows. Take the file from a copy, or move it elsewhere to import the others."
    )
