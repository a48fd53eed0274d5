"""What tests of moves share: real programs write, the real command imports, a server answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
START = 1700000000123


def written(environment: str, uri: str, folder: Path, points: int = 2500) -> dict[str, str]:
    """Have the official client of an environment write runs; returns the ids that it gave."""
    folder.mkdir(parents=True, exist_ok=True)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    clean["MLFLOW_DISABLE_TELEMETRY"] = "true"
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
