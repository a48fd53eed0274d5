"""Reading series: histories by page, samples of them, latest points, aggregates.

All are functions of a read connection. Points come as numpy columns, merged by the series engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milepost.errors import ResourceDoesNotExist
from milepost.store import archive, series
from milepost.store.database import Connection, Row
from milepost.store.series import NAN, Columns, HistoryCursor
from milepost.store.sql import json_list, load
from milepost.wire.messages import Metric, MetricAggregates, Param, Point
from milepost.wire.numbers import double_to_wire

METRICS = load("metrics")
RUNS = load("runs")

STEP_MIN, STEP_MAX = -(2**63), 2**63 - 1


class HistoryPage(NamedTuple):
    """Points in history order, and where the next page begins if there is one."""

    columns: Columns | None
    next: HistoryCursor | None


def find_series(connection: Connection, run_id: str, key: str) -> tuple[int, int] | None:
    row = connection.execute(METRICS.SERIES_SELECT, (run_id, key)).fetchone()
    return (row[0], row[1]) if row else None


def get_metric_history(
    connection: Connection, run_id: str, key: str, after: HistoryCursor | None, limit: int
) -> HistoryPage:
    """A page of at most `limit` points after `after`; an unknown run or key has no points.

    Reads chunks in the order of their earliest timestamp, and only as many as the page needs: a
    point is final once every chunk that could hold an earlier one has been read.
    """
    found = find_series(connection, run_id, key)
    if found is None:
        return HistoryPage(None, None)
    since = after.timestamp if after else STEP_MIN
    chunks = connection.execute(METRICS.CHUNKS_SELECT_AFTER, (*found, since)).fetchall()
    parts: list[Columns] = []
    points_read = 0
    for index, (chunk, _, _) in enumerate(chunks):
        row = connection.execute(METRICS.CHUNK_SELECT_DATA, (chunk,)).fetchone()
        parts += archive.columns_of(connection, found[0], [row])
        points_read += len(parts[-1].steps)
        is_last = index + 1 == len(chunks)
        if points_read <= limit and not is_last:
            continue
        columns = series.merge(parts)
        if after:
            columns = series.points_after(columns, after)
        final = len(columns.steps)
        if not is_last:
            final = series.count_before(columns, chunks[index + 1][1])
        if final > limit:
            return HistoryPage(
                series.select(columns, slice(0, limit)), series.cursor_at(columns, limit - 1)
            )
        if is_last:
            return HistoryPage(columns, None)
    return HistoryPage(None, None)


def sample_metric_histories(
    connection: Connection,
    run_ids: Sequence[str],
    key: str,
    limit: int,
    step_min: int | None,
    step_max: int | None,
) -> list[tuple[str, Columns]]:
    """At most `limit` points of each run with a step in [step_min, step_max], in step order."""
    low = STEP_MIN if step_min is None else step_min
    high = STEP_MAX if step_max is None else step_max
    out = []
    for run_id in run_ids:
        columns = get_whole_history(connection, run_id, key, low, high)
        if columns is not None:
            out.append((run_id, series.sample(series.in_step_order(columns), limit)))
    return out


def get_whole_history(
    connection: Connection,
    run_id: str,
    key: str,
    step_min: int = STEP_MIN,
    step_max: int = STEP_MAX,
) -> Columns | None:
    """All points with a step in [step_min, step_max], in history order."""
    found = find_series(connection, run_id, key)
    if found is None:
        return None
    rows = connection.execute(METRICS.CHUNKS_SELECT_DATA, (*found, step_min, step_max)).fetchall()
    if not rows:
        return None
    columns = series.merge(list(archive.columns_of(connection, found[0], rows)))
    return series.within_steps(columns, step_min, step_max)


def get_metric(connection: Connection, run_id: str, key: str) -> Metric | None:
    """The latest point of a series."""
    row = connection.execute(METRICS.LATEST_SELECT_ONE, (run_id, key)).fetchone()
    return Metric(key, double_to_wire(row[0]), row[1], row[2]) if row else None


def get_param(connection: Connection, run_id: str, key: str) -> Param | None:
    row = connection.execute(RUNS.PARAM_SELECT_BY_NAME, (run_id, key)).fetchone()
    return Param(key, row[0]) if row else None


def get_metric_aggregates(connection: Connection, run_id: str) -> list[MetricAggregates]:
    """The exact aggregates of every series of a run, by name of key; raises for no run."""
    ref = connection.execute(RUNS.RUN_REF, (run_id,)).fetchone()
    if ref is None:
        raise ResourceDoesNotExist(f"Run with id={run_id} not found")
    found = aggregates_of_runs(connection, json_list([ref[0]]), None)
    return [aggregates for _, aggregates in found]


def aggregates_of_runs(
    connection: Connection, ids: str, keys: Sequence[int] | None
) -> list[tuple[int, MetricAggregates]]:
    """The exact aggregates of these runs' series, by name of key; `ids` is a JSON list."""
    if keys is None:
        rows = connection.execute(METRICS.AGGREGATES_SELECT, (ids,)).fetchall()
    else:
        rows = connection.execute(METRICS.AGGREGATES_SELECT_SOME, (ids, json_list(keys))).fetchall()
    return [(row[0], aggregates_of(connection, row[0], row[1:])) for row in rows]


def values_at_best(
    connection: Connection, function: str, metric: str, other: str, ids: Sequence[int]
) -> dict[int, float]:
    """Of each run row the value of `other` at the earliest step where `metric` is at its best.

    Where a step has several points, its latest counts; runs without such a point are left out.
    """
    rows = connection.execute(METRICS.SERIES_WITH_BOTH, (json_list(ids), metric, other)).fetchall()
    out = {}
    for run, min_step, max_step, key, last_step, last_value in rows:
        step = min_step if function == "at_min" else max_step
        if step == last_step:
            out[run] = NAN if last_value is None else last_value
        elif step is not None:
            value = value_at_step(connection, run, key, step)
            if value is not None:
                out[run] = value
    return out


def value_at_step(connection: Connection, run: int, key: int, step: int) -> float | None:
    """The latest value that a series has at a step, if it has one there."""
    rows = connection.execute(METRICS.CHUNKS_SELECT_DATA, (run, key, step, step)).fetchall()
    if not rows:
        return None
    columns = series.merge(list(archive.columns_of(connection, run, rows)))
    columns = series.within_steps(columns, step, step)
    return float(columns.values[-1]) if len(columns.values) else None


def aggregates_of(connection: Connection, run: int, row: Row) -> MetricAggregates:
    name, key, is_exact = row[:3]
    count, nan_count, total = row[3], row[4], NAN if row[5] is None else row[5]
    if not is_exact:
        chunks = connection.execute(
            METRICS.CHUNKS_SELECT_DATA, (run, key, STEP_MIN, STEP_MAX)
        ).fetchall()
        columns = series.merge(list(archive.columns_of(connection, run, chunks)))
        count, nan_count, total = series.totals(columns)
    numbers = count - nan_count
    return MetricAggregates(
        key=name,
        count=count,
        sum=double_to_wire(total),
        mean=double_to_wire(total / numbers if numbers else NAN),
        first=Point(double_to_wire(row[6]), row[7], row[8]),
        last=Point(double_to_wire(row[9]), row[10], row[11]),
        min=None if row[13] is None else Point(double_to_wire(row[12]), row[13]),
        max=None if row[15] is None else Point(double_to_wire(row[14]), row[15]),
    )
