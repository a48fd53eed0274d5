"""Runs a server: binds the port, opens the store, serves until told to stop, closes in order."""

from __future__ import annotations

import ctypes
import gc
import resource
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from milepost.api.context import Context
from milepost.api.table import HANDLERS
from milepost.artifacts.archive import ArchiveFolder
from milepost.artifacts.places import Places, not_serving
from milepost.errors import EndpointDisabled
from milepost.server.app import App
from milepost.server.protocol import JoiningProtocol
from milepost.server.routes import Routes
from milepost.server.settings import Settings
from milepost.server.workers import run_workers
from milepost.store import Store, StoreUnusable, database_of, open_store
from milepost.wire.endpoints import ENDPOINTS, NOT_BUILT

# SIGTERM to exit stays under ten seconds: open requests get this long, sealing gets that long.
GRACEFUL_S = 4
SEAL_S = 3.0
# Longer than the pauses between a training loop's log calls, so that connections stay usable.
KEEP_ALIVE_S = 75
BACKLOG = 2_048
FILES_MAX = 2**16
FREED_BYTES_KEPT = 16 * 2**20
# mallopt(3)'s names of these three.
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD = -1, -2, -3
# The routes of the artifact proxy, which work without runs.
PROXY_RPCS = tuple(e.rpc for e in ENDPOINTS if "/mlflow-artifacts/" in e.paths[0])
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class PortUnavailable(Exception):
    """The address cannot be listened on; the text names the flag."""


def bind(host: str, port: int) -> socket.socket:
    """A bound socket; raises `PortUnavailable`."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, proto)
    except OSError as error:
        raise PortUnavailable(f"{host!r} is no address of this machine: {error}.") from error
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise PortUnavailable(
            f"Port {port} on {host} cannot be used: {error.strerror}."
            " Stop what listens there, or choose another with --port."
        ) from error
    return bound


def serve(settings: Settings, announce: Callable[[str, Store], None]) -> None:
    """Serve until SIGTERM or SIGINT; `announce(address, store)` is called once it listens.

    Raises `PortUnavailable`, `StoreUnusable`, `PlaceUnusable` or `RouteTableError` instead of
    starting.
    """
    allow_many_files()
    bound = bind(settings.host, settings.port)
    try:
        if settings.workers == 1:
            serve_on(bound, settings, announce)
        else:
            prepare_shared(settings)
            run_workers(
                settings.workers,
                lambda is_first: serve_on(bound, settings, announce if is_first else say_nothing),
            )
    finally:
        bound.close()


def allow_many_files() -> None:
    """Open as many files and connections as may be: the usual soft limit is a thousand."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_MAX if hard == resource.RLIM_INFINITY else min(FILES_MAX, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def prepare_shared(settings: Settings) -> None:
    """Bring the schema up to date before there are workers. Raises `StoreUnusable`."""
    database = database_of(settings.backend_store_uri)
    if not database.is_shared:
        raise StoreUnusable(
            "--workers needs PostgreSQL (--backend-store-uri postgresql://...): SQLite has one"
            " writer, for which the workers would only wait."
        )
    database.prepare()


def say_nothing(_address: str, _store: Store) -> None:
    """The first worker has announced the server."""


def serve_on(
    bound: socket.socket, settings: Settings, announce: Callable[[str, Store], None]
) -> None:
    """One process's part of `serve`."""
    routes = Routes(ENDPOINTS, HANDLERS, NOT_BUILT, disabled_by(settings))
    places = Places(
        settings.artifacts_destination,
        settings.named_roots(),
        Path(settings.artifact_uploads_folder).absolute(),
        settings.serve_artifacts,
    )
    bytes_max = settings.artifact_bytes_max
    store = open_store(
        settings.backend_store_uri,
        settings.artifact_root(),
        time.time_ns() // 1_000_000,
        ArchiveFolder(places.proxied),
    )
    try:
        app = App(Context(store, places, bytes_max), routes, settings)
        run_uvicorn(app, bound, settings, store, announce)
    finally:
        store.close(SEAL_S)


def disabled_by(settings: Settings) -> dict[str, EndpointDisabled]:
    """The rpcs that the operator's flags switch off, with what they answer."""
    out = {}
    if settings.artifacts_only:
        text = "This server runs with --artifacts-only: it keeps artifacts and tracks no runs."
        served = {*PROXY_RPCS, "server_info"}
        out = {e.rpc: EndpointDisabled(text) for e in ENDPOINTS if e.rpc not in served}
    if not settings.serve_artifacts:
        out |= dict.fromkeys(PROXY_RPCS, not_serving())
    return out


class AnnouncingServer(uvicorn.Server):
    """uvicorn, telling when it has begun to listen."""

    def __init__(
        self, config: uvicorn.Config, listening: Callable[[], None], stopping: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._listening = listening
        self._stopping = stopping

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but without raising the signal again: the store is still to be closed."""
        before = {one: signal.signal(one, self.handle_exit) for one in STOP_SIGNALS}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Streams of events never end by themselves; they are told to."""
        self._stopping()
        await super().shutdown(sockets)


def run_uvicorn(
    app: App,
    bound: socket.socket,
    settings: Settings,
    store: Store,
    announce: Callable[[str, Store], None],
) -> None:
    # What is loaded by now stays; the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    keep_freed_memory()
    address = address_of(bound, settings.host)
    config = config_of(app)
    server = AnnouncingServer(config, lambda: announce(address, store), store.changes.close)
    server.run(sockets=[bound])


def config_of(app: App) -> uvicorn.Config:
    """How uvicorn serves the application."""
    return uvicorn.Config(
        app,
        loop=best_loop(),
        http=JoiningProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACEFUL_S,
        backlog=BACKLOG,
    )


def keep_freed_memory() -> None:
    """Let glibc keep some freed memory: streams free and take the same megabytes all the time.

    Given back and taken anew, each page costs a fault: a quarter of an upload's CPU time.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_TRIM_THRESHOLD, FREED_BYTES_KEPT)
        mallopt(M_MMAP_THRESHOLD, FREED_BYTES_KEPT)
        mallopt(M_TOP_PAD, FREED_BYTES_KEPT // 8)


def best_loop() -> str:
    try:
        import uvloop  # noqa: F401
    except ImportError:
        return "asyncio"
    return "uvloop"


def address_of(bound: socket.socket, host: str) -> str:
    """The URL to give to clients; a wildcard address is shown as this machine's loopback."""
    port = bound.getsockname()[1]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}"
