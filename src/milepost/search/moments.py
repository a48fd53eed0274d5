"""Times as people write them: '2026-11-01', '2026-11-01T12:30:00+01:00', now() - 7d; spans: 90s.

A moment is kept as it was written and becomes ms since the epoch only when a search runs.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from msgspec import Struct

MS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_SPAN = re.compile(r"(-?\d+(?:\.\d+)?)(ms|[smhdw])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Moment(Struct, frozen=True):
    """A time. `written` is an ISO text, or "" for now; `span` is added to it, or stands alone.

    `is_span` says that it is a length of time (90s), not a point in time.
    """

    written: str = ""
    span: str = ""
    is_span: bool = False

    def __str__(self) -> str:
        if self.is_span:
            return self.span
        if self.written:
            return f"'{self.written}'"
        if not self.span:
            return "now()"
        sign, length = ("-", self.span[1:]) if self.span[0] == "-" else ("+", self.span)
        return f"now() {sign} {length}"

    def ms(self, now: int) -> float:
        """Ms since the epoch, or the length of a span in ms."""
        span = span_ms(self.span) if self.span else 0
        if self.is_span:
            return span
        if self.written:
            return (iso_ms(self.written) or 0) + span
        return now + span


def span_ms(text: str) -> float:
    """`7d`, `1.5h`, `-30m` in ms."""
    found = _SPAN.fullmatch(text)
    assert found is not None
    return float(found[1]) * MS[found[2]]


def iso_ms(text: str) -> float | None:
    """An ISO 8601 date or date and time in ms, UTC unless it says otherwise; None if it is none."""
    if not _DAY.match(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1_000_000) / 1_000
