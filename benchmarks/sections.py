"""What is measured beside the workloads: cold starts, bytes on disk, the load's own ceiling."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

from benchmarks.data import SINGLE, check_series, new_experiment, new_run
from benchmarks.load import drive, fixed, post
from benchmarks.report import table
from benchmarks.servers import Server, free_port
from benchmarks.writing import BATCH_STEPS, KEYS, batch_of

DISK_BATCHES = {"milepost": 1_000, "fasttrackml": 200, "mlflow": 40}
CEILING_CONNECTIONS = 32
CEILING_REQUESTS = 1_000
MEGABYTE = 1e6


class Start(NamedTuple):
    """One cold start: an empty folder, a fresh database, up to the first 200 on /health."""

    cpu_s: float
    wall_s: float
    resident_bytes: int
    proportional_bytes: int
    later_cpu_s: float
    idle_cores: float


def start_of(server: Server) -> Start:
    """What a server that has just answered for the first time has cost; waits until it rests."""
    memory = server.memory()
    before = server.cpu_s()
    server.settle()
    return Start(
        server.start_cpu_s,
        server.start_wall_s,
        memory.resident,
        memory.proportional,
        server.cpu_s() - before,
        server.idle_cores or 0.0,
    )


def start_table(starts: dict[str, list[Start]]) -> list[str]:
    header = [
        "cold start to first 200", "CPU s", "wall s", "RSS, MB", "PSS, MB",
        "CPU s later, until at rest", "CPU at rest, % of a core",
    ]  # fmt: skip
    rows = []
    for name, found in starts.items():
        rows.append(
            [
                name,
                f"{median(start.cpu_s for start in found):.2f}",
                f"{median(start.wall_s for start in found):.2f}",
                f"{median(start.resident_bytes for start in found) / MEGABYTE:,.0f}",
                f"{median(start.proportional_bytes for start in found) / MEGABYTE:,.0f}",
                f"{median(start.later_cpu_s for start in found):.2f}",
                f"{median(start.idle_cores for start in found):.1%}",
            ]
        )
    rows.append(["Milepost must reach (aims for)", "1.0 (0.5)", "", "90 (60)", "", "", ""])
    return table(header, rows)


def disk_table(servers: list[str], shrink: int, note: Callable[[str], None]) -> list[str]:
    """Bytes on disk a point, beyond the empty database: at rest, and after a stop."""
    header = ["bytes on disk a point", "values", "points", "keys × steps", "at rest", "stopped"]
    rows = []
    for name in servers:
        steps = DISK_BATCHES[name] // shrink * BATCH_STEPS
        points = steps * KEYS
        for values, first_key in (("float64", 0), ("float32", SINGLE)):
            note(f"bytes on disk: {name}, {points:,} points")
            found = bytes_a_point(name, steps, first_key)
            cells = [f"{points:,}", f"{KEYS} × {steps:,}", *(f"{count:.1f}" for count in found)]
            rows.append([name, values, *cells])
    rows.append(["Milepost must reach (aims for)", "", "", "", "10 (5)", "10 (5)"])
    return table(header, rows)


def bytes_a_point(name: str, steps: int, first_key: int) -> tuple[float, float]:
    """Log one run of ten keys to an empty server, check it, and look at the disk twice."""
    server = Server(name)
    try:
        server.settle()
        run_id = new_run(server, new_experiment(server, "disk"))
        empty = server.bytes_on_disk()
        batches = [batch_of(run_id, number, first_key) for number in range(steps // BATCH_STEPS)]
        drive(server.port, [fixed(batches)])
        server.settle()
        at_rest = server.bytes_on_disk() - empty
        for k in range(first_key, first_key + KEYS):
            check_series(server, run_id, f"k{k}", k, steps)
        server.stop()
        stopped = server.bytes_on_disk() - empty
    finally:
        server.stop()
        server.remove()
    points = steps * KEYS
    return at_rest / points, stopped / points


def ceiling_line() -> str:
    """What the load generator does against a server that does nothing: the bound of this bench."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.static_server", str(port)], stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        body = {"run_id": "0" * 32, "key": "loss", "value": 0.5, "timestamp": 1, "step": 1}
        requests = [post("runs/log-metric", body)] * CEILING_REQUESTS
        timing = drive(port, [fixed(requests) for _ in range(CEILING_CONNECTIONS)])
    finally:
        process.kill()
        process.wait()
    count = len(timing.latencies_s)
    return (
        f"The load's own ceiling, log-metric on {CEILING_CONNECTIONS} connections against a server"
        f" that answers a fixed 200: {count / timing.wall_s:,.0f} requests/s on this machine,"
        f" {timing.client_cpu_s / count * 1e6:.0f} µs of client CPU a request."
    )
