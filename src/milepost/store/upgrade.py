"""What an upgrade would do, told beforehand: `milepost db upgrade --dry-run`. Changes nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from milepost.store import migrations
from milepost.store.database import Database, StoreUnusable
from milepost.store.migrations import Migration

# Building an index, the most common work, went at 180,000 rows a second on either database.
ROWS_A_SECOND = 100_000
# A partial index looks at every row and takes few.
PARTIAL_SHARE = 0.1
PARTIAL = re.compile(r"CREATE (UNIQUE )?INDEX\b.*\bWHERE\b", re.DOTALL)
# These go through all rows of the tables they name; other statements only note the change.
GOES_THROUGH = re.compile(
    r"(UPDATE|DELETE|INSERT|CREATE (UNIQUE )?INDEX|CREATE TABLE .* AS"
    r"|ALTER TABLE .* (DROP COLUMN|TYPE))\b",
    re.DOTALL,
)


class Planned(NamedTuple):
    """One step that is pending."""

    step: Migration
    is_now: bool  # else it waits for --contract
    rows: dict[str, int]  # by each table concerned that is there already
    seconds: float


def plan(database: Database, with_contract: bool) -> list[Planned]:
    """Each pending step. Raises `StoreUnusable`."""
    connection = database.connect_examiner()
    try:
        known = migrations.available(database.kind)
        found = migrations.applied(connection)
        if text := migrations.refusal(found, known):
            raise StoreUnusable(text)
        now = migrations.pending(found, known, with_contract)
        tables = {name for kind, name in database.objects(connection) if kind == "table"}
        counts: dict[str, int] = {}
        out = []
        for step in migrations.pending(found, known, True):
            passes = 0.0
            concerned: dict[str, int] = {}
            for statement in migrations.statements(step.sql):
                share = PARTIAL_SHARE if PARTIAL.match(statement) else 1
                share = share if GOES_THROUGH.match(statement) else 0
                for name in sorted(tables & set(re.findall(r"\w+", statement))):
                    if name not in counts:
                        row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
                        counts[name] = int(row[0])
                    concerned[name] = counts[name]
                    passes += counts[name] * share
            out.append(Planned(step, step in now, concerned, passes / ROWS_A_SECOND))
        return out
    finally:
        connection.close()
