"""Charts of long series: points thinned to buckets that keep every extreme, as pure functions.

A chart has so many pixels. Of each bucket of the x axis come its least, its greatest and its last
point, as they were logged, so that no spike is lost and every dot drawn is a real one. Points that
are not finite take no part in that; of each bucket the first of each kind comes beside the rest.

A sealed chunk has summaries: of each block of FINE or COARSE points the same three. A read of
millions of points decodes only the chunks at its edges. A block belongs to one bucket, that of its
first point: edges of buckets move by less than a block then, extremes stay exact.

No I/O here, and no numpy at import.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from milepost.store.series import Columns, select

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

FINE, COARSE = 128, 1_024
# Shorter chunks are decoded faster than their summary is read.
SUMMARIZED_POINTS_MIN = 4_096
# A bucket takes at least so many blocks, so that its edges move by less than its width.
BLOCKS_A_BUCKET = 1

FIELDS = (
    "n", "first_step", "first_timestamp",
    "min_step", "min_timestamp", "max_step", "max_timestamp", "last_step", "last_timestamp",
)  # fmt: skip
VALUES = ("min_value", "max_value", "last_value")


class Window(NamedTuple):
    """A range of the x axis, ends included, and into how many buckets it is cut.

    `axis` is "step" or "timestamp"; None as an end: where the series begins or ends.
    """

    axis: str
    low: float | None
    high: float | None
    buckets: int


class Thinned(NamedTuple):
    """Points in the order of x; `total` is how many they stand for."""

    columns: Columns
    total: int
    is_sampled: bool


class Marked(NamedTuple):
    """Points, and for each the x that says which bucket takes it and how many it stands for."""

    columns: Columns
    x: NDArray[numpy.int64]
    total: int


def block_type() -> Any:
    import numpy as np

    return np.dtype([(name, "<i8") for name in FIELDS] + [(name, "<f8") for name in VALUES])


def summarize(columns: Columns, size: int) -> bytes | None:
    """The blocks of a sealed chunk; None where they would not say enough.

    That is when steps or timestamps run backwards (a block would then have no range), when a
    value is not finite (it would hide the extremes), or when the chunk is short.
    """
    import numpy as np

    steps, timestamps, values = columns
    n = len(values)
    if n < SUMMARIZED_POINTS_MIN or not np.isfinite(values).all():
        return None
    if (steps[1:] < steps[:-1]).any() or (timestamps[1:] < timestamps[:-1]).any():
        return None
    starts = np.arange(0, n, size)
    # The last block is filled up with its last point, whose earliest place is the true one.
    grid = np.pad(values, (0, -n % size), mode="edge").reshape(-1, size)
    ends = np.minimum(starts + size, n) - 1
    blocks = np.zeros(len(starts), block_type())
    blocks["n"] = ends - starts + 1
    places = {
        "first": starts,
        "min": starts + grid.argmin(axis=1),
        "max": starts + grid.argmax(axis=1),
        "last": ends,
    }
    for name, at in places.items():
        blocks[f"{name}_step"] = steps[at]
        blocks[f"{name}_timestamp"] = timestamps[at]
        if name != "first":
            blocks[f"{name}_value"] = values[at]
    return blocks.tobytes()


def of_summaries(data: bytes, axis: str) -> Marked:
    """What summaries, one behind the other, know of their chunks: three points a block."""
    import numpy as np

    blocks = np.frombuffer(data, block_type())
    backwards = blocks["min_step"] > blocks["max_step"]

    def column(what: str) -> Any:
        least, greatest = blocks[f"min_{what}"], blocks[f"max_{what}"]
        earlier = np.where(backwards, greatest, least)
        later = np.where(backwards, least, greatest)
        return np.stack((earlier, later, blocks[f"last_{what}"]), axis=1).ravel()

    columns = Columns(column("step"), column("timestamp"), column("value"))
    return Marked(columns, np.repeat(blocks[f"first_{axis}"], 3), int(blocks["n"].sum()))


def of_points(columns: Columns, axis: str) -> Marked:
    """Decoded points."""
    x = axis_of(columns, axis)
    return Marked(columns, x, len(x))


def cut(columns: Columns, window: Window) -> Columns:
    """The points that lie in the window; without a copy where they are in its order."""
    import numpy as np

    x = axis_of(columns, window.axis)
    low = -np.inf if window.low is None else window.low
    high = np.inf if window.high is None else window.high
    if (x[1:] >= x[:-1]).all():
        return select(columns, slice(np.searchsorted(x, low), np.searchsorted(x, high, "right")))
    return select(columns, (x >= low) & (x <= high))


def axis_of(columns: Columns, axis: str) -> Any:
    return columns.steps if axis == "step" else columns.timestamps


def block_size(points: int, buckets: int) -> int | None:
    """The blocks to read for about so many points; None when they are to be decoded."""
    for size in (COARSE, FINE):
        if points >= size * buckets * BLOCKS_A_BUCKET:
            return size
    return None


def thin(parts: Sequence[Marked], window: Window) -> Thinned:
    """The points that a chart of the window needs, from what was read of its chunks."""
    import numpy as np

    count = sum(part.total for part in parts)
    if count <= window.buckets:
        columns = joined([part.columns for part in parts])
        order = np.lexsort((columns.timestamps, columns.steps, axis_of(columns, window.axis)))
        return Thinned(select(columns, order), count, False)
    low = min(float(part.x.min()) for part in parts) if window.low is None else window.low
    high = max(float(part.x.max()) for part in parts) if window.high is None else window.high
    width = (high - low) / window.buckets or 1.0
    kept, marks = [], []
    for part in parts:
        bucket = np.clip((part.x - low) / width, 0, window.buckets - 1).astype(np.int64)
        columns, bucket = best_of_buckets(part.columns, bucket, window.axis)
        kept.append(columns)
        marks.append(bucket)
    columns = joined(kept)
    if len(kept) > 1:
        columns, _ = best_of_buckets(columns, np.concatenate(marks), window.axis)
    order = np.argsort(axis_of(columns, window.axis), kind="stable")
    return Thinned(select(columns, order), count, True)


def joined(parts: Sequence[Columns]) -> Columns:
    import numpy as np

    if len(parts) == 1:
        return parts[0]
    return Columns(*(np.concatenate([part[i] for part in parts]) for i in range(3)))


def best_of_buckets(columns: Columns, bucket: Any, axis: str) -> tuple[Columns, Any]:
    """Of each bucket the points that a chart needs, and their buckets, in order."""
    import numpy as np

    own = axis_of(columns, axis)
    if (bucket[1:] < bucket[:-1]).any() or (own[1:] < own[:-1]).any():
        order = np.lexsort((columns.timestamps, own, bucket))
        columns, bucket = select(columns, order), bucket[order]
    finite = np.isfinite(columns.values)
    if finite.all():
        chosen = ends_of_buckets(bucket, columns.values)
    else:
        at = np.flatnonzero(finite)
        chosen = [at[part] for part in ends_of_buckets(bucket[at], columns.values[at])]
        chosen += odd_ones(bucket, columns.values, np.flatnonzero(~finite))
    keep = np.sort(np.concatenate(chosen))
    keep = keep[starts_of(keep)]
    return select(columns, keep), bucket[keep]


def starts_of(numbers: Any) -> Any:
    """Where each number begins, of numbers from 0 on given in order."""
    import numpy as np

    return np.flatnonzero(np.diff(numbers, prepend=-1))


def ends_of_buckets(bucket: Any, values: Any) -> list[Any]:
    """Where in each bucket, given in order, its least, greatest and last value stand."""
    import numpy as np

    if not len(values):
        return []
    starts = starts_of(bucket)
    sizes = np.diff(np.append(starts, len(values)))
    out = [starts + sizes - 1]
    for extreme in (np.minimum, np.maximum):
        best = np.repeat(extreme.reduceat(values, starts), sizes)
        at = np.flatnonzero(values == best)
        out.append(at[starts_of(bucket[at])])
    return out


def odd_ones(bucket: Any, values: Any, at: Any) -> list[Any]:
    """The first NaN, +Inf and -Inf of each bucket among the places `at`."""
    import numpy as np

    odd = values[at]
    out = []
    for mask in (np.isnan(odd), odd == np.inf, odd == -np.inf):
        places = at[mask]
        out.append(places[starts_of(bucket[places])])
    return out
