"""The one writer: requests of one commit do not share their failures; bounds; other writers."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from milepost.errors import InvalidParameterValue, TemporarilyUnavailable, TooManyRequests
from milepost.store import writer
from tests.store.backends import Backend
from tests.store.driver import NOW, Driver, columns_of


def in_one_commit(store: Driver, backend: Backend, coroutines: list[Any]) -> list[Any]:
    """Runs everything while the database is blocked at first, so that it gathers in the queue."""

    async def gather() -> list[Any]:
        with backend.writes_blocked():
            tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
            await asyncio.sleep(0.05)
        return await asyncio.gather(*tasks, return_exceptions=True)

    return store.run(gather())


def batch(index: int, **more: Any) -> tuple[Any, ...]:
    """A batch that can be told from every other: three points, a param and a tag."""
    points = columns_of([(index * 3 + i, NOW + index, float(index)) for i in range(3)])
    params = {f"p{index}": str(index), **more.get("params", {})}
    return {"m": points, f"own{index}": points}, params, {f"t{index}": str(index)}


def batches_found(store: Driver, run_id: str) -> set[int]:
    """The batches that are wholly there; fails on one that is there in part."""
    params, tags, metrics = store.data(run_id)
    steps = {step for step, _, _ in store.history(run_id, "m")}
    count = len(store.history(run_id, "m"))
    assert count == len(steps)
    found = {int(key[1:]) for key in params if key.startswith("p") and key != "pinned"}
    assert {int(key[1:]) for key in tags} == found
    assert {int(key[3:]) for key in metrics if key.startswith("own")} == found
    assert steps == {index * 3 + i for index in found for i in range(3)}
    return found


def test_many_requests_at_once_are_all_stored(store: Driver, backend: Backend) -> None:
    store.new_run("r1")
    work = [store.store.log_batch("r1", *batch(index)) for index in range(100)]
    assert in_one_commit(store, backend, work) == [None] * 100
    assert batches_found(store, "r1") == set(range(100))
    # One commit wrote one chunk for the series that all share, the first commit perhaps another.
    assert len(store.chunk_sizes("r1", "m")) <= 3


@pytest.mark.parametrize("seed", range(5))
def test_a_failing_request_is_undone_alone(store: Driver, backend: Backend, seed: int) -> None:
    """Refusals before and after the first write, and errors that nobody foresaw."""
    store.new_run("r1")
    store.new_run("r2")
    store.log_param("r1", "pinned", "old")
    kinds = random.Random(seed).choices(("good", "conflict", "nobody", "crash"), k=60)
    work, expected = [], set()
    for index, kind in enumerate(kinds):
        if kind == "good":
            work.append(store.store.log_batch("r1", *batch(index)))
            expected.add(index)
        elif kind == "conflict":
            more = {"pinned": "new"}
            work.append(store.store.log_batch("r1", *batch(index, params=more)))
        elif kind == "nobody":
            work.append(store.store.log_batch("nobody", *batch(index)))
        else:
            models = [("m-1", 1), ("m-2", 2**70)]  # the second cannot be stored
            work.append(store.store.log_outputs("r2", models))
    results = in_one_commit(store, backend, work)
    errors = [type(result).__name__ for result in results]
    names = {"good": "NoneType", "conflict": "InvalidParameterValue"}
    names |= {"nobody": "ResourceDoesNotExist", "crash": "OverflowError"}
    assert errors == [names[kind] for kind in kinds]
    for _ in range(2):
        assert batches_found(store, "r1") == expected
        assert store.data("r1")[0]["pinned"] == "old"
        outputs = store.get_run("r2").outputs
        assert not (outputs and outputs.model_outputs)
        assert store.aggregates("r1", "m")["count"] == 3 * len(expected)
        store.reopen()


def test_requests_of_one_commit_see_each_other_in_order(store: Driver, backend: Backend) -> None:
    store.new_run("r1")
    inner = store.store
    results = in_one_commit(
        store,
        backend,
        [
            inner.log_param("r1", "p", "first"),
            inner.log_param("r1", "p", "second"),
            inner.delete_run("r1", NOW),
            inner.log_param("r1", "q", "late"),
            inner.restore_run("r1"),
            inner.log_param("r1", "q", "restored"),
        ],
    )
    kinds = [type(result) for result in results]
    assert kinds == [
        type(None), InvalidParameterValue, type(None), InvalidParameterValue, type(None), type(None)
    ]  # fmt: skip
    assert store.data("r1")[0] == {"p": "first", "q": "restored"}


def test_the_head_of_a_series_survives_a_commit_that_is_given_up(
    store: Driver, backend: Backend
) -> None:
    store.new_run("r1")
    store.log("r1", "m", (0, NOW, 1.0))
    inner = store.store
    for round_number in range(1, 6):
        point = columns_of([(round_number, NOW + round_number, 1.0)])
        in_one_commit(
            store,
            backend,
            [
                inner.log_metric("r1", "m", point),
                inner.log_outputs("r1", [("m-1", 2**70)]),
                inner.log_metric("r1", "m", point),
            ],
        )
        found = store.aggregates("r1", "m")
        assert (found["count"], found["sum"]) == (round_number + 1, round_number + 1.0)
        assert store.latest("r1", "m") == (round_number, NOW + round_number, "1.0")
    assert len(store.history("r1", "m")) == 6


def test_a_full_queue_refuses_instead_of_growing(
    store: Driver, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "QUEUE_JOBS_MAX", 50)
    store.new_run("r1")
    work = [store.store.log_batch("r1", *batch(index)) for index in range(300)]
    results = in_one_commit(store, backend, work)
    refused = {i for i, result in enumerate(results) if isinstance(result, TooManyRequests)}
    assert 200 <= len(refused) < 300
    assert all(results[i].retry_after_s >= 1 for i in refused)
    assert [r for i, r in enumerate(results) if i not in refused] == [None] * (300 - len(refused))
    assert batches_found(store, "r1") == set(range(300)) - refused
    store.log_batch("r1", *batch(1000))


def test_too_many_waiting_points_are_refused_and_the_count_returns_to_zero(
    store: Driver, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "QUEUE_POINTS_MAX", 60)
    store.new_run("r1")
    for start in (0, 100, 200):
        work = [store.store.log_batch("r1", *batch(start + index)) for index in range(40)]
        results = in_one_commit(store, backend, work)
        assert results[:10] == [None] * 10  # six points each
        assert {type(result) for result in results[10:]} == {TooManyRequests}
    assert batches_found(store, "r1") == {s + i for s in (0, 100, 200) for i in range(10)}


def test_a_closed_store_refuses_writes(store: Driver) -> None:
    store.new_run("r1")
    store.store.close()
    with pytest.raises(TemporarilyUnavailable, match="stopping"):
        store.log_param("r1", "p", "1")
    store.reopen()
    assert store.data("r1")[0] == {}


def test_two_stores_on_one_database_see_each_others_writes(store: Driver, backend: Backend) -> None:
    """What the writer remembers must not outlive a write by someone else."""
    other = Driver(backend.uri)
    try:
        store.new_run("r1")
        for index in range(30):
            here, there = (store, other) if index % 2 else (other, store)
            here.log("r1", "m", (index, NOW + index, float(index)))
            found = there.aggregates("r1", "m")
            assert (found["count"], found["sum"]) == (index + 1, float(sum(range(index + 1))))
            assert there.latest("r1", "m")[0] == index
        other.log_param("r1", "p", "1")
        with pytest.raises(InvalidParameterValue, match="Changing param values"):
            store.log_param("r1", "p", "2")
        other.delete_run("r1", NOW)
        with pytest.raises(InvalidParameterValue, match="active"):
            store.log_param("r1", "q", "2")
        store.restore_run("r1")
        other.log_param("r1", "q", "3")
        assert len(store.history("r1", "m")) == 30
    finally:
        other.close()


def test_both_stores_may_seal_the_same_series(store: Driver, backend: Backend) -> None:
    other = Driver(backend.uri)
    try:
        store.new_run("r1")
        for index in range(90):
            (store, other)[index % 2].log("r1", "m", (index, NOW + index % 7, float(index)))
            if index % 30 == 29:
                store.update_run("r1", "FINISHED", NOW, None)
                other.update_run("r1", "FINISHED", NOW, None)
        store.wait_until_sealed("r1", "m")
        for one in (store, other):
            assert sorted(step for step, _, _ in one.history("r1", "m")) == list(range(90))
            assert one.aggregates("r1", "m")["count"] == 90
    finally:
        other.close()


def test_a_reader_sees_a_whole_batch_or_nothing_of_it(store: Driver) -> None:
    store.new_run("r1")
    inner = store.store
    partial: list[Any] = []

    async def write() -> None:
        for index in range(150):
            await inner.log_batch("r1", *batch(index))

    async def read(writing: asyncio.Task[None]) -> None:
        while not writing.done():
            data = (await inner.get_run("r1")).data
            counts = len(data.params), len(data.tags), max(len(data.metrics) - 1, 0)
            if len(set(counts)) != 1:
                partial.append(counts)

    async def both() -> None:
        writing = asyncio.ensure_future(write())
        await asyncio.gather(writing, *(read(writing) for _ in range(3)))

    store.run(both())
    assert partial == []
    assert batches_found(store, "r1") == set(range(150))


def test_callers_that_give_up_waiting_disturb_nobody(store: Driver, backend: Backend) -> None:
    """A cancelled write may be stored or not, but whole; the others never notice."""
    store.new_run("r1")
    inner = store.store

    async def cancel_some() -> list[Any]:
        with backend.writes_blocked():
            tasks = [asyncio.ensure_future(inner.log_batch("r1", *batch(i))) for i in range(40)]
            await asyncio.sleep(0.05)
            for task in tasks[::2]:
                task.cancel()
            await asyncio.sleep(0)
        return await asyncio.gather(*tasks, return_exceptions=True)

    results = store.run(cancel_some())
    assert {type(result) for result in results[::2]} == {asyncio.CancelledError}
    assert results[1::2] == [None] * 20
    store.log_batch("r1", *batch(100))
    assert {*range(1, 40, 2), 100} <= batches_found(store, "r1")
