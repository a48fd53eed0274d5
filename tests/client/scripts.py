"""Training scripts in processes of their own, as people start them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.servers import ROOT


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """The variables of a script whose spool is in `folder`."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "MILEPOST_SPOOL_DIR": str(folder / "spool"),
        "MILEPOST_EXIT_TIMEOUT_S": "5",
        **variables,
    }


def write(folder: Path, text: str) -> list[str]:
    """The command that runs `text`; in a file, which spawned workers import again."""
    path = folder / "train.py"
    path.write_text(text)
    return [sys.executable, str(path)]


def run(
    folder: Path, text: str, *, wanted: int = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        write(folder, text), env=environment(folder, **variables), cwd=folder,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == wanted, done.stderr
    return done


def milepost(
    folder: Path, *arguments: str, wanted: int = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """The command line program."""
    done = subprocess.run(
        [sys.executable, "-m", "milepost", *arguments], env=environment(folder, **variables),
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == wanted, done.stdout + done.stderr
    return done
