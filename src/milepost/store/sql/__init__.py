"""The SQL of the store: named, parameterised statements in the .sql files of this folder.

A file holds statements under `-- name: NOUN_VERB` lines; they are read once and found as
attributes: `RUNS = load("runs"); execute(RUNS.RUN_INSERT, ...)`. Parameters are `?`, in the order
that the statement's text shows. No SQL is put together anywhere else in the house.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent


class Statements:
    """The statements of one file, by name."""

    def __init__(self, area: str, texts: dict[str, str]) -> None:
        self.area = area
        self.texts = texts

    def __getattr__(self, name: str) -> str:
        try:
            return self.texts[name]
        except KeyError:
            raise AttributeError(f"sql/{self.area}.sql has no statement {name}") from None


def load(area: str) -> Statements:
    """The statements of `<area>.sql`."""
    text = (FOLDER / f"{area}.sql").read_text(encoding="utf-8")
    parts = re.split(r"^-- name: (\w+)\n", text, flags=re.MULTILINE)
    names, bodies = parts[1::2], parts[2::2]
    return Statements(area, {n: b.strip().rstrip(";") for n, b in zip(names, bodies, strict=True)})


def json_list(values: Iterable[int | str]) -> str:
    """A list as the one JSON parameter that `IN (SELECT value FROM json_each(?))` takes."""
    return json.dumps(list(values))
