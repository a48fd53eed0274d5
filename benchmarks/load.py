"""The load generator: many keep-alive connections in one thread, requests built beforehand.

It runs in a process of its own, never in the server's. Its ceiling is measured against
`static_server`, so that a report can show that the client is not what was measured.
"""

from __future__ import annotations

import gc
import itertools
import json
import selectors
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

API = "/api/2.0/mlflow/"
RECEIVE_BYTES = 1 << 20
REQUEST_TIMEOUT_S = 600.0
SHOWN_BYTES = 500


class Refused(Exception):
    """The server answered something else than 200: it does not do this."""


class Broken(Exception):
    """The server's answer cannot be used: connection closed, silence, or another framing."""


class Timing(NamedTuple):
    """A whole load: wall seconds, the load's own CPU seconds, each request's latency in seconds."""

    wall_s: float
    client_cpu_s: float
    latencies_s: list[float]


class Requests:
    """What one connection sends: ready bytes, or a function of the last answer that makes them.

    A request may be its pieces, which are sent one after the other. With `sink` the bodies of
    answers go there piece by piece, and the function gets empty ones.
    """

    def __init__(
        self,
        next_request: Callable[[bytes | None], bytes | Iterator[bytes] | None],
        sink: Callable[[bytes], None] | None = None,
    ) -> None:
        self.next_request = next_request
        self.sink = sink


def fixed(requests: list[bytes]) -> Requests:
    """The given requests, one after the other."""
    rest: Iterator[bytes] = iter(requests)
    return Requests(lambda _answer: next(rest, None))


def post(path: str, body: Any) -> bytes:
    data = json.dumps(body).encode()
    head = (
        f"POST {path if path.startswith('/') else API + path} HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


def get(path: str) -> bytes:
    full = path if path.startswith("/") else API + path
    return f"GET {full} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


class Connection:
    """One socket and the answer that is coming in on it."""

    def __init__(self, port: int, requests: Requests) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.parts: list[bytes] = []
        self.received = 0
        self.expected: int | None = None
        self.body_start = 0
        self.began = 0.0

    def send_next(self, answer: bytes | None) -> bool:
        request = self.requests.next_request(answer)
        if request is None:
            return False
        self.began = time.perf_counter()
        for piece in (request,) if isinstance(request, bytes) else request:
            self.socket.sendall(piece)
        return True

    def receive(self) -> bytes | None:
        """The body of the answer once it is complete; raises for any status but 200."""
        part = self.socket.recv(RECEIVE_BYTES)
        if not part:
            raise Broken("the server closed a connection")
        self.parts.append(part)
        self.received += len(part)
        if self.expected is None:
            self._read_head()
        if self.expected is not None and self.requests.sink is not None:
            self._drain_into(self.requests.sink)
        if self.expected is None or self.received < self.expected:
            return None
        whole = b"".join(self.parts)
        body = whole[self.body_start :]
        self.parts, self.received, self.expected = [], 0, None
        return body

    def _drain_into(self, sink: Callable[[bytes], None]) -> None:
        """Hand on what has come of the body, and forget it."""
        sink(b"".join(self.parts)[self.body_start :])
        self.parts, self.body_start = [], 0

    def _read_head(self) -> None:
        head = b"".join(self.parts)
        end = head.find(b"\r\n\r\n")
        if end < 0:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise Refused(f"answered {head[:SHOWN_BYTES].decode(errors='replace')}")
        lowered = head[:end].lower()
        at = lowered.find(b"content-length:")
        if at < 0:
            raise Broken("an answer without Content-Length; this load does not read chunks")
        line = lowered[at + 15 :].split(b"\r\n", 1)[0]
        self.body_start = end + 4
        self.expected = self.body_start + int(line)


def drive(port: int | Sequence[int], connections: list[Requests]) -> Timing:
    """Run all connections to the end of what they send, each one request at a time.

    With several ports they take turns at the connections, as behind a balancer.

    Raises `Refused` or `Broken`; a collection of garbage here is no latency of the server's, so
    there is none while it runs.
    """
    ports = itertools.cycle([port] if isinstance(port, int) else port)
    opened = [Connection(next(ports), requests) for requests in connections]
    gc.collect()
    gc.disable()
    try:
        return _drive(opened)
    finally:
        gc.enable()
        for connection in opened:
            connection.socket.close()


def _drive(opened: list[Connection]) -> Timing:
    latencies: list[float] = []
    running = 0
    with selectors.DefaultSelector() as selector:
        cpu = time.process_time()
        began = time.perf_counter()
        for connection in opened:
            if connection.send_next(None):
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                running += 1
        while running:
            ready = selector.select(REQUEST_TIMEOUT_S)
            if not ready:
                raise Broken(f"no answer within {REQUEST_TIMEOUT_S:.0f} s")
            for key, _ in ready:
                connection = key.data
                answer = connection.receive()
                if answer is None:
                    continue
                latencies.append(time.perf_counter() - connection.began)
                if not connection.send_next(answer):
                    selector.unregister(connection.socket)
                    running -= 1
        wall = time.perf_counter() - began
        return Timing(wall, time.process_time() - cpu, latencies)


def call(url: str, method: str, path: str, body: Any = None) -> Any:
    """One request outside the measurement: the JSON answer, or `Refused` with its text."""
    request = urllib.request.Request(
        url + (path if path.startswith("/") else API + path),
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"} if body is not None else {},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=REQUEST_TIMEOUT_S) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Refused(f"{method} {path}: {error.code} {error.read()[:SHOWN_BYTES]!r}") from None
