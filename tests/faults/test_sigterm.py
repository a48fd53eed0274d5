"""SIGTERM under load: an orderly end, everything acknowledged kept, the next start quick."""

from __future__ import annotations

import signal
import sqlite3
import time

import pytest

from tests.conftest import StartServer
from tests.faults.load import Load, check
from tests.faults.soundness import assert_sound
from tests.server.client import Client


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_told_to_stop_under_load_ends_in_order(
    start_server: StartServer, number: signal.Signals
) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
    load = Load([server.url] * 6, run_id)
    while len(load.acknowledged) < 200:
        time.sleep(0.02)
    server.process.send_signal(number)
    assert server.process.wait(20) == 0
    load.stop()
    server.kill()  # only waits for the rest of its output
    assert not any("Traceback" in line for line in server.output), "".join(server.output)
    log = server.database.with_name("milepost.db-wal")
    assert not log.exists() or log.stat().st_size == 0
    assert_sound(server.database)
    again = start_server()
    with Client(again.url) as client:
        check(client, run_id, load.sent, load.acknowledged)
        client.done("runs/update", run_id=run_id, status="FINISHED")
    assert again.stop() == 0


def test_idle_connections_do_not_delay_the_end(start_server: StartServer) -> None:
    server = start_server()
    clients = [Client(server.url) for _ in range(20)]
    for client in clients:
        assert client.ask("GET", "/health", headers={}).status == 200
    assert server.stop() == 0
    for client in clients:
        client.close()


def test_a_run_that_ended_just_before_the_stop_is_sealed(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        for step in range(30):
            client.done(
                "runs/log-metric", run_id=run_id, key="m", value=0.5, timestamp=step, step=step
            )
        client.done("runs/update", run_id=run_id, status="FINISHED")
    assert server.stop() == 0
    connection = sqlite3.connect(server.database)
    try:
        chunks = connection.execute("SELECT is_sealed, point_count FROM metric_chunks").fetchall()
    finally:
        connection.close()
    assert chunks == [(1, 30)]
