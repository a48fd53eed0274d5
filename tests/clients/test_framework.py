"""A framework's own MLflow callback logs to Milepost, without a line of it changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from milepost import MlflowClient
from tests.clients.eras import SCRIPTS, TIME_LIMIT, environment_variables
from tests.servers import ROOT, RunningServer
from tools.environments import python_of


def test_optunas_callback_logs_each_trial_as_a_run(server: RunningServer, tmp_path: Path) -> None:
    shutil.copy(SCRIPTS / "framework.py", tmp_path)
    env = {**environment_variables(server.url, tmp_path), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [str(python_of("framework")), "framework.py"],
        cwd=tmp_path, env=env, capture_output=True, text=True, timeout=TIME_LIMIT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    trials = json.loads(done.stdout)
    client = MlflowClient(server.url)
    experiment = client.get_experiment_by_name("framework")
    assert experiment is not None
    runs = client.search_runs([str(experiment.experiment_id)], order_by=["start_time"])
    found = {run.info.run_name: run for run in runs}
    assert sorted(found) == [str(number) for number in range(len(trials))]
    for number, trial in enumerate(trials):
        run = found[str(number)]
        assert run.info.status == "FINISHED"
        assert run.data.metrics["loss"] == trial["loss"]
        assert run.data.metrics["offset"] == trial["x"] - 0.3
        assert dict(run.data.params) == {"x": str(trial["x"]), "kind": trial["kind"]}
        assert run.data.tags["direction"] == "MINIMIZE"
        path = client.download_artifacts(str(run.info.run_id), "kind.txt")
        assert Path(path).read_text() == trial["kind"]
