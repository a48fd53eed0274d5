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
    # What an index by value asks beside `=` for a text; empty where it holds whole texts.
    indexed_text: str
    # Whether the index by value holds the texts themselves, so that patterns are tried on it alone.
    has_texts_in_index: bool
    # Before and after a statement that is to walk an index in its order until a page is full.
    walk_begin: str
    walk_end: str
    # So many of a filter's comparisons may be joins. SQLite joins at most 64 tables, PostgreSQL
    # takes seconds to weigh the orders of twenty.
    joined_max: int


def walk_settings(state: str) -> str:
    """PostgreSQL's ways that are no walk, for the rest of the transaction.

    It takes keys and values for independent, and would often read and sort a whole table instead.
    """
    ways = ("sort", "seqscan", "material", "hashjoin", "mergejoin", "gathermerge")
    return "; ".join(f"SET LOCAL enable_{way} = {state}" for way in ways)


SQLITE = Dialect(
    like="{} GLOB ?",
    ilike="{} LIKE ?",
    matches="regexp(?, {})",
    as_number="as_number({})",
    in_texts="{} IN (SELECT value FROM json_each(?))",
    in_ids="{} IN (SELECT value FROM json_each(?))",
    indexed_text="",
    has_texts_in_index=True,
    walk_begin="",
    walk_end="",
    joined_max=20,
)

# Lists are written as SQLite's and translated with the rest (`store/translation.py`).
POSTGRES = Dialect(
    like="{} LIKE ? ESCAPE ''",
    ilike="{} ILIKE ? ESCAPE ''",
    matches="{} ~ ?",
    as_number="as_number({})",
    in_texts="{} IN (SELECT value FROM json_each(? /* texts */))",
    in_ids="{} IN (SELECT value FROM json_each(?))",
    indexed_text="left({}, 256) = left(?, 256)",
    has_texts_in_index=False,
    walk_begin=walk_settings("off"),
    walk_end=walk_settings("on"),
    joined_max=5,
)

GLOB_OF_LIKE = str.maketrans({"%": "*", "_": "?", "*": "[*]", "?": "[?]", "[": "[[]"})


def glob_of(pattern: str) -> str:
    """A LIKE pattern as GLOB writes it: GLOB is SQLite's case-sensitive LIKE."""
    return pattern.translate(GLOB_OF_LIKE)
