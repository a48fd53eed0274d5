"""Figures as Markdown tables: each server's, the targets, and the ratio to every peer."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from benchmarks.workloads import Workload

OURS = "milepost"


class Result(NamedTuple):
    """One workload on one server in one round, its answers checked.

    `cpu_s` is the server's during the load, `later_cpu_s` what it put off until after the answers.
    """

    server: str
    workload: str
    round: int
    units: int
    requests: int
    cpu_s: float
    later_cpu_s: float
    wall_s: float
    client_cpu_s: float
    peak_bytes: int
    p50_ms: float
    p95_ms: float
    p99_ms: float

    @property
    def rate(self) -> float:
        """Units per CPU-second of the server, put-off work included."""
        return self.units / max(self.cpu_s + self.later_cpu_s, 1e-3)


class Results:
    """Every server's results by workload, or the word that stands in for them."""

    def __init__(self) -> None:
        self.all: list[Result] = []
        self.words: dict[tuple[str, str], str] = {}

    def of(self, server: str, workload: str) -> list[Result]:
        return [r for r in self.all if (r.server, r.workload) == (server, workload)]

    def figure(self, server: str, workload: Workload) -> float | None:
        """The median over rounds: units per CPU-second, or ms of the median request."""
        found = self.of(server, workload.name)
        if not found or (server, workload.name) in self.words:
            return None
        if workload.kind == "latency":
            return median(result.p50_ms for result in found)
        return median(result.rate for result in found)

    def cell(self, server: str, workload: Workload) -> str:
        return self.words.get((server, workload.name), shown(self.figure(server, workload)))


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def shown(value: float | None) -> str:
    if value is None:
        return "–"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A Markdown table; the first column is text, the others stand to the right."""
    rule = "|---|" + "---:|" * (len(header) - 1)
    return ["| " + " | ".join(header) + " |", rule, *("| " + " | ".join(r) + " |" for r in rows)]


def main_table(
    workloads: Sequence[Workload], servers: Sequence[str], results: Results
) -> list[str]:
    peers = [server for server in servers if server != OURS] if OURS in servers else []
    header = ["workload", "unit", *servers, *(f"× {peer}" for peer in peers), "must", "aims"]
    rows = []
    for workload in workloads:
        is_latency = workload.kind == "latency"
        bound = "≤ " if is_latency else "≥ "
        ours = results.figure(OURS, workload)
        rows.append(
            [
                workload.title,
                "ms, p50" if is_latency else f"{workload.unit}/cpu-s",
                *(results.cell(server, workload) for server in servers),
                *(ratio(ours, results.figure(peer, workload), workload.kind) for peer in peers),
                *("–" if n is None else bound + shown(n) for n in (workload.must, workload.aims)),
            ]
        )
    return table(header, rows)


def ratio(ours: float | None, theirs: float | None, kind: str) -> str:
    """How many times better Milepost is."""
    if not ours or not theirs:
        return "–"
    times = theirs / ours if kind == "latency" else ours / theirs
    return f"{times:,.0f}" if times >= 10 else f"{times:.1f}"


def detail_table(
    workloads: Sequence[Workload], servers: Sequence[str], results: Results
) -> list[str]:
    header = [
        "workload", "server", "units/s, wall", "p50 ms", "p95 ms", "p99 ms",
        "CPU s", "of it later", "spread", "peak RSS, MB",
    ]  # fmt: skip
    rows = []
    for workload in workloads:
        for server in servers:
            found = results.of(server, workload.name)
            if not found:
                continue
            rates = [r.rate for r in found]
            rows.append(
                [
                    workload.title,
                    server,
                    shown(median(r.units / r.wall_s for r in found)),
                    shown(median(r.p50_ms for r in found)),
                    shown(median(r.p95_ms for r in found)),
                    shown(median(r.p99_ms for r in found)),
                    f"{median(r.cpu_s + r.later_cpu_s for r in found):.2f}",
                    f"{median(r.later_cpu_s for r in found):.2f}",
                    f"{min(rates) / max(rates):.2f}",
                    f"{max(r.peak_bytes for r in found) / 1e6:,.0f}",
                ]
            )
    return table(header, rows)
