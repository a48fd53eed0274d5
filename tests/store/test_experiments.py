"""Experiments: identity, names, tags, deleting with their runs and restoring."""

from __future__ import annotations

from typing import Any

import pytest

from milepost.errors import (
    InvalidParameterValue,
    InvalidState,
    ResourceAlreadyExists,
    ResourceDoesNotExist,
)
from tests.store.driver import ACTIVE, ALL, ARTIFACT_ROOT, DELETED, NOW, Driver


def test_a_new_store_holds_the_default_experiment(store: Driver) -> None:
    default = store.get_experiment(0)
    assert (default.experiment_id, default.name) == ("0", "Default")
    assert default.artifact_location == f"{ARTIFACT_ROOT.rstrip('/')}/0"
    assert (default.creation_time, default.last_update_time) == (NOW, NOW)
    assert default.lifecycle_stage == "active"


def test_ids_are_given_in_order_and_never_twice(store: Driver) -> None:
    ids = [store.create_experiment(f"e{i}", None, {}, NOW) for i in range(3)]
    assert ids == ["1", "2", "3"]
    store.delete_experiment(3, NOW)
    store.reopen()
    assert store.create_experiment("another", None, {}, NOW) == "4"


def test_an_experiment_keeps_what_it_was_created_with(store: Driver) -> None:
    number = int(
        store.create_experiment("müsli/日本 \U0001f600", "s3://b/x", {"b": "2", "a": "1"}, 7)
    )
    found = store.get_experiment(number)
    assert found == store.get_experiment_by_name("müsli/日本 \U0001f600")
    assert (found.artifact_location, found.creation_time) == ("s3://b/x", 7)
    assert [(tag.key, tag.value) for tag in found.tags] == [("a", "1"), ("b", "2")]


def test_without_a_location_it_gets_one_under_the_artifact_root(store: Driver) -> None:
    number = int(store.create_experiment("e", None, {}, NOW))
    assert store.get_experiment(number).artifact_location == f"mlflow-artifacts:/{number}"


@pytest.mark.parametrize("is_deleted", [False, True])
def test_a_name_is_taken_also_by_a_deleted_experiment(store: Driver, is_deleted: bool) -> None:
    number = int(store.create_experiment("e", None, {}, NOW))
    if is_deleted:
        store.delete_experiment(number, NOW)
    with pytest.raises(ResourceAlreadyExists, match=r"Experiment\(name=e\) already exists"):
        store.create_experiment("e", None, {"k": "v"}, NOW)
    assert len(store.search_experiments(ALL, None, 10).items) == 2


def test_names_differ_by_case(store: Driver) -> None:
    assert store.create_experiment("e", None, {}, NOW) != store.create_experiment("E", None, {}, 1)


def test_deleting_hides_it_and_its_runs_and_restoring_brings_both_back(store: Driver) -> None:
    number = int(store.create_experiment("e", None, {}, NOW))
    store.new_run("a", number)
    store.new_run("other", 0)
    store.delete_experiment(number, NOW + 5)
    deleted = store.get_experiment(number)
    assert (deleted.lifecycle_stage, deleted.last_update_time) == ("deleted", NOW + 5)
    assert store.get_run("a").info.lifecycle_stage == "deleted"
    assert store.get_run("other").info.lifecycle_stage == "active"
    with pytest.raises(InvalidParameterValue, match="active"):
        store.set_tags("a", {"k": "v"})
    store.restore_experiment(number, NOW + 9)
    assert store.get_experiment(number).lifecycle_stage == "active"
    assert store.get_experiment(number).last_update_time == NOW + 9
    assert store.get_run("a").info.lifecycle_stage == "active"
    store.set_tags("a", {"k": "v"})


def test_a_deleted_experiment_takes_no_runs_and_no_tags(store: Driver) -> None:
    number = int(store.create_experiment("e", None, {"k": "v"}, NOW))
    store.delete_experiment(number, NOW)
    for refused in (
        lambda: store.new_run("a", number),
        lambda: store.set_experiment_tag(number, "k", "w"),
        lambda: store.delete_experiment_tag(number, "k"),
    ):
        with pytest.raises(InvalidParameterValue, match="must be in the 'active' state"):
            refused()
    assert [(tag.key, tag.value) for tag in store.get_experiment(number).tags] == [("k", "v")]
    with pytest.raises(ResourceDoesNotExist):
        store.get_run("a")


