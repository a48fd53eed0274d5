"""What is measured: every workload with its sizes and what Milepost must reach and aims for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.files import large_down, large_up, listing, small_down, small_up
from benchmarks.reading import bulk_interval, history
from benchmarks.servers import Server
from benchmarks.writing import Plan, log_batch_metrics, log_batch_params, log_metric, whole_run

QUICK_SHRINK = 10


class Workload(NamedTuple):
    """One thing to measure; `prepare(server, size, shrink)` makes it ready.

    `sizes` says how much each server gets, so that slow ones finish and fast ones have something
    to measure; figures are per unit. A server missing there, and in `full`, is left out. A quick
    run takes a tenth, but at least `least`.
    """

    name: str
    title: str
    unit: str
    must: float | None
    aims: float | None
    prepare: Callable[[Server, int, int], Plan]
    sizes: dict[str, int]
    full: dict[str, int]
    least: int
    # "rate": units per CPU-second of the server, more is better; "latency": ms, less is better.
    kind: str = "rate"

    def size(self, server: str, is_quick: bool, is_full: bool) -> int | None:
        size = self.sizes.get(server)
        if is_full:
            size = self.full.get(server, size)
        if size is not None and is_quick:
            return max(size // QUICK_SHRINK, self.least)
        return size


def sizes(milepost: int, fasttrackml: int, mlflow: int) -> dict[str, int]:
    return {"milepost": milepost, "fasttrackml": fasttrackml, "mlflow": mlflow}


WORKLOADS = [
    Workload("log-metric-1", "log-metric, 1 connection", "req", 1_500, 4_000,
             log_metric(1), sizes(4_000, 1_500, 100), {}, 20),
    Workload("log-metric-32", "log-metric, 32 connections", "req", 5_000, 8_000,
             log_metric(32), sizes(16_000, 3_200, 320), {}, 64),
    Workload("log-batch-metrics", "log-batch of 1,000 metrics, 8 connections", "points",
             400_000, 700_000, log_batch_metrics(8), sizes(800, 80, 16), {}, 8),
    Workload("log-batch-params", "log-batch of 100 params + 100 tags, 8 connections", "req",
             500, 1_000, log_batch_params, sizes(1_200, 160, 40), {}, 16),
    Workload("whole-run", "whole run (create, 10 params + 5 metrics, finish), 16 connections",
             "runs", 800, 1_500, whole_run, sizes(2_400, 480, 64), {}, 16),
    Workload("history-100k", "history of 100 k points, paged as JSON", "points",
             600_000, 1_500_000, history(100_000), sizes(12, 4, 1), {}, 1),
    Workload("history-1m", "history of 1 M points, paged as JSON", "points",
             600_000, 1_500_000, history(1_000_000),
             {"milepost": 2, "fasttrackml": 1}, {"mlflow": 1}, 1),
    Workload("bulk-1x100k", "bulk-interval, 1 run × 100 k points", "req", 10, 3,
             bulk_interval(1, 100_000), sizes(200, 5, 8), {}, 5, "latency"),
    Workload("bulk-10x10k", "bulk-interval, 10 runs × 10 k points", "req", 30, 10,
             bulk_interval(10, 10_000), sizes(100, 5, 8), {}, 5, "latency"),
    Workload("artifact-up", "one large artifact up", "MB", 400, 800,
             large_up, {"milepost": 1_000, "mlflow": 1_000}, {}, 100),
    Workload("artifact-down", "one large artifact down", "MB", 400, 1_000,
             large_down, {"milepost": 1_000, "mlflow": 1_000}, {}, 100),
    Workload("artifacts-small-up", "artifacts of 10 KB up, 8 connections", "files", 1_500, 3_000,
             small_up, {"milepost": 1_000, "mlflow": 1_000}, {}, 100),
    Workload("artifacts-small-down", "artifacts of 10 KB down, 8 connections", "files",
             2_500, 5_000, small_down, {"milepost": 1_000, "mlflow": 1_000}, {}, 100),
    Workload("artifacts-list", "list of a folder with 10,000 artifacts", "lists", 10, 20,
             listing, {"milepost": 40, "mlflow": 8}, {}, 4),
]  # fmt: skip


# On PostgreSQL; what has no figure there is measured all the same.
POSTGRES_MUST = {"log-metric-32": 1_500, "log-batch-metrics": 250_000, "whole-run": 300}


def workloads_on(database: str) -> list[Workload]:
    """The workloads, with what Milepost must reach on that kind of database."""
    if database == "sqlite":
        return WORKLOADS
    return [
        workload._replace(must=POSTGRES_MUST.get(workload.name), aims=None)
        for workload in WORKLOADS
    ]
