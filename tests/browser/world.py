"""What the browser tests look at: experiments and runs as a training job would log them."""

from __future__ import annotations

import json
import math
import random
import time
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
# 1,000 rows: n counts, half is n / 2, name is text; compressed with zstd.
PARQUET = Path(__file__).parent / "data.parquet"
STEPS = 200
RUNS = 24


class World(NamedTuple):
    """The server's address and the ids of what it holds."""

    url: str
    experiment: str
    runs: list[str]
    parent: str
    hostile: str

    def post(self, verb: str, body: dict[str, Any]) -> dict[str, Any]:
        return post(self.url, f"/api/2.0/mlflow/{verb}", body)

    def own(self, verb: str, body: dict[str, Any]) -> dict[str, Any]:
        return post(self.url, f"/api/milepost/1.0/{verb}", body)


def post(url: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(url + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def put(url: str, path: str, data: bytes) -> None:
    request = urllib.request.Request(url + path, data, method="PUT")
    urllib.request.urlopen(request, timeout=30).close()


def points(dice: random.Random, start: int, rate: float, index: int) -> list[dict[str, Any]]:
    out = []
    slow = abs(math.log10(rate) + 2.3)
    for step in range(STEPS):
        at = start + step * 2_000
        loss: float | str = 2.3 * math.exp(-step / (40 + 20 * slow)) + dice.gauss(0, 0.04) + 0.2
        if index == 3 and step in (50, 51):
            loss = "NaN"
        if index == 4 and step == 60:
            loss = 40.0
        out.append({"key": "train/loss", "value": loss, "timestamp": at, "step": step})
        if step % 10 == 0:
            accuracy = 0.95 - 0.1 * slow - 0.7 * math.exp(-step / 40)
            out.append({"key": "val/accuracy", "value": accuracy, "timestamp": at, "step": step})
            gpu = {"key": "system/gpu", "value": 80 + dice.random(), "timestamp": at, "step": step}
            out.append(gpu)
    return out


def fill(url: str) -> World:
    """Log everything; the same numbers each time."""
    dice = random.Random(7)

    def ask(verb: str, body: dict[str, Any]) -> dict[str, Any]:
        return post(url, f"/api/2.0/mlflow/{verb}", body)

    experiment = ask("experiments/create", {"name": "vision/cifar/sweep"})["experiment_id"]
    ask("experiments/create", {"name": "vision/imagenet"})
    ask("experiments/create", {"name": MARKUP})
    now = int(time.time() * 1000)
    runs: list[str] = []
    for index in range(RUNS):
        rate = 10 ** dice.uniform(-4, -1)
        start = now - (RUNS - index) * 3_600_000
        tags = [
            {"key": "mlflow.user", "value": "ada"},
            {"key": "team", "value": "x" if index % 2 else "y"},
        ]
        if index in (21, 22):
            tags.append({"key": "mlflow.parentRunId", "value": runs[20]})
        new = {
            "experiment_id": experiment,
            "start_time": start,
            "run_name": f"run-{index:02d}",
            "tags": tags,
        }
        run_id = ask("runs/create", new)["run"]["info"]["run_id"]
        runs.append(run_id)
        params = {
            "lr": f"{rate:.4g}",
            "optimizer": ("adam", "sgd", "adamw")[index % 3],
            "model.depth": "18",
            "batch_size": str((32, 64)[index % 2]),
            "prompt": "the same words and then " + "more " * 20 + str(index),
        }
        batch = {
            "run_id": run_id,
            "metrics": points(dice, start, rate, index),
            "params": [{"key": key, "value": value} for key, value in params.items()],
        }
        ask("runs/log-batch", batch)
        ended = {"run_id": run_id, "status": "FINISHED", "end_time": start + STEPS * 2_000}
        if index != RUNS - 1:
            ask("runs/update", ended)
    return World(url, experiment, runs, runs[20], hostile(url, experiment, now - RUNS * 4_000_000))


def hostile(url: str, experiment: str, start: int) -> str:
    """A run whose every text is markup, with artifacts that would like to run."""
    new = {"experiment_id": experiment, "start_time": start, "run_name": MARKUP}
    run_id: str = post(url, "/api/2.0/mlflow/runs/create", new)["run"]["info"]["run_id"]
    batch = {
        "run_id": run_id,
        "params": [{"key": "evil", "value": MARKUP}],
        "tags": [
            {"key": "mlflow.note.content", "value": f"{MARKUP} [x](javascript:alert(3)) **bold**"}
        ],
        "metrics": [{"key": "train/loss", "value": 1.0, "timestamp": start, "step": 0}],
    }
    post(url, "/api/2.0/mlflow/runs/log-batch", batch)
    files = {
        "page.html": f"<h1>report</h1>{MARKUP}<script>parent.alert(4)</script>".encode(),
        "notes.md": f"# Notes\n{MARKUP}".encode(),
        "table.csv": b'a,b\n1,"two, three"\n',
        "data.json": b'{"deep": {"er": [1, 2]}}',
        "long.csv": b"row,text\n" + b"".join(b"%d,%s\n" % (n, b"x" * 40) for n in range(30_000)),
        "data.parquet": PARQUET.read_bytes(),
        "images/val~mask+step+0+timestamp+1700000000000+a.svg": SVG % b"<rect/>",
        "images/val~mask+step+10+timestamp+1700000001000+b.svg": SVG % b"<rect/>",
        "images/photo+step+0+timestamp+1700000000000+c.svg": SVG % b"<rect/>",
        "milepost/console.log": b"epoch 1\n",
        "pictures/step_1.svg": SVG % b'<rect width="9" height="9"/>',
        "pictures/step_2.svg": SVG % b'<circle r="4"/>',
    }
    for name, data in files.items():
        put(url, artifact(experiment, run_id, name), data)
    return run_id


def artifact(experiment: str, run_id: str, name: str) -> str:
    """The path of an artifact on the server."""
    root = "/api/2.0/mlflow-artifacts/artifacts"
    return f"{root}/{experiment}/{run_id}/artifacts/{quote(name)}"
