"""Where databases differ, a fragment of the dialect stands in the SQL of a search.

The store chooses the dialect of its database and gives the connection what it names.
"""

from __future__ import annotations

from typing import NamedTuple


class Dialect(NamedTuple):
    """Fragments with `{}` for an expression; each has one `?` for the value unless it says so."""

    # Case-sensitive LIKE; `glob` says that the pattern is wanted as GLOB writes it.
    like: str
    ilike: str
    matches: str  # a regular expression
    as_number: str  # no `?`: a text as a number, NULL when it is none
    in_texts: str  # `?` is one JSON list of texts
    in_ids: str  # `?` is one JSON list of row ids


SQLITE = Dialect(
    like="{} GLOB ?",
    ilike="{} LIKE ?",
    matches="regexp(?, {})",
    as_number="as_number({})",
    in_texts="{} IN (SELECT value FROM json_each(?))",
    in_ids="{} IN (SELECT value FROM json_each(?))",
)

# Lists are written as SQLite's and translated with the rest (`store/translation.py`).
POSTGRES = Dialect(
    like="{} LIKE ? ESCAPE ''",
    ilike="{} ILIKE ? ESCAPE ''",
    matches="{} ~ ?",
    as_number="as_number({})",
    in_texts="{} IN (SELECT value FROM json_each(? /* texts */))",
    in_ids="{} IN (SELECT value FROM json_each(?))",
)

GLOB_OF_LIKE = str.maketrans({"%": "*", "_": "?", "*": "[*]", "?": "[?]", "[": "[[]"})


def glob_of(pattern: str) -> str:
    """A LIKE pattern as GLOB writes it: GLOB is SQLite's case-sensitive LIKE."""
    return pattern.translate(GLOB_OF_LIKE)
