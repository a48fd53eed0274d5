"""The store's SQL as PostgreSQL writes it: a few fixed substitutions, made once a statement.

Statements are written once, in SQLite's words, and this turns the few that PostgreSQL has others
for. It is no parser: it knows the forms that `store/sql/` and `search/` use, and the conformance
suite runs every one of them on both databases. No value is ever looked at here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

INDEXED_BY = re.compile(r" INDEXED BY \w+")
NO_INDEX = re.compile(r"\bWHERE \+(?=\w)")  # a hint that PostgreSQL takes for a sum
IN_LIST = re.compile(r"IN \(SELECT value FROM json_each\((\?\d*)( /\* texts \*/)?\)\)")
LIST_ROWS = re.compile(r"json_each\((\?\d*)( /\* texts \*/)?\) (\w+)")
CROSS_JOIN_ON = re.compile(r"CROSS JOIN (\w+ \w+) ON")
IS_NOT = re.compile(r"\bIS NOT (?!NULL\b)")
IS = re.compile(r"\bIS (?!NOT\b|NULL\b|DISTINCT\b|')")
OCTETS = re.compile(r"length\(CAST\((.+?)\s+AS BLOB\)\)", re.DOTALL)
MARK = re.compile(r"\?(\d*)")
READS = ("SELECT", "WITH")
CONTROLS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET")


class Translated(NamedTuple):
    """A statement for PostgreSQL; whether it writes rows, or is about the transaction itself."""

    text: str
    is_write: bool
    is_control: bool


def translate(sql: str) -> Translated:
    """`sql`, which is written for SQLite, for PostgreSQL."""
    text = INDEXED_BY.sub("", sql)
    text = NO_INDEX.sub("WHERE ", text)
    text = IN_LIST.sub(in_list, text)
    text = LIST_ROWS.sub(list_rows, text)
    text = OCTETS.sub(r"octet_length(\1)", text)
    text = CROSS_JOIN_ON.sub(r"JOIN \1 ON", text)
    text = IS_NOT.sub("IS DISTINCT FROM ", text)
    text = IS.sub("IS NOT DISTINCT FROM ", text)
    text = text.replace("last_insert_rowid()", "lastval()")
    first = re.sub(r"^(--.*\n|\s)*", "", text)
    return Translated(
        numbered(text), not first.startswith(READS + CONTROLS), first.startswith(CONTROLS)
    )


VALUES = re.compile(r"VALUES (\([?, ]+\))")


def with_rows(sql: str, count: int) -> str:
    """An `INSERT ... VALUES (?, ?)` of one row for so many of them."""
    return VALUES.sub(lambda found: "VALUES " + ", ".join([found[1]] * count), sql, count=1)


def in_list(found: re.Match[str]) -> str:
    kind = "text" if found[2] else "bigint"
    return f"= ANY (ARRAY(SELECT jsonb_array_elements_text({found[1]}::jsonb)::{kind}))"


def list_rows(found: re.Match[str]) -> str:
    kind = "text" if found[2] else "bigint"
    return (
        f"(SELECT value::{kind} AS value, key FROM"
        f" jsonb_array_elements_text({found[1]}::jsonb) WITH ORDINALITY AS listed (value, key))"
        f" {found[3]}"
    )


def numbered(text: str) -> str:
    """`?` and `?3` as `$1` and `$3`; a bare one takes the number after the greatest so far."""
    greatest = 0

    def number(found: re.Match[str]) -> str:
        nonlocal greatest
        own = int(found[1]) if found[1] else greatest + 1
        greatest = max(greatest, own)
        return f"${own}"

    return MARK.sub(number, text)
