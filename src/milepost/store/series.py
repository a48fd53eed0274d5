"""The series engine: what Milepost knows about one metric key of one run, as pure functions.

A series is a bag of points (step, timestamp, value). It is kept twice: as a `SeriesHead`, the
aggregates that searching and tables read, updated on every write in plain Python; and as chunks,
append-only blobs of columns. A commit appends one small raw chunk; many small chunks are later
merged, sorted, stripped of exact duplicates and sealed into one compressed chunk.

The rules (design, section 4; contract/limits.json, "metrics"):

- Latest is the greatest (step, timestamp, value). History order is timestamp, step, value.
- In both orders a NaN ranks as 0; as latest it gives way only to something strictly greater.
- Two points with equal step, timestamp and value are one point; NaN equals NaN, -0.0 is not 0.0.
- min, max, sum and mean leave NaN out; first and last may be NaN; count counts every point;
  ±Inf take part by IEEE rules.
- A point beyond the greatest step or beyond the greatest timestamp is provably new. Any other may
  be a duplicate, so it marks the head `is_exact = False`: count and sum are then upper bounds
  until they are counted again from the chunks.

No I/O here, and no numpy at import: the write path must not pay for it.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from itertools import islice
from operator import lt
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Int64s = NDArray[numpy.int64]
    Float64s = NDArray[numpy.float64]

NAN = float("nan")

# A series is sealed when it has gathered this many raw chunks, or this many points in them.
SEAL_CHUNKS = 128
SEAL_POINTS = 8_192
# Sealed chunks of one size class are merged when there are this many, up to CHUNK_POINTS_MAX.
MERGE_CHUNKS = 8
CHUNK_POINTS_MAX = 65_536

RAW, PCO = 0, 1
# Level 4 of pcodec's 0..12 costs a quarter of level 8 here and gives 1 % away.
PCO_LEVEL = 4
PCO_HEADER = struct.Struct("<II")


class Points:
    """Points of one key as they were logged: equal-length, non-empty lists, timestamps in ms.

    `steps` is None for points of the 0.x wire, which has none: the writer then numbers them on
    from what the series holds. The bounds are measured once and used by every check after.
    """

    __slots__ = (
        "is_ascending",
        "step_max",
        "step_min",
        "steps",
        "timestamp_max",
        "timestamp_min",
        "timestamps",
        "values",
    )

    def __init__(self, steps: list[int] | None, timestamps: list[int], values: list[float]) -> None:
        self.steps = steps
        self.timestamps = timestamps
        self.values = values
        if len(values) == 1:
            self.timestamp_min = self.timestamp_max = timestamps[0]
        else:
            self.timestamp_min, self.timestamp_max = min(timestamps), max(timestamps)
        if steps is not None:
            self._measure_steps(steps)

    def number_from(self, start: int) -> list[int]:
        """The steps; points without any are numbered from `start`."""
        if self.steps is None:
            self.steps = list(range(start, start + len(self.values)))
            self._measure_steps(self.steps)
        return self.steps

    def _measure_steps(self, steps: list[int]) -> None:
        self.is_ascending = len(steps) == 1 or all(map(lt, steps, islice(steps, 1, None)))
        if self.is_ascending:
            self.step_min, self.step_max = steps[0], steps[-1]
        else:
            self.step_min, self.step_max = min(steps), max(steps)


class SeriesHead:
    """The aggregates of one series, and how much of it is not sealed yet."""

    __slots__ = (
        "count",
        "first_step",
        "first_timestamp",
        "first_value",
        "is_exact",
        "last_step",
        "last_timestamp",
        "last_value",
        "max_step",
        "max_value",
        "min_step",
        "min_value",
        "nan_count",
        "raw_chunks",
        "raw_points",
        "timestamp_max",
        "total",
    )

    def __init__(self) -> None:
        self.count = 0
        self.nan_count = 0
        self.total = 0.0
        self.last_value = NAN
        self.last_step = 0
        self.last_timestamp = 0
        self.first_value = NAN
        self.first_step = 0
        self.first_timestamp = 0
        # None until there is a value that is not NaN.
        self.min_value: float | None = None
        self.min_step: int | None = None
        self.max_value: float | None = None
        self.max_step: int | None = None
        self.timestamp_max = 0
        self.is_exact = True
        self.raw_chunks = 0
        self.raw_points = 0

    def absorb(self, points: Points) -> bool:
        """Take `points` into the aggregates; False if they are known and need no storing."""
        timestamps, values = points.timestamps, points.values
        steps = points.number_from(self.count)
        if len(values) == 1:
            return self._absorb_one(steps[0], timestamps[0], values[0])
        if points.is_ascending:
            first, last = 0, len(steps) - 1
        else:
            first, last = ends(steps, timestamps, values)
        self._judge_newness(points)
        self._offer_first(steps[first], timestamps[first], values[first])
        self._offer_last(steps[last], timestamps[last], values[last])
        if points.timestamp_max > self.timestamp_max:
            self.timestamp_max = points.timestamp_max
        self._offer_extremes(steps, values, points.is_ascending)
        self.count += len(values)
        return True

    def _absorb_one(self, step: int, timestamp: int, value: float) -> bool:
        if self.count and step <= self.last_step and timestamp <= self.timestamp_max:
            same_place = step == self.last_step and timestamp == self.last_timestamp
            if same_place and identity(value) == identity(self.last_value):
                return False
            self.is_exact = False
        self._offer_first(step, timestamp, value)
        self._offer_last(step, timestamp, value)
        if timestamp > self.timestamp_max:
            self.timestamp_max = timestamp
        if value == value:
            self.total += value
            self._offer_min(value, step)
            self._offer_max(value, step)
        else:
            self.nan_count += 1
        self.count += 1
        return True

    def _judge_newness(self, points: Points) -> None:
        """Mark the head inexact unless every point is provably new."""
        beyond = (
            not self.count
            or points.step_min > self.last_step
            or points.timestamp_min > self.timestamp_max
        )
        if beyond and points.is_ascending:
            return
        places = set(zip(points.number_from(0), points.timestamps, strict=True))
        if not beyond or len(places) != len(points.values):
            self.is_exact = False

    def _offer_first(self, step: int, timestamp: int, value: float) -> None:
        if self.count and (step, timestamp, rank(value)) >= (
            self.first_step,
            self.first_timestamp,
            rank(self.first_value),
        ):
            return
        self.first_step, self.first_timestamp, self.first_value = step, timestamp, value

    def _offer_last(self, step: int, timestamp: int, value: float) -> None:
        if self.count and step <= self.last_step:
            if step < self.last_step or timestamp < self.last_timestamp:
                return
            if timestamp == self.last_timestamp and rank(value) <= rank(self.last_value):
                return
        self.last_step, self.last_timestamp, self.last_value = step, timestamp, value

    def _offer_extremes(self, steps: list[int], values: list[float], ascending: bool) -> None:
        total = sum(values)
        if total != total:  # a NaN among them, or +Inf beside -Inf
            pairs = [(s, v) for s, v in zip(steps, values, strict=True) if v == v]
            self.nan_count += len(values) - len(pairs)
            if not pairs:
                return
            steps, values = [s for s, _ in pairs], [v for _, v in pairs]
            total = sum(values)
        self.total += total
        for extreme, offer in ((min(values), self._offer_min), (max(values), self._offer_max)):
            if ascending:
                step = steps[values.index(extreme)]
            else:
                step = min(s for s, v in zip(steps, values, strict=True) if v == extreme)
            offer(extreme, step)

    def _offer_min(self, value: float, step: int) -> None:
        best = self.min_value
        if best is None or value < best or (value == best and step < self.min_step):  # type: ignore[operator]
            self.min_value, self.min_step = value, step

    def _offer_max(self, value: float, step: int) -> None:
        best = self.max_value
        if best is None or value > best or (value == best and step < self.max_step):  # type: ignore[operator]
            self.max_value, self.max_step = value, step

    def wants_sealing(self) -> bool:
        return self.raw_chunks >= SEAL_CHUNKS or self.raw_points >= SEAL_POINTS


def rank(value: float) -> float:
    """The value's place in "latest" and in history: NaN ranks as 0."""
    return value if value == value else 0.0


