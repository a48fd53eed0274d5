"""The 0.x and 1.x rpcs on preview paths (contract/milepost.json, "legacy_routes").

Only shapes are old here: requests become today's, today's answers are dressed as 0.8 wrote them
(seed-entities facts, section 4). What a 0.8 RunInfo carried itself lives in tags today.
"""

from __future__ import annotations

from typing import Any

from milepost.api import anded_expressions, experiments, metrics, names, runs
from milepost.api.context import Context, Response
from milepost.api.pages import STAGES, place_of, place_token
from milepost.errors import BadRequest, ResourceDoesNotExist
from milepost.search import RUNS, Projection, parse_filter, parse_order_by
from milepost.search.tree import And
from milepost.store import series
from milepost.store.experiments import ExperimentQuery
from milepost.store.run_search import RunQuery
from milepost.store.runs import RUN_NAME_TAG
from milepost.wire import messages as wire

# Below this a preview timestamp is whole seconds: 10^11 ms was in 1973, 10^11 s is in 5138.
SECONDS_BELOW = 10**11

SOURCE_TYPE_TAG = "mlflow.source.type"
SOURCE_NAME_TAG = "mlflow.source.name"
SOURCE_VERSION_TAG = "mlflow.source.git.commit"
ENTRY_POINT_TAG = "mlflow.project.entryPoint"
PARENT_RUN_TAG = "mlflow.parentRunId"
USER_TAG = "mlflow.user"
SOURCE_TYPES = ("NOTEBOOK", "JOB", "PROJECT", "LOCAL", "UNKNOWN")
# A 0.x search has no pages: everything, as long as it fits one answer of today.
SEARCH_RUNS_MAX = 50_000
LIST_EXPERIMENTS_MAX = 50_000
# 0.8's RunInfo takes fields from tags.
INFO_ONLY = Projection(metrics=(), params=(), parts=frozenset())


async def legacy_list_experiments(context: Context, request: wire.ListExperiments) -> Response:
    limit = min(request.max_results or LIST_EXPERIMENTS_MAX, LIST_EXPERIMENTS_MAX)
    stages = STAGES[request.view_type or "ACTIVE_ONLY"]
    last = place_of(request.page_token, "experiments", ())
    query = ExperimentQuery(stages, None, (), last, max(limit, 1), context.now())
    page = await context.store.search_experiments(query)
    return wire.SearchExperimentsResponse(page.items, place_token("experiments", (), page.next))


async def legacy_get_experiment(context: Context, request: wire.LegacyGetExperiment) -> Response:
    """The experiment and the infos of its active runs."""
    number = experiments.number(request)
    experiment = await context.store.get_experiment(number)
    stages = STAGES["ACTIVE_ONLY"]
    query = RunQuery([number], stages, None, (), None, SEARCH_RUNS_MAX, context.now(), INFO_ONLY)
    page = await context.store.search_runs(query)
    refuse_more(page.next)
    infos = [legacy_run(run).info for run in page.items]
    return wire.LegacyGetExperimentResponse(experiment, [info for info in infos if info])


def refuse_more(rest: Any) -> None:
    """A 0.x answer has no pages: refuse what does not fit instead of cutting it."""
    if rest is not None:
        raise BadRequest(
            f"More than {SEARCH_RUNS_MAX} runs match, which is more than a 0.x answer can carry."
            " Use a client of MLflow 1.0 or newer, which reads page by page."
        )


async def legacy_create_run(context: Context, request: wire.LegacyCreateRun) -> Response:
    tags = runs.tags_of(request.tags)
    for key, value in (
        (SOURCE_TYPE_TAG, request.source_type),
        (SOURCE_NAME_TAG, request.source_name),
        (SOURCE_VERSION_TAG, request.source_version),
        (ENTRY_POINT_TAG, request.entry_point_name),
        (PARENT_RUN_TAG, request.parent_run_id),
        (USER_TAG, request.user_id),
    ):
        if value:
            runs.check_tag(key, value)
            tags.setdefault(key, value)
    new = runs.new_run(
        request.experiment_id,
        request.run_name or "",
        request.user_id or "",
        request.start_time or 0,
        tags,
    )
    return wire.LegacyRunResponse(legacy_run(await context.store.create_run(new)))


async def legacy_update_run(context: Context, request: wire.UpdateRun) -> Response:
    info = await runs.updated(context, request)
    run = await context.store.get_run(info.run_id or "")
    return wire.LegacyUpdateRunResponse(legacy_run(run).info)


