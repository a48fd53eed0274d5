"""Batches that a client has numbered: taken once, however often they are sent.

A batch's id is `<stream>:<place>`. A stream is one sender, which sends in order and sends a batch
again until it is answered; its places grow. So one remembered place a stream is enough, in the
transaction that writes the batch. A batch that was refused as a whole comes again in parts, whose
places have more numbers: 12, then 12.0 and 12.1. An id without a place is a stream of one batch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from milepost.store.sql import load
from milepost.store.transaction import Transaction

BATCHES = load("batches")

# Streams from which nothing has come for so long are forgotten, a few at each new one.
REMEMBERED_MS = 90 * 24 * 3600 * 1000
FORGOTTEN_AT_ONCE = 100

Place = tuple[int, ...]


class Batch(NamedTuple):
    """What the header says: whose batch, and where in the stream; `now` in ms."""

    stream: str
    place: Place
    now: int


class AlreadyTaken:
    """The result of a write that was left out."""


ALREADY_TAKEN = AlreadyTaken()


def once(
    transaction: Transaction, batch: Batch, operation: Callable[..., Any], *arguments: Any
) -> Any:
    """The operation's result, or `ALREADY_TAKEN`; a batch that fails is not remembered."""
    row = transaction.execute(BATCHES.STREAM_SELECT, (batch.stream,)).fetchone()
    if row is None:
        long_ago = batch.now - REMEMBERED_MS
        transaction.execute(BATCHES.STREAMS_REMOVE, (long_ago, FORGOTTEN_AT_ONCE))
    elif was_taken(batch.place, place_of(row[0])):
        return ALREADY_TAKEN
    result = operation(transaction, *arguments)
    place = ".".join(map(str, batch.place))
    transaction.execute(BATCHES.STREAM_UPSERT, (batch.stream, place, batch.now))
    return result


def was_taken(place: Place, last: Place) -> bool:
    """Whether a stream that has come to `last` has this one behind it.

    A whole of which only the first parts were taken is not behind it.
    """
    return place == last or (place < last and last[: len(place)] != place)


def place_of(text: str) -> Place:
    return tuple(int(number) for number in text.split(".") if number)