def identity(value: float) -> bytes:
    """Equal for values that are the same value: NaN is NaN, -0.0 is not 0.0."""
    return struct.pack("<d", value)


def ends(steps: list[int], timestamps: list[int], values: list[float]) -> tuple[int, int]:
    """Indices of the first and of the latest point; of equals the one logged first."""
    places = list(zip(steps, timestamps, map(rank, values), strict=True))
    return places.index(min(places)), places.index(max(places))


# --- chunks ------------------------------------------------------------------------------------


class Columns(NamedTuple):
    """Points as numpy columns of equal length."""

    steps: Int64s
    timestamps: Int64s
    values: Float64s


def pack_raw(steps: Sequence[int], timestamps: Sequence[int], values: Sequence[float]) -> bytes:
    """A raw chunk: all steps, all timestamps, all values, little-endian."""
    n = len(steps)
    return struct.pack(f"<{n}q{n}q{n}d", *steps, *timestamps, *values)


def seal(columns: Columns) -> tuple[int, bytes]:
    """The smaller of both codecs for `columns`, as (codec, data)."""
    from pcodec import ChunkConfig, standalone

    config = ChunkConfig(compression_level=PCO_LEVEL)
    steps, timestamps, values = (standalone.simple_compress(c, config) for c in columns)
    packed = PCO_HEADER.pack(len(steps), len(timestamps)) + steps + timestamps + values
    raw_bytes = 24 * len(columns.steps)
    if len(packed) < raw_bytes:
        return PCO, packed
    return RAW, b"".join(
        column.astype(column.dtype.newbyteorder("<")).tobytes() for column in columns
    )


