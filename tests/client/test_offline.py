"""Without a network, and with a server that is away from the start: nothing of a script is lost."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import milepost as mlflow
from milepost.client import connections
from tests.client import scripts
from tests.servers import RunningServer

SCRIPT = """
import json, sys
import milepost as mlflow

mlflow.set_experiment("far away")
with mlflow.start_run(run_name="outer", tags={"team": "x"}, description="words") as outer:
    mlflow.log_params({"lr": 0.1, "net": "cnn"})
    for step in range(2_500):
        mlflow.log_metric("loss", 1 / (step + 1), step=step, timestamp=1_000 + step)
    mlflow.set_tag("gone", "1")
    mlflow.delete_tag("gone")
    mlflow.log_text("hello", "notes/a.txt")
    mlflow.log_dict({"a": 1}, "a.json")
    with mlflow.start_run(nested=True) as inner:
        mlflow.log_metric("acc", float("nan"))
assert mlflow.last_active_run() is not None
print(json.dumps([outer.info.run_id, inner.info.run_id]))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    folder = tmp_path / "server"
    folder.mkdir()
    running = RunningServer(folder)
    yield running
    connections.close_all()
    running.kill()


def check(url: str, outer_id: str, inner_id: str) -> None:
    client = mlflow.MlflowClient(url)
    experiment = client.get_experiment_by_name("far away")
    assert experiment is not None
    runs = client.search_runs([experiment.experiment_id])
    assert {run.info.run_id for run in runs} == {outer_id, inner_id}
    outer, inner = client.get_run(outer_id), client.get_run(inner_id)
    assert (outer.info.run_name, outer.info.status) == ("outer", "FINISHED")
    assert dict(outer.data.params) == {"lr": "0.1", "net": "cnn"}
    tags = dict(outer.data.tags)
    assert (tags["team"], tags["mlflow.note.content"]) == ("x", "words")
    assert "gone" not in tags
    points = client.get_metric_history(outer_id, "loss")
    assert [(point.step, point.timestamp, point.value) for point in points] == [
        (step, 1_000 + step, 1 / (step + 1)) for step in range(2_500)
    ]
    assert inner.data.tags["mlflow.parentRunId"] == outer_id
    assert inner.info.status == "FINISHED"
    files = [file.path for file in client.list_artifacts(outer_id)]
    assert files == ["a.json", "notes"]
    path = client.download_artifacts(outer_id, "notes/a.txt")
    assert Path(path).read_text() == "hello"


def files_left(folder: Path) -> list[Any]:
    spool = folder / "spool"
    return sorted(spool.rglob("*")) if spool.exists() else []


def test_what_was_logged_offline_is_sent_by_sync_and_once(
    tmp_path: Path, server: RunningServer
) -> None:
    where = {"MLFLOW_TRACKING_URI": server.url, "MILEPOST_MODE": "offline"}
    done = scripts.run(tmp_path, SCRIPT, **where)
    outer, inner = json.loads(done.stdout)
    assert "milepost sync" in done.stderr
    assert not mlflow.MlflowClient(server.url).search_runs(["0"])
    synced = scripts.milepost(tmp_path, "sync", **where)
    assert " 0 still wait" in synced.stdout
    check(server.url, outer, inner)
    assert files_left(tmp_path) == []
    assert "Nothing waits" in scripts.milepost(tmp_path, "sync").stdout


def test_the_same_spool_sent_twice_changes_nothing(tmp_path: Path, server: RunningServer) -> None:
    where = {"MLFLOW_TRACKING_URI": server.url, "MILEPOST_MODE": "offline"}
    outer, inner = json.loads(scripts.run(tmp_path, SCRIPT, **where).stdout)
    (spool,) = (tmp_path / "spool").glob("*.spool")
    kept = spool.read_bytes()
    copies = {file: file.read_bytes() for file in (tmp_path / "spool").rglob("*.files/*")}
    scripts.milepost(tmp_path, "sync")
    client = mlflow.MlflowClient(server.url)
    client.set_tag(outer, "team", "y")
    client.update_run(inner, "RUNNING")
    spool.write_bytes(kept)
    for file, data in copies.items():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    scripts.milepost(tmp_path, "sync")
    assert client.get_run(outer).data.tags["team"] == "y"
    assert client.get_run(inner).info.status == "RUNNING"
    assert len(client.get_metric_history(outer, "loss")) == 2_500


