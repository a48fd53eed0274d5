"""What archiving saves and costs: `python -m benchmarks.archive [--store s3]`.

Half of the runs are old and are archived, the others stay; both halves hold the same points. The
answers about them must be alike before a figure is printed. Latencies are medians over HTTP, those
of both halves taken in turn; "first" is of a run that this server has not read before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.data import WrongAnswer
from milepost.store import open_store
from milepost.store.runs import NewRun
from milepost.store.series import Points
from milepost.store.store import Store
from tests.artifacts.stores import S3Server
from tests.server.client import Client
from tests.servers import RunningServer

SERIES, POINTS = 50, 2_000
NOW = time.time_ns() // 1_000_000
OLD = NOW - 200 * 86_400_000
BUCKETS = "/api/milepost/1.0/metrics/get-buckets"
ASKED = 4  # times a run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive")
    parser.add_argument("--runs", type=int, default=100, help="in each half")
    parser.add_argument("--store", choices=["folder", "s3"], default="folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        if options.store == "folder":
            measure(folder, options.runs, str(folder / "artifacts"), {})
            return 0
        (folder / "s3").mkdir()
        s3 = S3Server(folder / "s3")
        try:
            measure(folder, options.runs, s3.new_bucket(), s3.environment)
        finally:
            s3.stop()
    return 0


def measure(folder: Path, runs: int, destination: str, env: dict[str, str]) -> None:
    uri = f"sqlite:///{folder}/milepost.db"
    asyncio.run(fill(uri, runs))
    before = (folder / "milepost.db").stat().st_size
    place = ("--backend-store-uri", uri, "--artifacts-destination", destination)
    began = time.monotonic()
    archived = subprocess.run(
        [sys.executable, "-m", "milepost", "archive", "--older-than", "90d", *place],
        env={**os.environ, **env}, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    seconds = time.monotonic() - began
    after = (folder / "milepost.db").stat().st_size
    print(archived.strip())
    print(f"in {seconds:.1f} s; database {before:,} -> {after:,} bytes")
    print(f"of what archived runs took in it {(after - before / 2) / (before / 2):.1%} stay")
    server = RunningServer(folder, *place, env=env)
    try:
        with Client(server.url) as client:
            compare(client, runs)
    finally:
        server.stop()


async def fill(uri: str, runs: int) -> None:
    store = open_store(uri, "mlflow-artifacts:/", NOW)
    for number in range(runs):
        for name, start in (("old", OLD), ("new", NOW)):
            await log(store, f"{name}{number}", start, number)
    store.close(within_s=3_600)


async def log(store: Store, run_id: str, start: int, seed: int) -> None:
    chance = random.Random(seed)
    await store.create_run(NewRun(run_id, 0, run_id, "bench", start, {}))
    steps, times = list(range(POINTS)), [start + 250 * step for step in range(POINTS)]
    for at in range(0, POINTS, 500):
        part = slice(at, at + 500)
        points = {
            f"metric_{key}": Points(
                steps[part],
                times[part],
                [math.exp(-step / 700) + chance.gauss(0, 0.01) for step in steps[part]],
            )
            for key in range(SERIES)
        }
        await store.log_batch(run_id, points, {}, {})
    await store.update_run(run_id, "FINISHED", times[-1], None)


def compare(client: Client, runs: int) -> None:
    def history(run_id: str) -> Any:
        answer = client.get("metrics/get-history", run_id=run_id, metric_key="metric_3")
        return [(point["step"], point["value"]) for point in answer.json["metrics"]]

    def chart(run_id: str) -> Any:
        wanted = {"run_ids": [run_id], "metric_keys": [f"metric_{k}" for k in range(SERIES)]}
        answer = client.ask("POST", BUCKETS, {**wanted, "buckets": 500}).json
        return [(one["key"], one["steps"], one["values"]) for one in answer["series"]]

    def search(run_id: str) -> Any:
        found = client.post(
            "runs/search", experiment_ids=["0"], filter=f"attributes.run_id = '{run_id}'"
        )
        if "runs" not in found.json:
            raise WrongAnswer(found.json)
        return [sorted(json.dumps(m["value"]) for m in run["data"]["metrics"])
                for run in found.json["runs"]]  # fmt: skip

    for name, ask in (("one history", history), ("all charts", chart), ("search", search)):
        ask(f"new{runs - 1}")
        seconds: dict[str, list[float]] = {"live": [], "archived": []}
        for number in range(runs // 2) if name == "one history" else range(runs // 2, runs):
            expected = None
            for kind, prefix in (("live", "new"), ("archived", "old")):
                for _ in range(ASKED):
                    found, taken = timed(ask, f"{prefix}{number}")
                    if expected not in (None, found):
                        raise WrongAnswer(f"{name} of {prefix}{number} is another")
                    expected = found
                    seconds[kind].append(taken)
        print(f"{name:12} first {told(seconds, 0)}; again {told(seconds, 1)}")


def told(seconds: dict[str, list[float]], at: int) -> str:
    """The medians of the first times asked, or of the times after; and their ratio."""
    live, archived = (
        1_000 * statistics.median(one for place, one in enumerate(taken) if place % ASKED >= at)
        if at
        else 1_000 * statistics.median(taken[::ASKED])
        for taken in seconds.values()
    )
    return f"live {live:.2f} ms, archived {archived:.2f} ms ({archived / live:.1f} x)"


def timed(ask: Callable[[str], Any], run_id: str) -> tuple[Any, float]:
    began = time.perf_counter()
    found = ask(run_id)
    return found, time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
