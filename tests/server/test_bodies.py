"""Request bodies: their size, their encoding, their type."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.server.client import API, JSON, Answer, Client, raw
from tests.servers import RunningServer

LIMIT = 20_000
CREATE = f"{API}/experiments/create"
GZIP = {**JSON, "Content-Encoding": "gzip"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that takes only small bodies."""
    running = RunningServer(tmp_path_factory.mktemp("small"), "--max-body-bytes", str(LIMIT))
    yield running
    running.stop()


def body_of(size: int, name: str = "e") -> bytes:
    """A good body of exactly `size` bytes."""
    start = json.dumps({"name": name}).encode()
    return start + b" " * (size - len(start))


def is_refused_as_too_large(answer: Answer) -> bool:
    assert (answer.status, answer.code) == (413, "INVALID_PARAMETER_VALUE")
    assert f"exceeds {LIMIT} bytes" in answer.message
    assert "--max-body-bytes" in answer.message
    return True


def test_a_body_of_just_the_limit_is_taken_and_one_more_byte_is_not(small: RunningServer) -> None:
    with Client(small.url) as client:
        assert client.ask("POST", CREATE, body_of(LIMIT, "fits")).status == 200
        assert is_refused_as_too_large(client.ask("POST", CREATE, body_of(LIMIT + 1)))


@pytest.mark.parametrize("size", [LIMIT + 1, 10 * LIMIT, 300 * LIMIT])
def test_a_large_body_is_refused_by_its_declared_length(small: RunningServer, size: int) -> None:
    with Client(small.url) as client:
        try:
            answer = client.ask("POST", CREATE, body_of(size))
        except ConnectionError:
            assert size > 100 * LIMIT  # a client may not hear the end of what it never stops to say
        else:
            assert is_refused_as_too_large(answer)
    with Client(small.url) as client:
        assert client.ask("GET", "/health", headers={}).status == 200


def test_a_large_length_is_refused_before_the_body_comes(small: RunningServer) -> None:
    head = (
        f"POST {CREATE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Content-Length: 99999999999\r\n\r\n"
    )
    answer = raw(small.url, head.encode(), is_ended=False)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize("pieces", [[LIMIT + 1], [5_000] * 5, [1] * 100 + [LIMIT]])
def test_a_large_body_in_chunks_is_refused(small: RunningServer, pieces: list[int]) -> None:
    with Client(small.url) as client:
        chunks = [b" " * size for size in pieces]
        headers = {**JSON, "Transfer-Encoding": "chunked"}
        assert is_refused_as_too_large(client.ask("POST", CREATE, None, headers, chunks))


def test_a_body_in_chunks_is_put_together(server: RunningServer) -> None:
    with Client(server.url) as client:
        text = json.dumps({"name": "in chunks ü"}, ensure_ascii=False).encode()
        chunks = [text[i : i + 1] for i in range(len(text))]
        headers = {**JSON, "Transfer-Encoding": "chunked"}
        assert client.ask("POST", CREATE, None, headers, chunks).status == 200
        found = client.get("experiments/get-by-name", experiment_name="in chunks ü")
        assert found.status == 200


def test_a_gzip_body_is_taken(server: RunningServer) -> None:
    with Client(server.url) as client:
        packed = gzip.compress(json.dumps({"name": "packed"}).encode())
        assert client.ask("POST", CREATE, packed, GZIP).status == 200
        assert client.ask("POST", CREATE, gzip.compress(b""), GZIP).code


def test_all_members_of_a_gzip_body_count(server: RunningServer) -> None:
    with Client(server.url) as client:
        text = json.dumps({"name": "two members"}).encode()
        packed = gzip.compress(text[:9]) + gzip.compress(text[9:])
        assert client.ask("POST", CREATE, packed, GZIP).status == 200
        assert client.get("experiments/get-by-name", experiment_name="two members").status == 200


def test_countless_members_of_a_gzip_body_are_refused_at_once(server: RunningServer) -> None:
    with Client(server.url) as client:
        answer = client.ask("POST", CREATE, gzip.compress(b"") * 300_000, GZIP)
        assert (answer.status, answer.code) == (400, "BAD_REQUEST")
        assert "members" in answer.message


