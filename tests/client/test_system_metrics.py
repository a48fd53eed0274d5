"""The machine's metrics beside a run's, sampled by a thread that never disturbs training."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import milepost as mlflow
from milepost.client import connections, sender, system_metrics
from milepost.exceptions import MlflowException
from tests.servers import ROOT, RunningServer

KEYS = {
    "cpu_utilization_percentage", "system_memory_usage_megabytes",
    "system_memory_usage_percentage", "disk_usage_percentage", "disk_usage_megabytes",
    "disk_available_megabytes", "network_receive_megabytes", "network_transmit_megabytes",
}  # fmt: skip
CARDS = ["GPU-aa11", "GPU-aa22", "GPU-bb33"]


@pytest.fixture
def client(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[mlflow.MlflowClient]:
    monkeypatch.setenv("MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL", "0.1")
    mlflow.set_tracking_uri(server.url)
    yield mlflow.MlflowClient()
    sender.close_all()
    connections.close_all()
    connections.set_tracking_uri(None)
    for name in ("_enabled", "_interval_s", "_samples", "_node_id"):
        setattr(system_metrics, name, None)


def wait_for_points(run_id: str, key: str, count: int) -> list[Any]:
    client = mlflow.MlflowClient()
    while True:
        mlflow.flush_async_logging()
        points = client.get_metric_history(run_id, key)
        if len(points) >= count:
            return list(points)


def test_a_run_that_asks_for_them_gets_them_and_counts_on_when_taken_up_again(
    client: mlflow.MlflowClient,
) -> None:
    with mlflow.start_run(log_system_metrics=True) as run:
        wait_for_points(run.info.run_id, "system/cpu_utilization_percentage", 3)
    found = set(client.get_run(run.info.run_id).data.metrics.keys())
    assert {f"system/{key}" for key in KEYS} <= found
    before = len(client.get_metric_history(run.info.run_id, "system/disk_usage_percentage"))
    with mlflow.start_run(run_id=run.info.run_id, log_system_metrics=True):
        points = wait_for_points(run.info.run_id, "system/disk_usage_percentage", before + 2)
    assert [point.step for point in points] == list(range(len(points)))
    assert all(0 <= point.value <= 100 for point in points)


@pytest.mark.usefixtures("client")
def test_a_node_has_its_name_in_the_keys_and_means_are_of_samples() -> None:
    mlflow.set_system_metrics_node_id("worker-3")
    mlflow.set_system_metrics_samples_before_logging(3)
    mlflow.enable_system_metrics_logging()
    with mlflow.start_run() as run:
        wait_for_points(run.info.run_id, "system/worker-3/disk_usage_percentage", 1)
    with mlflow.start_run(log_system_metrics=False) as quiet:
        pass
    assert dict(mlflow.get_run(quiet.info.run_id).data.metrics) == {}


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("interval", [0, -1, "soon", float("nan"), float("inf")])
def test_an_interval_that_cannot_be_is_refused(interval: Any) -> None:
    with pytest.raises(MlflowException, match="must be a number of seconds"):
        mlflow.set_system_metrics_sampling_interval(interval)
    with pytest.raises(MlflowException, match="must be 1 or more"):
        mlflow.set_system_metrics_samples_before_logging(-1)


@pytest.mark.parametrize("broken", ["interval", "psutil"])
def test_training_goes_on_without_them_and_one_line_says_so(
    server: RunningServer, tmp_path: Path, broken: str
) -> None:
    code = "import milepost as m, time\nwith m.start_run(log_system_metrics=True): time.sleep(0.5)"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MLFLOW_TRACKING_URI": server.url,
           "MILEPOST_SPOOL_DIR": str(tmp_path / "spool"),
           "MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL": "x" if broken == "interval" else "0.1",
           }  # fmt: skip
    if broken == "psutil":
        (tmp_path / "psutil.py").write_text("raise ImportError('none here')")
        env["PYTHONPATH"] += os.pathsep + str(tmp_path)
        env["PYTHONPATH"] = os.pathsep.join(reversed(env["PYTHONPATH"].split(os.pathsep)))
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True,
                          check=True)  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if "GPU" not in line]
    assert len(lines) == 1
    assert ("milepost[system]" if broken == "psutil" else "interval") in lines[0]


@pytest.mark.parametrize("wanted", [True, False])
def test_one_line_says_why_gpus_that_are_expected_are_left_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    if any(os.path.exists(place) for place in system_metrics.NVIDIA_PLACES):
        pytest.skip("this machine has NVIDIA's driver")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0" if wanted else "")
    assert system_metrics.gpu_sources() == []
    line = "milepost: GPUs are left out: NVML Shared Library Not Found.\n"
    assert capsys.readouterr().err == (line if wanted else "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (None, ([0, 1, 2], [])), ("", ([], [])), ("-1", ([], [])), ("1", ([1], [])),
        ("2, 0", ([2, 0], [])), ("0,7,1", ([0], ["7"])), ("GPU-bb33", ([2], [])),
        ("GPU-bb", ([2], [])), ("GPU-aa", ([], ["GPU-aa"])), ("0,-1,1", ([0], [])),
    ],
)  # fmt: skip
def test_only_devices_that_cuda_shows_are_sampled(
    text: str | None, wanted: tuple[list[int], list[str]]
) -> None:
    env = {} if text is None else {"CUDA_VISIBLE_DEVICES": text}
    assert system_metrics.visible_devices(CARDS, env) == wanted
