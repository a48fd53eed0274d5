"""Bodies on their way into a repository: bounded, in large pieces, gone without a trace if cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from milepost.api.context import Context, FileRequest
from milepost.artifacts.repository import PIECE_BYTES, Repository, Stored
from milepost.errors import InvalidParameterValue, PayloadTooLarge
from milepost.store.artifacts import KnownContent


def check_size(size: int | None, bytes_max: int) -> None:
    if size is not None and size > bytes_max:
        raise PayloadTooLarge(
            f"The artifact exceeds {bytes_max} bytes. The server's --max-artifact-bytes says how"
            " large one may be."
        )


async def read_all(body: AsyncIterator[bytes], bytes_max: int) -> bytes:
    """A small body as a whole. Raises `PayloadTooLarge`."""
    parts, size = [], 0
    async for part in body:
        size += len(part)
        check_size(size, bytes_max)
        parts.append(part)
    return b"".join(parts)


async def store_body(
    context: Context,
    repository: Repository,
    place: str,
    request: FileRequest,
    body: AsyncIterator[bytes],
    bytes_max: int,
) -> Stored:
    """Write a body to `place` and note its checksums; when it fails nothing is left behind."""
    if not place:
        raise InvalidParameterValue("Invalid path")
    upload = repository.upload(place, request.claimed, request.size)
    try:
        rest = await pump(body, upload.write, bytes_max)
        stored = await upload.commit(rest)
    except BaseException:
        await upload.abort()
        raise
    note_checksums(context, repository, place, stored)
    return stored


async def pump(
    body: AsyncIterator[bytes],
    write: Callable[[list[bytes]], Awaitable[None]],
    bytes_max: int,
) -> list[bytes]:
    """Hand the body on in pieces of `PIECE_BYTES`, receiving one while another is written.

    Returns what is left at the end. No write is under way any more when this returns or raises.
    """
    parts: list[bytes] = []
    held = total = 0
    writing: asyncio.Task[None] | None = None
    try:
        async for part in body:
            parts.append(part)
            held += len(part)
            total += len(part)
            check_size(total, bytes_max)
            if held >= PIECE_BYTES:
                if writing is not None:
                    await writing
                writing = asyncio.ensure_future(write(parts))
                parts, held = [], 0
        if writing is not None:
            await writing
        return parts
    finally:
        if writing is not None and not writing.done():
            await asyncio.wait((writing,))


def note_checksums(context: Context, repository: Repository, place: str, stored: Stored) -> None:
    stat, checksums = stored
    context.store.note_checksums(
        KnownContent(
            location_of(repository, place), stat.size, stat.etag, checksums.blake3, checksums.sha256
        )
    )


def location_of(repository: Repository, place: str) -> str:
    """The key of an artifact in the table of checksums."""
    return f"{repository.uri}/{place}"
