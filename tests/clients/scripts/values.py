"""Values that are easily bent on the way: numbers, texts and times, and nothing that logs them.

Imports on every client from 0.8 to today: it knows no mlflow.
"""

import math

# A whole millisecond of 2023, and one second of it: times that every client can send.
NOON = 1_700_000_000_000
NOON_IN_SECONDS = 1_700_000_000

INT64_MAX = 2**63 - 1
INT64_MIN = -(2**63)

# One metric each, in this order. Keys say what is difficult about the value.
AWKWARD_NUMBERS = {
    "sum with a rounding error": 0.1 + 0.2,
    "third": 1 / 3,
    "smallest denormal": 5e-324,
    "largest denormal": 2.225073858507201e-308,
    "smallest normal": 2.2250738585072014e-308,
    "largest": 1.7976931348623157e308,
    "most negative": -1.7976931348623157e308,
    "next after one": 1.0000000000000002,
    "zero": 0.0,
    "minus zero": -0.0,
    "integer beyond double precision": 2**53 + 1,
    "integer of three hundred digits": 10**300,
    "whole number": 7,
    "not a number": math.nan,
    "infinity": math.inf,
    "minus infinity": -math.inf,
}

# Texts that every store must give back whole.
AWKWARD_TEXTS = {
    "empty": "",
    "blank": "   ",
    "blanks around": "  x  ",
    "newlines": "first\nsecond\r\nthird\n",
    "tab": "a\tb",
    "quotes": "\"double\" 'single' `back` \\ slash",
    "looks like json": '{"a": [1, null, true]}',
    "looks like a number": "1e5",
    "sql": "'; DROP TABLE runs; --",
    "percent": "100%_of?them*",
    "umlauts": "Größenwahn äöüß",
    "greek": "ελληνικά",
    "han": "実験の記録",
    "right to left": "תוצאה نتيجة",
    "emoji": "🧪👩‍🔬",
    "combining": "e\u0301 is not é",
    "line separator": "a\u2028b",
    "control": "a\x01b\x7f",
}

# Keys that the protocol allows: letters of any script, digits, `_`, `-`, `.`, blank and slash.
AWKWARD_KEYS = [
    "plain",
    "with blank inside",
    "folder/of/keys",
    "dotted.key-with_all",
    "größe",
    "学習率",
    "παράμετρος",
    "9 starts with a digit",
    "k" * 250,
]


def long_text(bytes_wanted):
    """A text of exactly so many bytes in UTF-8, in letters of one, two and three bytes."""
    pattern = "aé€"
    text = pattern * (bytes_wanted // len(pattern.encode()))
    return text + "z" * (bytes_wanted - len(text.encode()))
