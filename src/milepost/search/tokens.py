"""Text to tokens: names, strings, numbers, operators, punctuation, each with its place.

A name is an identifier as a whole, dots and quoted parts included: `metrics.a."b c"`. A string
stays as it was written; what it means depends on where it stands (search facts, section 1).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from milepost.search.faults import fault

FILTER_CHARS_MAX = 200_000

NAME, STRING, NUMBER, OPERATOR, PUNCTUATION, END = (
    "a name", "a quoted string", "a number", "an operator", "a bracket or comma", "the end",
)  # fmt: skip

# What may stand between dots: a word, or anything in one of three kinds of quotes, or nothing.
_PART = r"(?:\w+|`[^`]*`|\"[^\"]*\"|'[^']*')"
_NAME = re.compile(
    rf"(?:[^\W\d]\w*|`[^`]*`)(?:\.{_PART}?)*(?:\[\w*\])?(?:::\w+)?",
)
# As the stock tokeniser has it: no leading plus, and an exponent only with digits before it.
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?[eE]-?\d+|\d+(?:\.\d*)?|\.\d+)(?![\w.])")
_TIME_SPAN = re.compile(r"-?\d+(?:\.\d+)?(?:ms|[smhdw])(?![\w.])")
_OPERATOR = re.compile(r"[<>=!~]+|[+-]")
_BLANKS = re.compile(r"\s+")
PUNCTUATION_MARKS = "(),"


class Token(NamedTuple):
    """`text` is what stands in the filter at `place`."""

    kind: str
    text: str
    place: int

    @property
    def word(self) -> str:
        """The text in capitals, to be compared with keywords; empty for what is no bare name."""
        return self.text.upper() if self.kind == NAME and self.text[0] != "`" else ""

    @property
    def shown(self) -> str:
        return "the end of the text" if self.kind == END else f"{self.text}"


def tokens_of(text: str) -> list[Token]:
    """All tokens, closed by one of kind END. Raises when a character begins no token."""
    if len(text) > FILTER_CHARS_MAX:
        raise fault(
            f"The text is too long: {len(text):,} characters, at most {FILTER_CHARS_MAX:,}.",
            text, FILTER_CHARS_MAX, "what stands from here on is too much",
        )  # fmt: skip
    out = []
    place = 0
    while True:
        blanks = _BLANKS.match(text, place)
        place = blanks.end() if blanks else place
        if place == len(text):
            out.append(Token(END, "", place))
            return out
        token = token_at(text, place)
        out.append(token)
        place += len(token.text)


def token_at(text: str, place: int) -> Token:
    char = text[place]
    if char in "'\"":
        return Token(STRING, text[place : end_of_string(text, place)], place)
    if char in PUNCTUATION_MARKS:
        return Token(PUNCTUATION, char, place)
    if text.startswith("--", place):
        raise fault(f"Invalid clause(s) in filter string: '{text[place:]}'", text, place,
                    "comments are not taken")  # fmt: skip
    for kind, pattern in (
        (NUMBER, _NUMBER), (NUMBER, _TIME_SPAN), (NAME, _NAME), (OPERATOR, _OPERATOR),
    ):  # fmt: skip
        if found := pattern.match(text, place):
            return Token(kind, found.group(), place)
    raise fault(
        f"Invalid clause(s) in filter string: '{text[place : place + 20]}'", text, place,
        "a key with such characters must stand in backquotes, as in metrics.`a-b`;"
        " a value in 'quotes'",
    )  # fmt: skip


def end_of_string(text: str, place: int) -> int:
    """Where the string that opens at `place` ends.

    A doubled quote belongs to the string, and so does one behind a backslash, unless no other
    quote follows that could end it.
    """
    quote = text[place]
    fallback = None
    at = place + 1
    while (at := text.find(quote, at)) >= 0:
        if text[at + 1 : at + 2] == quote:
            at += 2
        elif text[at - 1] == "\\" and at - 1 > place:
            fallback = at + 1
            at += 1
        else:
            return at + 1
    if fallback is None:
        raise fault(f"Invalid clause(s) in filter string: '{text[place : place + 20]}'", text,
                    place, f"the quote {quote} that opens here is never closed")  # fmt: skip
    return fallback
