"""`milepost archive` beside a running server: the same answers, and what other commands say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from milepost.artifacts.places import Places
from milepost.store import database_of, examine
from milepost.transfer.milepost_store import MilepostSource
from tests.artifacts.stores import S3Server
from tests.server.client import Answer, Client
from tests.servers import ROOT, RunningServer
from tests.store.backends import BACKENDS

START = 1_600_000_000_000
ARCHIVE = ".milepost-archive"
OWN = "/api/milepost/1.0"
PROXY = "/api/2.0/mlflow-artifacts/artifacts"
PATIENCE_S = 60.0
ODD = (0.1, "NaN", "Infinity", -0.0, "-Infinity", 5e-324, 7.0)


class World:
    """A server, its database and the store of its artifacts."""

    def __init__(self, folder: Path, uri: str, destination: str, env: dict[str, str]) -> None:
        self.folder, self.uri, self.destination, self.env = folder, uri, destination, env
        self.server = RunningServer(
            folder, "--backend-store-uri", uri, "--artifacts-destination", destination, env=env
        )

    def milepost(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "milepost", *words, "--backend-store-uri", self.uri],
            cwd=self.folder, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **self.env},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def archive(self, *flags: str, code: int = 0) -> str:
        place = ("--artifacts-destination", self.destination)
        return self.milepost("archive", "--older-than", "90d", *place, *flags, code=code)


@pytest.fixture(params=["sqlite-disk", "postgres-s3"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    kind, store = request.param.split("-")
    backend = BACKENDS[kind](tmp_path)
    destination, env = str(tmp_path / "artifacts"), {}
    if store == "s3":
        s3: S3Server = request.getfixturevalue("s3")
        destination, env = s3.new_bucket(), s3.environment
    made = World(tmp_path, backend.uri, destination, env)
    yield made
    made.server.stop()
    assert backend.faults() == []
    backend.remove()


def fill(client: Client) -> str:
    """A run that ended in 2020, with a short, an odd and a long metric."""
    run_id = client.new_run(experiment_id="0", start_time=START)
    points = [
        {"key": key, "value": value, "timestamp": START + step, "step": step}
        for step in range(700)
        for key, value in (("loss", (step * 0.37) ** 0.5), ("odd", ODD[step % len(ODD)]))
    ]
    for at in range(0, len(points), 200):
        client.done("runs/log-batch", run_id=run_id, metrics=points[at : at + 200])
    for at in range(0, 6_000, 1_000):
        long = [
            {"key": "long", "value": (i * 7919 % 1009) / 7, "timestamp": START + i, "step": i}
            for i in range(at, at + 1_000)
        ]
        client.done("runs/log-batch", run_id=run_id, metrics=long)
    client.done("runs/update", run_id=run_id, status="FINISHED", end_time=START + 10_000)
    return run_id


def wait_until_sealed(uri: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        findings = {finding.name: finding.state for finding in examine(database_of(uri))}
        if findings["sealing"] == "every ended run is sealed":
            return
        time.sleep(0.1)
    raise AssertionError("the server does not seal")


def answers(client: Client, run_id: str) -> list[Answer]:
    """Of every route that reads points."""
    out = []
    for key in ("loss", "odd", "long"):
        one = {"run_id": run_id, "metric_key": key}
        out.append(client.get("metrics/get-history", **one))
        token = ""
        while True:
            page = {"max_results": 1_999, "page_token": token}
            out.append(client.get("metrics/get-history", **one, **page))
            if not (token := out[-1].json.get("next_page_token", "")):
                break
        many = {"run_id": [run_id], "metric_key": key}
        ajax = "/ajax-api/2.0/mlflow/metrics/get-history-bulk"
        out.append(client.ask("GET", f"{ajax}?run_id={run_id}&metric_key={key}", headers={}))
        bounds = {"start_step": 10, "end_step": 600, "max_results": 100}
        out.append(client.get("metrics/get-history-bulk-interval", run_ids=run_id, **one, **bounds))
        out.append(client.get("metrics/get-history-bulk-interval", run_ids=run_id, **many))
    for fields in (
        {"buckets": 10},
        {"buckets": 50, "start": 100, "end": 300},
        {"buckets": 2_000, "axis": "relative", "start": 5},
    ):
        wanted = {"run_ids": [run_id], "metric_keys": ["loss", "odd", "long"], **fields}
        out.append(client.ask("POST", f"{OWN}/metrics/get-buckets", wanted))
    out.append(client.ask("GET", f"{OWN}/metrics/get-aggregates?run_id={run_id}", headers={}))
    best = {"order_by": ["at_max(metrics.long, metrics.loss)"], "metric_aggregates": True}
    out.append(client.post("runs/search", experiment_ids=["0"], **best))
    counted = "mean(metrics.odd) > 0 OR count(metrics.loss) = 700"
    out.append(client.post("runs/search", experiment_ids=["0"], filter=counted))
    group = {"experiment_ids": ["0"], "group_by": ["status"], "fields": ["mean(metrics.long)"]}
    out.append(client.ask("POST", f"{OWN}/runs/group", group))
    return [answer._replace(headers={}) for answer in out]


def moved(world: World) -> list[Any]:
    """What exports and imports read."""
    places = Places(world.destination, (), world.folder)
    source = MilepostSource(world.uri, places)
    try:
        (experiment,) = source.experiments()
        (run,) = source.runs(experiment)
        return [
            (part.key, part.steps, part.timestamps, repr(part.values))
            for part in source.histories(run)
        ]
    finally:
        source.close()


def test_a_server_answers_as_before_and_all_commands_know(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in world.env.items():
        monkeypatch.setenv(name, value)
    with Client(world.server.url) as client:
        run_id = fill(client)
        wait_until_sealed(world.uri)
        before, histories = answers(client, run_id), moved(world)
        assert {answer.status for answer in before} == {200}
        assert "7,400 points of 1 runs would go" in world.archive("--dry-run")
        said = world.archive()
        assert "7,400 points of 1 runs went to" in said
        assert answers(client, run_id) == before
        assert moved(world) == histories
        size = int(said.split(": ")[-1].split()[0].replace(",", ""))
        assert "0 points of 0 runs" in world.archive()

        used = json.loads(world.milepost("du", "--json"))
        assert used["items"][0]["archived_bytes"] == used["total"]["archived_bytes"] == size
        assert "in the artifact store" in world.milepost("du")
        assert f"points of 1 runs, {size:,} bytes, are in the artifact" in world.milepost("doctor")
        world.milepost("db", "check")

        # Nobody sees or reaches the files as artifacts.
        for verb in ("GET", "PUT", "DELETE"):
            place = f"{PROXY}/{ARCHIVE}/{run_id}/1"
            assert client.ask(verb, place, b"x" if verb == "PUT" else None, {}).status == 400
        listed = client.ask("GET", f"{PROXY}?path=", headers={}).json
        assert ARCHIVE not in [one["path"] for one in listed.get("files", [])]
        assert answers(client, run_id) == before

        client.done("runs/delete", run_id=run_id)
        place = ("--artifacts-destination", world.destination)
        removed = world.milepost("gc", "--no-dry-run", *place)
        assert f"1 runs and 0 experiments went, with 1 files of {size:,} bytes" in removed
        assert "0 points" in world.archive()


def test_a_damaged_and_a_lost_file_are_told_with_their_name(
    world: World, request: pytest.FixtureRequest
) -> None:
    with Client(world.server.url) as client:
        run_id = fill(client)
        wait_until_sealed(world.uri)
        world.archive()
        name = f"{ARCHIVE}/{run_id}/1"
        for content, said in ((b"", "is damaged"), (None, "is not there")):
            if world.env:
                s3: S3Server = request.getfixturevalue("s3")
                _, _, bucket, prefix = world.destination.split("/", 3)
                place = {"Bucket": bucket, "Key": f"{prefix}/{name}"}
                if content is None:
                    s3.client.delete_object(**place)
                else:
                    s3.client.put_object(**place, Body=content)
            elif content is None:
                (world.folder / "artifacts" / name).unlink()
            else:
                (world.folder / "artifacts" / name).write_bytes(content)
            answer = client.get("metrics/get-history", run_id=run_id, metric_key="loss")
            assert (answer.status, answer.code) == (400, "DATA_LOSS")
            assert f"{name}, which {said}" in answer.message
        assert client.get("runs/get", run_id=run_id).status == 200
        other = client.new_run()
        client.done("runs/log-metric", run_id=other, key="m", value=1, timestamp=1)
        assert client.history(other, "m") == [(0, 1, 1.0)]
        refused = world.archive(code=1)
        assert f"Run {run_id} is archived already, and its file is not in" in refused


def test_a_backup_says_what_is_not_in_it(tmp_path: Path) -> None:
    backend = BACKENDS["sqlite"](tmp_path)
    world = World(tmp_path, backend.uri, str(tmp_path / "artifacts"), {})
    with Client(world.server.url) as client:
        fill(client)
        wait_until_sealed(world.uri)
    assert "Not in it" not in world.milepost("db", "backup", str(tmp_path / "first"))
    world.archive()
    assert "Not in it: points of 1 runs" in world.milepost("db", "backup", str(tmp_path / "second"))
    world.server.stop()


def test_the_place_must_be_named_and_reachable(tmp_path: Path) -> None:
    backend = BACKENDS["sqlite"](tmp_path)
    world = World(tmp_path, backend.uri, str(tmp_path / "artifacts"), {})
    assert "--artifacts-destination" in world.milepost("archive", "--older-than", "90d", code=2)
    assert "write it as" in world.archive("--older-than", "soon", code=2)
    world.server.stop()
