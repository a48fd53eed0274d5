"""The eras of official clients: which environment runs which script, and how.

A script (`scripts/era_*.py`) runs in the environment of its own client, in an empty folder, and
prints one document (`scripts/document.py`) of what it logged and what it read back. Which server
it talks to is not this module's business.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.environments import python_of

SCRIPTS = Path(__file__).parent / "scripts"
TIME_LIMIT = 300  # seconds; the slowest official server needs forty

LOGGING = ("params", "metrics", "tags")
CLIENT = ("experiments", "runs", *LOGGING, "batches", "search", "refusals")
FLUENT = ("fluent runs", "fluent logging")


@dataclass(frozen=True)
class Era:
    """One official client: `name` is also its environment's name behind "mlflow-"."""

    name: str
    areas: tuple[str, ...]
    official: bool = True  # does the official server of today still speak this era's protocol?

    @property
    def script(self) -> str:
        return f"era_{self.name.replace('.', '_')}.py"

    @property
    def environment(self) -> str:
        return f"mlflow-{self.name}"


ERAS = {
    era.name: era
    for era in [
        Era("0.8", ("experiments", "runs", *LOGGING, "search", "refusals", "artifacts"), False),
        Era("1.30", (*CLIENT, *FLUENT, "listed experiments")),
        Era("2.22", (*CLIENT, *FLUENT, "asynchronous logging", "datasets")),
        Era("3.17", (*CLIENT, *FLUENT, "asynchronous logging", "datasets")),
    ]
}


def document_of(era: Era, tracking_uri: str, folder: Path) -> dict:
    """Run the era's script against the server at `tracking_uri` and read its document.

    The scripts are copied into `folder` first: clients look for a git repository around the script
    and would tag every run with a commit of ours.
    """
    for script in SCRIPTS.glob("*.py"):
        shutil.copy(script, folder)
    command = [str(python_of(era.environment)), era.script]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment_variables(tracking_uri, folder),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    (folder / "stderr").write_text(done.stderr)
    if done.returncode != 0:
        raise AssertionError(f"{era.script} ended with {done.returncode}:\n{done.stderr[-4000:]}")
    return json.loads(done.stdout)


def environment_variables(tracking_uri: str, folder: Path) -> dict[str, str]:
    """Nothing of ours but the path: no user configuration, no telemetry, no long retries."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LOGNAME": "ada",  # who the clients since 1.0 believe to be
        "LANG": "C.UTF-8",
        "GIT_PYTHON_REFRESH": "quiet",
        "MLFLOW_TRACKING_URI": tracking_uri,
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
        "MLFLOW_HTTP_REQUEST_TIMEOUT": "60",
        "PYTHONWARNINGS": "ignore",
    }


def failed_checks(document: dict) -> dict[tuple[str, str], dict]:
    """The checks whose read value is not the expected one, by (area, check)."""
    return {
        (area, name): check
        for area, checks in document["areas"].items()
        for name, check in checks.items()
        if check["expected"] != check["read"]
    }


def report_of(failed: dict[tuple[str, str], dict]) -> str:
    """Failed checks as text, value by value."""
    lines = []
    for (area, name), check in failed.items():
        lines.append(f"{area} / {name}")
        lines += [f"    {difference}" for difference in check["differs"]]
    return "\n".join(lines)
