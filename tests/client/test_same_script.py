"""The script that official clients run (tests/clients/scripts), with our client on our server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.eras import SCRIPTS, failed_checks, report_of
from tests.servers import ROOT, RunningServer

# What a check sees of an entity that serves two eras (docs/compatibility.md, "Entities"): a status
# is a number in JSON, and the items of data.metrics are entities. `batches` reaches into the
# official client's private parts; refusals are of the subclass RestException.
ENTITY = {
    ("runs", "create_run"), ("runs", "nothing logged"), ("runs", "update_run"),
    ("runs", "set_terminated"), ("runs", "trouble on the way"), ("fluent runs", "status"),
    ("fluent runs", "an exception fails the run"), ("fluent runs", "resumed"),
    ("fluent runs", "resumed and ended"), ("fluent runs", "killed"),
}  # fmt: skip
DECLARED = ENTITY | {
    ("batches", "trouble on the way"), ("params", "65537 bytes"), ("refusals", "changed param"),
}  # fmt: skip


def document_of(uri: str, folder: Path) -> dict:
    for script in SCRIPTS.glob("*.py"):
        shutil.copy(script, folder)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    env = {**clean, "MLFLOW_TRACKING_URI": uri, "LOGNAME": "ada", "HOME": str(folder),
           "PYTHONPATH": str(ROOT / "src")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "ours.py"], cwd=folder, env=env, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("place", ["http", "folder"])
def test_our_client_reads_back_what_official_clients_do(place: str, tmp_path: Path) -> None:
    server = RunningServer(tmp_path) if place == "http" else None
    workplace = tmp_path / "client"
    workplace.mkdir()
    try:
        document = document_of(server.url if server else "./data", workplace)
    finally:
        if server:
            server.kill()
    failed = failed_checks(document)
    unexpected = {check: found for check, found in failed.items() if check not in DECLARED}
    assert not unexpected, f"\n{report_of(unexpected)}"
    assert len(document["areas"]) > 10
