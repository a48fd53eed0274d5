"""How this process logs: with or without a network, forgiving or strict."""

from __future__ import annotations

import os
from typing import NamedTuple

from milepost.exceptions import MlflowException

MODES = ("online", "offline")
TRUE = ("1", "true", "True")


class Modes(NamedTuple):
    """`is_strict`: what was refused, and a server that is away, raise in the training script."""

    is_offline: bool
    is_strict: bool
    captures_console: bool = False
    logs_code_state: bool = False


_chosen: dict[str, bool] = {}


def init(
    tracking_uri: str | os.PathLike[str] | None = None,
    *,
    offline: bool | None = None,
    strict: bool | None = None,
    capture_console: bool | None = None,
    log_code_state: bool | None = None,
) -> None:
    """Settle how this process logs, before its first run. What is left out stays as it is.

    `offline=True` (or MILEPOST_MODE=offline) touches no network: everything goes to the spool, and
    `milepost sync` sends it later. `strict=True` (or MILEPOST_STRICT=1) raises in the script what
    is otherwise a warning: entries that the server refuses, a server that cannot be reached.

    `capture_console=True` (or MILEPOST_CAPTURE_CONSOLE=1) sends what the script writes to stdout
    and stderr to each run's `milepost/console.log`, live. `log_code_state=True` (or
    MILEPOST_LOG_CODE_STATE=1) keeps the command line, the git diff and the installed packages of
    each run in `milepost/code`.
    """
    from milepost.client import connections

    given = {
        "offline": offline,
        "strict": strict,
        "capture_console": capture_console,
        "log_code_state": log_code_state,
    }
    for name, value in given.items():
        if value is not None:
            _chosen[name] = bool(value)
    if tracking_uri is not None:
        connections.set_tracking_uri(tracking_uri)


def modes() -> Modes:
    """What `init` said, else the environment."""
    mode = os.environ.get("MILEPOST_MODE") or "online"
    if mode not in MODES:
        raise MlflowException(
            f"MILEPOST_MODE is {mode!r}; it is one of {', '.join(MODES)}.",
            "INVALID_PARAMETER_VALUE",
        )
    return Modes(
        _chosen.get("offline", mode == "offline"),
        *(
            _chosen.get(name, os.environ.get(f"MILEPOST_{name.upper()}", "") in TRUE)
            for name in ("strict", "capture_console", "log_code_state")
        ),
    )
