"""`milepost db` as people type it: what it prints, and its exit status."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests import postgresql
from tests.servers import ROOT
from tests.store.backends import BACKENDS, PostgresBackend, SQLiteBackend
from tests.store.driver import Driver

PROGRAMS = str(Path(postgresql.program("pg_dump")).parent)


def db(uri: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, "-m", "milepost", "db", *arguments],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": path, "MILEPOST_BACKEND_STORE_URI": uri},
        capture_output=True,
        text=True,
        timeout=90,
    )


@pytest.mark.parametrize("kind", sorted(BACKENDS))
def test_a_database_is_checked_backed_up_and_restored(tmp_path: Path, kind: str) -> None:
    backend = BACKENDS[kind](tmp_path)
    store = Driver(backend.uri)
    store.new_run("r1")
    store.close()
    checked = db(backend.uri, "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "up to date" in checked.stdout
    assert "tables and indexes" in checked.stdout
    upgraded = db(backend.uri, "upgrade")
    assert (upgraded.returncode, upgraded.stderr) == (0, "")
    assert "Nothing to apply." in upgraded.stdout
    file = tmp_path / "backup"
    saved = db(backend.uri, "backup", str(file))
    assert (saved.returncode, saved.stderr) == (0, "")
    assert f"{file.stat().st_size:,} bytes" in saved.stdout
    again = db(backend.uri, "backup", str(file))
    assert (again.returncode, again.stdout) == (1, "")
    assert "is there already" in again.stderr
    refused = db(backend.uri, "restore", str(file))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--force" in refused.stderr
    restored = db(backend.uri, "restore", str(file), "--force")
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "1 runs" in restored.stdout
    backend.remove()


@pytest.mark.parametrize("kind", sorted(BACKENDS))
def test_missing_and_extra_tables_and_indexes_are_named(tmp_path: Path, kind: str) -> None:
    backend = BACKENDS[kind](tmp_path)
    Driver(backend.uri).close()
    statements = (
        "DROP INDEX runs_by_parent",
        "DROP TABLE heartbeats",
        "CREATE TABLE notes (x INTEGER)",
        "CREATE INDEX notes_by_x ON notes (x)",
    )
    if isinstance(backend, SQLiteBackend):
        with closing(sqlite3.connect(backend.path)) as connection:
            for statement in statements:
                connection.execute(statement)
    else:
        assert isinstance(backend, PostgresBackend)
        with psycopg.connect(backend.uri) as postgres:
            for statement in statements:
                postgres.execute(statement)
    checked = db(backend.uri, "check")
    assert checked.returncode == 1
    assert "! missing      index runs_by_parent, table heartbeats" in checked.stdout
    assert "milepost db restore" in checked.stdout
    assert "! extra        index notes_by_x, table notes" in checked.stdout
    assert "drop them" in checked.stdout
    backend.remove()


def test_partitions_are_not_extra(tmp_path: Path) -> None:
    backend = BACKENDS["postgres"](tmp_path)
    with psycopg.connect(backend.uri) as postgres:
        postgres.execute(
            "CREATE TABLE p (LIKE params INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
            " PARTITION BY HASH (run)"
        )
        postgres.execute("DROP TABLE params")
        postgres.execute("ALTER TABLE p RENAME TO params")
        postgres.execute("ALTER TABLE params ADD PRIMARY KEY (run, key)")
        postgres.execute(
            "CREATE INDEX params_by_value ON params (indexed_in, key, left(value, 256), run)"
            " WHERE indexed_in IS NOT NULL"
        )
        for part in range(2):
            postgres.execute(
                f"CREATE TABLE params_{part} PARTITION OF params"
                f" FOR VALUES WITH (MODULUS 2, REMAINDER {part})"
            )
    checked = db(backend.uri, "check")
    assert checked.returncode == 0, checked.stdout
    backend.remove()


@pytest.mark.parametrize("arguments", [("upgrade",), ("check",), ("backup", "b")])
def test_a_database_that_is_not_there_is_not_made(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = db(f"sqlite:///{tmp_path}/none.db", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no database at" in done.stderr
    assert list(tmp_path.iterdir()) == []
