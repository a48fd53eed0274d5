"""Workloads that write: each prepares a load, and checks afterwards what the server answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.data import (
    BASE_TIME_MS,
    WrongAnswer,
    check_series,
    metric,
    new_experiment,
    new_run,
    run_data,
    same,
    value_at,
)
from benchmarks.load import Requests, call, fixed, post
from benchmarks.servers import Server

KEYS = 10
BATCH_STEPS = 100
BATCH_CONNECTIONS = 8
RUN_CONNECTIONS = 16
SAMPLE = 40
# More than a server puts off before it first tidies up, so that what it loads for that is loaded.
WARM_REQUESTS = {"milepost": 300, "fasttrackml": 300, "mlflow": 20}


class Plan(NamedTuple):
    """A prepared load.

    `warm` is sent first and not measured; `connections` is what each connection sends, `units`
    how much that is, and `check` raises `WrongAnswer` if the server lost or changed any of it.
    """

    warm: list[Requests]
    connections: list[Requests]
    units: int
    check: Callable[[], None]


def log_metric(connections: int) -> Callable[[Server, int, int], Plan]:
    """Single points; every connection logs to a run of its own, a new step each time."""

    def prepare(server: Server, size: int, _shrink: int) -> Plan:
        experiment = new_experiment(server, f"log-metric-{connections}")
        runs = [new_run(server, experiment) for _ in range(connections)]
        each = size // connections

        def requests(run_id: str, count: int) -> Requests:
            bodies = ({"run_id": run_id, **metric("loss", step)} for step in range(count))
            return fixed([post("runs/log-metric", body) for body in bodies])

        def check() -> None:
            for run_id in runs:
                last = run_data(server, run_id)["metrics"][0]
                same((last["step"], last["value"]), (each - 1, value_at(each - 1)), "the latest")
                check_series(server, run_id, "loss", 0, each)

        warm = requests(new_run(server, experiment), WARM_REQUESTS[server.name])
        return Plan([warm], [requests(run_id, each) for run_id in runs], each * connections, check)

    return prepare


def batch_of(run_id: str, batch: int, first_key: int = 0) -> bytes:
    """The request that logs 1,000 points: ten keys by a hundred steps."""
    steps = range(batch * BATCH_STEPS, (batch + 1) * BATCH_STEPS)
    points = [
        metric(f"k{k}", step, k) for k in range(first_key, first_key + KEYS) for step in steps
    ]
    return post("runs/log-batch", {"run_id": run_id, "metrics": points})


def log_batch_metrics(connections: int) -> Callable[[Server, int, int], Plan]:
    """Batches of 1,000 points, each connection to a run of its own; `size` is batches."""

    def prepare(server: Server, size: int, _shrink: int) -> Plan:
        experiment = new_experiment(server, f"log-batch-metrics-{connections}")
        runs = [new_run(server, experiment) for _ in range(connections)]
        each = size // connections
        steps = each * BATCH_STEPS

        def check() -> None:
            for run_id in runs:
                latest = {m["key"]: m["value"] for m in run_data(server, run_id)["metrics"]}
                wanted = {f"k{k}": value_at(steps - 1, k) for k in range(KEYS)}
                same(latest, wanted, "the latest of ten keys")
                for k in range(KEYS):
                    check_series(server, run_id, f"k{k}", k, steps)

        warm_run = new_run(server, experiment)
        warm = fixed([batch_of(warm_run, n) for n in range(WARM_REQUESTS[server.name] // 10)])
        loads = [fixed([batch_of(run_id, n) for n in range(each)]) for run_id in runs]
        return Plan([warm], loads, connections * steps * KEYS, check)

    return prepare


def log_batch_params(server: Server, size: int, _shrink: int) -> Plan:
    """100 params and 100 tags to a fresh run a request; the runs are there before."""
    experiment = new_experiment(server, "log-batch-params")
    texts = [f"value {n}" for n in range(100)]

    def body(run_id: str) -> dict[str, Any]:
        return {
            "run_id": run_id,
            "params": [{"key": f"p{n}", "value": text} for n, text in enumerate(texts)],
            "tags": [{"key": f"t{n}", "value": text} for n, text in enumerate(texts)],
        }

    def fresh(count: int) -> list[str]:
        return [new_run(server, experiment) for _ in range(count)]

    runs = fresh(size // BATCH_CONNECTIONS * BATCH_CONNECTIONS)
    warm = [post("runs/log-batch", body(run_id)) for run_id in fresh(5)]

    def check() -> None:
        for run_id in [*runs[:: len(runs) // SAMPLE + 1], runs[-1]]:
            data = run_data(server, run_id)
            params = {param["key"]: param["value"] for param in data["params"]}
            same(params, {f"p{n}": text for n, text in enumerate(texts)}, "the params")
            tags = {tag["key"]: tag["value"] for tag in data["tags"]}
            same([tags.get(f"t{n}") for n in range(100)], texts, "the tags")

    loads = [
        fixed([post("runs/log-batch", body(run_id)) for run_id in runs[n::BATCH_CONNECTIONS]])
        for n in range(BATCH_CONNECTIONS)
    ]
    return Plan([fixed(warm)], loads, len(runs), check)


RUN_PARAMS = [{"key": f"p{n}", "value": str(n)} for n in range(10)]
RUN_METRICS = [metric(f"m{n}", 0, n) for n in range(5)]
# As long as a run's id, so that Content-Length stays right when it is replaced.
ID_TO_COME = "0" * 32
RUN_ID = re.compile(rb'"run_id":\s*"([^"]{32})"')


def whole_runs(count: int, experiment: str, finished: list[str]) -> Requests:
    """One connection: create a run, log one batch to it, finish it; `count` times."""
    to_come = ID_TO_COME.encode()
    create = post("runs/create", {"experiment_id": experiment, "start_time": BASE_TIME_MS})
    log = post(
        "runs/log-batch", {"run_id": ID_TO_COME, "params": RUN_PARAMS, "metrics": RUN_METRICS}
    )
    end = {"run_id": ID_TO_COME, "status": "FINISHED", "end_time": BASE_TIME_MS + 9}
    finish = post("runs/update", end)
    stage = run = 0
    run_id = b""

    def next_request(answer: bytes | None) -> bytes | None:
        nonlocal stage, run, run_id
        stage = (stage + 1) % 3
        if stage == 1:
            if answer is not None:
                finished.append(run_id.decode())
            run += 1
            return create if run <= count else None
        if stage == 2:
            found = RUN_ID.search(answer or b"")
            if not found:
                raise WrongAnswer(f"runs/create answered {answer!r}")
            run_id = found[1]
            return log.replace(to_come, run_id)
        return finish.replace(to_come, run_id)

    return Requests(next_request)


def whole_run(server: Server, size: int, _shrink: int) -> Plan:
    """Create, one batch of 10 params and 5 metrics, finish: three requests a run."""
    experiment = new_experiment(server, "whole-run")
    warm_experiment = new_experiment(server, "whole-run-warm")
    each = size // RUN_CONNECTIONS
    finished: list[str] = []

    def check() -> None:
        found: list[dict[str, Any]] = []
        token = ""
        while True:
            body = {"experiment_ids": [experiment], "max_results": 1000, "page_token": token}
            answer = call(server.url, "POST", "runs/search", body)
            found += answer.get("runs", [])
            token = answer.get("next_page_token", "")
            if not token:
                break
        same(sorted(run["info"]["run_id"] for run in found), sorted(finished), "the runs")
        same(len(found), each * RUN_CONNECTIONS, "the number of runs")
        for run in found:
            same(run["info"]["status"], "FINISHED", "the status")
            params = sorted(run["data"]["params"], key=lambda param: str(param["key"]))
            same(params, RUN_PARAMS, "the params")
            metrics = {m["key"]: m["value"] for m in run["data"]["metrics"]}
            same(metrics, {m["key"]: m["value"] for m in RUN_METRICS}, "the metrics")

    loads = [whole_runs(each, experiment, finished) for _ in range(RUN_CONNECTIONS)]
    return Plan([whole_runs(5, warm_experiment, [])], loads, each * RUN_CONNECTIONS, check)
