"""Backups: one moment of a database in use, whole or not there; restored whole or not at all."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from milepost.store import StoreUnusable, database_of
from milepost.store.backup import backup
from milepost.store.doctor import check
from tests import postgresql
from tests.conftest import StartServer
from tests.faults.load import Load
from tests.faults.load import check as check_load
from tests.server.client import Client
from tests.servers import ROOT
from tests.store.backends import BACKENDS, Backend, SQLiteBackend
from tests.store.driver import Driver

PROGRAMS = str(Path(postgresql.program("pg_dump")).parent)


@pytest.fixture(autouse=True)
def programs_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", PROGRAMS, prepend=os.pathsep)


@pytest.fixture
def target(backend: Backend, tmp_path: Path) -> Iterator[str]:
    """The URI of an empty database of the backend's kind."""
    if isinstance(backend, SQLiteBackend):
        yield f"sqlite:///{tmp_path}/other.db"
        return
    uri = postgresql.new_database(is_empty=True)
    yield uri
    postgresql.drop_database(uri)


def silent(_done: int, _total: int) -> None:
    """Nobody looks."""


def saved(uri: str, file: Path) -> Path:
    backup(database_of(uri), file, False, silent)
    return file


def restored(uri: str, file: Path, is_forced: bool = False) -> None:
    database_of(uri).load(file, is_forced, silent)


def refusal_of(uri: str, file: Path, is_forced: bool = False) -> str:
    with pytest.raises(StoreUnusable) as refusal:
        restored(uri, file, is_forced)
    return str(refusal.value)


def filled(uri: str, run_id: str = "r1") -> None:
    store = Driver(uri)
    store.new_run(run_id)
    store.log(run_id, "loss", (1, 2, 0.5), (2, 3, -0.0))
    store.log_param(run_id, "lr", "größe")
    store.close()


def assert_filled(uri: str, run_id: str = "r1") -> None:
    store = Driver(uri)
    try:
        assert store.history(run_id, "loss") == [(1, 2, "0.5"), (2, 3, "-0.0")]
        assert store.data(run_id)[0] == {"lr": "größe"}
        store.new_run("afterwards")
    finally:
        store.close()


def test_what_was_backed_up_is_restored_elsewhere(
    backend: Backend, target: str, tmp_path: Path
) -> None:
    filled(backend.uri)
    file = saved(backend.uri, tmp_path / "backup")
    restored(target, file)
    assert [finding for finding in check(database_of(target)) if finding.advice] == []
    assert_filled(target)
    assert sorted(path.name for path in tmp_path.glob("*backup*")) == ["backup"]


def test_a_backup_of_a_server_under_load_is_one_moment_of_it(
    backend: Backend, target: str, tmp_path: Path, start_server: StartServer
) -> None:
    server = start_server("--backend-store-uri", backend.uri)
    with Client(server.url) as client:
        run_id = client.new_run()
    load = Load([server.url] * 4, run_id)
    while len(load.acknowledged) < 100:
        time.sleep(0.02)
    before = set(load.acknowledged)
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "db", "backup", str(tmp_path / "backup"),
         "--backend-store-uri", backend.uri],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    load.stop()
    assert server.stop() == 0
    restored(target, tmp_path / "backup")
    again = start_server("--backend-store-uri", target)
    with Client(again.url) as client:
        check_load(client, run_id, load.sent, before)
    assert again.stop() == 0
    assert [finding for finding in check(database_of(target)) if finding.advice] == []


def test_a_database_with_content_is_replaced_only_by_force(
    backend: Backend, target: str, tmp_path: Path
) -> None:
    filled(backend.uri)
    file = saved(backend.uri, tmp_path / "backup")
    filled(target, "other")
    assert "not empty" in refusal_of(target, file)
    assert "--force" in refusal_of(target, file)
    assert_filled(target, "other")
    restored(target, file, is_forced=True)
    assert_filled(target)
    assert [finding for finding in check(database_of(target)) if finding.advice] == []


def test_a_database_in_use_is_not_replaced(backend: Backend, target: str, tmp_path: Path) -> None:
    filled(backend.uri)
    file = saved(backend.uri, tmp_path / "backup")
    store = Driver(target)
    store.new_run("other")
    assert "in use. Stop the servers" in refusal_of(target, file, is_forced=True)
    store.log("other", "loss", (1, 2, 3.0))
    store.close()
    restored(target, file, is_forced=True)
    assert_filled(target)


