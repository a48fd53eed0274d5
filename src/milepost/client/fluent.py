"""The API of functions: `import milepost as mlflow` and a training script runs unchanged.

`log_metric`, `log_param` and `set_tag` append to a buffer and return; `sender` sends. Whatever
reads (`get_run`, `search_runs`) or ends a run waits for what was logged first, so a script reads
its own writes.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
import warnings
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Literal

from milepost.client import connections
from milepost.client.client import PARENT_RUN_TAG, SEARCH_MAX_RESULTS_DEFAULT, MlflowClient
from milepost.client.context_tags import context_tags
from milepost.client.records import PagedList
from milepost.client.sender import METRIC, PARAM, TAG, Sender, flush_all, sender_of
from milepost.client.settings import setting
from milepost.client.values import number_of
from milepost.entities import Experiment, Metric, Param, Run, RunStatus, RunTag, ViewType
from milepost.exceptions import MlflowException

NOTE_TAG = "mlflow.note.content"
DEFAULT_EXPERIMENT = "0"

_experiment_id: str | None = None
_experiment_lock = threading.Lock()


class RunOperations:
    """What `synchronous=False` gives back: `wait()` until all that was logged has been sent."""

    def wait(self) -> None:
        flush_async_logging()


class _Stack(threading.local):
    """The runs that are active in a thread, the innermost last."""

    def __init__(self) -> None:
        self.runs: list[ActiveRun] = []
        self.last: str | None = None


_stack = _Stack()


class ActiveRun(Run):
    """A run that ends with its `with` block: FINISHED, or FAILED when the block raises."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.info, run.data, run.inputs, run.outputs)

    def __enter__(self) -> ActiveRun:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Literal[False]:
        status = "FINISHED"
        if kind is not None:
            status = "KILLED" if issubclass(kind, KeyboardInterrupt) else "FAILED"
        if any(run.info.run_id == self.info.run_id for run in _stack.runs):
            while _stack.runs and _stack.runs[-1].info.run_id != self.info.run_id:
                end_run(status)
            end_run(status)
        return False


def client() -> MlflowClient:
    return MlflowClient()


def sender() -> Sender:
    return sender_of(connections.transport_of())


# --- where ---------------------------------------------------------------------------------------


def set_tracking_uri(uri: str | os.PathLike[str]) -> None:
    """Log to http(s)://host:port, sqlite:///file.db or a folder from now on.

    An experiment that was set belongs to the server that it was set on, and is forgotten.
    """
    global _experiment_id
    flush_async_logging()
    if str(uri) != connections.get_tracking_uri():
        _experiment_id = None
    connections.set_tracking_uri(uri)


def get_tracking_uri() -> str:
    return connections.get_tracking_uri()


def is_tracking_uri_set() -> bool:
    return connections.is_tracking_uri_set()


# --- experiments ---------------------------------------------------------------------------------


def set_experiment(
    experiment_name: str | None = None, experiment_id: str | None = None
) -> Experiment:
    """Runs that start from now on belong to this experiment, which is made if it is not there."""
    global _experiment_id
    if (experiment_name is None) == (experiment_id is None):
        raise MlflowException(
            "Give either experiment_name or experiment_id.", "INVALID_PARAMETER_VALUE"
        )
    with _experiment_lock:
        if experiment_id is not None:
            found = client().get_experiment(experiment_id)
        else:
            assert experiment_name is not None
            found = made_experiment(experiment_name)
        if found.lifecycle_stage != "active":
            raise MlflowException(
                f"Cannot set a deleted experiment {found.name!r} as the active experiment."
                " You can restore the experiment, or permanently delete the experiment to create"
                " a new one.",
                "INVALID_PARAMETER_VALUE",
            )
        _experiment_id = str(found.experiment_id)
    return found


def made_experiment(name: str) -> Experiment:
    """The experiment of this name, made now if nobody has."""
    found = client().get_experiment_by_name(name)
    if found is None:
        with contextlib.suppress(MlflowException):  # somebody else may be faster
            client().create_experiment(name)
        found = client().get_experiment_by_name(name)
    if found is None:
        raise MlflowException(f"The experiment {name!r} could not be made.")
    return found


