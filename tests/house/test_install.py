"""What `pip install milepost` gives: with nothing beside it, and in a training script."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.servers import RunningServer

ROOT = Path(__file__).resolve().parents[2]


def run(
    *command: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


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


SCRIPT = """
import sys
import milepost as mlflow
mlflow.set_experiment("bare")
with mlflow.start_run() as run:
    mlflow.log_metric("loss", 0.5, step=1)
    mlflow.log_param("lr", 1)
    mlflow.log_text("hello", "a/b.txt")
    mlflow.log_table({"q": ["a"]}, "table.json")
found = mlflow.get_run(run.info.run_id)
assert found.info.status == "FINISHED" and found.data.metrics["loss"] == 0.5
assert mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/a/b.txt") == "hello"
heavy = {"numpy", "pandas", "google.protobuf", "msgspec", "uvicorn", "milepost.server",
         "milepost.store", "milepost.wire", "milepost.api"}
print(sorted(heavy & set(sys.modules)))
"""


def test_a_bare_install_logs_to_a_server_and_loads_nothing_of_it(
    bare: Path, server: RunningServer, tmp_path: Path
) -> None:
    env = {"PATH": str(bare), "HOME": str(tmp_path), "MLFLOW_TRACKING_URI": server.url}
    done = run(str(bare / "python"), "-c", SCRIPT, cwd=tmp_path, env=env)
    assert done.stdout == "[]\n", done.stderr
    words = ["runs", "list", "--experiment", "bare", "--json"]
    listed = run(str(bare / "milepost"), *words, cwd=tmp_path, env=env)
    assert '"FINISHED"' in listed.stdout, listed.stderr
    words = ["run", "-e", "around", "--", str(bare / "python"), "-c", "print('hello')"]
    around = run(str(bare / "milepost"), *words, cwd=tmp_path, env=env)
    assert (around.returncode, around.stdout) == (0, "hello\n"), around.stderr


def test_a_bare_install_says_what_a_folder_needs(bare: Path, tmp_path: Path) -> None:
    code = "import milepost; milepost.set_tracking_uri('data'); milepost.start_run()"
    done = run(str(bare / "python"), "-c", code, cwd=tmp_path)
    assert "pip install 'milepost[server]'" in done.stderr


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
