"""The entities of mlflow 0.8, fact by fact, as a reader of the old documentation would check them.

The recording in test_oracle.py is wider; these say what matters and stand without it.
"""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import pytest

from milepost.entities import (
    Entity,
    Experiment,
    FileInfo,
    Metric,
    Param,
    Run,
    RunData,
    RunInfo,
    RunStatus,
    RunTag,
    SourceType,
    ViewType,
)

ARGUMENTS = ("u1", 3, "name", 4, "train.py", None, "ada", 1, 10, None, None, "active")
REQUIRED = (
    *("run_uuid", "experiment_id", "name", "source_type", "source_name"),
    *("user_id", "status", "start_time"),
)


def info(**other: Any) -> RunInfo:
    names = list(inspect.signature(RunInfo).parameters)
    return RunInfo(**{**dict(zip(names, ARGUMENTS, strict=False)), **other})


def samples() -> list[Entity]:
    data = RunData([Metric("m", 0.5, 1)], [Param("p", "v")], [RunTag("t", "v")])
    return [
        Experiment(1, "n", "a", "active"),
        FileInfo("p", False, 3),
        Metric("m", 0.5, 1),
        Param("p", "v"),
        RunTag("t", "v"),
        info(),
        data,
        Run(info(), data),
    ]


def refusal(call: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the text is what callers check
        call(*arguments, **named)
    return str(caught.value)


# --- what all entities share ---


def test_iteration_gives_names_and_values_in_the_declared_order() -> None:
    assert list(Metric("k", 1.0, 2)) == [("key", "k"), ("value", 1.0), ("timestamp", 2)]
    assert list(dict(Experiment(1, "n", "a", "active"))) == [
        *("experiment_id", "name", "artifact_location", "lifecycle_stage")
    ]
    assert list(dict(info())) == [
        *("run_uuid", "experiment_id", "name", "source_type", "source_name", "entry_point_name"),
        *("user_id", "status", "start_time", "end_time", "source_version", "lifecycle_stage"),
        "artifact_uri",
    ]


def test_repr_names_the_class_and_its_fields() -> None:
    assert repr(Metric("k", 1.0, 2)) == "<Metric: key='k', value=1.0, timestamp=2>"
    assert repr(FileInfo("p", True, None)) == "<FileInfo: path='p', is_dir=True, file_size=None>"


def test_repr_shows_two_items_of_a_list() -> None:
    data = RunData(params=[Param("a", "1"), Param("b", "2"), Param("c", "3")])
    shown = "<Param: key='a', value='1'>, <Param: key='b', value='2'>, ..."
    assert repr(data) == f"<RunData: metrics=[], params=[{shown}], tags=[]>"


@pytest.mark.parametrize("entity", samples(), ids=lambda entity: type(entity).__name__)
def test_setting_any_attribute_is_refused(entity: Entity) -> None:
    for name, value in entity:
        with pytest.raises(AttributeError):
            setattr(entity, name, value)
        with pytest.raises(AttributeError):
            delattr(entity, name)
    with pytest.raises(AttributeError):
        entity.something_new = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("entity", samples(), ids=lambda entity: type(entity).__name__)
def test_entities_equal_their_copies_and_their_pickles(entity: Entity) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(entity, protocol)) == entity
    assert copy.copy(entity) == entity
    assert copy.deepcopy(entity) == entity


def test_equal_means_same_type_and_same_values() -> None:
    assert Metric("k", 1.0, 2) == Metric("k", 1.0, 2)
    assert Metric("k", 1.0, 2) != Metric("k", 1.5, 2)
    assert RunTag("k", "v") != Param("k", "v")
    assert info() == info()
    assert info() != info(status=3)
    assert RunTag("k", "v") != ("k", "v")


def test_entities_hash_where_their_parts_do() -> None:
    assert len({Metric("k", 1.0, 2), Metric("k", 1.0, 2), Metric("k", 1.0, 3)}) == 2
    assert len({info(), info(), info(status=3)}) == 2
    assert len({RunTag("k", "v"), Param("k", "v")}) == 2
    with pytest.raises(TypeError):
        hash(RunData())


def test_runs_and_experiments_can_be_kept_in_sets() -> None:
    assert len({Run(info(), RunData()), Run(info(), RunData())}) == 1
    assert len({Experiment(1, "n", "a", "active"), Experiment(2, "n", "a", "active")}) == 2


def test_from_dictionary_drops_unknown_keys_and_misses_required_ones() -> None:
    assert Param.from_dictionary({"key": "k", "value": "v", "colour": 1}) == Param("k", "v")
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'value'"):
        Param.from_dictionary({"key": "k"})


# --- each class ---


def test_experiment_constants_are_those_of_0_8() -> None:
    assert Experiment.DEFAULT_EXPERIMENT_ID == 0
    assert type(Experiment.DEFAULT_EXPERIMENT_ID) is int
    for owner in (Experiment, RunInfo):
        assert (owner.ACTIVE_LIFECYCLE, owner.DELETED_LIFECYCLE) == ("active", "deleted")


@pytest.mark.parametrize("field", ["experiment_id", "name", "artifact_location", "lifecycle_stage"])
def test_an_experiment_with_a_none_goes_over_no_wire(field: str) -> None:
    fields = dict(Experiment(1, "n", "a", "active"))
    with pytest.raises(TypeError):
        Experiment(**{**fields, field: None}).to_proto()


def test_a_folder_reads_size_zero_after_the_wire() -> None:
    folder = FileInfo("p", True, None)
    assert not folder.to_proto().HasField("file_size")
    assert not FileInfo("p", False, 0).to_proto().HasField("file_size")
    assert FileInfo.from_proto(folder.to_proto()).file_size == 0