def unpack(codec: int, data: bytes) -> Columns:
    """The columns of one chunk."""
    import numpy as np

    if codec == RAW:
        n = len(data) // 24
        return Columns(
            np.frombuffer(data, "<i8", n),
            np.frombuffer(data, "<i8", n, 8 * n),
            np.frombuffer(data, "<f8", n, 16 * n),
        )
    from pcodec import standalone

    steps_end, timestamps_bytes = PCO_HEADER.unpack_from(data)
    steps_end += PCO_HEADER.size
    timestamps_end = steps_end + timestamps_bytes
    return Columns(
        standalone.simple_decompress(data[PCO_HEADER.size : steps_end]),
        standalone.simple_decompress(data[steps_end:timestamps_end]),
        standalone.simple_decompress(data[timestamps_end:]),
    )


def merge(parts: Sequence[Columns]) -> Columns:
    """All points of `parts` in history order, exact duplicates once."""
    import numpy as np

    if len(parts) == 1:
        columns = parts[0]
    else:
        columns = Columns(*(np.concatenate([part[i] for part in parts]) for i in range(3)))
    steps, timestamps, values = columns
    same_time = timestamps[1:] == timestamps[:-1]
    later = timestamps[1:] > timestamps[:-1]
    if bool((later | (same_time & (steps[1:] > steps[:-1]))).all()):
        return columns  # in order and, by (timestamp, step) alone, without duplicates
    order = np.lexsort(
        (tie_break(values), np.where(np.isnan(values), 0.0, values), steps, timestamps)
    )
    steps, timestamps, values = steps[order], timestamps[order], values[order]
    bits = values.view(np.int64)
    repeated = (
        (timestamps[1:] == timestamps[:-1]) & (steps[1:] == steps[:-1]) & (bits[1:] == bits[:-1])
    )
    if not repeated.any():
        return Columns(steps, timestamps, values)
    keep = np.concatenate(([True], ~repeated))
    return Columns(steps[keep], timestamps[keep], values[keep])


def tie_break(values: Float64s) -> Any:
    """Orders what ranks alike: -0.0, then 0.0, then NaN."""
    import numpy as np

    return np.where(np.isnan(values), 2, np.where(np.signbit(values), 0, 1))


