"""The command: `python -m benchmarks` (or `python3 dev.py bench`)."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.data import WrongAnswer
from benchmarks.databases import database_lines
from benchmarks.durability import durability_lines
from benchmarks.load import Broken, Refused, drive
from benchmarks.logging_calls import client_table
from benchmarks.replicas import replica_lines
from benchmarks.report import Result, Results, detail_table, main_table, percentile, shown
from benchmarks.searching import search_sizes, search_tables
from benchmarks.sections import Start, ceiling_line, disk_table, start_of, start_table
from benchmarks.servers import DATABASES, Server
from benchmarks.workloads import QUICK_SHRINK, WORKLOADS, Workload, workloads_on
from tools.environments import ROOT

RESULTS = Path(__file__).parent / "results"
SERVERS = ["milepost", "mlflow", "fasttrackml"]
AS_INSTALLED = "mlflow-as-installed"
SECTIONS = ["cold-start", "disk", "durability", "search", "client", "replicas", "databases"]
ON_SQLITE = [name for name in SECTIONS if name != "replicas"]
ON_POSTGRES = ["search", "replicas", "databases"]
console = Console(stderr=True, soft_wrap=True)
SHOWN_CHARACTERS = 200

DESCRIPTION = """\
Milepost beside its peers: each starts in turn on an empty folder, in interleaved rounds; every
workload checks its answers before a figure is noted. Figures are medians over the rounds. Rates
are per CPU-second of the server's whole process tree, work that it puts off until after the
answer included."""


def main() -> int:
    options = arguments()
    of_database = workloads_on(options.database)
    workloads = [w for w in of_database if not options.only or w.name in options.only]
    known = ON_SQLITE if options.database == "sqlite" else ON_POSTGRES
    sections = [name for name in known if not options.only or name in options.only]
    lines = ["", *machine_lines(), "", ceiling_line()]
    results = Results()
    starts: dict[str, list[Start]] = {}
    try:
        if workloads or "cold-start" in sections:
            for number in range(options.rounds):
                one_round(number, workloads, options, results, starts)
    except KeyboardInterrupt:
        console.print("stopped early; what was measured up to now follows")
        sections = [name for name in sections if name == "cold-start"]
        lines += ["", "Stopped before all rounds were done."]
    if workloads:
        lines += ["", *main_table(workloads, options.server, results)]
        lines += ["", *detail_table(workloads, options.server, results)]
    if "cold-start" in sections:
        lines += ["", *start_table(starts)]
    if "disk" in sections:
        shrink = QUICK_SHRINK if options.quick else 1
        lines += ["", *disk_table(options.server, shrink, say)]
    if "durability" in sections:
        console.print("durability: counting fsyncs")
        lines += ["", *durability_lines(options.server)]
    if "client" in sections:
        console.print("what logging costs a training loop")
        lines += ["", *client_table(say)]
    if "replicas" in sections:
        lines += ["", *replica_lines(options.rounds, options.quick, say)]
    if "databases" in sections:
        lines += ["", *database_lines(options.full, options.quick, say)]
    if "search" in sections:
        sizes = search_sizes(options.full, options.quick)
        lines += ["", *search_tables(options.server, sizes, options.database, say)]
    print("\n".join(lines))
    save(options, results, starts, lines)
    failed = [key for key, word in results.words.items() if word == "wrong answer"]
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    names = [w.name for w in WORKLOADS] + SECTIONS
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Workloads and sections:\n  " + "\n  ".join(names),
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="default: 3")
    parser.add_argument(
        "--server",
        type=comma(SERVERS),
        default=SERVERS,
        metavar="NAME,...",
        help=f"of {', '.join(SERVERS)}; default: all",
    )
    parser.add_argument(
        "--only",
        type=comma(names),
        default=[],
        metavar="NAME,...",
        help="of the workloads and sections below; default: all",
    )
    parser.add_argument(
        "--database",
        choices=DATABASES,
        default=DATABASES[0],
        help=f"what the servers store in; default: {DATABASES[0]}; only the workloads,"
        " search and replicas know another (databases compares both)",
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of each load, for a look")
    parser.add_argument(
        "--full", action="store_true", help="also what takes a slow peer many minutes to seed"
    )
    return parser.parse_args()


def comma(known: list[str]) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        parts = text.split(",")
        for part in parts:
            if part not in known:
                raise argparse.ArgumentTypeError(f"{part!r} is none of {', '.join(known)}")
        return parts

    return parse


def one_round(
    number: int,
    workloads: list[Workload],
    options: argparse.Namespace,
    results: Results,
    starts: dict[str, list[Start]],
) -> None:
    """Every server once; another order each round, so that nobody always comes after the same."""
    turn = number % len(options.server)
    for name in options.server[turn:] + options.server[:turn]:
        console.print(f"[bold]round {number + 1} of {options.rounds}: {name}[/]")
        one_server(name, number, workloads, options, results, starts)
    if "mlflow" in options.server and (not options.only or "cold-start" in options.only):
        one_server(AS_INSTALLED, number, [], options, results, starts)


def one_server(
    name: str,
    number: int,
    workloads: list[Workload],
    options: argparse.Namespace,
    results: Results,
    starts: dict[str, list[Start]],
) -> None:
    """One server's turn in a round: a cold start, then each workload on it."""
    server = Server(name, options.database)
    try:
        start = start_of(server)
        starts.setdefault(name, []).append(start)
        console.print(f"  cold start: {start.cpu_s:.2f} CPU s, {start.wall_s:.2f} s ({name})")
        for workload in workloads:
            size = workload.size(name, options.quick, options.full)
            key = (name, workload.name)
            if size is None:
                results.words[key] = "left out (--full)"
            elif key not in results.words:
                shrink = QUICK_SHRINK if options.quick else 1
                with console.status(f"{workload.title} on {name} ..."):
                    word = run_workload(server, workload, size, shrink, number, results)
                if word:
                    results.words[key] = word
    finally:
        server.stop()
        server.remove()


