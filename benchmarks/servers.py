"""The servers under measurement: how each starts on an empty root, and what it costs.

CPU and memory are read from /proc for the server's whole process tree.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tools.environments import ROOT, python_of

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
START_TIMEOUT_S = 180.0
STOP_TIMEOUT_S = 30.0


class Usage(NamedTuple):
    """CPU seconds (user and system) and peak resident bytes of a process tree."""

    cpu_s: float
    rss_bytes: int
    peak_bytes: int


class Server:
    """A running server on an empty folder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (self.folder / "server.log").open("wb")
        began = time.perf_counter()
        self.process = subprocess.Popen(
            command_of(name, self.folder, self.port),
            cwd=self.folder,
            env=environment_of(name),
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait_until_it_answers()
        self.start_wall_s = time.perf_counter() - began
        self.start_usage = self.usage()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.02)
            if self.process.poll() is not None:
                break
        self.stop()
        raise SystemExit(f"{self.name} did not start; see {self.folder}/server.log")

    def usage(self) -> Usage:
        """What the process tree has used up to now."""
        cpu = rss = peak = 0
        for pid in tree_of(self.process.pid):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            cpu += sum(map(int, fields[11:15]))  # own and waited-for children, user and system
            rss += kilobytes(status, "VmRSS:")
            peak += kilobytes(status, "VmHWM:")
        return Usage(cpu / TICKS_A_SECOND, rss * 1024, peak * 1024)

    def bytes_on_disk(self) -> int:
        """What the database takes, its journals included."""
        files = (path for path in self.folder.rglob("*") if ".db" in path.name)
        return sum(path.stat().st_size for path in files if path.is_file())

    def stop(self) -> None:
        """SIGTERM to the server, SIGKILL to what does not follow."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_TIMEOUT_S)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def command_of(name: str, folder: Path, port: int) -> list[str]:
    database = f"sqlite:///{folder}/bench.db"
    if name == "milepost":
        return [sys.executable, "-m", "milepost", "server",
                "--backend-store-uri", database, "--port", str(port)]  # fmt: skip
    if name in ("mlflow", "mlflow-as-installed"):
        program = python_of("mlflow-server-3.17").parent / "mlflow"
        workers = ["--workers", "1"] if name == "mlflow" else []
        return [str(program), "server", "--backend-store-uri", database,
                "--artifacts-destination", str(folder / "artifacts"),
                "--port", str(port), *workers]  # fmt: skip
    if name == "fasttrackml":
        program = python_of("fasttrackml").parent / "fml"
        return [str(program), "server", "--database-uri", f"sqlite://{folder}/bench.db",
                "--listen-address", f"127.0.0.1:{port}", "--log-level", "error"]  # fmt: skip
    raise SystemExit(f"There is no server {name!r}.")


def environment_of(name: str) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
    env["MLFLOW_DISABLE_TELEMETRY"] = "true"
    if name == "milepost":
        env["PYTHONPATH"] = str(ROOT / "src")
    return env


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def tree_of(root: int) -> list[int]:
    """`root` and all its descendants."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    out, todo = [], [root]
    while todo:
        pid = todo.pop()
        out.append(pid)
        todo += parents.get(pid, [])
    return out


def kilobytes(status: str, field: str) -> int:
    for line in status.splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    return 0
