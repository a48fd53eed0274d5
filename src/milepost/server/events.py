"""Sends server-sent events for as long as both sides stay."""

from __future__ import annotations

import asyncio

from milepost.api.context import EventStream
from milepost.server.answers import GUARD_HEADERS, Headers, Send
from milepost.server.bodies import Receive

EVENT_HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    # nginx would else hold events back.
    (b"x-accel-buffering", b"no"),
    *GUARD_HEADERS,
]


async def send_events(send: Send, receive: Receive, stream: EventStream) -> None:
    """Events until the source ends or the client leaves."""
    gone = asyncio.ensure_future(client_left(receive))
    await send({"type": "http.response.start", "status": 200, "headers": EVENT_HEADERS})
    try:
        while not gone.done():
            piece = asyncio.ensure_future(anext(stream.pieces, None))
            await asyncio.wait((piece, gone), return_when=asyncio.FIRST_COMPLETED)
            if not piece.done():
                piece.cancel()
                await asyncio.gather(piece, return_exceptions=True)
                break
            data = piece.result()
            if data is None:
                break
            await send({"type": "http.response.body", "body": data, "more_body": True})
    finally:
        gone.cancel()
        await stream.pieces.aclose()
    await send({"type": "http.response.body", "body": b""})


async def client_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
