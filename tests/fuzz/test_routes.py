"""Garbage on every route of a real server: a refusal in the one shape, never a crash or a hang.

Requests are drawn from the endpoint table and the messages' fields: well made, odd in places,
damaged or garbage, by the right method or another. `--hypothesis-profile=long` goes on for long.
"""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.wire.endpoints import ENDPOINTS, NOT_BUILT, Endpoint
from milepost.wire.messages import FIELDS
from tests.faults.soundness import assert_sound
from tests.properties.bodies import bodies, camel
from tests.properties.profiles import examples
from tests.server.client import JSON, Answer, Client
from tests.servers import RunningServer

GUARDS = {"x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN"}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
# Statuses that a request alone can bring about.
ALLOWED = {200, 204, 400, 403, 404, 405, 413, 501}
ANSWER_BYTES_MAX = 200_000


# An answer that never ends has tests of its own (tests/server/test_page.py).
ENDLESS = {"watch_changes"}
FINITE = [endpoint for endpoint in ENDPOINTS if endpoint.rpc not in ENDLESS]


class Target:
    """A server with things in it, and one connection to it that must stay usable."""

    def __init__(self, folder: Path) -> None:
        self.server = RunningServer(folder)
        self.client = Client(self.server.url)
        self.experiment = self.client.done("experiments/create", name="fuzzed")["experiment_id"]
        self.run = self.client.new_run(experiment_id=self.experiment)
        self.client.done(
            "runs/log-batch",
            run_id=self.run,
            metrics=[{"key": "a", "value": i, "timestamp": i, "step": i} for i in range(20)],
            params=[{"key": "a", "value": "1"}],
            tags=[{"key": "a", "value": "1"}],
        )

    def known(self, body: bytes) -> bytes:
        """Puts ids that exist where a strategy wrote "r1" or "1", so that requests get further."""
        found = body.replace(b"r1", self.run.encode())
        return found.replace(b'_id": "1"', f'_id": "{self.experiment}"'.encode())

    def restore(self, endpoint: Endpoint) -> None:
        """Brings back what a request may have deleted, so that the next ones find it."""
        if endpoint.rpc == "delete_run":
            self.client.post("runs/restore", run_id=self.run)
        elif endpoint.rpc == "delete_experiment":
            self.client.post("experiments/restore", experiment_id=self.experiment)

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        try:
            answer = self.client.ask(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError) as error:
            output = "".join(self.server.output)[-3000:]
            raise AssertionError(f"the connection was not kept: {error!r}\n{output}") from error
        self.check(method, answer)
        return answer

    def check(self, method: str, answer: Answer) -> None:
        assert answer.status in ALLOWED, answer
        assert GUARDS.items() <= answer.headers.items(), answer
        assert len(answer.body) < ANSWER_BYTES_MAX
        if answer.status >= 400 and method != "HEAD":
            assert answer.code
        if answer.status == 413:
            self.client.close()  # such an answer ends its connection
        log = [line for line in self.server.output if "Traceback" in line or "ERROR" in line]
        assert not log, "".join(self.server.output)[-3000:]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    made = Target(tmp_path_factory.mktemp("fuzzed"))
    yield made
    # After all that: alive, sound, and stopping in order.
    assert made.client.get("runs/search").status in (404, 405)
    assert made.client.post("runs/search", experiment_ids=[made.experiment]).status == 200
    made.client.new_run()
    made.client.close()
    assert made.server.stop() == 0
    assert_sound(made.server.database)


