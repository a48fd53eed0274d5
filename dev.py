#!/usr/bin/env python3
"""The project's own command, for a machine with nothing but Python 3.11, git and the registries.

    python3 dev.py demo [--stop]     the main job: a server, a real training run, the runs read back
    python3 dev.py test [ARGS...]    all checks and tests; ARGS go to pytest
    python3 dev.py bench [ARGS...]   Milepost beside its peers
    python3 dev.py generate          write the generated files from contract/
    python3 dev.py lock              resolve requirements/dev.in again into dev.lock
    python3 dev.py page              build the page from web/, if it is stale
    python3 dev.py run ARGS...       the milepost command in this project's environment

Each makes the environment it needs (.venv, .cache/environments) and finds it again next time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
LOCK = ROOT / "requirements" / "dev.lock"
OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "chrome")


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        print(f"Milepost needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 1
    commands = {
        "bench": ["-m", "benchmarks"],
        "demo": ["-m", "tools.demo"],
        "run": ["-m", "milepost"],
        "test": ["-m", "pytest"],
    }
    name = arguments[0] if arguments else ""
    if name == "lock":
        return lock()
    if name == "generate":
        make_environment()
        status = run(["-m", "tools.generate_wire"])
        return status or run(["-m", "tools.generate_protobuf"])
    if name == "page":
        return page()
    if name not in commands:
        print((__doc__ or "").strip())
        return 0 if name in ("-h", "--help") else 2
    make_environment()
    if name in ("demo", "run", "test"):
        page()
    if name == "test":
        install_browser()
    if name == "test" and not arguments[1:]:
        # All of it: several processes, each with whole files, since half of the time is waiting;
        # in the folders' order, which has the slow ones first.
        workers = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
        return run([*commands[name], *workers])
    return run(commands[name] + arguments[1:])


def page() -> int:
    """The page as `web/` has it now; the API works without, so a failure is told and no more."""
    try:
        from hatch_build import build_page

        build_page()
    except SystemExit as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def install_browser() -> None:
    """Debian's Chromium for the page's tests; who may not install it is told how."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if shutil.which("apt-get") is None or os.getuid() != 0:
        print(
            "There is no Chromium, so the page's tests will fail. Install it (on Debian as root:"
            " apt-get install chromium), or leave them out: dev.py test --ignore tests/browser"
        )
        return
    print("Installing Chromium for the page's tests ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
    for command in (["apt-get", "update", "-qq"], [*install, "chromium", "fonts-dejavu-core"]):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{' '.join(command)}\n{done.stdout}{done.stderr}", file=sys.stderr)


def run(arguments: list[str]) -> int:
    """Run this project's Python, in the foreground, from the project's folder."""
    env = {**os.environ, "PATH": f"{HOME / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    try:
        return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 130


def make_environment() -> None:
    """The environment of dev.lock, with Milepost in place; made anew when either changes."""
    wanted = hashlib.sha256(
        LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    ).hexdigest()
    ready = HOME / ".ready"
    if ready.exists() and ready.read_text() == wanted:
        return
    print("Making the environment in .venv; this takes a minute ...", flush=True)
    shutil.rmtree(HOME, ignore_errors=True)
    venv.create(HOME, with_pip=True)
    pip("install", "--no-deps", "--requirement", str(LOCK))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    ready.write_text(wanted)


def pip(*arguments: str) -> None:
    """Run pip there; on failure show what it said and stop."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    # Most installed modules are never imported; those that are get compiled then.
    env = {**os.environ, "PIP_NO_COMPILE": "1"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def lock() -> int:
    """Resolve requirements/dev.in in a throw-away environment and write what came out."""
    home = ROOT / ".cache" / "relock"
    shutil.rmtree(home, ignore_errors=True)
    venv.create(home, with_pip=True)
    python = str(home / "bin" / "python")
    source = str(LOCK.with_suffix(".in"))
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", source], check=True)
    frozen = subprocess.run(
        [python, "-m", "pip", "freeze", "--all"], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    LOCK.write_text("\n".join(line for line in frozen if not line.startswith("pip==")) + "\n")
    shutil.rmtree(home)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
