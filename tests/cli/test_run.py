"""`milepost run -- command`: the run has the command's console, its end and what it logs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from milepost import MlflowClient
from milepost.entities import Run
from tests.servers import ROOT, RunningServer
from tools.environments import python_of

LOGS = """
import sys
{imports}
with mlflow.start_run() as run:
    mlflow.log_param("lr", sys.argv[1])
    mlflow.log_metric("loss", 0.5)
    print("training", mlflow.active_run().info.run_id)
{end}
"""
OURS, OFFICIAL = "import milepost as mlflow", "import mlflow"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def begin(url: str, folder: Path, *words: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MLFLOW_TRACKING_URI": url,
           "MILEPOST_SPOOL_DIR": str(folder / "spool"), "GIT_PYTHON_REFRESH": "quiet"}  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "milepost", "run", *words], cwd=folder, env=env, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def execute(url: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    process = begin(url, folder, *words)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def only_run(url: str, experiment: str) -> Run:
    client = MlflowClient(url)
    found = client.get_experiment_by_name(experiment)
    assert found is not None
    (run,) = client.search_runs([str(found.experiment_id)])
    return run


def console_of(url: str, run: Run) -> str:
    path = MlflowClient(url).download_artifacts(str(run.info.run_id), "milepost/console.log")
    return Path(path).read_text()


@pytest.mark.parametrize("client", [OURS, OFFICIAL])
def test_a_script_logs_to_the_run_around_it(
    server: RunningServer, folder: Path, client: str, request: pytest.FixtureRequest
) -> None:
    name = request.node.name
    python = sys.executable if client == OURS else str(python_of("mlflow-3.17"))
    (folder / "train.py").write_text(LOGS.format(imports=client, end=""))
    done = execute(
        server.url, folder, "-e", name, "--name", "night", "--", python, "train.py", "--lr"
    )
    assert done.returncode == 0, done.stderr
    run = only_run(server.url, name)
    assert run.info.status == "FINISHED"
    assert run.info.run_name == "night"
    assert dict(run.data.params) == {"lr": "--lr"}
    assert run.data.metrics["loss"] == 0.5
    assert run.data.tags["mlflow.source.name"] == "train.py"
    assert "mlflow.source.git.commit" not in run.data.tags.keys()  # noqa: SIM118
    assert f"training {run.info.run_id}" in console_of(server.url, run)
    assert f"training {run.info.run_id}" in done.stdout


@pytest.mark.parametrize("logs", [True, False])
def test_a_crash_fails_the_run_with_the_end_of_the_traceback(
    server: RunningServer, folder: Path, logs: bool, request: pytest.FixtureRequest
) -> None:
    crash = "raise ValueError('loss is negative')"
    text = LOGS.format(imports=OURS, end=f"    {crash}") if logs else crash
    (folder / "train.py").write_text(text)
    name = request.node.name
    done = execute(server.url, folder, "-e", name, "--", sys.executable, "train.py", "0.1")
    assert done.returncode == 1
    run = only_run(server.url, name)
    assert run.info.status == "FAILED"
    failure = run.data.tags["milepost.failure"]
    assert failure.startswith("Traceback")
    assert failure.endswith("ValueError: loss is negative")
    assert "ValueError: loss is negative" in console_of(server.url, run)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("logs", [True, False])
def test_a_signal_kills_the_run_and_reaches_the_script(
    server: RunningServer, folder: Path, number: int, logs: bool, request: pytest.FixtureRequest
) -> None:
    wait = "import time, sys\nprint('waiting', flush=True)\ntime.sleep(60)"
    indented = "\n".join("    " + line for line in wait.splitlines())
    text = LOGS.format(imports=OURS, end=indented) if logs else wait
    (folder / "train.py").write_text(text)
    name = request.node.name
    process = begin(server.url, folder, "-e", name, "--", sys.executable, "train.py", "0.1")
    assert process.stdout
    while process.stdout.readline() not in ("waiting\n", ""):
        pass
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (128 + number, 130, 143), err
    run = only_run(server.url, name)
    assert run.info.status == "KILLED"
    assert "waiting" in console_of(server.url, run)


def test_any_command_has_its_status_passed_on_and_its_code_kept(
    server: RunningServer, folder: Path, request: pytest.FixtureRequest
) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)

    (folder / "train.sh").write_text("echo one\n")
    git("init")
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-m", "first")
    (folder / "train.sh").write_text("echo out; echo err >&2; exit 7\n")
    name = request.node.name
    done = execute(server.url, folder, "-e", name, "--code-state", "--", "sh", "train.sh", "a b")
    assert done.returncode == 7
    assert done.stdout == "out\n"
    run = only_run(server.url, name)
    assert run.info.status == "FAILED"
    assert run.data.tags["milepost.failure"].endswith("exit status 7")
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True)
    assert run.data.tags["mlflow.source.git.commit"] == head.stdout.strip()
    code = Path(MlflowClient(server.url).download_artifacts(str(run.info.run_id), "milepost/code"))
    assert "sh train.sh 'a b'" in (code / "command.txt").read_text()
    assert "+echo out; echo err" in (code / "git-diff.patch").read_text()
    assert "click==" in (code / "packages.txt").read_text()


def test_the_console_is_kept_once_also_when_the_script_asks_for_it(
    server: RunningServer, folder: Path, request: pytest.FixtureRequest
) -> None:
    asks = f"{OURS}\nmlflow.init(capture_console=True)"
    (folder / "train.py").write_text(LOGS.format(imports=asks, end=""))
    name = request.node.name
    done = execute(server.url, folder, "-e", name, "--", sys.executable, "train.py", "1")
    assert done.returncode == 0, done.stderr
    run = only_run(server.url, name)
    assert console_of(server.url, run) == f"training {run.info.run_id}\n"
    assert len(done.stderr.splitlines()) == 1


def test_a_command_that_is_not_there_starts_no_run(server: RunningServer, folder: Path) -> None:
    done = execute(server.url, folder, "-e", "none", "--", "no-such-command")
    assert done.returncode == 1
    assert "There is no command 'no-such-command'" in done.stderr
    assert MlflowClient(server.url).get_experiment_by_name("none") is None


def test_a_folder_will_do_for_a_server(folder: Path) -> None:
    (folder / "train.py").write_text(LOGS.format(imports=OURS, end=""))
    url = str(folder / "data")
    done = execute(url, folder, "-e", "local", "--", sys.executable, "train.py", "1")
    assert done.returncode == 0, done.stderr
    assert dict(only_run(url, "local").data.params) == {"lr": "1"}
