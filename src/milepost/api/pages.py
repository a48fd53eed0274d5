"""Page tokens: opaque to clients, the key of the last item seen to us, never an offset."""

from __future__ import annotations

import base64
import binascii
import struct
from typing import Any

import msgspec

from milepost.errors import InvalidParameterValue
from milepost.store.pages import Page, Range
from milepost.store.series import HistoryCursor

STAGES = {"ACTIVE_ONLY": Range(1, 1), "DELETED_ONLY": Range(0, 0), "ALL": Range(0, 1)}
TOKEN_CHARS_MAX = 4_096


def token_of(kind: str, key: tuple[Any, ...]) -> str:
    """A token for the key of a page's last item; `kind` is "runs", "experiments" or "history"."""
    return base64.urlsafe_b64encode(msgspec.json.encode([kind, *key])).decode()


def next_token(kind: str, page: Page[Any]) -> str | None:
    return token_of(kind, page.next) if page.next is not None else None


def key_of(token: str | None, kind: str, types: tuple[type, ...]) -> tuple[Any, ...] | None:
    """The key in a token; None for no token. Raises for a token that this list did not give."""
    if not token:
        return None
    try:
        decoded = base64.urlsafe_b64decode(token[:TOKEN_CHARS_MAX].encode("ascii"))
    except (binascii.Error, ValueError):
        raise InvalidParameterValue("Invalid page token, could not base64-decode") from None
    try:
        value = msgspec.json.decode(decoded)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidParameterValue(f"Invalid page token, decoded value={decoded!r}") from None
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
