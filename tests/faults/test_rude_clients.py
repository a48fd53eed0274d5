"""Clients that leave, stall or crowd: the others do not notice."""

from __future__ import annotations

import json
import resource
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.conftest import StartServer
from tests.faults.load import batch_of, check
from tests.server.client import API, Client

IDLE_CONNECTIONS = 400


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname or "", parts.port or 0), 60)


def request_bytes(run_id: str, number: int) -> bytes:
    body = json.dumps({"run_id": run_id, **batch_of(number)}).encode()
    head = (
        f"POST {API}/runs/log-batch HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 0.99])
def test_a_client_that_leaves_in_the_middle_of_its_request_stores_nothing(
    start_server: StartServer, share: float
) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        for number in range(20):
            sent = request_bytes(run_id, number)
            with connect(server.url) as leaving:
                leaving.sendall(sent[: int(len(sent) * share)])
        client.done("runs/log-batch", run_id=run_id, **batch_of(100))
        assert check(client, run_id, {100}, {100}) == {100}
    assert server.stop() == 0
    assert not any("Traceback" in line for line in server.output), "".join(server.output)


def test_a_client_that_does_not_wait_for_its_answer_may_be_stored_whole(
    start_server: StartServer,
) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        for number in range(40):
            with connect(server.url) as leaving:
                leaving.sendall(request_bytes(run_id, number))
        client.done("runs/log-batch", run_id=run_id, **batch_of(100))
    assert server.stop() == 0  # now all of them are done with
    assert not any("Traceback" in line for line in server.output), "".join(server.output)
    with Client(start_server().url) as client:
        check(client, run_id, {*range(40), 100}, {100})


def test_half_a_request_and_silence_holds_up_nobody(start_server: StartServer) -> None:
    server = start_server()
    with ExitStack() as stack:
        client = stack.enter_context(Client(server.url))
        run_id = client.new_run()
        stalled = []
        for number in range(10):
            half = stack.enter_context(connect(server.url))
            sent = request_bytes(run_id, number)
            half.sendall(sent[: len(sent) * number // 10])
            stalled.append((half, sent[len(sent) * number // 10 :]))
        for number in range(100, 130):
            client.done("runs/log-batch", run_id=run_id, **batch_of(number))
        half, rest = stalled[5]
        half.sendall(rest)  # the late half arrives, and the request is as good as any
        assert half.recv(65_536).startswith(b"HTTP/1.1 200")
        assert check(client, run_id, {5, *range(100, 130)}, {5, *range(100, 130)})
        upload = stack.enter_context(connect(server.url))
        head = "PUT /api/2.0/mlflow-artifacts/artifacts/a.bin HTTP/1.1\r\nHost: localhost\r\n"
        upload.sendall(f"{head}Content-Length: 9000000\r\n\r\n".encode() + b"x" * 5_000_000)
        assert server.stop() == 0  # with nine requests and a file still half sent
        assert not any("Traceback" in line for line in server.output), "".join(server.output)
        assert upload.recv(65_536).startswith(b"HTTP/1.1 503")
        assert not [*server.folder.glob("artifacts/**/*.bin")]


def test_many_idle_connections_hold_up_nobody(start_server: StartServer) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = IDLE_CONNECTIONS + 200
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
    server = start_server()
    with ExitStack() as stack:
        for _ in range(IDLE_CONNECTIONS):
            stack.enter_context(connect(server.url))
        with Client(server.url) as client:
            run_id = client.new_run()
            for number in range(20):
                client.done("runs/log-batch", run_id=run_id, **batch_of(number))
            assert check(client, run_id, set(range(20)), set(range(20)))
        assert server.stop() == 0


def test_a_reader_that_never_reads_its_answer_holds_up_nobody(start_server: StartServer) -> None:
    server = start_server()
    with ExitStack() as stack:
        client = stack.enter_context(Client(server.url))
        run_id = client.new_run()
        for start in range(0, 60_000, 1_000):
            points = [
                {"key": "m", "value": i / 7, "timestamp": i, "step": i}
                for i in range(start, start + 1_000)
            ]
            client.done("runs/log-batch", run_id=run_id, metrics=points)
        path = f"{API}/metrics/get-history?run_id={run_id}&metric_key=m"
        for _ in range(5):
            deaf = stack.enter_context(connect(server.url))
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            deaf.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        for number in range(20):
            client.done("runs/log-batch", run_id=run_id, **batch_of(number))
        assert len(client.history(run_id, "m")) == 60_000
    assert server.stop() == 0
    assert not any("Traceback" in line for line in server.output), "".join(server.output)
