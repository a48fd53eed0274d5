"""Style that no linter knows: lengths, opening docstrings, words that have no place here."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = {"src": 600, "tools": 600, "benchmarks": 600, "tests": 800, "examples": 200}
GENERATED = {"messages.py", "endpoints.py", "schema_0_8.py"}


def tracked(suffix: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", f"*{suffix}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in listed if (ROOT / name).exists()]


PYTHON_FILES = [path for path in tracked(".py") if path.name not in GENERATED]
ids = [str(path.relative_to(ROOT)) for path in PYTHON_FILES]


@pytest.mark.parametrize("path", PYTHON_FILES, ids=ids)
def test_files_and_functions_stay_short_and_open_with_a_docstring(path: Path) -> None:
    text = path.read_text()
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "say what lives here and what must not"
    longest = FILE_LINES_MAX.get(path.relative_to(ROOT).parts[0], 600)
    assert text.count("\n") <= longest
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= FUNCTION_LINES_MAX, f"{node.name} has {length} lines"


def test_no_file_names_a_package_registry_or_a_path_of_someones_machine() -> None:
    banned = re.compile(
        r"files\.pythonhosted|pypi\.org/simple|registry\.npmjs|/root/|" + re.escape(str(ROOT))
    )
    for path in [*tracked(".py"), *tracked(".md"), *tracked(".lock"), *tracked(".toml")]:
        if path == Path(__file__):
            continue
        found = banned.search(path.read_text())
        assert found is None, f"{path}: {found}"


def test_every_sql_statement_is_used_and_every_used_one_exists() -> None:
    store = ROOT / "src" / "milepost" / "store"
    code = "\n".join(path.read_text() for path in store.glob("*.py"))
    for path in (store / "sql").glob("*.sql"):
        area = path.stem.upper()
        defined = set(re.findall(r"^-- name: (\w+)$", path.read_text(), re.MULTILINE))
        used = set(re.findall(rf"\b{area}\.([A-Z_]+)\b", code))
        assert used == defined, f"{path.name}: {used ^ defined}"
