"""Notes the signatures of the official package, whose environment runs this.

    python tests/client/record_signatures.py OUTPUT.json     # in the environment mlflow-3.17

Nothing here may import more than the standard library and mlflow.
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any


def signature_of(function: Any) -> list[list[str | None]]:
    """Name, kind and default (as text) of each parameter."""
    return [
        [one.name, one.kind.name, None if one.default is one.empty else repr(one.default)]
        for one in inspect.signature(function).parameters.values()
    ]


def functions_of(module: ModuleType | type, only_own: bool = False) -> dict[str, Any]:
    return {
        name: signature_of(found)
        for name in sorted(dir(module))
        if not name.startswith("_") and inspect.isfunction(found := getattr(module, name))
        if not only_own or found.__module__ == module.__name__
    }


def document() -> dict[str, Any]:
    import mlflow
    import mlflow.artifacts
    import mlflow.system_metrics

    return {
        "version": mlflow.__version__,
        "functions": functions_of(mlflow),
        "client": functions_of(mlflow.MlflowClient),
        "artifacts": functions_of(mlflow.artifacts, only_own=True),
        "system_metrics": functions_of(mlflow.system_metrics),
    }


if __name__ == "__main__":
    text = json.dumps(document(), separators=(",", ":"))
    # An object's address is not a default that anybody can compare.
    Path(sys.argv[1]).write_text(text.replace('],"', '],\n"') + "\n")
