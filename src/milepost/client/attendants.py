"""What goes along with an active run, from its start to its end, such as a sampler.

`lifecycle` calls `start` when a run has begun and `stop` before it ends, and knows nothing more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Protocol

from milepost.client import system_metrics
from milepost.client.modes import modes
from milepost.client.sender import Sender
from milepost.entities import Run
from milepost.exceptions import MlflowException

# A server that takes connections and answers nothing holds up the end of a run no longer.
UPLOADS_WAIT_S = 30.0


class Attendant(Protocol):
    def start(self) -> None: ...

    def stop(self) -> None: ...


_attending: dict[str, list[Attendant]] = {}


def start(run: Run, sender: Sender, log_system_metrics: bool | None) -> None:
    """Begin with what is wanted for this run. What cannot be is told; the run goes on without."""
    run_id = str(run.info.run_id)
    try:
        for one in wanted(run, run_id, sender, log_system_metrics):
            one.start()
            _attending.setdefault(run_id, []).append(one)
        if modes().logs_code_state:
            log_code_state(run_id)
    except (MlflowException, OSError) as error:
        sys.stderr.write(f"milepost: {error}\n")


def wanted(
    run: Run, run_id: str, sender: Sender, log_system_metrics: bool | None
) -> Iterator[Attendant]:
    if system_metrics.is_wanted(log_system_metrics):
        yield system_metrics.Sampler(sender, run_id, run.data.metrics if run.data else ())
    if modes().captures_console:
        from milepost.client import console
        from milepost.client.fluent_artifacts import put_files

        if console.is_ours_to_keep(run_id):
            yield console.CapturedConsole(console.ConsoleLog(sender, run_id, put_files))


def log_code_state(run_id: str) -> None:
    """Once, in the background: git and a long list of packages take their time."""
    from milepost.client import code_state, uploads
    from milepost.client.fluent_artifacts import put_files

    command, source = code_state.own_command(), code_state.own_source()
    uploads.later(lambda: code_state.log(run_id, put_files, command, source), "the code's state")


def stop(run_id: str) -> None:
    """End all of it, and what the script uploads in the background, before the run ends."""
    if (uploads := sys.modules.get("milepost.client.uploads")) is not None:
        uploads.flush(UPLOADS_WAIT_S)
    end(run_id)


def stop_all() -> None:
    """At the end of the process, within the time of an exit."""
    if (uploads := sys.modules.get("milepost.client.uploads")) is not None:
        uploads.flush_at_exit()
    for run_id in list(_attending):
        end(run_id)


def end(run_id: str) -> None:
    for one in reversed(_attending.pop(run_id, [])):
        try:
            one.stop()
        except (MlflowException, OSError) as error:
            sys.stderr.write(f"milepost: {error}\n")


os.register_at_fork(after_in_child=_attending.clear)  # threads stay with the parent
