"""What a handler may use: the store, the clock, and facts about this server."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from milepost.artifacts.checksums import Checksums
from milepost.artifacts.places import Places
from milepost.artifacts.repository import Reader, Stored
from milepost.errors import InvalidParameterValue
from milepost.store import Store
from milepost.store.batches import Batch, place_of
from milepost.wire.messages import Message

# A part of a batch that was refused as a whole has further numbers: 12.0, 12.1.
BATCH_ID = re.compile(r"([A-Za-z0-9_-]{1,64})(?::([0-9]{1,15}(?:\.[0-9]{1,4}){0,20}))?")


class Context(NamedTuple):
    """One server's handlers share one context. `artifact_bytes_max` bounds one artifact."""

    store: Store
    places: Places
    artifact_bytes_max: int

    def now(self) -> int:
        """The time in ms since the epoch."""
        return time.time_ns() // 1_000_000

    def once(self, batch_id: str) -> Context:
        """For a request that says which batch it is: written only if it was not before.

        Raises `InvalidParameterValue`.
        """
        found = BATCH_ID.fullmatch(batch_id)
        if found is None:
            raise InvalidParameterValue(
                f"Invalid Milepost-Batch-Id '{batch_id[:100]}'. It is 1 to 64 letters, digits, '-'"
                " and '_', and where batches follow each other ':' and a number that grows."
            )
        stream, place = found.groups(default="")
        return self._replace(store=self.store.once(Batch(stream, place_of(place), self.now())))


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
