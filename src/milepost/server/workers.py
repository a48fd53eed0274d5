"""Several server processes on one port: they share its socket, and a dead one is replaced."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# A worker that dies at once is not replaced at once.
PAUSE_S = 1.0


def run_workers(count: int, work: Callable[[bool], None]) -> None:
    """Run `work(is_first)` in `count` processes until SIGTERM or SIGINT, which they get as well.

    Must be called before any thread is started: the processes are forks of this one.
    """
    children: dict[int, bool] = {}
    is_stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_stopping
        is_stopping = True
        for child in children:
            os.kill(child, signal.SIGTERM)

    before = {one: signal.signal(one, stop) for one in STOP_SIGNALS}
    try:
        for index in range(count):
            children[fork(work, index == 0)] = index == 0
        while children:
            child, _ = os.wait()
            if children.pop(child, None) is not None and not is_stopping:
                time.sleep(PAUSE_S)
                if not is_stopping:
                    children[fork(work, False)] = False
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def fork(work: Callable[[bool], None], is_first: bool) -> int:
    """The child's id; the child itself never returns."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        for one in STOP_SIGNALS:
            signal.signal(one, signal.SIG_DFL)
        work(is_first)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
