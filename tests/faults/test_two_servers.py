"""Two servers on one database file: both write the same runs and series, and nothing is lost."""

from __future__ import annotations

import time

from tests.conftest import StartServer
from tests.faults.load import Load, batch_of, check
from tests.faults.soundness import assert_sound
from tests.server.client import Client


def test_two_servers_write_the_same_series_at_once(start_server: StartServer) -> None:
    one, two = start_server(), start_server()
    with Client(one.url) as here, Client(two.url) as there:
        run_id = here.new_run()
        for number in range(4):  # each has a memory of the series before the other writes
            (here, there)[number % 2].done("runs/log-batch", run_id=run_id, **batch_of(number))
        load = Load([one.url, two.url] * 3, run_id, first=4)
        while len(load.acknowledged) < 400:
            here.done("runs/update", run_id=run_id, status="FINISHED")
            there.done("runs/update", run_id=run_id, status="RUNNING")
            time.sleep(0.02)
        load.stop()
        sent = load.sent | set(range(4))
        acknowledged = load.acknowledged | set(range(4))
        assert check(here, run_id, sent, acknowledged) == check(there, run_id, sent, acknowledged)
    assert (one.stop(), two.stop()) == (0, 0)
    assert_sound(one.database)
    for server in (one, two):
        assert not any("Traceback" in line for line in server.output)


def test_a_killed_server_does_not_disturb_the_other(start_server: StartServer) -> None:
    one, two = start_server(), start_server()
    with Client(two.url) as client:
        run_id = client.new_run()
        load = Load([one.url, two.url] * 2, run_id)
        while len(load.acknowledged) < 100:
            time.sleep(0.02)
        one.kill()
        reached = len(load.acknowledged)
        while len(load.acknowledged) < reached + 100:
            time.sleep(0.02)
        load.stop()
        check(client, run_id, load.sent, load.acknowledged)
    assert two.stop() == 0
    assert_sound(two.database)


def test_each_server_sees_at_once_what_the_other_acknowledged(start_server: StartServer) -> None:
    one, two = start_server(), start_server()
    with Client(one.url) as here, Client(two.url) as there:
        experiment = here.done("experiments/create", name="e")["experiment_id"]
        run_id = there.new_run(experiment_id=experiment)
        here.done("runs/log-parameter", run_id=run_id, key="p", value="1")
        changed = there.post("runs/log-parameter", run_id=run_id, key="p", value="2")
        assert changed.code == "INVALID_PARAMETER_VALUE"
        for step in range(20):
            writer, reader = (here, there) if step % 2 else (there, here)
            writer.done(
                "runs/log-metric", run_id=run_id, key="m", value=step, timestamp=step, step=step
            )
            found = reader.aggregates(run_id)["m"]
            assert (found["count"], found["last"]["step"]) == (step + 1, step)
        there.done("experiments/delete", experiment_id=experiment)
        refused = here.post("runs/set-tag", run_id=run_id, key="t", value="1")
        assert "must be in the 'active' state" in refused.message
