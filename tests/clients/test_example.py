"""The README's training script does its job with today's official client, and can be read back."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.clients.eras import SCRIPTS, environment_variables
from tests.servers import ROOT
from tools.environments import python_of

EPOCHS = 3
EXAMPLE = ROOT / "examples" / "train_digits.py"
LIMIT_S = 120


@pytest.fixture(scope="module")
def example(server, tmp_path_factory):
    """What the example printed, a line a run, and the runs that it left behind."""
    folder = tmp_path_factory.mktemp("example")

    def run(*command: str) -> str:
        environment = environment_variables(server.url, folder)
        done = subprocess.run(
            [str(python_of("example")), *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    said = run(str(EXAMPLE), "--epochs", str(EPOCHS), "--experiment", "an example")
    lines = [line for line in said.splitlines() if "best_val_accuracy=" in line]
    return lines, json.loads(run(str(SCRIPTS / "runs_of.py"), "an example"))


def test_every_run_of_the_example_is_finished_and_nested_in_the_sweep(example):
    lines, (sweep, *children) = example
    assert sweep["name"] == "sweep"
    assert len(lines) == len(children) + 1
    assert {run["status"] for run in (sweep, *children)} == {"FINISHED"}
    assert {run["tags"]["mlflow.parentRunId"] for run in children} == {sweep["id"]}
    assert {run["tags"]["stage"] for run in children} == {"done"}


def test_the_curves_of_the_example_have_every_epoch(example):
    _, (_, *children) = example
    for run in children:
        assert run["params"]["epochs"] == str(EPOCHS)
        for key in ("train_loss", "val_loss", "val_accuracy"):
            curve = run["histories"][key]
            assert [step for step, _ in curve] == list(range(1, EPOCHS + 1))
            assert curve[-1][1] == run["metrics"][key]


def test_what_the_example_prints_is_what_it_logged(example):
    lines, (sweep, *children) = example
    for line, run in zip(lines, [*children, sweep], strict=True):
        assert f"best_val_accuracy={run['metrics']['best_val_accuracy']:.4f}" in line
    best = max(children, key=lambda run: run["metrics"]["best_val_accuracy"])
    assert sweep["tags"]["best_run"] == best["name"]
    assert sweep["metrics"]["best_val_accuracy"] == best["metrics"]["best_val_accuracy"]
