"""Logging metrics and reading their histories (contract/endpoints.json, tracking-core)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from milepost.api import names
from milepost.api.context import Context, ItemStream, Response
from milepost.api.pages import history_cursor, history_token
from milepost.errors import InvalidParameterValue
from milepost.store.runs import MetricOrigin
from milepost.store.series import NAN, Columns, Points
from milepost.wire import messages as wire
from milepost.wire.numbers import doubles_to_wire
from milepost.wire.requests import convert_double, missing, wrong_type

INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1
BATCH_METRICS_MAX = 1_000
BATCH_PARAMS_MAX = 100
BATCH_TAGS_MAX = 100
BATCH_ITEMS_MAX = 1_000
# Points a piece of a streamed history, and of a bulk answer.
HISTORY_PIECE_POINTS = 25_000
BULK_POINTS_MAX = 25_000
BULK_RUNS_MAX = 100
HISTORY_POINTS_MAX = 1_000_000
INTERVAL_POINTS_DEFAULT = 2_500


REQUIRED_OF_ITEMS = {
    "metrics": ("key", "value", "timestamp"),
    "params": ("key",),
    "tags": ("key",),
}


class Anomaly(Exception):
    """Something in a batch is not as it should be; `explain_batch` says what, in order."""


# --- writing -----------------------------------------------------------------------------------


async def log_metric(context: Context, request: wire.LogMetric) -> Response:
    return await log_point(context, request, request.step or 0, request.timestamp)


async def log_point(
    context: Context, request: wire.LogMetric, step: int | None, timestamp: Any
) -> Response:
    """One point; `step` None lets the writer number it (the 0.x wire)."""
    key: Any = request.key
    value = number_of(request.value, "value")
    names.check_key_name(key, "name")
    check_timestamp(timestamp, key, value)
    names.check_key_length(key, "Metric name")
    check_dataset(request.dataset_name, request.dataset_digest)
    run_id: Any = request.run_id
    points = Points(None if step is None else [step], [timestamp], [value])
    if request.model_id or request.dataset_name:
        await context.store.log_batch(run_id, {key: points}, {}, {}, [origin_of(request, 0)])
    else:
        await context.store.log_metric(run_id, key, points)
    return None


def number_of(value: Any, path: str) -> float:
    """A metric's value; every NaN is the same NaN."""
    if type(value) is float:
        return value
    number = convert_double(value, path)
    return number if number == number else NAN


def check_timestamp(timestamp: int, key: str, value: float, path: str = "timestamp") -> None:
    if timestamp < 0:
        raise InvalidParameterValue(
            f"Invalid value {timestamp} for parameter '{path}' supplied: metric '{key}'"
            f" (value={value}). Timestamp must be a nonnegative long (64-bit integer) "
        )


def check_dataset(name: str | None, digest: str | None) -> None:
    if bool(name) != bool(digest):
        raise InvalidParameterValue(
            "Both dataset_name and dataset_digest must be provided if one is provided"
        )


def origin_of(metric: wire.Metric | wire.LogMetric, index: int) -> MetricOrigin:
    """Where the point at `index` of its key's points comes from."""
    for field in ("model_id", "dataset_name", "dataset_digest"):
        names.check_value(getattr(metric, field) or "", field)
    return MetricOrigin(
        metric.key or "",
        index,
        metric.model_id or "",
        metric.dataset_name or "",
        metric.dataset_digest or "",
    )


async def log_batch(context: Context, request: wire.LogBatch) -> Response:
    await store_batch(context, request, group_batch(request))
    return None


class Batch(NamedTuple):
    """A checked log-batch, ready for the store."""

    metrics: dict[str, Points]
    params: dict[str, str]
    tags: dict[str, str]
    origins: list[MetricOrigin]


async def store_batch(context: Context, request: wire.LogBatch, batch: Batch) -> None:
    run_id: Any = request.run_id
    await context.store.log_batch(run_id, *batch)


def group_batch(request: wire.LogBatch) -> Batch:
    """The batch by key. Common batches pass in one lean sweep; for an odd one `explain_batch`
    goes through the facts' checks in their order and raises the first that fails."""
    try:
        metrics, origins = group_metrics(request.metrics)
        params: Any = {param.key: param.value or "" for param in request.params}
        tags: Any = {tag.key: tag.value or "" for tag in request.tags}
        check_batch(request, metrics, params, tags)
    except (Anomaly, InvalidParameterValue):
        explain_batch(request)
        raise
    return Batch(metrics, params, tags, origins)