every_endpoint = pytest.mark.parametrize(
    "endpoint", FINITE, ids=[f"{e.rpc}-{e.method}-{e.paths[0][1:18]}" for e in FINITE]
)
content_types = st.sampled_from(
    [JSON] * 12
    + [
        {"Content-Type": "application/json; charset=utf-8"},
        {"Content-Type": "APPLICATION/JSON"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": ""},
        {},
    ]
)
more_headers = st.lists(
    st.sampled_from(
        [
            ("Origin", "http://["),
            ("Origin", "null"),
            ("Origin", "http://localhost:3000"),
            ("Origin", "https://evil.test"),
            ("Origin", "http://user@[::1]:99999"),
            ("Host", "evil.test"),
            ("Host", "[::1"),
            ("Host", ""),
            ("Host", "localhost:notaport"),
            ("Accept-Encoding", "br;q=x"),
            ("Content-Encoding", "gzip"),
            ("Content-Encoding", "deflate"),
            ("Content-Encoding", "identity"),
            ("Authorization", "Basic \xff\xfe"),
            ("Milepost-Batch-Id", "x" * 4_000),
            ("Expect", "100-continue"),
            ("X-Odd", "\xe9\t"),
        ]
    ),
    max_size=2,
).map(dict)
rare_headers = st.integers(0, 7).flatmap(lambda n: more_headers if n == 0 else st.just({}))


@every_endpoint
@settings(max_examples=examples(0.35))
@given(data=st.data())
def test_any_body_on_any_route_is_answered(
    target: Target, endpoint: Endpoint, data: st.DataObject
) -> None:
    name = endpoint.request or "CreateRun"
    body = target.known(data.draw(bodies(name)))
    headers = {**data.draw(content_types), **data.draw(rare_headers)}
    if headers.get("Content-Encoding") == "gzip" and data.draw(st.booleans()):
        body = gzip.compress(body)
    target.ask(endpoint.method, data.draw(st.sampled_from(endpoint.paths)), body, headers)
    target.restore(endpoint)


query_texts = st.one_of(
    st.sampled_from(
        ["", "1", "-1", "0", "true", "ACTIVE_ONLY", "3", "1.5", "nan", "a", "x" * 3000]
    ),
    st.sampled_from(["9" * n for n in (10, 19, 20, 400, 4_301)]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
)


@every_endpoint
@settings(max_examples=examples(0.25))
@given(data=st.data())
def test_any_query_on_any_route_is_answered(
    target: Target, endpoint: Endpoint, data: st.DataObject
) -> None:
    fields = FIELDS.get(endpoint.request or "", {})
    given_fields: list[tuple[str, Any]] = []
    for field in fields:
        if data.draw(st.integers(0, 4)) == 0:
            continue
        known = {"run_id": target.run, "run_uuid": target.run, "run_ids": target.run}
        known |= {"experiment_id": target.experiment, "metric_key": "a", "max_results": "5"}
        is_known = field in known and data.draw(st.integers(0, 2))
        name = camel(field) if data.draw(st.integers(0, 9)) == 0 else field
        given_fields.append((name, known[field] if is_known else data.draw(query_texts)))
    query = urlencode(given_fields, quote_via=quote)
    raw = data.draw(st.sampled_from([""] * 6 + ["&%ff", "&=&&", "&%", "&a=%zz", "&x" * 2_000]))
    path = data.draw(st.sampled_from(endpoint.paths))
    target.ask(endpoint.method, f"{path}?{query}{raw}", None, data.draw(rare_headers))


paths = st.one_of(
    st.sampled_from([path for endpoint in FINITE for path in endpoint.paths]),
    st.sampled_from([path for _, path in NOT_BUILT]).map(
        lambda p: p.replace("{", "").replace("}", "")
    ),
    st.sampled_from(
        ["/", "/health", "/version", "//", "/api", "/api/2.0/mlflow/", "/..", "/%2e%2e"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda t: "/" + quote(t)),
    st.binary(max_size=12).map(lambda data: "/" + quote(data)),
)
additions = st.sampled_from([""] * 4 + ["/", "//", "?", "?x=1", "%00", "/../x", ";a=b", "/" * 500])


@settings(max_examples=examples(6))
@given(method=st.sampled_from(METHODS), path=paths, added=additions, headers=rare_headers)
def test_any_method_on_any_path_is_answered(
    target: Target, method: str, path: str, added: str, headers: dict[str, str]
) -> None:
    target.ask(method, path + added, b"{}" if method in ("POST", "PUT", "PATCH") else None,
               {**JSON, **headers})  # fmt: skip
