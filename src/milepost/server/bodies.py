"""Request bodies, read with a bound: as sent, and after gzip."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from milepost.errors import BadRequest, PayloadTooLarge

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

GZIP_WBITS = 16 + zlib.MAX_WBITS
# A body is inflated in slices of this; tools that write members in a row write large ones.
SLICE_BYTES = 2**16
MEMBERS_MAX = 10_000
# How much of a refused body is read away before the refusal, in limits, and for how long.
DRAIN_FACTOR = 4
DRAIN_S = 10.0


class ClientGone(Exception):
    """The client closed the connection before its request was complete."""


async def read_body(receive: Receive, headers: dict[bytes, bytes], bytes_max: int) -> bytes:
    """The whole body, inflated if it came as gzip.

    Raises `PayloadTooLarge` as soon as it is known to exceed `bytes_max`, before or after
    inflating, and `BadRequest` for an encoding that is unknown or broken.
    """
    declared = headers.get(b"content-length")
    if declared is not None and int(declared) > bytes_max:
        raise too_large(bytes_max)
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGone
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        body = await read_rest(receive, body, bytes_max)
    if len(body) > bytes_max:
        raise too_large(bytes_max)
    encoding = headers.get(b"content-encoding")
    if encoding is None or encoding == b"identity":
        return body
    if encoding.lower() != b"gzip":
        raise BadRequest(
            f"Content-Encoding {encoding.decode('latin-1')!r} is not known here; send gzip or none."
        )
    return inflate(body, bytes_max)


async def read_rest(receive: Receive, first: bytes, bytes_max: int) -> bytes:
    parts = [first]
    size = len(first)
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > bytes_max:
            raise too_large(bytes_max)
        if not message.get("more_body"):
            return b"".join(parts)


async def drain(receive: Receive, bytes_max: int) -> None:
    """Read a refused body away, within bounds: closing on a client that still sends resets it."""
    left = bytes_max
    try:
        async with asyncio.timeout(DRAIN_S):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return
    except TimeoutError:
        return


def inflate(body: bytes, bytes_max: int) -> bytes:
    """All members of a gzip body (RFC 1952 allows several).

    In slices, for the inflater copies what stands behind a member: of millions of empty members
    it would copy the rest of the body millions of times.
    """
    parts: list[bytes] = []
    left = bytes_max
    members = 0
    inflater = None
    for start in range(0, len(body), SLICE_BYTES):
        piece = body[start : start + SLICE_BYTES]
        while piece:
            if inflater is None:
                members += 1
                if members > MEMBERS_MAX:
                    raise BadRequest(f"The gzip request body has over {MEMBERS_MAX} members.")
                inflater = zlib.decompressobj(GZIP_WBITS)
            try:
                parts.append(inflater.decompress(piece, left + 1))
            except zlib.error as error:
                raise BadRequest(f"The gzip request body is damaged: {error}.") from None
            left -= len(parts[-1])
            if left < 0:
                raise too_large(bytes_max)
            piece = inflater.unused_data
            if inflater.eof:
                inflater = None
    if inflater is not None:
        raise BadRequest("The gzip request body is cut off.")
    return b"".join(parts)


def too_large(bytes_max: int) -> PayloadTooLarge:
    return PayloadTooLarge(
        f"The request body exceeds {bytes_max} bytes. Send it in smaller parts, or start the server"
        " with a larger --max-body-bytes."
    )
