"""No text that names an artifact leads out of the root, on any route, or breaks the server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.artifacts.paths import checked
from milepost.errors import InvalidParameterValue
from tests.artifacts.hostile import ORDINARY, REFUSED, targets
from tests.server.client import Answer, Client, raw
from tests.servers import RunningServer

PROXY = "/api/2.0/mlflow-artifacts"
OWN = "/api/milepost/1.0/artifacts"
AJAX = "/ajax-api/2.0"
SECRET = b"nobody may read this"
BLAKE3 = "0" * 64


class World:
    """A server, a run, and things around the root that nobody may touch."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.client = Client(server.url)
        self.run_id = self.client.new_run(experiment_id="0")
        (server.folder / "secret").write_bytes(SECRET)
        (server.folder / "outside").mkdir()
        (server.folder / "outside" / "secret").write_bytes(SECRET)

    def snapshot(self) -> dict[str, bytes]:
        """Everything around the root but the database."""
        out = {}
        for path in self.server.folder.rglob("*"):
            name = str(path.relative_to(self.server.folder))
            if path.is_file() and not name.startswith(("artifacts/", "milepost.db")):
                out[name] = path.read_bytes()
        return out

    def requests(self, path: str) -> list[tuple[str, str, object]]:
        """Each route that takes a path, with `path` already written for a URL."""
        run = self.run_id
        upload = {"path": "x", "upload_id": "u", "num_parts": 1, "parts": []}
        return [
            *[(verb, f"{base}/mlflow-artifacts/artifacts/{path}", body)
              for base in ("/api/2.0", AJAX)
              for verb, body in (("PUT", b"x"), ("GET", None), ("HEAD", None), ("DELETE", None))],
            *[("POST", f"{PROXY}/mpu/{step}/{path}", upload)
              for step in ("create", "complete", "abort")],
            ("GET", f"{PROXY}/presigned/{path}", None),
            ("GET", f"{PROXY}/artifacts?path={path}", None),
            ("GET", f"/api/2.0/mlflow/artifacts/list?run_id={run}&path={path}", None),
            ("GET", f"{AJAX}/mlflow/artifacts/list?run_id={run}&path={path}", None),
            ("GET", f"/api/2.0/preview/mlflow/artifacts/list?run_uuid={run}&path={path}", None),
            ("GET", f"/get-artifact?run_id={run}&path={path}", None),
            ("GET", f"/get-artifact?run_uuid={run}&path={path}", None),
            ("POST", f"{AJAX}/mlflow/upload-artifact?run_uuid={run}&path={path}", b"x"),
            ("GET", f"{OWN}/preview?run_id={run}&path={path}", None),
            ("POST", f"{OWN}/append?run_id={run}&path={path}&offset=0", b"x"),
            ("POST", f"{OWN}/append?path={path}&offset=0", b"x"),
        ]  # fmt: skip

    def messages(self, path: str) -> list[tuple[str, dict]]:
        """Routes that take a path in JSON; `path` is the plain text."""
        run = self.run_id
        claim = {"path": path, "size": 1, "blake3": BLAKE3}
        return [
            (f"{OWN}/create-upload", {"run_id": run, **claim}),
            (f"{OWN}/create-upload", claim),
            (f"{OWN}/find-missing", {"run_id": run, "files": [claim]}),
            (f"{OWN}/find-missing", {"files": [claim]}),
            ("/api/2.0/mlflow/artifacts/presigned-download-url", {"run_id": run, "path": path}),
            ("/api/2.0/mlflow/artifacts/presigned-upload-url", {"run_id": run, "path": path}),
        ]

    def ask(self, method: str, target: str, body: object) -> Answer:
        headers = {} if not isinstance(body, dict) else None
        return self.client.ask(method, target, body, headers=headers)


@pytest.fixture(scope="module")
def world(server: RunningServer) -> Iterator[World]:
    world = World(server)
    yield world
    world.client.close()


def test_the_table_is_as_long_as_promised() -> None:
    assert len({*REFUSED, *ORDINARY}) >= 240
    assert len(set(REFUSED)) >= 160


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_a_hostile_path_is_refused_on_every_route(world: World, text: str) -> None:
    before = world.snapshot()
    for path in targets(text):
        if len(path) > 60_000:
            continue  # longer than a request line may be; refused before any route
        for method, target, body in world.requests(path):
            answer = world.ask(method, target, body)
            # The root itself may be listed; "" is no path at all.
            assert answer.status == 400, (method, target[:300], answer)
            assert SECRET not in answer.body
    for target, message in world.messages(text):
        answer = world.ask("POST", target, message)
        assert answer.status == 400, (target, text[:300], answer)
    assert world.snapshot() == before


@pytest.mark.parametrize("text", ORDINARY, ids=ascii)
def test_an_odd_name_is_a_name_like_any_other(world: World, text: str) -> None:
    for path in targets(text):
        place = f"{PROXY}/artifacts/odd/{path}"
        data = text.encode()
        assert world.ask("PUT", place, data).status == 200, text
        assert world.ask("GET", place, None).body == data, text
        assert world.ask("DELETE", place, None).status == 200
        for method, target, body in world.requests(path):
            assert world.ask(method, target, body).status in (200, 400, 404, 501), (method, target)


def test_a_path_with_a_number_sign_in_the_request_line_is_refused(world: World) -> None:
    for target in ("x#y", "0/#", "#", "../#"):
        head = "Host: 127.0.0.1\r\nConnection: close\r\n\r\n"
        sent = f"GET {PROXY}/artifacts/{target} HTTP/1.1\r\n{head}"
        assert raw(world.server.url, sent.encode()).startswith(b"HTTP/1.1 400"), target


