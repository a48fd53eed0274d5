"""What SQLite lacks and searches need: regular expressions in linear time, texts as numbers."""

from __future__ import annotations

import re
import sqlite3

from milepost.search.patterns import compiled

_NUMBER = re.compile(r"\s*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?)\s*", re.I | re.A)


def register(connection: sqlite3.Connection) -> None:
    connection.create_function("regexp", 2, regexp, deterministic=True)
    connection.create_function("as_number", 1, as_number, deterministic=True)


def as_number(text: str | None) -> float | None:
    """The number that a param's text is; None when it is none. NaN is none either."""
    return float(text) if text is not None and _NUMBER.fullmatch(text) else None


def regexp(pattern: str, text: str | None) -> bool | None:
    """Whether the pattern is found anywhere in the text."""
    return None if text is None else compiled(pattern).search(text) is not None