def group_metrics(
    metrics: Sequence[wire.Metric],
) -> tuple[dict[str, Points], list[MetricOrigin]]:
    """Points by key, in the order logged. This loop is most of what a batch costs: keep it lean."""
    groups: dict[Any, tuple[list[int], list[int], list[float]]] = {}
    origins: list[MetricOrigin] = []
    for metric in metrics:
        key, value, step = metric.key, metric.value, metric.step
        if type(value) is not float:
            value = number_of(value, "value")
        columns = groups.get(key)
        if columns is None:
            columns = groups[key] = ([], [], [])
        columns[0].append(step or 0)
        timestamp = metric.timestamp
        if timestamp is None:
            raise Anomaly
        columns[1].append(timestamp)
        columns[2].append(value)
        if metric.model_id is not None or metric.dataset_name or metric.dataset_digest:
            check_dataset(metric.dataset_name, metric.dataset_digest)
            origins.append(origin_of(metric, len(columns[2]) - 1))
    return {key: Points(*columns) for key, columns in groups.items()}, origins


def check_batch(
    request: wire.LogBatch,
    metrics: dict[str, Points],
    params: dict[Any, str],
    tags: dict[Any, str],
) -> None:
    """Raise `Anomaly` or the error itself unless everything is as it should be."""
    names.check_run_id(request.run_id or "")
    for keys in (metrics, params, tags):
        for key in keys:
            if not key:
                raise Anomaly
            names.check_key(key, "", "")
    for points in metrics.values():
        if points.timestamp_min < 0 or points.timestamp_max > INT64_MAX:
            raise Anomaly
        if points.step_min < INT64_MIN or points.step_max > INT64_MAX:
            raise Anomaly
    for value in params.values():
        names.check_value(value, "Param value")
    for value in tags.values():
        names.check_value(value, "value")
    counts = len(request.metrics), len(request.params), len(request.tags)
    if (
        counts[0] > BATCH_METRICS_MAX
        or counts[1] > BATCH_PARAMS_MAX
        or counts[2] > BATCH_TAGS_MAX
        or sum(counts) > BATCH_ITEMS_MAX
        or len(params) != counts[1]
    ):
        raise Anomaly


def explain_batch(request: wire.LogBatch) -> None:
    """The facts' checks of a batch in their order (contract/limits.json, "batch")."""
    for field, needs in REQUIRED_OF_ITEMS.items():
        for index, item in enumerate(getattr(request, field)):
            for name in needs:
                if getattr(item, name) in (None, ""):
                    raise missing(f"{field}[{index}].{name}")
    names.check_run_id(request.run_id or "")
    for index, metric in enumerate(request.metrics):
        explain_metric(metric, f"metrics[{index}]")
    for index, param in enumerate(request.params):
        names.check_key(param.key or "", f"params[{index}].key", "Param key")
        names.check_value(param.value or "", f"params[{index}].value")
    for index, tag in enumerate(request.tags):
        names.check_key(tag.key or "", f"tags[{index}].key", f"tags[{index}].key")
        names.check_value(tag.value or "", f"tags[{index}].value")
    explain_counts(request)


def explain_metric(metric: wire.Metric, path: str) -> None:
    names.check_key_name(metric.key or "", f"{path}.name")
    value = number_of(metric.value, f"{path}.value")
    for name, number in (("timestamp", metric.timestamp), ("step", metric.step or 0)):
        if not INT64_MIN <= (number or 0) <= INT64_MAX:
            raise wrong_type(f"{path}.{name}", number)
    check_timestamp(metric.timestamp or 0, metric.key or "", value, f"{path}.timestamp")
    names.check_key_length(metric.key or "", "Metric name")


def explain_counts(request: wire.LogBatch) -> None:
    metrics, params, tags = len(request.metrics), len(request.params), len(request.tags)
    for what, limit, count in (
        ("metrics", BATCH_METRICS_MAX, metrics),
        ("params", BATCH_PARAMS_MAX, params),
        ("tags", BATCH_TAGS_MAX, tags),
        ("metrics, params, and tags", BATCH_ITEMS_MAX, metrics + params + tags),
    ):
        if count > limit:
            raise InvalidParameterValue(
                f"A batch logging request can contain at most {limit} {what}. Got {count} {what}."
                f" Please split up {what} across multiple requests and try again."
            )
    seen: set[str | None] = set()
    repeated = []
    for param in request.params:
        if param.key in seen:
            repeated.append(param.key)
        seen.add(param.key)
    if repeated:
        raise InvalidParameterValue(
            f"Duplicate parameter keys have been submitted: {repeated}. Please ensure the request"
            " contains only one param value per param key."
        )


