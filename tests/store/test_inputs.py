"""Datasets and models that runs read and made."""

from __future__ import annotations

from typing import Any

import pytest

from milepost.errors import InvalidParameterValue
from milepost.store.inputs import NewDatasetInput
from tests.store.driver import NOW, Driver


def dataset(name: str = "d", digest: str = "1", **fields: Any) -> NewDatasetInput:
    values = {"source_type": "local", "source": "{}", "schema": None, "profile": None, "tags": []}
    return NewDatasetInput(name, digest, **{**values, **fields})


def read(store: Driver, run_id: str) -> list[tuple[str, str, str, dict[str, str]]]:
    inputs = store.get_run(run_id).inputs.dataset_inputs
    return [
        (i.dataset.name, i.dataset.digest, i.dataset.source, {t.key: t.value for t in i.tags})
        for i in inputs
    ]


def test_a_dataset_comes_back_as_it_was_logged(store: Driver) -> None:
    store.new_run("r1")
    given = dataset(
        "müsli", "abc", source_type="s3", source="s3://b", schema="{}", profile='{"rows": 5}',
        tags=[("mlflow.data.context", "train"), ("z", ""), ("a", "ü")],
    )  # fmt: skip
    store.log_inputs("r1", [given], [])
    (found,) = store.get_run("r1").inputs.dataset_inputs
    assert [(tag.key, tag.value) for tag in found.tags] == list(given.tags)
    assert (found.dataset.name, found.dataset.digest) == ("müsli", "abc")
    assert (found.dataset.source_type, found.dataset.source) == ("s3", "s3://b")
    assert (found.dataset.schema, found.dataset.profile) == ("{}", '{"rows": 5}')


def test_a_run_without_inputs_has_empty_inputs(store: Driver) -> None:
    store.new_run("r1")
    assert store.get_run("r1").inputs.dataset_inputs == []
    outputs = store.get_run("r1").outputs
    assert not (outputs and outputs.model_outputs)


def test_a_dataset_is_one_by_experiment_name_and_digest(store: Driver) -> None:
    other = int(store.create_experiment("e", None, {}, NOW))
    store.new_run("r1")
    store.new_run("r2")
    store.new_run("elsewhere", other)
    store.log_inputs("r1", [dataset(source="first"), dataset(digest="2", source="second")], [])
    store.log_inputs("r2", [dataset(source="other source, same identity")], [])
    store.log_inputs("elsewhere", [dataset(source="of the other experiment")], [])
    assert read(store, "r1") == [("d", "1", "first", {}), ("d", "2", "second", {})]
    assert read(store, "r2") == [("d", "1", "first", {})]
    assert read(store, "elsewhere") == [("d", "1", "of the other experiment", {})]


def test_logging_a_dataset_again_to_its_run_changes_nothing(store: Driver) -> None:
    store.new_run("r1")
    store.log_inputs("r1", [dataset(tags=[("mlflow.data.context", "train")])], ["m-1"])
    before = store.get_run("r1")
    store.log_inputs("r1", [dataset(tags=[("mlflow.data.context", "test")])], ["m-1"])
    assert store.get_run("r1") == before
    store.new_run("r2")
    store.log_inputs("r2", [dataset(tags=[("mlflow.data.context", "test")])], [])
    assert read(store, "r2")[0][3] == {"mlflow.data.context": "test"}


def test_models_read_and_made_are_listed(store: Driver) -> None:
    store.new_run("r1")
    store.log_inputs("r1", [], ["m-2", "m-1", "m-2"])
    store.log_outputs("r1", [("m-3", 5), ("m-3", 1), ("m-4", 1), ("m-3", 5)])
    run = store.get_run("r1")
    assert [model.model_id for model in run.inputs.model_inputs] == ["m-1", "m-2"]
    made = [(model.model_id, model.step) for model in run.outputs.model_outputs]
    assert made == [("m-3", 1), ("m-4", 1), ("m-3", 5)]


def test_datasets_are_summed_up_once_per_context(store: Driver) -> None:
    other = int(store.create_experiment("e", None, {}, NOW))
    for run_id, experiment, context in (
        ("r1", 0, "train"), ("r2", 0, "test"), ("r3", 0, "train"), ("r4", other, "train"),
    ):  # fmt: skip
        store.new_run(run_id, experiment)
        store.log_inputs(run_id, [dataset(tags=[("mlflow.data.context", context)])], [])
    store.log_inputs("r1", [dataset("plain")], [])

    def summaries(*experiments: int) -> list[tuple[Any, ...]]:
        found = store.search_datasets(experiments, 1000)
        return sorted((s.experiment_id, s.name, s.context or "") for s in found)

    assert summaries(0) == [("0", "d", "test"), ("0", "d", "train"), ("0", "plain", "")]
    assert summaries(other) == [(str(other), "d", "train")]
    assert len(summaries(0, other)) == 4
    assert summaries(99) == []
    store.delete_run("r2", NOW)  # a deleted run's datasets still count, as on the official server
    assert len(summaries(0)) == 3


def test_the_limit_of_summaries_counts_summaries(store: Driver) -> None:
    for index in range(6):
        store.new_run(f"r{index}")
        tags = [("mlflow.data.context", "train"), ("extra", str(index))]
        store.log_inputs(f"r{index}", [dataset("a", tags=tags)], [])
    store.log_inputs("r0", [dataset("b")], [])
    assert [s.name for s in store.search_datasets([0], 2)] == ["a", "b"]


def test_inputs_of_a_deleted_run_are_refused_whole(store: Driver) -> None:
    store.new_run("r1")
    store.delete_run("r1", NOW)
    with pytest.raises(InvalidParameterValue):
        store.log_inputs("r1", [dataset()], ["m-1"])
    store.restore_run("r1")
    assert read(store, "r1") == []
    assert store.search_datasets([0], 10) == []
