"""Records what official servers of each era answer to an import, into `servers/`.

    python -m tests.transfer.record_servers           # every era
    python -m tests.transfer.record_servers 1.30      # one of them

The server's own client logs `scripts/write_runs.py` to it; then it is imported through a
go-between that writes down each request and its answer (`wire.py`). Record again when the source
asks otherwise. The tests replay these files and start no official server (but with `--live`).
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.clients.official import FLAGS, official_server
from tests.transfer.moving import import_into, written
from tests.transfer.wire import Exchanges, recording, write_exchanges

RECORDED = Path(__file__).parent / "servers"
POINTS = 60


@contextlib.contextmanager
def filled_server(
    version: str, folder: Path, points: int = POINTS
) -> Iterator[tuple[str, dict[str, str]]]:
    """A fresh official server that its own client has logged to, and the ids that it gave."""
    home = folder / "server"
    home.mkdir()
    with official_server(home, version) as url:
        yield url, written(f"mlflow-server-{version}", url, folder / "client", points)


def record(version: str, folder: Path) -> None:
    exchanges: Exchanges = {}
    with filled_server(version, folder) as (url, ids), recording(url, exchanges) as address:
        done = import_into(folder, address)
    if done.status != 0:
        raise SystemExit(done.output)
    write_exchanges(RECORDED / f"{version}.json", exchanges, ids, folder)
    sys.stdout.write(f"{version}: {len(exchanges)} exchanges\n")


if __name__ == "__main__":
    for wanted in sys.argv[1:] or FLAGS:
        with tempfile.TemporaryDirectory() as temporary:
            record(wanted, Path(temporary))
