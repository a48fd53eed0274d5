"""The same searches on both databases: what PostgreSQL costs beside SQLite.

Two Milepost servers with the same runs are asked in turns, so that what else the machine does
meets both alike; every first answer is compared with what the data say.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

from benchmarks.data import same
from benchmarks.load import call, drive, fixed, post
from benchmarks.report import table
from benchmarks.searching import (
    LATENCY_MS,
    PAGE,
    QUERIES,
    Figures,
    body_of,
    numbers_of,
    pages,
    seed,
    under_writers,
)
from benchmarks.servers import DATABASES, Server, cpu_clock_of
from tests import postgresql

RUNS, FULL_RUNS, QUICK_RUNS = 20_000, 100_000, 3_000
TURNS = 20
REQUESTS_A_TURN = 3
MUST = 2.0


class Side(NamedTuple):
    """One of the two: its server, the experiment in it, and what was measured."""

    server: Server
    experiment: str
    latencies_s: dict[str, list[float]]
    cpu_s: dict[str, float]


def database_lines(is_full: bool, is_quick: bool, say: Callable[[str], None]) -> list[str]:
    """The section, as Markdown."""
    count = FULL_RUNS if is_full else QUICK_RUNS if is_quick else RUNS
    sides: list[Side] = []
    servers: list[Server] = []
    try:
        for database in DATABASES:
            say(f"databases: {count:,} runs in {database}")
            servers.append(Server("milepost", database))
            sides.append(Side(servers[-1], seed(servers[-1], count)[0], {}, {}))
        for query in QUERIES:
            requests = [post("runs/search", body_of(query, side.experiment, count))
                        for side in sides]  # fmt: skip
            for side in sides:
                body = body_of(query, side.experiment, count)
                found = call(side.server.url, "POST", "runs/search", body).get("runs", [])
                same(numbers_of(found), query.finds(count)[:PAGE], query.title)
            for _ in range(TURNS):
                for side, request in zip(sides, requests, strict=True):
                    take_turn(side, query.title, request)
        others = [beside_writers(side, count, say) for side in sides]
        return lines_of(sides, others, count)
    finally:
        for server in servers:
            server.stop()
            server.remove()


def take_turn(side: Side, title: str, request: bytes) -> None:
    before = cpu_s(side.server)
    timing = drive(side.server.port, [fixed([request] * REQUESTS_A_TURN)])
    spent = cpu_s(side.server) - before
    side.latencies_s.setdefault(title, []).extend(timing.latencies_s)
    side.cpu_s[title] = side.cpu_s.get(title, 0.0) + spent


def cpu_s(server: Server) -> float:
    """CPU seconds of the server and, on PostgreSQL, of the backends that work for it."""
    pids = postgresql.backends(server.postgres) if server.postgres else []
    return server.cpu_s() + sum(time.clock_gettime(cpu_clock_of(pid)) for pid in pids)


def beside_writers(side: Side, count: int, say: Callable[[str], None]) -> tuple[float, float]:
    """The p50 of a filter in ms while eight connections log, and the runs a second of all pages."""
    figures = Figures({}, {})
    under_writers(side.server, side.experiment, count, figures, say)
    side.server.settle()
    return next(iter(figures.ms.values())), pages(side.server, side.experiment, count).runs_a_second


def lines_of(sides: list[Side], others: list[tuple[float, float]], count: int) -> list[str]:
    header = ["search, p50 in ms", *DATABASES, "ratio", *(f"CPU, {d}" for d in DATABASES),
              "ratio of CPU", "must"]  # fmt: skip
    rows = []
    requests = TURNS * REQUESTS_A_TURN
    for query in QUERIES:
        ms = [median(side.latencies_s[query.title]) * LATENCY_MS for side in sides]
        cpu = [side.cpu_s[query.title] / requests * LATENCY_MS for side in sides]
        rows.append(
            [query.title, *(f"{one:.1f}" for one in ms), f"{ms[1] / ms[0]:.1f}",
             *(f"{one:.1f}" for one in cpu), f"{cpu[1] / cpu[0]:.1f}", f"≤ {MUST:g}"]
        )  # fmt: skip
    written, paged = zip(*others, strict=True)
    rows.append(["the second one, while 8 writers log", *(f"{one:.1f}" for one in written),
                 f"{written[1] / written[0]:.1f}", "", "", "", f"≤ {MUST:g}"])  # fmt: skip
    rows.append(["all runs in pages of 1,000, runs/s", *(f"{one:,.0f}" for one in paged),
                 f"{paged[0] / paged[1]:.1f}", "", "", "", f"≤ {MUST:g}"])  # fmt: skip
    return [f"{count:,} runs in each database.", "", *table(header, rows)]