def test_metric_keeps_its_values_as_given() -> None:
    metric = Metric("k", "text", 1.5)  # type: ignore[arg-type]
    assert (metric.value, metric.timestamp) == ("text", 1.5)


def test_run_data_copies_its_lists() -> None:
    given = [Metric("k", 1.0, 2)]
    data = RunData(given)
    given.append(Metric("k", 2.0, 3))
    assert data.metrics == [Metric("k", 1.0, 2)]
    assert (data.params, data.tags) == ([], [])


def test_run_data_keeps_items_that_are_dictionaries() -> None:
    item = {"key": "k", "value": 1.0, "timestamp": 2}
    assert RunData.from_dictionary({"metrics": [item]}).metrics == [item]


def test_run_needs_info_and_no_data() -> None:
    assert refusal(Run, None, RunData()) == "run_info cannot be None"
    run = Run(info(), None)
    assert run.data is None
    with pytest.raises(TypeError):
        run.to_dictionary()


def test_run_dictionary_holds_lists_of_entities_and_comes_back_whole() -> None:
    run = Run(info(), RunData([Metric("k", 1.0, 2)], [], [RunTag("t", "v")]))
    as_dictionary = run.to_dictionary()
    assert as_dictionary == {"info": dict(info()), "data": dict(run.data or ())}
    assert as_dictionary["data"]["metrics"] == [Metric("k", 1.0, 2)]
    assert Run.from_dictionary(as_dictionary).to_dictionary() == as_dictionary


def test_a_run_dictionary_without_info_and_data_is_malformed() -> None:
    wanted = "Malformed input '{'info': {}}'. Run cannot be constructed."
    assert refusal(Run.from_dictionary, {"info": {}}) == wanted


def test_a_run_without_data_has_empty_data_after_the_wire() -> None:
    assert Run.from_proto(Run(info(), None).to_proto()).data == RunData()


@pytest.mark.parametrize("field", REQUIRED)
def test_run_info_refuses_none_where_a_value_is_needed(field: str) -> None:
    assert refusal(info, **{field: None}) == f"{field} cannot be None"


def test_run_info_checks_its_fields_in_order() -> None:
    assert refusal(RunInfo, *[None] * 12) == "run_uuid cannot be None"
    assert refusal(info, status=None, start_time=None) == "status cannot be None"


def test_run_info_optional_texts_read_empty_after_the_wire() -> None:
    received = RunInfo.from_proto(info().to_proto())
    assert (received.entry_point_name, received.source_version, received.artifact_uri) == ("",) * 3
    assert received.end_time is None
    assert RunInfo.from_proto(info(end_time=0).to_proto()).end_time is None


def test_run_info_writes_a_lifecycle_stage_always() -> None:
    assert info(lifecycle_stage="").to_proto().HasField("lifecycle_stage")
    with pytest.raises(TypeError):
        info(lifecycle_stage=None).to_proto()


def test_an_unset_run_info_reads_as_protobuf_defaults() -> None:
    empty = RunInfo.from_proto(type(info().to_proto())())
    assert (empty.status, empty.source_type) == (RunStatus.RUNNING, SourceType.NOTEBOOK)
    assert (empty.run_uuid, empty.experiment_id, empty.start_time) == ("", 0, 0)


# --- enumerations ---


def test_enumerations_have_the_numbers_of_0_8() -> None:
    statuses = [RunStatus.RUNNING, RunStatus.SCHEDULED, RunStatus.FINISHED, RunStatus.FAILED]
    assert statuses == [1, 2, 3, 4]
    assert [SourceType.NOTEBOOK, SourceType.JOB, SourceType.PROJECT] == [1, 2, 3]
    assert [SourceType.LOCAL, SourceType.UNKNOWN] == [4, 5]
    assert [ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL] == [1, 2, 3]


def test_run_status_translates_both_ways() -> None:
    assert RunStatus.from_string("FINISHED") == 3
    assert RunStatus.to_string(4) == "FAILED"


def test_a_run_has_ended_when_finished_or_failed() -> None:
    ended = [status for status in (1, 2, 3, 4, 99, "no such") if RunStatus.is_terminated(status)]  # type: ignore[arg-type]
    assert ended == [3, 4]


def test_unknown_statuses_are_refused_by_listing_the_known() -> None:
    assert refusal(RunStatus.from_string, "x") == (
        "Could not get run status corresponding to string x. Valid run status strings: "
        "['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']"
    )
    assert refusal(RunStatus.to_string, 99) == (
        "Could not get string corresponding to run status 99. Valid run statuses: [1, 2, 3, 4, 5]"
    )


def test_view_type_names_are_lower_case() -> None:
    assert [ViewType.to_string(number) for number in (1, 2, 3)] == [
        *("active_only", "deleted_only", "all")
    ]
    assert ViewType.from_string("all") == 3


def test_unknown_view_types_are_refused() -> None:
    assert refusal(ViewType.from_string, "x") == (
        "Could not get valid view type corresponding to string x. "
        "Valid view types are ['active_only', 'deleted_only', 'all']"
    )
    assert refusal(ViewType.to_string, 9) == (
        "Could not get valid view type corresponding to string 9. Valid view types are [1, 2, 3]"
    )
    with pytest.raises(ValueError, match=r"^Unexpected view_type: 9$"):
        ViewType.to_proto(9)
    with pytest.raises(ValueError, match=r"^Unexpected proto_view_type: 9$"):
        ViewType.from_proto(9)


def test_the_wire_calls_source_type_unknown_1000() -> None:
    with pytest.raises(ValueError, match="5"):
        info(source_type=SourceType.UNKNOWN).to_proto()
    assert info(source_type=1000).to_proto().source_type == 1000
