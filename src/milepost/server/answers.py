"""Answers: messages, texts, long lists and errors as what goes out over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from milepost.api.context import ItemStream
from milepost.errors import MilepostError, RefusedInDetail
from milepost.server.bodies import Message

Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

encode = msgspec.json.Encoder().encode

GUARD_HEADERS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"vary", b"Origin"),
]
JSON_HEADERS: Headers = [(b"content-type", b"application/json"), *GUARD_HEADERS]
TEXT_HEADERS: Headers = [(b"content-type", b"text/plain; charset=utf-8"), *GUARD_HEADERS]
EMPTY_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [*JSON_HEADERS, (b"content-length", b"2")],
}
EMPTY_BODY = {"type": "http.response.body", "body": b"{}"}


async def send_response(send: Send, response: Any) -> None:
    """A message, plain JSON values, a stream, or None for {}."""
    if response is None:
        await send(EMPTY_START)
        await send(EMPTY_BODY)
    elif isinstance(response, ItemStream):
        await send_stream(send, response)
    else:
        await send_bytes(send, 200, JSON_HEADERS, encode(response))


async def send_bytes(
    send: Send, status: int, headers: Headers, body: bytes, more_body: bool = False
) -> None:
    length = (b"content-length", str(len(body)).encode())
    start = {"type": "http.response.start", "status": status, "headers": [*headers, length]}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": more_body})


async def send_text(send: Send, text: str, extra: Headers | None = None) -> None:
    await send_bytes(send, 200, [*TEXT_HEADERS, *(extra or [])], text.encode())


async def send_stream(send: Send, stream: ItemStream) -> None:
    """A long list in pieces, so that the answer's size does not show in the server's memory."""
    await send({"type": "http.response.start", "status": 200, "headers": JSON_HEADERS})
    before = b'{"' + stream.field.encode() + b'":['
    async for items in stream.pieces:
        if items:
            piece = before + encode(items)[1:-1]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            before = b","
    await send({"type": "http.response.body", "body": b"]}"})


async def send_error(send: Send, error: MilepostError, more_body: bool = False) -> None:
    """An error as its answer; `more_body` leaves the answer open, to be ended by the caller."""
    headers = JSON_HEADERS
    retry_after_s = getattr(error, "retry_after_s", None)
    if retry_after_s is not None:
        headers = [*headers, (b"retry-after", str(retry_after_s).encode())]
    if error.http_status == 413:
        # The rest of the body was not read; this connection cannot be used again.
        headers = [*headers, (b"connection", b"close")]
    shown = {"error_code": error.error_code, "message": error.message}
    if isinstance(error, RefusedInDetail):
        shown["detail"] = error.message
    body = encode(shown)
    await send_bytes(send, error.http_status, headers, body, more_body)


async def send_preflight(send: Send) -> None:
    headers: Headers = [
        *GUARD_HEADERS,
        (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE, OPTIONS"),
        (b"access-control-allow-headers", b"authorization, content-type, milepost-batch-id"),
        (b"access-control-max-age", b"600"),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def with_headers(send: Send, extra: Headers) -> Send:
    """`send`, adding headers to the start of the answer."""

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return wrapped
