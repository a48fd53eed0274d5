"""A server inside a training script: a thread that listens on a free loopback port.

The same application as `milepost server`; it leaves the process's signals and settings alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from milepost.api.context import Context
from milepost.api.table import HANDLERS
from milepost.artifacts.archive import ArchiveFolder
from milepost.artifacts.places import Places
from milepost.server.app import App
from milepost.server.routes import Routes
from milepost.server.serve import SEAL_S, bind, config_of
from milepost.server.settings import Settings
from milepost.store import open_store
from milepost.wire.endpoints import ENDPOINTS, NOT_BUILT

LOOPBACK = "127.0.0.1"


class EmbeddedServer:
    """Serves one database and one folder of artifacts until `stop`; `port` is where."""

    def __init__(self, database_uri: str, artifacts: str) -> None:
        """Raises what `serve.serve` does."""
        settings = Settings(backend_store_uri=database_uri, artifacts_destination=artifacts, port=0)
        staging = Path(artifacts).absolute().parent / "artifact-uploads"
        places = Places(artifacts, settings.named_roots(), staging)
        routes = Routes(ENDPOINTS, HANDLERS, NOT_BUILT, {})
        self._socket = bind(LOOPBACK, 0)
        self.port = self._socket.getsockname()[1]
        now = time.time_ns() // 1_000_000
        try:
            self._store = open_store(
                database_uri, settings.artifact_root(), now, ArchiveFolder(places.proxied)
            )
        except BaseException:
            self._socket.close()
            raise
        context = Context(self._store, places, settings.artifact_bytes_max)
        self._server = QuietServer(config_of(App(context, routes, settings)))
        self._thread = threading.Thread(target=self._run, name="milepost-server", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Finish the requests under way, and close the store."""
        if self._thread.is_alive():
            self._server.should_exit = True
            self._thread.join()
            self._store.close(SEAL_S)
            self._socket.close()


class QuietServer(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the script."""
        yield
