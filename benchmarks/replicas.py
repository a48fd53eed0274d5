"""Several Milepost servers on one PostgreSQL beside a single one: what is gained, what is lost.

Where the servers have a core each, the wall clock shows what they gain. Where they share cores with
the load and the database, units per CPU-second of all servers together show what they lose.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from benchmarks.load import drive
from benchmarks.report import shown, table
from benchmarks.servers import Server
from benchmarks.workloads import QUICK_SHRINK, WORKLOADS, Workload

COUNTS = (1, 3)
MEASURED = ("log-metric-32", "log-batch-metrics", "whole-run")
SHARE = 2  # of a workload's usual size


def replica_lines(rounds: int, is_quick: bool, say: Callable[[str], None]) -> list[str]:
    """The section, as Markdown."""
    workloads = [workload for workload in WORKLOADS if workload.name in MEASURED]
    rates: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for number in range(rounds):
        for count in COUNTS if number % 2 == 0 else COUNTS[::-1]:
            say(f"replicas: {count} of them, round {number + 1} of {rounds}")
            for workload, rate in one_round(workloads, count, is_quick):
                rates.setdefault((workload.name, count), []).append(rate)
                say(f"  {workload.title}: {shown(rate[0])} {workload.unit}/cpu-s, checked")
    rows = []
    for workload in workloads:
        figures = [[*zip(*rates[workload.name, count], strict=True)] for count in COUNTS]
        (one_cpu, one_wall), (some_cpu, some_wall) = [
            [median(values) for values in found] for found in figures
        ]
        rows.append(
            [workload.title, workload.unit, shown(one_cpu), shown(some_cpu),
             f"{some_cpu / one_cpu:.2f}", f"{some_wall / one_wall:.2f}"]
        )  # fmt: skip
    header = ["workload", "unit", "one, a cpu-s", "three, a cpu-s", "ratio", "ratio, wall"]
    return table(header, rows)


def at_rest(servers: list[Server]) -> float:
    """Wait until all rest; returns the CPU seconds that this took them."""
    with ThreadPoolExecutor(len(servers)) as threads:
        return sum(threads.map(Server.settle, servers))


def one_round(
    workloads: list[Workload], count: int, is_quick: bool
) -> list[tuple[Workload, tuple[float, float]]]:
    """Of each workload its units a CPU-second of all servers, and a second."""
    servers = [Server("milepost", "postgres")]
    try:
        servers += [Server("milepost", beside=servers[0]) for _ in range(count - 1)]
        ports = [server.port for server in servers]
        out = []
        for workload in workloads:
            size = workload.sizes["milepost"] // (QUICK_SHRINK if is_quick else SHARE)
            plan = workload.prepare(servers[0], size, 1)
            drive(ports[0], plan.warm)
            for server in servers[1:]:
                drive(server.port, workload.prepare(server, workload.least, 1).warm)
            at_rest(servers)
            before = sum(server.cpu_s() for server in servers)
            timing = drive(ports, plan.connections)
            cpu_s = sum(server.cpu_s() for server in servers) - before + at_rest(servers)
            plan.check()
            out.append((workload, (plan.units / cpu_s, plan.units / timing.wall_s)))
        return out
    finally:
        for server in reversed(servers):
            server.stop()
            server.remove()
