"""Experiments (contract/endpoints.json, tracking-core)."""

from __future__ import annotations

from typing import Any

from milepost.api import names
from milepost.api.context import Context, Response
from milepost.api.pages import STAGES, place_of, place_token
from milepost.errors import InvalidParameterValue
from milepost.search import EXPERIMENTS, parse_filter, parse_order_by
from milepost.store.experiments import ExperimentQuery
from milepost.wire import messages as wire

MAX_RESULTS_MAX = 50_000


async def create_experiment(context: Context, request: wire.CreateExperiment) -> Response:
    assert request.name is not None
    names.check_chars(request.name, "name", names.EXPERIMENT_NAME_CHARS_MAX)
    location = request.artifact_location
    if location:
        location = names.artifact_location_of(location)
    names.at_most(request.tags, names.ITEMS_MAX, "tags")
    tags: dict[str, str] = {}
    for tag in request.tags:
        check_tag(tag.key or "", tag.value or "")
        tags[tag.key or ""] = tag.value or ""
    experiment_id = await context.store.create_experiment(
        request.name, location, tags, context.now()
    )
    return wire.CreateExperimentResponse(experiment_id)


def check_tag(key: str, value: str) -> None:
    names.check_key(key, "key", "key")
    names.check_chars(value, "value", names.EXPERIMENT_TAG_VALUE_CHARS_MAX)


async def get_experiment(context: Context, request: wire.GetExperiment) -> Response:
    experiment = await context.store.get_experiment(number(request))
    return wire.GetExperimentResponse(experiment)


async def get_experiment_by_name(context: Context, request: wire.GetExperimentByName) -> Response:
    assert request.experiment_name is not None
    experiment = await context.store.get_experiment_by_name(request.experiment_name)
    return wire.GetExperimentByNameResponse(experiment)


async def delete_experiment(context: Context, request: wire.DeleteExperiment) -> Response:
    await context.store.delete_experiment(number(request), context.now())
    return None


async def restore_experiment(context: Context, request: wire.RestoreExperiment) -> Response:
    await context.store.restore_experiment(number(request), context.now())
    return None


async def update_experiment(context: Context, request: wire.UpdateExperiment) -> Response:
    assert request.new_name is not None
    names.check_chars(request.new_name, "name", names.EXPERIMENT_NAME_CHARS_MAX)
    await context.store.update_experiment(number(request), request.new_name, context.now())
    return None


async def set_experiment_tag(context: Context, request: wire.SetExperimentTag) -> Response:
    assert request.key is not None
    value = request.value or ""
    check_tag(request.key, value)
    await context.store.set_experiment_tag(number(request), request.key, value)
    return None


async def delete_experiment_tag(context: Context, request: wire.DeleteExperimentTag) -> Response:
    assert request.key is not None
    await context.store.delete_experiment_tag(number(request), request.key)
    return None


async def search_experiments(context: Context, request: wire.SearchExperiments) -> Response:
    limit = request.max_results or 0
    if limit < 1:
        raise InvalidParameterValue(
            f"Invalid value {limit} for parameter 'max_results' supplied."
            " It must be a positive integer"
        )
    if limit > MAX_RESULTS_MAX:
        raise InvalidParameterValue(
            f"Invalid value {limit} for parameter 'max_results' supplied."
            f" It must be at most {MAX_RESULTS_MAX}"
        )
    filter = parse_filter(request.filter, EXPERIMENTS)
    orders = parse_order_by(request.order_by, EXPERIMENTS)
    query = ExperimentQuery(
        STAGES[request.view_type or "ACTIVE_ONLY"],
        filter,
        orders,
        place_of(request.page_token, "experiments", orders),
        limit,
        context.now(),
    )
    page = await context.store.search_experiments(query)
    token = place_token("experiments", orders, page.next)
    return wire.SearchExperimentsResponse(page.items, token)


def number(request: Any) -> int:
    return names.experiment_number(request.experiment_id)
