"""Databases that cannot be used: a clear text with the next step, and nothing half made."""

from __future__ import annotations

import psycopg
import pytest

from milepost.errors import InvalidParameterValue
from milepost.store import StoreUnusable, open_store
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
