"""Databases that Milepost must not touch or cannot use: each is refused with the next step."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from milepost.store import StoreUnusable, open_store
from milepost.store import sqlite as sqlite_store
from tests.servers import ROOT

CAPABILITY_OF_ROOT_TO_WRITE_ANYTHING = 1
PR_CAPBSET_DROP = 24


def refusal_of(uri: str) -> str:
    with pytest.raises(StoreUnusable) as refusal:
        open_store(uri, "root", 0)
    return str(refusal.value)


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


URIS = [
    ("postgresql://h/db", "cannot be reached"),
    ("mysql://h/db", "or postgresql://user:password@host/database"),
    ("./mlruns", "Use sqlite:///relative.db"),
    ("", "Use sqlite:///relative.db"),
    ("sqlite://", "names no file"),
    ("sqlite:///", "names no file"),
    ("sqlite:///:memory:", "names no file"),
    ("sqlite://relative.db", "names no file"),
]


@pytest.mark.parametrize(("uri", "expected"), URIS)
def test_a_uri_that_names_no_database_is_refused(uri: str, expected: str) -> None:
    assert expected in refusal_of(uri)


def test_a_database_of_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "milepost.db"
    open_store(f"sqlite:///{path}", "root", 0).close()
    with raw(path) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES (999, 'future', 999)")
    text = refusal_of(f"sqlite:///{path}")
    assert "has schema 999" in text
    assert "Start the newer Milepost that wrote it, or restore a backup" in text
    with raw(path) as connection:
        assert connection.execute("SELECT max(version) FROM schema_migrations").fetchone()[0] == 999


def test_the_database_of_another_application_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mlflow.db"
    with raw(path) as connection:
        connection.execute("CREATE TABLE experiments (experiment_id INTEGER, name TEXT)")
    before = path.read_bytes()
    text = refusal_of(f"sqlite:///{path}")
    assert "another application" in text
    assert "--backend-store-uri" in text
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mlflow.db"]


@pytest.mark.parametrize("content", [b"not a database, only text\n" * 100, b"\x00" * 4096])
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    text = refusal_of(f"sqlite:///{path}")
    assert "not a SQLite database" in text
    assert "--backend-store-uri" in text
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    open_store(f"sqlite:///{path}", "root", 0).close()
    assert path.stat().st_size > 0


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    text = refusal_of(f"sqlite:///{tmp_path}/file/milepost.db")
    assert "cannot be made" in text
    assert "--backend-store-uri" in text


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "cannot be opened for writing" in refusal_of(f"sqlite:///{tmp_path}")


def test_a_database_that_another_process_locks_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "BUSY_TIMEOUT_S", 0.2)
    path = tmp_path / "milepost.db"
    open_store(f"sqlite:///{path}", "root", 0).close()
    with raw(path) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        text = refusal_of(f"sqlite:///{path}")
        connection.execute("ROLLBACK")
    assert "locked by another process" in text
    assert "Stop that process, or wait" in text
    open_store(f"sqlite:///{path}", "root", 0).close()


OPEN_STORE = """
import sys
from milepost.store import StoreUnusable, open_store
try:
    open_store(sys.argv[1], "root", 0).close()
except StoreUnusable as error:
    sys.exit(str(error))
"""


def give_up_roots_power() -> None:
    """Make file permissions count even for root, as they do for everyone else."""
    if os.geteuid() == 0:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        prctl(PR_CAPBSET_DROP, CAPABILITY_OF_ROOT_TO_WRITE_ANYTHING, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="drops a Linux capability to test permissions")
@pytest.mark.parametrize("what", ["file", "folder", "new file in a folder"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    path = folder / "milepost.db"
    if what != "new file in a folder":
        open_store(f"sqlite:///{path}", "root", 0).close()
        before = path.read_bytes()
    (path if what == "file" else folder).chmod(0o444 if what == "file" else 0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", OPEN_STORE, f"sqlite:///{path}"],
            env={"PYTHONPATH": str(ROOT / "src")},
            preexec_fn=give_up_roots_power,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    finally:
        folder.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "cannot be opened for writing" in done.stderr
    assert "Check the permissions of the file and of its folder" in done.stderr
    assert "Traceback" not in done.stderr
    if what != "new file in a folder":
        assert path.read_bytes() == before


def test_an_unforeseen_database_error_names_the_doctor(tmp_path: Path) -> None:
    path = tmp_path / "milepost.db"
    open_store(f"sqlite:///{path}", "root", 0).close()
    damaged = bytearray(path.read_bytes())
    damaged[100:4096] = b"\xff" * 3996  # the root page, after the file's header
    path.write_bytes(damaged)
    text = refusal_of(f"sqlite:///{path}")
    assert "cannot be used" in text
    assert "milepost doctor" in text
