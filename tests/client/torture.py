"""Processes that log through a rude proxy, with `kill -9` of them and of the server at random.

    python -m tests.client.torture --points 1000000 --processes 4 --kills 100

A script notes in a journal how far it has been told that its points are safe (with the server or
in the spool). Afterwards every point in a journal has to be there, none twice, and no tag may have
gone back to what it was.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import milepost as mlflow
from milepost.client import connections
from milepost.entities import Metric
from tests.client import scripts
from tests.client.rude_proxy import RudeProxy
from tests.servers import RunningServer

FLUSHED_EVERY = 500
# A pause before it, and half of the time a server that starts again.
KILL_TAKES_S = 1.2

SCRIPT = f"""
import os, sys, time
import milepost as mlflow

run_id, journal, life, step, end = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
mlflow.start_run(run_id=run_id)
with open(journal, "a") as notes:
    while step < end:
        begin = step
        while step < min(end, begin + {FLUSHED_EVERY}):
            mlflow.log_metric("loss", step / 2, step=step, timestamp=life)
            step += 1
        mlflow.set_tag("reached", step)
        mlflow.flush_async_logging()
        notes.write(f"{{life}} {{begin}} {{step}}\\n")
        notes.flush()
        os.fsync(notes.fileno())
        time.sleep(float(os.environ["PAUSE_S"]))
"""


class Found(NamedTuple):
    """What came of it; a loss or a doubled point raises instead."""

    points: int
    kills_of_scripts: int
    kills_of_server: int
    faults: dict[str, int]
    seconds: float


class Script:
    """One logging script and those that take its place when it is killed."""

    def __init__(self, folder: Path, url: str, run_id: str, points: int, pause_s: float) -> None:
        self.run_id, self.points, self._pause_s = run_id, points, pause_s
        self._journal = folder / f"{run_id}.journal"
        self._journal.touch()
        self._folder, self._url, self._life = folder, url, 0
        self.start()

    def start(self) -> None:
        self._life += 1
        env = scripts.environment(
            self._folder, MLFLOW_TRACKING_URI=self._url, PAUSE_S=str(self._pause_s)
        )
        command = [sys.executable, "-c", SCRIPT, self.run_id, str(self._journal)]
        command += [str(self._life), str(self.reached()), str(self.points)]
        with (self._folder / f"{self.run_id}.log").open("a") as log:
            self._process = subprocess.Popen(command, env=env, cwd=self._folder, stderr=log)

    def safe(self) -> list[tuple[int, int, int]]:
        """(life, first step, step behind the last) of what the script was told is safe."""
        lines = self._journal.read_text().splitlines(keepends=True)
        return [tuple(map(int, line.split())) for line in lines if line.endswith("\n")]  # type: ignore[misc]

    def reached(self) -> int:
        return max((end for _, _, end in self.safe()), default=0)

    def is_done(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self.start()

    def check(self) -> int:
        """How many points there are; raises AssertionError."""
        assert self._process.wait() == 0, (self._folder / f"{self.run_id}.log").read_text()[-3000:]
        client = mlflow.MlflowClient(self._url)
        history = client.get_metric_history(self.run_id, "loss")
        points = {identity(point) for point in history}
        assert len(points) == len(history), f"{len(history) - len(points)} points are there twice"
        for life, begin, end in self.safe():
            wanted = {(step, life, step / 2) for step in range(begin, end)}
            assert wanted <= points, f"{len(wanted - points)} of {end - begin} safe points are lost"
        assert {step for step, _, _ in points} == set(range(self.points))
        run = client.get_run(self.run_id)
        assert run.data.tags["reached"] == str(self.points)
        assert run.info.status == "FINISHED"
        return len(points)


def identity(point: Metric) -> tuple[int, int, float]:
    return point.step, point.timestamp, point.value


def torture(
    folder: Path, points: int, processes: int, kills: int, seed: int, faults: float = 0.3
) -> Found:
    """`points` by `processes` scripts; `kills` in all, of scripts and of the server."""
    chance, began = random.Random(seed), time.monotonic()
    (folder / "server").mkdir()
    server = RunningServer(folder / "server")
    port = server.url.rsplit(":", 1)[1]
    proxy = RudeProxy(int(port), seed, 0.0)
    killed = {"script": 0, "server": 0}
    try:
        client = mlflow.MlflowClient(proxy.url)
        run_ids = [client.create_run("0").info.run_id for _ in range(processes)]
        proxy.faults = faults
        # So slow that they are still at it when the last one is killed.
        pause_s = kills * KILL_TAKES_S / (points / processes / FLUSHED_EVERY)
        those = [Script(folder, proxy.url, id, points // processes, pause_s) for id in run_ids]
        for _ in range(kills):
            time.sleep(chance.uniform(0.05, 0.6))
            alive = [script for script in those if not script.is_done()]
            if not alive:
                break
            if chance.random() < 0.5:
                chance.choice(alive).kill()
                killed["script"] += 1
            else:
                server.kill()
                time.sleep(chance.uniform(0.0, 1.0))
                server = RunningServer(folder / "server", "--port", port)
                killed["server"] += 1
        while not all(script.is_done() for script in those):
            time.sleep(0.1)
        proxy.faults = 0.0
        scripts.milepost(folder, "sync")
        total = sum(script.check() for script in those)
        return Found(total, *killed.values(), dict(proxy.seen), time.monotonic() - began)
    finally:
        connections.close_all()
        proxy.stop()
        server.kill()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = torture(Path(folder), wanted.points, wanted.processes, wanted.kills, wanted.seed)
    sys.stdout.write(f"{found}\n")


if __name__ == "__main__":
    main()
