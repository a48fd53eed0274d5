"""The databases that the conformance suite runs on: how to make one, block one, look into one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from milepost.store.postgres import LOCKS, OWNER, STRUCTURE
from milepost.store.sql import load
from milepost.store.translation import translate
from tests import postgresql

DOCTOR = load("doctor")


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

    def remove(self) -> None:
        """The folder goes with the test."""


class PostgresBackend:
    """A store in a database of its own."""

    def __init__(self, _folder: Path) -> None:
        self.uri = postgresql.new_database()

    @contextmanager
    def writes_blocked(self) -> Iterator[None]:
        """Another process does what must be alone; what is written meanwhile waits."""
        with psycopg.connect(self.uri) as other:
            lock = translate(LOCKS.STRUCTURE_OWN).text
            psycopg.RawCursor(other).execute(lock, (OWNER, STRUCTURE))
            yield

    def faults(self) -> list[str]:
        """Rows that belong to nothing."""
        with psycopg.connect(self.uri) as other:
            rows = other.execute(translate(DOCTOR.ORPHANS).text).fetchall()
            return [f"{count} {name}" for name, count in rows if count]

    def remove(self) -> None:
        postgresql.drop_database(self.uri)


Backend = SQLiteBackend | PostgresBackend
BACKENDS: dict[str, type[Backend]] = {"sqlite": SQLiteBackend, "postgres": PostgresBackend}
