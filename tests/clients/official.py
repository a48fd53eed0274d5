"""The official MLflow server, started for one recording or one live comparison."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tools.environments import python_of

PROGRAM = "from mlflow.cli import cli; cli()"  # as its console script, in every version
PATIENCE = 240  # seconds; it migrates its database before it listens
DATABASE = ["--backend-store-uri", "sqlite:///{folder}/mlflow.db"]
ARTIFACTS = ["--artifacts-destination", "{folder}/artifacts"]
# What each version is told; 0.8 has neither databases nor a proxy of artifacts.
FLAGS = {
    "0.8": ["--file-store", "{folder}/mlruns"],
    "1.30": [*DATABASE, "--serve-artifacts", *ARTIFACTS],
    "2.22": [*DATABASE, *ARTIFACTS],
    "3.17": [*DATABASE, *ARTIFACTS],
}


@contextlib.contextmanager
def official_server(folder: Path, version: str = "3.17") -> Iterator[str]:
    """A fresh official server with its data in `folder`; gives its tracking URI."""
    port = free_port()
    python = python_of(f"mlflow-server-{version}")
    command = [str(python), "-c", PROGRAM, "server", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", *(flag.format(folder=folder) for flag in FLAGS[version])]
    # The server starts its own helpers by name, so its environment must come first on the path.
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(folder), "MLFLOW_DISABLE_TELEMETRY": "true"}
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/", server, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=30)
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise AssertionError(f"The official server ended at once:\n{log.read_text()[-4000:]}")
        with contextlib.suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"The official server did not start:\n{log.read_text()[-4000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
