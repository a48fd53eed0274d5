"""What a handler may use: the store, the clock, and facts about this server."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NamedTuple

from milepost.store import Store
from milepost.wire.messages import Message


class Context(NamedTuple):
    """One server's handlers share one context."""

    store: Store

    def now(self) -> int:
        """The time in ms since the epoch."""
        return time.time_ns() // 1_000_000


class ItemStream(NamedTuple):
    """A response that is one long list, sent piece by piece: `{"<field>": [items...]}`.

    Empty pieces are skipped.
    """

    field: str
    pieces: AsyncIterator[list[Any]]


# What a handler gives back: a message, plain JSON values, a stream, or None for {}.
Response = Message | dict[str, Any] | ItemStream | None
Handler = Callable[[Context, Any], Awaitable[Response]]