def run_workload(
    server: Server, workload: Workload, size: int, shrink: int, number: int, results: Results
) -> str | None:
    """Prepare, warm up, drive, check, and only then note the figures; else the word for why not."""
    try:
        plan = workload.prepare(server, size, shrink)
        drive(server.port, plan.warm)
        server.settle()
        server.forget_peak()
        before = server.cpu_s()
        timing = drive(server.port, plan.connections)
        cpu_s = server.cpu_s() - before
        later_cpu_s = server.settle()
        peak = server.memory().peak
        plan.check()
    except Refused as error:
        say(f"  {workload.title}: refused: {str(error)[:SHOWN_CHARACTERS]}")
        return "refused"
    except (WrongAnswer, Broken, KeyError, IndexError) as error:
        say(f"  {workload.title}: wrong: {error!r}")
        return "wrong answer"
    ms = [latency * 1000 for latency in timing.latencies_s]
    result = Result(
        server=server.name, workload=workload.name, round=number, units=plan.units,
        requests=len(ms), cpu_s=cpu_s, later_cpu_s=later_cpu_s, wall_s=timing.wall_s,
        client_cpu_s=timing.client_cpu_s, peak_bytes=peak, p50_ms=percentile(ms, 0.5),
        p95_ms=percentile(ms, 0.95), p99_ms=percentile(ms, 0.99),
    )  # fmt: skip
    results.all.append(result)
    console.print(
        f"  {workload.title}: {shown(result.rate)} {workload.unit}/cpu-s,"
        f" p50 {result.p50_ms:.2f} ms, checked"
    )
    return None


def say(text: str) -> None:
    """Progress that may hold anything, a server's words included."""
    console.print(text, markup=False, highlight=False)


def machine_lines() -> list[str]:
    """Where and when this was measured: figures of two machines do not compare."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    ).stdout.strip()  # fmt: skip
    load = os.getloadavg()[0]
    return [
        f"{time.strftime('%Y-%m-%d')}, {model}, {os.cpu_count()} cores, load average at the start"
        f" {load:.1f}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" Milepost at {commit or 'no commit'}."
    ]


def save(
    options: argparse.Namespace,
    results: Results,
    starts: dict[str, list[Start]],
    lines: list[str],
) -> None:
    RESULTS.mkdir(exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    plain: dict[str, Any] = {
        "options": vars(options),
        "results": [result._asdict() for result in results.all],
        "words": [[*key, word] for key, word in results.words.items()],
        "starts": {name: [start._asdict() for start in found] for name, found in starts.items()},
    }
    (RESULTS / f"{stamp}.json").write_text(json.dumps(plain, indent=1))
    (RESULTS / f"{stamp}.md").write_text("\n".join(lines) + "\n")
    console.print(f"saved as benchmarks/results/{stamp}.md and .json")


if __name__ == "__main__":
    sys.exit(main())
