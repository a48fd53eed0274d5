"""Full disks, locked, read-only and damaged databases: a clear refusal, then work goes on."""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.faults.load import batch_of, check
from tests.faults.soundness import assert_sound
from tests.server.client import Answer, Client
from tests.servers import ROOT

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit or mount")


def fill(client: Client, run_id: str, first: int) -> tuple[set[int], Answer]:
    """Logs batches until one is refused; their numbers, and the refusal."""
    acknowledged: set[int] = set()
    for number in range(first, first + 20_000):
        answer = client.post("runs/log-batch", run_id=run_id, **large_batch_of(number))
        if answer.status != 200:
            return acknowledged, answer
        acknowledged.add(number)
    raise AssertionError("the disk was never full")


def large_batch_of(number: int) -> dict[str, Any]:
    batch = batch_of(number)
    return {**batch, "tags": [*batch["tags"], {"key": "ballast", "value": f"{number:07}" * 900}]}


def check_refusals(client: Client, run_id: str, refusal: Answer, text: str) -> None:
    """While nothing can be written: every write says so, every read works."""
    for answer in (
        refusal,
        client.post("runs/log-batch", run_id=run_id, **large_batch_of(10**6)),
        client.post("runs/set-tag", run_id=run_id, key="k", value="x" * 60_000),
    ):
        assert (answer.status, answer.code) == (503, "TEMPORARILY_UNAVAILABLE")
        assert text in answer.message
        assert "nothing of this request was stored" in answer.message
        assert int(answer.headers["retry-after"]) > 0
    assert client.get("runs/get", run_id=run_id).status == 200
    assert client.post("runs/search", experiment_ids=["0"]).status == 200
    assert client.history(run_id, "loss")


@linux_only
def test_a_file_that_cannot_grow_refuses_writes_until_it_can(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        check_round(client, run_id, server.process.pid, first=0)
        check_round(client, run_id, server.process.pid, first=100_000)
        sent, there = set(range(10**6)), check(client, run_id, set(range(10**6)), set())
        assert 10**6 not in there
        assert there < sent
    assert server.stop() == 0
    assert_sound(server.database)
    assert not any("Traceback" in line for line in server.output), "".join(server.output)[-3000:]


def check_round(client: Client, run_id: str, process: int, first: int) -> None:
    limits = resource.prlimit(process, resource.RLIMIT_FSIZE)
    client.done("runs/log-batch", run_id=run_id, **large_batch_of(first))
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1_500_000, limits[1]))
    acknowledged, refusal = fill(client, run_id, first + 1)
    check_refusals(client, run_id, refusal, "The disk that holds")
    resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
    again = max(acknowledged, default=first) + 1
    client.done("runs/log-batch", run_id=run_id, **large_batch_of(again))
    found = check(client, run_id, set(range(first + 20_000)), acknowledged | {first, again})
    # The batches refused meanwhile are not there.
    assert not any(number > again for number in found)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes; only root can mount one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@linux_only
def test_a_full_disk_refuses_writes_until_there_is_space(
    start_server: StartServer, tiny_disk: Path
) -> None:
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(400_000))
    server = start_server(folder=tiny_disk)
    try:
        with Client(server.url) as client:
            run_id = client.new_run()
            acknowledged, refusal = fill(client, run_id, 0)
            check_refusals(client, run_id, refusal, "is full")
            assert "Free some space" in refusal.message
            ballast.unlink()
            more = {max(acknowledged) + 1, max(acknowledged) + 2}
            for number in more:
                client.done("runs/log-batch", run_id=run_id, **batch_of(number))
            assert check(client, run_id, acknowledged | more, acknowledged | more)
        assert server.stop() == 0
        assert_sound(server.database)
        assert not any("Traceback" in line for line in server.output)
    finally:
        server.kill()


@linux_only
def test_a_server_on_a_full_disk_stops_in_order_and_starts_again(
    start_server: StartServer, tiny_disk: Path
) -> None:
    server = start_server(folder=tiny_disk)
    with Client(server.url) as client:
        run_id = client.new_run()
        acknowledged, _ = fill(client, run_id, 0)
        client.post("runs/update", run_id=run_id, status="FINISHED")
    assert server.stop() == 0
    (tiny_disk / "milepost.db").rename(tiny_disk / "moved.db")
    for left in tiny_disk.glob("milepost.db-*"):
        left.rename(tiny_disk / left.name.replace("milepost", "moved"))
    folder = tiny_disk.parent / "roomy"
    folder.mkdir()
    for file in tiny_disk.glob("moved.db*"):
        (folder / file.name.replace("moved", "milepost")).write_bytes(file.read_bytes())
    again = start_server(folder=folder)
    with Client(again.url) as client:
        check(client, run_id, acknowledged, acknowledged)
    assert again.stop() == 0
    assert_sound(again.database)


@linux_only
def test_a_first_start_on_a_full_disk_makes_nothing_and_says_so(
    start_server: StartServer, tiny_disk: Path
) -> None:
    ballast = tiny_disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    os.truncate(ballast, ballast.stat().st_size - 100_000)  # room for half a schema
    with pytest.raises(RuntimeError, match="Free some space") as refusal:
        start_server(folder=tiny_disk)
    assert "Traceback" not in str(refusal.value)
    ballast.unlink()
    server = start_server(folder=tiny_disk)
    with Client(server.url) as client:
        client.new_run()
    assert server.stop() == 0
    assert_sound(server.database)


