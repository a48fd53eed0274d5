"""The header Milepost-Batch-Id: what is sent again changes nothing (docs/api.md)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.server.client import API, JSON, Client
from tests.servers import RunningServer


class Sending:
    """One run, and requests to it under a batch id."""

    def __init__(self, client: Client) -> None:
        self.client = client
        answer = client.ask("POST", f"{API}/runs/create", {"experiment_id": "0"})
        self.run_id = answer.json["run"]["info"]["run_id"]

    def send(self, batch_id: str, rpc: str, body: dict[str, Any]) -> Any:
        headers = {**JSON, "Milepost-Batch-Id": batch_id}
        return self.client.ask("POST", f"{API}/{rpc}", {"run_id": self.run_id, **body}, headers)

    def run(self) -> Any:
        answer = self.client.ask("GET", f"{API}/runs/get?run_id={self.run_id}", None, {})
        return answer.json["run"]

    def tags(self) -> dict[str, str]:
        return {tag["key"]: tag["value"] for tag in self.run()["data"]["tags"]}


@pytest.fixture
def sending(server: RunningServer) -> Any:
    with Client(server.url) as client:
        yield Sending(client)


@pytest.mark.parametrize("later", ["{0}:2", "another-{0}"])
def test_an_old_batch_that_comes_again_does_not_bring_old_values_back(
    sending: Sending, later: str
) -> None:
    stream = uuid.uuid4().hex
    old = {"tags": [{"key": "t", "value": "old"}]}
    new = {"tags": [{"key": "t", "value": "new"}]}
    assert sending.send(f"{stream}:1", "runs/log-batch", old).json == {}
    assert sending.send(later.format(stream), "runs/log-batch", new).json == {}
    assert sending.send(f"{stream}:1", "runs/log-batch", old).json == {}
    assert sending.tags()["t"] == "new"


def test_an_id_without_a_number_is_remembered_too(sending: Sending) -> None:
    first, second = uuid.uuid4().hex, str(uuid.uuid4())
    for batch, value in ((first, "1"), (second, "2"), (first, "1"), (first, "1")):
        assert sending.send(batch, "runs/set-tag", {"key": "t", "value": value}).status == 200
    assert sending.tags()["t"] == "2"
    assert sending.send(second, "runs/delete-tag", {"key": "t"}).status == 200
    assert sending.tags()["t"] == "2"


def test_a_batch_that_was_refused_is_not_taken_and_comes_again_in_parts(sending: Sending) -> None:
    stream = uuid.uuid4().hex
    good, bad = {"key": "good", "value": "1"}, {"key": "b*d", "value": "1"}
    assert sending.send(f"{stream}:7", "runs/log-batch", {"params": [good, bad]}).status == 400
    assert sending.send(f"{stream}:7.0", "runs/log-batch", {"params": [good]}).status == 200
    # A client that was killed here begins with the whole batch again.
    assert sending.send(f"{stream}:7", "runs/log-batch", {"params": [good, bad]}).status == 400
    assert sending.send(f"{stream}:7.0", "runs/log-batch", {"params": [good]}).status == 200
    assert sending.send(f"{stream}:7.1", "runs/log-batch", {"params": [bad]}).status == 400
    tag = {"tags": [{"key": "t", "value": "x"}]}
    assert sending.send(f"{stream}:8", "runs/log-batch", tag).status == 200
    assert sending.tags()["t"] == "x"


def test_an_end_that_comes_again_is_answered_and_does_not_end_the_run_again(
    sending: Sending,
) -> None:
    batch = uuid.uuid4().hex
    body = {"status": "FINISHED", "end_time": 5}
    assert sending.send(batch, "runs/update", body).json["run_info"]["status"] == "FINISHED"
    assert sending.client.ask(
        "POST", f"{API}/runs/update", {"run_id": sending.run_id, "status": "RUNNING"}
    ).status == 200  # fmt: skip
    assert sending.send(batch, "runs/update", body).json["run_info"]["status"] == "RUNNING"


def test_a_run_whose_id_the_client_chose_is_made_once(sending: Sending) -> None:
    body = {"experiment_id": "0", "run_id": uuid.uuid4().hex, "start_time": 5, "run_name": "r"}
    first = sending.client.ask("POST", f"{API}/runs/create", body)
    assert first.json["run"]["info"]["run_id"] == body["run_id"]
    again = sending.client.ask("POST", f"{API}/runs/create", body)
    assert again.json["run"]["info"] == first.json["run"]["info"]
    assert again.json["run"]["data"] == first.json["run"]["data"]
    other = sending.client.ask("POST", f"{API}/runs/create", {**body, "start_time": 6})
    assert (other.status, other.code) == (400, "RESOURCE_ALREADY_EXISTS")
    odd = sending.client.ask("POST", f"{API}/runs/create", {**body, "run_id": "../x"})
    assert (odd.status, odd.code) == (400, "INVALID_PARAMETER_VALUE")


@pytest.mark.parametrize("batch_id", ["", "a b", "x" * 65, "a:", "a:1.", "a:b", "a:1:2", "ä"])
def test_a_batch_id_of_another_shape_is_refused(sending: Sending, batch_id: str) -> None:
    answer = sending.send(batch_id, "runs/set-tag", {"key": "t", "value": "x"})
    assert (answer.status, answer.code) == (400, "INVALID_PARAMETER_VALUE")
    assert "Milepost-Batch-Id" in answer.message
    assert "t" not in sending.tags()


def test_heartbeats_are_kept_for_runs_that_there_are(sending: Sending) -> None:
    own = "/api/milepost/1.0/runs"
    assert (
        sending.client.ask("GET", f"{own}/get-heartbeats?run_ids={sending.run_id}", None, {}).json
        == {}
    )
    body = {"run_ids": [sending.run_id, "nobody"]}
    assert sending.client.ask("POST", f"{own}/note-heartbeats", body).json == {}
    answer = sending.client.ask(
        "GET", f"{own}/get-heartbeats?run_ids={sending.run_id}&run_ids=x", None, {}
    )
    (found,) = answer.json["heartbeats"]
    assert found["run_id"] == sending.run_id
    assert int(found["heartbeat_time"]) > 1_700_000_000_000
    many = {"run_ids": ["x"] * 1_001}
    assert sending.client.ask("POST", f"{own}/note-heartbeats", many).status == 400
