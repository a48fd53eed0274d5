"""What the data take: sums of what is really stored, by experiment, run and key."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from milepost.errors import InvalidParameterValue, ResourceDoesNotExist
from milepost.store.inputs import NewDatasetInput
from milepost.store.removal import Remover, Wanted
from milepost.store.usage import Usage, UsageQuery
from tests.store.driver import NOW, Driver, columns_of

PARTS = (
    "metric_bytes", "param_bytes", "tag_bytes", "input_bytes", "document_bytes",
    "attribute_bytes", "own_bytes",
)  # fmt: skip


def usage(
    store: Driver,
    by: str,
    experiment: int | None = None,
    run_id: str | None = None,
    limit: int = 100,
) -> Usage:
    found: Usage = store.get_usage(UsageQuery(by, experiment, run_id, limit))[0]
    return found


def rows(store: Driver, sql: str) -> list[Any]:
    """What the tables hold, read row by row."""
    connection = store.store.database.connect_reader()
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def octets(*values: Any) -> int:
    return sum(len(v.encode()) if isinstance(v, str) else len(v) for v in values if v is not None)


@pytest.fixture
def filled(store: Driver) -> Driver:
    """Three runs in two experiments, one of them sealed with summaries, with data of every kind."""
    other = int(store.create_experiment("größe", None, {"team": "vision"}, NOW))
    for number, run_id in enumerate(("r1", "r2", "r3")):
        store.new_run(run_id, experiment=other if run_id == "r3" else 0, name=f"größe {number}")
        store.log_param(run_id, "net", "ü" * (number + 1))
        store.set_tags(run_id, {"note": "→" * 10 * number})
        store.log(run_id, "loss", *((step, NOW + step, step * 0.37) for step in range(5)))
    many = columns_of([(step, NOW + step, step * 0.731) for step in range(5_000)])
    store.log_batch("r1", {"acc": many}, {"lr": "0.1"}, {})
    dataset = NewDatasetInput("d", "abc", "local", "x", "s" * 50, None, [("k", "v")])
    store.log_inputs("r2", [dataset], ["m-1"])
    store.log_outputs("r2", [("m-2", 1)])
    store.update_run("r1", "FINISHED", NOW + 9, None)
    store.wait_until_sealed("r1", "acc")
    return store


def stored(store: Driver) -> dict[str, Counter[int]]:
    """The octets of each part, by the run's row."""
    found: dict[str, Counter[int]] = {part: Counter() for part in PARTS}
    for part, sql in (
        ("metric_bytes", "SELECT run, data FROM metric_chunks"),
        ("metric_bytes", "SELECT c.run, s.fine, s.coarse FROM metric_chunks c"
         " JOIN chunk_summaries s ON s.chunk = c.id"),
        ("param_bytes", "SELECT run, value FROM params"),
        ("tag_bytes", "SELECT run, value FROM tags"),
        ("input_bytes", "SELECT run, tags, context FROM dataset_inputs"),
        ("input_bytes", "SELECT run, model_id FROM model_inputs"),
        ("input_bytes", "SELECT run, model_id FROM model_outputs"),
        ("document_bytes", "SELECT run, data FROM run_documents"),
        ("attribute_bytes", "SELECT id, run_id, name, user_id, artifact_uri FROM runs"),
    ):  # fmt: skip
        for run, *values in rows(store, sql):
            found[part][run] += octets(*values)
    return found


def test_a_runs_bytes_are_those_that_its_rows_hold(filled: Driver) -> None:
    found = usage(filled, "run")
    held = stored(filled)
    ids = dict(rows(filled, "SELECT run_id, id FROM runs"))
    assert {item.run_id for item in found.items} == set(ids)
    for item in found.items:
        for part in PARTS:
            assert getattr(item, part) == held[part][ids[item.run_id]], (item.run_id, part)
        assert item.total_bytes == sum(getattr(item, part) for part in PARTS)
    assert rows(filled, "SELECT count(*) FROM chunk_summaries") != [(0,)]
    by_id = {item.run_id: item for item in found.items}
    assert by_id["r1"].point_count == 5_005
    assert by_id["r2"].param_bytes == 4
    assert by_id["r2"].tag_bytes == 30
    assert by_id["r2"].input_bytes == octets('[["k", "v"]]', "m-1", "m-2")


