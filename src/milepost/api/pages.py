"""Page tokens: opaque to clients, the key of the last item seen to us, never an offset."""

from __future__ import annotations

import base64
import binascii
import math
import struct
from collections.abc import Sequence
from typing import Any

import msgspec

from milepost.errors import InvalidParameterValue
from milepost.search import Order
from milepost.search.fields import NUMBER, PARAM, TEXT, TIME
from milepost.search.tree import Field
from milepost.store.pages import Range
from milepost.store.series import HistoryCursor

STAGES = {"ACTIVE_ONLY": Range(1, 1), "DELETED_ONLY": Range(0, 0), "ALL": Range(0, 1)}
# A place in an order by a param holds its value, which may be long.
TOKEN_CHARS_MAX = 262_144


def token_of(kind: str, key: tuple[Any, ...]) -> str:
    """A token for the key of a page's last item; `kind` names the list."""
    return base64.urlsafe_b64encode(msgspec.json.encode([kind, *key])).decode()


def place_token(kind: str, orders: Sequence[Order], place: tuple[Any, ...] | None) -> str | None:
    """A token for a place in an order, which goes on only in that order; None for no place."""
    if place is None:
        return None
    return token_of(kind, (list(map(str, orders)), *map(told, place)))


def told(value: Any) -> Any:
    """JSON has no word for what goes beyond its numbers."""
    return repr(value) if isinstance(value, float) and math.isinf(value) else value


def place_of(token: str | None, kind: str, orders: Sequence[Order]) -> tuple[Any, ...] | None:
    """The place that a token holds; None for no token. Raises when it belongs to another list."""
    if not token:
        return None
    value = value_of(token)
    keys = list(map(str, orders))
    if not isinstance(value, list) or len(value) < 3 or value[0] != kind:
        raise InvalidParameterValue(f"Invalid page token, parsed value={value}")
    if value[1] != keys:
        raise InvalidParameterValue(
            f"Invalid page token: it goes on a list ordered by {value[1]}, and this request asks"
            f" for the order {keys}. Send the order_by that the first page was asked with."
        )
    return checked_place(value[2:], orders, kind)


def checked_place(place: list[Any], orders: Sequence[Order], kind: str) -> tuple[Any, ...]:
    """The columns of a place, each of the type that the order says."""
    wanted: list[str] = []
    for order in orders:
        wanted += ["rank"] if is_ranked(order) else []
        wanted.append(order.kind)
    ties = {
        "runs": [("start_time", TIME), ("run_id", TEXT)],
        "experiments": [("experiment_id", NUMBER)] if orders else [("", TIME), ("", NUMBER)],
    }[kind]
    named = {order.term.key for order in orders if isinstance(order.term, Field)
             and order.term.entity == "attribute"}  # fmt: skip
    wanted += [type for name, type in ties if name not in named]
    fits = len(place) == len(wanted) and all(
        is_part(value, type, place[at - 1] if at else 0)
        for at, (value, type) in enumerate(zip(place, wanted, strict=True))
    )
    if not fits:
        raise InvalidParameterValue("Invalid page token: it was not given by this server.")
    return tuple(
        float(value) if value in ("inf", "-inf") and type == NUMBER else value
        for value, type in zip(place, wanted, strict=True)
    )


def is_ranked(order: Order) -> bool:
    """Whether something may lack the term, so that its rank stands before it."""
    term = order.term
    return not isinstance(term, Field) or term.entity != "attribute" or term.key in NULLABLE


NULLABLE = ("end_time", "duration", "parent_run_id")


def is_part(value: Any, type: str, before: Any) -> bool:
    if type == "rank":
        return isinstance(value, int) and 0 <= value <= 2
    if value is None:
        return isinstance(before, int) and before > 0
    if type in (TEXT, PARAM):
        return isinstance(value, str) or is_int64(value)
    return is_int64(value) or isinstance(value, float) or value in ("inf", "-inf")


def is_int64(value: Any) -> bool:
    return isinstance(value, int) and -(2**63) <= value < 2**63


def value_of(token: str) -> Any:
    """The JSON value in a token. Raises for what is no token at all."""
    if len(token) > TOKEN_CHARS_MAX:
        raise InvalidParameterValue("Invalid page token: it is too long.")
    try:
        decoded = base64.urlsafe_b64decode(token.encode("ascii"))
    except (binascii.Error, ValueError):
        raise InvalidParameterValue("Invalid page token, could not base64-decode") from None
    try:
        return msgspec.json.decode(decoded)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidParameterValue(f"Invalid page token, decoded value={decoded!r}") from None


def key_of(token: str | None, kind: str, types: tuple[type, ...]) -> tuple[Any, ...] | None:
    """The key in a token; None for no token. Raises for a token that this list did not give."""
    if not token:
        return None
    value = value_of(token)
    if (
        not isinstance(value, list)
        or value[:1] != [kind]
        or [type(part) for part in value[1:]] != list(types)
        or any(isinstance(part, int) and not -(2**63) <= part < 2**63 for part in value[1:])
    ):
        raise InvalidParameterValue(f"Invalid page token, parsed value={value}")
    return tuple(value[1:])


def history_token(cursor: HistoryCursor | None) -> str | None:
    if cursor is None:
        return None
    bits = struct.unpack("<q", struct.pack("<d", cursor.value))[0]
    return token_of("history", (cursor.timestamp, cursor.step, bits))


def history_cursor(token: str | None) -> HistoryCursor | None:
    key = key_of(token, "history", (int, int, int))
    if key is None:
        return None
    value = struct.unpack("<d", struct.pack("<q", key[2]))[0]
    return HistoryCursor(key[0], key[1], value)
