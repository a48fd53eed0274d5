"""Archiving: points of runs that ended long ago go to files of the artifact store, run by run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

from milepost.artifacts.archive import ArchiveFolder, path_of
from milepost.errors import InvalidParameterValue, InvalidState
from milepost.store.archive import Pointer, pointer_to
from milepost.store.archiver import Archiver, OldChunk, OldRun

RUNS_AT_ONCE = 500
CHANGED = "it was changed meanwhile; the next time takes it"


class Archived(NamedTuple):
    """What went of one run, or in a dry run would go; `refusal` says why there is more."""

    run_id: str
    points: int
    size: int
    refusal: str = ""


class ChangedMeanwhile(Exception):
    """A chunk that was to be written has been sealed anew."""


async def require_place(archiver: Archiver, folder: ArchiveFolder) -> None:
    """Raises `InvalidState` where what was archived before is not in this folder."""
    run_id = await asyncio.to_thread(archiver.archived_run)
    if run_id is not None and not (await folder.usage(run_id)).files:
        raise InvalidState(
            f"Run {run_id} is archived already, and its file is not in {folder.uri}. Name the"
            " artifact store of the servers with --artifacts-destination."
        )


async def archive(
    archiver: Archiver, folder: ArchiveFolder, is_dry: bool
) -> AsyncIterator[Archived]:
    """Archive what `archiver` finds, telling of each run as it is done; safe to break off.

    Raises what `folder` does when the artifact store cannot be used.
    """
    after = -1
    while runs := await asyncio.to_thread(archiver.runs, after, RUNS_AT_ONCE):
        after = runs[-1].id
        for run in runs:
            if is_dry:
                chunks = await asyncio.to_thread(archiver.all_chunks, run)
                yield told(run, chunks)
            else:
                yield await archive_run(archiver, folder, run)


def told(run: OldRun, chunks: list[OldChunk], refusal: str = "") -> Archived:
    points = sum(chunk.point_count for chunk in chunks)
    return Archived(run.run_id, points, sum(chunk.size for chunk in chunks), refusal)


async def archive_run(archiver: Archiver, folder: ArchiveFolder, run: OldRun) -> Archived:
    done: list[OldChunk] = []
    while chunks := await asyncio.to_thread(archiver.chunks, run):
        try:
            is_done = await archive_chunks(archiver, folder, run, chunks)
        except InvalidParameterValue as error:
            return told(run, done, error.message)
        if not is_done:
            return told(run, done, CHANGED)
        done += chunks
    return told(run, done)


async def archive_chunks(
    archiver: Archiver, folder: ArchiveFolder, run: OldRun, chunks: list[OldChunk]
) -> bool:
    """One file; False when the run was changed meanwhile, and nothing has happened then.

    Raises `InvalidParameterValue` for a run's id that can name no folder.
    """
    path_of(run.run_id)  # raises before anything is noted of a run whose id can name no folder
    new = await asyncio.to_thread(archiver.begin, run)
    if new is None:
        return False
    if new.left_behind is not None:
        await folder.remove(run.run_id, new.left_behind)
    written: list[tuple[OldChunk, Pointer]] = []

    async def parts() -> AsyncIterator[bytes]:
        offset = 0
        for chunk in chunks:
            data = await asyncio.to_thread(archiver.data, run, chunk)
            if data is None:
                raise ChangedMeanwhile
            written.append((chunk, pointer_to(chunk.codec, new.number, offset, data)))
            offset += len(data)
            yield data

    try:
        await folder.write(run.run_id, new.number, parts())
    except ChangedMeanwhile:
        return False
    for _, pointer in written:
        await asyncio.to_thread(archiver.read_back, run, pointer)
    if await asyncio.to_thread(archiver.finish, run, new.number, written):
        return True
    await folder.remove(run.run_id, new.number)
    return False
