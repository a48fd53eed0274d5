"""Uploads in the background: one thread, a bounded queue, in the order in which they came.

An upload that fails is told in a line and counted nowhere else: it is a picture, not a point.
While the server is away, files wait in the spool as all files do.
"""

from __future__ import annotations

import atexit
import os
import queue
import sys
import threading
from collections.abc import Callable

from milepost.client.sender import EXIT_S
from milepost.client.settings import number

# Pictures of a few MB each; beyond this the caller waits for the oldest.
WAITING_MAX = 32

Task = tuple[Callable[[], None], str]


class Uploads:
    def __init__(self) -> None:
        self._waiting: queue.Queue[Task | None] = queue.Queue(WAITING_MAX)
        self._thread = threading.Thread(target=self._work, name="milepost-uploads", daemon=True)
        self._thread.start()

    def put(self, task: Callable[[], None], what: str) -> None:
        self._waiting.put((task, what))

    def flush(self, within_s: float | None) -> int:
        """How many have not ended in that time."""
        done = self._waiting.all_tasks_done
        with done:
            done.wait_for(lambda: not self._waiting.unfinished_tasks, within_s)
            return self._waiting.unfinished_tasks

    def _work(self) -> None:
        while True:
            found = self._waiting.get()
            if found is None:
                return
            task, what = found
            try:
                task()
            except Exception as error:  # a training loop goes on
                sys.stderr.write(f"milepost: Not logged: {what}: {error}\n")
            finally:
                self._waiting.task_done()


_uploads: Uploads | None = None
_lock = threading.Lock()


def later(task: Callable[[], None], what: str) -> None:
    """Run `task` soon; `what` names it if it fails."""
    global _uploads
    with _lock:
        if _uploads is None:
            _uploads = Uploads()
            atexit.register(flush_at_exit)
    _uploads.put(task, what)


def flush(within_s: float | None = None) -> None:
    """Wait until all uploads have ended; those that have not in that time are told."""
    left = _uploads.flush(within_s) if _uploads is not None else 0
    if left:
        sys.stderr.write(f"milepost: {left} uploads have not ended; their files are not kept.\n")


def flush_at_exit() -> None:
    flush(number("EXIT_TIMEOUT_S", EXIT_S))


def forget() -> None:
    """In a forked child: the parent's thread is not here."""
    global _uploads, _lock
    _uploads, _lock = None, threading.Lock()


os.register_at_fork(after_in_child=forget)
