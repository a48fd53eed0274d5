"""Runs, params and tags (contract/endpoints.json, tracking-core)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

import msgspec

from milepost.api import names
from milepost.api.context import Context, Response
from milepost.api.pages import STAGES, place_of, place_token
from milepost.api.run_names import generate_run_name
from milepost.errors import InvalidParameterValue
from milepost.search import RUNS, parse_fields, parse_filter, parse_order_by
from milepost.store.run_search import RunQuery
from milepost.store.runs import RUN_NAME_TAG, NewRun
from milepost.wire import messages as wire
from milepost.wire.requests import missing

SEARCH_RESULTS_DEFAULT = 1_000
RUN_ID = re.compile("[0-9a-f]{32}")


async def create_run(context: Context, request: wire.CreateRun) -> Response:
    new = new_run(
        request.experiment_id,
        request.run_name or "",
        request.user_id or "",
        request.start_time or 0,
        tags_of(request.tags),
    )
    if request.run_id:
        new = new._replace(run_id=chosen_run_id(request.run_id), is_id_given=True)
    return wire.CreateRunResponse(await context.store.create_run(new))


def chosen_run_id(run_id: str) -> str:
    """An id that the client chose (our own field), so that asking twice makes one run."""
    if not RUN_ID.fullmatch(run_id):
        raise InvalidParameterValue(
            f"Invalid value '{run_id[:100]}' for parameter 'run_id' supplied: a run id has 32"
            " hexadecimal digits."
        )
    return run_id


def new_run(
    experiment_id: str | None, name: str, user_id: str, start_time: int, tags: dict[str, str]
) -> NewRun:
    """A run to create: its name comes from `name`, else from its tag, else it is made up."""
    tag_name = tags.get(RUN_NAME_TAG, "")
    if name and tag_name and name != tag_name:
        raise InvalidParameterValue(
            "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different"
            f" values (run_name='{name}', mlflow.runName='{tag_name}')."
        )
    name = name or tag_name or generate_run_name()
    names.check_value(name, "run_name")
    names.check_value(user_id, "user_id")
    number = names.experiment_number(experiment_id or "0")
    tags[RUN_NAME_TAG] = name
    return NewRun(uuid.uuid4().hex, number, name, user_id, start_time, tags)


def tags_of(tags: Sequence[wire.RunTag]) -> dict[str, str]:
    """The tags of runs/create, each key once."""
    names.at_most(tags, names.ITEMS_MAX, "tags")
    out: dict[str, str] = {}
    for index, tag in enumerate(tags):
        if not tag.key:
            raise missing(f"tags[{index}].key")
        check_tag(tag.key, tag.value or "", f"tags[{index}].key")
        if tag.key in out:
            raise InvalidParameterValue(
                f"Duplicate tag keys have been submitted: ['{tag.key}']."
                " Please ensure the request contains only one tag value per tag key."
            )
        out[tag.key] = tag.value or ""
    return out


def check_tag(key: str, value: str, path: str = "key") -> None:
    names.check_key(key, path, path)
    names.check_value(value, "value" if path == "key" else path.removesuffix("key") + "value")


async def get_run(context: Context, request: wire.GetRun) -> Response:
    assert request.run_id is not None
    return wire.GetRunResponse(await context.store.get_run(request.run_id))


async def update_run(context: Context, request: wire.UpdateRun) -> Response:
    return wire.UpdateRunResponse(await updated(context, request))


async def updated(context: Context, request: wire.UpdateRun) -> wire.RunInfo:
    assert request.run_id is not None
    if request.run_name:
        names.check_value(request.run_name, "run_name")
    return await context.store.update_run(
        request.run_id, request.status, request.end_time or None, request.run_name
    )


async def delete_run(context: Context, request: wire.DeleteRun) -> Response:
    assert request.run_id is not None
    await context.store.delete_run(request.run_id, context.now())
    return None


async def restore_run(context: Context, request: wire.RestoreRun) -> Response:
    assert request.run_id is not None
    await context.store.restore_run(request.run_id)
    return None


async def log_param(context: Context, request: wire.LogParam) -> Response:
    assert request.run_id is not None
    assert request.key is not None
    value = request.value or ""
    names.check_key(request.key, "key", "Param key")
    names.check_value(value, "Param value")
    await context.store.log_param(request.run_id, request.key, value)
    return None


async def set_tag(context: Context, request: wire.SetTag) -> Response:
    assert request.run_id is not None
    assert request.key is not None
    value = request.value or ""
    check_tag(request.key, value)
    await context.store.set_tags(request.run_id, {request.key: value})
    return None


async def delete_tag(context: Context, request: wire.DeleteTag) -> Response:
    assert request.run_id is not None
    assert request.key is not None
    await context.store.delete_tag(request.run_id, request.key)
    return None


async def log_model(context: Context, request: wire.LogModel) -> Response:
    """Adds a model (2.x clients) to the run's tag `mlflow.log-model.history`."""
    assert request.run_id is not None
    assert request.model_json is not None
    try:
        model: Any = msgspec.json.decode(request.model_json)
    except (msgspec.DecodeError, RecursionError):
        raise InvalidParameterValue(
            f"Malformed model info. \n {request.model_json[:1000]} \n is not a valid JSON."
        ) from None
    wanted = {"artifact_path", "flavors", "utc_time_created", "run_id"}
    absent = wanted - set(model if isinstance(model, dict) else ())
    if absent:
        raise InvalidParameterValue(f"Model json is missing mandatory fields: {absent}")
    names.check_value(request.model_json, "model_json")
    await context.store.log_model(request.run_id, model)
    return None


async def search_runs(context: Context, request: wire.SearchRuns) -> Response:
    # Of several faults the facts name this one first: the limit, the token, the ids, the filter.
    limit = limit_of(request.max_results)
    orders = parse_order_by(request.order_by, RUNS)
    last = place_of(request.page_token, "runs", orders)
    is_everywhere = bool(request.all_experiments) and not request.experiment_ids
    query = RunQuery(
        experiments=None if is_everywhere else names.experiment_numbers(request.experiment_ids),
        stages=STAGES[request.run_view_type or "ACTIVE_ONLY"],
        filter=parse_filter(request.filter, RUNS),
        orders=orders,
        last=last,
        limit=limit,
        now=context.now(),
        projection=parse_fields(request.fields),
        as_documents=True,
        with_aggregates=bool(request.metric_aggregates),
        with_total=bool(request.total_count),
        top_level_only=bool(request.top_level_only),
    )
    page = await context.store.search_runs(query)
    return wire.SearchRunsResponse(
        page.items,
        place_token("runs", orders, page.next),
        page.total,
        None if page.total is None else page.total_is_exact,
    )


def limit_of(max_results: int | None) -> int:
    limit = SEARCH_RESULTS_DEFAULT if max_results is None else max_results
    if limit < 1:
        raise InvalidParameterValue(
            f"Invalid value {limit} for parameter 'max_results' supplied."
            " It must be a positive integer"
        )
    return limit
