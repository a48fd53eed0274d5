"""The main job: a server on an empty folder, a real training script, its runs read back.

The script (examples/train_digits.py) knows nothing of Milepost: it uses the unmodified official
client of today, in an environment of its own. What is printed comes over the REST API.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tools.environments import ROOT, python_of

EXPERIMENT = "digits"
METRIC = "val_accuracy"
TABLE_COLUMNS_MIN = 120
START_TIMEOUT_S = 30.0
console = Console()
console.width = max(console.width, TABLE_COLUMNS_MIN)


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument("--stop", action="store_true", help="stop the server at the end")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--epochs", type=int, default=20)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="milepost-demo-"))
    console.print(f"[bold]1.[/] a server on the empty folder {folder}")
    server, url = start_server(folder, options.port)
    keep = False
    try:
        console.print("[bold]2.[/] the official client's environment (made once)")
        python = python_of("example")
        console.print("[bold]3.[/] training: examples/train_digits.py")
        train(python, url, options.epochs)
        console.print("[bold]4.[/] what the server has, read back over the API")
        runs = runs_of(url)
        console.print(table_of(url, runs))
        if not runs:
            return 1
        keep = not options.stop
    finally:
        if not keep:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    if keep:
        console.print(f"The server stays up at [bold]{url}[/] (process {server.pid}).")
        console.print(f"Stop it with: kill {server.pid}")
    return 0


def start_server(folder: Path, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """A server process that outlives this one, and its address."""
    log = folder / "server.log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [sys.executable, "-m", "milepost", "server", "--port", str(port)],
            cwd=folder,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and server.poll() is None:
        for line in log.read_text().splitlines():
            if " listens on " in line:
                return server, line.split(" listens on ")[1].strip()
        time.sleep(0.05)
    server.kill()
    raise SystemExit(f"The server did not start:\n{log.read_text()}")


def train(python: Path, url: str, epochs: int) -> None:
    env = {**os.environ, "MLFLOW_TRACKING_URI": url}
    script = str(ROOT / "examples" / "train_digits.py")
    command = [str(python), script, "--experiment", EXPERIMENT, "--epochs", str(epochs)]
    if subprocess.run(command, env=env, check=False).returncode != 0:
        raise SystemExit("The training script failed; see above.")


def call(url: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{url}/api/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def runs_of(url: str) -> list[dict[str, Any]]:
    found = call(url, f"2.0/mlflow/experiments/get-by-name?experiment_name={EXPERIMENT}")
    ids = [found["experiment"]["experiment_id"]]
    runs: list[dict[str, Any]] = []
    body: dict[str, Any] = {"experiment_ids": ids, "max_results": 100}
    while True:
        page = call(url, "2.0/mlflow/runs/search", body)
        runs += page.get("runs", [])
        if "next_page_token" not in page:
            return runs
        body["page_token"] = page["next_page_token"]


def table_of(url: str, runs: list[dict[str, Any]]) -> Table:
    """One row a run; points and the best value come from the aggregates, not from a scan."""
    table = Table(title=f"{len(runs)} runs of experiment '{EXPERIMENT}'")
    for name in ("run", "parent", "status", "params", "tags", "metrics", "points", METRIC, "best"):
        table.add_column(name, justify="left" if name in ("run", "parent", "status") else "right")
    names = {run["info"]["run_id"]: run["info"]["run_name"] for run in runs}
    for run in sorted(runs, key=lambda run: int(run["info"]["start_time"])):
        info, data = run["info"], run["data"]
        tags = {tag["key"]: tag["value"] for tag in data.get("tags", [])}
        path = f"milepost/1.0/metrics/get-aggregates?run_id={info['run_id']}"
        metrics = {metric["key"]: metric for metric in call(url, path).get("metrics", [])}
        shown = metrics.get(METRIC)
        table.add_row(
            info["run_name"],
            names.get(tags.get("mlflow.parentRunId", ""), ""),
            info["status"],
            str(len(data.get("params", []))),
            str(len(tags)),
            str(len(metrics)),
            str(sum(metric["count"] for metric in metrics.values())),
            f"{shown['last']['value']:.4f}" if shown else "",
            f"{shown['max']['value']:.4f} at step {shown['max']['step']}" if shown else "",
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
