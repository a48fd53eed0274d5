"""Where the bytes went, by experiment, run or key; our own route (docs/api.md)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from itertools import islice
from typing import NamedTuple

from milepost.api import names
from milepost.api.charts import bounded
from milepost.api.context import Context, Response
from milepost.artifacts.places import Places
from milepost.errors import InvalidParameterValue, MilepostError
from milepost.store.database import Database
from milepost.store.usage import (
    EXPERIMENT,
    KEY,
    RUN,
    Usage,
    UsageQuery,
    artifact_uris,
    examine_usage,
)
from milepost.wire import messages as wire

RESULTS_MAX = 1_000
RESULTS_DEFAULT = 100
LISTED_AT_ONCE = 8


async def get_usage(context: Context, request: wire.GetUsage) -> Response:
    """The largest first; what is not listed is in the total all the same."""
    return answer(*await context.store.get_usage(query_of(request)))


def measure(database: Database, request: wire.GetUsage) -> wire.GetUsageResponse:
    """The same from a database that no server need be open on; it may take as long as it takes.

    Raises `StoreUnusable`, and what the route answers as errors.
    """
    query = query_of(request)
    return answer(*examine_usage(database, query))


def answer(found: Usage, database_bytes: int) -> wire.GetUsageResponse:
    return wire.GetUsageResponse(found.items, found.group_count, found.total, database_bytes)


def query_of(request: wire.GetUsage) -> UsageQuery:
    experiment = names.experiment_number(request.experiment_id) if request.experiment_id else None
    run_id = request.run_id or None
    limit = bounded(request.max_results, RESULTS_DEFAULT, RESULTS_MAX, "max_results")
    return UsageQuery(group_of(request.by, experiment, run_id), experiment, run_id, limit)


def group_of(by: str | None, experiment: int | None, run_id: str | None) -> str:
    """By what to group: what was asked for, else one step below the scope."""
    if not by:
        return KEY if run_id else EXPERIMENT if experiment is None else RUN
    if by not in (EXPERIMENT, RUN, KEY):
        raise InvalidParameterValue("Parameter 'by' must be one of experiment, run, key.")
    if by == EXPERIMENT and run_id:
        raise InvalidParameterValue(
            "A run is part of one experiment: with 'run_id', ask by run or by key."
        )
    return by


class Listed(NamedTuple):
    """What some runs keep as artifacts; `unreachable` counts the runs that could not be listed."""

    runs: int
    files: int
    size: int
    unreachable: int


async def list_artifacts_of(
    database: Database, places: Places, item: wire.UsageItem
) -> AsyncIterator[Listed]:
    """The artifacts of a run or of an experiment's runs, some runs at a time."""
    assert item.experiment_id is not None
    uris = artifact_uris(database, int(item.experiment_id), item.run_id)
    while some := list(islice(uris, LISTED_AT_ONCE)):
        found = await asyncio.gather(*(listed_at(places, uri) for uri in some))
        yield Listed(*map(sum, zip(*found, strict=True)))


async def listed_at(places: Places, uri: str) -> Listed:
    try:
        repository, place = places.find(uri)
        return Listed(1, *await repository.usage(place), 0)
    except MilepostError:
        return Listed(1, 0, 0, 1)
