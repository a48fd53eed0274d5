"""Who may speak to a server: the Host and Origin headers, and headers that guard every answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import StartServer
from tests.server.client import API, JSON, Answer, Client
from tests.servers import RunningServer

SEARCH = f"{API}/experiments/search?max_results=5"

HOSTS: list[tuple[str, bool]] = [
    ("localhost", True),
    ("localhost:5000", True),
    ("LocalHost:80", True),
    ("127.0.0.1", True),
    ("127.0.0.1:8080", True),
    ("127.8.9.10", True),
    ("[::1]", True),
    ("[::1]:5000", True),
    ("10.1.2.3:5000", True),
    ("172.16.0.9", True),
    ("192.168.178.20:80", True),
    ("[fd12:3456::1]:5000", True),
    ("evil.test", False),
    ("evil.test:5000", False),
    ("localhost.evil.test", False),
    ("127.0.0.1.evil.test", False),
    ("evil.test#localhost", False),
    ("user@localhost", False),
    ("8.8.8.8", False),
    ("172.32.0.1", False),
    ("[2606:4700::1111]:80", False),
    ("2130706433", False),
    ("[::1", True),
    ("", False),
    ("x" * 3_000, False),
]


def with_host(client: Client, host: str, path: str = SEARCH, method: str = "GET") -> Answer:
    return client.ask(method, path, None, {"Host": host})


@pytest.mark.parametrize(("host", "is_allowed"), HOSTS)
def test_only_hosts_of_this_machine_and_private_networks_are_answered(
    server: RunningServer, host: str, is_allowed: bool
) -> None:
    with Client(server.url) as client:
        answer = with_host(client, host)
        if is_allowed:
            assert answer.status == 200
        else:
            assert (answer.status, answer.code) == (403, "PERMISSION_DENIED")
            assert repr(host[:200]) in answer.message
            assert "--allowed-hosts" in answer.message
            assert len(answer.message) < 1_000


@pytest.mark.parametrize("path", ["/version", "/", "/nothing/here", f"{API}/runs/get"])
def test_every_path_but_health_is_guarded(server: RunningServer, path: str) -> None:
    with Client(server.url) as client:
        assert with_host(client, "evil.test", path).status == 403
        assert with_host(client, "evil.test", path, "OPTIONS").status == 403
        health = with_host(client, "evil.test", "/health")
        assert (health.status, health.body) == (200, b"OK")


ALLOWED_HOSTS: list[tuple[str, list[str], list[str]]] = [
    ("tracker.test", ["tracker.test", "tracker.test:80", "Tracker.Test"], ["a.tracker.test", "x"]),
    ("*.test,other", ["a.test", "a.b.test:5", "other:5000"], ["test", "a.test.evil"]),
    ("tracker.test:5000", ["tracker.test:5000"], ["tracker.test", "tracker.test:5001"]),
    ("*", ["anything", "evil.test:1"], []),
    ("[2606:4700::1]:5000", ["[2606:4700::1]:5000"], ["[2606:4700::2]:5000"]),
    ("2606:4700::1", ["[2606:4700::1]:5000", "[2606:4700::1]"], ["8.8.8.8"]),
]


@pytest.mark.parametrize(("flag", "allowed", "refused"), ALLOWED_HOSTS)
def test_allowed_hosts_are_the_ones_that_are_named(
    start_server: StartServer, flag: str, allowed: list[str], refused: list[str]
) -> None:
    server = start_server("--allowed-hosts", flag)
    with Client(server.url) as client:
        for host in allowed:
            assert with_host(client, host).status == 200, host
        for host in refused:
            assert with_host(client, host).status == 403, host
        assert with_host(client, "127.0.0.1").status == 200  # the address it listens on


def create(client: Client, origin: str, **headers: str) -> Answer:
    body = {"name": f"from {origin} {len(headers)}"}
    return client.ask(
        "POST", f"{API}/experiments/create", body, {**JSON, "Origin": origin, **headers}
    )


ORIGINS: list[tuple[str, bool]] = [
    ("http://localhost:3000", True),
    ("https://127.0.0.1", True),
    ("http://[::1]:8080", True),
    ("http://evil.test", False),
    ("https://localhost.evil.test", False),
    ("http://192.168.1.5", False),
    ("null", False),
    ("http://[", False),
    ("http://user:pass@[::1]:9", False),
    ("file://", False),
    ("x" * 3_000, False),
]


@pytest.mark.parametrize(("origin", "is_allowed"), ORIGINS)
def test_a_foreign_page_may_not_write(server: RunningServer, origin: str, is_allowed: bool) -> None:
    with Client(server.url) as client:
        answer = create(client, origin)
        if is_allowed:
            assert answer.status == 200
            assert answer.headers["access-control-allow-origin"] == origin
            assert answer.headers["access-control-allow-credentials"] == "true"
        else:
            assert (answer.status, answer.code) == (403, "PERMISSION_DENIED")
            assert "--cors-allowed-origins" in answer.message
            assert "access-control-allow-origin" not in answer.headers
            assert len(answer.message) < 1_000
            found = client.ask("GET", f"{API}/experiments/search?max_results=500", headers={})
            names = {experiment["name"] for experiment in found.json["experiments"]}
            assert f"from {origin} 0" not in names


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_writing_method_of_a_foreign_page_is_refused(
    server: RunningServer, method: str
) -> None:
    with Client(server.url) as client:
        for path in (f"{API}/runs/create", "/nothing", "/version"):
            answer = client.ask(method, path, {}, {**JSON, "Origin": "http://evil.test"})
            assert answer.status == 403


def test_a_foreign_page_may_ask_but_its_browser_keeps_the_answer_from_it(
    server: RunningServer,
) -> None:
    with Client(server.url) as client:
        for method in ("GET", "HEAD"):
            answer = client.ask(method, SEARCH, None, {"Origin": "http://evil.test"})
            assert answer.status == 200
            assert "access-control-allow-origin" not in answer.headers
            assert answer.headers["vary"].startswith("Origin")


def test_the_servers_own_page_may_write_whatever_its_name(start_server: StartServer) -> None:
    server = start_server("--allowed-hosts", "tracker.test")
    with Client(server.url) as client:
        same = create(client, "https://tracker.test", Host="tracker.test")
        assert same.status == 200
        other_port = create(client, "https://tracker.test:444", Host="tracker.test")
        assert other_port.status == 403


ALLOWED_ORIGINS: list[tuple[str, list[str], list[str]]] = [
    ("https://page.test", ["https://page.test", "HTTPS://Page.Test"], ["http://page.test"]),
    (
        "https://*.page.test,http://x:1",
        ["https://a.page.test", "http://x:1"],
        ["https://page.test"],
    ),
    ("*", ["http://evil.test", "null"], []),
    ("http://[2606:4700::1]:3000", ["http://[2606:4700::1]:3000"], ["http://[2606:4700::2]:3000"]),
]


@pytest.mark.parametrize(("flag", "allowed", "refused"), ALLOWED_ORIGINS)
def test_allowed_origins_are_the_ones_that_are_named(
    start_server: StartServer, flag: str, allowed: list[str], refused: list[str]
) -> None:
    server = start_server("--cors-allowed-origins", flag)
    with Client(server.url) as client:
        for origin in allowed:
            answer = create(client, origin)
            assert answer.status == 200, origin
            assert answer.headers["access-control-allow-origin"] == origin
        for origin in refused:
            assert create(client, origin).status == 403, origin


@pytest.mark.parametrize(
    ("origin", "is_allowed"), [("http://localhost:1", True), ("http://e", False)]
)
def test_a_preflight_is_answered_and_only_allowed_pages_may_go_on(
    server: RunningServer, origin: str, is_allowed: bool
) -> None:
    with Client(server.url) as client:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        for path in (f"{API}/runs/create", "/anything"):
            answer = client.ask("OPTIONS", path, None, headers)
            assert (answer.status, answer.body) == (204, b"")
            assert ("access-control-allow-origin" in answer.headers) == is_allowed
            assert "POST" in answer.headers["access-control-allow-methods"]
            allowed = answer.headers["access-control-allow-headers"]
            assert {"content-type", "authorization"} <= set(allowed.split(", "))


ANSWERS: dict[str, tuple[str, str, Any, dict[str, str], int]] = {
    "json": ("GET", SEARCH, None, {}, 200),
    "empty": ("POST", f"{API}/experiments/set-experiment-tag",
              {"experiment_id": "0", "key": "k"}, JSON, 200),
    "text": ("GET", "/version", None, {}, 200),
    "health": ("GET", "/health", None, {}, 200),
    "welcome": ("GET", "/", None, {}, 200),
    "refusal": ("GET", f"{API}/runs/get?run_id=x", None, {}, 404),
    "unknown": ("GET", "/nothing", None, {}, 404),
    "wrong method": ("PUT", f"{API}/runs/create", {}, JSON, 405),
    "foreign host": ("GET", SEARCH, None, {"Host": "evil.test"}, 403),
    "foreign origin": ("POST", SEARCH, {}, {**JSON, "Origin": "http://evil.test"}, 403),
    "bad body": ("POST", f"{API}/runs/create", b"[", JSON, 400),
    "not built": ("GET", f"{API}/registered-models/get?name=x", None, {}, 501),
    "preflight": ("OPTIONS", SEARCH, None, {"Access-Control-Request-Method": "GET"}, 204),
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERS)
def test_guard_headers_are_on_every_answer(server: RunningServer, case: str) -> None:
    method, path, body, headers, status = ANSWERS[case]
    with Client(server.url) as client:
        answer = client.ask(method, path, body, headers)
    assert answer.status == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["vary"].startswith("Origin")
    assert "server" not in answer.headers
    if status >= 400:
        assert answer.code
