"""What the settler makes of runs: right at any moment, whole at the end, gone when out of date."""

from __future__ import annotations

import time
from typing import Any

from msgspec import Raw
from msgspec.json import decode

from milepost.store import settler
from tests.store.driver import ACTIVE, Driver

WAIT_S = 30.0


def settled(store: Driver) -> dict[str, bool]:
    """By run id, whether it is settled."""
    connection = store.store.database.connect_reader()
    try:
        rows = connection.execute("SELECT run_id, is_settled FROM runs").fetchall()
        return {run_id: bool(is_settled) for run_id, is_settled in rows}
    finally:
        connection.close()


def wait_until_settled(store: Driver, *run_ids: str) -> None:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if all(settled(store)[run_id] for run_id in run_ids):
            return
        time.sleep(0.05)
    raise AssertionError(f"not settled: {settled(store)}")


def found(store: Driver) -> dict[str, Any]:
    """By run id its data, and whether they came as a document."""
    page = store.search_runs([0], ACTIVE, None, 10, as_documents=True)
    out = {}
    for run in page.items:
        is_document = isinstance(run.data, Raw)
        data = decode(run.data) if is_document else run.data
        keys = data.get("params", []) if is_document else run.data.params
        out[run.info.run_id] = is_document, [p["key"] if is_document else p.key for p in keys]
    return out


def finished(store: Driver, run_id: str) -> str:
    store.new_run(run_id)
    store.log_param(run_id, "p", "1")
    store.update_run(run_id, "FINISHED", None, None)
    return run_id


def test_an_ended_run_gets_a_document_and_loses_it_when_it_changes(store: Driver) -> None:
    finished(store, "r1")
    assert found(store) == {"r1": (False, ["p"])}
    wait_until_settled(store, "r1")
    assert found(store) == {"r1": (True, ["p"])}
    store.log_param("r1", "q", "2")
    assert not settled(store)["r1"]
    assert found(store) == {"r1": (False, ["p", "q"])}
    store.update_run("r1", "FINISHED", None, None)
    wait_until_settled(store, "r1")
    assert found(store) == {"r1": (True, ["p", "q"])}


def test_what_a_server_left_is_settled_by_the_next(store: Driver) -> None:
    store.new_run("running")
    finished(store, "ended")
    store.reopen()
    wait_until_settled(store, "running", "ended")


def test_a_run_with_too_much_data_is_read_from_its_rows(store: Driver, monkeypatch: Any) -> None:
    monkeypatch.setattr(settler, "DOCUMENT_BYTES_MAX", 10)
    finished(store, "r1")
    wait_until_settled(store, "r1")
    assert found(store) == {"r1": (False, ["p"])}


def test_many_runs_are_settled_in_turns(store: Driver, monkeypatch: Any) -> None:
    monkeypatch.setattr(settler, "TURN_S", 0.0001)
    monkeypatch.setattr(settler, "LARGE_EXPERIMENT_RUNS", 3)
    names = [finished(store, f"r{number}") for number in range(30)]
    wait_until_settled(store, *names)
    assert all(is_document for is_document, _ in found(store).values())
    assert len(store.search_runs([0], ACTIVE, None, 50, filter="params.p = '1'").items) == 30
