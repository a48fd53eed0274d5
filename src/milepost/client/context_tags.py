"""The tags that a run gets from where it is started: user, source, git commit."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

GIT_TIMEOUT_S = 5.0


def context_tags() -> dict[str, str]:
    """As today's official client sets them; never raises, never takes long."""
    source = source_name()
    tags = {
        "mlflow.user": user(),
        "mlflow.source.name": source,
        "mlflow.source.type": "NOTEBOOK" if in_notebook() else "LOCAL",
    }
    if commit := git_commit(source):
        tags["mlflow.source.git.commit"] = commit
    return tags


def user() -> str:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if found := os.environ.get(name):
            return found
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return "unknown"


def source_name() -> str:
    return sys.argv[0] if sys.argv and sys.argv[0] else sys.executable


def in_notebook() -> bool:
    return "ipykernel" in sys.modules


@functools.lru_cache(8)
def git_commit(source: str) -> str | None:
    """The commit that the source's folder stands at; None outside a repository."""
    path = Path(source)
    folder = path.parent if path.is_file() else path
    if not folder.is_dir():
        return None
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=False,
            timeout=GIT_TIMEOUT_S,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() if found.returncode == 0 else None
