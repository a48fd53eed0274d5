"""The 0.x and 1.x wire on preview paths, as bare HTTP: shapes, units, numbering."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.client import Answer, Client
from tests.servers import RunningServer

PREVIEW = "/api/2.0/preview/mlflow"


class Old(Client):
    """A client of the preview paths."""

    def old(self, rpc: str, **fields: Any) -> Any:
        answer = self.try_old(rpc, **fields)
        assert answer.status == 200, answer
        return answer.json

    def try_old(self, rpc: str, **fields: Any) -> Answer:
        return self.ask("POST", f"{PREVIEW}/{rpc}", fields)

    def old_get(self, rpc: str, **fields: Any) -> Answer:
        """As 0.8 did: a GET with its fields as a JSON body."""
        return self.ask("GET", f"{PREVIEW}/{rpc}", fields)

    def old_run(self, **fields: Any) -> str:
        return str(self.old("runs/create", **fields)["run"]["info"]["run_uuid"])


@pytest.fixture
def client(server: RunningServer) -> Any:
    with Old(server.url) as made:
        yield made


def test_a_run_carries_what_0_8_put_into_its_info(client: Old) -> None:
    made = client.old(
        "runs/create", experiment_id=0, user_id="ada", run_name="old", source_type="PROJECT",
        source_name="main.py", entry_point_name="main", start_time=1_500_000_000_000,
        source_version="abc", tags=[{"key": "t", "value": "1"}],
    )["run"]  # fmt: skip
    info = made["info"]
    assert info["experiment_id"] == "0"
    assert (info["name"], info["user_id"], info["status"]) == ("old", "ada", "RUNNING")
    assert (info["source_type"], info["source_name"]) == ("PROJECT", "main.py")
    assert (info["entry_point_name"], info["source_version"]) == ("main", "abc")
    assert info["run_uuid"] == info["run_id"]
    found = client.old_get("runs/get", run_uuid=info["run_uuid"]).json["run"]
    assert found["info"] == info
    today = client.get("runs/get", run_id=info["run_id"]).json["run"]["data"]["tags"]
    tags = {tag["key"]: tag["value"] for tag in today}
    assert tags["mlflow.source.name"] == "main.py"
    assert tags["mlflow.runName"] == "old"
    assert tags["t"] == "1"


def test_metrics_without_steps_are_numbered_in_the_order_logged(client: Old) -> None:
    run_id = client.old_run()
    for timestamp, value in ((1_500_000_009, 3.0), (1_500_000_001, 1.0), (1_500_000_001, 2.0)):
        client.old("runs/log-metric", run_uuid=run_id, key="m", value=value, timestamp=timestamp)
    batch = [{"key": "m", "value": v, "timestamp": 1_500_000_000} for v in (7.0, 8.0)]
    client.old("runs/log-batch", run_id=run_id, metrics=batch)
    answer = client.old_get("metrics/get-history", run_uuid=run_id, metric_key="m").json
    assert [metric["value"] for metric in answer["metrics"]] == [3.0, 1.0, 2.0, 7.0, 8.0]
    latest = client.old_get("metrics/get", run_uuid=run_id, metric_key="m").json["metric"]
    assert latest["value"] == 8.0
    steps = {step: timestamp for step, timestamp, _ in client.history(run_id, "m")}
    assert steps == {0: 1_500_000_009_000, 1: 1_500_000_001_000, 2: 1_500_000_001_000,
                     3: 1_500_000_000_000, 4: 1_500_000_000_000}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "stored"),
    [(0, 0), (1_500_000_000, 1_500_000_000_000), (10**11 - 1, 10**14 - 1000), (10**11, 10**11),
     (1_500_000_000_000, 1_500_000_000_000)],
)  # fmt: skip
def test_seconds_become_milliseconds_on_preview_paths_only(
    client: Old, given: int, stored: int
) -> None:
    run_id = client.old_run()
    client.old("runs/log-metric", run_id=run_id, key="old", value=1, timestamp=given)
    client.done("runs/log-metric", run_id=run_id, key="new", value=1, timestamp=given)
    assert client.history(run_id, "old")[0][1] == stored
    assert client.history(run_id, "new")[0][1] == given


def test_single_metrics_and_params_are_found_or_named(client: Old) -> None:
    run_id = client.old_run()
    client.old("runs/log-parameter", run_uuid=run_id, key="p", value="1")
    found = client.old_get("params/get", run_uuid=run_id, param_name="p").json
    assert found["parameter"] == {"key": "p", "value": "1"}
    for rpc, field, text in (
        ("params/get", "param_name", "Param 'q' not found under run"),
        ("metrics/get", "metric_key", "Metric 'q' not found under run"),
    ):
        missing = client.old_get(rpc, run_uuid=run_id, **{field: "q"})
        assert (missing.status, missing.code) == (404, "RESOURCE_DOES_NOT_EXIST")
        assert text in missing.message
        nobody = client.old_get(rpc, run_uuid="nobody", **{field: "q"})
        assert "Run with id=nobody not found" in nobody.message


def test_an_experiment_lists_the_infos_of_its_active_runs(client: Old) -> None:
    number = client.old("experiments/create", name="of old")["experiment_id"]
    runs = [client.old_run(experiment_id=int(number), start_time=i) for i in range(3)]
    client.done("runs/delete", run_id=runs[1])
    found = client.old_get("experiments/get", experiment_id=int(number)).json
    assert found["experiment"]["name"] == "of old"
    assert [info["run_uuid"] for info in found["runs"]] == [runs[2], runs[0]]
    listed = client.old_get("experiments/list").json["experiments"]
    assert "of old" in {experiment["name"] for experiment in listed}


def test_update_and_search_answer_in_the_old_shape(client: Old) -> None:
    number = client.old("experiments/create", name="searched of old")["experiment_id"]
    run_id = client.old_run(experiment_id=int(number))
    info = client.old("runs/update", run_uuid=run_id, status="FINISHED", end_time=5)["run_info"]
    assert (info["status"], info["end_time"], info["run_uuid"]) == ("FINISHED", 5, run_id)
    found = client.old("runs/search", experiment_ids=[int(number)])["runs"]
    assert [run["info"] for run in found] == [info]


def clause(kind: str, key: str, comparator: str, value: Any) -> dict[str, Any]:
    """One anded expression as a 0.x client writes it."""
    type = {"metric": "double", "parameter": "string"}[kind]
    return {kind: {"key": key, type: {"comparator": comparator, "value": value}}}


def test_old_searches_find_what_all_expressions_hold_for(client: Old) -> None:
    number = int(client.done("experiments/create", name="anded")["experiment_id"])
    ids = []
    for value, param in ((1.0, "a"), (2.0, "a"), (3.0, "b"), (None, "a")):
        ids.append(client.old_run(experiment_id=number))
        if value is not None:
            client.old("runs/log-metric", run_uuid=ids[-1], key="m", value=value, timestamp=1)
        client.old("runs/log-parameter", run_uuid=ids[-1], key="p", value=param)

    def found(*expressions: Any) -> set[int]:
        answer = client.old("runs/search", experiment_ids=[number], anded_expressions=expressions)
        return {ids.index(run["info"]["run_uuid"]) for run in answer.get("runs", [])}

    assert found(clause("metric", "m", ">", 1)) == {1, 2}
    assert found(clause("metric", "m", "!=", 1), clause("parameter", "p", "=", "a")) == {1}
    assert found(clause("parameter", "p", "!=", "a")) == {2}
    assert found(clause("metric", "m", "<=", "Infinity")) == {0, 1, 2}
    assert found(clause("parameter", "absent", "!=", "a")) == set()


@pytest.mark.parametrize(
    "expression",
    [
        {}, {"metric": {}}, {"foo": {}}, 3, {"metric": {"key": "m", "string": {}}},
        clause("metric", "m", "LIKE", 1), clause("parameter", "p", ">", "a"),
        clause("metric", "m", ">", "x"), clause("parameter", "p", "=", 5),
    ],
)  # fmt: skip
def test_old_expressions_that_mean_nothing_are_refused(client: Old, expression: Any) -> None:
    refused = client.try_old("runs/search", experiment_ids=[0], anded_expressions=[expression])
    assert (refused.status, refused.code) == (400, "INVALID_PARAMETER_VALUE")
    assert "anded_expressions[0]" in refused.message
