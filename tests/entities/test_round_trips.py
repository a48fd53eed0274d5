"""Properties: every way out and back gives the same entity; the hybrid behaves as its models."""

from __future__ import annotations

import copy
import math
import pickle
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.entities import (
    Dataset,
    DatasetInput,
    Entity,
    Experiment,
    ExperimentTag,
    FileInfo,
    InputTag,
    KeyedList,
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
)

# A busy machine is no failure.
patiently = settings(deadline=None)

# Surrogates are no Unicode text; the wire refuses them (test_oracle.py).
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe_text = st.none() | st.text("aé🎉\0", min_size=1, max_size=5)
int64 = st.integers(-(2**63), 2**63 - 1)
# NaN equals itself only as the same object; a test of its own follows it over the wire.
numbers = st.floats(allow_nan=False)

metrics = st.builds(Metric, text, numbers, int64, int64, *[maybe_text] * 4)
params = st.builds(Param, text, text)
tags = st.builds(RunTag, text, text)
files = st.builds(FileInfo, text, st.booleans(), int64)
datasets = st.builds(Dataset, text, text, text, text, maybe_text, maybe_text)
experiments = st.builds(
    Experiment,
    int64,
    *[text] * 3,
    st.lists(st.builds(ExperimentTag, text, text), max_size=3),
    *[st.none() | int64] * 2,
    maybe_text,
)
# Optional texts are given: None reads "" after the wire, which is a fact of its own.
infos = st.builds(
    RunInfo,
    text,
    int64,
    text,
    st.sampled_from([1, 2, 3, 4, 1000]),
    *[text] * 3,
    st.sampled_from([*range(1, 6), *RunStatus.all_status(), "KILLED"]),
    int64,
    st.none() | int64.filter(bool),
    *[text] * 3,
)
datas = st.builds(RunData, *[st.lists(each, max_size=4) for each in (metrics, params, tags)])
# Keys of one dataset's tags are unique: its dictionary form holds them by key.
input_tags = st.lists(st.builds(InputTag, text, text), max_size=3, unique_by=lambda tag: tag.key)
inputs = st.builds(
    RunInputs,
    st.lists(st.builds(DatasetInput, datasets, input_tags), max_size=2),
    st.lists(st.builds(LoggedModelInput, text), max_size=2),
)
outputs = st.builds(RunOutputs, st.lists(st.builds(LoggedModelOutput, text, int64), max_size=2))
runs = st.builds(Run, infos, datas, st.none() | inputs, st.none() | outputs)
any_entity = st.one_of(
    metrics, params, tags, files, datasets, experiments, infos, datas, inputs, outputs, runs
)


@patiently
@given(any_entity)
def test_the_wire_gives_the_same_entity(entity: Entity) -> None:
    message = entity.to_proto()
    parsed = type(message).FromString(message.SerializeToString())
    received = type(entity).from_proto(parsed)
    assert received == entity
    assert received.to_proto().SerializeToString() == message.SerializeToString()


@patiently
@given(any_entity)
def test_the_dictionary_gives_the_same_entity(entity: Entity) -> None:
    assert type(entity).from_dictionary(entity.to_dictionary()) == entity


@patiently
@given(any_entity)
def test_pickles_and_copies_give_the_same_entity(entity: Entity) -> None:
    for other in (pickle.loads(pickle.dumps(entity)), copy.copy(entity), copy.deepcopy(entity)):
        assert other == entity
        assert repr(other) == repr(entity)


@patiently
@given(st.one_of(metrics, params, tags, files, datasets, infos, experiments, runs))
def test_equal_entities_hash_alike(entity: Entity) -> None:
    assert hash(copy.deepcopy(entity)) == hash(entity)


@patiently
@given(st.floats(), int64, int64)
def test_every_double_keeps_its_bits_over_the_wire(value: float, when: int, step: int) -> None:
    message = Metric("k", value, when, step).to_proto()
    received = Metric.from_proto(type(message).FromString(message.SerializeToString()))
    assert (received.timestamp, received.step) == (when, step)
    assert math.isnan(received.value) if math.isnan(value) else received.value == value
    assert math.copysign(1, received.value) == math.copysign(1, value)


# --- the hybrid against a list and a dictionary ---

few_keys = st.sampled_from(["a", "b", "c"])
points = st.builds(Metric, few_keys, st.integers(0, 3), st.integers(0, 1))
changes = st.one_of(
    st.tuples(st.just("append"), points),
    st.tuples(st.just("extend"), st.lists(points, max_size=3)),
    st.tuples(st.just("insert"), st.integers(-5, 5), points),
    st.tuples(st.just("pop")),
    st.tuples(st.just("remove"), points),
    st.tuples(st.just("reverse")),
    st.tuples(st.just("clear")),
    st.tuples(st.just("__setitem__"), st.integers(-3, 3), points),
    st.tuples(st.just("__delitem__"), st.integers(-3, 3)),
    st.tuples(st.just("__iadd__"), st.lists(points, max_size=2)),
    st.tuples(st.just("__imul__"), st.integers(0, 2)),
)


def applied(target: list[Metric], change: tuple[Any, ...]) -> object:
    """What the change gives: its result, or the kind of its refusal."""
    name, *arguments = change
    try:
        result = getattr(target, name)(*arguments)
    except (IndexError, ValueError) as error:
        return type(error)
    return None if name in ("__iadd__", "__imul__") else result


def assert_reads_as(hybrid: KeyedList[Metric], model: list[Metric]) -> None:
    by_key = {metric.key: metric.value for metric in model}
    assert list(hybrid) == model
    assert hybrid == model
    assert (len(hybrid), bool(hybrid)) == (len(model), bool(model))
    assert dict(hybrid) == by_key
    assert hybrid == by_key
    assert not hybrid != by_key  # noqa: SIM202 - both operators are ours
    assert hybrid != {**by_key, "other": 1}
    assert list(hybrid.items()) == list(by_key.items())
    for key in ("a", "b", "c", "d"):
        assert (key in hybrid) == (key in by_key)
        assert hybrid.get(key, -1) == by_key.get(key, -1)


@patiently
@given(st.lists(points, max_size=5), st.lists(changes, max_size=8))
def test_the_hybrid_reads_as_both_models_through_every_change(
    start: list[Metric], steps: list[tuple[Any, ...]]
) -> None:
    hybrid, model = KeyedList(start), list(start)
    assert_reads_as(hybrid, model)
    for step in steps:
        assert applied(hybrid, step) == applied(model, step)
        assert_reads_as(hybrid, model)
    assert_reads_as(copy.copy(hybrid), model)
    assert_reads_as(pickle.loads(pickle.dumps(hybrid)), model)


@patiently
@given(st.lists(points, max_size=4), st.lists(points, max_size=4))
def test_hybrids_equal_each_other_as_lists(left: list[Metric], right: list[Metric]) -> None:
    assert (KeyedList(left) == KeyedList(right)) == (left == right)
    assert (KeyedList(left) != KeyedList(right)) == (left != right)
    assert (left == KeyedList(right)) == (left == right)
