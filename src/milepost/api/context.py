"""What a handler may use: the store, the clock, and facts about this server."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from milepost.artifacts.checksums import Checksums
from milepost.artifacts.places import Places
from milepost.artifacts.repository import Reader, Stored
from milepost.store import Store
from milepost.wire.messages import Message


class Context(NamedTuple):
    """One server's handlers share one context. `artifact_bytes_max` bounds one artifact."""

    store: Store
    places: Places
    artifact_bytes_max: int

    def now(self) -> int:
        """The time in ms since the epoch."""
        return time.time_ns() // 1_000_000


class ItemStream(NamedTuple):
    """A response that is one long list, sent piece by piece: `{"<field>": [items...]}`.

    Empty pieces are skipped.
    """

    field: str
    pieces: AsyncIterator[list[Any]]


class FileRequest(NamedTuple):
    """A request that carries a file's bytes, or asks for them.

    `path` is the artifact path in the URL, decoded once and not judged yet, "" where the route has
    none; `size` the body's length in bytes where the client said it; `claimed` the checksums that
    it has to have.
    """

    path: str
    query: Mapping[str, str]
    claimed: Checksums
    size: int | None
    is_head: bool
    # The body piece by piece, to be read once; reading it slowly slows the sender down.
    body: Callable[[], AsyncIterator[bytes]]
    # The body as the route's JSON message.
    message: Callable[[], Awaitable[Any]]


class Download(NamedTuple):
    """An artifact to send: all of it, or the range that was asked for. The sender closes it."""

    reader: Reader
    name: str
    # Shown by the browser inside a sandbox, instead of saved.
    is_preview: bool = False


class Uploaded(NamedTuple):
    """An upload's answer: nothing but headers."""

    stored: Stored


class EventStream(NamedTuple):
    """A response that goes on until either side leaves: server-sent events, ready to be sent."""

    pieces: AsyncGenerator[bytes, None]


# What a handler gives back: a message, plain JSON values, a stream, or None for {}.
Response = Message | dict[str, Any] | ItemStream | EventStream | Download | Uploaded | None
Handler = Callable[[Context, Any], Awaitable[Response]]
