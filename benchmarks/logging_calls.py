"""What logging costs a training loop: the import, and each call of `log_metric`.

Each client runs in a process and an environment of its own, against a Milepost server, so that
what differs is the client. Every point is read back afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.report import table
from benchmarks.servers import Server
from tools.environments import ROOT, python_of

CALLS = {"milepost": 50_000, "mlflow, asynchronous": 5_000, "mlflow, synchronous": 500}
ROUNDS = 3
OFFICIAL = "mlflow-3.17"

SCRIPT = """
import json, sys, time
began = time.perf_counter()
if sys.argv[1] == "milepost":
    import milepost as mlflow
    later = {}
else:
    import mlflow
    later = {"synchronous": sys.argv[1].endswith(" synchronous")}
import_s = time.perf_counter() - began
mlflow.set_tracking_uri(sys.argv[2])
calls = int(sys.argv[3])
with mlflow.start_run() as run:
    mlflow.log_metric("warm", 1.0, **later)
    times = []
    for step in range(calls):
        began = time.perf_counter_ns()
        mlflow.log_metric("loss", 1.0 / (step + 1), step=step, **later)
        times.append(time.perf_counter_ns() - began)
    mlflow.flush_async_logging()
points = mlflow.MlflowClient().get_metric_history(run.info.run_id, "loss")
times.sort()
print(json.dumps({
    "import_ms": import_s * 1e3, "median_us": times[calls // 2] / 1e3,
    "p99_us": times[calls * 99 // 100] / 1e3,
    "is_whole": sorted(p.step for p in points) == list(range(calls)),
}))
"""


def client_table(say: Callable[[str], None]) -> list[str]:
    """The section as Markdown; medians over some processes each."""
    server = Server("milepost")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in CALLS}
    try:
        for _ in range(ROUNDS):
            for name, calls in CALLS.items():
                one = measured(name, server.url, calls)
                say(f"  {name}: {one}")
                found[name].append(one)
    finally:
        server.stop()
        server.remove()
    header = ["client", "import, ms", "log_metric, µs, median", "p99", "points read back"]
    rows = []
    for name, ones in found.items():
        cells = [median(one[key] for one in ones) for key in ("import_ms", "median_us", "p99_us")]
        whole = "all" if all(one["is_whole"] for one in ones) else "NOT all"
        rows.append([name, *(f"{cell:,.1f}" for cell in cells), whole])
    rows.append(["Milepost must reach", "60", "3", "50", "all"])
    return table(header, rows)


def measured(name: str, url: str, calls: int) -> dict[str, float]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    python = Path(sys.executable)
    if name == "milepost":
        env["PYTHONPATH"] = str(ROOT / "src")
    else:
        python = python_of(OFFICIAL)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [str(python), "-c", SCRIPT, name, url, str(calls)], capture_output=True, text=True,
            env={**env, "HOME": folder}, cwd=folder, check=True,
        )  # fmt: skip
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer
