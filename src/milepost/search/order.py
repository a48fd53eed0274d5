"""order_by texts: one key each, ascending unless it says DESC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from milepost.errors import InvalidParameterValue
from milepost.search.faults import fault
from milepost.search.fields import Language
from milepost.search.parser import Parser
from milepost.search.tokens import END
from milepost.search.tree import Field, Term, term_text

ORDER_BY_MAX = 20
_ONE_WORD_MORE = re.compile(r"\w+")


class Order(NamedTuple):
    """One key of the order; `kind` is the type of its values (see `fields`)."""

    term: Term
    kind: str
    is_descending: bool

    def __str__(self) -> str:
        return f"{term_text(self.term)} {'DESC' if self.is_descending else 'ASC'}"


def parse_order_by(texts: Sequence[str], language: Language) -> tuple[Order, ...]:
    """The keys in their order. Raises `InvalidParameterValue`, also for a key given twice."""
    if len(texts) > ORDER_BY_MAX:
        raise InvalidParameterValue(
            f"order_by holds {len(texts)} keys; at most {ORDER_BY_MAX} are taken."
        )
    orders = tuple(parse_one(text, language) for text in texts)
    first = {order.term: order for order in reversed(orders)}
    if len(first) < len(orders):
        if language.may_repeat_keys:
            return tuple(order for order in orders if first[order.term] is order)
        raise InvalidParameterValue(f"`order_by` contains duplicate fields: {list(texts)}")
    return orders


def parse_one(text: str, language: Language) -> Order:
    unparsed = f"Invalid order_by clause '{text}'. Could not be parsed."
    if not text or text != text.strip():
        place = 0 if not text or text[0].isspace() else len(text.rstrip())
        raise fault(unparsed, text, place, "a key is expected, without blanks around it")
    parser = OrderParser(text, language)
    term, kind, _ = parser.term()
    field = term if isinstance(term, Field) else None
    if field is not None:
        entity = next(e for e in language.entities if e.name == field.entity)
        if not entity.can_order:
            parser.refuse(f"Invalid identifier type '{entity.name}'",
                          f"{entity.name} keys give no order", parser.tokens[0])  # fmt: skip
    direction = parser.take()
    if parser.token.kind != END:
        parser.refuse(unparsed, "the end is expected here")
    if direction.word not in ("ASC", "DESC", "") or (direction.kind != END and not direction.word):
        stock = f"Invalid ordering key in order_by clause '{text}'."
        parser.refuse(stock, "ASC or DESC is expected here", direction)
    return Order(term, kind, direction.word == "DESC")


class OrderParser(Parser):
    """As for filters, but refusals speak of the order_by clause, and some spellings are out."""

    def term(self) -> tuple[Term, str, str]:
        token = self.token
        bare = token.text.strip('`"').partition(".")
        if (bare[2].strip('`"') or bare[0]) in self.language.not_in_order_by:
            key = bare[2].strip('`"') or bare[0]
            self.refuse(f"Invalid attribute key '{key}' specified. Valid keys are"
                        " '{'run_name', ...}'", "write run_name")  # fmt: skip
        return super().term()
