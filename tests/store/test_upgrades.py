"""Upgrades: databases of every schema, kills, two versions on one database, what is told before."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from milepost.store import database_of, migrations
from milepost.store.doctor import check
from milepost.store.migrations import CONTRACT, EXPAND, available
from milepost.store.upgrade import plan
from tests import postgresql
from tests.conftest import StartServer
from tests.server.client import Client
from tests.servers import ROOT
from tests.store.backends import BACKENDS, Backend
from tests.store.driver import ACTIVE, Driver

SCHEMAS = Path(__file__).parent / "schemas"
DUMPS = sorted(path.stem for path in SCHEMAS.glob("*.sql"))
START = 1_700_000_000_000
POINTS = [(step, START + step, repr(1 / (step + 1))) for step in range(20)]
POINTS += [(20, START + 20, "nan"), (21, START + 21, "-0.0")]
WAIT_S = 60.0


# --- databases of every schema ---------------------------------------------------------------


@pytest.fixture(params=DUMPS)
def dumped(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str, int]]:
    """A database of an older schema: its URI, kind and version."""
    script = (SCHEMAS / f"{request.param}.sql").read_text(encoding="utf-8")
    kind, version = request.param.split("_")
    if kind == "sqlite":
        path = tmp_path / "milepost.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
        yield f"sqlite:///{path}", kind, int(version)
        return
    uri = postgresql.new_database(is_empty=True)
    with psycopg.connect(uri, autocommit=True) as postgres:
        postgres.execute(script.encode())
    yield uri, kind, int(version)
    postgresql.drop_database(uri)


def test_every_schema_has_a_database_to_upgrade() -> None:
    expected = {f"{kind}_{step.version}" for kind in BACKENDS for step in available(kind)}
    assert set(DUMPS) == expected, "run: python -m tools.dump_schema sqlite postgres"


@pytest.mark.parametrize("kind", sorted(BACKENDS))
def test_every_step_says_its_kind(kind: str) -> None:
    assert {step.kind for step in available(kind)} <= {EXPAND, CONTRACT}


def test_a_database_of_an_older_schema_is_upgraded_and_all_of_it_is_read(
    dumped: tuple[str, str, int],
) -> None:
    uri, kind, version = dumped
    store = Driver(uri)
    try:
        later = [step.name for step in available(kind) if step.version > version]
        assert store.store.migrations_run == later
        found = store.search_runs([1], ACTIVE, None, 10, filter="params.lr = '0.01'")
        (first,) = found.items
        run_id = first.info.run_id
        assert first.info.run_name == "first"
        assert store.history(run_id, "loss") == POINTS
        params, tags, metrics = store.data(run_id)
        assert params == {"lr": "0.01", "name": "größe"}
        assert tags["team"] == "vision"
        assert metrics == {"loss"}
        assert store.aggregates(run_id, "loss")["count"] == len(POINTS)
        best = store.search_runs([1], ACTIVE, None, 10, filter="metrics.loss < 0.01")
        assert [run.info.run_id for run in best.items] == [run_id]
        children = f"tags.mlflow.parentRunId = '{run_id}'"
        (second,) = store.search_runs([1], ACTIVE, None, 10, filter=children).items
        assert second.info.run_name == "second"
        store.log(second.info.run_id, "loss", (1, 2, 3.0))
        assert store.history(second.info.run_id, "loss") == [(1, 2, "3.0")]
    finally:
        store.close()
    assert [finding for finding in check(database_of(uri)) if finding.advice] == []


def test_before_an_upgrade_it_is_told_what_would_happen(dumped: tuple[str, str, int]) -> None:
    uri, kind, version = dumped
    database = database_of(uri)
    planned = plan(database, with_contract=False)
    later = [step for step in available(kind) if step.version > version]
    assert [one.step for one in planned] == later
    assert all(one.is_now and one.seconds < 1 for one in planned)
    if (kind, version) == ("sqlite", 1):
        assert planned[0].rows["runs"] == 3
        assert planned[0].rows["params"] == 2
        assert planned[0].seconds > 0
    connection = database.connect_examiner()
    assert migrations.applied(connection).newest == version
    connection.close()


# --- the next version ------------------------------------------------------------------------


class NextVersion:
    """A copy of this code whose schema is ahead."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "next"
        shutil.copytree(ROOT / "src", self.source, ignore=shutil.ignore_patterns("__pycache__"))
        self.env = {"PYTHONPATH": str(self.source)}

    def add(self, kind: str, name: str, sql: str) -> Path:
        last = available(kind)[-1].version
        folder = self.source / "milepost" / "store" / "migrations" / kind
        while list(folder.glob(f"{last:04}_*.sql")):
            last += 1
        path = folder / f"{last:04}_{name}.sql"
        path.write_text(sql)
        return path

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_milepost(self.env["PYTHONPATH"], *arguments)


def run_milepost(source: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "milepost", *arguments],
        env={"PYTHONPATH": source},
        capture_output=True,
        text=True,
        timeout=WAIT_S,
    )


@pytest.fixture
def next_version(tmp_path: Path) -> NextVersion:
    return NextVersion(tmp_path)


