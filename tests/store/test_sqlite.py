"""What SQLite is told so that an acknowledged write survives, and how its file is kept small."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from milepost.errors import DataLoss, PermissionDenied, TemporarilyUnavailable
from milepost.store.sqlite import APPLICATION_ID, SQLiteDatabase, path_of
from tests.store.driver import NOW, SETTLE_TIMEOUT_S, Driver


@pytest.fixture
def database(tmp_path: Path) -> SQLiteDatabase:
    made = SQLiteDatabase(tmp_path / "milepost.db")
    made.prepare()
    return made


PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit returns once it is on the disk
    "application_id": APPLICATION_ID,
    "auto_vacuum": 2,  # INCREMENTAL
}


@pytest.mark.parametrize("pragma", PRAGMAS)
def test_the_writer_commits_with_full_durability(database: SQLiteDatabase, pragma: str) -> None:
    connection = database.connect_writer()
    try:
        assert connection.execute(f"PRAGMA {pragma}").fetchone()[0] == PRAGMAS[pragma]
    finally:
        connection.close()


def test_a_reader_cannot_write(database: SQLiteDatabase) -> None:
    connection = database.connect_reader()
    try:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM runs")
    finally:
        connection.close()


def test_the_version_changes_only_when_someone_else_has_written(database: SQLiteDatabase) -> None:
    one, other = database.connect_writer(), database.connect_writer()
    insert = "INSERT INTO keys (name) VALUES (?)"
    try:
        first = database.begin(one)
        one.execute(insert, ("a",))
        database.commit(one)
        assert database.begin(one) == first
        database.rollback(one)
        database.begin(other)
        other.execute(insert, ("b",))
        database.commit(other)
        second = database.begin(one)
        database.rollback(one)
        assert second != first
        database.begin(other)
        other.execute(insert, ("c",))
        database.rollback(other)
        assert database.begin(one) == second
        database.rollback(one)
        database.rollback(one)  # harmless when there is nothing to undo
    finally:
        one.close()
        other.close()


TRANSLATED = [
    (sqlite3.SQLITE_BUSY, TemporarilyUnavailable, "locked by another process"),
    (sqlite3.SQLITE_FULL, TemporarilyUnavailable, "is full"),
    (sqlite3.SQLITE_IOERR | (2 << 8), TemporarilyUnavailable, "I/O errors"),
    (sqlite3.SQLITE_READONLY, PermissionDenied, "read-only"),
    (sqlite3.SQLITE_CORRUPT, DataLoss, "milepost doctor"),
    (None, DataLoss, "milepost doctor"),
]


@pytest.mark.parametrize(("code", "kind", "text"), TRANSLATED)
def test_sqlites_errors_become_ours(
    database: SQLiteDatabase, code: int | None, kind: type[Exception], text: str
) -> None:
    error = sqlite3.OperationalError("details")
    if code is not None:
        error.sqlite_errorcode = code
    found = database.translate(error)
    assert type(found) is kind
    assert text in str(found)
    assert str(database.path) in str(found)


def test_other_errors_are_left_as_they_are(database: SQLiteDatabase) -> None:
    error = OverflowError("x")
    assert database.translate(error) is error


def test_a_sound_database_has_nothing_to_report(database: SQLiteDatabase) -> None:
    connection = database.connect_reader()
    try:
        assert database.check(connection) == []
    finally:
        connection.close()


URIS = [
    ("sqlite:///milepost.db", Path("milepost.db")),
    ("sqlite:////var/lib/m.db", Path("/var/lib/m.db")),
    ("sqlite:///m.db?mode=rwc", Path("m.db")),
    ("sqlite:///~/m.db", Path.home() / "m.db"),
    ("sqlite:///a b/ü.db", Path("a b/ü.db")),
]


@pytest.mark.parametrize(("uri", "path"), URIS)
def test_a_uri_names_its_file(uri: str, path: Path) -> None:
    assert path_of(uri) == path


def test_sealing_gives_space_back_and_an_idle_server_empties_its_log(tmp_path: Path) -> None:
    path = tmp_path / "milepost.db"
    store = Driver(f"sqlite:///{path}")
    try:
        store.new_run("r1")
        for step in range(0, 40_000, 400):
            store.log("r1", "m", *((i, NOW + i, i % 17 / 4) for i in range(step, step + 400)))
        raw_bytes = 40_000 * 24
        store.update_run("r1", "FINISHED", NOW, None)
        store.wait_until_sealed("r1", "m")
        log = path.with_name("milepost.db-wal")
        deadline = time.monotonic() + SETTLE_TIMEOUT_S
        while (log.stat().st_size or path.stat().st_size > raw_bytes) and (
            time.monotonic() < deadline
        ):
            time.sleep(0.05)
        assert log.stat().st_size == 0
        assert path.stat().st_size < raw_bytes // 2
        assert len(store.history("r1", "m")) == 40_000
    finally:
        store.close()
