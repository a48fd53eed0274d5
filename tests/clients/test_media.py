"""Figures, images and tables: what one client logs the other reads, and reads the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.clients.eras import SCRIPTS, TIME_LIMIT, environment_variables
from tests.servers import ROOT, RunningServer
from tools.environments import python_of

CLIENTS = ("official", "ours")


def run(url: str, folder: Path, *arguments: str) -> str:
    env = {**environment_variables(url, folder), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [str(python_of("mlflow-artifacts-3.17")), "media.py", *arguments],
        cwd=folder, env=env, capture_output=True, text=True, timeout=TIME_LIMIT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    # The official client ends a run with two lines about where it can be seen.
    lines = [line for line in done.stdout.splitlines() if " at: http" not in line]
    return lines[-1]


def test_either_client_reads_figures_images_and_tables_of_the_other(
    server: RunningServer, tmp_path: Path
) -> None:
    shutil.copy(SCRIPTS / "media.py", tmp_path)
    seen: dict[tuple[str, str], Any] = {}
    for writer in CLIENTS:
        run_id = run(server.url, tmp_path, writer, "log").strip()
        for reader in CLIENTS:
            seen[writer, reader] = json.loads(run(server.url, tmp_path, reader, "read", run_id))
    wanted = seen["official", "official"]
    assert len(wanted["charts"]) == 4
    assert wanted["with ids"]
    assert wanted["html"] == [True, True]
    for pair, document in seen.items():
        differing = {k: (document[k], wanted[k]) for k in wanted if document[k] != wanted[k]}
        assert not differing, pair
