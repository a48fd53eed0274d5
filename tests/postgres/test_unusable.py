"""Databases that cannot be used: a clear text with the next step, and nothing half made."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from milepost.errors import (
    InvalidParameterValue,
    MilepostError,
    PermissionDenied,
    TemporarilyUnavailable,
)
from milepost.store import StoreUnusable, open_store, postgres
from tests import postgresql
from tests.store.driver import Driver


def refusal_of(uri: str) -> str:
    with pytest.raises(StoreUnusable) as caught:
        open_store(uri, "root", 0)
    assert "secret" not in str(caught.value)
    return str(caught.value)


def tables_of(uri: str) -> set[str]:
    with psycopg.connect(uri) as connection:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        return {row[0] for row in connection.execute(query).fetchall()}


def test_a_newer_schema_names_the_newer_milepost(uri: str) -> None:
    name = uri.rpartition("/")[2]
    postgresql.execute(name, "INSERT INTO schema_migrations VALUES (999, 'later', 999)")
    assert "Start the newer Milepost" in refusal_of(uri)


def test_another_applications_database_is_left_alone() -> None:
    uri = postgresql.new_database(is_empty=True)
    name = uri.rpartition("/")[2]
    postgresql.execute(name, "CREATE TABLE schema_migrations (version text)")
    assert "tables of another application" in refusal_of(uri)
    assert tables_of(uri) == {"schema_migrations"}
    postgresql.drop_database(uri)


def test_a_read_only_database_is_refused(uri: str) -> None:
    name = uri.rpartition("/")[2]
    postgresql.execute("postgres", f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert "takes no writes" in refusal_of(uri)


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_user_without_rights_is_told_what_to_grant(is_empty: bool) -> None:
    uri = postgresql.new_database(is_empty)
    name = uri.rpartition("/")[2]
    role = f"guest_{name}"
    postgresql.execute(name, f"CREATE ROLE {role} LOGIN PASSWORD 'secret'")
    before = tables_of(uri)
    try:
        guest = uri.replace("milepost@", f"{role}:secret@")
        assert "GRANT" in refusal_of(guest)
        assert tables_of(uri) == before
    finally:
        postgresql.drop_database(uri)
        postgresql.execute("postgres", f"DROP ROLE {role}")


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    port = postgresql.free_port()
    text = refusal_of(f"postgresql://ada:secret@127.0.0.1:{port}/milepost")
    assert f"127.0.0.1:{port} cannot be reached" in text


def test_a_server_that_takes_the_connection_and_says_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgres, "CONNECT_TIMEOUT_S", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        text = refusal_of(f"postgresql://ada:secret@127.0.0.1:{port}/milepost")
    assert f"127.0.0.1:{port} cannot be reached" in text
    assert "Start it, or check host, port" in text


def test_a_database_that_does_not_exist_is_named(uri: str) -> None:
    text = refusal_of(f"{uri}_none")
    assert "cannot be" in text
    assert "does not exist" in text
    assert "--backend-store-uri" in text


def test_a_server_that_starts_while_another_upgrades_for_long_says_so(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PREPARE_LOCK_TIMEOUT_MS", 200)
    with psycopg.connect(uri) as other:
        other.execute(f"SELECT pg_advisory_lock({postgres.OWNER}, {postgres.SCHEMA})")
        text = refusal_of(uri)
    assert "locked by another session" in text
    assert "End it, or wait, and start again" in text
    open_store(uri, "root", 0).close()


def test_a_slow_database_refuses_writes_and_goes_on_when_it_is_free(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "LOCK_TIMEOUT_MS", 200)
    store = Driver(uri)
    try:
        store.new_run("r1")
        with psycopg.connect(uri) as other:
            other.execute("LOCK TABLE params IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(TemporarilyUnavailable, match="is busy") as refusal:
                store.log_param("r1", "p", "1")
            assert "nothing of this request was stored. Try again" in str(refusal.value)
        store.log_param("r1", "p", "2")
        assert store.data("r1")[0] == {"p": "2"}
    finally:
        store.close()


@pytest.mark.parametrize(
    ("taken", "given"),
    [
        ("ALTER DATABASE {name} SET default_transaction_read_only = on",
         "ALTER DATABASE {name} RESET default_transaction_read_only"),
        ("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
         "GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"),
    ],
)  # fmt: skip
def test_rights_that_are_taken_in_the_middle_are_named_until_they_are_back(
    uri: str, taken: str, given: str
) -> None:
    name = uri.rpartition("/")[2]
    role = f"guest_{name}"
    postgresql.execute(
        name,
        f"CREATE ROLE {role} LOGIN PASSWORD 'secret'",
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}",
    )
    store = Driver(uri.replace("milepost@", f"{role}:secret@"))
    try:
        store.new_run("r1")
        store.log_param("r1", "p", "1")
        postgresql.execute("postgres" if "DATABASE" in taken else name, taken.format(**locals()))
        drop_connections(name)
        with pytest.raises(PermissionDenied, match="refuses this server") as refusal:
            store.log_param("r1", "q", "1")
        assert "nothing of this request was stored. Give its user the rights" in str(refusal.value)
        postgresql.execute("postgres" if "DATABASE" in given else name, given.format(**locals()))
        drop_connections(name)
        store.log_param("r1", "q", "2")
        assert store.data("r1")[0] == {"p": "1", "q": "2"}
    finally:
        store.close()
        postgresql.execute(name, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def drop_connections(name: str) -> None:
    """A setting of the database holds for new sessions."""
    postgresql.execute(
        "postgres",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )


def test_a_database_that_is_gone_in_the_middle_is_named(uri: str) -> None:
    name = uri.rpartition("/")[2]
    store = Driver(uri)
    try:
        store.new_run("r1")
        postgresql.execute("postgres", f"ALTER DATABASE {name} RENAME TO {name}_away")
    except psycopg.errors.ObjectInUse:
        drop_connections(name)
        postgresql.execute("postgres", f"ALTER DATABASE {name} RENAME TO {name}_away")
    try:
        for ask in (lambda: store.log_param("r1", "p", "1"), lambda: store.get_run("r1")):
            with pytest.raises(MilepostError) as refusal:
                ask()
            assert f"PostgreSQL {name}" in str(refusal.value)
        postgresql.execute("postgres", f"ALTER DATABASE {name}_away RENAME TO {name}")
        store.log_param("r1", "p", "2")
        assert store.data("r1")[0] == {"p": "2"}
    finally:
        store.close()


@pytest.fixture
def tiny_database() -> Iterator[tuple[str, Path]]:
    """A database on a disk of its own, and a file on it that leaves it little room."""
    folder = Path(tempfile.mkdtemp(prefix="milepost-tiny-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        folder.rmdir()
        pytest.skip("mounting a small file system needs root")
    name = f"tiny_{os.getpid()}"
    try:
        (folder / "space").mkdir()
        os.chown(folder / "space", postgresql.NOBODY, postgresql.NOBODY)
        folder.chmod(0o755)
        postgresql.execute(
            "postgres",
            f"CREATE TABLESPACE {name} LOCATION '{folder}/space'",
            f"CREATE DATABASE {name} TABLESPACE {name}",
        )
        yield f"{postgresql.server_uri()}/{name}", folder / "ballast"
        postgresql.execute(
            "postgres", f"DROP DATABASE {name} WITH (FORCE)", f"DROP TABLESPACE {name}"
        )
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def fill_up(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def set_many_tags(store: Driver) -> None:
    for number in range(1_000):
        store.log_batch("r1", {}, {}, {f"t{number}": secrets.token_hex(4_000)})


@pytest.mark.skipif("MILEPOST_TEST_POSTGRES" in os.environ, reason="needs a server on this machine")
def test_a_full_disk_is_named_at_the_start_and_in_the_middle(
    tiny_database: tuple[str, Path],
) -> None:
    uri, ballast = tiny_database
    assert tables_of(uri) == set()  # the first connection writes a file of its own
    fill_up(ballast)
    text = refusal_of(uri)
    assert "has no room" in text
    assert "Free some space" in text
    ballast.unlink()
    assert tables_of(uri) == set()
    store = Driver(uri)
    try:
        store.new_run("r1")
        store.log_param("r1", "p", "1")
        fill_up(ballast)
        with pytest.raises(TemporarilyUnavailable, match="has no room") as refusal:
            set_many_tags(store)
        assert "nothing of this request was stored. Free some space" in str(refusal.value)
        assert store.data("r1")[0] == {"p": "1"}
        ballast.unlink()
        store.log_param("r1", "q", "2")
        assert store.data("r1")[0] == {"p": "1", "q": "2"}
    finally:
        store.close()


def test_a_text_with_a_nul_is_refused_alone(uri: str) -> None:
    store = Driver(uri)
    try:
        store.new_run("r1")
        with pytest.raises(InvalidParameterValue, match="NUL"):
            store.log_param("r1", "p", "a\0b")
        store.log_param("r1", "p", "ab")
        with pytest.raises(InvalidParameterValue, match="NUL"):
            store.get_run("a\0b")
    finally:
        store.close()
