"""Uploads in the background: in order, one failing alone, and none waited for without end."""

from __future__ import annotations

import os
import threading

import pytest

from milepost.client import uploads


def test_one_that_fails_is_told_and_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    done: list[int] = []
    uploads.later(lambda: done.append(1), "first")
    uploads.later(lambda: print(1 / 0), "image 'cats'")  # noqa: T201
    uploads.later(lambda: done.append(2), "third")
    uploads.flush()
    assert done == [1, 2]
    assert capsys.readouterr().err == "milepost: Not logged: image 'cats': division by zero\n"


def test_a_wait_has_an_end_and_says_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    gate = threading.Event()
    uploads.later(lambda: bool(gate.wait()), "slow")
    uploads.flush(0.05)
    assert "1 uploads have not ended" in capsys.readouterr().err
    gate.set()
    uploads.flush()
    assert capsys.readouterr().err == ""


def test_a_forked_child_has_uploads_of_its_own() -> None:
    uploads.later(lambda: None, "parent's")
    child = os.fork()
    if child == 0:
        done = threading.Event()
        uploads.later(done.set, "child's")
        uploads.flush(10)
        os._exit(0 if done.is_set() else 1)
    assert os.waitpid(child, 0)[1] == 0
