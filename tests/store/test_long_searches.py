"""A search cannot hold a reader, nor a writer, however much it asks for."""

from __future__ import annotations

import pytest

from milepost.errors import DeadlineExceeded
from tests.store.driver import ACTIVE, Driver

# Nothing holds, so every clause is looked at for every run.
ENDLESS = " OR ".join([f"metrics.m > {n}" for n in range(490)])


def test_a_search_that_takes_too_long_is_stopped(store: Driver) -> None:
    for number in range(300):
        store.new_run(f"r{number}", start_time=number)
        store.log_param(f"r{number}", "a", "x")
    store.store.search_seconds_max = 0.0
    with pytest.raises(DeadlineExceeded, match="took too long") as caught:
        store.search_runs([0], ACTIVE, None, 10, filter=ENDLESS)
    assert caught.value.http_status == 504
    store.log_param("r1", "b", "x")
    store.store.search_seconds_max = 10.0
    for _ in range(8):  # each reader has been given back whole
        assert len(store.search_runs([0], ACTIVE, None, 10, filter=ENDLESS).items) == 0
