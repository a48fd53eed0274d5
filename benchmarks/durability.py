"""Does an acknowledged write survive power loss? Counts fsyncs while a server is written to."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from benchmarks.data import metric, new_experiment, new_run
from benchmarks.load import drive, fixed, post
from benchmarks.servers import Server, tree_of

WRITES = {"milepost": 500, "fasttrackml": 2_000, "mlflow": 50}
ATTACH_TIMEOUT_S = 30.0
# strace -y shows the file behind the number: fdatasync(9</tmp/bench.db-wal>) = 0
SYNC = re.compile(r"\b(?:fsync|fdatasync)\(\d+<([^>]*)>")


class Syncs(NamedTuple):
    """Per log-metric on one connection: fsyncs of any file, and by the name of the file."""

    a_write: float
    by_file: dict[str, float]


def syncs_a_write(name: str) -> Syncs | None:
    """Start the server, log single points one after the other under strace; None without it."""
    strace = shutil.which("strace")
    if strace is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="bench-strace-"))
    trace = folder / "trace"
    count = WRITES[name]
    server = Server(name)
    try:
        server.settle()
        run_id = new_run(server, new_experiment(server, "durability"))
        pids = [flag for pid in tree_of(server.process.pid) for flag in ("-p", str(pid))]
        tracer = subprocess.Popen(
            [strace, "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(trace), *pids],
            stderr=(folder / "messages").open("wb"),
        )
        wait_for_attached(folder / "messages", len(pids) // 2)
        bodies = [{"run_id": run_id, **metric("loss", step)} for step in range(count)]
        drive(server.port, [fixed([post("runs/log-metric", body) for body in bodies])])
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        files = Counter(Path(path).name for path in SYNC.findall(trace.read_text()))
        by_file = {file or "folder": syncs / count for file, syncs in files.most_common()}
        return Syncs(sum(files.values()) / count, by_file)
    finally:
        server.stop()
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_attached(messages: Path, count: int) -> None:
    deadline = time.monotonic() + ATTACH_TIMEOUT_S
    while messages.read_text().count("attached") < count and time.monotonic() < deadline:
        time.sleep(0.05)


def durability_lines(servers: list[str]) -> list[str]:
    """For every server whether its commits reach the disk before they are acknowledged."""
    lines = []
    for name in servers:
        syncs = syncs_a_write(name)
        if syncs is None:
            lines.append(f"- {name}: not looked at (strace is not installed)")
            continue
        verdict = "durable" if syncs.a_write >= 1 else "not durable"
        files = ", ".join(f"{count:.2f} of {file}" for file, count in syncs.by_file.items())
        lines.append(
            f"- {name}: {verdict} against power loss: {syncs.a_write:.2f} fsync or fdatasync"
            f" a write" + (f" ({files})" if files else "")
        )
    return lines
