"""Hot tables as hash partitions by run, as docs/scale.md tells to make them."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg

from tests import postgresql
from tests.store.driver import NOW, Driver

SCALE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"


def test_the_tables_of_a_new_database_can_be_partitioned_by_run(uri: str) -> None:
    """The script in the docs, run as it stands; the store goes on as before."""
    script = re.search(r"```sql\n(.*?)```", SCALE.read_text(), re.DOTALL)
    assert script
    postgresql.execute(uri.rpartition("/")[2], script[1])
    store = Driver(uri)
    try:
        for number in range(40):
            run_id = store.new_run(f"r{number}")
            store.log(run_id, "loss", *((step, NOW + step, step / 7) for step in range(200)))
            store.log_batch(run_id, {}, {"lr": str(number)}, {"t": "x"})
            store.update_run(run_id, "FINISHED", NOW, None)
        store.wait_until_sealed("r39", "loss")
        assert len(store.history("r7", "loss")) == 200
        found = store.search_runs([0], (1, 1), None, 50, filter="params.lr = '7'")
        assert [run.info.run_id for run in found.items] == ["r7"]
    finally:
        store.close()
    with psycopg.connect(uri) as connection:
        query = "SELECT count(DISTINCT tableoid) FROM metrics"
        used = connection.execute(query).fetchone()
        plan = connection.execute(
            "EXPLAIN SELECT * FROM metric_chunks WHERE run = 3 AND key = 1"
        ).fetchall()
    assert used
    assert used[0] > 8
    assert sum(bool(re.search(r"\bmetric_chunks_\d+\b", row[0])) for row in plan) >= 1
    assert not any("Append" in row[0] for row in plan)  # one partition alone is read
