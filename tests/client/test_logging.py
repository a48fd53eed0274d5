"""A training loop goes on, whatever its server does, and nothing of what it logged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import milepost as mlflow
from milepost.client import connections, lifecycle, sender
from milepost.client.spool import Spool, left_behind
from milepost.exceptions import MlflowException
from tests.servers import ROOT, RunningServer

POINTS = 300


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MILEPOST_SPOOL_DIR", str(tmp_path / "spool"))
    return tmp_path / "spool"


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[RunningServer]:
    request.getfixturevalue("spool")
    folder = tmp_path / "server"
    folder.mkdir()
    running = RunningServer(folder)
    mlflow.set_tracking_uri(running.url)
    yield running
    while mlflow.active_run():
        lifecycle.stack.runs.pop()
    sender.close_all()
    connections.close_all()
    connections.set_tracking_uri(None)
    running.kill()


def restarted(server: RunningServer) -> RunningServer:
    port = server.url.rsplit(":", 1)[1]
    return RunningServer(server.folder, "--port", port)


def steps_of(run_id: str, key: str = "loss") -> list[int]:
    return [point.step for point in mlflow.MlflowClient().get_metric_history(run_id, key)]


@pytest.mark.usefixtures("server")
def test_a_script_reads_its_own_writes() -> None:
    mlflow.set_experiment("own")
    with mlflow.start_run(run_name="r") as run:
        for step in range(POINTS):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
        mlflow.log_params({"lr": 0.1, "net": "cnn"})
        mlflow.set_tag("team", "x")
        assert mlflow.get_run(run.info.run_id).data.metrics["loss"] == 1 / POINTS
    found = mlflow.get_run(run.info.run_id)
    assert found.info.status == "FINISHED"
    assert dict(found.data.params) == {"lr": "0.1", "net": "cnn"}
    assert steps_of(run.info.run_id) == list(range(POINTS))
    named = mlflow.search_runs(filter_string="params.lr < 1", output_format="list")
    assert [one.info.run_id for one in named] == [run.info.run_id]


def test_a_server_that_dies_costs_nothing_but_patience(
    server: RunningServer, spool: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_id = mlflow.start_run().info.run_id
    mlflow.log_metric("loss", 0.0, step=0)
    mlflow.flush_async_logging()
    server.kill()
    slowest = 0.0
    for step in range(1, POINTS):
        began = time.perf_counter()
        mlflow.log_metric("loss", 1.0, step=step)
        slowest = max(slowest, time.perf_counter() - began)
        if step % 100 == 0:
            time.sleep(0.6)
    mlflow.flush_async_logging()
    assert list(spool.glob("*.spool"))
    again = restarted(server)
    try:
        deadline = time.monotonic() + 60
        while len(steps_of(run_id)) < POINTS and time.monotonic() < deadline:
            time.sleep(0.2)
        assert steps_of(run_id) == list(range(POINTS))
        mlflow.end_run()
        assert not list(spool.glob("*.spool"))
        told = capsys.readouterr().err
        assert told.count("cannot be reached") == 1
        assert "is back" in told
    finally:
        sender.close_all()
        again.kill()


SCRIPT = """
import milepost as mlflow, sys, os, signal, time
mlflow.set_tracking_uri(sys.argv[1])
run = mlflow.start_run()
mlflow.log_metric("loss", 0.0, step=0)
mlflow.flush_async_logging()
print(run.info.run_id, flush=True)
sys.stdin.readline()
for step in range(1, 300):
    mlflow.log_metric("loss", 1.0, step=step)
mlflow.flush_async_logging()
if sys.argv[2] == "kill":
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("end", ["exit", "kill"])
@pytest.mark.parametrize("who", ["next script", "milepost sync"])
def test_what_a_process_could_not_send_the_next_one_sends(
    server: RunningServer, spool: Path, end: str, who: str
) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MILEPOST_EXIT_TIMEOUT_S": "2"}
    script = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, server.url, end], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env,
    )  # fmt: skip
    assert script.stdout
    run_id = script.stdout.readline().strip()
    server.kill()
    _, told = script.communicate("go\n", timeout=60)
    assert script.returncode == (-signal.SIGKILL if end == "kill" else 0), told
    assert list(spool.glob("*.spool"))
    command = [sys.executable, "-m", "milepost", "sync"]
    if who == "milepost sync":
        early = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert early.returncode == 1
        assert "cannot be reached" in early.stderr
    again = restarted(server)
    try:
        if who == "milepost sync":
            done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
            assert "0 still wait" in done.stdout
            empty = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
            assert "Nothing waits" in empty.stdout
        else:
            mlflow.start_run()
            mlflow.log_metric("other", 1.0)
            mlflow.flush_async_logging()
        deadline = time.monotonic() + 30
        while list(spool.glob("*.spool")) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert steps_of(run_id) == list(range(300))
    finally:
        sender.close_all()
        again.kill()


