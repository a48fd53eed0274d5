"""Runs with their params and tags; what a batch does, whole or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from milepost.errors import InvalidParameterValue, ResourceDoesNotExist
from milepost.store.runs import NewRun
from tests.store.driver import NOW, Driver, columns_of

ONE_POINT = columns_of([(0, 1, 1.0)])


def test_a_created_run_is_what_get_run_answers(store: Driver) -> None:
    tags = {"mlflow.runName": "calm-owl-7", "z": "1", "a": "ü"}
    made = store.create_run(NewRun("r1", 0, "calm-owl-7", "ada", 5, tags))
    found = store.get_run("r1")
    assert made.info == found.info
    assert made.data == found.data
    info = found.info
    assert (info.run_id, info.run_uuid, info.experiment_id) == ("r1", "r1", "0")
    assert (info.status, info.start_time, info.end_time) == ("RUNNING", 5, None)
    assert info.artifact_uri == "mlflow-artifacts:/0/r1/artifacts"
    assert info.lifecycle_stage == "active"
    assert {tag.key: tag.value for tag in found.data.tags} == tags


def test_a_run_in_an_unknown_experiment_is_refused(store: Driver) -> None:
    with pytest.raises(ResourceDoesNotExist, match="No Experiment with id=9 exists"):
        store.new_run("r1", 9)
    with pytest.raises(ResourceDoesNotExist):
        store.get_run("r1")


UPDATES = [
    ("FINISHED", 9, None, ("FINISHED", 9, "calm-owl-1")),
    ("KILLED", None, "new", ("KILLED", None, "new")),
    (None, 4, None, ("RUNNING", 4, "calm-owl-1")),
    (None, None, "", ("RUNNING", None, "calm-owl-1")),
    (None, None, None, ("RUNNING", None, "calm-owl-1")),
    ("SCHEDULED", 0, "n", ("SCHEDULED", 0, "n")),
]


@pytest.mark.parametrize(("status", "end_time", "name", "expected"), UPDATES)
def test_an_update_changes_what_is_given(
    store: Driver, status: Any, end_time: Any, name: Any, expected: Any
) -> None:
    store.new_run("r1")
    info = store.update_run("r1", status, end_time, name)
    assert info == store.get_run("r1").info
    assert (info.status, info.end_time, info.run_name) == expected


def test_a_new_name_is_written_to_the_tag_too_and_the_tag_renames(store: Driver) -> None:
    store.new_run("r1")
    store.update_run("r1", None, None, "by update")
    assert store.data("r1")[1]["mlflow.runName"] == "by update"
    store.set_tags("r1", {"mlflow.runName": "by tag"})
    assert store.get_run("r1").info.run_name == "by tag"
    store.set_tags("r1", {"mlflow.runName": "", "other": "x"})
    assert store.get_run("r1").info.run_name == "by tag"
    assert store.data("r1")[1] == {"mlflow.runName": "by tag", "other": "x"}
    store.delete_tag("r1", "mlflow.runName")
    assert store.get_run("r1").info.run_name == "by tag"


def test_a_finished_run_can_be_opened_again(store: Driver) -> None:
    store.new_run("r1")
    store.update_run("r1", "FINISHED", 10, None)
    store.log("r1", "m", (0, 1, 1.0))
    assert store.update_run("r1", "RUNNING", None, None).status == "RUNNING"


def test_deleting_and_restoring_a_run_twice_is_fine(store: Driver) -> None:
    store.new_run("r1")
    for _ in range(2):
        store.delete_run("r1", NOW)
        assert store.get_run("r1").info.lifecycle_stage == "deleted"
    for _ in range(2):
        store.restore_run("r1")
        assert store.get_run("r1").info.lifecycle_stage == "active"


WRITES: dict[str, tuple[Any, ...]] = {
    "update_run": ("FINISHED", 1, "n"),
    "log_batch": ({"m": ONE_POINT}, {"p": "1"}, {"t": "1"}),
    "log_metric": ("m", ONE_POINT),
    "log_param": ("p", "1"),
    "set_tags": ({"t": "1"},),
    "delete_tag": ("kept",),
    "log_model": ({"artifact_path": "m"},),
    "log_inputs": ([], ["m-1"]),
    "log_outputs": ([("m-1", 0)],),
}


@pytest.mark.parametrize("method", WRITES)
def test_a_deleted_run_takes_no_write_until_it_is_restored(store: Driver, method: str) -> None:
    store.new_run("r1", tags={"kept": "yes"})
    store.delete_run("r1", NOW)
    before = store.get_run("r1")
    with pytest.raises(InvalidParameterValue, match="The run r1 must be in the 'active' state"):
        getattr(store, method)("r1", *WRITES[method])
    assert store.get_run("r1") == before
    store.restore_run("r1")
    getattr(store, method)("r1", *WRITES[method])
    assert store.get_run("r1") != before


@pytest.mark.parametrize("method", [*WRITES, "delete_run", "restore_run"])
def test_every_write_refuses_an_unknown_run(store: Driver, method: str) -> None:
    arguments = {**WRITES, "delete_run": (NOW,), "restore_run": ()}[method]
    with pytest.raises(ResourceDoesNotExist, match="Run with id=nobody not found"):
        getattr(store, method)("nobody", *arguments)


def test_reads_of_an_unknown_run(store: Driver) -> None:
    for method in ("get_run", "get_metric_aggregates"):
        with pytest.raises(ResourceDoesNotExist, match="Run with id=nobody not found"):
            getattr(store, method)("nobody")
    assert store.get_metric("nobody", "m") is None
    assert store.get_param("nobody", "p") is None
    assert store.get_whole_history("nobody", "m") is None
    assert store.history_by_pages("nobody", "m", 5) == []


def test_a_param_is_written_once_and_the_same_again_is_fine(store: Driver) -> None:
    store.new_run("r1")
    store.new_run("r2")
    store.log_param("r1", "p", "1")
    store.log_param("r1", "p", "1")
    store.log_param("r2", "p", "2")
    with pytest.raises(InvalidParameterValue) as refusal:
        store.log_param("r1", "p", "other")
    assert refusal.value.message == (
        "Changing param values is not allowed. Param with key='p' was already logged with"
        " value='1' for run ID='r1'. Attempted logging new value 'other'."
    )
    assert store.get_param("r1", "p").value == "1"
    assert store.get_param("r2", "p").value == "2"


@pytest.mark.parametrize("value", ["", " ", "0", "1.0", "\n", "ü\U0001f600", "x" * 6000, "a'b\"c"])
def test_values_come_back_as_they_were(store: Driver, value: str) -> None:
    store.new_run("r1")
    store.log_batch("r1", {}, {"p": value}, {"t": value})
    store.reopen()
    assert store.data("r1")[:2] == ({"p": value}, {"t": value})
    store.log_param("r1", "p", value)


def test_tags_are_replaced_and_deleted(store: Driver) -> None:
    store.new_run("r1", tags={"t": "1"})
    store.set_tags("r1", {"t": "2", "u": "3"})
    assert store.data("r1")[1] == {"t": "2", "u": "3"}
    store.delete_tag("r1", "t")
    with pytest.raises(ResourceDoesNotExist, match="No tag with name: t in run with id r1"):
        store.delete_tag("r1", "t")
    with pytest.raises(ResourceDoesNotExist, match="No tag with name: never"):
        store.delete_tag("r1", "never")
    assert store.data("r1")[1] == {"u": "3"}


def test_one_name_can_be_metric_param_and_tag(store: Driver) -> None:
    store.new_run("r1")
    store.log_batch("r1", {"x": ONE_POINT}, {"x": "p"}, {"x": "t"})
    assert store.data("r1") == ({"x": "p"}, {"x": "t"}, {"x"})


def test_a_batch_with_a_conflicting_param_changes_nothing(store: Driver) -> None:
    store.new_run("r1")
    store.log_batch("r1", {"m": ONE_POINT}, {"p": "1"}, {"t": "1"})
    before, history = store.get_run("r1"), store.history("r1", "m")
    with pytest.raises(InvalidParameterValue) as refusal:
        store.log_batch(
            "r1",
            {"m": columns_of([(5, 5, 5.0)]), "new": ONE_POINT},
            {"fresh": "1", "p": "other", "also": "2"},
            {"t": "2", "mlflow.runName": "changed"},
        )
    assert "{'key': 'p', 'old_value': '1', 'new_value': 'other'}" in refusal.value.message
    assert store.get_run("r1") == before
    assert store.history("r1", "m") == history
    assert store.history("r1", "new") == []
    store.reopen()
    assert store.get_run("r1") == before


def test_a_batch_that_repeats_params_stores_the_rest(store: Driver) -> None:
    store.new_run("r1")
    store.log_batch("r1", {}, {"p": "1"}, {})
    store.log_batch("r1", {"m": ONE_POINT}, {"p": "1", "q": "2"}, {"t": "1"})
    assert store.data("r1") == ({"p": "1", "q": "2"}, {"t": "1"}, {"m"})


def test_an_empty_batch_is_fine_and_changes_nothing(store: Driver) -> None:
    store.new_run("r1")
    before = store.get_run("r1")
    store.log_batch("r1", {}, {}, {})
    assert store.get_run("r1") == before


def test_logged_models_are_appended_to_one_tag(store: Driver) -> None:
    store.new_run("r1")
    for name in ("a", "b"):
        store.log_model("r1", {"artifact_path": name, "flavors": {"ü": [1, None]}})
    listed = json.loads(store.data("r1")[1]["mlflow.log-model.history"])
    assert [model["artifact_path"] for model in listed] == ["a", "b"]
    with pytest.raises(InvalidParameterValue, match="would exceed 1048576 bytes"):
        store.log_model("r1", {"artifact_path": "x" * 2**20})
    assert json.loads(store.data("r1")[1]["mlflow.log-model.history"]) == listed


def test_a_reopened_store_gives_the_same_answers(store: Driver) -> None:
    number = int(store.create_experiment("e", None, {"k": "v"}, NOW))
    store.new_run("r1", number, tags={"a": "b"})
    store.log_batch("r1", {"m": columns_of([(i, i, i / 7) for i in range(50)])}, {"p": "1"}, {})
    store.log_model("r1", {"artifact_path": "m"})
    store.update_run("r1", "FAILED", 99, "renamed")
    before = store.get_run("r1"), store.get_experiment(number), store.history("r1", "m")
    aggregates = store.aggregates("r1", "m")
    store.reopen()
    assert (
        store.get_run("r1"),
        store.get_experiment(number),
        store.history("r1", "m"),
    ) == before
    assert store.aggregates("r1", "m") == aggregates