def select(columns: Columns, index: Any) -> Columns:
    """`columns` at a numpy index, slice or mask."""
    return Columns(columns.steps[index], columns.timestamps[index], columns.values[index])


class Totals(NamedTuple):
    """What duplicates would falsify: how many points, how many of them NaN, and their sum."""

    points: int
    nans: int
    total: float


def totals(columns: Columns) -> Totals:
    """The exact totals of merged columns."""
    import numpy as np

    with np.errstate(invalid="ignore", over="ignore"):
        total = float(np.nansum(columns.values))
    return Totals(len(columns.steps), int(np.isnan(columns.values).sum()), total)


def plan_merge(counts: Sequence[int]) -> int:
    """How many of the newest sealed chunks (sizes in order of age) to merge into one; 0 for none.

    Size classes are powers of eight; a merge needs MERGE_CHUNKS of one class or smaller, so that
    a point is compressed a handful of times over the life of a long series.
    """
    if len(counts) < MERGE_CHUNKS:
        return 0
    newest = counts[-MERGE_CHUNKS:]
    if sum(newest) > CHUNK_POINTS_MAX:
        return 0
    return MERGE_CHUNKS if max(map(size_class, newest)) == size_class(newest[-1]) else 0


def size_class(count: int) -> int:
    return int(math.log(max(count, 1), MERGE_CHUNKS) + 1e-9)


# --- history pages -----------------------------------------------------------------------------


class HistoryCursor(NamedTuple):
    """The last point of a page; the next page begins after it."""

    timestamp: int
    step: int
    value: float


def points_after(columns: Columns, cursor: HistoryCursor) -> Columns:
    """The points of merged `columns` that stand after `cursor` in history order."""
    import numpy as np

    start = int(np.searchsorted(columns.timestamps, cursor.timestamp, side="left"))
    end = int(np.searchsorted(columns.timestamps, cursor.timestamp, side="right"))
    steps, _, values = select(columns, slice(start, end))
    ranks, ties = np.where(np.isnan(values), 0.0, values), tie_break(values)
    bound = rank(cursor.value)
    later = (steps > cursor.step) | (
        (steps == cursor.step)
        & ((ranks > bound) | ((ranks == bound) & (ties > tie_of(cursor.value))))
    )
    return select(columns, slice(start + int(np.count_nonzero(~later)), None))


def count_before(columns: Columns, timestamp: int) -> int:
    """How many points of merged `columns` are earlier than `timestamp`."""
    import numpy as np

    return int(np.searchsorted(columns.timestamps, timestamp, side="left"))


def cursor_at(columns: Columns, index: int) -> HistoryCursor:
    return HistoryCursor(
        int(columns.timestamps[index]), int(columns.steps[index]), float(columns.values[index])
    )


def within_steps(columns: Columns, low: int, high: int) -> Columns:
    """The points with a step in [low, high]."""
    steps = columns.steps
    if not len(steps) or (steps.min() >= low and steps.max() <= high):
        return columns
    return select(columns, (steps >= low) & (steps <= high))


def in_step_order(columns: Columns) -> Columns:
    """Merged columns by step, then timestamp, then value: the order of sampled histories."""
    import numpy as np

    if bool((columns.steps[1:] >= columns.steps[:-1]).all()):
        return columns
    return select(columns, np.argsort(columns.steps, kind="stable"))


def sample(columns: Columns, limit: int) -> Columns:
    """At most `limit` points: the heads of `limit` even buckets, the last point for the last one.

    Buckets differ in size by one at most, larger ones first (seen on the official server, as
    contract/exchanges records it).
    """
    import numpy as np

    n = len(columns.steps)
    if n <= limit:
        return columns
    size, larger = divmod(n, limit)
    heads = np.arange(limit)
    heads = heads * size + np.minimum(heads, larger)
    heads[-1] = n - 1
    return select(columns, heads)


def tie_of(value: float) -> int:
    if value != value:
        return 2
    return 0 if math.copysign(1.0, value) < 0 else 1
