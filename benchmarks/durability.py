"""Does an acknowledged write survive power loss? Counts a server's fsyncs while it is written to."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.load import call, drive, fixed, post
from benchmarks.servers import Server, tree_of
from benchmarks.workloads import metric, new_experiment, new_run

WRITES = 50
ATTACH_S = 1.0


def syncs_a_write(name: str) -> float | None:
    """fsync and fdatasync calls per log-metric on one connection; None without strace."""
    strace = shutil.which("strace")
    if strace is None:
        return None
    server = Server(name)
    trace = Path(tempfile.mkdtemp()) / "trace"
    try:
        run_id = new_run(server, new_experiment(server, "durability"))
        pids = [flag for pid in tree_of(server.process.pid) for flag in ("-p", str(pid))]
        tracer = subprocess.Popen(
            [strace, "-f", "-q", "-e", "trace=fsync,fdatasync,msync", "-o", str(trace), *pids],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(ATTACH_S)
        bodies = [{"run_id": run_id, **metric("loss", step)} for step in range(WRITES)]
        drive(server.port, [fixed([post("runs/log-metric", body) for body in bodies])])
        call(server.url, "GET", f"runs/get?run_id={run_id}")
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        return len(re.findall(r"\b(?:fsync|fdatasync|msync)\(", trace.read_text())) / WRITES
    finally:
        server.stop()
        server.remove()
        shutil.rmtree(trace.parent, ignore_errors=True)
