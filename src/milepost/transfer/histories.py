"""A source's history of one metric, brought into history order in bounded memory.

Points come as they were logged. What is more than one part goes through a temporary file and is
read back part by part in the order of their earliest times, as the store does with its chunks: a
point is final once every part that could hold an earlier one has been read. So memory holds the
parts that overlap in time, and only a history that is out of order from end to end is held whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, NamedTuple

from milepost.store import series
from milepost.store.series import Columns

POINT_BYTES = 24


class Part(NamedTuple):
    """A merged part in the file."""

    timestamp_min: int
    place: int
    points: int


class HistoryOrder:
    """Takes parts, then gives all of their distinct points in history order, in pieces."""

    def __init__(self) -> None:
        self._first: Columns | None = None
        self._parts: list[Part] = []
        self._file: IO[bytes] | None = None

    def add(self, columns: Columns) -> None:
        """Columns that are not empty."""
        merged = series.merge([columns])
        if self._first is None and self._file is None:
            self._first = merged
            return
        if self._first is not None:
            self._write(self._first)
            self._first = None
        self._write(merged)

    def _write(self, columns: Columns) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  it is closed with the last piece
        place = self._file.tell()
        self._parts.append(Part(int(columns.timestamps[0]), place, len(columns.steps)))
        for column in columns:
            self._file.write(column.tobytes())

    def pieces(self) -> Iterator[Columns]:
        """To be asked once, after the last part."""
        if self._first is not None:
            yield self._first
        if self._file is None:
            return
        with self._file as file:
            self._parts.sort()
            held: list[Columns] = []
            for index, part in enumerate(self._parts):
                held.append(read_part(file, part))
                if index + 1 == len(self._parts):
                    yield series.merge(held)
                    return
                until = self._parts[index + 1].timestamp_min
                if all(until <= one.timestamps[0] for one in held):
                    continue  # nothing of this is final
                merged = series.merge(held)
                final = series.count_before(merged, until)
                yield series.select(merged, slice(0, final))
                rest = series.select(merged, slice(final, None))
                held = [rest] if len(rest.steps) else []


def read_part(file: IO[bytes], part: Part) -> Columns:
    import numpy as np

    file.seek(part.place)
    data = file.read(part.points * POINT_BYTES)
    steps, timestamps = (
        np.frombuffer(data, np.int64, part.points, i * 8 * part.points) for i in (0, 1)
    )
    return Columns(
        steps, timestamps, np.frombuffer(data, np.float64, part.points, 16 * part.points)
    )
