"""Where the client finds its server and its options: environment variables, read when asked.

`MILEPOST_X` comes first, then the `MLFLOW_X` that people have set already.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

DEFAULT_TRACKING_URI = "sqlite:///milepost.db"


def setting(name: str, default: str | None = None) -> str | None:
    """`MILEPOST_<name>`, else `MLFLOW_<name>`, else the default; empty ones are not there."""
    return os.environ.get(f"MILEPOST_{name}") or os.environ.get(f"MLFLOW_{name}") or default


def number(name: str, default: float) -> float:
    """A setting that is a number; one that is none is named in a ValueError."""
    text = setting(name)
    if text is None:
        return default
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}, which is no number") from None


def default_tracking_uri() -> str:
    return setting("TRACKING_URI") or DEFAULT_TRACKING_URI


def spool_folder() -> Path:
    """Where batches wait that no server has taken yet."""
    named = os.environ.get("MILEPOST_SPOOL_DIR")
    if named:
        return Path(named)
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "milepost" / "spool"


class Credentials(NamedTuple):
    """The Authorization header's value, or None."""

    authorization: str | None


def credentials() -> Credentials:
    """A bearer token, or a name and password, as the usual variables say."""
    token = setting("TRACKING_TOKEN")
    name, password = setting("TRACKING_USERNAME"), setting("TRACKING_PASSWORD")
    if name is not None and password is not None:
        return Credentials(basic(name, password))
    return Credentials(f"Bearer {token}" if token else None)


def basic(name: str, password: str) -> str:
    """The Authorization header of a name and password."""
    import base64

    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
