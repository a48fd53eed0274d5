"""The migration runner: statements, order, and servers that start at the same moment."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from milepost.store import StoreUnusable, migrations, open_store
from milepost.store.migrations import Migration, available, statements
from tests.servers import ROOT

STATEMENTS: list[tuple[str, list[str]]] = [
    ("", []),
    ("-- nothing but a comment\n", []),
    ("CREATE TABLE a (x);", ["CREATE TABLE a (x)"]),
    ("A;\n\n;;B ;", ["A", "B"]),
    ("A -- why; not a statement\n  (x); -- and; this\nB", ["A\n  (x)", "B"]),
    ("CREATE TABLE a (\n    x INTEGER, -- the x\n    y TEXT\n) STRICT;\nB;", [
        "CREATE TABLE a (\n    x INTEGER,\n    y TEXT\n) STRICT", "B",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "expected"), STATEMENTS)
def test_a_script_is_cut_into_its_statements(sql: str, expected: list[str]) -> None:
    assert statements(sql) == expected


def test_every_statement_of_every_migration_is_complete_sql() -> None:
    for migration in available("sqlite"):
        found = statements(migration.sql)
        assert found
        for statement in found:
            assert sqlite3.complete_statement(statement + ";"), statement
            assert statement.split()[0] in {"CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE"}


def test_migrations_are_numbered_without_gaps() -> None:
    known = available("sqlite")
    assert [migration.version for migration in known] == list(range(1, len(known) + 1))
    assert len({migration.name for migration in known}) == len(known)


def schema_of(path: Path) -> list[tuple[Any, ...]]:
    with_schema = sqlite3.connect(path)
    try:
        return with_schema.execute(
            "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchall()
    finally:
        with_schema.close()


def test_a_fresh_database_is_made_in_one_go_and_only_once(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/milepost.db"
    first = open_store(uri, "root", 5)
    first.close()
    schema = schema_of(tmp_path / "milepost.db")
    second = open_store(uri, "root", 6)
    second.close()
    assert first.migrations_run == [migration.name for migration in available("sqlite")]
    assert second.migrations_run == []
    assert schema_of(tmp_path / "milepost.db") == schema


def test_missing_migrations_run_in_order_and_are_remembered(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    known = [
        Migration(1, "one", "-- expand\nCREATE TABLE a (x);"),
        Migration(2, "two", "-- expand\nCREATE TABLE b (y);"),
    ]
    try:
        assert migrations.run(connection, known[:1]) == ["one"]
        assert migrations.run(connection, known) == ["two"]
        assert migrations.run(connection, known) == []
        assert migrations.applied(connection) == ({1, 2}, 0)
        assert migrations.run(connection, known[:1]) == []
    finally:
        connection.close()


def test_contract_steps_wait_and_then_keep_older_servers_out(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    known = available("sqlite")
    last = known[-1].version
    later = [
        *known,
        Migration(last + 1, "shed", "-- contract\nDROP INDEX experiments_by_creation;"),
        Migration(last + 2, "grow", "-- expand\nCREATE TABLE colours (x);"),
    ]
    try:
        migrations.run(connection, known)
        assert migrations.run(connection, later) == ["grow"]
        assert migrations.run(connection, known) == []
        assert migrations.run(connection, later, with_contract=True) == ["shed"]
        with pytest.raises(StoreUnusable) as refusal:
            migrations.run(connection, known)
        assert migrations.run(connection, later) == []
    finally:
        connection.close()
    assert f"needs servers that know schema {last + 1}" in str(refusal.value)
    assert f"this Milepost knows schemas up to {last}" in str(refusal.value)
    assert "Start the newer Milepost that wrote it, or restore a backup" in str(refusal.value)
    fresh = sqlite3.connect(tmp_path / "fresh.db", isolation_level=None)
    try:  # a new database has no servers to wait for
        assert migrations.run(fresh, later) == [step.name for step in later]
    finally:
        fresh.close()


def test_a_migration_that_fails_leaves_the_old_schema_whole(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    good = Migration(1, "one", "-- expand\nCREATE TABLE a (x);")
    bad = Migration(2, "two", "-- expand\nCREATE TABLE b (y); CREATE TABLE a (again);")
    try:
        migrations.run(connection, [good])
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError):
            migrations.run(connection, [good, bad])
        connection.execute("ROLLBACK")
        assert migrations.applied(connection).newest == 1
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    finally:
        connection.close()
    assert sorted(name for (name,) in names) == ["a", "schema_migrations"]


OPEN_WHEN_TOLD = """
import sys
from milepost.store import open_store
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
store = open_store(sys.argv[1], "root", 1)
sys.stdout.write(f"ran {store.migrations_run}\\n")
store.close()
"""


@pytest.mark.parametrize("round_number", range(4))
def test_processes_that_start_at_once_on_an_empty_folder_do_not_race(
    tmp_path: Path, round_number: int
) -> None:
    """Each is ready before the first is let go; exactly one makes the schema."""
    uri = f"sqlite:///{tmp_path}/new/milepost{round_number}.db"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_WHEN_TOLD, uri],
            env={"PYTHONPATH": str(ROOT / "src")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(4)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        outputs = [process.communicate(timeout=60)[0] for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    assert [process.returncode for process in processes] == [0] * 4, outputs
    names = [migration.name for migration in available("sqlite")]
    assert sorted(outputs) == sorted([f"ran {names}\n", *["ran []\n"] * 3])
    store = open_store(uri, "root", 1)
    try:
        assert store.database.check(store.database.connect_reader()) == []
    finally:
        store.close()