@pytest.mark.usefixtures("server")
def test_a_refused_entry_is_told_and_the_others_are_stored() -> None:
    with mlflow.start_run() as run:
        mlflow.log_param("lr", 1)
        mlflow.flush_async_logging()
        mlflow.log_metrics({f"m{n}": n for n in range(50)})
        mlflow.log_param("lr", 2)
        mlflow.log_param("other", 3)
        with pytest.warns(sender.MilepostWarning, match="Changing param values"):
            mlflow.flush_async_logging()
    found = mlflow.get_run(run.info.run_id).data
    assert dict(found.params) == {"lr": "1", "other": "3"}
    assert len(found.metrics) == 50


class Scalar:
    """As numpy's and torch's."""

    def item(self) -> float:
        return 2.5


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("value", [3, 2.5, True, Scalar(), float("nan"), float("-inf")])
def test_scalars_of_any_kind_are_taken(value: Any) -> None:
    with mlflow.start_run() as run:
        mlflow.log_metric("m", value)
    found = mlflow.get_run(run.info.run_id).data.metrics["m"]
    wanted = 2.5 if isinstance(value, Scalar) else float(value)
    assert repr(found) == repr(wanted)


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("value", ["x", None, [1, 2], {}])
def test_what_is_no_number_is_refused_with_its_key(value: Any) -> None:
    with mlflow.start_run(), pytest.raises(MlflowException, match="metric 'speed' is no number"):
        mlflow.log_metric("speed", value)


@pytest.mark.usefixtures("server")
def test_a_block_that_raises_fails_its_run() -> None:
    with pytest.raises(ZeroDivisionError), mlflow.start_run() as run:
        1 / 0  # noqa: B018
    assert mlflow.get_run(run.info.run_id).info.status == "FAILED"
    with pytest.raises(KeyboardInterrupt), mlflow.start_run() as run:
        raise KeyboardInterrupt
    assert mlflow.get_run(run.info.run_id).info.status == "KILLED"


@pytest.mark.usefixtures("server")
def test_a_forked_child_sends_its_own_and_nothing_twice() -> None:
    with mlflow.start_run() as run:
        mlflow.log_metric("parent", 1.0, step=1)
        child = os.fork()
        if child == 0:
            try:
                mlflow.log_metric("child", 2.0, step=2, run_id=run.info.run_id)
                mlflow.flush_async_logging()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
    assert steps_of(run.info.run_id, "parent") == [1]
    assert steps_of(run.info.run_id, "child") == [2]


def test_importing_costs_little_and_loads_little() -> None:
    code = "import milepost, sys; milepost.log_metric; print(sorted(sys.modules))"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env,
                         check=True).stdout  # fmt: skip
    for heavy in ("numpy", "pandas", "google.protobuf", "msgspec", "uvicorn", "milepost.server",
                  "milepost.store", "milepost.wire"):  # fmt: skip
        assert f"'{heavy}'" not in out, heavy


# --- the spool -----------------------------------------------------------------------------------


def test_a_torn_record_ends_a_spool_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.spool"
    made = Spool(path, 10**6)
    for number in range(3):
        made.put({"n": number})
    made._file.close()
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        reopened = Spool(path, 10**6)
        found = [record["n"] for _, record in reopened.unsent()]
        assert found == list(range(len(found)))
        reopened.put({"n": 99})
        assert [record["n"] for _, record in reopened.unsent()] == [*found, 99]
        reopened._file.close()
    damaged = bytearray(whole)
    damaged[12] ^= 1
    path.write_bytes(bytes(damaged))
    last = Spool(path, 10**6)
    assert [record["n"] for _, record in last.unsent()] == [1, 2]
    last.forget(10**6)
    last.close()


def test_a_spool_belongs_to_one_process(tmp_path: Path) -> None:
    made = Spool(tmp_path / "a.spool", 10**6)
    made.put({"n": 1})
    assert list(left_behind(tmp_path, 10**6)) == []
    made._file.close()
    (found,) = left_behind(tmp_path, 10**6)
    ((end, record),) = found.unsent()
    assert record == {"n": 1}
    assert not found.forget(end - 1)
    assert found.forget(end)
    found.close()
    assert not list(tmp_path.iterdir())
