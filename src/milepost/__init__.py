"""Milepost: an experiment tracker that speaks MLflow's protocol and is built for speed.

    import milepost as mlflow

    mlflow.set_experiment("first")
    with mlflow.start_run():
        mlflow.log_metric("loss", 0.1, step=1)

This module is what `import milepost` costs a training script, so it imports next to nothing: each
name below is loaded when it is first used. Entities live in `milepost.entities`, errors in
`milepost.exceptions`, the server behind `milepost server`.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from milepost import entities, exceptions
    from milepost.client.client import MlflowClient
    from milepost.client.fluent import (
        ActiveRun,
        active_run,
        create_experiment,
        delete_experiment,
        delete_run,
        delete_tag,
        end_run,
        flush_async_logging,
        get_artifact_uri,
        get_experiment,
        get_experiment_by_name,
        get_parent_run,
        get_run,
        get_tracking_uri,
        init,
        is_tracking_uri_set,
        last_active_run,
        log_artifact,
        log_artifacts,
        log_dict,
        log_input,
        log_metric,
        log_metrics,
        log_param,
        log_params,
        log_text,
        restore_experiment,
        search_experiments,
        search_runs,
        set_experiment,
        set_experiment_tag,
        set_experiment_tags,
        set_tag,
        set_tags,
        set_tracking_uri,
        start_run,
    )
    from milepost.client.standing_in import install_as_mlflow

_MODULES = ("entities", "exceptions")
_FLUENT = (
    "ActiveRun", "MlflowClient", "active_run", "create_experiment", "delete_experiment",
    "delete_run", "delete_tag", "end_run", "flush_async_logging", "get_artifact_uri",
    "get_experiment", "get_experiment_by_name", "get_parent_run", "get_run", "get_tracking_uri",
    "init", "is_tracking_uri_set", "last_active_run", "log_artifact", "log_artifacts",
    "log_dict",
    "log_input", "log_metric", "log_metrics", "log_param", "log_params", "log_text",
    "restore_experiment", "search_experiments", "search_runs", "set_experiment",
    "set_experiment_tag", "set_experiment_tags", "set_tag", "set_tags", "set_tracking_uri",
    "start_run",
)  # fmt: skip


def __getattr__(name: str) -> Any:
    import importlib

    if name in _MODULES:
        return importlib.import_module(f"milepost.{name}")
    if name in _FLUENT:
        found = getattr(importlib.import_module("milepost.client.fluent"), name)
        globals()[name] = found
        return found
    if name == "install_as_mlflow":
        from milepost.client.standing_in import install_as_mlflow

        return install_as_mlflow
    raise AttributeError(f"module 'milepost' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES, *_FLUENT, "install_as_mlflow"])


__all__ = [
    "ActiveRun",
    "MlflowClient",
    "active_run",
    "create_experiment",
    "delete_experiment",
    "delete_run",
    "delete_tag",
    "end_run",
    "entities",
    "exceptions",
    "flush_async_logging",
    "get_artifact_uri",
    "get_experiment",
    "get_experiment_by_name",
    "get_parent_run",
    "get_run",
    "get_tracking_uri",
    "init",
    "install_as_mlflow",
    "is_tracking_uri_set",
    "last_active_run",
    "log_artifact",
    "log_artifacts",
    "log_dict",
    "log_input",
    "log_metric",
    "log_metrics",
    "log_param",
    "log_params",
    "log_text",
    "restore_experiment",
    "search_experiments",
    "search_runs",
    "set_experiment",
    "set_experiment_tag",
    "set_experiment_tags",
    "set_tag",
    "set_tags",
    "set_tracking_uri",
    "start_run",
]  # fmt: skip
