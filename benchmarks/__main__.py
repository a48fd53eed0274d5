"""The command: `python -m benchmarks` (or `python3 dev.py bench`)."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from benchmarks.durability import syncs_a_write
from benchmarks.load import Refused, call, drive, fixed, post
from benchmarks.report import Result, latency_table, main_table, shown
from benchmarks.servers import Server, Usage, free_port
from benchmarks.workloads import WORKLOADS, Workload, log_batch_metrics

RESULTS = Path(__file__).parent / "results"
SERVERS = ["milepost", "mlflow", "fasttrackml"]
DISK_BATCHES = {"milepost": 1_000, "fasttrackml": 200, "mlflow": 40}
SETTLE_S = 5.0
console = Console(stderr=True)


def main() -> int:
    options = arguments()
    workloads = [w for w in WORKLOADS if not options.only or w.name in options.only]
    by_key: dict[tuple[str, str], Any] = {}
    starts: dict[str, list[tuple[float, Usage]]] = {}
    peaks: dict[str, int] = {}
    ceiling = load_ceiling()
    for number in range(options.rounds):
        for name in options.server:
            console.print(f"[bold]round {number + 1} of {options.rounds}: {name}[/]")
            server = Server(name)
            starts.setdefault(name, []).append((server.start_wall_s, server.start_usage))
            try:
                for workload in workloads:
                    run_workload(server, workload, options.quick, by_key)
                peaks[name] = max(peaks.get(name, 0), server.usage().peak_bytes)
            finally:
                server.stop()
                server.remove()
    lines = ["", *main_table(workloads, options.server, by_key), ""]
    lines += latency_table(workloads, options.server, by_key)
    lines += ["", *start_table(starts, peaks)]
    if not options.only:
        lines += ["", *disk_table(options.server, options.quick)]
        lines += ["", *durability_lines(options.server)]
    lines += ["", f"The load's own ceiling against a static server: {ceiling:,.0f} requests/s."]
    print("\n".join(lines))
    save(by_key, lines)
    return 0


def arguments() -> argparse.Namespace:
    names = [w.name for w in WORKLOADS]
    parser = argparse.ArgumentParser(
        prog="dev.py bench",
        description="Milepost beside its peers, interleaved rounds, answers checked.",
    )
    parser.add_argument("--rounds", type=int, default=3, help="default: 3")
    parser.add_argument("--quick", action="store_true", help="a tenth of each load")
    parser.add_argument(
        "--server", type=comma(SERVERS), default=SERVERS, help=f"of {', '.join(SERVERS)}"
    )
    parser.add_argument("--only", type=comma(names), default=[], help=f"of {', '.join(names)}")
    return parser.parse_args()


def comma(known: list[str]) -> Any:
    def parse(text: str) -> list[str]:
        parts = text.split(",")
        for part in parts:
            if part not in known:
                raise argparse.ArgumentTypeError(f"{part!r} is none of {', '.join(known)}")
        return parts

    return parse


def run_workload(
    server: Server, workload: Workload, quick: bool, by_key: dict[tuple[str, str], Any]
) -> None:
    """Prepare, drive, check, and only then note the time."""
    key = (server.name, workload.name)
    size = workload.sizes.get(server.name)
    if size is None or isinstance(by_key.get(key), str):
        by_key.setdefault(key, "left out: too slow to seed")
        return
    if quick and "history" not in workload.name:
        size = max(size // 10, 32 if workload.name.startswith("log") else 1)
    try:
        plan = workload.prepare(server, size)
    except Refused:
        by_key[key] = "refused"
        return
    before = server.usage()
    timing = drive(server.port, plan.connections)
    after = server.usage()
    plan.check()
    cpu_s = after.cpu_s - before.cpu_s
    latencies = [latency * 1000 for latency in timing.latencies_s]
    result = Result(server.name, workload.name, plan.units, cpu_s, timing.wall_s, latencies)
    by_key.setdefault(key, []).append(result)
    console.print(
        f"  {workload.title}: {shown(result.rate)} {workload.unit}/cpu-s,"
        f" p50 {result.percentile(0.5):.2f} ms, checked"
    )


def load_ceiling() -> float:
    """Requests/s of the load generator on 32 connections when the server does nothing."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.static_server", str(port)], stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        body = {"run_id": "0" * 32, "key": "loss", "value": 0.5, "timestamp": 1, "step": 1}
        requests = [post("runs/log-metric", body)] * 1_000
        timing = drive(port, [fixed(requests) for _ in range(32)])
        return len(timing.latencies_s) / timing.wall_s
    finally:
        process.kill()
        process.wait()


def start_table(starts: dict[str, list[tuple[float, Usage]]], peaks: dict[str, int]) -> list[str]:
    lines = [
        "| cold start to first 200 | CPU s | wall s | RSS after start, MB | peak RSS, MB |",
        "|---|---|---|---|---|",
    ]
    for name, found in starts.items():
        cpu = median(usage.cpu_s for _, usage in found)
        wall = median(wall for wall, _ in found)
        rss = median(usage.rss_bytes for _, usage in found) / 1e6
        lines.append(f"| {name} | {cpu:.2f} | {wall:.2f} | {rss:.0f} | {peaks[name] / 1e6:.0f} |")
    lines.append("| Milepost must reach | ≤ 1.0 (aims 0.5) | | ≤ 90 (aims 60) | |")
    return lines


def disk_table(servers: list[str], quick: bool) -> list[str]:
    """Bytes on disk a point: ten keys, idle for a few seconds, and after a stop."""
    lines = ["| bytes on disk a point | points | idle | stopped |", "|---|---|---|---|"]
    for name in servers:
        console.print(f"[bold]bytes on disk: {name}[/]")
        server = Server(name)
        try:
            batches = DISK_BATCHES[name] // (10 if quick else 1)
            plan = log_batch_metrics(server, batches)
            drive(server.port, plan.connections)
            plan.check()
            for run_id in runs_of(server):
                call(server.url, "POST", "runs/update", {"run_id": run_id, "status": "FINISHED"})
            time.sleep(SETTLE_S)
            idle = server.bytes_on_disk() / plan.units
        finally:
            server.stop()
        stopped = server.bytes_on_disk() / plan.units
        server.remove()
        lines.append(f"| {name} | {plan.units:,} | {idle:.1f} | {stopped:.1f} |")
    lines.append("| Milepost must reach | | ≤ 10 (aims 5) | |")
    return lines


def runs_of(server: Server) -> list[str]:
    """All runs of the server's first own experiment."""
    body = {"experiment_ids": ["1"], "max_results": 1_000}
    runs = call(server.url, "POST", "runs/search", body)["runs"]
    return [run["info"]["run_id"] for run in runs]


def durability_lines(servers: list[str]) -> list[str]:
    lines = []
    for name in servers:
        count = syncs_a_write(name)
        if count is None:
            lines.append(f"- {name}: not looked at (strace is not installed)")
        else:
            verdict = "durable against power loss" if count >= 1 else "NOT durable: no fsync"
            lines.append(f"- {name}: {count:.1f} fsync or fdatasync a write: {verdict}")
    return lines


def save(by_key: dict[tuple[str, str], Any], lines: list[str]) -> None:
    RESULTS.mkdir(exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    plain = [
        result._asdict()
        for results in by_key.values()
        if isinstance(results, list)
        for result in results
    ]
    (RESULTS / f"{stamp}.json").write_text(json.dumps(plain))
    (RESULTS / f"{stamp}.md").write_text("\n".join(lines) + "\n")
    console.print(f"saved as benchmarks/results/{stamp}.md and .json")


if __name__ == "__main__":
    sys.exit(main())
