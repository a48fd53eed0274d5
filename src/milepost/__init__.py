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
    from milepost import artifacts, entities, exceptions
    from milepost.client.client import MlflowClient
    from milepost.client.fluent import (
        ActiveRun,
        active_run,
        create_experiment,
        delete_experiment,
        delete_experiment_tag,
        delete_run,
        delete_tag,
        end_run,
        flush_async_logging,
        get_experiment,
        get_experiment_by_name,
        get_parent_run,
        get_run,
        get_tracking_uri,
        init,
        is_tracking_uri_set,
        last_active_run,
        log_input,
        log_inputs,
        log_metric,
        log_metrics,
        log_outputs,
        log_param,
        log_params,
        restore_experiment,
        restore_run,
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
    from milepost.client.fluent_artifacts import (
        flush_artifact_async_logging,
        get_artifact_uri,
        load_table,
        log_artifact,
        log_artifacts,
        log_dict,
        log_figure,
        log_image,
        log_stream,
        log_table,
        log_text,
    )
    from milepost.client.images import Image
    from milepost.client.standing_in import install_as_mlflow
    from milepost.client.system_metrics import (
        disable_system_metrics_logging,
        enable_system_metrics_logging,
        set_system_metrics_node_id,
        set_system_metrics_samples_before_logging,
        set_system_metrics_sampling_interval,
    )

_MODULES = ("artifacts", "entities", "exceptions")
_FLUENT = (
    "ActiveRun", "MlflowClient", "active_run", "create_experiment", "delete_experiment",
    "delete_experiment_tag", "delete_run", "delete_tag", "end_run", "flush_async_logging",
    "get_experiment", "get_experiment_by_name", "get_parent_run", "get_run", "get_tracking_uri",
    "init", "is_tracking_uri_set", "last_active_run", "log_input", "log_inputs", "log_metric",
    "log_metrics", "log_outputs", "log_param", "log_params", "restore_experiment", "restore_run",
    "search_experiments", "search_runs", "set_experiment", "set_experiment_tag",
    "set_experiment_tags", "set_tag", "set_tags", "set_tracking_uri", "start_run",
)  # fmt: skip
_ARTIFACTS = (
    "flush_artifact_async_logging", "get_artifact_uri", "load_table", "log_artifact",
    "log_artifacts", "log_dict", "log_figure", "log_image", "log_stream", "log_table", "log_text",
)  # fmt: skip
_SYSTEM_METRICS = (
    "disable_system_metrics_logging",
    "enable_system_metrics_logging",
    "set_system_metrics_node_id",
    "set_system_metrics_samples_before_logging",
    "set_system_metrics_sampling_interval",
)
_HOMES = {
    **dict.fromkeys(_FLUENT, "fluent"),
    **dict.fromkeys(_ARTIFACTS, "fluent_artifacts"),
    **dict.fromkeys(_SYSTEM_METRICS, "system_metrics"),
    "Image": "images",
    "install_as_mlflow": "standing_in",
}


def __getattr__(name: str) -> Any:
    import importlib

    if name in _MODULES:
        return importlib.import_module(f"milepost.{name}")
    if name in _HOMES:
        found = getattr(importlib.import_module(f"milepost.client.{_HOMES[name]}"), name)
        globals()[name] = found
        return found
    raise AttributeError(f"module 'milepost' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*globals(), *_MODULES, *_HOMES])


__all__ = [
    "ActiveRun",
    "Image",
    "MlflowClient",
    "active_run",
    "artifacts",
    "create_experiment",
    "delete_experiment",
    "delete_experiment_tag",
    "delete_run",
    "delete_tag",
    "disable_system_metrics_logging",
    "enable_system_metrics_logging",
    "end_run",
    "entities",
    "exceptions",
    "flush_artifact_async_logging",
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
    "load_table",
    "log_artifact",
    "log_artifacts",
    "log_dict",
    "log_figure",
    "log_image",
    "log_input",
    "log_inputs",
    "log_metric",
    "log_metrics",
    "log_outputs",
    "log_param",
    "log_params",
    "log_stream",
    "log_table",
    "log_text",
    "restore_experiment",
    "restore_run",
    "search_experiments",
    "search_runs",
    "set_experiment",
    "set_experiment_tag",
    "set_experiment_tags",
    "set_system_metrics_node_id",
    "set_system_metrics_samples_before_logging",
    "set_system_metrics_sampling_interval",
    "set_tag",
    "set_tags",
    "set_tracking_uri",
    "start_run",
]  # fmt: skip
