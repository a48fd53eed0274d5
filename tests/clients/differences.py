"""Where Milepost deliberately answers better than the official server, each with its reason.

The scripts expect Milepost's answer. A check that the official server answers otherwise must stand
here, and one that stands here must still be answered otherwise: the table cannot go stale.

0.8's own server is not recorded. Where Milepost means to differ from it (seconds answered as ms,
changed params refused, 4xx for refusals, the run's name in RunInfo): see docs/compatibility.md.
"""

from __future__ import annotations

SINCE_1_30 = ("1.30", "2.22", "3.17")

CLAMPED = "the official SQL store turns ±Infinity into ±1.7976931348623157e308; Milepost keeps it"
UNSIGNED = "SQLite stores -0.0 as the integer 0, so the official server loses the sign"
CUT = (
    "the official server cuts values silently (params at 6,000 characters, tags at 8,000); "
    "Milepost keeps 65,536 bytes"
)
REFUSED = "Milepost refuses what it cannot keep whole; the official server cuts it silently"
LISTED = "experiments/list was removed in 2.0; Milepost still serves the clients that call it"

# (area, check) -> the eras it concerns, and why.
DIFFERENCES: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("metrics", "infinity"): (SINCE_1_30, CLAMPED),
    ("metrics", "minus infinity"): (SINCE_1_30, CLAMPED),
    ("metrics", "minus zero"): (SINCE_1_30, UNSIGNED),
    ("params", "65536 bytes"): (SINCE_1_30, CUT),
    ("params", "65537 bytes"): (SINCE_1_30, REFUSED),
    ("tags", "65536 bytes"): (SINCE_1_30, CUT),
    ("tags", "65537 bytes"): (SINCE_1_30, REFUSED),
    ("listed experiments", "active_only"): (("1.30",), LISTED),
    ("listed experiments", "deleted_only"): (("1.30",), LISTED),
    ("listed experiments", "all"): (("1.30",), LISTED),
}


def declared_for(era: str) -> set[tuple[str, str]]:
    """The checks of an era that the official server is known to answer otherwise."""
    return {check for check, (eras, _) in DIFFERENCES.items() if era in eras}