def test_bytes_that_are_no_utf8_are_refused(world: World) -> None:
    for path in ("%ff", "a/%c3", "%c0%ae%c0%ae/x", "%ed%a0%80"):
        for method, body in (("PUT", b"x"), ("GET", None), ("DELETE", None)):
            assert world.ask(method, f"{PROXY}/artifacts/{path}", body).status == 400


@pytest.fixture
def links(world: World) -> Iterator[Path]:
    """Links in the root to a file and to a folder outside."""
    root = world.server.folder / "artifacts" / "linked"
    root.mkdir(parents=True, exist_ok=True)
    os.symlink(world.server.folder / "secret", root / "file")
    os.symlink(world.server.folder / "outside", root / "folder")
    os.symlink("nowhere", root / "broken")
    os.mkfifo(root / "pipe")
    yield root
    for path in list(root.iterdir()):
        path.unlink()


def test_links_and_pipes_lead_nowhere(world: World, links: Path) -> None:
    before = world.snapshot()
    base = f"{PROXY}/artifacts/linked"
    assert world.ask("GET", f"{PROXY}/artifacts?path=linked", None).json == {}
    for name in ("file", "folder/secret", "broken", "pipe", "folder"):
        answer = world.ask("GET", f"{base}/{name}", None)
        assert answer.status in (400, 404), answer
        assert SECRET not in answer.body
    assert world.ask("GET", f"{PROXY}/artifacts?path=linked/folder", None).json == {}
    assert world.ask("PUT", f"{base}/folder/new", b"x").status == 400
    assert world.ask("PUT", f"{base}/folder/new", os.urandom(3_000_000)).status == 400
    for name in ("file", "folder/secret", "broken"):
        target = f"{OWN}/append?path=linked/{name}&offset=0"
        assert world.ask("POST", target, b"x").status in (400, 404)
    assert world.ask("DELETE", f"{base}/folder/secret", None).status in (200, 400)
    assert world.ask("PUT", f"{base}/file", b"mine").status == 200  # the link itself is replaced
    assert world.ask("DELETE", f"{PROXY}/artifacts/linked", None).status == 200
    links.mkdir()
    assert world.snapshot() == before


URIS = [
    "/etc",
    "{folder}",
    "{folder}/outside",
    "file://{folder}/outside",
    "file:///etc",
    "mlflow-artifacts:/../outside",
    "mlflow-artifacts:/%2e%2e/outside",
    "mlflow-artifacts:/x/../../y",
    "{folder}/artifacts/../outside",
    "file://{folder}/artifacts/%2e%2e/outside",
    "{folder}/artifactsx",
    "s3://bucket/x",
    "gs://bucket/x",
    "wasbs://c@a.blob.core.windows.net/x",
    "dbfs:/x",
    "file:outside",
    "file://otherhost/x",
    "{folder}/artifacts?x/../../outside",
    "unknown://x/y",
]


@pytest.mark.parametrize("uri", URIS)
def test_a_stored_location_reaches_only_what_the_operator_named(world: World, uri: str) -> None:
    location = uri.format(folder=world.server.folder)
    made = world.client.post("experiments/create", name=f"at {uri}", artifact_location=location)
    if made.status != 200:
        assert made.status == 400
        return
    run_id = world.client.new_run(experiment_id=made.json["experiment_id"])
    before = world.snapshot()
    for target in (
        f"/api/2.0/mlflow/artifacts/list?run_id={run_id}",
        f"/get-artifact?run_id={run_id}&path=secret",
        f"{OWN}/preview?run_id={run_id}&path=secret",
    ):
        answer = world.ask("GET", target, None)
        assert answer.status in (400, 403), answer
        assert SECRET not in answer.body
    upload = f"{AJAX}/mlflow/upload-artifact?run_uuid={run_id}&path=x"
    assert world.ask("POST", upload, b"x").status in (400, 403)
    assert world.ask("POST", f"{OWN}/append?run_id={run_id}&path=x&offset=0", b"x").status in (
        400,
        403,
    )
    assert world.snapshot() == before


# --- the rule itself ---------------------------------------------------------------------------

ALPHABET = st.sampled_from(
    ["..", ".", "/", "\\", "%2e", "%2f", "%25", "%", "a", "C:", "#", "\0", " ", "ü", "%5c", "2e"]
)


@given(st.lists(ALPHABET, max_size=12).map("".join))
@settings(max_examples=2_000, deadline=None)
def test_what_is_let_through_stays_below_any_root(text: str) -> None:
    try:
        path = checked(text)
    except InvalidParameterValue:
        return
    assert os.path.normpath(os.path.join("/root", path)) == os.path.join("/root", path).rstrip("/")
    assert ".." not in path.split("/")
    assert checked(path) == path


@given(st.lists(ALPHABET, min_size=1, max_size=10).map("".join), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_opened_file_is_ever_outside_the_root(world: World, text: str, whole: bool) -> None:
    """Whatever is asked, every descriptor that the server then holds is below its own folders."""
    path = (
        quote(text)
        if whole
        else text.replace("#", "%23")
        .replace("\0", "%00")
        .replace(" ", "%20")
        .replace("ü", "%c3%bc")
        .replace("\\", "%5c")
    )
    before = world.snapshot()
    for method, body in (("PUT", b"x"), ("GET", None), ("DELETE", None)):
        answer = world.ask(method, f"{PROXY}/artifacts/p/{path}", body)
        assert answer.status < 500
        assert SECRET not in answer.body
    assert world.snapshot() == before
