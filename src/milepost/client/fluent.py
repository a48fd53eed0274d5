"""The API of functions: `import milepost as mlflow` and a training script runs unchanged.

`log_metric`, `log_param` and `set_tag` append to a buffer and return; `sender` sends. Whatever
reads (`get_run`, `search_runs`) or ends a run waits for what was logged first, so a script reads
its own writes.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from milepost.client import connections
from milepost.client.client import (
    SEARCH_MAX_RESULTS_DEFAULT,
    MlflowClient,
    inputs_body,
    outputs_body,
)
from milepost.client.lifecycle import (
    ActiveRun,
    active_run,
    client,
    create_experiment,
    current_experiment_id,
    current_run_id,
    end_run,
    forget_experiment,
    get_experiment_by_name,
    is_away,
    now_or_later,
    sender,
    set_experiment,
    stack,
    start_run,
)
from milepost.client.modes import init
from milepost.client.records import PagedList
from milepost.client.sender import METRIC, PARAM, TAG, flush_all
from milepost.client.values import number_of
from milepost.entities import (
    Experiment,
    LoggedModelInput,
    LoggedModelOutput,
    Metric,
    Param,
    Run,
    RunTag,
    ViewType,
)
from milepost.exceptions import MlflowException


class RunOperations:
    """What `synchronous=False` gives back: `wait()` until all that was logged has been sent."""

    def wait(self) -> None:
        flush_async_logging()


# --- where ---------------------------------------------------------------------------------------


def set_tracking_uri(uri: str | os.PathLike[str]) -> None:
    """Log to http(s)://host:port, sqlite:///file.db or a folder from now on.

    An experiment that was set belongs to the server that it was set on, and is forgotten.
    """
    flush_async_logging()
    if str(uri) != connections.get_tracking_uri():
        forget_experiment()
    connections.set_tracking_uri(uri)


def get_tracking_uri() -> str:
    return connections.get_tracking_uri()


def is_tracking_uri_set() -> bool:
    return connections.is_tracking_uri_set()


# --- experiments ---------------------------------------------------------------------------------


def get_experiment(experiment_id: str) -> Experiment:
    return client().get_experiment(experiment_id)


def delete_experiment(experiment_id: str) -> None:
    client().delete_experiment(experiment_id)


def restore_experiment(experiment_id: str) -> None:
    client().restore_experiment(experiment_id)


def set_experiment_tag(key: str, value: Any) -> None:
    client().set_experiment_tag(current_experiment_id(), key, value)


def delete_experiment_tag(key: str) -> None:
    client().delete_experiment_tag(current_experiment_id(), key)


def set_experiment_tags(tags: dict[str, Any]) -> None:
    for key, value in tags.items():
        set_experiment_tag(key, value)


def search_experiments(
    view_type: int = ViewType.ACTIVE_ONLY,
    max_results: int | None = None,
    filter_string: str | None = None,
    order_by: list[str] | None = None,
) -> list[Experiment]:
    """All experiments that match, whatever the number of pages."""

    def page(limit: int, token: str | None) -> PagedList[Experiment]:
        return client().search_experiments(view_type, limit, filter_string, order_by, token)

    return all_pages(page, max_results)


# --- runs ----------------------------------------------------------------------------------------


def last_active_run() -> Run | None:
    """The active run, else the one that ended last in this thread, as the server has it."""
    last = stack.runs[-1] if stack.runs else stack.last
    if last is None:
        return None
    try:
        return get_run(last.info.run_id)
    except MlflowException as error:
        if not is_away(error):
            raise
        return last


def get_run(run_id: str) -> Run:
    flush_async_logging()
    return client().get_run(run_id)


def get_parent_run(run_id: str) -> Run | None:
    flush_async_logging()
    return client().get_parent_run(run_id)


def delete_run(run_id: str) -> None:
    client().delete_run(run_id)


def restore_run(run_id: str) -> None:
    client().restore_run(run_id)


def search_runs(
    experiment_ids: Sequence[str] | None = None,
    filter_string: str = "",
    run_view_type: int = ViewType.ACTIVE_ONLY,
    max_results: int = 100_000,
    order_by: list[str] | None = None,
    output_format: str = "pandas",
    search_all_experiments: bool = False,
    experiment_names: list[str] | None = None,
) -> Any:
    """The runs that match: a pandas data frame, or a list with `output_format="list"`."""
    flush_async_logging()
    if output_format not in ("pandas", "list"):
        raise MlflowException(
            f"Unsupported output format: {output_format}. Supported string values are 'pandas' or"
            " 'list'",
            "INVALID_PARAMETER_VALUE",
        )
    ids = searched_experiments(experiment_ids, experiment_names, search_all_experiments)

    def page(limit: int, token: str | None) -> PagedList[Run]:
        return client().search_runs(ids, filter_string, run_view_type, limit, order_by, token)

    found = all_pages(page, max_results)
    if output_format == "list":
        return found
    from milepost.client.frames import frame_of

    return frame_of(found)


def searched_experiments(
    ids: Sequence[str] | None, names: list[str] | None, everywhere: bool
) -> list[str]:
    if ids and names:
        raise MlflowException(
            "Only experiment_ids or experiment_names can be used, but not both",
            "INVALID_PARAMETER_VALUE",
        )
    if names:
        found = [get_experiment_by_name(name) for name in names]
        missing = [name for name, one in zip(names, found, strict=True) if one is None]
        if missing:
            warnings.warn(f"There is no experiment {', '.join(missing)}.", stacklevel=3)
        return [str(one.experiment_id) for one in found if one is not None]
    if ids:
        return [str(id) for id in ids]
    if everywhere:
        return [str(one.experiment_id) for one in search_experiments()]
    return [current_experiment_id()]


def all_pages(page: Any, max_results: int | None) -> list[Any]:
    """What all pages hold, up to `max_results`."""
    found: list[Any] = []
    token = None
    while max_results is None or len(found) < max_results:
        rest = SEARCH_MAX_RESULTS_DEFAULT if max_results is None else max_results - len(found)
        items = page(min(rest, SEARCH_MAX_RESULTS_DEFAULT), token)
        found += items
        token = items.token
        if not token:
            break
    return found


# --- logging -------------------------------------------------------------------------------------


def log_metric(
    key: str,
    value: float,
    step: int | None = None,
    synchronous: bool | None = None,
    timestamp: int | None = None,
    run_id: str | None = None,
    model_id: str | None = None,
    dataset: Any = None,
) -> RunOperations | None:
    """One point; `timestamp` in ms. Returns at once unless `synchronous`.

    One of a model or dataset (an object with `name` and `digest`) waits for the server.
    """
    if run_id is None:
        runs = stack.runs
        run_id = runs[-1].info.run_id if runs else start_run().info.run_id
    if type(value) is not float:
        value = number_of(value, key)
    if timestamp is None:
        timestamp = time.time_ns() // 1_000_000
    if synchronous or model_id is not None or dataset is not None:
        client().log_metric(
            run_id, key, value, timestamp, step, dataset_name=getattr(dataset, "name", None),
            dataset_digest=getattr(dataset, "digest", None), model_id=model_id,
        )  # fmt: skip
        return None
    sender(run_id).put((METRIC, run_id, key, value, timestamp, step or 0))
    return RunOperations() if synchronous is False else None


def log_metrics(
    metrics: Mapping[str, float],
    step: int | None = None,
    synchronous: bool | None = None,
    run_id: str | None = None,
    timestamp: int | None = None,
    model_id: str | None = None,
    dataset: Any = None,
) -> RunOperations | None:
    """A point of each key, as `log_metric`."""
    run_id = current_run_id(run_id)
    at = time.time_ns() // 1_000_000 if timestamp is None else timestamp
    points = [(key, number_of(value, key)) for key, value in metrics.items()]
    if synchronous or model_id is not None or dataset is not None:
        of = (model_id, getattr(dataset, "name", None), getattr(dataset, "digest", None))
        found = [Metric(key, value, at, step or 0, *of) for key, value in points]
        client().log_batch(run_id, found)
        return None
    put = sender(run_id).put
    for key, value in points:
        put((METRIC, run_id, key, value, at, step or 0))
    return RunOperations() if synchronous is False else None


def log_param(key: str, value: Any, synchronous: bool | None = None) -> Any:
    """Returns the value as it was given, or with `synchronous=False` what can be waited for."""
    later = log_params({key: value}, synchronous)
    return value if later is None else later


def log_params(
    params: Mapping[str, Any], synchronous: bool | None = None, run_id: str | None = None
) -> RunOperations | None:
    run_id = current_run_id(run_id)
    if synchronous:
        client().log_batch(run_id, params=[Param(k, str(v)) for k, v in params.items()])
        return None
    put = sender(run_id).put
    for key, value in params.items():
        put((PARAM, run_id, str(key), str(value), None, None))
    return RunOperations() if synchronous is False else None


def set_tag(key: str, value: Any, synchronous: bool | None = None) -> RunOperations | None:
    return set_tags({key: value}, synchronous)


def set_tags(tags: Mapping[str, Any], synchronous: bool | None = None) -> RunOperations | None:
    run_id = current_run_id()
    if synchronous:
        client().log_batch(run_id, tags=[RunTag(k, str(v)) for k, v in tags.items()])
        return None
    put = sender(run_id).put
    for key, value in tags.items():
        put((TAG, run_id, str(key), str(value), None, None))
    return RunOperations() if synchronous is False else None


def delete_tag(key: str) -> None:
    run_id = current_run_id()
    now_or_later(run_id, "runs/delete-tag", {"run_id": run_id, "key": key})


def log_input(
    dataset: Any = None,
    context: str | None = None,
    tags: dict[str, str] | None = None,
    model: LoggedModelInput | None = None,
) -> None:
    """A dataset as an input of the active run: a `Dataset`, or what has `to_dict()` (3.x)."""
    log_inputs([dataset], [context], [tags], [model])


def log_inputs(
    datasets: Sequence[Any] | None = None,
    contexts: Sequence[str | None] | None = None,
    tags_list: Sequence[dict[str, str] | None] | None = None,
    models: Sequence[LoggedModelInput | None] | None = None,
) -> None:
    """Datasets, each with its context and tags, and models, as inputs of the active run."""
    from milepost.client.datasets import inputs_of

    run_id = current_run_id()
    found = inputs_of(datasets or (), contexts, tags_list)
    used = [model for model in models or () if model is not None]
    now_or_later(run_id, "runs/log-inputs", inputs_body(run_id, found, used))


def log_outputs(models: list[LoggedModelOutput] | None = None) -> None:
    """Models that the active run has made."""
    run_id = current_run_id()
    now_or_later(run_id, "runs/outputs", outputs_body(run_id, models or []))


def flush_async_logging() -> None:
    """Wait until all that was logged is with its server, or kept for when it is back."""
    flush_all()


__all__ = [
    "ActiveRun", "MlflowClient", "active_run", "create_experiment", "delete_experiment",
    "delete_experiment_tag", "delete_run", "delete_tag", "end_run", "flush_async_logging",
    "get_experiment", "get_experiment_by_name", "get_parent_run", "get_run", "get_tracking_uri",
    "init", "is_tracking_uri_set", "last_active_run", "log_input", "log_inputs", "log_metric",
    "log_metrics", "log_outputs", "log_param", "log_params", "restore_experiment", "restore_run",
    "search_experiments", "search_runs", "set_experiment", "set_experiment_tag",
    "set_experiment_tags", "set_tag", "set_tags", "set_tracking_uri", "start_run",
]  # fmt: skip
