"""What a Parquet file of points says about itself, checked before anything of it is decoded.

The library that decodes would unpack whatever a page holds. So the footer and each page's header
are read here first (Thrift's compact protocol, read-only), and within a page the headers of its
Zstandard blocks, each of which yields at most 128 KiB: what a page can grow to is known from them,
however little it takes in the file. Nothing is unpacked here.
"""

from __future__ import annotations

import struct
from typing import IO, Any

from milepost.transfer.records import SourceUnusable

MAGIC = b"PAR1"
FOOTER_BYTES_MAX = 2**24
HEADER_BYTES_MAX = 2**14
DEPTH_MAX = 16
# Writers cut pages at 1 MiB, or behind the value that passes it.
PAGE_BYTES_MAX = 2**24
# What the keys of one batch may take.
BATCH_BYTES_MAX = 2**26
INT64, DOUBLE, BYTE_ARRAY = 2, 5, 6
TYPES = {"key": BYTE_ARRAY, "step": INT64, "timestamp": INT64, "value": DOUBLE}
PLAIN, ZSTD = 0, 6
ZSTD_MAGIC = 0xFD2FB528
ZSTD_BLOCK_BYTES_MAX = 2**17


def check(file: IO[bytes], name: str, points: int, batch_max: int) -> int:
    """How many rows may be decoded at once. Raises `SourceUnusable`, naming the file.

    A key is no longer than the page or dictionary that it stands in, so a batch takes no more than
    its rows times the largest of these.
    """
    try:
        rows, largest = Reader(file).rows_and_largest_key_page()
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, struct.error) as error:
        raise SourceUnusable(
            f"{name} is no Parquet file of points: its description cannot be read"
            f" ({type(error).__name__}). Export it anew."
        ) from error
    except Beyond as error:
        raise SourceUnusable(
            f"{name} cannot be imported: {error} `milepost export` does not write such files;"
            " export it anew."
        ) from error
    finally:
        file.seek(0)
    if rows != points:
        raise SourceUnusable(f"{name} has not the {points:,} points that the bundle promises.")
    return max(1, min(batch_max, BATCH_BYTES_MAX // max(largest, 1)))


class Beyond(Exception):
    """A bound is passed; the text says which."""


class Reader:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._size = file.seek(0, 2)

    def rows_and_largest_key_page(self) -> tuple[int, int]:
        rows = largest = 0
        for group in self._footer()[4]:
            rows += group[3]
            columns = [chunk[3] for chunk in group[1]]
            kinds = [(b".".join(one[3]).decode(), one[1]) for one in columns]
            if kinds != list(TYPES.items()):
                raise Beyond(f"it has other columns than {', '.join(TYPES)}.")
            for (column, _), chunk in zip(kinds, columns, strict=True):
                page = self._check_pages(column, chunk)
                if column == "key":
                    largest = max(largest, page)
        return rows, largest

    def _footer(self) -> dict[int, Any]:
        tail = self._read(self._size - 8, 8)
        length = int.from_bytes(tail[:4], "little")
        if tail[4:] != MAGIC or length > self._size - 12:
            raise ValueError
        if length > FOOTER_BYTES_MAX:
            raise Beyond(f"its footer has {length:,} bytes, more than {FOOTER_BYTES_MAX:,}.")
        return Thrift(self._read(self._size - 8 - length, length)).struct()

    def _check_pages(self, column: str, chunk: dict[int, Any]) -> int:
        """The size that the largest page of a column chunk has, unpacked, by its own word: the
        library refuses a page that has another.
        """
        if chunk[4] not in (PLAIN, ZSTD):
            raise Beyond("it is not packed with Zstandard.")
        place = chunk.get(11) or chunk[9]
        end = place + chunk[7]
        largest = 0
        while place < end:
            header = Thrift(self._read(place, min(HEADER_BYTES_MAX, end - place)))
            page = header.struct()
            unpacked, packed = page[2], page[3]
            place += header.place
            if packed < 0 or place + packed > end:
                raise ValueError
            most = max(unpacked, packed)
            if chunk[4] == ZSTD and packed <= PAGE_BYTES_MAX:
                most = max(most, unpacked_max(self._read(place, packed)))
            if most > PAGE_BYTES_MAX:
                raise Beyond(
                    f"a page of {column} may unpack to {most:,} bytes, more than"
                    f" {PAGE_BYTES_MAX:,}."
                )
            largest = max(largest, unpacked)
            place += packed
        return largest

    def _read(self, place: int, size: int) -> bytes:
        if place < 0 or place > self._size:
            raise ValueError
        self._file.seek(place)
        return self._file.read(size)


def unpacked_max(data: bytes) -> int:
    """The most that Zstandard frames can unpack to, by the headers of their blocks."""
    place, total = 0, 0
    while place < len(data):
        magic, descriptor = struct.unpack_from("<IB", data, place)
        if magic != ZSTD_MAGIC:
            raise ValueError
        is_single = descriptor >> 5 & 1
        content_size = (is_single, 2, 4, 8)[descriptor >> 6]
        place += 5 + (1 - is_single) + (0, 1, 2, 4)[descriptor & 3] + content_size
        is_last = 0
        while not is_last:
            block = int.from_bytes(data[place : place + 3], "little")
            is_last, kind, size = block & 1, block >> 1 & 3, block >> 3
            place += 3 + (1 if kind == 1 else size)
            if place > len(data):
                raise ValueError
            # A raw block and a repeated byte say their size, a packed one has at most the maximum.
            total += ZSTD_BLOCK_BYTES_MAX if kind == 2 else size
        place += 4 * (descriptor >> 2 & 1)
    return total


class Thrift:
    """Values of the compact protocol: structures are dictionaries by field number."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def _byte(self) -> int:
        value = self._data[self.place]
        self.place += 1
        return value

    def _varint(self) -> int:
        value = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
        raise ValueError

    def _number(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)

    def _bytes(self, size: int) -> bytes:
        value = self._data[self.place : self.place + size]
        if len(value) != size:
            raise IndexError
        self.place += size
        return value

    def struct(self, depth: int = 0) -> dict[int, Any]:
        fields: dict[int, Any] = {}
        number = 0
        while header := self._byte():
            number = number + (header >> 4) if header >> 4 else self._number()
            kind = header & 15
            fields[number] = kind == 1 if kind in (1, 2) else self._value(kind, depth + 1)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if depth > DEPTH_MAX:
            raise ValueError
        if kind in (1, 2, 3):  # in a list a truth value takes a byte, too
            return self._byte()
        if kind in (4, 5, 6):
            return self._number()
        if kind == 7:
            return self._bytes(8)
        if kind == 8:
            return self._bytes(self._varint())
        if kind in (9, 10):
            header = self._byte()
            size = header >> 4 if header >> 4 != 15 else self._varint()
            return [self._value(header & 15, depth + 1) for _ in range(size)]
        if kind == 12:
            return self.struct(depth + 1)
        raise ValueError  # there are no maps in Parquet's structures
