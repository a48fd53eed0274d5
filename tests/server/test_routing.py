"""From method and path to a handler: what is known, what is not, and a table that fails closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from milepost.api.table import HANDLERS
from milepost.server.routes import Routes, RouteTableError, pattern_of
from milepost.wire.endpoints import ENDPOINTS, NOT_BUILT, Endpoint
from tests.conftest import StartServer
from tests.server.client import API, JSON, Client, raw
from tests.servers import RunningServer

SEARCH = f"{API}/experiments/search?max_results=5"


async def nothing(context: Any, request: Any) -> Any:
    """A handler that does nothing."""


def endpoint(**changes: Any) -> Endpoint:
    made = Endpoint("do_it", "POST", ("/do/it",), None, {}, "read")
    return made._replace(**changes)


INCOMPLETE: dict[str, tuple[Callable[[], Any], str]] = {
    "no permission": (
        lambda: Routes([endpoint(permission=None)], {"do_it": nothing}, []),
        "do_it (/do/it) has no permission class",
    ),
    "an unknown permission": (
        lambda: Routes([endpoint(permission="all")], {"do_it": nothing}, []),
        "admin, read, write",
    ),
    "no handler": (lambda: Routes([endpoint()], {}, []), "do_it (/do/it) has no handler"),
    "a path twice": (
        lambda: Routes([endpoint(), endpoint()], {"do_it": nothing}, []),
        "POST /do/it is in the route table twice",
    ),
}


@pytest.mark.parametrize("case", INCOMPLETE)
def test_an_incomplete_route_table_stops_the_start(case: str) -> None:
    make, text = INCOMPLETE[case]
    with pytest.raises(RouteTableError) as refusal:
        make()
    assert text in str(refusal.value)


def test_the_shipped_table_is_complete_and_has_no_handler_to_spare() -> None:
    routes = Routes(ENDPOINTS, HANDLERS, NOT_BUILT)
    for one in ENDPOINTS:
        for path in one.paths:
            if path.endswith("{artifact_path}"):
                route, prefix = routes.find_file(one.method, path) or (None, "")
                assert path == prefix + "{artifact_path}"
            else:
                route = routes.find(one.method, path)
            assert route is not None
            assert (route.rpc, route.permission) == (one.rpc, one.permission)
    assert set(HANDLERS) == {one.rpc for one in ENDPOINTS}


def test_a_route_that_writes_is_not_declared_as_reading() -> None:
    reading = ("get", "search", "list", "legacy_get", "legacy_search", "legacy_list", "server_info",
               "download", "preview", "find", "create_presigned_download", "group", "summarize",
               "watch")  # fmt: skip
    for one in ENDPOINTS:
        assert (one.permission == "read") == one.rpc.startswith(reading), one.rpc


PATTERNS = [
    ("/a/{b}/c", "/a/x/c", True),
    ("/a/{b}/c", "/a/x/y/c", False),
    ("/a/{b}/c", "/a//c", False),
    ("/a/{artifact_path}", "/a/x/y/z", True),
    ("/a.b/{c}", "/axb/c", False),
    ("/a/{b}", "/a/x\n", True),
    ("/a/{b}", "/a/x/", False),
]


@pytest.mark.parametrize(("path", "asked", "fits"), PATTERNS)
def test_a_placeholder_fits_one_part_of_a_path(path: str, asked: str, fits: bool) -> None:
    assert bool(pattern_of(path).fullmatch(asked)) == fits


UNKNOWN = ["/nothing", f"{API}/runs", f"{API}/runs/create/", f"{API}/runs/", "//", "/api", "/%00",
           "/..%2f..", "/caf%C3%A9", "/%ff", "/api/2.0/mlflow/Runs/Create"]  # fmt: skip


@pytest.mark.parametrize("path", UNKNOWN)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_route_is_404_in_the_shape_of_all_errors(
    server: RunningServer, method: str, path: str
) -> None:
    with Client(server.url) as client:
        answer = client.ask(method, path, None, JSON)
        assert (answer.status, answer.code) == (404, "ENDPOINT_NOT_FOUND")
        assert answer.message.startswith(f"Milepost serves nothing at {method} /")


def test_a_very_long_path_is_not_repeated_whole(server: RunningServer) -> None:
    with Client(server.url) as client:
        answer = client.ask("GET", "/" + "x" * 20_000, headers={})
        assert answer.status == 404
        assert len(answer.message) < 1_000


WRONG = [
    ("GET", "runs/create", "POST"),
    ("PUT", "runs/create", "POST"),
    ("DELETE", "runs/get", "GET"),
    ("POST", "runs/get", "GET"),
    ("PATCH", "experiments/search", "GET, POST"),
    ("OPTIONS", "runs/create", "POST"),
    ("TRACE", "runs/get", "GET"),
]


@pytest.mark.parametrize(("method", "rpc", "takes"), WRONG)
def test_a_wrong_method_is_405_and_names_the_right_ones(
    server: RunningServer, method: str, rpc: str, takes: str
) -> None:
    with Client(server.url) as client:
        answer = client.ask(method, f"{API}/{rpc}", None, {})
        assert answer.status == 405
        assert answer.code == "BAD_REQUEST"
        assert f"it takes {takes}." in answer.message


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{API}/registered-models/get"),
        ("POST", f"{API}/registered-models/create"),
        ("GET", "/model-versions/get-artifact"),
        ("DELETE", f"{API}/logged-models/m-1/tags/k"),
    ],
)
def test_a_route_that_is_not_built_says_so(server: RunningServer, method: str, path: str) -> None:
    with Client(server.url) as client:
        answer = client.ask(method, path, None, {})
        assert (answer.status, answer.code) == (501, "NOT_IMPLEMENTED")
        assert path in answer.message


@pytest.mark.parametrize("path", [SEARCH, "/health", "/version", "/", f"{API}/runs/get?run_id=x"])
def test_head_is_get_without_the_body(server: RunningServer, path: str) -> None:
    with Client(server.url) as client:
        got = client.ask("GET", path, None, {})
        head = client.ask("HEAD", path, None, {})
        assert (head.status, head.body) == (got.status, b"")
        for name in ("content-type", "content-length", "x-frame-options"):
            assert head.headers[name] == got.headers[name]
        assert client.ask("GET", path, None, {}).body == got.body  # the connection is in step


def test_plain_options_on_a_known_route_is_no_preflight(server: RunningServer) -> None:
    with Client(server.url) as client:
        assert client.ask("OPTIONS", f"{API}/runs/create", None, {}).status == 405
        assert client.ask("OPTIONS", "/nothing", None, {}).status == 404


def test_version_and_health_are_texts(server: RunningServer) -> None:
    with Client(server.url) as client:
        version = client.ask("GET", "/version", None, {})
        assert version.headers["content-type"] == "text/plain; charset=utf-8"
        assert version.body.decode().split(".")[0] == "3"
        assert version.headers["milepost-version"]
        assert client.ask("GET", "/health", None, {}).body == b"OK"
        assert b"<title>Milepost" in client.ask("GET", "/", None, {}).body


def test_a_static_prefix_stands_before_every_route(start_server: StartServer) -> None:
    server = start_server("--static-prefix", "/tracker/")
    with Client(server.url) as client:
        for path in (SEARCH, "/health", "/version", "/"):
            assert client.ask("GET", f"/tracker{path}", None, {}).status == 200
            assert client.ask("GET", path, None, {}).status == 404
        assert client.ask("GET", f"/trackers{SEARCH}", None, {}).status == 404
        assert client.ask("GET", f"/x/tracker{SEARCH}", None, {}).status == 404
        assert client.ask("POST", f"/tracker{API}/runs/create", {}).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"garbage\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET  HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_http_is_refused_and_hurts_nobody(server: RunningServer, sent: bytes) -> None:
    answer = raw(server.url, sent, is_ended=True)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404"))
    with Client(server.url) as client:
        assert client.ask("GET", "/health", None, {}).status == 200
    assert not any("Traceback" in line for line in server.output), "".join(server.output)


def test_requests_without_a_host_are_refused(server: RunningServer) -> None:
    answer = raw(server.url, b"GET /version HTTP/1.0\r\n\r\n", is_ended=True)
    assert answer.startswith(b"HTTP/1.1 403")


def test_many_requests_on_one_connection_keep_their_order(server: RunningServer) -> None:
    pipelined = b"".join(
        f"GET /nothing/{i} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for i in range(50)
    )
    last = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answers = raw(server.url, pipelined + last).decode()
    places = [answers.index(f"GET /nothing/{i}.") for i in range(50)]
    assert places == sorted(places)
    assert answers.endswith("OK")