async def legacy_get_run(context: Context, request: wire.GetRun) -> Response:
    assert request.run_id is not None
    return wire.LegacyRunResponse(legacy_run(await context.store.get_run(request.run_id)))


async def legacy_log_metric(context: Context, request: wire.LogMetric) -> Response:
    return await metrics.log_point(context, request, request.step, in_ms(request.timestamp))


def in_ms(timestamp: Any) -> Any:
    return (
        timestamp * 1000 if timestamp is not None and 0 <= timestamp < SECONDS_BELOW else timestamp
    )


async def legacy_log_batch(context: Context, request: wire.LogBatch) -> Response:
    for metric in request.metrics:
        metric.timestamp = in_ms(metric.timestamp)
    batch = metrics.group_batch(request)
    for key in {metric.key for metric in request.metrics if metric.step is None}:
        if all(metric.step is None for metric in request.metrics if metric.key == key):
            batch.metrics[key or ""].steps = None
    await metrics.store_batch(context, request, batch)
    return None


async def legacy_get_metric(context: Context, request: wire.LegacyGetMetric) -> Response:
    assert request.run_id is not None
    assert request.metric_key is not None
    metric = await context.store.get_metric(request.run_id, request.metric_key)
    if metric is None:
        await context.store.get_run(request.run_id)
        raise ResourceDoesNotExist(
            f"Metric '{request.metric_key}' not found under run '{request.run_id}'"
        )
    return wire.LegacyGetMetricResponse(metric)


async def legacy_get_param(context: Context, request: wire.LegacyGetParam) -> Response:
    assert request.run_id is not None
    assert request.param_name is not None
    param = await context.store.get_param(request.run_id, request.param_name)
    if param is None:
        await context.store.get_run(request.run_id)
        raise ResourceDoesNotExist(
            f"Param '{request.param_name}' not found under run '{request.run_id}'"
        )
    return wire.LegacyGetParamResponse(param)


async def legacy_get_metric_history(context: Context, request: wire.GetMetricHistory) -> Response:
    """In the order logged, which is the order of the steps that the writer gave."""
    assert request.run_id is not None
    assert request.metric_key is not None
    if request.max_results is not None or request.page_token:
        return await metrics.get_metric_history(context, request)
    columns = await context.store.get_whole_history(request.run_id, request.metric_key)
    if columns is not None:
        columns = series.in_step_order(columns)
    return wire.GetMetricHistoryResponse(metrics.metrics_of(request.metric_key, columns))


async def legacy_search_runs(context: Context, request: wire.LegacySearchRuns) -> Response:
    tree = parse_filter(request.filter, RUNS)
    anded = anded_expressions.tree_of(request.anded_expressions)
    orders = parse_order_by(request.order_by, RUNS)
    is_paged = request.max_results is not None or bool(request.page_token)
    query = RunQuery(
        experiments=names.experiment_numbers(request.experiment_ids),
        stages=STAGES[request.run_view_type or "ACTIVE_ONLY"],
        filter=And((tree, anded)) if tree and anded else tree or anded,
        orders=orders,
        last=place_of(request.page_token, "runs", orders),
        limit=runs.limit_of(request.max_results) if is_paged else SEARCH_RUNS_MAX,
        now=context.now(),
    )
    page = await context.store.search_runs(query)
    if not is_paged:
        refuse_more(page.next)
    return wire.LegacySearchRunsResponse(
        [legacy_run(run) for run in page.items], place_token("runs", orders, page.next)
    )


def legacy_run(run: wire.Run) -> wire.LegacyRun:
    """A run as 0.8 wrote it: what was a field then is read from the tag that holds it today."""
    info, data = run.info, run.data
    assert info is not None
    assert data is not None
    tags = {tag.key: tag.value for tag in data.tags}
    source_type = tags.get(SOURCE_TYPE_TAG)
    return wire.LegacyRun(
        wire.LegacyRunInfo(
            run_uuid=info.run_uuid,
            experiment_id=info.experiment_id,
            name=info.run_name or tags.get(RUN_NAME_TAG) or "",
            source_type=source_type if source_type in SOURCE_TYPES else "LOCAL",  # type: ignore[arg-type]
            source_name=tags.get(SOURCE_NAME_TAG) or "",
            user_id=info.user_id,
            status=info.status,
            start_time=info.start_time,
            end_time=info.end_time,
            source_version=tags.get(SOURCE_VERSION_TAG),
            entry_point_name=tags.get(ENTRY_POINT_TAG),
            artifact_uri=info.artifact_uri,
            lifecycle_stage=info.lifecycle_stage,
            run_id=info.run_id,
        ),
        data,
    )
