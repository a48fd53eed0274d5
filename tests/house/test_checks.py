"""The checks that tools do: style, types, layers, generated files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

CHECKS = {
    "ruff finds nothing": ["ruff", "check", "."],
    "ruff would format nothing": ["ruff", "format", "--check", "."],
    "mypy is content": ["mypy"],
    "imports point down only": ["lint-imports"],
    "wire messages and routes are fresh": ["python", "-m", "tools.generate_wire", "--check"],
    "protobuf schema is fresh": ["python", "-m", "tools.generate_protobuf", "--check"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_check(name: str) -> None:
    program, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(BIN / program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
