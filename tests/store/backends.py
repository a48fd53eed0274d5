"""The databases that the conformance suite runs on: how to make one, block one, look into one.

A second database is one more class here and one more entry in `BACKENDS`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SQLiteBackend:
    """A store in one file of `folder`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "milepost.db"
        self.uri = f"sqlite:///{self.path}"

    @contextmanager
    def writes_blocked(self) -> Iterator[None]:
        """Another process holds the write lock; what is written meanwhile waits."""
        other = sqlite3.connect(self.path, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        finally:
            other.close()

    def faults(self) -> list[str]:
        """What the database itself finds wrong."""
        other = sqlite3.connect(self.path, isolation_level=None)
        try:
            found = [row[0] for row in other.execute("PRAGMA integrity_check").fetchall()]
            found += [str(row) for row in other.execute("PRAGMA foreign_key_check").fetchall()]
            return [fault for fault in found if fault != "ok"]
        finally:
            other.close()


BACKENDS = {"sqlite": SQLiteBackend}
