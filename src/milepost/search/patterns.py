"""Regular expressions for RLIKE: RE2's, which take linear time whatever the pattern."""

from __future__ import annotations

import functools
from typing import Any

PATTERNS_CACHED = 64
MEMORY_MAX = 8 << 20


class NotAPattern(ValueError):
    """The text says what is wrong with a regular expression."""


@functools.lru_cache(PATTERNS_CACHED)
def compiled(pattern: str) -> Any:
    """Raises `NotAPattern`."""
    import re2  # takes 10 ms to import, and few searches need it

    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY_MAX
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0]
        raise NotAPattern(reason.decode() if isinstance(reason, bytes) else str(reason)) from None
