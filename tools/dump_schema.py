"""Writes the newest schema, with a little data that a real server wrote, to tests/store/schemas.

    python -m tools.dump_schema sqlite postgres

Run it after adding a migration. A test upgrades each file to the newest schema and reads the data
back, so a file is never changed once its schema is released.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from milepost.store import migrations
from tests import postgresql
from tests.server.client import Client
from tests.servers import ROOT, RunningServer

FOLDER = ROOT / "tests" / "store" / "schemas"
STEPS = 20
START = 1_700_000_000_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.dump_schema")
    parser.add_argument("database", nargs="+", choices=["sqlite", "postgres"])
    for kind in parser.parse_args().database:
        text = of_sqlite() if kind == "sqlite" else of_postgres()
        path = FOLDER / f"{kind}_{migrations.available(kind)[-1].version}.sql"
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT), len(text))
    return 0


def fill(folder: Path, *flags: str) -> None:
    """What the test reads back: a run with every kind of data and its child, a deleted run."""
    server = RunningServer(folder, *flags, env={"PYTHONPATH": os.environ.get("PYTHONPATH", "src")})
    with Client(server.url) as client:
        experiment = client.done("experiments/create", name="digits")["experiment_id"]
        run_id = client.new_run(experiment_id=experiment, run_name="first", start_time=START)
        points = [
            {"key": "loss", "value": value, "timestamp": START + step, "step": step}
            for step, value in enumerate([*(1 / (step + 1) for step in range(STEPS)), "NaN", -0.0])
        ]
        client.done(
            "runs/log-batch",
            run_id=run_id,
            metrics=points,
            params=[{"key": "lr", "value": "0.01"}, {"key": "name", "value": "größe"}],
            tags=[{"key": "team", "value": "vision"}],
        )
        client.done("runs/update", run_id=run_id, status="FINISHED", end_time=START + 60_000)
        parent = [{"key": "mlflow.parentRunId", "value": run_id}]
        client.new_run(experiment_id=experiment, run_name="second", tags=parent)
        gone = client.new_run(experiment_id=experiment, run_name="gone")
        client.done("runs/delete", run_id=gone)
    if server.stop() != 0:
        raise SystemExit("the server did not stop in order:\n" + "".join(server.output))


def of_sqlite() -> str:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        with closing(sqlite3.connect(Path(folder) / "milepost.db")) as connection:
            pragmas = [
                f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]};"
                for name in ("auto_vacuum", "application_id")
            ]
            return "\n".join([*pragmas, *connection.iterdump(), ""])


def of_postgres() -> str:
    uri = postgresql.new_database(is_empty=True)
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), "--backend-store-uri", uri)
    dump = [postgresql.program("pg_dump"), "--inserts", "--no-owner", "--dbname", uri]
    text = subprocess.run(dump, check=True, stdout=subprocess.PIPE, text=True).stdout
    postgresql.drop_database(uri)
    # psql's own commands are no SQL, and not every version has every setting.
    return "".join(
        line for line in text.splitlines(True) if not line.startswith(("\\", "--", "SET ", "\n"))
    )


if __name__ == "__main__":
    sys.exit(main())