def test_a_file_that_is_no_backup_is_refused(backend: Backend, target: str, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a backup\n" * 1000)
    assert "milepost db backup" in refusal_of(target, text)
    foreign = tmp_path / "foreign"
    if isinstance(backend, SQLiteBackend):
        with closing(sqlite3.connect(foreign)) as connection:
            connection.execute("CREATE TABLE experiments (x)")
        assert not (tmp_path / "other.db").exists()
    else:
        uri = postgresql.new_database(is_empty=True)
        postgresql.execute(uri.rpartition("/")[2], "CREATE TABLE experiments (x int)")
        dump = [postgresql.program("pg_dump"), "-Fc", f"--file={foreign}", uri]
        subprocess.run(dump, check=True)
        postgresql.drop_database(uri)
    assert "no backup of a Milepost database" in refusal_of(target, foreign)
    filled(target)
    assert_filled(target)


def test_a_backup_that_was_cut_off_changes_nothing(
    backend: Backend, target: str, tmp_path: Path
) -> None:
    filled(backend.uri)
    file = saved(backend.uri, tmp_path / "backup")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    filled(target, "other")
    refusal_of(target, file, is_forced=True)
    assert_filled(target, "other")


def test_a_backup_of_a_newer_schema_is_refused(
    backend: Backend, target: str, tmp_path: Path
) -> None:
    filled(backend.uri)
    newer = "INSERT INTO schema_migrations VALUES (999, 'future', 999)"
    if isinstance(backend, SQLiteBackend):
        with closing(sqlite3.connect(backend.path, isolation_level=None)) as connection:
            connection.execute(newer)
    else:
        with psycopg.connect(backend.uri) as postgres:
            postgres.execute(newer)
    text = refusal_of(target, saved(backend.uri, tmp_path / "backup"))
    assert "is not restored" in text
    assert "Start the newer Milepost" in text


def test_the_database_of_another_application_is_not_replaced_even_by_force(
    backend: Backend, target: str, tmp_path: Path
) -> None:
    filled(backend.uri)
    file = saved(backend.uri, tmp_path / "backup")
    if isinstance(backend, SQLiteBackend):
        with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
            connection.execute("CREATE TABLE theirs (x)")
    else:
        postgresql.execute(target.rpartition("/")[2], "CREATE TABLE theirs (x int)")
    assert "another application's" in refusal_of(target, file, is_forced=True)


def test_a_backup_that_is_there_is_kept_unless_forced(backend: Backend, tmp_path: Path) -> None:
    filled(backend.uri)
    file = saved(backend.uri, tmp_path / "backup")
    before = file.read_bytes()
    with pytest.raises(StoreUnusable, match="is there already"):
        backup(database_of(backend.uri), file, False, silent)
    assert file.read_bytes() == before
    backup(database_of(backend.uri), file, True, silent)
    with pytest.raises(StoreUnusable, match="cannot be written"):
        backup(database_of(backend.uri), tmp_path / "none" / "backup", False, silent)
    with pytest.raises(StoreUnusable, match="is a folder"):
        backup(database_of(backend.uri), tmp_path, False, silent)


def test_a_backup_that_finds_no_room_leaves_no_file(backend: Backend, tmp_path: Path) -> None:
    filled(backend.uri)
    folder = tmp_path / "backups"
    folder.mkdir()

    # SQLite's file beside the database, which is in memory elsewhere, has 32 KiB.
    size = 40_000 if isinstance(backend, SQLiteBackend) else 8_000

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = subprocess.run(
        [sys.executable, "-m", "milepost", "db", "backup", str(folder / "backup"),
         "--backend-store-uri", backend.uri],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limit, capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")
    assert list(folder.iterdir()) == []


def test_a_damaged_database_is_replaced_by_force(tmp_path: Path) -> None:
    backend = SQLiteBackend(tmp_path)
    filled(backend.uri)
    file = saved(backend.uri, tmp_path / "backup")
    content = bytearray(backend.path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    backend.path.write_bytes(content)
    with pytest.raises(StoreUnusable):
        saved(backend.uri, tmp_path / "second")
    assert not (tmp_path / "second").exists()
    refusal_of(backend.uri, file)
    restored(backend.uri, file, is_forced=True)
    assert_filled(backend.uri)


def test_without_postgresqls_programs_it_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = BACKENDS["postgres"](tmp_path)
    filled(backend.uri)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreUnusable, match=r"pg_dump is not found\. Install PostgreSQL's client"):
        saved(backend.uri, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    backend.remove()


def test_a_backup_that_is_killed_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    backend = SQLiteBackend(tmp_path)
    filled(backend.uri)
    with closing(sqlite3.connect(backend.path)) as connection:
        connection.execute("CREATE TABLE ballast AS SELECT zeroblob(200000000) AS data")
    folder = tmp_path / "backups"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "milepost", "db", "backup", str(folder / "backup"),
         "--backend-store-uri", backend.uri],
        env={"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    while not any(path.stat().st_size for path in folder.iterdir()):
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert not (folder / "backup").exists()
    saved(backend.uri, folder / "backup")
    assert database_of(f"sqlite:///{folder}/backup").connect_examiner().close() is None
