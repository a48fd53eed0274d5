"""Reads series for charts: finds the chunks of a window, and decodes or takes their summaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milepost.store import archive, buckets, series
from milepost.store.buckets import COARSE, Marked, Thinned, Window
from milepost.store.database import Connection
from milepost.store.series import Columns
from milepost.store.sql import json_list, load

CHARTS = load("charts")
METRICS = load("metrics")


class ChartSeries(NamedTuple):
    """One series of a chart. `start_time` is its run's, in ms."""

    run_id: str
    key: str
    start_time: int
    points: Thinned


class ChunkRange(NamedTuple):
    """A chunk without its data: CHUNK_RANGES_SELECT."""

    id: int
    point_count: int
    step_min: int
    step_max: int
    timestamp_min: int
    timestamp_max: int

    def along(self, axis: str) -> tuple[int, int]:
        if axis == "step":
            return self.step_min, self.step_max
        return self.timestamp_min, self.timestamp_max


def chart_series(
    connection: Connection, run_ids: Sequence[str], keys: Sequence[str], window: Window
) -> list[ChartSeries]:
    """Each of these runs' series, thinned; a run without such a series is left out.

    With the axis "relative" the window counts ms from each run's start.
    """
    rows = connection.execute(
        CHARTS.SERIES_OF_RUNS_SELECT, (json_list(run_ids), json_list(keys))
    ).fetchall()
    out = []
    for run_id, key_name, start_time, run, key in rows:
        shift = start_time if window.axis == "relative" else 0
        own = Window(
            "step" if window.axis == "step" else "timestamp",
            None if window.low is None else window.low + shift,
            None if window.high is None else window.high + shift,
            window.buckets,
        )
        points = thinned(connection, run, key, own)
        if points is not None:
            out.append(ChartSeries(run_id, key_name, start_time, points))
    return out


def thinned(connection: Connection, run: int, key: int, window: Window) -> Thinned | None:
    """The points of one series in the window; None when there are none."""
    rows = connection.execute(CHARTS.CHUNK_RANGES_SELECT, (run, key)).fetchall()
    chunks = [chunk for row in rows if is_within(chunk := ChunkRange(*row), window)]
    if not chunks:
        return None
    points = sum(points_within(chunk, window) for chunk in chunks)
    size = buckets.block_size(int(points), window.buckets)
    parts: list[Marked] = []
    whole: list[ChunkRange] = []
    if size is not None:
        whole = [chunk for chunk in chunks if is_inside(chunk, window)]
        statement = CHARTS.SUMMARIES_COARSE if size == COARSE else CHARTS.SUMMARIES_FINE
        found = connection.execute(statement, (json_list(c.id for c in whole),)).fetchall()
        known = {row[0] for row in found}
        if found:
            data = dict(found)
            in_order = b"".join(data[chunk.id] for chunk in whole if chunk.id in data)
            parts.append(buckets.of_summaries(in_order, window.axis))
        chunks = [chunk for chunk in chunks if chunk.id not in known]
    if chunks:
        columns = series.merge([decode(connection, run, chunk, window) for chunk in chunks])
        parts.append(buckets.of_points(columns, window.axis))
    if not sum(part.total for part in parts):
        return None
    return buckets.thin(parts, window)


def decode(connection: Connection, run: int, chunk: ChunkRange, window: Window) -> Columns:
    """The chunk's points that lie in the window."""
    row = connection.execute(METRICS.CHUNK_SELECT_DATA, (chunk.id,)).fetchone()
    (columns,) = archive.columns_of(connection, run, [row])
    return columns if is_inside(chunk, window) else buckets.cut(columns, window)


def is_within(chunk: ChunkRange, window: Window) -> bool:
    """Does any of the chunk lie in the window?"""
    first, last = chunk.along(window.axis)
    return (window.low is None or last >= window.low) and (
        window.high is None or first <= window.high
    )


def is_inside(chunk: ChunkRange, window: Window) -> bool:
    """Does all of the chunk lie in the window?"""
    first, last = chunk.along(window.axis)
    return (window.low is None or first >= window.low) and (
        window.high is None or last <= window.high
    )


def points_within(chunk: ChunkRange, window: Window) -> float:
    """About how many of the chunk's points lie in the window, were they spread evenly."""
    first, last = chunk.along(window.axis)
    low = first if window.low is None else max(first, window.low)
    high = last if window.high is None else min(last, window.high)
    return chunk.point_count * (high - low + 1) / (last - first + 1)
