"""What versions after 0.8 added, and the three values that serve both eras at once."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
from typing import Any

import pytest

from milepost import entities
from milepost.entities import (
    Dataset,
    DatasetInput,
    Experiment,
    ExperimentTag,
    InputTag,
    LifecycleStage,
    LoggedModelInput,
    LoggedModelOutput,
    Metric,
    Param,
    Run,
    RunData,
    RunInfo,
    RunInputs,
    RunOutputs,
    RunStatus,
    RunTag,
    SourceType,
    ViewType,
)
from milepost.errors import InvalidParameterValue
from milepost.wire.protobuf import message_class

TODAY: dict[str, Any] = {
    "run_id": "r1",
    "experiment_id": "7",
    "user_id": "ada",
    "status": "RUNNING",
    "start_time": 10,
    "end_time": None,
    "lifecycle_stage": "active",
}
DATASET = Dataset("d", "123", "local", "{}")
INPUTS = RunInputs([DatasetInput(DATASET, [InputTag("context", "train")])], [LoggedModelInput("m")])
OUTPUTS = RunOutputs([LoggedModelOutput("m", 3)])


def test_all_names_are_exported_in_order() -> None:
    assert entities.__all__ == sorted(entities.__all__)
    assert all(hasattr(entities, name) for name in entities.__all__)


# --- added fields ---


def test_an_added_field_shows_only_when_it_differs_from_its_default() -> None:
    assert "step" not in dict(Metric("k", 1.0, 2, 0))
    assert list(dict(Metric("k", 1.0, 2, 5, run_id="r"))) == [
        *("key", "value", "timestamp", "step", "run_id")
    ]
    assert repr(Metric("k", 1.0, 2, 5)) == "<Metric: key='k', value=1.0, timestamp=2, step=5>"


def test_added_fields_take_positions_in_todays_order() -> None:
    metric = Metric("k", 1.0, 2, 3, "model", "data", "digest", "run")
    assert (metric.step, metric.model_id, metric.dataset_name) == (3, "model", "data")
    assert (metric.dataset_digest, metric.run_id) == ("digest", "run")
    assert list(inspect.signature(Experiment).parameters)[4:] == [
        *("tags", "creation_time", "last_update_time", "workspace")
    ]


def test_added_fields_go_over_the_wire_by_todays_numbers() -> None:
    metric = Metric("", 0.0, 0, 5, "m", "n", "d", "r")
    tail = "2005" + "2a016e" + "320164" + "3a016d" + "420172"
    assert metric.to_proto().SerializeToString().hex().endswith(tail)
    assert Metric.from_proto(metric.to_proto()) == metric


def test_experiment_tags_are_given_as_entities_and_read_as_texts_by_key() -> None:
    experiment = Experiment("1", "n", "a", "active", tags=[ExperimentTag("k", "v")])
    assert experiment.tags == {"k": "v"}
    assert Experiment.from_dictionary(experiment.to_dictionary()) == experiment
    assert Experiment.from_proto(experiment.to_proto()).tags == {"k": "v"}


def test_an_experiment_without_workspace_is_in_the_default_one() -> None:
    experiment = Experiment(1, "n", "a", "active", creation_time=5, last_update_time=6)
    assert experiment.workspace == "default"
    assert experiment == Experiment.from_proto(experiment.to_proto())
    assert not experiment.to_proto().HasField("workspace")
    assert dict(experiment)["creation_time"] == 5


def test_inputs_and_outputs_go_with_the_run() -> None:
    run = Run(RunInfo(**TODAY), RunData(), INPUTS, OUTPUTS)
    assert (run.inputs, run.outputs) == (INPUTS, OUTPUTS)
    assert list(run.to_dictionary()) == ["info", "data", "inputs", "outputs"]
    assert Run.from_dictionary(run.to_dictionary()) == run
    received = Run.from_proto(run.to_proto())
    assert (received.inputs, received.outputs) == (INPUTS, OUTPUTS)


def test_a_run_without_inputs_shows_none() -> None:
    run = Run(RunInfo(**TODAY), RunData())
    assert (run.inputs, run.outputs) == (None, None)
    assert list(dict(run)) == list(run.to_dictionary()) == ["info", "data"]


def test_input_dictionaries_nest_plain_values() -> None:
    assert INPUTS.to_dictionary() == {
        "dataset_inputs": [{"dataset": dict(DATASET), "tags": {"context": "train"}}],
        "model_inputs": [{"model_id": "m"}],
    }
    assert OUTPUTS.to_dictionary() == {"model_outputs": [{"model_id": "m", "step": 3}]}
    json.dumps(INPUTS.to_dictionary())


def test_inputs_come_back_from_their_dictionaries_or_from_entities() -> None:
    assert RunInputs.from_dictionary(INPUTS.to_dictionary()) == INPUTS
    assert RunInputs.from_dictionary(dict(INPUTS)) == INPUTS
    assert RunOutputs.from_dictionary(OUTPUTS.to_dictionary()) == OUTPUTS
    with pytest.raises(TypeError):
        DatasetInput.from_dictionary({})


# --- RunInfo in today's form ---


def test_run_info_takes_a_call_of_today() -> None:
    info = RunInfo(**TODAY, run_name="blue-owl")
    assert (info.run_uuid, info.run_id) == ("r1", "r1")
    assert (info.name, info.run_name) == ("blue-owl", "blue-owl")
    assert (info.source_type, info.source_name) == (SourceType.LOCAL, "")
    assert (info.entry_point_name, info.source_version) == (None, None)


def test_aliases_never_appear_in_dictionaries() -> None:
    assert not {"run_id", "run_name"} & set(dict(RunInfo(**TODAY)))
    assert "run_id" not in repr(RunInfo(**TODAY))


def test_a_copy_with_overrides_takes_a_status_by_name_and_a_run_name() -> None:
    changed = RunInfo(**TODAY)._copy_with_overrides(status="FAILED", run_name="blue-owl")
    assert (changed.status, changed.name, changed.run_id) == ("FAILED", "blue-owl", "r1")


def test_aliases_cannot_be_set() -> None:
    with pytest.raises(AttributeError):
        RunInfo(**TODAY).run_id = "other"  # type: ignore[misc]


def test_run_info_takes_a_dictionary_of_today() -> None:
    info = RunInfo.from_dictionary({**TODAY, "run_name": "blue-owl", "artifact_uri": "a"})
    assert (info.run_uuid, info.name, info.artifact_uri) == ("r1", "blue-owl", "a")


def test_a_dictionary_of_0_8_ignores_aliases_as_0_8_did() -> None:
    fields = dict(RunInfo(**TODAY))
    assert RunInfo.from_dictionary({**fields, "run_id": "other"}).run_uuid == "r1"


def test_aliases_that_contradict_are_refused() -> None:
    fields = dict(RunInfo(**TODAY))
    assert RunInfo(**fields, run_id="r1").run_id == "r1"
    with pytest.raises(InvalidParameterValue, match="run_uuid 'r1' and run_id 'r2'"):
        RunInfo(**fields, run_id="r2")


def test_a_call_of_today_misses_what_today_requires() -> None:
    with pytest.raises(TypeError, match=r"'user_id' and 'status'$"):
        RunInfo(run_id="r", experiment_id=1, start_time=1, end_time=None, lifecycle_stage="active")


def test_the_signature_shows_what_0_8_required() -> None:
    parameters = inspect.signature(RunInfo).parameters.values()
    required = [p.name for p in parameters if p.default is inspect.Parameter.empty]
    assert required == list(dict(RunInfo(**TODAY)))[:12]


def test_run_id_is_read_from_the_wire_and_never_written() -> None:
    proto = message_class("RunInfo")(run_id="r9")
    assert RunInfo.from_proto(proto).run_uuid == "r9"
    assert not RunInfo(**TODAY).to_proto().HasField("run_id")


# --- experiment ids: int in 0.8, text today ---


@pytest.mark.parametrize("given", [0, 7, -1, 2**40, "0", "7", "123456789012345678"])
def test_an_experiment_id_is_kept_as_given(given: int | str) -> None:
    experiment = Experiment(given, "n", "a", "active")
    assert experiment.experiment_id == given
    assert type(experiment.experiment_id) is type(given)
    assert Experiment.from_proto(experiment.to_proto()).experiment_id == int(given)
    info = RunInfo(**{**TODAY, "experiment_id": given})
    assert info.experiment_id == given
    assert RunInfo.from_proto(info.to_proto()).experiment_id == int(given)


@pytest.mark.parametrize("given", ["", "x", "1.0", " 1", "+1", "--1", "1_0", "١", 1.0, b"1", [1]])
def test_an_experiment_id_that_is_no_integer_is_refused(given: Any) -> None:
    with pytest.raises(InvalidParameterValue, match="Invalid experiment ID"):
        Experiment(given, "n", "a", "active")
    with pytest.raises(InvalidParameterValue, match="Invalid experiment ID"):
        RunInfo(**{**TODAY, "experiment_id": given})


# --- RunStatus: number and name at once ---


def test_a_status_equals_its_number_and_its_name() -> None:
    status = RunInfo(**{**TODAY, "status": 3}).status
    assert status == 3
    assert status == "FINISHED"
    assert "FINISHED" == status  # noqa: SIM300 - both directions count
    assert status != 4
    assert status != "finished"
    assert status in {"FINISHED"}
    assert status in ("FAILED", "FINISHED")
    assert {"FINISHED": "yes"}[status] == "yes"


def test_a_status_prints_as_its_name_and_stores_as_its_number() -> None:
    status = RunStatus.KILLED
    assert (str(status), f"{status}", f"{status:>7}") == ("KILLED", "KILLED", " KILLED")
    assert (repr(status), f"{status:d}", "%d" % status) == ("5",) * 3  # noqa: UP031 - old code
    assert json.dumps({"status": status}) == '{"status": 5}'


def test_a_status_given_by_name_is_the_member() -> None:
    assert RunInfo(**TODAY).status is RunStatus.RUNNING
    assert RunStatus("FAILED") is RunStatus(4) is RunStatus.FAILED
    with pytest.raises(ValueError, match="99 is not a valid RunStatus"):
        RunStatus(99)


def test_an_unknown_status_is_kept_as_given() -> None:
    assert RunInfo(**{**TODAY, "status": 99}).status == 99
    assert RunInfo(**{**TODAY, "status": "LOST"}).status == "LOST"  # type: ignore[comparison-overlap]


def test_a_status_stays_one_member_through_copies() -> None:
    for status in RunStatus.all_status():
        assert pickle.loads(pickle.dumps(status)) is status
        assert copy.deepcopy(status) is status


def test_members_pass_through_the_lookups() -> None:
    killed = RunStatus.KILLED
    assert RunStatus.to_string(killed) == "KILLED"
    assert RunStatus.from_string(killed) is killed  # type: ignore[arg-type]
    assert RunStatus.is_terminated(killed)
    assert RunStatus.all_status() == [1, 2, 3, 4, 5]


# --- metrics, params and tags: list and mapping at once ---


def latest() -> RunData:
    return RunData([Metric("loss", 0.5, 1), Metric("acc", 0.9, 2)], [Param("lr", "0.1")])


def test_metrics_iterate_and_index_as_a_list() -> None:
    metrics = latest().metrics
    assert [metric.key for metric in metrics] == ["loss", "acc"]
    assert (metrics[0].value, metrics[-1].value, len(metrics)) == (0.5, 0.9, 2)
    assert metrics[1:] == [Metric("acc", 0.9, 2)]
    assert isinstance(metrics, list)


def test_metrics_read_by_key_give_bare_values() -> None:
    metrics = latest().metrics
    assert metrics["acc"] == 0.9
    assert (metrics.get("acc"), metrics.get("no"), metrics.get("no", 1)) == (0.9, None, 1)
    with pytest.raises(KeyError):
        metrics["no"]


def test_metrics_serve_where_a_dictionary_is_wanted() -> None:
    metrics = latest().metrics
    assert dict(metrics) == {"loss": 0.5, "acc": 0.9}
    assert dict(**metrics, more=1) == {"loss": 0.5, "acc": 0.9, "more": 1}
    assert (list(metrics.keys()), list(metrics.values())) == (["loss", "acc"], [0.5, 0.9])
    assert list(metrics.items()) == [("loss", 0.5), ("acc", 0.9)]


def test_metrics_equal_a_dictionary_as_one_and_a_list_as_one() -> None:
    metrics = latest().metrics
    assert metrics == {"acc": 0.9, "loss": 0.5}
    assert {"acc": 0.9, "loss": 0.5} == metrics  # noqa: SIM300 - both directions count
    assert metrics != {"acc": 0.9}
    assert metrics == [Metric("loss", 0.5, 1), Metric("acc", 0.9, 2)]
    assert metrics != [Metric("loss", 0.5, 1)]
    assert latest().tags == {}
    assert latest().tags == []


def test_metrics_contain_entities_and_keys() -> None:
    metrics = latest().metrics
    assert "acc" in metrics
    assert Metric("acc", 0.9, 2) in metrics
    assert "no" not in metrics
    assert Metric("acc", 0.9, 3) not in metrics


def test_a_run_dictionary_compares_with_todays() -> None:
    run = Run(RunInfo(**TODAY), latest())
    assert run.to_dictionary()["data"] == {
        "metrics": {"loss": 0.5, "acc": 0.9},
        "params": {"lr": "0.1"},
        "tags": {},
    }


# --- other enumerations ---


def test_source_type_refuses_in_the_words_of_run_status() -> None:
    assert SourceType.from_string("UNKNOWN") == 5
    assert SourceType.to_string(1) == "NOTEBOOK"
    with pytest.raises(Exception, match=r"^Could not get run status corresponding to string x\. "):
        SourceType.from_string("x")
    with pytest.raises(Exception, match=r"Valid run statuses: \[1, 2, 3, 4, 5\]$"):
        SourceType.to_string(9)


def test_lifecycle_stages_match_view_types() -> None:
    assert LifecycleStage.view_type_to_stages() == ["active", "deleted"]
    assert LifecycleStage.view_type_to_stages(ViewType.DELETED_ONLY) == ["deleted"]
    assert LifecycleStage.view_type_to_stages(9) == []
    assert LifecycleStage.matches_view_type(ViewType.ALL, "deleted")
    assert not LifecycleStage.matches_view_type(ViewType.ACTIVE_ONLY, "deleted")
    assert [LifecycleStage.is_valid(stage) for stage in ("active", "deleted", "gone")] == [
        *(True, True, False)
    ]


def test_unknown_lifecycle_stages_are_refused() -> None:
    with pytest.raises(InvalidParameterValue, match=r"^Invalid lifecycle stage 'gone'$"):
        LifecycleStage.matches_view_type(ViewType.ALL, "gone")
    with pytest.raises(InvalidParameterValue, match=r"^Invalid view type '9'$"):
        LifecycleStage.matches_view_type(9, "active")


def test_tags_of_different_owners_are_never_equal() -> None:
    assert (
        len({Param("k", "v"), RunTag("k", "v"), ExperimentTag("k", "v"), InputTag("k", "v")}) == 4
    )
