"""kill -9 in the middle of `milepost archive`: no point is lost, no file is left, and it goes on.

A third of MILEPOST_KILL_ROUNDS bounds how often it is killed (default 15).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from milepost.artifacts.archive import ArchiveFolder
from milepost.artifacts.places import Places
from milepost.store.database import Connection
from tests.servers import ROOT
from tests.store.backends import BACKENDS, Backend
from tests.store.driver import NOW, Driver

ROUNDS = int(os.environ.get("MILEPOST_KILL_ROUNDS", "15")) // 3
RUNS = 30
ARCHIVED = "SELECT count(*) FROM metric_chunks WHERE codec = 2"


@pytest.fixture(params=sorted(BACKENDS))
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    made = BACKENDS[request.param](tmp_path)
    yield made
    made.remove()


def test_an_archiving_that_is_killed_loses_nothing_and_goes_on(
    backend: Backend, tmp_path: Path
) -> None:
    """A server goes on meanwhile; each kill comes a little later than the command's first file."""
    chance = random.Random(2)
    places = Places(str(tmp_path / "artifacts"), (), tmp_path)
    store = Driver(backend.uri, ArchiveFolder(places.proxied))
    for number in range(RUNS):
        run_id = store.new_run(f"r{number}")
        for key in ("loss", "acc"):
            store.log(run_id, key, *((i, NOW + i, chance.random()) for i in range(100)))
        store.update_run(run_id, "FINISHED", NOW, None)
    for number in range(RUNS):
        store.wait_until_sealed(f"r{number}", "acc")
    before = [store.history(f"r{number}", "loss") for number in range(RUNS)]
    kills = 0
    watching = store.store.database.connect_reader()
    while archived(watching) < 2 * RUNS:
        process = begun(backend.uri, tmp_path)
        if kills < ROUNDS:
            wait_for_progress(watching, process, chance.randint(1, 5), chance.uniform(0, 0.01))
            process.kill()
            kills += 1
        process.wait()
        assert [store.history(f"r{number}", "loss") for number in range(RUNS)] == before
    watching.close()
    assert kills > 1
    assert begun(backend.uri, tmp_path).wait() == 0
    store.close_and_open(store.archive_files)
    assert [store.history(f"r{number}", "loss") for number in range(RUNS)] == before
    store.close()
    assert backend.faults() == []
    kept = list((tmp_path / "artifacts" / ".milepost-archive").glob("*/*"))
    assert len(kept) == RUNS


def begun(uri: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "milepost", "archive", "--older-than", "1d",
         "--backend-store-uri", uri, "--artifacts-destination", str(folder / "artifacts")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def wait_for_progress(
    watching: Connection, process: subprocess.Popen[bytes], runs: int, longer_s: float
) -> None:
    """Until so many runs more are archived, and a moment longer: each kill hits another place."""
    start = archived(watching)
    while process.poll() is None and archived(watching) < start + 2 * runs:
        time.sleep(0.001)
    time.sleep(longer_s)


def archived(watching: Connection) -> int:
    return int(watching.execute(ARCHIVED).fetchone()[0])
