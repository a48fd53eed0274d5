"""Numbered SQL files, one folder a database, and the runner that applies them.

`NNNN_name.sql`, forward only, each applied once and remembered in `schema_migrations`. The first
line says its kind. `-- expand` adds what servers of the version before can live with; `-- contract`
takes away what they used. Starting a server applies expand steps; contract steps wait until someone
says that every server knows them, and servers that do not are refused from then on. A step may not
rely on a contract step before it: that one may still wait. Where the use of what an expand step has
made possible is beyond older servers, `keep_out_older` refuses them from the first use on.

The caller holds the database's write lock and one transaction around the run, so two servers that
start at once do not race and a crash leaves the old schema whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from milepost.store.database import Connection, StoreUnusable

FOLDER = Path(__file__).parent
EXPAND, CONTRACT = "expand", "contract"


class Migration(NamedTuple):
    """One step of the schema."""

    version: int
    name: str
    sql: str

    @property
    def kind(self) -> str:
        """EXPAND or CONTRACT."""
        return self.sql.partition("\n")[0].removeprefix("--").strip()


class Applied(NamedTuple):
    """What a database remembers: the steps it has, and the oldest schema a server must know."""

    versions: frozenset[int]
    oldest_schema: int

    @property
    def newest(self) -> int:
        return max(self.versions, default=0)


def available(database: str) -> list[Migration]:
    """The migrations that this version of Milepost knows for `database`, oldest first."""
    out = []
    for path in sorted((FOLDER / database).glob("*.sql")):
        version, name = path.stem.split("_", 1)
        out.append(Migration(int(version), name, path.read_text(encoding="utf-8")))
    return out


def applied(connection: Connection) -> Applied:
    """What has been applied to a database that has been prepared at least once."""
    rows = connection.execute("SELECT * FROM schema_migrations").fetchall()
    # The column came with a later step, and before it there was no contract step.
    return Applied(
        frozenset(row[0] for row in rows), max((row[2] for row in rows if row[2:]), default=0)
    )


def refusal(found: Applied, known: list[Migration]) -> str:
    """Why a server that knows these steps may not use such a database; "" when it may."""
    newest = known[-1].version
    if found.oldest_schema <= newest:
        return ""
    return (
        f"The database has schema {found.newest} and needs servers that know schema"
        f" {found.oldest_schema}; this Milepost knows schemas up to {newest}."
        " Start the newer Milepost that wrote it, or restore a backup."
    )


def pending(found: Applied, known: list[Migration], with_contract: bool) -> list[Migration]:
    """The steps to apply now. A new database has no servers yet, and takes contract steps too."""
    return [
        step
        for step in known
        if step.version not in found.versions
        and (with_contract or not found.versions or step.kind == EXPAND)
    ]


def run(connection: Connection, known: list[Migration], with_contract: bool = False) -> list[str]:
    """Apply what is missing; returns the names of what ran.

    Raises `StoreUnusable` when the database belongs to a newer Milepost.
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT)"
    )
    found = applied(connection)
    if text := refusal(found, known):
        raise StoreUnusable(text)
    steps = pending(found, known, with_contract)
    for step in steps:
        for statement in statements(step.sql):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO schema_migrations (version, name) VALUES (?, ?)", (step.version, step.name)
        )
        if step.kind == CONTRACT:
            connection.execute(
                "UPDATE schema_migrations SET oldest_schema = version WHERE version = ?",
                (step.version,),
            )
    return [step.name for step in steps]


def keep_out_older(connection: Connection, name: str) -> None:
    """From now on only servers that know the step `name` may use the database: its data say so."""
    connection.execute(
        "UPDATE schema_migrations SET oldest_schema = version WHERE name = ? AND oldest_schema = 0",
        (name,),
    )


def statements(sql: str) -> list[str]:
    """The statements of a migration; drivers take one at a time inside a transaction.

    A function's body, between two `$$`, is part of its statement.
    """
    lines = [line.split("--", 1)[0].rstrip() for line in sql.splitlines()]
    parts = re.findall(r"(?:\$\$.*?\$\$|[^;])+", "\n".join(lines), re.DOTALL)
    return [part.strip() for part in parts if part.strip()]


MADE = re.compile(
    r"(CREATE|DROP)\s+(?:UNIQUE\s+)?(TABLE|INDEX)\s+(?:IF (?:NOT )?EXISTS\s+)?(\w+)"
    r"(?:\s+ON\s+(\w+))?"
)


def objects(steps: Iterable[Migration]) -> set[tuple[str, str]]:
    """("table" or "index", name) of what these steps make, without what they drop again."""
    tables = {"schema_migrations"}
    table_of: dict[str, str] = {}  # by index
    for step in steps:
        for statement in statements(step.sql):
            if (found := MADE.match(statement)) is None:
                continue
            verb, kind, name, table = found.groups()
            if kind == "TABLE":
                (tables.add if verb == "CREATE" else tables.discard)(name)
            elif verb == "CREATE":
                table_of[name] = table
            else:
                table_of.pop(name, None)
    indexes = {name for name, table in table_of.items() if table in tables}
    return {("table", name) for name in tables} | {("index", name) for name in indexes}
