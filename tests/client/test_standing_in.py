"""Code that imports mlflow, and gets Milepost."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.servers import ROOT

SCRIPT = """
import milepost
milepost.install_as_mlflow()
milepost.install_as_mlflow()
import mlflow
import mlflow.exceptions
from mlflow import MlflowClient as first
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.tracking import MlflowClient
from mlflow.tracking.client import MlflowClient as third
assert mlflow is milepost and first is MlflowClient is third
assert issubclass(mlflow.exceptions.RestException, mlflow.exceptions.MlflowException)
with mlflow.start_run() as run:
    mlflow.log_metric("m", 1.5)
assert mlflow.tracking.MlflowClient().get_run(run.info.run_id).data.metrics["m"] == 1.5
print("done")
"""
LATE = """
import sys, types
sys.modules["mlflow"] = types.ModuleType("mlflow")
import milepost
try:
    milepost.install_as_mlflow()
except RuntimeError as error:
    print(error)
"""


def run(code: str, folder: object) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MLFLOW_TRACKING_URI": f"{folder}/data"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_imports_mlflow_gets_milepost(tmp_path: object) -> None:
    assert run(SCRIPT, tmp_path).strip() == "done"


def test_the_real_package_is_not_pushed_aside(tmp_path: object) -> None:
    assert "imported already" in run(LATE, tmp_path)
