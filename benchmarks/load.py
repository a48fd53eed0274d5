"""The load generator: many keep-alive connections in one thread, requests built beforehand.

Its own ceiling is measured against `static_server`, so that a report can show that the client is
not what was measured.
"""

from __future__ import annotations

import json
import selectors
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

API = "/api/2.0/mlflow/"
RECEIVE_BYTES = 1 << 20
REQUEST_TIMEOUT_S = 600.0


class Timing(NamedTuple):
    """Wall seconds of a whole load, and each request's latency in seconds."""

    wall_s: float
    latencies_s: list[float]


class Requests:
    """What one connection sends: ready bytes, or a function of the last answer that makes them."""

    def __init__(self, next_request: Callable[[bytes | None], bytes | None]) -> None:
        self.next_request = next_request


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
        self.socket.sendall(request)
        return True

    def receive(self) -> bytes | None:
        """The body of the answer once it is complete; raises for any status but 200."""
        part = self.socket.recv(RECEIVE_BYTES)
        if not part:
            raise SystemExit("the server closed a connection")
        self.parts.append(part)
        self.received += len(part)
        if self.expected is None:
            self._read_head()
        if self.expected is None or self.received < self.expected:
            return None
        whole = b"".join(self.parts)
        body = whole[self.body_start :]
        self.parts, self.received, self.expected = [], 0, None
        return body

    def _read_head(self) -> None:
        head = b"".join(self.parts)
        end = head.find(b"\r\n\r\n")
        if end < 0:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"answered {head[:2000].decode(errors='replace')}")
        lowered = head[:end].lower()
        at = lowered.find(b"content-length:")
        if at < 0:
            raise SystemExit("an answer without Content-Length; this load does not read chunks")
        line = lowered[at + 15 :].split(b"\r\n", 1)[0]
        self.body_start = end + 4
        self.expected = self.body_start + int(line)


def drive(port: int, connections: list[Requests]) -> Timing:
    """Run all connections to the end of what they send, each one request at a time."""
    selector = selectors.DefaultSelector()
    opened = [Connection(port, requests) for requests in connections]
    latencies: list[float] = []
    began = time.perf_counter()
    for connection in opened:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send_next(None)
    running = len(opened)
    while running:
        ready = selector.select(REQUEST_TIMEOUT_S)
        if not ready:
            raise SystemExit(f"no answer within {REQUEST_TIMEOUT_S:.0f} s")
        for key, _ in ready:
            connection = key.data
            answer = connection.receive()
            if answer is None:
                continue
            latencies.append(time.perf_counter() - connection.began)
            if not connection.send_next(answer):
                selector.unregister(connection.socket)
                connection.socket.close()
                running -= 1
    wall = time.perf_counter() - began
    selector.close()
    return Timing(wall, latencies)


def call(url: str, method: str, path: str, body: Any = None) -> Any:
    """One request outside the measurement; returns the JSON answer, raises with its text."""
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
        raise Refused(f"{method} {path}: {error.code} {error.read()[:500]!r}") from None


class Refused(Exception):
    """The server does not do this."""