def current_experiment_id() -> str:
    """The experiment that was set, by a call or by the environment; else the default one."""
    if _experiment_id is not None:
        return _experiment_id
    if id := setting("EXPERIMENT_ID"):
        return id
    if name := setting("EXPERIMENT_NAME"):
        return str(set_experiment(name).experiment_id)
    return DEFAULT_EXPERIMENT


def create_experiment(
    name: str, artifact_location: str | None = None, tags: dict[str, Any] | None = None
) -> str:
    return client().create_experiment(name, artifact_location, tags)


def get_experiment(experiment_id: str) -> Experiment:
    return client().get_experiment(experiment_id)


def get_experiment_by_name(name: str) -> Experiment | None:
    return client().get_experiment_by_name(name)


def delete_experiment(experiment_id: str) -> None:
    client().delete_experiment(experiment_id)


def restore_experiment(experiment_id: str) -> None:
    client().restore_experiment(experiment_id)


def set_experiment_tag(key: str, value: Any) -> None:
    client().set_experiment_tag(current_experiment_id(), key, value)


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


def start_run(
    run_id: str | None = None,
    experiment_id: str | None = None,
    run_name: str | None = None,
    nested: bool = False,
    parent_run_id: str | None = None,
    tags: dict[str, Any] | None = None,
    description: str | None = None,
    log_system_metrics: bool | None = None,
) -> ActiveRun:
    """A new run, or one taken up again by its id; active until `end_run` or its block's end."""
    if log_system_metrics:
        warnings.warn("System metrics are not built yet; none are logged.", stacklevel=2)
    if _stack.runs and not nested:
        raise MlflowException(
            f"Run with UUID {_stack.runs[0].info.run_id} is already active. To start a new run,"
            " first end the current run with mlflow.end_run(). To start a nested run, call"
            " start_run with nested=True",
            "INVALID_PARAMETER_VALUE",
        )
    run_id = run_id or (None if _stack.runs else os.environ.pop("MLFLOW_RUN_ID", None))
    tags = dict(tags or {})
    if description is not None:
        tags[NOTE_TAG] = description
    if run_id:
        run = resumed(run_id, experiment_id, run_name, tags)
    else:
        parent = parent_run_id or (_stack.runs[-1].info.run_id if _stack.runs else None)
        if parent:
            tags.setdefault(PARENT_RUN_TAG, parent)
        run = client().create_run(
            str(experiment_id if experiment_id is not None else current_experiment_id()),
            tags={**context_tags(), **tags},
            run_name=run_name or setting("RUN_NAME"),
        )
    _stack.runs.append(ActiveRun(run))
    _stack.last = run.info.run_id
    return _stack.runs[-1]


def resumed(
    run_id: str, experiment_id: str | None, run_name: str | None, tags: dict[str, Any]
) -> Run:
    api = client()
    run = api.get_run(run_id)
    if run.info.lifecycle_stage != "active":
        raise MlflowException(
            f"Cannot start run with ID {run_id} because it is in the deleted state.",
            "INVALID_PARAMETER_VALUE",
        )
    if experiment_id is not None and str(experiment_id) != str(run.info.experiment_id):
        raise MlflowException(
            f"Cannot start run with ID {run_id} because active run ID does not match environment"
            f" run ID: it belongs to experiment {run.info.experiment_id}.",
            "INVALID_PARAMETER_VALUE",
        )
    api.update_run(run_id, "RUNNING", run_name)
    if tags:
        api.log_batch(run_id, tags=[RunTag(key, str(value)) for key, value in tags.items()])
    return api.get_run(run_id)


def active_run() -> ActiveRun | None:
    return _stack.runs[-1] if _stack.runs else None


def last_active_run() -> Run | None:
    """The active run, else the one that ended last in this thread."""
    id = _stack.runs[-1].info.run_id if _stack.runs else _stack.last
    return get_run(id) if id else None


def end_run(status: str = "FINISHED") -> None:
    """End the innermost active run, when all that was logged has been sent or kept."""
    if not _stack.runs:
        return
    name = RunStatus.to_string(RunStatus.from_string(str(status)))
    run = _stack.runs.pop()
    flush_async_logging()
    client().set_terminated(run.info.run_id, name)


