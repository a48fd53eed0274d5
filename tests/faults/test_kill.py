"""kill -9 in the middle of writes: what was acknowledged survives, nothing is torn or doubled.

MILEPOST_KILL_ROUNDS says how often the server is killed (default 15).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import StartServer
from tests.faults.load import Load, batch_of, check
from tests.faults.soundness import assert_sound
from tests.server.client import Client
from tests.servers import ROOT

ROUNDS = int(os.environ.get("MILEPOST_KILL_ROUNDS", "15"))
CLIENTS = 4
# Batch numbers of a round begin at its multiple of this.
NUMBERS_A_ROUND = 1_000_000


def test_acknowledged_batches_survive_kill_9_and_none_is_torn(start_server: StartServer) -> None:
    """Each round has a run of its own, kept open, and one that all rounds share and end."""
    chance = random.Random(1)
    server = start_server()
    with Client(server.url) as client:
        shared = client.new_run(run_name="shared")
    sent: set[int] = set()
    acknowledged: set[int] = set()
    for round_number in range(ROUNDS):
        first = round_number * NUMBERS_A_ROUND
        with Client(server.url) as client:
            own = client.new_run(run_name=f"round {round_number}")
        loads = [
            Load([server.url] * CLIENTS, own, first),
            Load([server.url] * CLIENTS, shared, first),
        ]
        with Client(server.url) as client:
            pause(client, shared, chance)
        server.kill()
        for load in loads:
            load.stop()
        server = start_server()
        with Client(server.url) as client:
            check(client, own, loads[0].sent, loads[0].acknowledged)
            sent |= loads[1].sent
            acknowledged |= loads[1].acknowledged
            send_again(client, shared, loads[1])
            acknowledged |= loads[1].sent
        assert_sound(server.database)
    with Client(server.url) as client:
        assert check(client, shared, sent, acknowledged) == sent
        client.done("runs/update", run_id=shared, status="FINISHED")
    assert server.stop() == 0
    assert_sound(server.database)
    server = start_server()
    with Client(server.url) as client:
        check(client, shared, sent, acknowledged)
    assert not any("Traceback" in line for line in server.output)


def pause(client: Client, run_id: str, chance: random.Random) -> None:
    """Let the clients write for a while; ending the run makes the sealer work meanwhile."""
    until = time.monotonic() + chance.uniform(0.15, 0.6)
    while time.monotonic() < until:
        client.done("runs/update", run_id=run_id, status=chance.choice(["FINISHED", "RUNNING"]))
        time.sleep(0.05)


def send_again(client: Client, run_id: str, load: Load) -> None:
    """What a client does that got no answer: the same batches once more, and some that had one."""
    for number in sorted(load.sent - load.acknowledged) + sorted(load.acknowledged)[-20:]:
        client.done("runs/log-batch", run_id=run_id, **batch_of(number))


def test_a_server_killed_while_it_starts_leaves_a_usable_database(
    start_server: StartServer, tmp_path: Path
) -> None:
    path = tmp_path / "milepost.db"
    for delay_ms in (5, 20, 50, 100, 150, 200, 250, 300, 350, 400, 500):
        process = subprocess.Popen(
            [sys.executable, "-m", "milepost", "server", "--port", "0",
             "--backend-store-uri", f"sqlite:///{path}"],
            env={"PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(delay_ms / 1000)
        process.kill()
        process.wait()
    server = start_server()
    with Client(server.url) as client:
        client.new_run()
    assert server.stop() == 0
    assert_sound(path)
