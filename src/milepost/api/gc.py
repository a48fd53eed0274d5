"""Garbage collection: deleted runs and experiments go for good, artifacts first, then rows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

from milepost.api.artifact_bodies import location_of
from milepost.artifacts.archive import ArchiveFolder
from milepost.artifacts.places import PROXIED, Places
from milepost.artifacts.repository import Repository
from milepost.errors import MilepostError
from milepost.store.removal import RemovableExperiment, RemovableRun, Remover, Wanted

RUNS_AT_ONCE = 100
EXPERIMENTS_AT_ONCE = 100
REPOSITORY_CALLS_AT_ONCE = 8


class Collected(NamedTuple):
    """One thing that went, or in a dry run would go; `refusal` says why it did not."""

    kind: str
    name: str
    files: int
    size: int
    refusal: str = ""


async def collect(
    remover: Remover, places: Places, wanted: Wanted, is_dry: bool
) -> AsyncIterator[Collected]:
    """Remove what `wanted` names, telling each thing as it is done; safe to break off."""
    after = -1
    while runs := await asyncio.to_thread(remover.runs, wanted, after, RUNS_AT_ONCE):
        after = runs[-1].id
        async for one in collect_runs(remover, places, runs, is_dry):
            yield one
    after = -1
    while found := await asyncio.to_thread(remover.experiments, wanted, after, EXPERIMENTS_AT_ONCE):
        after = found[-1].id
        for experiment in found:
            yield await collect_experiment(remover, places, experiment, is_dry)


async def collect_runs(
    remover: Remover, places: Places, runs: list[RemovableRun], is_dry: bool
) -> AsyncIterator[Collected]:
    if not is_dry:
        # Marked runs come back no more, so only those whose artifacts may be removed are.
        reachable = [run for run in runs if is_reachable(places, run)]
        marked = await asyncio.to_thread(remover.mark, reachable)
        runs = [run for run in runs if run in marked or run not in reachable]
    # Asked after the mark, from when on no more is archived of these runs.
    archived = await asyncio.to_thread(remover.archived, runs)
    bound = asyncio.Semaphore(REPOSITORY_CALLS_AT_ONCE)

    async def of_run(run: RemovableRun) -> Collected:
        async with bound:
            one = await collect_folder(
                remover, places, "run", run.run_id, folder_of(run), run.artifact_uri, is_dry
            )
            if run.id in archived and not one.refusal:
                return await collect_archive(places, one, is_dry)
            return one

    done = await asyncio.gather(*(of_run(run) for run in runs))
    if not is_dry:
        gone = [run for run, one in zip(runs, done, strict=True) if not one.refusal]
        await asyncio.to_thread(remover.remove_runs, gone)
    for one in done:
        yield one


def is_reachable(places: Places, run: RemovableRun) -> bool:
    try:
        places.find(folder_of(run))
    except MilepostError:
        return False
    return True


def folder_of(run: RemovableRun) -> str:
    """The run's own folder: above `artifacts`, where the location is laid out as we do it."""
    return run.artifact_uri.removesuffix("/artifacts") if is_own(run) else run.artifact_uri


def is_own(run: RemovableRun) -> bool:
    return run.artifact_uri.endswith(f"/{run.run_id}/artifacts")


async def collect_folder(
    remover: Remover, places: Places, kind: str, name: str, uri: str, shown_uri: str, is_dry: bool
) -> Collected:
    try:
        repository, place = places.find(uri)
        usage = await repository.usage(place)
        if not is_dry:
            await remove_folder(remover, repository, place)
    except MilepostError as error:
        return Collected(kind, name, 0, 0, f"{shown_uri}: {error.message}")
    return Collected(kind, name, *usage)


async def collect_archive(places: Places, one: Collected, is_dry: bool) -> Collected:
    """A run with the files of its archived points."""
    folder = ArchiveFolder(places.proxied)
    try:
        usage = await folder.usage(one.name)
        if not is_dry:
            await folder.remove(one.name)
    except MilepostError as error:
        return one._replace(refusal=f"{folder.uri}: {error.message}")
    return one._replace(files=one.files + usage.files, size=one.size + usage.size)


async def remove_folder(remover: Remover, repository: Repository, place: str) -> None:
    if place:
        await repository.delete(place)
        remover.forget_checksums(location_of(repository, place))


async def collect_experiment(
    remover: Remover, places: Places, experiment: RemovableExperiment, is_dry: bool
) -> Collected:
    """Its rows, and its folder where nobody else can have chosen that; after its runs."""
    name = f"{experiment.id} ({experiment.name})"
    if is_dry:
        return Collected("experiment", name, 0, 0)
    if not await asyncio.to_thread(remover.remove_experiment, experiment.id):
        return Collected("experiment", name, 0, 0, "it still has runs, or was restored")
    if experiment.artifact_location == f"{PROXIED}:/{experiment.id}":
        return await collect_folder(
            remover,
            places,
            "experiment",
            name,
            experiment.artifact_location,
            experiment.artifact_location,
            is_dry,
        )
    return Collected("experiment", name, 0, 0)
