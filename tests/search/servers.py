"""Two servers that hold the same worlds: the official one over HTTP, and ours with the same ids."""

from __future__ import annotations

import json
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from milepost.api.context import Context
from milepost.api.table import HANDLERS
from milepost.artifacts.places import Places
from milepost.errors import MilepostError
from milepost.store.runs import NewRun
from milepost.wire import messages as wire
from tests.search.cases import Case
from tests.search.worlds import World
from tests.store.driver import Driver

API = "/api/2.0/mlflow/"
ROUTES = {
    "create_experiment": ("POST", "experiments/create"),
    "delete_experiment": ("POST", "experiments/delete"),
    "get_experiment": ("GET", "experiments/get"),
    "create_run": ("POST", "runs/create"),
    "log_batch": ("POST", "runs/log-batch"),
    "log_inputs": ("POST", "runs/log-inputs"),
    "update_run": ("POST", "runs/update"),
    "delete_run": ("POST", "runs/delete"),
    "search_runs": ("POST", "runs/search"),
    "search_experiments": ("POST", "experiments/search"),
}
Json = dict[str, Any]


class Answer(NamedTuple):
    """Ids in the order found, or the status and message of a refusal."""

    ids: list[str] | None
    status: int = 200
    message: str = ""


class Planted(NamedTuple):
    """What a server gave a world: ids and times, by index."""

    experiment_ids: list[str]
    created: list[int]
    updated: list[int]
    run_ids: list[str]


class Server:
    """What both can do; `call` raises `Refused`."""

    def call(self, rpc: str, **body: Any) -> Json:
        raise NotImplementedError

    def ask(self, case: Case, planted: Planted) -> Answer:
        """The answer to a case, with the placeholders of its texts filled in."""
        body: Json = {"max_results": 1000}
        if case.filter is not None:
            body["filter"] = filled(case.filter, planted)
        if case.order_by:
            body["order_by"] = [filled(text, planted) for text in case.order_by]
        try:
            if case.kind == "experiments":
                found = self.call("search_experiments", view_type=case.view, **body)
                return Answer([e["experiment_id"] for e in found.get("experiments", [])])
            body["experiment_ids"] = [planted.experiment_ids[i] for i in case.experiments]
            found = self.call("search_runs", run_view_type=case.view, **body)
            return Answer([run["info"]["run_id"] for run in found.get("runs", [])])
        except Refused as error:
            return Answer(None, error.status, error.message)


class Refused(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message


def filled(text: str, planted: Planted) -> str:
    for number, run_id in enumerate(planted.run_ids):
        text = text.replace(f"{{run{number}}}", run_id)
    for number, time in enumerate(planted.created):
        text = text.replace(f"{{time{number}}}", str(time))
    return text


def tags_of(tags: dict[str, str]) -> list[Json]:
    return [{"key": key, "value": value} for key, value in tags.items()]


def plant_run(server: Server, run_id: str, made: Any) -> None:
    metrics = [
        {"key": key, "step": s, "timestamp": t, "value": "NaN" if v != v else v}
        for key, points in made.metrics.items()
        for s, t, v in points
    ]
    server.call("log_batch", run_id=run_id, metrics=metrics, params=tags_of(made.params),
                tags=tags_of(made.tags))  # fmt: skip
    inputs = [
        {
            "tags": [{"key": "mlflow.data.context", "value": context}] if context else [],
            "dataset": {"name": name, "digest": digest, "source_type": "x", "source": "{}"},
        }
        for name, digest, context in made.datasets
    ]
    if inputs:
        server.call("log_inputs", run_id=run_id, datasets=inputs)
    changes: Json = {"status": made.status}
    if made.end_time is not None:
        changes["end_time"] = made.end_time
    server.call("update_run", run_id=run_id, **changes)
    if made.is_deleted:
        server.call("delete_run", run_id=run_id)


class Official(Server):
    def __init__(self, url: str) -> None:
        self.url = url

    def call(self, rpc: str, **body: Any) -> Json:
        method, path = ROUTES[rpc]
        url = self.url + API + path
        data = json.dumps(body).encode()
        if method == "GET":
            url += "?" + "&".join(f"{key}={value}" for key, value in body.items())
            data = None
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                found: Json = json.loads(answer.read())
                return found
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")
            try:
                message = json.loads(text).get("message", "")
            except ValueError:
                message = text[:200]
            raise Refused(error.code, message) from None

    def plant(self, world: World) -> Planted:
        ids, created, updated, runs = [], [], [], []
        for made in world.experiments:
            found = self.call("create_experiment", name=made.name, tags=tags_of(made.tags),
                              artifact_location="mlflow-artifacts:/x")  # fmt: skip
            ids.append(found["experiment_id"])
            if made.is_deleted:
                self.call("delete_experiment", experiment_id=ids[-1])
            found = self.call("get_experiment", experiment_id=ids[-1])["experiment"]
            created.append(found["creation_time"])
            updated.append(found["last_update_time"])
        for run in world.runs:
            answer = self.call("create_run", experiment_id=ids[run.experiment],
                               start_time=run.start_time, run_name=run.name)  # fmt: skip
            runs.append(answer["run"]["info"]["run_id"])
            plant_run(self, runs[-1], run)
        return Planted(ids, created, updated, runs)


class Ours(Server):
    """Milepost's handlers over a store of its own, in this process."""

    def __init__(self, uri: str | None = None) -> None:
        """On a database of its own, or on the one at `uri`."""
        self.folder = tempfile.TemporaryDirectory(prefix="milepost-")
        self.driver = Driver(uri or f"sqlite:///{self.folder.name}/ours.db")
        folder = Path(self.folder.name)
        places = Places(str(folder / "artifacts"), [], folder / "staging")
        self.context = Context(self.driver.store, places, 2**20)

    def call(self, rpc: str, **body: Any) -> Json:
        kind = "".join(word.capitalize() for word in rpc.split("_"))
        request = msgspec.convert(body, getattr(wire, kind), strict=False)
        try:
            answer = self.driver.run(HANDLERS[rpc](self.context, request))
        except MilepostError as error:
            raise Refused(error.http_status, error.message) from None
        found: Json = json.loads(msgspec.json.encode(answer or {}))
        return found

    def plant(self, world: World, planted: Planted) -> None:
        """The world with the ids and times that the other server gave it."""
        for at, made in enumerate(world.experiments):
            found = self.call("create_experiment", name=made.name, tags=tags_of(made.tags),
                              artifact_location="mlflow-artifacts:/x")  # fmt: skip
            assert found["experiment_id"] == planted.experiment_ids[at]
            if made.is_deleted:
                self.call("delete_experiment", experiment_id=found["experiment_id"])
            self.set_times(planted.experiment_ids[at], planted.created[at], planted.updated[at])
        for at, run in enumerate(world.runs):
            experiment = int(planted.experiment_ids[run.experiment])
            self.driver.create_run(
                NewRun(planted.run_ids[at], experiment, run.name, "", run.start_time,
                       {"mlflow.runName": run.name})
            )  # fmt: skip
            plant_run(self, planted.run_ids[at], run)

    def set_times(self, experiment_id: str, created: int, updated: int) -> None:
        def change(transaction: Any) -> None:
            transaction.execute(
                "UPDATE experiments SET creation_time = ?, last_update_time = ? WHERE id = ?",
                (created, updated, int(experiment_id)),
            )

        self.driver.store._writer.submit_blocking(change)

    def close(self) -> None:
        self.driver.close()
        self.folder.cleanup()
