"""What goes along with an active run, from its start to its end, such as a sampler.

`lifecycle` calls `start` when a run has begun and `stop` before it ends, and knows nothing more.
"""

from __future__ import annotations

import os
import sys
from typing import Protocol

from milepost.client import system_metrics
from milepost.client.modes import modes
from milepost.client.sender import Sender
from milepost.entities import Run
from milepost.exceptions import MlflowException


class Attendant(Protocol):
    def start(self) -> None: ...

    def stop(self) -> None: ...


_attending: dict[str, list[Attendant]] = {}


def start(run: Run, sender: Sender, log_system_metrics: bool | None) -> None:
    """Begin with what is wanted for this run. What cannot be is told; the run goes on without."""
    run_id = str(run.info.run_id)
    try:
        found = wanted(run, sender, log_system_metrics)
        for one in found:
            one.start()
    except (MlflowException, OSError) as error:
        sys.stderr.write(f"milepost: {error}\n")
    else:
        _attending.setdefault(run_id, []).extend(found)


def wanted(run: Run, sender: Sender, log_system_metrics: bool | None) -> list[Attendant]:
    found: list[Attendant] = []
    if system_metrics.is_wanted(log_system_metrics):
        metrics = run.data.metrics if run.data else ()
        found.append(system_metrics.Sampler(sender, str(run.info.run_id), metrics))
    chosen = modes()
    if chosen.captures_console:
        from milepost.client import console
        from milepost.client.fluent_artifacts import put_files

        run_id = str(run.info.run_id)
        if console.is_ours_to_keep(run_id):
            log = console.ConsoleLog(sender, run_id, put_files)
            found.append(console.CapturedConsole(log))
    if chosen.logs_code_state:
        found.append(CodeState(str(run.info.run_id)))
    return found


class CodeState:
    """Logged once, in the background, when a run starts."""

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id

    def start(self) -> None:
        from milepost.client import code_state, uploads
        from milepost.client.fluent_artifacts import put_files

        command, source = code_state.own_command(), code_state.own_source()
        uploads.later(
            lambda: code_state.log(self._run_id, put_files, command, source), "the code's state"
        )

    def stop(self) -> None:
        from milepost.client import uploads

        uploads.flush()


def stop_all() -> None:
    """At the end of the process."""
    for run_id in list(_attending):
        stop(run_id)


def stop(run_id: str) -> None:
    """End all of it; what it has logged goes with what the script has."""
    for one in reversed(_attending.pop(run_id, [])):
        try:
            one.stop()
        except (MlflowException, OSError) as error:
            sys.stderr.write(f"milepost: {error}\n")


os.register_at_fork(after_in_child=_attending.clear)  # threads stay with the parent
