"""`install_as_mlflow`: code that imports mlflow gets Milepost, in this process only."""

from __future__ import annotations

import sys
from types import ModuleType

import milepost

TRACKING = ("MlflowClient", "get_tracking_uri", "is_tracking_uri_set", "set_tracking_uri")
# What frameworks' callbacks read from `mlflow.utils.validation`: the limits of MLflow's own server
# (contract/limits.json), so that what they cut to these lengths fits everywhere.
LIMITS = {
    "MAX_PARAMS_TAGS_PER_BATCH": 100,
    "MAX_PARAM_VAL_LENGTH": 6_000,
    "MAX_TAG_VAL_LENGTH": 8_000,
}


def install_as_mlflow() -> None:
    """From now on `import mlflow`, `mlflow.entities`, `.exceptions` and `.tracking` are Milepost's.

    Raises RuntimeError when the real package has been imported already: half of a program must not
    log to one and half to the other.
    """
    found = sys.modules.get("mlflow")
    if found is milepost:
        return
    if found is not None:
        where = getattr(found, "__file__", None) or "unknown"
        raise RuntimeError(
            f"mlflow is imported already (from {where}). Call milepost.install_as_mlflow() before"
            " anything imports it."
        )
    from milepost import entities, exceptions
    from milepost.client import artifact_uris, fluent, system_metrics

    tracking = ModuleType("mlflow.tracking", "Milepost's tracking client under MLflow's name.")
    for name in TRACKING:
        setattr(tracking, name, getattr(fluent, name))
    tracking.fluent = fluent  # type: ignore[attr-defined]
    tracking.client = tracking  # type: ignore[attr-defined]
    validation = ModuleType("mlflow.utils.validation", "Limits under MLflow's names.")
    vars(validation).update(LIMITS)
    utils = ModuleType("mlflow.utils", "What frameworks look for under MLflow's name.")
    utils.validation = validation  # type: ignore[attr-defined]
    sys.modules.update(
        {
            "mlflow": milepost,
            "mlflow.artifacts": artifact_uris,
            "mlflow.client": tracking,
            "mlflow.entities": entities,
            "mlflow.exceptions": exceptions,
            "mlflow.system_metrics": system_metrics,
            "mlflow.tracking": tracking,
            "mlflow.tracking.client": tracking,
            "mlflow.tracking.fluent": fluent,
            "mlflow.utils": utils,
            "mlflow.utils.validation": validation,
        }
    )
    milepost.tracking, milepost.utils = tracking, utils
