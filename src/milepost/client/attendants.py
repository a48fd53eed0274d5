"""What goes along with an active run, from its start to its end, such as a sampler.

`lifecycle` calls `start` when a run has begun and `stop` before it ends, and knows nothing more.
"""

from __future__ import annotations

import os
import sys
from typing import Protocol

from milepost.client import system_metrics
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
    return found


def stop(run_id: str) -> None:
    """End all of it; what it has logged goes with what the script has."""
    for one in reversed(_attending.pop(run_id, [])):
        one.stop()


os.register_at_fork(after_in_child=_attending.clear)  # threads stay with the parent
