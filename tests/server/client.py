"""A small HTTP client that shows what was really answered: status, headers, bytes."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

API = "/api/2.0/mlflow"
# Long enough that only a hang exceeds it, whatever else the machine does.
TIMEOUT_S = 90.0
JSON = {"Content-Type": "application/json"}


class Answer(NamedTuple):
    """One HTTP answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The error code; checks that the answer has the one shape of all errors."""
        assert self.status >= 400, self
        assert self.headers["content-type"] == "application/json", self
        found = self.json
        assert set(found) - {"detail"} == {"error_code", "message"}, found
        assert found.get("detail", found["message"]) == found["message"], found
        assert found["error_code"], found
        assert found["message"], found
        return str(found["error_code"])

    @property
    def message(self) -> str:
        assert self.code
        return str(self.json["message"])


class Client:
    """One connection, kept alive. Any JSON value is a body; bytes are sent as they are."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self.address = parts.hostname, parts.port
        self.connection = http.client.HTTPConnection(*self.address, timeout=TIMEOUT_S)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        chunks: Iterable[bytes] | None = None,
    ) -> Answer:
        """`chunks` are sent with chunked encoding; `headers` replace the JSON content type."""
        sent: Any = chunks
        if body is not None:
            sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.connection.request(
            method, path, sent, JSON if headers is None else headers,
            encode_chunked=chunks is not None,
        )  # fmt: skip
        response = self.connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())

    def get(self, rpc: str, **query: Any) -> Answer:
        """GET of an rpc by its tail (`runs/get`); a list is a repeated field."""
        tail = f"?{urlencode(query, doseq=True)}" if query else ""
        return self.ask("GET", f"{API}/{rpc}{tail}", headers={})

    def post(self, rpc: str, **fields: Any) -> Answer:
        return self.ask("POST", f"{API}/{rpc}", fields)

    def done(self, rpc: str, **fields: Any) -> Any:
        """A POST that must be answered with 200; its JSON."""
        answer = self.post(rpc, **fields)
        assert answer.status == 200, answer
        return answer.json

    def new_run(self, **fields: Any) -> str:
        return str(self.done("runs/create", **fields)["run"]["info"]["run_id"])

    def history(self, run_id: str, key: str) -> list[tuple[int, int, Any]]:
        """(step, timestamp, value) of every point, in the order answered."""
        answer = self.get("metrics/get-history", run_id=run_id, metric_key=key)
        assert answer.status == 200, answer
        return [(m["step"], m["timestamp"], m["value"]) for m in answer.json.get("metrics", [])]

    def data(self, run_id: str) -> tuple[dict[str, str], dict[str, str], dict[str, Any]]:
        """Params, tags and latest metrics of a run."""
        answer = self.get("runs/get", run_id=run_id)
        assert answer.status == 200, answer
        found = answer.json["run"]["data"]
        params, tags, metrics = (
            {item["key"]: item["value"] for item in found.get(kind, [])}
            for kind in ("params", "tags", "metrics")
        )
        return params, tags, metrics

    def aggregates(self, run_id: str) -> dict[str, Any]:
        path = f"/api/milepost/1.0/metrics/get-aggregates?run_id={run_id}"
        answer = self.ask("GET", path, headers={})
        assert answer.status == 200, answer
        return {found["key"]: found for found in answer.json.get("metrics", [])}

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def raw(url: str, sent: bytes, is_ended: bool = False) -> bytes:
    """Bytes to a server and all that it answers until it closes; `is_ended` closes our half."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), TIMEOUT_S) as connected:
        connected.sendall(sent)
        if is_ended:
            connected.shutdown(socket.SHUT_WR)
        out = b""
        while piece := connected.recv(65_536):
            out += piece
        return out