def test_an_experiment_is_its_runs_and_its_own(filled: Driver) -> None:
    found = usage(filled, "experiment")
    assert [item.experiment_name for item in found.items] == ["Default", "größe"]
    for item in found.items:
        runs = usage(filled, "run", int(item.experiment_id or 0))
        assert item.total_bytes == (item.own_bytes or 0) + (runs.total.total_bytes or 0)
        assert item.run_count == runs.group_count == len(runs.items)
    assert found.total.total_bytes == sum(item.total_bytes or 0 for item in found.items)
    default, other = found.items
    assert default.own_bytes == octets("Default", "mlflow-artifacts:/0", "dabclocalx", "s" * 50)
    assert other.own_bytes == octets("größe", "mlflow-artifacts:/1", "team", "vision")


def test_keys_are_told_apart_by_kind_and_add_up_to_their_runs(filled: Driver) -> None:
    filled.log_param("r1", "loss", "a param of a metric's name")
    keys = usage(filled, "key")
    runs = usage(filled, "run").total
    sums: Counter[str] = Counter()
    for item in keys.items:
        sums[str(item.kind)] += item.total_bytes or 0
    assert sums == {
        "metric": runs.metric_bytes, "param": runs.param_bytes, "tag": runs.tag_bytes,
    }  # fmt: skip
    named = {(item.kind, item.key): item for item in keys.items}
    assert named["metric", "loss"].run_count == 3
    assert named["metric", "loss"].point_count == 15
    assert named["param", "loss"].total_bytes == 26
    of_one = usage(filled, "key", run_id="r2")
    assert {(item.kind, item.key) for item in of_one.items} == {
        ("metric", "loss"), ("param", "net"), ("tag", "note"),
    }  # fmt: skip


def test_the_largest_come_first_and_the_total_is_of_all(filled: Driver) -> None:
    whole = usage(filled, "run")
    sizes = [item.total_bytes or 0 for item in whole.items]
    assert sizes == sorted(sizes, reverse=True)
    first = usage(filled, "run", limit=1)
    assert first.items == whole.items[:1]
    assert (first.group_count, first.total) == (3, whole.total)


def test_the_database_is_larger_than_what_is_counted(filled: Driver) -> None:
    found, database_bytes = filled.get_usage(UsageQuery("experiment", None, None, 10))
    assert database_bytes > found.total.total_bytes > 0


def test_an_empty_store_holds_one_experiment_and_no_runs(store: Driver) -> None:
    assert usage(store, "run") == usage(store, "run", 0)
    assert usage(store, "run").group_count == 0
    assert usage(store, "run").items == usage(store, "key").items == []
    (default,) = usage(store, "experiment").items
    assert (default.run_count, default.total_bytes) == (0, default.own_bytes)


def test_what_is_not_there_is_named(filled: Driver) -> None:
    with pytest.raises(ResourceDoesNotExist, match="id=nope"):
        usage(filled, "key", run_id="nope")
    with pytest.raises(ResourceDoesNotExist, match="id=99"):
        usage(filled, "run", 99)
    with pytest.raises(InvalidParameterValue, match="is of experiment 0, not of 1"):
        usage(filled, "key", 1, "r1")


def test_a_run_that_was_removed_for_good_takes_nothing_any_more(filled: Driver) -> None:
    before = usage(filled, "experiment")
    gone = usage(filled, "run", run_id="r1").total
    filled.delete_run("r1", NOW)
    assert usage(filled, "experiment").total == before.total
    remover = Remover(filled.store.database)
    marked = remover.mark(remover.runs(Wanted(NOW), -1, 10))
    assert [run.run_id for run in marked] == ["r1"]
    remover.remove_runs(marked)
    remover.close()
    after = usage(filled, "experiment")
    assert after.total.total_bytes == (before.total.total_bytes or 0) - (gone.total_bytes or 0)
    assert after.total.metric_bytes == sum(stored(filled)["metric_bytes"].values())
    assert rows(filled, "SELECT count(*) FROM chunk_summaries") == [(0,)]
