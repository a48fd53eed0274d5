"""Figures as a Markdown table: each server's, the targets, and the ratio to every peer."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

from benchmarks.workloads import Workload


class Result(NamedTuple):
    """One workload on one server in one round."""

    server: str
    workload: str
    units: int
    cpu_s: float
    wall_s: float
    latencies_ms: list[float]

    @property
    def rate(self) -> float:
        """Units per CPU-second of the server."""
        return self.units / max(self.cpu_s, 0.01)

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies_ms)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def figure(results: Sequence[Result], workload: Workload) -> float | None:
    """The median over rounds: units per CPU-second, or ms at the median request."""
    if not results:
        return None
    if workload.kind == "latency":
        return median(result.percentile(0.5) for result in results)
    return median(result.rate for result in results)


def shown(value: float | None) -> str:
    if value is None:
        return "–"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def main_table(
    workloads: Sequence[Workload], servers: Sequence[str], by_key: dict[tuple[str, str], Any]
) -> list[str]:
    """`by_key` maps (server, workload) to a list of results, or to the text of a refusal."""
    peers = [server for server in servers if server != "milepost"]
    header = ["workload", "unit", *servers, *(f"× {peer}" for peer in peers), "must", "aims"]
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    for workload in workloads:
        unit = "ms, p50" if workload.kind == "latency" else f"{workload.unit}/cpu-s"
        figures: dict[str, float | None] = {}
        cells = [workload.title, unit]
        for server in servers:
            found = by_key.get((server, workload.name))
            figures[server] = figure(found, workload) if isinstance(found, list) else None
            cells.append(found if isinstance(found, str) else shown(figures[server]))
        ours = figures.get("milepost")
        cells += [ratio(ours, figures[peer], workload.kind) for peer in peers]
        bound = "≤ " if workload.kind == "latency" else "≥ "
        cells += [bound + shown(workload.must), shown(workload.aims)]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def ratio(ours: float | None, theirs: float | None, kind: str) -> str:
    """How many times better Milepost is."""
    if not ours or not theirs:
        return "–"
    return f"{theirs / ours if kind == 'latency' else ours / theirs:,.0f}"


def latency_table(
    workloads: Sequence[Workload], servers: Sequence[str], by_key: dict[tuple[str, str], Any]
) -> list[str]:
    lines = [
        "| workload | server | requests/s wall | p50 ms | p95 ms | p99 ms |",
        "|---|---|---|---|---|---|",
    ]
    for workload in workloads:
        for server in servers:
            found = by_key.get((server, workload.name))
            if not isinstance(found, list) or not found:
                continue
            rate = median(len(r.latencies_ms) / r.wall_s for r in found)
            points = [median(r.percentile(share) for r in found) for share in (0.5, 0.95, 0.99)]
            cells = [workload.title, server, shown(rate), *map(shown, points)]
            lines.append("| " + " | ".join(cells) + " |")
    return lines
