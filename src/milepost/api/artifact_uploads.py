"""Milepost's own routes for artifacts: skip what is there, resume, append.

All take a `path`, and a `run_id`: with it the path is below the run's folder, without it below the
server's own destination, as in the proxy's routes.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import ExitStack

from milepost.api.artifact_bodies import location_of, note_checksums, pump, read_all
from milepost.api.artifacts import run_place
from milepost.api.context import Context, FileRequest, Response
from milepost.artifacts.checksums import ChecksumMismatch, Checksums
from milepost.artifacts.partial import Partial, PartialUploads, unknown, write_part
from milepost.artifacts.paths import checked
from milepost.artifacts.places import not_serving
from milepost.artifacts.repository import ArtifactIsFolder, Repository
from milepost.errors import InvalidParameterValue, ResourceDoesNotExist
from milepost.wire import messages as wire
from milepost.wire.requests import missing

FILES_ASKED_MAX = 1_000
STATS_AT_ONCE = 16
APPEND_BYTES_MAX = 8 * 2**20
DIGEST = re.compile(r"[0-9a-f]{64}")


async def target(context: Context, run_id: str | None, path: str | None) -> tuple[Repository, str]:
    """The repository and the checked place in it; raises when `path` names no file."""
    if not path:
        raise missing("path")
    if not checked(path):
        raise InvalidParameterValue("Invalid path")
    if run_id:
        repository, place, _ = await run_place(context, run_id, path)
        return repository, place
    if not context.places.serves_proxied:
        raise not_serving()
    return context.places.proxied, checked(path)


def digests(blake3: str | None, sha256: str | None) -> Checksums:
    claimed = Checksums((blake3 or "").lower(), (sha256 or "").lower())
    for name, text in zip(Checksums._fields, claimed, strict=True):
        if text and DIGEST.fullmatch(text) is None:
            raise InvalidParameterValue(f"'{name}' must be 64 hexadecimal digits.")
    return claimed


# --- what needs no sending -----------------------------------------------------------------------


async def find_missing_artifacts(context: Context, request: wire.FindMissingArtifacts) -> Response:
    """Of the files that a client has, those whose content is not at their path yet."""
    if len(request.files) > FILES_ASKED_MAX:
        raise InvalidParameterValue(f"Ask for at most {FILES_ASKED_MAX} files at once.")
    wanted = []
    for index, file in enumerate(request.files):
        if not file.blake3 and not file.sha256:
            raise missing(f"files[{index}].blake3")
        repository, place = await target(context, request.run_id, file.path)
        wanted.append((file, digests(file.blake3, file.sha256), repository, place))
    known = await context.store.get_checksums(
        [location_of(repository, place) for _, _, repository, place in wanted]
    )
    bound = asyncio.Semaphore(STATS_AT_ONCE)

    async def is_there(claimed: Checksums, size: int, repository: Repository, place: str) -> bool:
        found = known.get(location_of(repository, place))
        if found is None or found.size != size:
            return False
        for claim, actual in zip(claimed, (found.blake3, found.sha256), strict=True):
            if claim and claim != actual:
                return False
        async with bound:
            try:
                stat = await repository.stat(place)
            except (ResourceDoesNotExist, ArtifactIsFolder):
                return False
        return (stat.size, stat.etag) == (found.size, found.etag)

    there = await asyncio.gather(
        *(
            is_there(claimed, file.size or 0, repository, place)
            for file, claimed, repository, place in wanted
        )
    )
    absent = [file.path or "" for (file, *_), found in zip(wanted, there, strict=True) if not found]
    return wire.FindMissingArtifactsResponse(absent)


# --- resumable uploads ---------------------------------------------------------------------------


async def create_upload(context: Context, request: wire.CreateUpload) -> Response:
    repository, place = await target(context, request.run_id, request.path)
    size = request.size
    if size is None or not 0 <= size <= context.artifact_bytes_max:
        raise InvalidParameterValue(
            f"'size' must be from 0 to {context.artifact_bytes_max} bytes, not {size}."
        )
    claimed = digests(request.blake3, request.sha256)
    if not claimed.blake3:
        raise missing("blake3")
    partial = Partial(repository.uri, place, size, claimed)
    uploads = PartialUploads(repository.staging)
    upload_id = await asyncio.to_thread(uploads.create, partial)
    return wire.UploadState(upload_id, 0, size)


async def known_upload(
    context: Context, run_id: str | None, upload_id: str | None
) -> tuple[Repository, PartialUploads, Partial, int, str]:
    if not upload_id:
        raise missing("upload_id")
    repository, _ = await target(context, run_id, "any")
    uploads = PartialUploads(repository.staging)
    partial, offset = await asyncio.to_thread(uploads.get, upload_id)
    if partial.repository != repository.uri:
        raise unknown(upload_id)
    return repository, uploads, partial, offset, upload_id


async def get_upload(context: Context, request: wire.GetUpload) -> Response:
    _, _, partial, offset, upload_id = await known_upload(
        context, request.run_id, request.upload_id
    )
    return wire.UploadState(upload_id, offset, partial.size)


async def write_upload(context: Context, request: FileRequest) -> Response:
    """The next bytes. What arrived before a connection broke is kept: ask for the offset."""
    query = request.query
    _, uploads, partial, _, upload_id = await known_upload(
        context, query.get("run_id"), query.get("upload_id")
    )
    offset = offset_in(query.get("offset"))
    with ExitStack() as held:
        opened = held.enter_context(uploads.writing(upload_id, offset))

        async def write(parts: list[bytes]) -> None:
            nonlocal offset
            offset = await asyncio.to_thread(write_part, opened, parts, offset, False)

        rest = await pump(request.body(), write, partial.size - offset)
        offset = await asyncio.to_thread(write_part, opened, rest, offset, True)
    return wire.UploadState(upload_id, offset, partial.size)


def offset_in(text: str | None) -> int:
    if text is None:
        raise missing("offset")
    if re.fullmatch(r"[0-9]{1,18}", text) is None:
        raise InvalidParameterValue(f"'offset' must be a number of bytes, not {text[:100]!r}.")
    return int(text)


async def complete_upload(context: Context, request: wire.CompleteUpload) -> Response:
    repository, uploads, partial, offset, upload_id = await known_upload(
        context, request.run_id, request.upload_id
    )
    if offset != partial.size:
        raise InvalidParameterValue(
            f"The upload has {offset} of its {partial.size} bytes; go on at offset {offset}."
        )
    file = uploads.file(upload_id)
    try:
        stored = await repository.adopt(str(file), partial.path, partial.claimed)
    except ChecksumMismatch:
        await asyncio.to_thread(uploads.remove, upload_id)
        raise
    await asyncio.to_thread(uploads.remove, upload_id)
    note_checksums(context, repository, partial.path, stored)
    return wire.CompleteUploadResponse(stored.stat.size, stored.checksums.blake3)


async def abort_upload(context: Context, request: wire.AbortUpload) -> Response:
    _, uploads, _, _, upload_id = await known_upload(context, request.run_id, request.upload_id)
    await asyncio.to_thread(uploads.remove, upload_id)
    return None


# --- appending -----------------------------------------------------------------------------------


async def append_artifact(context: Context, request: FileRequest) -> Response:
    """Add text at a known offset; the same request again changes nothing."""
    query = request.query
    offset = offset_in(query.get("offset"))
    repository, place = await target(context, query.get("run_id"), query.get("path"))
    data = await read_all(request.body(), APPEND_BYTES_MAX)
    size = await repository.append(place, offset, data)
    return wire.AppendArtifactResponse(size)
