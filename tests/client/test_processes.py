"""However a process ends and whoever it starts: runs say how they ended, and points arrive once."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import milepost as mlflow
from milepost.client import connections
from milepost.entities import Run
from tests.client import scripts
from tests.server.client import Client
from tests.servers import RunningServer

OWN = "/api/milepost/1.0/runs"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    folder = tmp_path / "server"
    folder.mkdir()
    running = RunningServer(folder)
    yield running
    connections.close_all()
    running.kill()


def run_script(folder: Path, server: RunningServer, text: str, wanted: int = 0) -> Run:
    done = scripts.run(folder, text, wanted=wanted, MLFLOW_TRACKING_URI=server.url)
    return mlflow.MlflowClient(server.url).get_run(done.stdout.split()[0])


# A test run in the background has Ctrl-C ignored, and its children inherit that.
BEGIN = """
import os, signal, sys, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
import milepost as mlflow
run = mlflow.start_run()
print(run.info.run_id, flush=True)
mlflow.log_metric("m", 1.0, step=1)
"""

ENDS = {
    "the last line": ("", 0, "FINISHED"),
    "sys.exit": ("sys.exit(3)", 3, "FINISHED"),
    "an exception": ("1 / 0", 1, "FAILED"),
    "ctrl-c": ("os.kill(os.getpid(), signal.SIGINT); time.sleep(5)", -signal.SIGINT, "KILLED"),
    "sigterm": ("os.kill(os.getpid(), signal.SIGTERM); time.sleep(5)", -signal.SIGTERM, "KILLED"),
}


@pytest.mark.parametrize("case", ENDS)
def test_a_run_says_how_its_process_ended(tmp_path: Path, server: RunningServer, case: str) -> None:
    text, code, status = ENDS[case]
    run = run_script(tmp_path, server, BEGIN + text, code)
    assert run.info.status == status
    assert run.info.end_time
    assert run.data.metrics["m"] == 1.0


def test_a_handler_of_the_script_is_left_alone(tmp_path: Path, server: RunningServer) -> None:
    text = (
        """
import signal, sys
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(7))
"""
        + BEGIN
        + "os.kill(os.getpid(), signal.SIGTERM); time.sleep(5)"
    )
    assert run_script(tmp_path, server, text, 7).info.status == "FINISHED"


def test_threads_log_to_the_run_that_they_name(tmp_path: Path, server: RunningServer) -> None:
    text = (
        BEGIN
        + """
def work(n):
    for step in range(100):
        mlflow.log_metric(f"t{n}", float(step), step=step, run_id=run.info.run_id)
workers = [threading.Thread(target=work, args=(n,)) for n in range(8)]
[w.start() for w in workers]; [w.join() for w in workers]
"""
    )
    run = run_script(tmp_path, server, text)
    client = mlflow.MlflowClient(server.url)
    for number in range(8):
        points = client.get_metric_history(run.info.run_id, f"t{number}")
        assert [point.step for point in points] == list(range(100))


WORKERS = """
import multiprocessing, os, sys
import milepost as mlflow

def work(run_id, n):
    for step in range(300):
        mlflow.log_metric(f"w{n}", float(step), step=step, run_id=run_id)

if __name__ == "__main__":
    with mlflow.start_run() as run:
        print(run.info.run_id, flush=True)
        mlflow.log_metric("m", 1.0)
        context = multiprocessing.get_context(HOW)
        workers = [context.Process(target=work, args=(run.info.run_id, n)) for n in range(3)]
        [w.start() for w in workers]; [w.join() for w in workers]
        assert all(w.exitcode == 0 for w in workers)
"""


@pytest.mark.parametrize("how", ["fork", "spawn", "forkserver"])
def test_workers_send_what_they_log_before_they_leave(
    tmp_path: Path, server: RunningServer, how: str
) -> None:
    run = run_script(tmp_path, server, WORKERS.replace("HOW", repr(how)))
    assert run.info.status == "FINISHED"
    client = mlflow.MlflowClient(server.url)
    for number in range(3):
        points = client.get_metric_history(run.info.run_id, f"w{number}")
        assert [point.step for point in points] == list(range(300))


def test_a_forked_child_that_leaves_does_not_end_its_parents_run(
    tmp_path: Path, server: RunningServer
) -> None:
    text = (
        BEGIN
        + """
child = os.fork()
if child == 0:
    mlflow.log_metric("child", 2.0)
    sys.exit(0)
os.waitpid(child, 0)
print(mlflow.get_run(run.info.run_id).info.status)
"""
    )
    done = scripts.run(tmp_path, text, MLFLOW_TRACKING_URI=server.url)
    run_id, status = done.stdout.split()
    assert status == "RUNNING"
    run = mlflow.MlflowClient(server.url).get_run(run_id)
    assert dict(run.data.metrics) == {"m": 1.0, "child": 2.0}
    assert run.info.status == "FINISHED"


def test_a_cell_that_is_run_again_says_what_to_do(tmp_path: Path, server: RunningServer) -> None:
    text = (
        BEGIN
        + """
try:
    mlflow.start_run()
except mlflow.exceptions.MlflowException as error:
    assert "already active" in error.message and "mlflow.end_run()" in error.message
mlflow.end_run()
with mlflow.start_run(run_id=run.info.run_id):
    mlflow.log_metric("m", 2.0, step=2)
"""
    )
    run = run_script(tmp_path, server, text)
    assert run.data.metrics["m"] == 2.0


def heartbeat(server: RunningServer, run_id: str) -> int:
    with Client(server.url) as client:
        answer = client.ask("GET", f"{OWN}/get-heartbeats?run_ids={run_id}", None, {}).json
    beats = answer.get("heartbeats", [])
    return int(beats[0]["heartbeat_time"]) if beats else 0


def test_a_running_run_is_heard_of_until_its_process_is_killed(
    tmp_path: Path, server: RunningServer
) -> None:
    env = scripts.environment(tmp_path, MLFLOW_TRACKING_URI=server.url, MILEPOST_HEARTBEAT_S="0.1")
    command = scripts.write(tmp_path, BEGIN + "time.sleep(60)")
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as script:
        assert script.stdout
        run_id = script.stdout.readline().strip()
        first = wait_for_a_later(server, run_id, 0)
        later = wait_for_a_later(server, run_id, first)
        os.kill(script.pid, signal.SIGKILL)
    last = heartbeat(server, run_id)
    assert first < later <= last
    time.sleep(0.5)
    assert heartbeat(server, run_id) == last


def wait_for_a_later(server: RunningServer, run_id: str, before: int) -> int:
    deadline = time.monotonic() + 30
    while (found := heartbeat(server, run_id)) <= before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found
