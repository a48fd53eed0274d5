"""Many servers on one database: nothing acknowledged is lost, no deadlock, changes are heard."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from milepost.store.changes import Listener
from milepost.store.runs import NewRun
from tests import postgresql
from tests.postgres.balancer import Balancer
from tests.server.client import API, Client
from tests.servers import RunningServer
from tests.store.driver import NOW, Driver, columns_of

WRITERS = 8
STEPS_MAX = 100_000
KILLS = 4
WAIT_S = 60.0


@pytest.fixture
def replicas(uri: str, tmp_path: Path) -> Iterator[list[RunningServer]]:
    started = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        started.append(RunningServer(folder, "--backend-store-uri", uri))
    yield started
    for one in started:
        one.kill()


def post(port: int, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Sends until it is answered, as clients do: a new connection each time."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        client = Client(f"http://127.0.0.1:{port}")
        try:
            answer = client.ask("POST", f"{API}/{path}", body)
        except (OSError, http.client.HTTPException):
            continue
        finally:
            client.connection.close()
        if answer.status == 200:
            found: dict[str, Any] = answer.json
            return found
        assert answer.status in (429, 503), answer
    raise AssertionError(f"no answer to {path}")


def test_three_replicas_lose_nothing_acknowledged_while_they_are_killed(
    uri: str, replicas: list[RunningServer], tmp_path: Path
) -> None:
    balancer = Balancer([one.url for one in replicas])
    new_run = {"experiment_id": "0", "start_time": NOW, "tags": []}
    runs = [post(balancer.port, "runs/create", new_run)["run"]["info"]["run_id"] for _ in range(3)]
    faults: list[BaseException] = []
    acknowledged = [0] * WRITERS
    is_over = threading.Event()

    def write(writer: int) -> None:
        try:
            while not is_over.is_set():
                step = acknowledged[writer]
                metric = {"key": f"m{writer}", "value": step, "timestamp": NOW + step, "step": step}
                shared = {**metric, "key": "shared", "step": writer * STEPS_MAX + step}
                param = {"key": f"p{writer}.{step}", "value": str(step)}
                body = {
                    "run_id": runs[step % 3], "metrics": [metric, shared], "params": [param],
                }  # fmt: skip
                post(balancer.port, "runs/log-batch", body)
                acknowledged[writer] += 1
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    choice = random.Random(7)
    for _ in range(KILLS):
        time.sleep(choice.uniform(0.1, 0.5))
        victim = choice.randrange(3)
        replicas[victim].kill()
        replicas[victim] = RunningServer(tmp_path / str(victim), "--backend-store-uri", uri)
        balancer.targets = [one.url for one in replicas]
    is_over.set()
    for thread in threads:
        thread.join()
    balancer.stop()
    assert faults == []
    store = Driver(uri)
    try:
        for place, run_id in enumerate(runs):
            written = [(w, s) for w in range(WRITERS) for s in range(place, acknowledged[w], 3)]
            assert len(written) > KILLS
            params, _, _ = store.data(run_id)
            assert set(params) == {f"p{writer}.{step}" for writer, step in written}
            for writer in range(WRITERS):
                steps = [step for who, step in written if who == writer]
                assert [s for s, _, _ in store.history(run_id, f"m{writer}")] == steps
                assert store.aggregates(run_id, f"m{writer}")["count"] == len(steps)
            found = {step for step, _, _ in store.history(run_id, "shared")}
            assert found == {writer * STEPS_MAX + step for writer, step in written}
    finally:
        store.close()


def test_sixteen_writers_on_the_same_runs_never_deadlock(uri: str) -> None:
    stores = [Driver(uri) for _ in range(16)]
    runs = [stores[0].new_run(f"r{number}") for number in range(6)]

    def write(number: int) -> None:
        store, choice = stores[number], random.Random(number)
        for turn in range(12):
            order = choice.sample(runs, len(runs))
            step = number * 100 + turn
            points = columns_of([(step, NOW + step, 1.0)])
            keys = choice.sample([f"k{turn}.{n}" for n in range(5)], 5)
            results = store.together(
                *(store.store.log_batch(run, {"m": points, **dict.fromkeys(keys, points)}, {}, {})
                  for run in order)
            )  # fmt: skip
            assert results == [None] * len(runs)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        for run in runs:
            assert store_count(stores[0], run) == 16 * 12
        with psycopg.connect(uri) as connection:
            query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
            found = connection.execute(query).fetchone()
        assert found == (0,)
    finally:
        for store in stores:
            store.close()


def store_count(store: Driver, run: str) -> int:
    assert len(store.history(run, "m")) == 16 * 12
    return int(store.aggregates(run, "m")["count"])


def test_a_run_that_is_created_again_on_another_server_is_made_once(uri: str) -> None:
    """A client that got no answer asks again, and may reach another server."""
    both = [Driver(uri), Driver(uri)]
    made: list[list[Any]] = [[], []]
    together = threading.Barrier(2)

    def create(number: int) -> None:
        for attempt in range(30):
            together.wait(WAIT_S)
            new = NewRun(f"{attempt:032x}", 0, "calm-owl-1", "ada", NOW, {"k": "v"}, True)
            made[number].append(both[number].create_run(new))

    threads = [threading.Thread(target=create, args=(number,)) for number in range(2)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        one, other = ([run.info for run in runs] for runs in made)
        assert one == other
        assert len(one) == 30
    finally:
        for store in both:
            store.close()


def test_a_page_on_one_server_hears_of_writes_on_another(uri: str) -> None:
    here, there = Driver(uri), Driver(uri)
    try:
        run_id = there.new_run("r1")

        async def hear() -> set[str]:
            listener: Listener = here.store.changes.listen()
            await there.store.log_metric(run_id, "loss", columns_of([(0, NOW, 1.0)]))
            while True:
                assert await listener.wait(WAIT_S)
                changes = await here.store.name_changes(listener.take())
                if keys := {key for change in changes for key in change.metric_keys}:
                    return keys

        assert here.run(hear()) == {"loss"}
    finally:
        here.close()
        there.close()


def test_a_lost_connection_is_made_anew_without_an_error(uri: str) -> None:
    store = Driver(uri)
    try:
        run_id = store.new_run("r1")
        store.get_run(run_id)
        name = uri.rpartition("/")[2]
        for step in range(3):
            postgresql.execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                f" WHERE datname = '{name}' AND pid <> pg_backend_pid()",
            )
            store.log(run_id, f"m{step}", (step, NOW + step, 1.0))
            assert len(store.history(run_id, f"m{step}")) == 1
    finally:
        store.close()


def test_workers_share_a_port(uri: str, tmp_path: Path) -> None:
    server = RunningServer(tmp_path, "--backend-store-uri", uri, "--workers", "2")
    try:
        new_run = {"experiment_id": "0", "start_time": NOW, "tags": []}
        port = int(server.url.rpartition(":")[2])
        run_id = post(port, "runs/create", new_run)["run"]["info"]["run_id"]
        for step in range(20):
            metric = {"key": "m", "value": 1.0, "timestamp": NOW + step, "step": step}
            post(port, "runs/log-metric", {"run_id": run_id, **metric})
        assert server.stop() == 0
    finally:
        server.kill()
    store = Driver(uri)
    try:
        assert store.aggregates(run_id, "m")["count"] == 20
    finally:
        store.close()
