"""uvicorn's HTTP/1.1 with what it lacks: a bound of a request's head, and one write an answer.

With TCP_NODELAY each write is a packet and a wake-up of the client; for a small answer that is
more work than the answer (measured: a fifth of a log-metric request's CPU time).
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# The parser keeps an unfinished head in memory, and copies it whole for each piece that arrives.
# Of the piece in which it begins all is counted; the loop reads up to 256 KiB at once.
HEAD_BYTES_MAX = 2**19
HEAD_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: application/json\r\n"
    b"x-content-type-options: nosniff\r\nx-frame-options: SAMEORIGIN\r\nconnection: close\r\n"
    b"content-length: %d\r\n\r\n%b"
)
HEAD_REFUSAL = (
    b'{"error_code":"INVALID_PARAMETER_VALUE","message":"The request\'s address and headers exceed'
    b' %d bytes. Send long values in the body."}' % HEAD_BYTES_MAX
)


class JoiningTransport:
    """A transport whose writes of one turn of the loop leave together."""

    __slots__ = ("_call_soon", "_parts", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._call_soon = loop.call_soon
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._call_soon(self._flush)
        self._parts.append(data)

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts and not self._transport.is_closing():
            self._transport.write(parts[0] if len(parts) == 1 else b"".join(parts))

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class JoiningProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 protocol over a `JoiningTransport`."""

    # How much of a head has come that is not complete yet; None outside a head.
    _head_bytes: int | None = None

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        self._head_bytes = None
        super().on_headers_complete()

    def on_header(self, name: bytes, value: bytes) -> None:
        # Fields behind a chunked body mean nothing here; kept, they would add up without a bound.
        if self._head_bytes is not None:
            super().on_header(name, value)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head_bytes is None or self.transport.is_closing():
            return
        self._head_bytes += len(data)
        if self._head_bytes > HEAD_BYTES_MAX:
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(HEAD_TOO_LARGE % (len(HEAD_REFUSAL), HEAD_REFUSAL))
            self.transport.close()

    def on_url(self, url: bytes) -> None:
        # A target has no fragment (RFC 9112): uvicorn would drop it and serve another path.
        super().on_url(url.replace(b"#", b"%23") if b"#" in url else url)

    def on_body(self, body: bytes) -> None:
        cycle = self.cycle
        if cycle.body or cycle.response_complete:
            return super().on_body(body)
        # uvicorn would copy the piece into a buffer and out again; it can be handed on as it is.
        cycle.body = body  # type: ignore[assignment]
        if len(body) > HIGH_WATER_LIMIT:
            self.flow.pause_reading()
        cycle.message_event.set()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(JoiningTransport(transport, self.loop))  # type: ignore[arg-type]
