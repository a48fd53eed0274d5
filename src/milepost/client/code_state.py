"""The state of the code that a run is made by, as three files of the run (opt-in).

`milepost/code/command.txt`, `git-diff.patch` (what differs from the commit that the run's tag
names) and `packages.txt` (as `pip freeze` has it). Each is bounded; what cannot be had is left out.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from milepost.client.artifacts import NamedFile

FOLDER = "milepost/code"
GIT_TIMEOUT_S = 20.0
DIFF_BYTES_MAX = 8 * 2**20

Put = Callable[[str, Sequence[NamedFile]], None]


def log(run_id: str, put: Put, command: Sequence[str], source: Path) -> None:
    """The files of this process's environment; `source` is the script or its folder."""
    texts = {
        "command.txt": command_text(command),
        "git-diff.patch": git_diff(source if source.is_dir() else source.parent),
        "packages.txt": packages(),
    }
    with tempfile.TemporaryDirectory(prefix="milepost-") as folder:
        files = []
        for name, text in texts.items():
            if text is not None:
                place = Path(folder) / name
                place.write_bytes(text)
                files.append(NamedFile(place, f"{FOLDER}/{name}"))
        put(run_id, files)


def own_command() -> list[str]:
    """How this process was started, as the system knows it."""
    return list(getattr(sys, "orig_argv", sys.argv))


def own_source() -> Path:
    script = Path(sys.argv[0]) if sys.argv and sys.argv[0] else Path.cwd()
    return script if script.exists() else Path.cwd()


def command_text(command: Sequence[str]) -> bytes:
    """A line that a shell takes, and where it was given."""
    line = shlex.join(command)
    return f"# in {os.getcwd()}\n{line}\n".encode(errors="replace")


def git_diff(folder: Path) -> bytes | None:
    """What differs from HEAD in files that git knows; None outside a repository or without any."""
    command = ["git", "diff", "--no-ext-diff", "--no-color", "--binary", "HEAD"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, check=False, timeout=GIT_TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0 or not done.stdout:
        return None
    if len(done.stdout) <= DIFF_BYTES_MAX:
        return done.stdout
    note = f"\n[milepost: the diff has {len(done.stdout):,} bytes; the first 8 MiB are kept]\n"
    return done.stdout[:DIFF_BYTES_MAX] + note.encode()


def packages() -> bytes:
    """`name==version` of each distribution that this Python finds."""
    from importlib.metadata import distributions

    found = {
        f"{one.metadata['Name']}=={one.version}" for one in distributions() if one.metadata["Name"]
    }
    lines = [f"# Python {sys.version.split()[0]}", *sorted(found, key=str.lower)]
    return ("\n".join(lines) + "\n").encode()
