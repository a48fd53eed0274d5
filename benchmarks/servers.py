"""The servers under measurement: how each starts on an empty root, and what it costs.

CPU and memory are those of the server's whole process tree, as the kernel counts them; that of a
PostgreSQL, which all servers share, is not in it.
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

from benchmarks.load import Broken
from tests import postgresql
from tools.environments import ROOT, python_of

DATABASES = ["sqlite", "postgres"]
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
START_TIMEOUT_S = 600.0
STOP_TIMEOUT_S = 30.0
# Work put off until after the answer (sealing, say) begins within a window and is awaited.
QUIET_WINDOW_S = 3.0
QUIET_CORES = 0.1
QUIET_TIMEOUT_S = 300.0


class Memory(NamedTuple):
    """Bytes of a process tree: resident, peak resident, and resident with shared pages once."""

    resident: int
    peak: int
    proportional: int


class Server:
    """A running server on an empty folder, and on an empty database of the kind `database`.

    `start_wall_s` and `start_cpu_s` go up to the first 200 on /health. `seeds` is where workloads
    remember what they have written for others to read; `postgres` is the URI of its own database
    there. With `beside` it shares that one's, which goes with the other.
    """

    def __init__(self, name: str, database: str = "sqlite", beside: Server | None = None) -> None:
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.seeds: dict[tuple[int, int], list[str]] = {}
        self.idle_cores: float | None = None
        self._log = (self.folder / "server.log").open("wb")
        self.postgres = postgresql.new_database(is_empty=True) if database == "postgres" else ""
        uri = beside.postgres if beside else self.postgres
        command = command_of(name, self.folder, self.port, uri)
        began = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment_of(name),
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise
        self.start_wall_s = time.perf_counter() - began
        self.start_cpu_s = self.cpu_s()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.02)
        raise Broken(f"{self.name} did not start; see {self.folder}/server.log")

    def cpu_s(self) -> float:
        """User and system CPU seconds of the process tree up to now, ended children included."""
        total = 0.0
        for pid in tree_of(self.process.pid):
            with suppress(OSError):
                fields = stat_fields(pid)
                # The process's own clock counts nanoseconds; /proc/pid/stat counts 10 ms ticks.
                total += time.clock_gettime(cpu_clock_of(pid))
                total += (int(fields[13]) + int(fields[14])) / TICKS_A_SECOND
        return total

    def memory(self) -> Memory:
        resident = peak = proportional = 0
        for pid in tree_of(self.process.pid):
            with suppress(OSError):
                status = Path(f"/proc/{pid}/status").read_text()
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                resident += kilobytes(status, "VmRSS:")
                peak += kilobytes(status, "VmHWM:")
                proportional += kilobytes(rollup, "Pss:")
        return Memory(resident * 1024, peak * 1024, proportional * 1024)

    def forget_peak(self) -> None:
        """Let peak memory begin anew, so that it is of one workload."""
        for pid in tree_of(self.process.pid):
            with suppress(OSError):
                Path(f"/proc/{pid}/clear_refs").write_text("5")

    def settle(self) -> float:
        """Wait until the server has come to rest; returns the CPU seconds that this took it.

        The first call also waits for what goes on after the start, and notes as `idle_cores` what
        the server burns at rest anyway; later calls leave that out. Raises `Broken` when it does
        not come to rest at all: figures taken then would hold something else's work.
        """
        spent = 0.0
        deadline = time.monotonic() + QUIET_TIMEOUT_S
        while time.monotonic() < deadline:
            before, began = self.cpu_s(), time.perf_counter()
            time.sleep(QUIET_WINDOW_S)
            window_s = time.perf_counter() - began
            cpu = self.cpu_s() - before
            spent += max(0.0, cpu - (self.idle_cores or 0.0) * window_s)
            if cpu < (QUIET_CORES + (self.idle_cores or 0.0)) * window_s:
                if self.idle_cores is None:
                    self.idle_cores = cpu / window_s
                return spent
        raise Broken(f"{self.name} is still at work {QUIET_TIMEOUT_S:.0f} s after the last request")

    def bytes_on_disk(self) -> int:
        """What the database takes, its journals included."""
        files = [path for path in self.folder.rglob("bench.db*") if path.is_file()]
        return sum(path.stat().st_size for path in files)

    def stop(self) -> None:
        """SIGTERM to the server, SIGKILL to those of its processes that do not follow; once."""
        if self._log.closed:
            return
        ours = {pid: started_at(pid) for pid in tree_of(self.process.pid)}
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_TIMEOUT_S)
        for pid, started in ours.items():
            if started and started_at(pid) == started:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self._log.close()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.postgres:
            postgresql.drop_database(self.postgres)


def command_of(name: str, folder: Path, port: int, postgres: str) -> list[str]:
    database = postgres or f"sqlite:///{folder}/bench.db"
    if name == "milepost":
        return [sys.executable, "-m", "milepost", "server",
                "--backend-store-uri", database, "--port", str(port),
                "--artifacts-destination", str(folder / "artifacts")]  # fmt: skip
    if name in ("mlflow", "mlflow-as-installed"):
        program = python_of("mlflow-server-3.17").parent / "mlflow"
        workers = ["--workers", "1"] if name == "mlflow" else []
        # The driver of its environment; what SQLAlchemy takes unless told changes with its version.
        driven = database.replace("postgresql://", "postgresql+psycopg2://")
        return [str(program), "server", "--backend-store-uri", driven,
                "--artifacts-destination", str(folder / "artifacts"),
                "--host", "127.0.0.1", "--port", str(port), *workers]  # fmt: skip
    if name == "fasttrackml":
        program = python_of("fasttrackml").parent / "fml"
        database = postgres or f"sqlite://{folder}/bench.db"
        return [str(program), "server", "--database-uri", database,
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
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                pid = int(entry.name)
                children.setdefault(int(stat_fields(pid)[1]), []).append(pid)
    out, todo = [], [root]
    while todo:
        pid = todo.pop()
        out.append(pid)
        todo += children.get(pid, [])
    return out


def stat_fields(pid: int) -> list[str]:
    """/proc/pid/stat behind the name: state, parent, ...; index 13, 14 are children's ticks."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def started_at(pid: int) -> str:
    """Tells a process from a later one of the same number; empty when there is none."""
    with suppress(OSError):
        return stat_fields(pid)[19]
    return ""


def cpu_clock_of(pid: int) -> int:
    """The clock id of another process's CPU time, as clock_getcpuclockid(3) makes it."""
    return (~pid << 3) | 2


def kilobytes(status: str, field: str) -> int:
    for line in status.splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    return 0
