"""Files beside runs, on local disk or in an object store: one interface, and the path rules.

Training scripts know the name too, as MLflow's `artifacts` module: the functions of `SCRIPTS` are
handed out from the client's room, without loading anything of the server's.

`paths` says which texts may name an artifact, `places` which locations the operator allows,
`repository` what every store can do; `local` and `objects` do it. No HTTP here, no database.
"""

from typing import Any

SCRIPTS = ("download_artifacts", "list_artifacts", "load_dict", "load_image", "load_text")


def __getattr__(name: str) -> Any:
    if name in SCRIPTS:
        import importlib

        return getattr(importlib.import_module("milepost.client.artifact_uris"), name)
    raise AttributeError(f"module 'milepost.artifacts' has no attribute '{name}'")
