"""A server's answers on the wire: written down between a client and a real server, and replayed.

A recording is a list of exchanges, each a request and its answer as they were sent. The player
gives to each request that was recorded its answer, and to any other 404.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

TIMEOUT_S = 60


class Answer(NamedTuple):
    status: int
    content_type: str
    body: str


# A request is its first line and its body.
Exchanges = dict[tuple[str, str], Answer]


@contextlib.contextmanager
def answering(answer: Callable[[str, str], Answer]) -> Iterator[str]:
    """An HTTP server that asks `answer` with the first line and the body of each request."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            given = answer(f"{self.command} {self.path}", self.rfile.read(size).decode())
            data = given.body.encode()
            self.send_response(given.status)
            self.send_header("content-type", given.content_type)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = handle_any

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def recording(url: str, exchanges: Exchanges) -> Iterator[str]:
    """The address of a go-between to the server at `url`; fills `exchanges`."""

    def passed_on(request: str, body: str) -> Answer:
        method, _, target = request.partition(" ")
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT_S)
        headers = {"Content-Type": "application/json"} if body else {}
        connection.request(method, target, body.encode() or None, headers)
        response = connection.getresponse()
        content_type = response.getheader("content-type") or ""
        given = Answer(response.status, content_type, response.read().decode())
        connection.close()
        exchanges[request, body] = given
        return given

    with answering(passed_on) as address:
        yield address


@contextlib.contextmanager
def replaying(exchanges: Exchanges) -> Iterator[str]:
    def recorded(request: str, body: str) -> Answer:
        absent = Answer(404, "text/plain", f"Not recorded: {request} {body}")
        return exchanges.get((request, body), absent)

    with answering(recorded) as address:
        yield address


def write_exchanges(path: Path, exchanges: Exchanges, ids: dict[str, str], folder: Path) -> None:
    """An exchange a line, the recording's folder by a name; `ids` are what was logged."""
    lines = [json.dumps(ids), *(json.dumps([*asked, *given]) for asked, given in exchanges.items())]
    path.write_text("[\n" + ",\n".join(lines).replace(str(folder), "/recorded") + "\n]\n")


def read_exchanges(path: Path) -> tuple[Exchanges, dict[str, str]]:
    ids, *rows = json.loads(path.read_text())
    return {(row[0], row[1]): Answer(*row[2:]) for row in rows}, ids
