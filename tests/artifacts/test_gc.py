"""`milepost gc` removes what was deleted, all of it and nothing else, beside a running server."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.client import Client
from tests.servers import ROOT, RunningServer

PROXY = "/api/2.0/mlflow-artifacts/artifacts"
TABLES = ("runs", "params", "tags", "metrics", "metric_chunks", "dataset_inputs", "runs_going")


def gc(folder: Path, *flags: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "milepost", "gc", *flags]
    if "--backend-store-uri" not in flags:
        command += ["--backend-store-uri", f"sqlite:///{folder}/milepost.db"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def full_run(client: Client, experiment: str) -> str:
    run_id = client.new_run(experiment_id=experiment)
    points = [{"key": "m", "value": i, "timestamp": i, "step": i} for i in range(900)]
    tags = [{"key": "t", "value": "1"}]
    params = [{"key": "p", "value": "1"}]
    client.done("runs/log-batch", run_id=run_id, metrics=points, params=params, tags=tags)
    dataset = {"name": "d", "digest": run_id[:8], "source_type": "x", "source": "x"}
    client.done("runs/log-inputs", run_id=run_id, datasets=[{"dataset": dataset}])
    place = f"{PROXY}/{experiment}/{run_id}/artifacts/model/weights"
    assert client.ask("PUT", place, b"12345", headers={}).status == 200
    return run_id


def rows(folder: Path) -> dict[str, int]:
    connection = sqlite3.connect(folder / "milepost.db")
    try:
        return {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}
    finally:
        connection.close()


@pytest.fixture
def client(tmp_path: Path):
    server = RunningServer(tmp_path)
    with Client(server.url) as client:
        yield client
    server.stop()


def test_a_dry_run_shows_what_would_go_and_removes_nothing(client: Client, tmp_path: Path) -> None:
    run_id = full_run(client, "0")
    full_run(client, "0")
    client.done("runs/delete", run_id=run_id)
    shown = gc(tmp_path)
    assert run_id in shown
    assert "1 runs and 0 experiments would go, with 1 files of 5 bytes." in shown
    assert client.get("runs/get", run_id=run_id).status == 200
    assert (tmp_path / "artifacts" / "0" / run_id / "artifacts" / "model" / "weights").exists()


def test_a_deleted_run_goes_with_all_its_rows_and_files(client: Client, tmp_path: Path) -> None:
    kept = full_run(client, "0")
    before = rows(tmp_path)
    gone = full_run(client, "0")
    client.done("runs/delete", run_id=gone)
    gc(tmp_path, "--no-dry-run")
    assert rows(tmp_path) == before
    assert client.get("runs/get", run_id=gone).status == 404
    assert client.post("runs/restore", run_id=gone).status == 404
    assert not (tmp_path / "artifacts" / "0" / gone).exists()
    assert client.history(kept, "m")[-1] == (899, 899, 899.0)
    place = f"{PROXY}/0/{kept}/artifacts/model/weights"
    assert client.ask("GET", place, headers={}).body == b"12345"
    assert "0 runs and 0 experiments went" in gc(tmp_path, "--no-dry-run")


def test_a_deleted_experiment_goes_with_its_runs(client: Client, tmp_path: Path) -> None:
    experiment = client.done("experiments/create", name="x", tags=[{"key": "a", "value": "b"}])
    number = experiment["experiment_id"]
    for _ in range(3):
        full_run(client, number)
    client.done("experiments/delete", experiment_id=number)
    assert "3 runs and 1 experiments went" in gc(tmp_path, "--no-dry-run")
    assert client.get("experiments/get", experiment_id=number).status == 404
    assert not (tmp_path / "artifacts" / number).exists()
    again = client.done("experiments/create", name="x")["experiment_id"]
    assert again != number


def test_only_what_is_named_and_old_enough_goes(client: Client, tmp_path: Path) -> None:
    first, second = full_run(client, "0"), full_run(client, "0")
    for run_id in (first, second):
        client.done("runs/delete", run_id=run_id)
    assert "0 runs" in gc(tmp_path, "--no-dry-run", "--older-than", "1d")
    assert "1 runs" in gc(tmp_path, "--no-dry-run", "--run-ids", first)
    assert client.get("runs/get", run_id=first).status == 404
    assert client.get("runs/get", run_id=second).status == 200
    assert "0 runs" in gc(tmp_path, "--no-dry-run", "--experiment-ids", "77")
    assert "write it as" in gc(tmp_path, "--older-than", "soon", code=2)


def test_a_run_whose_artifacts_may_not_be_touched_stays(client: Client, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    number = client.done("experiments/create", name="x", artifact_location=str(place))
    run_id = client.new_run(experiment_id=number["experiment_id"])
    folder = place / run_id / "artifacts"
    folder.mkdir(parents=True)
    (folder / "x").write_text("mine")
    client.done("runs/delete", run_id=run_id)
    assert "--artifact-roots" in gc(tmp_path, "--no-dry-run", code=1)
    assert (folder / "x").exists()
    assert client.get("runs/get", run_id=run_id).status == 200
    client.done("runs/restore", run_id=run_id)
    client.done("runs/delete", run_id=run_id)
    gc(tmp_path, "--no-dry-run", "--artifact-roots", str(place))
    assert not folder.exists()
    assert client.get("runs/get", run_id=run_id).status == 404


def test_there_is_no_database_made_for_it(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/none.db"
    assert "There is no database" in gc(tmp_path, "--backend-store-uri", uri, code=1)
    assert list(tmp_path.iterdir()) == []
