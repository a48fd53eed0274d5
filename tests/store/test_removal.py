"""Removing deleted runs for good, on every database."""

from __future__ import annotations

import pytest

from milepost.store.removal import Remover, Wanted
from tests.store.driver import NOW, Driver, columns_of

TABLES = ("metrics", "metric_chunks", "chunk_summaries", "params", "tags", "run_documents")


def counts(store: Driver) -> dict[str, int]:
    connection = store.store.database.connect_reader()
    try:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in TABLES
        }
    finally:
        connection.close()


@pytest.mark.parametrize(
    "wanted",
    [Wanted(NOW), Wanted(NOW, ["gone"]), Wanted(NOW, None, [0]), Wanted(NOW, ["gone"], [0])],
    ids=["all", "a run", "an experiment", "a run of an experiment"],
)
def test_a_removed_run_leaves_no_rows_and_the_next_one_is_sealed(
    store: Driver, wanted: Wanted
) -> None:
    """A chunk may get the id of one that is gone: no summary must stand there any more."""
    points = columns_of([(step, NOW + step, step * 0.731) for step in range(5_000)])
    before = counts(store)
    store.new_run("gone")
    store.log_batch("gone", {"m": points}, {"p": "1"}, {"t": "1"})
    store.update_run("gone", "FINISHED", NOW + 9, None)
    store.wait_until_sealed("gone", "m")
    assert counts(store)["chunk_summaries"] == 1
    store.delete_run("gone", NOW)
    remover = Remover(store.store.database)
    found = remover.runs(wanted, -1, 10)
    assert [run.run_id for run in found] == ["gone"]
    remover.remove_runs(remover.mark(found))
    remover.close()
    assert counts(store) == before
    store.new_run("next")
    store.log_batch("next", {"m": points}, {}, {})
    store.update_run("next", "FINISHED", NOW + 9, None)
    store.wait_until_sealed("next", "m")
    assert len(store.history("next", "m")) == 5_000
