"""Examines a store without changing it: what `milepost doctor` and `milepost db check` report."""

from __future__ import annotations

from typing import NamedTuple

from milepost.store import migrations
from milepost.store.database import Connection, Database, StoreUnusable
from milepost.store.migrations import Applied, Migration
from milepost.store.sql import load

DOCTOR = load("doctor")


class Finding(NamedTuple):
    """One thing that was looked at. `advice` is empty when all is well."""

    name: str
    state: str
    advice: str = ""


def examine(database: Database) -> list[Finding]:
    """All findings, the worst never hidden behind another. Raises `StoreUnusable`."""
    connection = database.connect_examiner()
    try:
        findings = [
            schema_finding(migrations.applied(connection), migrations.available(database.kind))
        ]
        faults = database.check(connection)
        findings.append(
            Finding("integrity", "ok")
            if not faults
            else Finding(
                "integrity",
                "; ".join(faults[:5]),
                "Stop the server and restore a backup (milepost db restore); what can still be"
                " read can be copied with the sqlite3 shell's .recover command.",
            )
        )
        if findings[0].advice:
            return findings
        experiments, runs, metrics, points = connection.execute(DOCTOR.COUNTS).fetchone()
        findings.append(
            Finding(
                "content",
                f"{experiments} experiments, {runs} runs, {metrics} metrics, {points} points",
            )
        )
        unsealed = connection.execute(DOCTOR.UNSEALED_COUNT).fetchone()[0]
        findings.append(
            Finding("sealing", "every ended run is sealed")
            if not unsealed
            else Finding(
                "sealing",
                f"{unsealed} metrics of ended runs are not sealed yet",
                "Nothing is lost. Start a server on it: it seals them in the background.",
            )
        )
        if archived := archive_finding(connection):
            findings.append(archived)
        orphans = connection.execute(DOCTOR.ORPHANS).fetchall()
        findings += [orphan_finding(name, count) for name, count in orphans if count]
        if not any(count for _, count in orphans):
            findings.append(Finding("orphan rows", "none"))
        return findings
    finally:
        connection.close()


def archived_in(database: Database) -> Finding | None:
    """As `archive_finding`, for a database of any schema. Raises `StoreUnusable`."""
    connection = database.connect_examiner()
    try:
        if ("table", "run_archives") not in database.objects(connection):
            return None
        return archive_finding(connection)
    finally:
        connection.close()


def archive_finding(connection: Connection) -> Finding | None:
    """What is not in the database but belongs to it; None where all is."""
    runs, size = connection.execute(DOCTOR.ARCHIVED_SUM).fetchone()
    if not runs:
        return None
    text = f"points of {runs:,} runs, {size:,} bytes, are in the artifact store"
    return Finding("archive", text)


def check(database: Database) -> list[Finding]:
    """What `examine` finds, and whether tables and indexes are those of a new database.

    Raises `StoreUnusable`.
    """
    findings = examine(database)
    connection = database.connect_examiner()
    try:
        found = migrations.applied(connection)
        there = database.objects(connection)
    finally:
        connection.close()
    known = migrations.available(database.kind)
    expected = migrations.objects(step for step in known if step.version in found.versions)
    if missing := named(expected - there):
        advice = "Stop the servers and restore a backup: milepost db restore."
        findings.append(Finding("missing", missing, advice))
    # What a newer Milepost has added is its own affair.
    if found.newest <= known[-1].version and (extra := named(there - expected)):
        advice = "Milepost does not use them: drop them, or keep them in another schema or file."
        findings.append(Finding("extra", extra, advice))
    if expected == there:
        findings.append(Finding("structure", f"all {len(there)} tables and indexes"))
    return findings


def named(objects: set[tuple[str, str]]) -> str:
    return ", ".join(f"{kind} {name}" for kind, name in sorted(objects))


def schema_finding(found: Applied, known: list[Migration]) -> Finding:
    newest = known[-1].version
    version = f"version {found.newest}"
    if migrations.refusal(found, known):
        return Finding(
            "schema",
            f"{version}, newer than this Milepost's {newest}",
            "Use the newer Milepost that wrote it.",
        )
    if waiting := [step.name for step in migrations.pending(found, known, False)]:
        return Finding(
            "schema",
            f"{version}, older than this Milepost's {newest} (pending: {', '.join(waiting)})",
            "Back it up (milepost db backup), then start a server on it or run `milepost db"
            " upgrade`: it is upgraded under a lock.",
        )
    if found.newest > newest:
        return Finding("schema", f"{version}, expanded by a newer Milepost; usable by this one")
    if waiting := [step.name for step in migrations.pending(found, known, True)]:
        return Finding(
            "schema",
            f"{version}; contract steps wait until all servers are new: {', '.join(waiting)}"
            " (milepost db upgrade --contract)",
        )
    return Finding("schema", f"{version}, up to date")


def require_schema(database: Database, connection: Connection) -> None:
    """Raises `StoreUnusable` for a schema that this version cannot read as it is."""
    known = migrations.available(database.kind)
    schema = schema_finding(migrations.applied(connection), known)
    if schema.advice:
        raise StoreUnusable(
            f"{database.description} has a schema of {schema.state}. {schema.advice}"
        )


def orphan_finding(name: str, count: int) -> Finding:
    return Finding(
        "orphan rows",
        f"{count} {name}",
        "They do no harm to other runs; please report how they came to be.",
    )