@linux_only
def test_a_server_out_of_file_descriptors_says_so_and_goes_on(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        process = server.process.pid
        limits = resource.prlimit(process, resource.RLIMIT_NOFILE)
        assert limits[0] == min(limits[1], 2**16) or limits[0] > 2**16
        # No file more than are open; the first read needs one.
        open_files = len(list(Path(f"/proc/{process}/fd").iterdir()))
        resource.prlimit(process, resource.RLIMIT_NOFILE, (open_files, limits[1]))
        refusal = client.get("runs/get", run_id=run_id)
        assert (refusal.status, refusal.code) == (503, "TEMPORARILY_UNAVAILABLE")
        assert "ulimit -n" in refusal.message
        client.done("runs/set-tag", run_id=run_id, key="t", value="written meanwhile")
        resource.prlimit(process, resource.RLIMIT_NOFILE, limits)
        assert client.data(run_id)[1]["t"] == "written meanwhile"


def search_at_once(url: str) -> None:
    """More searches at once than there are connections so far: new ones find no file."""

    def search() -> None:
        with Client(url) as client:
            assert client.post("runs/search", experiment_ids=["0"]).status in (200, 503)

    threads = [threading.Thread(target=search) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_database_that_is_removed_under_the_server_takes_no_write_until_it_is_back(
    start_server: StartServer,
) -> None:
    server = start_server()
    moved = server.database.with_name("moved.db")
    with Client(server.url) as client:
        run_id = client.new_run()
        client.done("runs/log-batch", run_id=run_id, **batch_of(0))
        server.database.rename(moved)
        refusal = client.post("runs/log-batch", run_id=run_id, **batch_of(1))
        assert (refusal.status, refusal.code) == (503, "TEMPORARILY_UNAVAILABLE")
        assert "was removed or replaced under the server" in refusal.message
        assert "Put the file back" in refusal.message
        assert int(refusal.headers["retry-after"]) > 0
        search_at_once(server.url)
        assert not server.database.exists()
        moved.rename(server.database)
        client.done("runs/log-batch", run_id=run_id, **batch_of(2))
        assert check(client, run_id, {0, 1, 2}, {0, 2}) == {0, 2}
    assert server.stop() == 0
    assert_sound(server.database)


def test_a_locked_database_refuses_writes_and_still_reads(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        client.done("runs/log-batch", run_id=run_id, **batch_of(0))
        other = sqlite3.connect(server.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answers: list[Answer] = []
        writer = threading.Thread(target=lambda: answers.append(write(server.url, run_id)))
        writer.start()
        while writer.is_alive():
            assert client.get("runs/get", run_id=run_id).status == 200
            assert client.history(run_id, "loss")
            writer.join(0.1)
        (refusal,) = answers
        assert (refusal.status, refusal.code) == (503, "TEMPORARILY_UNAVAILABLE")
        assert "is locked by another process" in refusal.message
        assert int(refusal.headers["retry-after"]) > 0
        other.execute("ROLLBACK")
        other.close()
        assert write(server.url, run_id).status == 200
        assert check(client, run_id, {0, 1}, {0, 1}) == {0, 1}
    assert server.stop() == 0


def write(url: str, run_id: str) -> Answer:
    with Client(url) as client:
        return client.post("runs/log-batch", run_id=run_id, **batch_of(1))


def test_a_short_lock_only_delays_a_write(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        other = sqlite3.connect(server.database, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.5, lambda: other.execute("COMMIT"))
        release.start()
        client.done("runs/log-batch", run_id=run_id, **batch_of(0))
        release.join()
        other.close()
        assert check(client, run_id, {0}, {0}) == {0}


def give_up_roots_power() -> None:
    """Make file permissions count even for root, as they do for everyone else."""
    if os.geteuid() == 0:
        drop_from_bounding_set, write_anything = 24, 1
        ctypes.CDLL(None).prctl(drop_from_bounding_set, write_anything, 0, 0, 0)


@linux_only
def test_a_server_on_a_read_only_file_says_so_and_does_not_start(
    start_server: StartServer, tmp_path: Path
) -> None:
    server = start_server()
    assert server.stop() == 0
    server.database.chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "server", "--port", "0",
         "--backend-store-uri", f"sqlite:///{server.database}"],
        env={"PYTHONPATH": str(ROOT / "src")},
        preexec_fn=give_up_roots_power,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be opened for writing" in done.stderr
    assert "Check the permissions" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_database_is_refused_at_the_start(start_server: StartServer) -> None:
    server = start_server()
    with Client(server.url) as client:
        run_id = client.new_run()
        client.done("runs/log-batch", run_id=run_id, **batch_of(0))
    assert server.stop() == 0
    content = bytearray(server.database.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    content[size:] = b"\xa5" * (len(content) - size)  # all but the page of the schema
    server.database.write_bytes(content)
    process = subprocess.run(
        [sys.executable, "-m", "milepost", "server", "--port", "0",
         "--backend-store-uri", f"sqlite:///{server.database}"],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=60,
    )  # fmt: skip
    assert process.returncode == 1
    assert "milepost doctor" in process.stderr
    assert "Traceback" not in process.stderr
