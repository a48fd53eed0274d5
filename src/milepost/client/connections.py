"""From a tracking URI to a transport; one for each URI, shared by all who name it."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from pathlib import Path

from milepost.client.modes import modes
from milepost.client.settings import default_tracking_uri
from milepost.client.transport import HttpTransport, OfflineTransport, Transport
from milepost.exceptions import MlflowException

_open: dict[tuple[int, str, bool], Transport] = {}
_lock = threading.Lock()
_chosen: str | None = None


def set_tracking_uri(uri: str | os.PathLike[str] | None) -> None:
    """Where to log: http(s)://host:port, sqlite:///file.db, or a folder.

    The last two start a server in this process (`pip install 'milepost[server]'`).
    """
    global _chosen
    _chosen = None if uri is None else str(uri)


def get_tracking_uri() -> str:
    return _chosen or default_tracking_uri()


def is_tracking_uri_set() -> bool:
    from milepost.client.settings import setting

    return bool(_chosen or setting("TRACKING_URI"))


def transport_of(uri: str | None = None) -> Transport:
    """The transport for a URI, by default the one that was set."""
    uri = uri or get_tracking_uri()
    is_offline = modes().is_offline
    key = (os.getpid(), uri, is_offline)
    with _lock:
        found = _open.get(key)
        if found is None:
            if not _open:
                atexit.register(close_all)
            found = _open[key] = OfflineTransport(lasting(uri)) if is_offline else opened(uri)
        return found


def close_all() -> None:
    """At exit: what was logged goes first, then the connections."""
    if (lifecycle := sys.modules.get("milepost.client.lifecycle")) is not None:
        lifecycle.end_runs_at_exit()
    if (sender := sys.modules.get("milepost.client.sender")) is not None:
        sender.close_all()
    for (pid, _, _), transport in list(_open.items()):
        if pid == os.getpid():
            transport.close()
    _open.clear()


def lasting(uri: str) -> str:
    """A URI that means the same in another folder, for a spool that is sent from there."""
    if uri.startswith(("http://", "https://")):
        return uri
    if uri.startswith("sqlite:"):
        return f"sqlite:///{Path(uri.removeprefix('sqlite:///')).expanduser().absolute()}"
    return str(Path(uri.removeprefix("file://")).expanduser().absolute())


def opened_anyway(uri: str) -> Transport:
    """For `milepost sync`, which has a network whatever the mode."""
    return _open.setdefault((os.getpid(), uri, False), opened(uri))


def opened(uri: str) -> Transport:
    scheme = uri.partition("://")[0] if "://" in uri else uri.partition(":")[0]
    if scheme in ("http", "https"):
        return HttpTransport(uri)
    if scheme == "databricks" or (":/" in uri and scheme not in ("sqlite", "file", "postgresql")):
        raise MlflowException(
            f"Milepost cannot log to {uri!r}. Use http://host:port, sqlite:///file.db or a folder.",
            "INVALID_PARAMETER_VALUE",
        )
    from milepost.client.local import LocalTransport

    return LocalTransport(uri)
