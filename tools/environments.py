"""Builds the Python environments of official clients and servers, each once.

An environment is named by its lock file, `requirements/environments/<name>.lock` (`name==version`
lines, installed without resolving anything), and lives in `.cache/environments/<name>-<hash of the
lock>`: a changed lock builds a new one, an unchanged one is found again in milliseconds. Two
processes that ask at once do not race; a build that died half way is thrown away and begun anew.

    python -m tools.environments                 # list the names, and which are built
    python -m tools.environments mlflow-3.17     # build it and print its python
    python -m tools.environments --relock NAME   # resolve <name>.in again into <name>.lock
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements" / "environments"
CACHE = ROOT / ".cache" / "environments"


def names() -> list[str]:
    """The environments that have a lock file."""
    return sorted(path.stem for path in LOCKS.glob("*.lock"))


def home_of(name: str) -> Path:
    """Where the environment `name` lives, built or not."""
    lock = LOCKS / f"{name}.lock"
    if not lock.is_file():
        known = ", ".join(names()) or "none"
        raise SystemExit(f"There is no environment {name!r}. Known: {known}.")
    digest = hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()[:12]
    return CACHE / f"{name}-{digest}"


def python_of(name: str) -> Path:
    """The interpreter of the environment `name`, built now if it is not there yet."""
    home = home_of(name)
    python = home / "bin" / "python"
    ready = home / ".ready"
    if ready.exists():
        return python
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if ready.exists():
            return python
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home)
        pip(python, "install", "--no-deps", "--requirement", str(LOCKS / f"{name}.lock"))
        ready.touch()
    return python


def relock(name: str) -> None:
    """Resolve `<name>.in` in a throw-away environment and write what came out."""
    home = CACHE / f"{name}-relock"
    shutil.rmtree(home, ignore_errors=True)
    venv.create(home)
    python = home / "bin" / "python"
    lines = (LOCKS / f"{name}.in").read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    # A line that begins with "--no-deps " is installed without what it asks for (old releases
    # pin dependencies that no longer install).
    bare = [line.removeprefix("--no-deps ") for line in wanted if line.startswith("--no-deps ")]
    full = [line for line in wanted if not line.startswith("--no-deps ")]
    if full:
        pip(python, "install", *full)
    if bare:
        pip(python, "install", "--no-deps", *bare)
    (LOCKS / f"{name}.lock").write_text(pip(python, "freeze", "--all"))
    shutil.rmtree(home)


def pip(python: Path, *arguments: str) -> str:
    """Run our pip on that environment, which needs none; on failure show what it said and stop.

    Modules are compiled when they are first imported: few of an environment's ever are.
    """
    ours = [sys.executable, "-m", "pip", "--python", str(python)]
    env = {**os.environ, "PIP_NO_COMPILE": "1"}
    command = [*ours, "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def main(arguments: list[str]) -> None:
    if not arguments:
        for name in names():
            state = "built" if (home_of(name) / ".ready").exists() else "not built"
            print(f"{name:24} {state}")
    elif arguments[0] == "--relock":
        relock(arguments[1])
    else:
        print(python_of(arguments[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