def test_deleting_twice_and_restoring_the_active_are_refused(store: Driver) -> None:
    number = int(store.create_experiment("e", None, {}, NOW))
    with pytest.raises(ResourceDoesNotExist):
        store.restore_experiment(number, NOW)
    store.delete_experiment(number, NOW + 1)
    with pytest.raises(ResourceDoesNotExist):
        store.delete_experiment(number, NOW + 2)
    assert store.get_experiment(number).last_update_time == NOW + 1


UNKNOWN = {
    "get_experiment": (99,),
    "delete_experiment": (99, NOW),
    "restore_experiment": (99, NOW),
    "update_experiment": (99, "n", NOW),
    "set_experiment_tag": (99, "k", "v"),
    "delete_experiment_tag": (99, "k"),
    "get_experiment_by_name": ("nobody",),
}


@pytest.mark.parametrize("method", UNKNOWN)
def test_every_method_refuses_an_unknown_experiment(store: Driver, method: str) -> None:
    with pytest.raises(ResourceDoesNotExist, match=r"99|nobody"):
        getattr(store, method)(*UNKNOWN[method])
    assert len(store.search_experiments(ALL, None, 10).items) == 1


def test_renaming_changes_the_name_and_the_update_time(store: Driver) -> None:
    number = int(store.create_experiment("old", None, {}, NOW))
    store.update_experiment(number, "new", NOW + 3)
    assert store.get_experiment_by_name("new").last_update_time == NOW + 3
    with pytest.raises(ResourceDoesNotExist):
        store.get_experiment_by_name("old")
    store.update_experiment(number, "new", NOW + 4)  # to its own name


def test_renaming_to_a_taken_name_or_when_deleted_is_refused(store: Driver) -> None:
    number = int(store.create_experiment("a", None, {}, NOW))
    store.create_experiment("b", None, {}, NOW)
    with pytest.raises(ResourceAlreadyExists):
        store.update_experiment(number, "b", NOW + 1)
    store.delete_experiment(number, NOW + 2)
    with pytest.raises(InvalidState, match="non-active"):
        store.update_experiment(number, "c", NOW + 3)
    found = store.get_experiment(number)
    assert (found.name, found.last_update_time) == ("a", NOW + 2)


def test_tags_are_set_replaced_and_deleted(store: Driver) -> None:
    store.set_experiment_tag(0, "k", "1")
    store.set_experiment_tag(0, "k", "2")
    store.set_experiment_tag(0, "l", "")
    assert tags(store) == {"k": "2", "l": ""}
    store.delete_experiment_tag(0, "k")
    with pytest.raises(ResourceDoesNotExist, match="No tag with name: k in experiment with id 0"):
        store.delete_experiment_tag(0, "k")
    assert tags(store) == {"l": ""}


def tags(store: Driver) -> dict[str, str]:
    return {tag.key: tag.value for tag in store.get_experiment(0).tags}


def test_views_show_what_they_say(store: Driver) -> None:
    gone = int(store.create_experiment("gone", None, {}, NOW + 1))
    store.create_experiment("here", None, {}, NOW + 2)
    store.delete_experiment(gone, NOW + 3)

    def names(stages: Any) -> list[str]:
        return [found.name for found in store.search_experiments(stages, None, 10).items]

    assert names(ACTIVE) == ["here", "Default"]
    assert names(DELETED) == ["gone"]
    assert names(ALL) == ["here", "gone", "Default"]


def test_search_gives_newest_first_and_equal_times_by_id(store: Driver) -> None:
    for index, created in enumerate((NOW + 1, NOW + 2, NOW + 1, NOW + 2)):
        store.create_experiment(f"e{index}", None, {"i": str(index)}, created)
    found = store.search_experiments(ACTIVE, None, 10).items
    assert [experiment.name for experiment in found] == ["e1", "e3", "e0", "e2", "Default"]
    assert [tag.value for experiment in found for tag in experiment.tags] == ["1", "3", "0", "2"]
