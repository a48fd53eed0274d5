"""`milepost du` on a database of either kind, and through a server."""

from __future__ import annotations

import http.server
import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from milepost.cli.du import size_of
from tests.servers import ROOT, RunningServer
from tests.store.backends import BACKENDS, Backend
from tests.store.driver import NOW, Driver


@pytest.fixture(params=sorted(BACKENDS))
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    made = BACKENDS[request.param](tmp_path)
    yield made
    made.remove()


def du(*words: str, code: int = 0) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "du", *words], capture_output=True, text=True,
        check=False, env={**clean, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


def fill(uri: str) -> None:
    driver = Driver(uri)
    try:
        large = int(driver.create_experiment("large", None, {}, NOW))
        for number in range(3):
            run_id = driver.new_run(f"r{number}", experiment=large, name=f"run {number}")
            driver.log_param(run_id, "net", "x" * 2_000 * (number + 1))
            driver.log(run_id, "loss", (0, NOW, 0.5), (1, NOW, 0.25))
    finally:
        driver.close()


def test_a_table_with_units_a_total_and_the_rest(backend: Backend) -> None:
    fill(backend.uri)
    lines = du("--backend-store-uri", backend.uri).splitlines()
    assert lines[0].split()[:5] == ["experiment", "bytes", "runs", "points", "metrics"]
    assert lines[1].split()[:2] == ["1", "large"]
    assert "11.7 KiB" in lines[1]  # three params of 12,000 bytes
    assert lines[2].split()[:2] == ["0", "Default"]
    assert [line.split()[0] for line in lines[-3:]] == ["total", "rest", "database"]
    runs = du("--backend-store-uri", backend.uri, "-e", "1", "--limit", "1")
    assert "r2 run 2" in runs
    assert "r1" not in runs
    assert "These are the 1 largest of 3" in runs
    keys = du("--backend-store-uri", backend.uri, "--run", "r0")
    assert keys.splitlines()[1].split() == ["param", "net", "2.0", "KiB", "1"]


def test_json_is_bytes_and_the_same_through_a_server(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/milepost.db"
    fill(uri)
    server = RunningServer(tmp_path)
    try:
        own = json.loads(du("--backend-store-uri", uri, "--by", "key", "--json"))
        theirs = json.loads(du("--tracking-uri", server.url, "--by", "key", "--json"))
        assert own["items"] == theirs["items"]
        assert own["items"][0]["total_bytes"] == 12_000
        assert "No Experiment with id=7" in du("--tracking-uri", server.url, "-e", "7", code=1)
    finally:
        server.stop()


def test_artifacts_are_listed_where_they_are(backend: Backend, tmp_path: Path) -> None:
    fill(backend.uri)
    for run_id, size in (("r0", 10), ("r2", 5_000)):
        folder = tmp_path / "kept" / "1" / run_id / "artifacts" / "model"
        folder.mkdir(parents=True)
        (folder / "weights").write_bytes(b"x" * size)
    where = ("--backend-store-uri", backend.uri, "--artifacts", "--artifacts-destination")
    kept = (*where, str(tmp_path / "kept"))
    whole = json.loads(du(*kept, "--json"))["items"]
    assert [(one["artifact_bytes"], one["artifact_count"]) for one in whole] == [(5_010, 2), (0, 0)]
    runs = json.loads(du(*kept, "-e", "1", "--json"))["items"]
    assert {one["run_id"]: one["artifact_bytes"] for one in runs} == {
        "r0": 10, "r1": 0, "r2": 5_000,
    }  # fmt: skip
    table = du(*kept)
    assert "4.9 KiB" in table.splitlines()[1]
    assert table.splitlines()[-1].split()[:3] == ["artifacts", "4.9", "KiB"]
    assert "--artifacts lists folders" in du(*kept, "--by", "key", code=2)


def test_an_empty_database_says_that_it_is_empty(backend: Backend) -> None:
    Driver(backend.uri).close()
    text = du("--backend-store-uri", backend.uri, "--by", "run")
    assert text.startswith("Nothing is stored here yet.")


def test_what_cannot_be_measured_is_told_with_the_next_step(tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path}/none.db"
    assert "There is no database at" in du("--backend-store-uri", missing, code=1)
    assert not (tmp_path / "none.db").exists()
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    assert "not a Milepost database" in du(
        "--backend-store-uri", f"sqlite:///{tmp_path}/other.db", code=1
    )
    uri = f"sqlite:///{tmp_path}/milepost.db"
    Driver(uri).close()
    assert "Run with id=nope not found" in du("--backend-store-uri", uri, "-r", "nope", code=1)
    assert "by run or by key" in du(
        "--backend-store-uri", uri, "-r", "nope", "--by", "experiment", code=1
    )
    assert "--limit" in du("--limit", "0", code=2)
    newer = sqlite3.connect(tmp_path / "milepost.db")
    newer.execute("INSERT INTO schema_migrations VALUES (9999, 'later', 9999)")
    newer.commit()
    newer.close()
    assert "newer Milepost" in du("--backend-store-uri", uri, code=1)


def test_a_server_of_another_kind_is_told_from_ours() -> None:
    handler = http.server.SimpleHTTPRequestHandler
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        said = du("--tracking-uri", f"http://127.0.0.1:{other.server_port}", code=1)
        other.shutdown()
    assert "no Milepost server" in said


def test_sizes_are_told_in_units_of_1024() -> None:
    assert [size_of(n) for n in (None, 0, 1023, 1024, 1536, 2**30, 2**60)] == [
        "0 B", "0 B", "1023 B", "1.0 KiB", "1.5 KiB", "1.0 GiB", "1024.0 PiB",
    ]  # fmt: skip
