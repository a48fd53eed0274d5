"""Numbered SQL files, one folder a database, and the runner that applies them.

`NNNN_name.sql`, forward only; each is applied once, in order, and remembered in
`schema_migrations`. The caller holds the database's write lock and one transaction around the
run, so two servers that start at once do not race and a crash leaves the old schema whole.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from milepost.store.database import Connection, StoreUnusable

FOLDER = Path(__file__).parent


class Migration(NamedTuple):
    """One step of the schema."""

    version: int
    name: str
    sql: str


def available(database: str) -> list[Migration]:
    """The migrations that this version of Milepost knows for `database`, oldest first."""
    out = []
    for path in sorted((FOLDER / database).glob("*.sql")):
        version, name = path.stem.split("_", 1)
        out.append(Migration(int(version), name, path.read_text(encoding="utf-8")))
    return out


def run(connection: Connection, known: list[Migration]) -> list[str]:
    """Apply what is missing; returns the names of what ran.

    Raises `StoreUnusable` when the database was written by a newer Milepost.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT)"
    )
    applied = version_of(connection)
    newest = known[-1].version
    if applied > newest:
        raise StoreUnusable(
            f"The database has schema {applied}; this Milepost knows schemas up to {newest}."
            " Start the newer Milepost that wrote it, or restore a backup."
        )
    ran = []
    for migration in known:
        if migration.version > applied:
            for statement in statements(migration.sql):
                connection.execute(statement)
            connection.execute(
                "INSERT INTO schema_migrations (version, name) VALUES (?, ?)",
                (migration.version, migration.name),
            )
            ran.append(migration.name)
    return ran


def version_of(connection: Connection) -> int:
    """The schema version of a database that has been prepared at least once."""
    row = connection.execute("SELECT max(version) FROM schema_migrations").fetchone()
    return int(row[0] or 0)


def statements(sql: str) -> list[str]:
    """The statements of a migration; drivers take one at a time inside a transaction.

    A function's body, between two `$$`, is part of its statement.
    """
    lines = [line.split("--", 1)[0].rstrip() for line in sql.splitlines()]
    parts = re.findall(r"(?:\$\$.*?\$\$|[^;])+", "\n".join(lines), re.DOTALL)
    return [part.strip() for part in parts if part.strip()]