def test_a_server_that_is_away_at_the_start_stops_no_script(
    tmp_path: Path, server: RunningServer
) -> None:
    server.kill()
    where = {"MLFLOW_TRACKING_URI": server.url, "MILEPOST_EXIT_TIMEOUT_S": "1"}
    done = scripts.run(tmp_path, SCRIPT, **where)
    outer, inner = json.loads(done.stdout)
    assert done.stderr.count("What is logged is kept") == 1
    again = RunningServer(server.folder, "--port", server.url.rsplit(":", 1)[1])
    try:
        scripts.milepost(tmp_path, "sync")
        check(again.url, outer, inner)
    finally:
        connections.close_all()
        again.kill()


STRICT = """
import milepost as mlflow
mlflow.init(strict=True)
run = mlflow.start_run()
mlflow.log_param("lr", 1)
mlflow.flush_async_logging()
mlflow.log_param("lr", 2)
try:
    mlflow.flush_async_logging()
except mlflow.exceptions.MlflowException as error:
    print("refused:", error.message)
mlflow.log_metric("m", 1.0)
print("went on")
"""


def test_strict_raises_what_is_otherwise_a_warning(tmp_path: Path, server: RunningServer) -> None:
    done = scripts.run(tmp_path, STRICT, MLFLOW_TRACKING_URI=server.url)
    assert "refused: Not logged: INVALID_PARAMETER_VALUE: Changing param values" in done.stdout
    assert "went on" in done.stdout
    server.kill()
    done = scripts.run(tmp_path, STRICT, wanted=1, MLFLOW_TRACKING_URI=server.url)
    assert "cannot be reached" in done.stderr


def test_a_mode_that_there_is_not_is_refused(tmp_path: Path) -> None:
    done = scripts.run(tmp_path, STRICT, wanted=1, MILEPOST_MODE="ofline")
    assert "MILEPOST_MODE is 'ofline'; it is one of online, offline" in done.stderr


def test_reading_offline_says_what_to_do(tmp_path: Path) -> None:
    code = "import milepost as m\nm.init(offline=True)\nm.search_runs(['0'], output_format='list')"
    done = scripts.run(tmp_path, code, wanted=1)
    assert "needs a server, and this process is offline. `milepost sync`" in done.stderr


class Gateway(http.server.BaseHTTPRequestHandler):
    """What stands in front of a server and does not let through."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(int(self.path.split("/")[1]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.mark.parametrize("status", [302, 401, 403, 404])
def test_a_gateway_that_does_not_let_in_costs_nothing(
    tmp_path: Path, server: RunningServer, status: int
) -> None:
    scripts.run(tmp_path, SCRIPT, MILEPOST_MODE="offline", MLFLOW_TRACKING_URI=server.url)
    before = files_left(tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as gateway:
        threading.Thread(target=gateway.serve_forever, daemon=True).start()
        address = f"http://ada:secret@127.0.0.1:{gateway.server_port}/{status}"
        refused = scripts.milepost(tmp_path, "sync", "--tracking-uri", address, wanted=1)
        gateway.shutdown()
    assert str(status) in refused.stderr
    assert "secret" not in refused.stderr + refused.stdout
    assert len(files_left(tmp_path)) >= len(before)
    scripts.milepost(tmp_path, "sync")
    assert files_left(tmp_path) == []
    client = mlflow.MlflowClient(server.url)
    assert len(client.search_runs(["0", "1"])) == 2


def test_a_spool_that_cannot_be_written_is_told_and_hangs_nothing(tmp_path: Path) -> None:
    text = SCRIPT.replace("mlflow.log_text", "import time; time.sleep(0.5); mlflow.log_text")
    done = scripts.run(tmp_path, text, MLFLOW_TRACKING_URI="http://127.0.0.1:9",
                       MILEPOST_SPOOL_DIR="/proc/none")  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert "Not logged" in done.stderr
    assert "/proc/none" in done.stderr
