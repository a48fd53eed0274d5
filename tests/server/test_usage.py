"""`GET /api/milepost/1.0/usage/get`: scopes, bounds and refusals over HTTP, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests import postgresql
from tests.server.client import Answer, Client
from tests.servers import RunningServer


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    uri = postgresql.new_database() if request.param == "postgres" else ""
    flags = ("--backend-store-uri", uri) if uri else ()
    running = RunningServer(tmp_path_factory.mktemp("server"), *flags)
    with Client(running.url) as made:
        yield made
    running.stop()
    if uri:
        postgresql.drop_database(uri)


@pytest.fixture(scope="module")
def world(client: Client) -> tuple[str, list[str]]:
    """An experiment with three runs, the last one the largest."""
    experiment = str(client.done("experiments/create", name="measured")["experiment_id"])
    ids = []
    for number in range(3):
        run_id = client.new_run(experiment_id=experiment, run_name=f"run {number}")
        params = [{"key": "net", "value": "x" * 1_000 * (number + 1)}]
        metrics = [{"key": "loss", "value": 0.5, "step": step, "timestamp": 1} for step in range(9)]
        client.done("runs/log-batch", run_id=run_id, params=params, metrics=metrics)
        ids.append(run_id)
    return experiment, ids


def ask(client: Client, **query: Any) -> Answer:
    return client.ask("GET", f"/api/milepost/1.0/usage/get?{urlencode(query)}", headers={})


def usage(client: Client, **query: Any) -> Any:
    answer = ask(client, **query)
    assert answer.status == 200, answer
    return answer.json


@pytest.mark.usefixtures("world")
def test_without_words_it_is_told_by_experiment(client: Client) -> None:
    found = usage(client)
    first, default = found["items"]
    assert (first["experiment_name"], first["run_count"], first["point_count"]) == (
        "measured", 3, 27,
    )  # fmt: skip
    assert default["experiment_id"] == "0"
    assert found["item_count"] == 2
    assert found["total"]["total_bytes"] == first["total_bytes"] + default["total_bytes"]
    assert found["database_bytes"] > found["total"]["total_bytes"]


def test_an_experiment_is_told_by_run_and_a_run_by_key(client: Client, world: Any) -> None:
    experiment, ids = world
    runs = usage(client, experiment_id=experiment)
    assert [item["run_id"] for item in runs["items"]] == ids[::-1]
    assert [item["param_bytes"] for item in runs["items"]] == [3_000, 2_000, 1_000]
    keys = usage(client, run_id=ids[0])
    assert {(item["kind"], item["key"]) for item in keys["items"]} >= {
        ("metric", "loss"), ("param", "net"),
    }  # fmt: skip
    assert keys["items"][0]["total_bytes"] == 1_000
    of_all = usage(client, by="key", max_results=1)
    assert (of_all["items"][0]["key"], of_all["items"][0]["total_bytes"]) == ("net", 6_000)
    assert of_all["item_count"] > 1


def test_only_the_largest_are_listed_and_the_total_stays(client: Client, world: Any) -> None:
    experiment = world[0]
    whole = usage(client, experiment_id=experiment)
    one = usage(client, experiment_id=experiment, max_results=1)
    assert one["items"] == whole["items"][:1]
    assert (one["item_count"], one["total"]) == (3, whole["total"])


@pytest.mark.parametrize(
    ("query", "status", "part"),
    [
        ({"by": "user"}, 400, "experiment, run, key"),
        ({"by": "experiment", "run_id": "x"}, 400, "by run or by key"),
        ({"max_results": 0}, 400, "1 to 1,000"),
        ({"max_results": 1_001}, 400, "1 to 1,000"),
        ({"max_results": "many"}, 400, "max_results"),
        ({"experiment_id": "abc"}, 400, "abc"),
        ({"experiment_id": "987654"}, 404, "987654"),
        ({"experiment_id": "9" * 30}, 404, "9999"),
        ({"run_id": "nope"}, 404, "nope"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_reason(
    client: Client, query: dict[str, Any], status: int, part: str
) -> None:
    answer = ask(client, **query)
    assert answer.status == status
    assert part in answer.message


def test_a_run_of_another_experiment_is_refused(client: Client, world: Any) -> None:
    answer = ask(client, experiment_id="0", run_id=world[1][0])
    assert answer.status == 400
    assert "not of 0" in answer.message
