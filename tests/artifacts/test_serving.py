"""How artifacts are served: flags, headers, memory, what happens when a store is away."""

from __future__ import annotations

import os
import re
import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import StartServer
from tests.server.client import API, Client
from tests.servers import RunningServer

PROXY = "/api/2.0/mlflow-artifacts/artifacts"
OWN = "/api/milepost/1.0/artifacts"


def put(client: Client, path: str, data: bytes) -> None:
    assert client.ask("PUT", f"{PROXY}/{path}", data, headers={}).status == 200


KINDS = [
    ("a.txt", b"x", "text/plain; charset=utf-8"),
    ("MLmodel", b"x", "text/plain; charset=utf-8"),
    ("a.py", b"x", "text/plain; charset=utf-8"),
    ("a.yaml", b"x", "text/plain; charset=utf-8"),
    ("a.html", b"<b>", "text/html; charset=utf-8"),
    ("a.svg", b"<svg/>", "image/svg+xml"),
    ("a.png", b"\x89PNG", "image/png"),
    ("no-suffix", "grüße".encode(), "text/plain; charset=utf-8"),
    ("no-suffix-either", b"\0\1\2", "application/octet-stream"),
    ("a.tar.gz", b"\x1f\x8b", "application/octet-stream"),
    ("a.unknownkind", b"\xff\xfe\x00", "application/octet-stream"),
    ("empty", b"", "application/octet-stream"),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_a_file_is_an_attachment_of_its_kind(
    server: RunningServer, name: str, data: bytes, kind: str
) -> None:
    with Client(server.url) as client:
        put(client, f"kinds/{name}", data)
        headers = client.ask("GET", f"{PROXY}/kinds/{name}", headers={}).headers
    assert headers["content-type"] == kind
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize("name", ["grüße.html", 'a"b.html', "a\\b.html", "a%b.html", "日本"])
def test_any_name_fits_into_the_header(server: RunningServer, name: str) -> None:
    from urllib.parse import quote

    with Client(server.url) as client:
        put(client, f"named/{quote(name)}", b"x")
        found = client.ask("GET", f"{PROXY}/named/{quote(name)}", headers={}).headers
    disposition = found["content-disposition"]
    assert disposition.endswith(f"filename*=UTF-8''{quote(name, safe='')}")
    assert re.fullmatch(r'attachment; filename="[ -~]*"; .*', disposition)


def test_a_preview_is_shown_inside_a_sandbox_that_is_no_part_of_our_origin(
    server: RunningServer,
) -> None:
    with Client(server.url) as client:
        run_id = client.new_run(experiment_id="0")
        put(client, f"0/{run_id}/artifacts/page.html", b"<script>fetch('/')</script>")
        answer = client.ask("GET", f"{OWN}/preview?run_id={run_id}&path=page.html", headers={})
    assert answer.status == 200
    assert answer.headers["content-disposition"].startswith("inline")
    policy = answer.headers["content-security-policy"]
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy


def resident_mib(pid: int, field: str) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def test_a_large_file_does_not_show_in_the_servers_memory(server: RunningServer) -> None:
    size = 300 * 2**20
    with Client(server.url) as client:
        put(client, "warm", os.urandom(3 * 2**20))
        before = resident_mib(server.process.pid, "VmRSS")
        piece = os.urandom(2**20)
        answer = client.ask(
            "PUT", f"{PROXY}/large", headers={}, chunks=(piece for _ in range(size // len(piece)))
        )
        assert answer.status == 200
        client.connection.request("GET", f"{PROXY}/large")
        response = client.connection.getresponse()
        count = 0
        while part := response.read(2**20):
            count += len(part)
        assert count == size
        grown = resident_mib(server.process.pid, "VmHWM") - before
        assert client.ask("DELETE", f"{PROXY}/large", headers={}).status == 200
    assert grown < 50, f"{grown:.0f} MiB"


def test_a_client_that_does_not_read_does_not_fill_the_servers_memory(
    server: RunningServer,
) -> None:
    with Client(server.url) as client:
        put(client, "slow", os.urandom(60 * 2**20))
        before = resident_mib(server.process.pid, "VmHWM")
        parts = urlsplit(server.url)
        readers = []
        for _ in range(8):
            reader = socket.create_connection((parts.hostname or "", parts.port or 0))
            reader.sendall(f"GET {PROXY}/slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert reader.recv(1000).startswith(b"HTTP/1.1 200")
            readers.append(reader)
        assert client.ask("GET", "/health", headers={}).status == 200
        grown = resident_mib(server.process.pid, "VmHWM") - before
        for reader in readers:
            reader.close()
    assert grown < 50, f"{grown:.0f} MiB"


def test_without_serving_artifacts_the_proxy_says_so(start_server: StartServer) -> None:
    server = start_server("--no-serve-artifacts")
    with Client(server.url) as client:
        for method, path in (("GET", PROXY), ("PUT", f"{PROXY}/x"), ("GET", f"{PROXY}/x")):
            answer = client.ask(method, path, headers={})
            assert answer.status == 503
            assert "--no-serve-artifacts" in answer.message
        run_id = client.new_run(experiment_id="0")
        uri = client.get("runs/get", run_id=run_id).json["run"]["info"]["artifact_uri"]
        assert uri == f"{server.folder}/artifacts/0/{run_id}/artifacts"
        assert client.get("artifacts/list", run_id=run_id).json == {"root_uri": uri}


def test_with_artifacts_only_nothing_else_is_served(start_server: StartServer) -> None:
    server = start_server("--artifacts-only")
    with Client(server.url) as client:
        put(client, "x", b"1")
        assert client.ask("GET", f"{PROXY}/x", headers={}).body == b"1"
        assert client.ask("GET", "/health", headers={}).status == 200
        for answer in (
            client.post("experiments/create", name="x"),
            client.get("runs/get", run_id="x"),
            client.ask("GET", "/get-artifact?run_id=x&path=y", headers={}),
        ):
            assert answer.status == 503
            assert "--artifacts-only" in answer.message


def test_a_shared_root_is_read_by_run(start_server: StartServer, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    server = start_server("--default-artifact-root", str(shared))
    with Client(server.url) as client:
        run_id = client.new_run(experiment_id="0")
        folder = shared / "0" / run_id / "artifacts"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("by the client itself")
        listed = client.get("artifacts/list", run_id=run_id).json
        assert listed["files"] == [{"path": "a.txt", "is_dir": False, "file_size": 20}]
        answer = client.ask("GET", f"/get-artifact?run_uuid={run_id}&path=a.txt", headers={})
        assert answer.body == b"by the client itself"


UPLOADS = [
    ("", b"x", "Request must specify run_uuid."),
    ("run_uuid=x", b"x", "Request must specify path."),
    ("run_uuid=x&path=y", b"", "Request must specify data."),
]


@pytest.mark.parametrize(("query", "data", "text"), UPLOADS)
def test_the_pages_upload_is_refused_in_the_facts_words(
    server: RunningServer, query: str, data: bytes, text: str
) -> None:
    with Client(server.url) as client:
        answer = client.ask(
            "POST", f"/ajax-api/2.0/mlflow/upload-artifact?{query}", data, headers={}
        )
        assert (answer.status, answer.message) == (400, text)


def test_the_pages_upload_takes_ten_mebibytes(server: RunningServer) -> None:
    with Client(server.url) as client:
        run_id = client.new_run(experiment_id="0")
        path = f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run_id}&path=y"
        assert client.ask("POST", path, bytes(10 * 2**20), headers={}).status == 200
        too_large = client.ask("POST", path, bytes(10 * 2**20 + 1), headers={})
        assert too_large.message == "Artifact size is too large. Max size is 10MB."


def test_a_store_that_is_away_is_told_as_such(start_server: StartServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    env = {
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "MLFLOW_S3_ENDPOINT_URL": f"http://127.0.0.1:{port}",
    }
    server = start_server("--artifacts-destination", "s3://bucket/x", env=env)
    with Client(server.url) as client:
        answer = client.ask("PUT", f"{PROXY}/x", b"1", headers={})
        assert answer.status == 503
        assert "retry-after" in answer.headers
        assert "s3://bucket/x" in answer.message
        assert client.done("experiments/create", name="runs go on")["experiment_id"]


def test_server_info_offers_uploads_in_parts_only_where_there_are_some(
    start_server: StartServer,
) -> None:
    with Client(start_server().url) as client:
        info = client.ask("GET", "/api/3.0/mlflow/server-info", headers={}).json
        assert info["multipart_uploads_enabled"] is False
        create = "/api/2.0/mlflow-artifacts/mpu/create/x"
        refused = client.ask("POST", create, {"path": "x", "num_parts": 1})
        assert (refused.status, refused.code) == (501, "NOT_IMPLEMENTED")
        assert client.ask("GET", f"{API}/artifacts/list?run_id=none", headers={}).status == 404


def test_a_server_killed_in_the_middle_of_an_upload_keeps_the_old_file(
    start_server: StartServer,
) -> None:
    server = start_server()
    with Client(server.url) as client:
        put(client, "kept/x", b"old")
        client.connection.putrequest("PUT", f"{PROXY}/kept/x")
        client.connection.putheader("Content-Length", str(50 * 2**20))
        client.connection.endheaders()
        client.connection.send(os.urandom(20 * 2**20))
        server.kill()
    again = start_server(folder=server.folder)
    with Client(again.url) as client:
        assert client.ask("GET", f"{PROXY}/kept/x", headers={}).body == b"old"
        listed = client.ask("GET", PROXY, headers={}).json
        assert listed == {"files": [{"path": "kept", "is_dir": True}]}
        put(client, "kept/x", b"new")
        assert client.ask("GET", f"{PROXY}/kept/x", headers={}).body == b"new"


def test_two_that_append_to_one_file_lose_nothing(server: RunningServer) -> None:
    """Each goes on from the size that it is told; every line is there once."""
    lines = 40

    def writer(name: str) -> None:
        with Client(server.url) as client:
            size = 0
            for number in range(lines):
                line = f"{name}{number}\n".encode()
                while True:
                    target = f"{OWN}/append?path=shared.log&offset={size}"
                    answer = client.ask("POST", target, line, headers={})
                    if answer.status == 200:
                        size = answer.json["size"]
                        break
                    found = re.search(r"it has (\d+) bytes", answer.message)
                    assert found
                    size = int(found[1])

    threads = [threading.Thread(target=writer, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Client(server.url) as client:
        body = client.ask("GET", f"{PROXY}/shared.log", headers={}).body.decode()
    assert sorted(body.split()) == sorted(f"{name}{n}" for name in "ab" for n in range(lines))
