"""Workloads that read: each finds or writes its histories, reads them, and checks every point."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from benchmarks.data import (
    check_points,
    history_path,
    metric,
    new_experiment,
    new_run,
    same,
    time_at,
    value_at,
)
from benchmarks.load import Requests, call, drive, fixed, get, post
from benchmarks.servers import Server
from benchmarks.writing import Plan

SEED_BATCH = 1_000
SAMPLES = 2_500


def seeded(server: Server, runs: int, points: int) -> list[str]:
    """Finished runs with `points` points of one key each; written once a server, then shared.

    One connection, so that every server has them in the order of their steps.
    """
    if (runs, points) in server.seeds:
        return server.seeds[runs, points]
    experiment = new_experiment(server, f"history-{runs}-{points}")
    ids = [new_run(server, experiment) for _ in range(runs)]
    for run_id in ids:
        batches = []
        for start in range(0, points, SEED_BATCH):
            steps = range(start, min(start + SEED_BATCH, points))
            body = {"run_id": run_id, "metrics": [metric("loss", step) for step in steps]}
            batches.append(post("runs/log-batch", body))
        drive(server.port, [fixed(batches)])
        call(server.url, "POST", "runs/update", {"run_id": run_id, "status": "FINISHED"})
    server.settle()
    server.seeds[runs, points] = ids
    return ids


def history(points: int) -> Callable[[Server, int, int], Plan]:
    """One series read page by page to the end, on one connection, `size` times over."""

    def prepare(server: Server, size: int, shrink: int) -> Plan:
        total = points // shrink
        run_id = seeded(server, 1, total)[0]
        first = get(history_path(run_id, "loss"))
        pages: list[bytes] = []
        passes = 0

        def next_request(answer: bytes | None) -> bytes | None:
            nonlocal passes
            if answer is not None:
                pages.append(answer)
                token = token_in(answer)
                if token:
                    return get(history_path(run_id, "loss", token))
                passes += 1
            return first if passes < size else None

        def check() -> None:
            each = len(pages) // size
            for start in range(0, len(pages), each):
                found = [
                    m for page in pages[start : start + each] for m in json.loads(page)["metrics"]
                ]
                check_points(found, 0, total)

        return Plan([fixed([first])], [Requests(next_request)], total * size, check)

    return prepare


def token_in(answer: bytes) -> str:
    """The next_page_token near the end of an answer, without decoding megabytes in the load."""
    at = answer.rfind(b'"next_page_token"')
    return answer[at:].split(b'"')[3].decode() if at >= 0 else ""


def bulk_interval(runs: int, points: int) -> Callable[[Server, int, int], Plan]:
    """Sampled histories of some runs at once, asked `size` times on one connection."""

    def prepare(server: Server, size: int, shrink: int) -> Plan:
        total = points // shrink
        ids = seeded(server, runs, total)
        query = "&".join(f"run_ids={run_id}" for run_id in ids)
        path = (
            "/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval"
            f"?{query}&metric_key=loss&max_results={SAMPLES}"
        )
        call(server.url, "GET", path)  # raises Refused where there is no such route
        answers: list[bytes] = []
        left = size

        def next_request(answer: bytes | None) -> bytes | None:
            nonlocal left
            if answer is not None:
                answers.append(answer)
            left -= 1
            return get(path) if left >= 0 else None

        def check() -> None:
            same(len(set(answers)), 1, "the number of different answers")
            check_samples(json.loads(answers[0])["metrics"], ids, total)

        return Plan([fixed([get(path)] * 2)], [Requests(next_request)], size, check)

    return prepare


def check_samples(found: list[dict[str, Any]], ids: list[str], total: int) -> None:
    """Of every run as many samples as asked for, from the first point to the last, all true."""
    for run_id in ids:
        mine = [m for m in found if m["run_id"] == run_id]
        steps = [m.get("step", 0) for m in mine]
        same((len(mine), steps[0], steps[-1]), (min(SAMPLES, total), 0, total - 1), "the samples")
        same(steps, sorted(set(steps)), "the steps")
        wanted = [(value_at(step), time_at(step)) for step in steps]
        same([(m["value"], m["timestamp"]) for m in mine], wanted, "the sampled values and times")
