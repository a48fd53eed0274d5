"""What `pip install milepost` gives: with nothing beside it, and in a training script."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment with the wheel and its runtime dependencies only."""
    folder = tmp_path_factory.mktemp("bare")
    built = run(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", str(folder), str(ROOT), cwd=folder,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    venv.create(folder / "env", with_pip=True)
    home = folder / "env" / "bin"
    wheel = next(folder.glob("*.whl"))
    installed = run(str(home / "python"), "-m", "pip", "install", "-q", str(wheel), cwd=folder)
    assert installed.returncode == 0, installed.stderr
    return home


def test_a_bare_install_has_the_command_and_the_entities(bare: Path, tmp_path: Path) -> None:
    assert run(str(bare / "milepost"), "--help", cwd=tmp_path).returncode == 0
    assert "MLflow" in run(str(bare / "milepost"), "version", cwd=tmp_path).stdout
    code = "from milepost.entities import Metric; print(Metric('a', 1.0, 2).to_proto().key)"
    done = run(str(bare / "python"), "-c", code, cwd=tmp_path)
    assert done.stdout == "a\n", done.stderr


def test_a_bare_install_says_that_the_server_is_an_extra(bare: Path, tmp_path: Path) -> None:
    done = run(str(bare / "milepost"), "server", cwd=tmp_path)
    assert done.returncode == 1
    assert "pip install 'milepost[server]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_wheel_carries_the_sql(bare: Path) -> None:
    site = next((bare.parent / "lib").glob("python*")) / "site-packages" / "milepost" / "store"
    assert (site / "sql" / "runs.sql").exists()
    assert (site / "migrations" / "sqlite" / "0001_initial.sql").exists()


def test_import_milepost_pulls_in_nothing_heavy() -> None:
    code = (
        "import sys, milepost, milepost.entities;"
        "heavy = {'numpy', 'pandas', 'google.protobuf', 'uvicorn', 'sqlite3', 'msgspec'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert run(sys.executable, "-c", code, cwd=ROOT).stdout == "[]\n"
