"""The tree of a filter: plain immutable values, and how they are written.

`text_of` writes a tree so that parsing the text gives the same tree again. Logic is two-valued: a
comparison on something that a run does not have is false, and NOT turns that into true. Nodes are
structs, because named tuples of two kinds are equal when their parts are.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from msgspec import Struct

from milepost.search.moments import Moment

Number: TypeAlias = int | float
Value: TypeAlias = str | int | float | bool | Moment


class Field(Struct, frozen=True):
    """Something that an entity has: `entity` by its table's name, `key` as it is stored."""

    entity: str
    key: str


class Aggregate(Struct, frozen=True):
    """min, max, first, last, mean or count over the history of a metric."""

    function: str
    metric: str


class AtBest(Struct, frozen=True):
    """The value of metric `other` at the step where `metric` was at its min or max."""

    function: str
    metric: str
    other: str


Term: TypeAlias = Field | Aggregate | AtBest


class Comparison(Struct, frozen=True):
    """`operator` is one of = != < <= > >= LIKE ILIKE RLIKE."""

    term: Term
    operator: str
    value: Value


class Among(Struct, frozen=True):
    """IN, or NOT IN: then a run without the term is not found either."""

    term: Term
    values: tuple[Value, ...]
    is_negated: bool = False


class Missing(Struct, frozen=True):
    """IS NULL: the run has no such thing at all; or IS NOT NULL."""

    term: Term
    is_negated: bool = False


class And(Struct, frozen=True):
    parts: tuple[Tree, ...]


class Or(Struct, frozen=True):
    parts: tuple[Tree, ...]


class Not(Struct, frozen=True):
    part: Tree


Leaf: TypeAlias = Comparison | Among | Missing
Tree: TypeAlias = "Leaf | And | Or | Not"

_BARE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
# Words that the stock tokeniser takes for its own even behind a dot.
RESERVED = frozenset(("as", "case", "from", "in", "using", "values"))
ENTITY_NAMES = {"metric": "metrics", "parameter": "params", "tag": "tags", "dataset": "datasets"}


def text_of(tree: Tree) -> str:
    """The text of a tree, in the language's own spelling."""
    match tree:
        case And(parts):
            return " AND ".join(bracketed(part, Or | And) for part in parts)
        case Or(parts):
            return " OR ".join(bracketed(part, Or) for part in parts)
        case Not(part):
            return f"NOT {bracketed(part, Or | And)}"
        case Comparison(term, operator, value):
            return f"{term_text(term)} {operator} {value_text(value)}"
        case Among(term, values, is_negated):
            operator = "NOT IN" if is_negated else "IN"
            return f"{term_text(term)} {operator} ({', '.join(map(listed_text, values))})"
        case Missing(term, is_negated):
            return f"{term_text(term)} IS {'NOT ' if is_negated else ''}NULL"


def bracketed(tree: Tree, kinds: object) -> str:
    text = text_of(tree)
    return f"({text})" if isinstance(tree, kinds) else text  # type: ignore[arg-type]


def term_text(term: Term) -> str:
    match term:
        case Field("attribute", key):
            return key if is_bare(key) else f"`{key}`"
        case Field(entity, key):
            return f"{ENTITY_NAMES.get(entity, entity)}.{key_text(key)}"
        case Aggregate(function, metric):
            return f"{function}(metrics.{key_text(metric)})"
        case AtBest(function, metric, other):
            return f"{function}(metrics.{key_text(metric)}, metrics.{key_text(other)})"


def key_text(key: str) -> str:
    """A key bare where that is safe, else in the first kind of quotes that it does not hold."""
    if is_bare(key):
        return key
    quote = next((quote for quote in "`\"'" if quote not in key), "`")
    return f"{quote}{key}{quote}"


def is_bare(key: str) -> bool:
    return bool(_BARE.fullmatch(key)) and RESERVED.isdisjoint(key.lower().split("."))


def value_text(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # Only the outer quotes are removed on reading, so the text stands as it is.
            quote = '"' if fits(value, '"') and not fits(value, "'") else "'"
            return f"{quote}{value}{quote}"
        case float():
            return number_text(value)
        case _:
            return str(value)


def fits(value: str, quote: str) -> bool:
    """Whether the tokeniser reads the value back whole between two of `quote`."""
    inside = value.replace(quote * 2, "").replace("\\" + quote, "")
    return quote not in inside and not value.endswith("\\")


def listed_text(value: Value) -> str:
    """A value in a list, where strings are written with escapes."""
    return repr(value) if isinstance(value, str) else value_text(value)


def number_text(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "1e999" if value > 0 else "-1e999"
    return repr(value).replace("e+", "e")
