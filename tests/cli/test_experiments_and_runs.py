"""`milepost experiments` and `milepost runs`, against any MLflow server."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from milepost import MlflowClient
from tests.clients.official import official_server
from tests.servers import ROOT, RunningServer


@pytest.fixture(scope="module", params=["milepost", "official"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    if request.param == "official":
        if not request.config.getoption("--live"):
            pytest.skip("with --live")
        with official_server(folder) as address:
            yield address
        return
    running = RunningServer(folder)
    yield running.url
    running.stop()


def run(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MLFLOW_TRACKING_URI": url}
    return subprocess.run(
        [sys.executable, "-m", "milepost", *words], env=env, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def answer(url: str, *words: str) -> Any:
    done = run(url, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_experiment_from_its_making_to_its_end(url: str) -> None:
    id = answer(url, "experiments", "create", "größe")["id"]
    assert answer(url, "experiments", "get", "größe")["experiment_id"] == id
    assert answer(url, "experiments", "get", id)["name"] == "größe"
    answer(url, "experiments", "rename", id, "grösse")
    found = answer(url, "experiments", "search", "--filter", "name LIKE 'gr%'")
    assert [one["name"] for one in found] == ["grösse"]
    assert "grösse" in run(url, "experiments", "list").stdout
    answer(url, "experiments", "delete", "grösse")
    assert "grösse" not in run(url, "experiments", "list").stdout
    (deleted,) = answer(url, "experiments", "list", "--view", "deleted")
    assert deleted["experiment_id"] == id
    assert run(url, "experiments", "restore", id).stdout == f"Restored experiment {id}\n"
    rows = list(csv.DictReader(io.StringIO(run(url, "experiments", "export").stdout)))
    assert "grösse" in [row["name"] for row in rows]


def test_runs_are_listed_searched_exported_deleted_and_restored(url: str) -> None:
    client = MlflowClient(url)
    experiment = client.create_experiment("runs")
    ids = []
    for number in range(3):
        made = client.create_run(experiment, run_name=f"run\x1b[31m {number}")
        client.log_metric(made.info.run_id, "loss", [0.5, float("nan"), 2.0][number])
        client.log_param(made.info.run_id, "net", f'a,"b"\n{number}')
        client.set_terminated(made.info.run_id)
        ids.append(made.info.run_id)
    assert {one["run_id"] for one in answer(url, "runs", "list", "-e", "runs")} == set(ids)
    assert len(answer(url, "runs", "list")) >= 3
    low = ("runs", "search", "-e", experiment, "--filter", "metrics.loss < 1")
    assert [one["run_id"] for one in answer(url, *low)] == ids[:1]
    table = run(url, *low).stdout
    assert ids[0] in table
    assert "\x1b" not in table
    one = answer(url, "runs", "get", ids[1])
    assert one["metrics"] == {"loss": "NaN"}
    assert one["status"] == "FINISHED"
    order = ("--order-by", "metrics.loss DESC", "--limit", "1")
    text = run(url, "runs", "export", "-e", "runs", *order).stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["metrics.loss"], row["params.net"]) == ("2.0", 'a,"b"\n2')
    assert "there are more" in run(url, "runs", "list", "-e", "runs", "--limit", "1").stderr
    assert run(url, "runs", "list", "-e", "runs", "--limit", "4").stderr == ""
    answer(url, "runs", "delete", ids[0])
    assert [r["run_id"] for r in answer(url, "runs", "list", "--view", "deleted")] == ids[:1]
    answer(url, "runs", "restore", ids[0])
    assert answer(url, "runs", "get", ids[0])["lifecycle_stage"] == "active"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("runs", "get", "nope"), "not found"),
        (("experiments", "get", "987654"), "987654"),
        (("runs", "search", "--filter", "metrics.loss <"), "INVALID_PARAMETER_VALUE"),
        (("runs", "list", "--limit", "0"), "--limit"),
    ],
)
def test_errors_are_told_without_a_traceback(url: str, words: tuple[str, ...], part: str) -> None:
    done = run(url, *words)
    assert done.returncode != 0
    assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("http://127.0.0.1:9", "runs", "list")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The tracking server at http://127.0.0.1:9")
    assert run(str(tmp_path / "data"), "experiments", "list").returncode == 0


def test_a_running_run_that_fell_silent_says_since_when(tmp_path: Path) -> None:
    server = RunningServer(tmp_path)
    try:
        client = MlflowClient(server.url)
        silent, ended, loud = (client.create_run("0").info.run_id for _ in range(3))
        body = {"run_ids": [silent, ended, loud]}
        client.transport.call("POST", "/api/milepost/1.0/runs/note-heartbeats", body)
        client.set_terminated(ended)
        with sqlite3.connect(server.database) as database:
            database.execute(
                "UPDATE heartbeats SET time = 1700000000000"
                " WHERE run IN (SELECT id FROM runs WHERE run_id IN (?, ?))", (silent, ended),
            )  # fmt: skip
        database.close()
        rows = {row["run_id"]: row for row in answer(server.url, "runs", "list")}
        assert rows[silent]["stale_since"] == "2023-11-14 22:13:20+00:00"
        assert rows[silent]["status"] == "RUNNING"
        assert rows[ended]["stale_since"] is None
        assert rows[loud]["stale_since"] is None
        assert "2023-11-14" in run(server.url, "runs", "get", silent).stdout
    finally:
        server.kill()