# --- reading -----------------------------------------------------------------------------------


async def get_metric_history(context: Context, request: wire.GetMetricHistory) -> Response:
    """Pages when `max_results` is given, else everything, streamed if it is long."""
    run_id: Any = request.run_id
    key: Any = request.metric_key
    after = history_cursor(request.page_token)
    limit = request.max_results
    if limit is not None and limit <= 0:
        raise InvalidParameterValue(
            f"Invalid value {limit} for parameter 'max_results' supplied."
            " It must be a positive integer."
        )
    size = HISTORY_PIECE_POINTS if limit is None else min(limit, HISTORY_POINTS_MAX)
    page = await context.store.get_metric_history(run_id, key, after, size)
    if limit is not None or page.next is None:
        return wire.GetMetricHistoryResponse(
            metrics_of(key, page.columns), history_token(page.next)
        )

    async def pieces() -> AsyncIterator[list[Any]]:
        here = page
        yield metrics_of(key, here.columns)
        while here.next is not None:
            here = await context.store.get_metric_history(run_id, key, here.next, size)
            yield metrics_of(key, here.columns)

    return ItemStream("metrics", pieces())


def metrics_of(key: str, columns: Columns | None) -> list[wire.Metric]:
    """Points as messages. `map` over columns makes them at 0.1 µs each; nothing else came near."""
    if columns is None:
        return []
    steps, timestamps, values = (column.tolist() for column in columns)
    return list(map(wire.Metric, repeat(key), doubles_to_wire(values), timestamps, steps))


def with_run_id(key: str, columns: Columns, run_id: str) -> list[wire.MetricWithRunId]:
    steps, timestamps, values = (column.tolist() for column in columns)
    values = doubles_to_wire(values)
    return list(map(wire.MetricWithRunId, repeat(key), values, timestamps, steps, repeat(run_id)))


async def get_metric_history_bulk(context: Context, request: wire.GetMetricHistoryBulk) -> Response:
    """One key of many runs, by run id, then in history order; `max_results` caps the whole."""
    check_bulk(request.run_id, request.metric_key)
    key: Any = request.metric_key
    left = BULK_POINTS_MAX if request.max_results is None else request.max_results
    left = BULK_POINTS_MAX if left < 0 else min(left, BULK_POINTS_MAX)
    out: list[wire.MetricWithRunId] = []
    for run_id in sorted(set(request.run_id)):
        if left <= 0:
            break
        page = await context.store.get_metric_history(run_id, key, None, left)
        if page.columns is not None:
            left -= len(page.columns.steps)
            out += with_run_id(key, page.columns, run_id)
    return {"metrics": out}  # the official answer has the list also when it is empty


async def get_metric_history_bulk_interval(
    context: Context, request: wire.GetMetricHistoryBulkInterval
) -> Response:
    """At most `max_results` points a run, evenly sampled by step; runs in the request's order."""
    key: Any = request.metric_key
    start, end = request.start_step, request.end_step
    if (start is None) != (end is None):
        raise InvalidParameterValue(
            "If either start step or end step are specified, both must be specified."
        )
    if start is not None and end is not None and start > end:
        raise InvalidParameterValue(
            f"end_step must be greater than start_step. Found start_step={start} and"
            f" end_step={end}."
        )
    limit = request.max_results or INTERVAL_POINTS_DEFAULT
    sampled = await context.store.sample_metric_histories(request.run_ids, key, limit, start, end)
    out: list[wire.MetricWithRunId] = []
    for run_id, columns in sampled:
        out += with_run_id(key, columns, run_id)
    return wire.GetMetricHistoryBulkIntervalResponse(out)


def check_bulk(run_ids: Sequence[str], key: str | None) -> None:
    if not run_ids:
        raise InvalidParameterValue(
            "GetMetricHistoryBulk request must specify at least one run_id."
        )
    if len(run_ids) > BULK_RUNS_MAX:
        raise InvalidParameterValue(
            f"GetMetricHistoryBulk request cannot specify more than {BULK_RUNS_MAX} run_ids."
            f" Received {len(run_ids)} run_ids."
        )
    if not key:
        raise InvalidParameterValue("GetMetricHistoryBulk request must specify a metric_key.")


async def get_metric_aggregates(context: Context, request: wire.GetMetricAggregates) -> Response:
    """First, last, min, max, count, sum and mean of every metric of a run: our own route."""
    assert request.run_id is not None
    return wire.GetMetricAggregatesResponse(
        await context.store.get_metric_aggregates(request.run_id)
    )
