"""How a fault in a search text is told: the stock message first, then the place with a caret.

    Invalid comparator '>' not one of '{'!=', '=', ...}'
      params.p > 'x'
               ^ column 10: here = != LIKE ... is expected

Clients know the first line; people need the rest.
"""

from __future__ import annotations

from milepost.errors import InvalidParameterValue

# Of a long text only this much is shown on either side of the place.
SHOWN_BEFORE = 60
SHOWN_AFTER = 40


def fault(stock: str, text: str, place: int, expected: str) -> InvalidParameterValue:
    """`stock` is the message of the facts, `place` the 0-based offset in `text`."""
    return InvalidParameterValue(f"{stock}\n{excerpt(text, place)} column {place + 1}: {expected}")


def excerpt(text: str, place: int) -> str:
    """The text around `place`, and below it a caret."""
    start = max(0, place - SHOWN_BEFORE)
    end = min(len(text), place + SHOWN_AFTER)
    before = ("…" if start else "") + printable(text[start:place])
    after = printable(text[place:end]) + ("…" if end < len(text) else "")
    return f"  {before}{after}\n  {' ' * len(before)}^"


def printable(text: str) -> str:
    """One column a character, whatever it is."""
    return "".join(c if c.isprintable() else " " for c in text)
