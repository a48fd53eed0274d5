"""Databases that real MLflow clients wrote (see `record_databases.py`), imported and compared."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests import postgresql
from tests.servers import RunningServer
from tests.transfer.moving import (
    START,
    VALUES_OF_A_DATABASE,
    check_inputs,
    check_kept,
    import_into,
    kill_in_the_middle,
)

DATABASES = Path(__file__).parent / "databases"
KINDS = [(kind, version) for version in ("1.30", "2.22", "3.17") for kind in ("sqlite", "postgres")]
NUMBERS = count()


class Recorded:
    """A recorded database put up again, with the one artifact that its client logged."""

    def __init__(self, kind: str, version: str, folder: Path) -> None:
        self.kind, self.version = kind, version
        self.ids = json.loads((DATABASES / f"ids-{version}.json").read_text())[kind]
        dump = (DATABASES / f"{kind}-{version}.sql").read_bytes().decode()
        dump = dump.replace("/recorded", str(folder))
        if kind == "sqlite":
            self.uri = f"sqlite:///{folder}/mlflow.db"
            with sqlite3.connect(folder / "mlflow.db") as connection:
                connection.executescript(dump)
        else:
            name = f"mlflow_{os.getpid()}_{next(NUMBERS)}"
            postgresql.execute("postgres", f"CREATE DATABASE {name}")
            postgresql.execute(name, dump)
            self.uri = f"{postgresql.server_uri()}/{name}"
        artifacts = folder / kind / "kept" / "one" / self.ids["first"] / "artifacts" / "sub" / "dir"
        artifacts.mkdir(parents=True)
        (artifacts / "a.txt").write_bytes(b"hello")
        # The default root of the client, in which nothing was logged.
        (folder / kind / "mlruns").mkdir()
        (folder / "mlruns").mkdir()


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: "-".join(kind))
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return Recorded(*request.param, tmp_path_factory.mktemp("recorded"))


def test_a_server_answers_what_the_database_held(
    recorded: Recorded, tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    (tmp_path / "mlruns").mkdir()  # 1.30's default root is relative to where it ran
    imported = import_into(tmp_path, recorded.uri)
    assert imported.status == 0, imported.output
    counts = imported.report["counts"]
    assert counts["source"] == counts["target"]
    assert counts["source"]["points"] == 8 + 2 + 300 + 1
    assert imported.report["hashes_alike"] == 4
    again = import_into(tmp_path, recorded.uri)
    assert set(again.states.values()) == {"same"}
    assert again.hashes == imported.hashes

    run = check_kept(start_server().url, recorded.ids, 300, VALUES_OF_A_DATABASE)
    if recorded.version != "1.30":
        check_inputs(run, has_models=recorded.version == "3.17")


def test_both_databases_can_be_the_target(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    source = Recorded("sqlite", "3.17", folder)
    name = f"moved_{os.getpid()}_{next(NUMBERS)}"
    postgresql.execute("postgres", f"CREATE DATABASE {name}")
    target = ("--backend-store-uri", f"{postgresql.server_uri()}/{name}")
    on_postgres = import_into(tmp_path, source.uri, *target)
    assert on_postgres.status == 0, on_postgres.output
    on_sqlite = import_into(tmp_path, source.uri)
    assert on_postgres.hashes == on_sqlite.hashes
    again = import_into(tmp_path, source.uri, *target)
    assert set(again.states.values()) == {"same"}


def test_an_import_that_was_killed_goes_on_to_the_same_hashes(tmp_path: Path) -> None:
    source = Recorded("sqlite", "2.22", tmp_path)
    with sqlite3.connect(tmp_path / "mlflow.db") as connection:
        connection.executemany(
            "INSERT INTO metrics (run_uuid, key, value, timestamp, step, is_nan)"
            " VALUES (?, 'huge', ?, ?, ?, 0)",
            ((source.ids["first"], i * 0.5, START + i, i) for i in range(150_000)),
        )
    at_once, broken = tmp_path / "at-once", tmp_path / "broken"
    at_once.mkdir()
    broken.mkdir()
    whole = import_into(at_once, source.uri)
    assert whole.status == 0, whole.output
    kill_in_the_middle(broken, source.uri)
    again = import_into(broken, source.uri)
    assert again.status == 0, again.output
    assert again.hashes == whole.hashes
    assert again.report["counts"]["target"] == whole.report["counts"]["target"]


def test_artifacts_out_of_reach_are_told_and_the_next_step_named(tmp_path: Path) -> None:
    source = Recorded("sqlite", "2.22", tmp_path)
    with sqlite3.connect(tmp_path / "mlflow.db") as connection:
        connection.execute(
            "UPDATE runs SET artifact_uri = 'mlflow-artifacts:/1/' || run_uuid || '/artifacts'"
        )
    imported = import_into(tmp_path, source.uri)
    assert imported.status == 1
    assert "--source-artifacts" in imported.output
    kept = tmp_path / "mlartifacts" / "1" / source.ids["first"] / "artifacts"
    kept.mkdir(parents=True)
    (kept / "b.txt").write_text("proxied")
    again = import_into(tmp_path, source.uri, "--source-artifacts", str(tmp_path / "mlartifacts"))
    assert again.status == 0, again.output
    assert again.report["counts"]["target"]["artifacts"] == 1


@pytest.mark.parametrize("kind", ["foreign", "text", "missing", "unreachable"])
def test_other_databases_are_refused_with_a_clear_text(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "there.db"
    uri = f"sqlite:///{path}"
    if kind == "foreign":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE runs (id INTEGER)")
    elif kind == "text":
        path.write_text("not a database at all, only some text of sufficient length\n" * 20)
    elif kind == "unreachable":
        uri = "postgresql://nobody@127.0.0.1:1/none"
    refused = import_into(tmp_path, uri, "--backend-store-uri", f"sqlite:///{tmp_path / 'to.db'}")
    assert refused.status == 1
    assert "Traceback" not in refused.output
    expected = {
        "foreign": "no database of MLflow",
        "text": "cannot be read as an SQLite database",
        "missing": "There is no database at",
        "unreachable": "cannot be reached",
    }
    assert expected[kind] in " ".join(refused.output.split())
    assert not (tmp_path / "to.db").exists()
