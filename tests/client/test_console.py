"""What a script writes to its terminal is in its run, live, and still on the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost import MlflowClient
from milepost.client.console import ARTIFACT
from milepost.client.console_tee import LINE_BYTES_MAX, Folder
from milepost.exceptions import MlflowException
from tests.clients.official import official_server
from tests.servers import ROOT, RunningServer

SCRIPT = """
import os, sys, subprocess, milepost
milepost.init(capture_console=True)
with milepost.start_run() as run:
    print("id", run.info.run_id)
    sys.stdin.readline()
    print("größe")
    subprocess.run(["sh", "-c", "echo from a child; echo to stderr >&2"])
    for step in range(100):
        sys.stderr.write(f"\\r{step + 1}/100")
    sys.stderr.write("\\n")
    if "kill" in sys.argv:
        os.kill(os.getpid(), 9)
    os.write(1, b"x" * 20_000 + b"\\n")
    sys.stdin.readline()
print("after the run")
"""
PATIENCE_S = 30


def start(url: str, folder: Path, *words: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MLFLOW_TRACKING_URI": url,
           "MILEPOST_SPOOL_DIR": str(folder / "spool"), "PYTHONUTF8": "1"}  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *words], env=env, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def id_of(script: subprocess.Popen[str]) -> str:
    assert script.stdout
    return script.stdout.readline().split()[1]


def go_on(script: subprocess.Popen[str]) -> None:
    assert script.stdin
    script.stdin.write("go\n")
    script.stdin.flush()


def log_of(url: str, run_id: str) -> str:
    try:
        return Path(MlflowClient(url).download_artifacts(run_id, ARTIFACT)).read_text()
    except MlflowException:
        return ""


def wait_for(url: str, run_id: str, text: str) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while text not in (found := log_of(url, run_id)):
        assert time.monotonic() < deadline, found[-500:]
        time.sleep(0.1)
    return found


def check_whole(found: str, run_id: str) -> None:
    lines = found.splitlines()
    assert sorted(line[:20] for line in lines) == sorted(
        [f"id {run_id}"[:20], "größe", "from a child", "to stderr", "100/100", "x" * 20]
    )
    assert "x" * 20_000 in lines


def test_the_console_is_in_the_run_while_it_runs_and_on_the_terminal(
    server: RunningServer, tmp_path: Path
) -> None:
    script = start(server.url, tmp_path)
    run_id = id_of(script)
    go_on(script)
    wait_for(server.url, run_id, "xxx\n")
    assert MlflowClient(server.url).get_run(run_id).info.status == "RUNNING"
    out, err = script.communicate("go\n", timeout=PATIENCE_S)
    assert script.returncode == 0, err
    check_whole(log_of(server.url, run_id), run_id)
    assert out.splitlines()[0] == "größe"
    assert out.splitlines()[-1] == "after the run"
    assert "\n99/100" in err  # carriage returns, as text is read here
    assert "after the run" not in log_of(server.url, run_id)


def test_a_server_that_goes_away_meanwhile_misses_and_repeats_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    first = RunningServer(folder)
    script = start(first.url, tmp_path)
    run_id = id_of(script)
    wait_for(first.url, run_id, "id")
    first.kill()
    go_on(script)
    time.sleep(2)  # some tries fail
    again = RunningServer(folder, "--port", first.url.rsplit(":", 1)[1])
    try:
        wait_for(again.url, run_id, "xxx\n")
        script.communicate("go\n", timeout=PATIENCE_S)
        check_whole(log_of(again.url, run_id), run_id)
    finally:
        script.kill()
        again.kill()


def test_a_script_that_is_killed_has_written_all_to_its_terminal(
    server: RunningServer, tmp_path: Path
) -> None:
    script = start(server.url, tmp_path, "kill")
    run_id = id_of(script)
    wait_for(server.url, run_id, "id")
    out, err = script.communicate("go\n", timeout=PATIENCE_S)
    assert script.returncode == -signal.SIGKILL
    assert "größe\nfrom a child\n" in out
    assert "100/100" in err


def test_a_server_that_cannot_append_gets_the_log_at_the_end(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if not request.config.getoption("--live"):
        pytest.skip("with --live")
    with official_server(tmp_path) as url:
        script = start(url, tmp_path)
        run_id = id_of(script)
        _, err = script.communicate("go\ngo\n", timeout=PATIENCE_S)
        assert script.returncode == 0, err
        check_whole(log_of(url, run_id), run_id)


FORKING = """
import multiprocessing, milepost
milepost.init(capture_console=True)
def work(number):
    print("worker", number, flush=True)
if __name__ == "__main__":
    with milepost.start_run() as run:
        print(run.info.run_id, flush=True)
        with multiprocessing.get_context("fork").Pool(2) as pool:
            pool.map(work, range(4))
        print("joined", flush=True)
"""


def test_what_forked_workers_write_is_in_the_log(server: RunningServer, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MLFLOW_TRACKING_URI": server.url,
           "MILEPOST_SPOOL_DIR": str(tmp_path / "spool")}  # fmt: skip
    env.pop("PYTHONUNBUFFERED", None)  # with it Python itself writes a line in pieces, that mix
    (tmp_path / "forking.py").write_text(FORKING)
    done = subprocess.run([sys.executable, "forking.py"], cwd=tmp_path, env=env, check=False,
                          capture_output=True, text=True, timeout=60)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    run_id = done.stdout.split()[0]
    wanted = sorted([run_id, *(f"worker {number}" for number in range(4)), "joined"])
    assert sorted(log_of(server.url, run_id).splitlines()) == wanted
    assert sorted(done.stdout.splitlines()) == wanted


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\nb", "a\nb\n"), ("1%\r2%\r3%\n", "3%\n"), ("1%\r2%", "2%\n"),
        ("dos\r\nline\r\n", "dos\nline\n"),
        ("bar\r", "bar\n"), ("\r50%\n", "50%\n"), ("\n\n", "\n\n"), ("", ""),
    ],
)  # fmt: skip
def test_of_a_progress_bar_the_last_state_is_kept(written: str, kept: str) -> None:
    folder = Folder()
    assert folder.feed(written.encode()) + folder.end() == kept.encode()


@given(st.lists(st.text("a\r\n", max_size=8), max_size=20))
def test_where_a_stream_is_cut_makes_no_difference(pieces: list[str]) -> None:
    cut, whole = Folder(), Folder()
    found = b"".join(cut.feed(piece.encode()) for piece in pieces) + cut.end()
    assert found == whole.feed("".join(pieces).encode()) + whole.end()


def test_a_line_without_end_is_not_held_for_ever() -> None:
    folder = Folder()
    assert len(folder.feed(b"x" * (LINE_BYTES_MAX + 1))) > LINE_BYTES_MAX
