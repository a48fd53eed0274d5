"""What tests of moves share: real programs write, the real command imports, a server answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

from tools.environments import python_of

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = Path(__file__).parent / "scripts" / "write_runs.py"
# What the script logs, as it must come out again.
FIRST_TAGS = {
    "mlflow.runName": "first",
    "note": "line 1\nline 2\r\nline 3\n",
    "empty": "",
    "uni": "żółw 🐢",
    "mlflow.user": "ann",
}
VALUES = [1.0, "NaN", "Infinity", "-Infinity", -0.0, 5e-320, 0.1, -2.5]
# MLflow writes infinities into a database as the greatest numbers.
GREATEST = 1.7976931348623157e308
VALUES_OF_A_DATABASE = [1.0, "NaN", GREATEST, -GREATEST, -0.0, 5e-320, 0.1, -2.5]
START = 1700000000123


def written(environment: str, uri: str, folder: Path, points: int = 2500) -> dict[str, str]:
    """Have the official client of an environment write runs; returns the ids that it gave."""
    folder.mkdir(parents=True, exist_ok=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    clean["MLFLOW_DISABLE_TELEMETRY"] = "true"
    if uri.startswith("http"):
        clean["MLFLOW_TRACKING_URI"] = uri  # its proxied artifacts are looked for there
    done = subprocess.run(
        [str(python_of(environment)), str(SCRIPT), uri, str(folder), str(points)],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        check=True,
    )
    made: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return made


class Imported(NamedTuple):
    """How the command ended, and the report that it wrote."""

    status: int
    output: str
    report: dict[str, Any]

    @property
    def states(self) -> dict[str, str]:
        return {run["run_id"]: run["state"] for run in self.report["runs"]}

    @property
    def hashes(self) -> dict[str, str]:
        return {run["run_id"]: run["target_hash"] for run in self.report["runs"]}


def command(folder: Path, source: str, *flags: str) -> tuple[list[str], dict[str, str], Path]:
    report = folder / "report.json"
    arguments = [sys.executable, "-m", "milepost", "import", source, "--report", str(report)]
    if "--backend-store-uri" not in flags:
        arguments += ["--backend-store-uri", f"sqlite:///{folder / 'milepost.db'}"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    return [*arguments, *flags], {**clean, "PYTHONPATH": str(ROOT / "src")}, report


def import_into(folder: Path, source: str, *flags: str) -> Imported:
    """`milepost import` in `folder`, where a `RunningServer` finds database and artifacts."""
    arguments, env, report = command(folder, source, *flags)
    report.unlink(missing_ok=True)
    done = subprocess.run(
        arguments, cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    content = json.loads(report.read_text()) if report.exists() else {}
    return Imported(done.returncode, done.stdout + done.stderr, content)


def kill_in_the_middle(folder: Path, source: str) -> None:
    """SIGKILL for an import of many points that has begun to write them."""
    arguments, env, report = command(folder, source)
    process = subprocess.Popen(
        arguments, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    log = folder / "milepost.db-wal"
    while time.monotonic() < deadline and process.poll() is None:
        if log.exists() and log.stat().st_size > 2**20:
            break  # points are under way
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not report.exists()


def ask(url: str, path: str, **parameters: str) -> Any:
    query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
    with urllib.request.urlopen(f"{url}/api/2.0/mlflow/{path}{query}", timeout=30) as answer:
        return json.load(answer)


def post(url: str, path: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(
        f"{url}/api/2.0/mlflow/{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def download(url: str, run_id: str, path: str) -> bytes:
    query = urllib.parse.urlencode({"run_id": run_id, "path": path})
    with urllib.request.urlopen(f"{url}/get-artifact?{query}", timeout=30) as answer:
        return bytes(answer.read())


def history(url: str, run_id: str, key: str) -> list[tuple[int, int, Any]]:
    """(timestamp, step, value) in history order, all pages."""
    found: list[tuple[int, int, Any]] = []
    token = ""
    while True:
        page = ask(
            url, "metrics/get-history", run_id=run_id, metric_key=key, max_results="1000",
            page_token=token,
        )  # fmt: skip
        found += [(m["timestamp"], m.get("step", 0), m["value"]) for m in page.get("metrics", [])]
        token = page.get("next_page_token", "")
        if not token:
            return found


def check_kept(
    url: str, ids: dict[str, str], points: int, values: list[Any], is_old: bool = False
) -> dict[str, Any]:
    """A server answers what `write_runs.py` logged; returns the first run.

    0.8 (`is_old`) kept whole seconds, no steps and no tags of experiments.
    """
    experiment = ask(url, "experiments/get", experiment_id=ids["experiment"])["experiment"]
    assert experiment["name"] == "exp: one"
    gone = ask(url, "experiments/get", experiment_id=ids["gone"])["experiment"]
    assert gone["lifecycle_stage"] == "deleted"
    assert experiment.get("tags", []) == ([] if is_old else [{"key": "team", "value": "a: b\nc"}])

    run: dict[str, Any] = ask(url, "runs/get", run_id=ids["first"])["run"]
    info = run["info"]
    assert (info["run_name"], info["status"]) == ("first", "FAILED")
    assert (info["start_time"], info["end_time"]) == (START, START + 60000)
    assert info["experiment_id"] == ids["experiment"]
    tags = {tag["key"]: tag["value"] for tag in run["data"]["tags"]}
    assert {key: tags.get(key) for key in FIRST_TAGS} == FIRST_TAGS
    params = {param["key"]: param["value"] for param in run["data"]["params"]}
    opt = "adam" if is_old else "adam\nwith a second line"
    assert params == {"lr": "0.1", "nested/opt": opt}

    found = history(url, ids["first"], "train/loss")
    assert [point[2] for point in found] == values
    times = [
        (START // 1000 * 1000 + i * 1000, i) if is_old else (START + i, i - 1)
        for i in range(len(values))
    ]
    assert [point[:2] for point in found] == times
    if not is_old:
        long = [(1700000000000 + s, s, s * 0.1) for s in range(points)]
        assert history(url, ids["first"], "long") == long
        assert (1700000000000, -3, 0.25) in history(url, ids["first"], "acc")

    assert download(url, ids["first"], "sub/dir/a.txt") == b"hello"
    body = {"experiment_ids": [ids["experiment"]], "run_view_type": "ALL"}
    stages = {
        one["info"]["run_id"]: one["info"]["lifecycle_stage"]
        for one in post(url, "runs/search", body)["runs"]
    }
    assert stages == {ids["first"]: "active", ids["child"]: "active", ids["deleted"]: "deleted"}
    filter = f"tags.`mlflow.parentRunId` = '{ids['first']}'"
    children = post(url, "runs/search", {**body, "filter": filter})["runs"]
    assert [one["info"]["run_id"] for one in children] == [ids["child"]]
    return run


def check_inputs(run: dict[str, Any], has_models: bool) -> None:
    """The datasets that `write_runs.py` logged with 2.x and 3.x, and the models of 3.x."""
    datasets = {one["dataset"]["digest"]: one for one in run["inputs"]["dataset_inputs"]}
    assert datasets["d1"]["dataset"]["schema"] == '{"a": 1}'
    assert datasets["d1"]["tags"] == [{"key": "mlflow.data.context", "value": "train"}]
    assert datasets["d2"]["dataset"]["profile"] == "{}"
    if has_models:
        assert [one["step"] for one in run["outputs"]["model_outputs"]] == [4]
        assert len(run["inputs"]["model_inputs"]) == 1
