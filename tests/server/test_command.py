"""The `milepost` command as an operator meets it: help, refusals, logs, signals."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from milepost import __version__
from milepost.cli.main import COMMANDS
from tests.conftest import StartServer
from tests.server.client import API, Client
from tests.servers import ROOT


def milepost(
    *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    return subprocess.run(
        [sys.executable, "-m", "milepost", *arguments],
        env={**clean, "PYTHONPATH": str(ROOT / "src"), **(env or {})},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=90,
    )


def test_help_lists_every_command() -> None:
    done = milepost("--help")
    assert done.returncode == 0
    for name, text in COMMANDS.items():
        assert name in done.stdout
        assert text.split()[0] in done.stdout


@pytest.mark.parametrize("command", sorted(COMMANDS))
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_explains_itself(command: str, flag: str) -> None:
    done = milepost(command, flag)
    assert done.returncode == 0, done.stderr
    assert f"Usage: python -m milepost {command}" in done.stdout
    assert done.stderr == ""


def test_the_server_names_mlflows_flags_and_its_environment() -> None:
    text = milepost("server", "--help").stdout
    for flag in ("--backend-store-uri", "--default-artifact-root", "--artifacts-destination",
                 "--serve-artifacts", "--host", "--port", "--static-prefix", "--allowed-hosts",
                 "--cors-allowed-origins"):  # fmt: skip
        assert flag in text
    assert "sqlite:////data/milepost.db" in text


def test_the_version_is_told() -> None:
    assert milepost("--version").stdout.strip() == f"milepost {__version__}"
    assert f"milepost {__version__}, speaks MLflow" in milepost("version").stdout


USAGE_ERRORS: list[tuple[tuple[str, ...], str]] = [
    (("nothing",), "No such command"),
    (("server", "--port", "x"), "--port"),
    (("server", "--port", "70000"), "0<=x<=65535"),
    (("server", "--static-prefix", "tracker"), "must begin with a slash"),
    (("server", "--max-body-bytes", "1"), "--max-body-bytes"),
    (("server", "--nothing"), "No such option"),
]


@pytest.mark.parametrize(("arguments", "text"), USAGE_ERRORS)
def test_a_wrong_command_line_says_what_is_wrong(arguments: tuple[str, ...], text: str) -> None:
    done = milepost(*arguments)
    assert done.returncode == 2
    assert text in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_named_with_the_flag(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = milepost("server", "--port", str(port), cwd=tmp_path)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert "choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []  # nothing is made by a server that cannot serve


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host"])
def test_an_address_of_another_machine_is_refused(tmp_path: Path, host: str) -> None:
    done = milepost("server", "--host", host, "--port", "0", cwd=tmp_path)
    assert done.returncode == 1
    assert host in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unusable_store_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    done = milepost("server", "--port", "0", "--backend-store-uri", f"sqlite:///{path}")
    assert done.returncode == 1
    assert "another application" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("prefix", ["MILEPOST_", "MLFLOW_"])
def test_options_come_from_the_environment_too(
    start_server: StartServer, tmp_path: Path, prefix: str
) -> None:
    env = {f"{prefix}STATIC_PREFIX": "/env", f"{prefix}ALLOWED_HOSTS": "tracker.test"}
    server = start_server(env=env)
    with Client(server.url) as client:
        path = f"/env{API}/experiments/search?max_results=1"
        assert client.ask("GET", path, None, {"Host": "tracker.test"}).status == 200
    assert server.stop() == 0
    assert (tmp_path / "milepost.db").exists()


def test_the_start_says_where_it_listens_and_stores(start_server: StartServer) -> None:
    server = start_server()
    assert server.stop() == 0
    text = "".join(server.output)
    assert f"Milepost {__version__} listens on {server.url}" in text
    assert str(server.database) in text
    assert f'mlflow.set_tracking_uri("{server.url}")' in text


def test_a_server_on_all_addresses_is_reached_by_loopback(start_server: StartServer) -> None:
    server = start_server("--host", "0.0.0.0")
    assert server.url.startswith("http://127.0.0.1:")
    with Client(server.url) as client:
        assert client.post("runs/create").status == 200


def test_the_access_log_is_one_json_line_a_request(start_server: StartServer) -> None:
    server = start_server("--access-log")
    with Client(server.url) as client:
        run_id = client.new_run()
        client.get("runs/get", run_id=run_id)
        client.get("runs/get", run_id="nobody")
        client.ask("GET", "/odd%22path%0Anext", None, {})
        client.ask("GET", "/health", None, {"Host": "evil.test"})
        client.ask("GET", f"{API}/runs/get", None, {"Host": "evil.test"})
    assert server.stop() == 0
    lines = [json.loads(line) for line in server.output if line.startswith("{")]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("POST", f"{API}/runs/create", 200),
        ("GET", f"{API}/runs/get", 200),
        ("GET", f"{API}/runs/get", 404),
        ("GET", '/odd"path\nnext', 404),
        ("GET", "/health", 200),
        ("GET", f"{API}/runs/get", 403),
    ]
    for line in lines:
        assert set(line) == {"time_ms", "client", "method", "path", "status", "duration_ms"}
        assert line["client"] == "127.0.0.1"
        assert line["duration_ms"] >= 0
        assert run_id not in json.dumps(line)  # queries are not logged


def test_without_the_flag_nothing_is_logged_but_the_start(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        client.new_run()
        client.get("runs/get", run_id="nobody")
    assert server.stop() == 0
    assert not any("runs/" in line or "nobody" in line for line in server.output)


def test_files_of_the_store_are_not_writable_by_others(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        client.new_run()
    for file in server.database.parent.glob("milepost.db*"):
        assert not file.stat().st_mode & 0o022, file