packed = gzip.compress(json.dumps({"name": "never stored"}).encode())
BROKEN: dict[str, tuple[bytes, str, str]] = {
    "no gzip at all": (b'{"name": "never stored"}', "gzip", "damaged"),
    "a damaged head": (b"\x00" + packed[1:], "gzip", "damaged"),
    "a damaged middle": (packed[:12] + b"\xff\xff" + packed[14:], "gzip", "damaged"),
    "a damaged checksum": (packed[:-8] + b"\0\0\0\0" + packed[-4:], "gzip", "damaged"),
    "cut off in the head": (packed[:5], "gzip", "cut off"),
    "cut off in the middle": (packed[: len(packed) // 2], "gzip", "cut off"),
    "cut off in the checksum": (packed[:-1], "gzip", "cut off"),
    "garbage behind": (packed + b"garbage", "gzip", "damaged"),
    "an unknown encoding": (packed, "br", "not known here"),
    "two encodings": (packed, "gzip, gzip", "not known here"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_encoding_is_refused(server: RunningServer, case: str) -> None:
    body, encoding, text = BROKEN[case]
    with Client(server.url) as client:
        answer = client.ask("POST", CREATE, body, {**JSON, "Content-Encoding": encoding})
        assert (answer.status, answer.code) == (400, "BAD_REQUEST")
        assert text in answer.message
        found = client.get("experiments/get-by-name", experiment_name="never stored")
        assert found.status == 404


@pytest.mark.parametrize("inflated", [LIMIT + 1, 10_000_000, 60_000_000])
def test_a_gzip_bomb_is_refused(small: RunningServer, inflated: int) -> None:
    with Client(small.url) as client:
        bomb = gzip.compress(body_of(inflated))
        if len(bomb) > LIMIT:
            bomb = bomb[:LIMIT]
        assert is_refused_as_too_large(client.ask("POST", CREATE, bomb, GZIP))
        many = gzip.compress(b" " * (LIMIT // 2)) * 3
        assert is_refused_as_too_large(client.ask("POST", CREATE, many, GZIP))
        assert client.ask("GET", "/health", headers={}).status == 200


TYPES: list[tuple[str | None, bool]] = [
    ("application/json", True),
    ("application/json; charset=utf-8", True),
    ("application/json;charset=UTF-8", True),
    ("Application/JSON", True),
    ("text/plain", False),
    ("application/x-www-form-urlencoded", False),
    ("application/jsonx", False),
    ("", False),
    (None, False),
]


@pytest.mark.parametrize(("content_type", "is_taken"), TYPES)
def test_a_post_must_say_that_it_is_json(
    server: RunningServer, content_type: str | None, is_taken: bool
) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    with Client(server.url) as client:
        answer = client.ask("POST", CREATE, {"name": f"typed {content_type}"}, headers)
        if is_taken:
            assert answer.status == 200
        else:
            assert answer.code == "INVALID_PARAMETER_VALUE"
            rule = "must be one of ['application/json']."
            if content_type is None:
                rule = "header is missing."
            assert answer.message == f"Bad Request. Content-Type {rule}"


UNREADABLE: dict[str, Any] = {
    "cut off": b'{"name": "x"',
    "not utf-8": b'{"name": "\xff\xfe"}',
    "a lone surrogate": b'{"name": "\\ud800"}',
    "a literal NaN": b'{"name": NaN}',
    "a list": b'["name"]',
    "a number": b"5",
    "two objects": b'{"name": "x"} {"name": "y"}',
    "a byte order mark": b'\xef\xbb\xbf{"name": "x"}',
    "five thousand digits": b'{"name": ' + b"9" * 5_000 + b"}",
    "too deep": b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_body_that_is_no_json_object_is_refused(server: RunningServer, case: str) -> None:
    with Client(server.url) as client:
        answer = client.ask("POST", CREATE, UNREADABLE[case])
        assert (answer.status, answer.code) == (400, "BAD_REQUEST")
        assert answer.message.startswith("The request body ")
        assert len(answer.message) < 2_000


def test_an_old_get_may_carry_its_fields_as_a_body(server: RunningServer) -> None:
    with Client(server.url) as client:
        answer = client.ask("GET", f"{API}/experiments/get", {"experiment_id": "0"})
        assert answer.json["experiment"]["name"] == "Default"


BEYOND: dict[str, dict[str, Any]] = {
    "runs/outputs": {"models": [{"model_id": "m", "step": 2**63}]},
    "runs/log-metric": {"key": "k", "value": 1, "timestamp": 2**63},
    "runs/update": {"end_time": 2**63},
    "runs/create": {"start_time": -(2**63) - 1},
    "runs/log-batch": {"metrics": [{"key": "k", "value": 1, "timestamp": 1, "step": 2**64}]},
    "runs/search": {"max_results": 2**70},
}


@pytest.mark.parametrize("way", ["fast", "slow"])
@pytest.mark.parametrize("rpc", BEYOND)
def test_a_number_beyond_its_type_is_refused_and_named(
    server: RunningServer, rpc: str, way: str
) -> None:
    """An unknown field makes the decoder take its slow road."""
    with Client(server.url) as client:
        fields = {"run_id": client.new_run(), **BEYOND[rpc], **({"x": 1} if way == "slow" else {})}
        if rpc in ("runs/create", "runs/search"):
            del fields["run_id"]
        answer = client.post(rpc, **fields)
        assert answer.code == "INVALID_PARAMETER_VALUE"
        assert answer.message.startswith("Invalid value ")
        assert answer.message.endswith("more information about request parameters.")


@pytest.mark.parametrize("depth", [100, 900, 980, 990, 1_000, 3_000])
def test_a_logged_model_may_be_nested_but_not_without_end(
    server: RunningServer, depth: int
) -> None:
    model = {"artifact_path": "m", "flavors": {}, "utc_time_created": "", "run_id": ""}
    text = json.dumps(model)[:-1] + ', "deep": ' + "[" * depth + "]" * depth + "}"
    with Client(server.url) as client:
        run_id = client.new_run()
        answer = client.post("runs/log-model", run_id=run_id, model_json=text)
        if depth <= 100:
            assert answer.status == 200
        if answer.status == 200:
            client.done("runs/log-model", run_id=run_id, model_json=json.dumps(model))
            history = json.loads(client.data(run_id)[1]["mlflow.log-model.history"])
            assert len(history) == 2
        else:
            assert answer.code in ("INVALID_PARAMETER_VALUE", "BAD_REQUEST")


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health HTTP/1.1\r\nX: ",
    ],
    ids=["address", "header", "header of a second request"],
)
def test_a_head_without_end_is_refused(server: RunningServer, begun: bytes) -> None:
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), 60) as connected:
        connected.sendall(begun)
        # The server hangs up long before all this is sent.
        with pytest.raises(ConnectionError):
            connected.sendall(b"x" * 100_000_000)


def test_fields_behind_a_chunked_body_are_dropped(server: RunningServer) -> None:
    head = b"POST /api/2.0/mlflow/runs/search HTTP/1.1\r\nHost: localhost\r\n"
    head += b"Content-Type: application/json\r\nConnection: close\r\n"
    body = b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nHost: evil.test\r\n\r\n"
    assert raw(server.url, head + body).startswith(b"HTTP/1.1 200")


TAG = {"key": "k", "value": "v"}
DATASET = {"name": "n", "digest": "d", "source_type": "s", "source": "s"}
TOO_MANY: dict[str, dict[str, Any]] = {
    "runs/create": {"tags": [TAG] * 10_001},
    "experiments/create": {"name": "e", "tags": [TAG] * 10_001},
    "runs/log-inputs": {
        "run_id": "r",
        "datasets": [{"dataset": DATASET, "tags": [TAG] * 10_001}],
    },
    "runs/outputs": {"run_id": "r", "models": [{"model_id": "m"}] * 10_001},
    "runs/search": {"experiment_ids": ["0"] * 100_001},
    "runs/set-tag": {"run_id": "r", "key": "k", **{f"field{n}": n for n in range(10_001)}},
}


@pytest.mark.parametrize("rpc", TOO_MANY)
def test_lists_and_objects_have_bounds(server: RunningServer, rpc: str) -> None:
    with Client(server.url) as client:
        answer = client.post(rpc, **TOO_MANY[rpc])
        assert answer.status == 400
        assert "at most 10" in answer.message
        assert "are taken" in answer.message
