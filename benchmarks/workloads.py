"""What is measured. Each workload prepares, is driven, and checks what the server then answers."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.load import Requests, call, fixed, get, post
from benchmarks.servers import Server

PAGE_POINTS = 25_000
BASE_TIME_MS = 1_760_000_000_000


class Plan(NamedTuple):
    """A prepared load: what each connection sends, how many units it is, how to check it."""

    connections: list[Requests]
    units: int
    check: Callable[[], None]


class Workload(NamedTuple):
    """`sizes` says how much each server gets, so that slow ones finish; figures are per unit."""

    name: str
    title: str
    unit: str
    sizes: dict[str, int]
    prepare: Callable[[Server, int], Plan]
    must: float
    aims: float
    # "rate": units per CPU-second of the server, more is better; "latency": ms, less is better.
    kind: str = "rate"


def value_at(step: int, key: int = 0) -> float:
    """A noisy, falling loss, the same at every call."""
    noise = random.Random(step * 31 + key).gauss(0, 0.05)
    return 2 * math.exp(-step / 3000) + noise + key


def metric(key: str, step: int, number: int = 0) -> dict[str, Any]:
    return {
        "key": key,
        "value": value_at(step, number),
        "timestamp": BASE_TIME_MS + step * 137,
        "step": step,
    }


def new_experiment(server: Server, name: str) -> str:
    answer = call(server.url, "POST", "experiments/create", {"name": name})
    return str(answer["experiment_id"])


def new_run(server: Server, experiment: str) -> str:
    body = {"experiment_id": experiment, "start_time": BASE_TIME_MS}
    run_id: str = call(server.url, "POST", "runs/create", body)["run"]["info"]["run_id"]
    return run_id


def run_data(server: Server, run_id: str) -> dict[str, Any]:
    data: dict[str, Any] = call(server.url, "GET", f"runs/get?run_id={run_id}")["run"]["data"]
    return data


def same(found: Any, wanted: Any, what: str) -> None:
    if found != wanted:
        raise SystemExit(f"wrong answer: {what} is {found!r}, not {wanted!r}")


# --- writing -----------------------------------------------------------------------------------


def log_metric(connections: int) -> Callable[[Server, int], Plan]:
    """Single points, each connection to a run of its own."""

    def prepare(server: Server, size: int) -> Plan:
        experiment = new_experiment(server, f"log-metric-{connections}")
        runs = [new_run(server, experiment) for _ in range(connections)]
        each = size // connections

        def requests(run_id: str) -> Requests:
            bodies = ({"run_id": run_id, **metric("loss", step)} for step in range(each))
            return fixed([post("runs/log-metric", body) for body in bodies])

        def check() -> None:
            for run_id in runs:
                last = run_data(server, run_id)["metrics"][0]
                same((last["step"], last["value"]), (each - 1, value_at(each - 1)), "the latest")

        return Plan([requests(run_id) for run_id in runs], each * connections, check)

    return prepare


def log_batch_metrics(server: Server, size: int) -> Plan:
    """Batches of 1,000 points, 10 keys by 100 steps, on 8 connections; `size` is batches."""
    experiment = new_experiment(server, "log-batch-metrics")
    runs = [new_run(server, experiment) for _ in range(8)]
    each = size // 8

    def body(run_id: str, batch: int) -> dict[str, Any]:
        steps = range(batch * 100, batch * 100 + 100)
        return {
            "run_id": run_id,
            "metrics": [metric(f"k{k}", step, k) for k in range(10) for step in steps],
        }

    def requests(run_id: str) -> Requests:
        return fixed([post("runs/log-batch", body(run_id, batch)) for batch in range(each)])

    def check() -> None:
        for run_id in runs:
            latest = {m["key"]: m["value"] for m in run_data(server, run_id)["metrics"]}
            wanted = {f"k{k}": value_at(each * 100 - 1, k) for k in range(10)}
            same(latest, wanted, "the latest of ten keys")
        path = f"metrics/get-history?run_id={runs[0]}&metric_key=k3&max_results={PAGE_POINTS}"
        found = [m["value"] for m in call(server.url, "GET", path)["metrics"]]
        same(found, [value_at(step, 3) for step in range(each * 100)][:PAGE_POINTS], "a history")

    return Plan([requests(run_id) for run_id in runs], each * 8 * 1000, check)


def log_batch_params(server: Server, size: int) -> Plan:
    """100 params and 100 tags to a fresh run a request, on 8 connections."""
    experiment = new_experiment(server, "log-batch-params")
    runs = [new_run(server, experiment) for _ in range(size // 8 * 8)]

    def body(run_id: str) -> dict[str, Any]:
        return {
            "run_id": run_id,
            "params": [{"key": f"p{n}", "value": f"value {n}"} for n in range(100)],
            "tags": [{"key": f"t{n}", "value": f"value {n}"} for n in range(100)],
        }

    def check() -> None:
        data = run_data(server, runs[-1])
        params = {param["key"]: param["value"] for param in data["params"]}
        same(params, {f"p{n}": f"value {n}" for n in range(100)}, "the params")
        tags = {tag["key"]: tag["value"] for tag in data["tags"]}
        same([tags.get(f"t{n}") for n in range(100)], [f"value {n}" for n in range(100)], "tags")

    loads = [fixed([post("runs/log-batch", body(r)) for r in runs[n::8]]) for n in range(8)]
    return Plan(loads, len(runs), check)


def whole_run(server: Server, size: int) -> Plan:
    """Create, one batch of 10 params and 5 metrics, finish: three requests, on 16 connections."""
    experiment = new_experiment(server, "whole-run")
    each = size // 16
    create = post("runs/create", {"experiment_id": experiment, "start_time": BASE_TIME_MS})
    finished: list[str] = []

    def requests() -> Requests:
        state = {"left": each, "stage": 0, "run_id": ""}

        def next_request(answer: bytes | None) -> bytes | None:
            stage = state["stage"]
            if stage == 0:
                if not state["left"]:
                    return None
                state["left"] -= 1  # type: ignore[operator]
                state["stage"] = 1
                return create
            run_id = state["run_id"]
            if stage == 1:
                run_id = json.loads(answer or b"")["run"]["info"]["run_id"]
                state["run_id"], state["stage"] = run_id, 2
                return post("runs/log-batch", {"run_id": run_id, **BATCH_OF_A_RUN})
            state["stage"] = 0
            finished.append(str(run_id))
            end = {"run_id": run_id, "status": "FINISHED", "end_time": BASE_TIME_MS + 9}
            return post("runs/update", end)

        return Requests(next_request)

    def check() -> None:
        same(len(finished), each * 16, "the number of runs")
        answer = call(server.url, "GET", f"runs/get?run_id={finished[-1]}")["run"]
        same(answer["info"]["status"], "FINISHED", "the status")
        same(len(answer["data"]["params"]), 10, "the number of params")
        same(len(answer["data"]["metrics"]), 5, "the number of metrics")

    return Plan([requests() for _ in range(16)], each * 16, check)


BATCH_OF_A_RUN = {
    "params": [{"key": f"p{n}", "value": str(n)} for n in range(10)],
    "metrics": [metric(f"m{n}", 0, n) for n in range(5)],
}


# --- reading -----------------------------------------------------------------------------------


def seed_history(server: Server, runs: int, points: int, name: str) -> list[str]:
    """Runs with `points` points of one key each, through log-batch."""
    from benchmarks.load import drive

    experiment = new_experiment(server, name)
    ids = [new_run(server, experiment) for _ in range(runs)]
    batches = []
    for run_id in ids:
        for start in range(0, points, 1000):
            steps = range(start, min(start + 1000, points))
            body = {"run_id": run_id, "metrics": [metric("loss", step) for step in steps]}
            batches.append(post("runs/log-batch", body))
    drive(server.port, [fixed(batches[n::4]) for n in range(4)])
    for run_id in ids:
        call(server.url, "POST", "runs/update", {"run_id": run_id, "status": "FINISHED"})
    return ids


def history(server: Server, size: int) -> Plan:
    """One series of `size` points, read page by page to the end, `size` times two."""
    run_id = seed_history(server, 1, size, f"history-{size}")[0]
    path = f"metrics/get-history?run_id={run_id}&metric_key=loss&max_results={PAGE_POINTS}"
    first = get(path)
    pages: list[bytes] = []

    def next_request(answer: bytes | None) -> bytes | None:
        if answer is None:
            return first
        pages.append(answer)
        token = token_in(answer)
        return get(f"{path}&page_token={token}") if token else None

    def check() -> None:
        found = [m for page in pages for m in json.loads(page)["metrics"]]
        same(len(found), size, "the number of points")
        same([m["step"] for m in found], list(range(size)), "the steps")
        for step in range(0, size, 997):
            same(found[step]["value"], value_at(step), f"the value at {step}")

    return Plan([Requests(next_request)], size, check)


def token_in(answer: bytes) -> str | None:
    """The next_page_token near the end of an answer, without decoding megabytes in the load."""
    at = answer.rfind(b"next_page_token")
    if at < 0:
        return None
    token = answer[at:].split(b'"')[2].decode()
    return token.replace("=", "%3D").replace("+", "%2B")


def bulk_interval(runs: int, points: int) -> Callable[[Server, int], Plan]:
    """Sampled histories of some runs at once, asked `size` times on one connection."""

    def prepare(server: Server, size: int) -> Plan:
        ids = seed_history(server, runs, points, f"bulk-{runs}")
        query = "&".join(f"run_ids={run_id}" for run_id in ids)
        path = (
            "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval"
            f"?{query}&metric_key=loss&max_results=2500"
        )
        answer = call(server.url, "GET", path)["metrics"]

        def check() -> None:
            same(len(answer), runs * 2500, "the number of samples")
            for run_id in ids:
                mine = [m for m in answer if m["run_id"] == run_id]
                same(mine[0]["step"], 0, "the first step")
                same(mine[-1]["step"], points - 1, "the last step")
                for m in mine[::100]:
                    same(m["value"], value_at(m["step"]), "a sampled value")

        return Plan([fixed([get(path)] * size)], size, check)

    return prepare


WORKLOADS = [
    Workload("log-metric-1", "log-metric, 1 connection", "req",
             {"milepost": 3_000, "fasttrackml": 1_500, "mlflow": 200}, log_metric(1), 1_500, 4_000),
    Workload("log-metric-32", "log-metric, 32 connections", "req",
             {"milepost": 16_000, "fasttrackml": 3_200, "mlflow": 640}, log_metric(32),
             5_000, 8_000),
    Workload("log-batch-metrics", "log-batch of 1,000 metrics, 8 connections", "points",
             {"milepost": 320, "fasttrackml": 40, "mlflow": 16}, log_batch_metrics,
             400_000, 700_000),
    Workload("log-batch-params", "log-batch of 100 params + 100 tags, 8 connections", "req",
             {"milepost": 800, "fasttrackml": 160, "mlflow": 40}, log_batch_params, 500, 1_000),
    Workload("whole-run", "whole run (create, 10 params, 5 metrics, finish), 16 connections",
             "runs", {"milepost": 1_600, "fasttrackml": 320, "mlflow": 64}, whole_run, 800, 1_500),
    Workload("history-100k", "history of 100 k points, paged as JSON", "points",
             {"milepost": 100_000, "fasttrackml": 100_000, "mlflow": 100_000}, history,
             600_000, 1_500_000),
    Workload("history-1m", "history of 1 M points, paged as JSON", "points",
             {"milepost": 1_000_000, "fasttrackml": 1_000_000}, history, 600_000, 1_500_000),
    Workload("bulk-1x100k", "bulk-interval, 1 run × 100 k points", "req",
             {"milepost": 100, "fasttrackml": 1, "mlflow": 5}, bulk_interval(1, 100_000),
             10, 3, "latency"),
    Workload("bulk-10x10k", "bulk-interval, 10 runs × 10 k points", "req",
             {"milepost": 100, "fasttrackml": 1, "mlflow": 5}, bulk_interval(10, 10_000),
             30, 10, "latency"),
]  # fmt: skip
