"""Paths and methods: what is served where, and what is answered where nothing is."""

from __future__ import annotations

from tests.exchanges.scenario import EXPERIMENT, RUN, Json, Scenarios, Step, get, post, table

AJAX = "/ajax-api/2.0/mlflow/"


def under(prefix: str) -> list[Step]:
    """A sample of calls under another prefix."""
    one: Json = {"experiment_id": "{experiment}"}
    run: Json = {"run_id": "{run}"}
    return [
        get(prefix + "experiments/get", one),
        get(prefix + "experiments/get-by-name", {"experiment_name": "{name}"}),
        post(prefix + "experiments/update", {**one, "new_name": "{name} anew"}),
        post(prefix + "experiments/set-experiment-tag", {**one, "key": "a", "value": "1"}),
        post(prefix + "runs/set-tag", {**run, "key": "a", "value": "1"}),
        post(prefix + "runs/log-metric", {**run, "key": "m", "value": 1, "timestamp": 2}),
        post(prefix + "runs/log-parameter", {**run, "key": "p", "value": "1"}),
        post(prefix + "runs/log-batch", {**run, "tags": [{"key": "b", "value": "1"}]}),
        get(prefix + "runs/get", run),
        get(prefix + "metrics/get-history", {**run, "metric_key": "m"}),
        post(prefix + "runs/search", {"experiment_ids": ["{experiment}"]}),
        post(prefix + "runs/update", {**run, "status": "FINISHED", "end_time": 3}),
        post(prefix + "runs/delete-tag", {**run, "key": "a"}),
        post(prefix + "runs/delete", run),
        post(prefix + "runs/restore", run),
        post(prefix + "experiments/delete", one),
        post(prefix + "experiments/restore", one),
    ]


def other(method: str, path: str) -> Step:
    return Step(method, path)


SAMPLES: dict[str, Step | list[Step]] = {
    "a sample at /ajax-api": under(AJAX),
    "a sample at /api": under("/api/2.0/mlflow/"),
}
NOWHERE: dict[str, Step | list[Step]] = {
    "an unknown call": post("runs/log-nothing", {}),
    "an unknown call by GET": get("runs/nothing"),
    "an unknown version": get("/api/9.0/mlflow/runs/get", {"run_id": "x"}),
    "version 3": get("/api/3.0/mlflow/runs/get", {"run_id": "x"}),
    "no version": get("/api/mlflow/runs/get"),
    "capitals": get("Runs/Get", {"run_id": "x"}),
    "a slash at the end": get("runs/get/", {"run_id": "x"}),
    "two slashes": get("/api/2.0//mlflow/runs/get", {"run_id": "x"}),
    "a point as a step": get("/api/2.0/mlflow/./runs/get", {"run_id": "x"}),
    "an escaped slash": get("/api/2.0/mlflow/runs%2Fget", {"run_id": "x"}),
    "an escaped letter": get("/api/2.0/mlflow/runs/%67et", {"run_id": "x"}),
    "POST where GET is served": post("runs/get", {"run_id": "x"}),
    "GET where POST is served": get("runs/log-metric"),
    "PUT where POST is served": other("PUT", "runs/log-metric"),
    "DELETE where POST is served": other("DELETE", "runs/delete"),
    "PATCH where POST is served": other("PATCH", "runs/update"),
    "HEAD where GET is served": other("HEAD", "experiments/get?experiment_id=0"),
    "HEAD of an unknown call": other("HEAD", "runs/nothing"),
    "a made-up method": other("MAKE", "runs/get"),
    "health": get("/health"),
    "health by HEAD": other("HEAD", "/health"),
    "health by POST": other("POST", "/health"),
    "version": get("/version", show="status"),
    "the server's information": get("/api/3.0/mlflow/server-info", show="status"),
}

SCENARIOS: Scenarios = {
    **table(SAMPLES, [EXPERIMENT, RUN]),
    **table(NOWHERE),
}
