"""What the database says of itself, asked from outside while a server may be using it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from milepost.store.sql import load

DOCTOR = load("doctor")


def assert_sound(path: Path) -> None:
    """The file is whole, no row points nowhere, and every series matches its chunks."""
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        orphans = connection.execute(DOCTOR.ORPHANS).fetchall()
        assert [row for row in orphans if row[1]] == []
        unequal = connection.execute(
            """
            SELECT m.run, m.key, m.raw_chunks, m.raw_points, count(*), sum(c.point_count)
            FROM metrics m JOIN metric_chunks c ON c.run = m.run AND c.key = m.key
            WHERE c.is_sealed = 0 GROUP BY m.run, m.key
            HAVING m.raw_chunks <> count(*) OR m.raw_points <> sum(c.point_count)
            """
        ).fetchall()
        assert unequal == [], "heads that do not know their raw chunks"
    finally:
        connection.close()
