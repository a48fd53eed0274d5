"""Uploads in the background: one thread, a bounded queue, in the order in which they came.

An upload that fails is told in a warning and counted nowhere else: it is a picture, not a point.
"""

from __future__ import annotations

import atexit
import os
import queue
import threading
import warnings
from collections.abc import Callable

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

    def flush(self) -> None:
        self._waiting.join()

    def _work(self) -> None:
        while True:
            found = self._waiting.get()
            if found is None:
                return
            task, what = found
            try:
                task()
            except Exception as error:  # a training loop goes on
                warnings.warn(f"Not logged: {what}: {error}", stacklevel=2)
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
            atexit.register(flush)
    _uploads.put(task, what)


def flush() -> None:
    """Wait until all uploads have ended."""
    if _uploads is not None:
        _uploads.flush()


def forget() -> None:
    """In a forked child: the parent's thread is not here."""
    global _uploads, _lock
    _uploads, _lock = None, threading.Lock()


os.register_at_fork(after_in_child=forget)
