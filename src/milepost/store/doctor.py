"""Examines a store without changing it: what `milepost doctor` reports."""

from __future__ import annotations

from typing import NamedTuple

from milepost.store import migrations
from milepost.store.database import Database
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
        newest = migrations.available(database.kind)[-1].version
        version = migrations.version_of(connection)
        findings = [schema_finding(version, newest)]
        if findings[0].advice:
            return findings
        faults = database.check(connection)
        findings.append(
            Finding("integrity", "ok")
            if not faults
            else Finding(
                "integrity",
                "; ".join(faults[:5]),
                "Stop the server and restore a backup; what can still be read can be copied with"
                " the sqlite3 shell's .recover command.",
            )
        )
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
        orphans = connection.execute(DOCTOR.ORPHANS).fetchall()
        findings += [orphan_finding(name, count) for name, count in orphans if count]
        if not any(count for _, count in orphans):
            findings.append(Finding("orphan rows", "none"))
        return findings
    finally:
        connection.close()


def schema_finding(version: int, newest: int) -> Finding:
    if version == newest:
        return Finding("schema", f"version {version}, up to date")
    if version > newest:
        return Finding(
            "schema",
            f"version {version}, newer than this Milepost's {newest}",
            "Use the newer Milepost that wrote it.",
        )
    return Finding(
        "schema",
        f"version {version}, older than this Milepost's {newest}",
        "Start a server on it: it is upgraded under a lock. Copy the file first.",
    )


def orphan_finding(name: str, count: int) -> Finding:
    return Finding(
        "orphan rows",
        f"{count} {name}",
        "They do no harm to other runs; please report how they came to be.",
    )