def current_run_id(run_id: str | None = None) -> str:
    """`run_id`, else the active run's; one is started if there is none."""
    if run_id is not None:
        return run_id
    runs = _stack.runs
    return runs[-1].info.run_id if runs else start_run().info.run_id


def get_run(run_id: str) -> Run:
    flush_async_logging()
    return client().get_run(run_id)


def get_parent_run(run_id: str) -> Run | None:
    flush_async_logging()
    return client().get_parent_run(run_id)


def delete_run(run_id: str) -> None:
    client().delete_run(run_id)


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
) -> RunOperations | None:
    """One point; `timestamp` in ms. Returns at once unless `synchronous`."""
    if run_id is None:
        runs = _stack.runs
        run_id = runs[-1].info.run_id if runs else start_run().info.run_id
    if type(value) is not float:
        value = number_of(value, key)
    if timestamp is None:
        timestamp = time.time_ns() // 1_000_000
    if synchronous:
        client().log_metric(run_id, key, value, timestamp, step)
        return None
    sender().put((METRIC, run_id, key, value, timestamp, step or 0))
    return RunOperations() if synchronous is False else None


def log_metrics(
    metrics: Mapping[str, float],
    step: int | None = None,
    synchronous: bool | None = None,
    run_id: str | None = None,
    timestamp: int | None = None,
) -> RunOperations | None:
    run_id = current_run_id(run_id)
    at = time.time_ns() // 1_000_000 if timestamp is None else timestamp
    points = [(key, number_of(value, key)) for key, value in metrics.items()]
    if synchronous:
        client().log_batch(run_id, [Metric(key, value, at, step or 0) for key, value in points])
        return None
    put = sender().put
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
    put = sender().put
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
    put = sender().put
    for key, value in tags.items():
        put((TAG, run_id, str(key), str(value), None, None))
    return RunOperations() if synchronous is False else None


def delete_tag(key: str) -> None:
    run_id = current_run_id()
    flush_async_logging()
    client().delete_tag(run_id, key)


def log_input(
    dataset: Any,
    context: str | None = None,
    tags: dict[str, str] | None = None,
) -> None:
    """A dataset as an input of the active run: a `Dataset`, or what has `to_dict()` (3.x)."""
    from milepost.client.datasets import input_of

    client().log_inputs(current_run_id(), [input_of(dataset, context, tags)])


# --- artifacts -----------------------------------------------------------------------------------


def log_artifact(local_path: str, artifact_path: str | None = None) -> None:
    """A file or folder of this machine as an artifact; waits until the server has it."""
    client().log_artifact(current_run_id(), local_path, artifact_path)


def log_artifacts(local_dir: str, artifact_path: str | None = None) -> None:
    client().log_artifacts(current_run_id(), local_dir, artifact_path)


def log_text(text: str, artifact_file: str, run_id: str | None = None) -> None:
    client().log_text(current_run_id(run_id), text, artifact_file)


def log_dict(dictionary: Any, artifact_file: str, run_id: str | None = None) -> None:
    client().log_dict(current_run_id(run_id), dictionary, artifact_file)


def get_artifact_uri(artifact_path: str | None = None) -> str:
    """Where the active run's artifacts are, or one of them."""
    uri = client().get_run(current_run_id()).info.artifact_uri or ""
    return f"{uri}/{artifact_path}" if artifact_path else uri


def flush_async_logging() -> None:
    """Wait until all that was logged is with its server, or kept for when it is back."""
    flush_all()


__all__ = [
    "ActiveRun", "MlflowClient", "active_run", "create_experiment", "delete_experiment",
    "delete_run", "delete_tag", "end_run", "flush_async_logging", "get_artifact_uri",
    "get_experiment", "get_experiment_by_name", "get_parent_run", "get_run", "get_tracking_uri",
    "is_tracking_uri_set", "last_active_run", "log_artifact", "log_artifacts", "log_dict",
    "log_input", "log_metric", "log_metrics", "log_param", "log_params", "log_text",
    "restore_experiment", "search_experiments", "search_runs", "set_experiment",
    "set_experiment_tag", "set_experiment_tags", "set_tag", "set_tags", "set_tracking_uri",
    "start_run",
]  # fmt: skip
