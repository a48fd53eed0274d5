"""What the page's charts and tables ask for beyond searches; our own routes (docs/api.md)."""

from __future__ import annotations

import math
from typing import Any

from milepost.api import names
from milepost.api.context import Context, Response
from milepost.api.pages import STAGES
from milepost.errors import InvalidParameterValue
from milepost.search import RUNS, parse_filter, parse_order_by
from milepost.store.buckets import Window
from milepost.store.columns import GroupQuery
from milepost.store.run_search import RunQuery
from milepost.wire import messages as wire
from milepost.wire.numbers import doubles_to_wire
from milepost.wire.requests import convert_double

AXES = ("step", "timestamp", "relative")
CHART_RUNS_MAX = 200
CHART_KEYS_MAX = 50
CHART_SERIES_MAX = 1_000
BUCKETS_MAX = 4_000
BUCKETS_DEFAULT = 1_000
# Series times buckets: an answer stays below some ten megabytes.
CHART_BUCKETS_MAX = 200_000
COLUMN_RUNS_MAX = 100_000
COLUMN_RUNS_DEFAULT = 1_000
GROUP_FIELDS_MAX = 20
STATISTICS_MAX = 100
GROUPS_MAX = 1_000
SUMMARIES_MAX = 10_000


def bounded(value: int | None, default: int, most: int, name: str) -> int:
    chosen = default if value is None else value
    if not 1 <= chosen <= most:
        raise InvalidParameterValue(
            f"Invalid value {chosen} for parameter '{name}' supplied: it must be 1 to {most:,}."
        )
    return chosen


def end_of(value: Any, name: str) -> float | None:
    """One end of a window: a finite number, or None."""
    if value is None:
        return None
    number = convert_double(value, name)
    if not math.isfinite(number):
        raise InvalidParameterValue(f"Parameter '{name}' must be a finite number.")
    return number


async def get_metric_buckets(context: Context, request: wire.GetMetricBuckets) -> Response:
    """Series of many runs and keys, thinned for a chart."""
    names.at_most(request.run_ids, CHART_RUNS_MAX, "run_ids")
    names.at_most(request.metric_keys, CHART_KEYS_MAX, "metric_keys")
    if len(request.run_ids) * len(request.metric_keys) > CHART_SERIES_MAX:
        raise InvalidParameterValue(
            f"{len(request.run_ids)} runs x {len(request.metric_keys)} metrics are more than"
            f" {CHART_SERIES_MAX:,} series. Ask for them in several requests."
        )
    axis = request.axis or "step"
    if axis not in AXES:
        raise InvalidParameterValue(f"Parameter 'axis' must be one of {', '.join(AXES)}.")
    buckets = bounded(request.buckets, BUCKETS_DEFAULT, BUCKETS_MAX, "buckets")
    series_count = max(1, len(request.run_ids) * len(request.metric_keys))
    buckets = max(1, min(buckets, CHART_BUCKETS_MAX // series_count))
    low, high = end_of(request.start, "start"), end_of(request.end, "end")
    if low is not None and high is not None and low > high:
        raise InvalidParameterValue("Parameter 'start' must not be greater than 'end'.")
    window = Window(axis, low, high, buckets)
    found = await context.store.chart_series(request.run_ids, request.metric_keys, window)
    return wire.GetMetricBucketsResponse(
        [
            wire.BucketedSeries(
                run_id=one.run_id,
                key=one.key,
                run_start_time=one.start_time,
                count=one.points.total,
                is_sampled=one.points.is_sampled,
                steps=one.points.columns.steps.tolist(),
                timestamps=one.points.columns.timestamps.tolist(),
                values=list(doubles_to_wire(one.points.columns.values.tolist())),
            )
            for one in found
        ]
    )


async def list_run_columns(context: Context, request: wire.ListRunColumns) -> Response:
    is_everywhere = bool(request.all_experiments) and not request.experiment_ids
    found = await context.store.list_run_columns(
        None if is_everywhere else names.experiment_numbers(request.experiment_ids),
        STAGES[request.run_view_type or "ACTIVE_ONLY"],
        bounded(request.max_runs, COLUMN_RUNS_DEFAULT, COLUMN_RUNS_MAX, "max_runs"),
    )
    return wire.ListRunColumnsResponse(found.columns, found.runs)


async def summarize_experiments(context: Context, request: wire.SummarizeExperiments) -> Response:
    names.at_most(request.experiment_ids, SUMMARIES_MAX, "experiment_ids")
    numbers = names.experiment_numbers(request.experiment_ids)
    return wire.SummarizeExperimentsResponse(await context.store.summarize_experiments(numbers))


async def group_runs(context: Context, request: wire.GroupRuns) -> Response:
    """Groups of all runs that a filter finds, with exact statistics."""
    names.at_most(request.group_by, GROUP_FIELDS_MAX, "group_by")
    names.at_most(request.fields, STATISTICS_MAX, "fields")
    is_everywhere = bool(request.all_experiments) and not request.experiment_ids
    runs = RunQuery(
        experiments=None if is_everywhere else names.experiment_numbers(request.experiment_ids),
        stages=STAGES[request.run_view_type or "ACTIVE_ONLY"],
        filter=parse_filter(request.filter, RUNS),
        orders=[],
        last=None,
        limit=1,
        now=context.now(),
    )
    query = GroupQuery(
        runs,
        parse_order_by(request.group_by, RUNS),
        [parse_order_by([field], RUNS)[0] for field in request.fields],
        bounded(request.max_results, GROUPS_MAX, GROUPS_MAX, "max_results"),
    )
    found = await context.store.group_runs(query)
    return wire.GroupRunsResponse(found.groups, found.total, found.runs)