@pytest.fixture(params=sorted(BACKENDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def backend(kind: str, tmp_path: Path) -> Iterator[Backend]:
    made = BACKENDS[kind](tmp_path)
    yield made
    made.remove()


def test_two_versions_serve_one_database_until_the_newer_one_contracts(
    backend: Backend, kind: str, next_version: NextVersion, start_server: StartServer
) -> None:
    where = ("--backend-store-uri", backend.uri)
    next_version.add(
        kind,
        "colours",
        "-- expand\nALTER TABLE runs ADD COLUMN colour TEXT;\nCREATE TABLE colours (id INTEGER);",
    )
    next_version.add(kind, "shed", "-- contract\nDROP INDEX experiments_by_creation;")
    old = start_server(*where)
    with Client(old.url) as here:
        run_id = here.new_run()
        log(here, run_id, 0)
        new = start_server(*where, env=next_version.env)
        with Client(new.url) as there:
            for step in range(1, 20):
                log((here, there)[step % 2], run_id, step)
            for client in (here, there):
                assert [point[0] for point in client.history(run_id, "m")] == list(range(20))
                found = client.done("runs/search", experiment_ids=["0"], filter="metrics.m = 19")
                assert [run["info"]["run_id"] for run in found["runs"]] == [run_id]
    assert old.stop() == 0
    old = start_server(*where)  # and it starts on what the newer one has expanded
    with Client(old.url) as here:
        log(here, run_id, 20)
    assert old.stop() == 0
    assert (
        "expanded by a newer Milepost"
        in run_milepost(str(ROOT / "src"), "db", "check", *where).stdout
    )

    told = next_version.command("db", "upgrade", "--dry-run", *where)
    assert "waits for --contract" in told.stdout
    assert "0 steps would be applied" in told.stdout
    assert "Nothing to apply" in next_version.command("db", "upgrade", *where).stdout
    assert next_version.command("db", "check", *where).returncode == 0
    if kind == "postgres":
        old = start_server(*where)
        refused = next_version.command("db", "upgrade", "--contract", *where)
        assert "connections from 127.0.0.1). Stop them, or start the new version" in refused.stderr
        assert old.stop() == 0
    done = next_version.command("db", "upgrade", "--contract", *where)
    assert "Applied shed." in done.stdout, done.stderr
    assert next_version.command("db", "check", *where).returncode == 0
    with Client(new.url) as there:
        log(there, run_id, 21)
        assert len(there.history(run_id, "m")) == 22
    for command in (("server", "--port", "0"), ("db", "upgrade")):
        refused = run_milepost(str(ROOT / "src"), *command, *where)
        assert refused.returncode == 1
        assert "Start the newer Milepost that wrote it, or restore a backup" in refused.stderr
    assert new.stop() == 0
    for server in (old, new):
        assert not any("Traceback" in line for line in server.output), "".join(server.output)
    assert backend.faults() == []


def log(client: Client, run_id: str, step: int) -> None:
    client.done("runs/log-metric", run_id=run_id, key="m", value=step, timestamp=step, step=step)


SLOW = {
    "sqlite": "CREATE TABLE slow AS WITH RECURSIVE n(i) AS"
    " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT i FROM n;",
    "postgres": "CREATE TABLE slow AS SELECT i FROM generate_series(1, 10000000000) AS n(i);",
}


def test_a_server_killed_in_the_middle_of_a_slow_step_leaves_the_old_schema(
    backend: Backend, kind: str, next_version: NextVersion
) -> None:
    before = Driver(backend.uri)
    before.new_run("r1")
    before.log("r1", "loss", (1, 2, 0.5))
    before.close()
    step = "-- expand\nALTER TABLE runs ADD COLUMN colour TEXT;\n"
    path = next_version.add(kind, "slow", step + SLOW[kind])
    process = subprocess.Popen(
        [sys.executable, "-m", "milepost", "db", "upgrade", "--backend-store-uri", backend.uri],
        env=next_version.env,
    )
    try:
        wait_until_in_the_middle(backend, process)
    finally:
        process.kill()
        process.wait()
    database = database_of(backend.uri)
    again = Driver(backend.uri)  # waits for what the killed one has left of its lock
    try:
        assert again.store.migrations_run == []
        assert again.history("r1", "loss") == [(1, 2, "0.5")]
        again.log("r1", "loss", (2, 3, 0.25))
    finally:
        again.close()
    assert [finding for finding in check(database) if finding.advice] == []
    path.write_text(step + "CREATE TABLE slow (i INTEGER);")
    done = next_version.command("db", "upgrade", "--backend-store-uri", backend.uri)
    assert "Applied slow." in done.stdout, done.stderr
    checked = next_version.command("db", "check", "--backend-store-uri", backend.uri)
    assert checked.returncode == 0, checked.stdout
    after = Driver(backend.uri)
    assert after.history("r1", "loss") == [(1, 2, "0.5"), (2, 3, "0.25")]
    after.close()
    assert backend.faults() == []


def wait_until_in_the_middle(backend: Backend, process: subprocess.Popen[bytes]) -> None:
    """The slow statement runs; in SQLite, part of what it writes is in the file of the WAL."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        assert process.poll() is None
        if isinstance(backend, BACKENDS["sqlite"]):
            wal = Path(f"{backend.path}-wal")  # type: ignore[union-attr]
            if wal.exists() and wal.stat().st_size > 2**20:
                return
        else:
            with psycopg.connect(backend.uri) as connection:
                query = (
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND state = 'active' AND query LIKE 'CREATE TABLE slow%'"
                )
                if connection.execute(query).fetchone() == (1,):
                    return
        time.sleep(0.05)
    raise AssertionError("the slow step never began")
