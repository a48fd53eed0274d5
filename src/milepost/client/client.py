"""`MlflowClient`: a method for each call, with the signatures that people know from MLflow 3.

Every method asks the server and waits for its answer, but for `log_*` and `set_tag` with
`synchronous=False`, which go through the `sender`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from milepost.client import artifacts, records
from milepost.client.records import PagedList
from milepost.client.transport import Transport
from milepost.client.values import now_ms, number_of, pairs, wire_number
from milepost.entities import (
    DatasetInput,
    Experiment,
    FileInfo,
    LoggedModelInput,
    LoggedModelOutput,
    Metric,
    Param,
    Run,
    RunStatus,
    RunTag,
    ViewType,
)
from milepost.exceptions import MlflowException, RestException

if TYPE_CHECKING:
    from milepost.client.fluent import RunOperations

SEARCH_MAX_RESULTS_DEFAULT = 1000
HISTORY_PAGE = 25_000
PARENT_RUN_TAG = "mlflow.parentRunId"
VIEWS = {1: "ACTIVE_ONLY", 2: "DELETED_ONLY", 3: "ALL"}
# What a point may belong to, beside its run.
METRIC_OF = ("model_id", "dataset_name", "dataset_digest")
BATCH_ITEMS = {"metrics": 1000, "params": 100, "tags": 100}


class MlflowClient:
    """A client of one tracking server. `tracking_uri` as of `milepost.set_tracking_uri`."""

    def __init__(self, tracking_uri: str | None = None, registry_uri: str | None = None) -> None:
        from milepost.client.connections import transport_of

        del registry_uri  # models are not built yet
        self._transport: Transport = transport_of(tracking_uri)

    @property
    def transport(self) -> Transport:
        return self._transport

    @property
    def tracking_uri(self) -> str:
        return self._transport.uri

    # --- experiments ---------------------------------------------------------------------------

    def create_experiment(
        self,
        name: str,
        artifact_location: str | None = None,
        tags: dict[str, Any] | None = None,
    ) -> str:
        """The new experiment's id."""
        body: dict[str, Any] = {"name": name, "tags": pairs(tags or {})}
        if artifact_location:
            body["artifact_location"] = str(artifact_location)
        return str(self._transport.call("POST", "experiments/create", body)["experiment_id"])

    def get_experiment(self, experiment_id: str) -> Experiment:
        body = {"experiment_id": str(experiment_id)}
        answer = self._transport.call("GET", "experiments/get", body)
        return records.experiment_of(answer["experiment"])

    def get_experiment_by_name(self, name: str) -> Experiment | None:
        """The experiment, deleted ones too; None when there is none."""
        body = {"experiment_name": name}
        try:
            answer = self._transport.call("GET", "experiments/get-by-name", body)
        except RestException as error:
            if error.error_code == "RESOURCE_DOES_NOT_EXIST":
                return None
            raise
        return records.experiment_of(answer["experiment"])

    def search_experiments(
        self,
        view_type: int = ViewType.ACTIVE_ONLY,
        max_results: int | None = SEARCH_MAX_RESULTS_DEFAULT,
        filter_string: str | None = None,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[Experiment]:
        body = {
            "view_type": view_name(view_type),
            "max_results": max_results or SEARCH_MAX_RESULTS_DEFAULT,
            "filter": filter_string or "",
            "order_by": order_by or [],
            "page_token": page_token or "",
        }
        answer = self._transport.call("POST", "experiments/search", body)
        found = [records.experiment_of(one) for one in answer.get("experiments", [])]
        return PagedList(found, answer.get("next_page_token") or None)

    def delete_experiment(self, experiment_id: str) -> None:
        self._post("experiments/delete", experiment_id=str(experiment_id))

    def restore_experiment(self, experiment_id: str) -> None:
        self._post("experiments/restore", experiment_id=str(experiment_id))

    def rename_experiment(self, experiment_id: str, new_name: str) -> None:
        self._post("experiments/update", experiment_id=str(experiment_id), new_name=new_name)

    def set_experiment_tag(self, experiment_id: str, key: str, value: Any) -> None:
        self._post("experiments/set-experiment-tag", experiment_id=str(experiment_id), key=key,
                   value=str(value))  # fmt: skip

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        self._post("experiments/delete-experiment-tag", experiment_id=str(experiment_id), key=key)

    # --- runs ----------------------------------------------------------------------------------

    def create_run(
        self,
        experiment_id: str,
        start_time: int | None = None,
        tags: dict[str, Any] | None = None,
        run_name: str | None = None,
    ) -> Run:
        at = now_ms() if start_time is None else start_time
        return self.created_run(run_body(str(experiment_id), at, tags or {}, run_name))

    def created_run(self, body: dict[str, Any]) -> Run:
        """The run that the body of `runs/create` asks for."""
        return records.run_of(self._transport.call("POST", "runs/create", body)["run"])

    def get_run(self, run_id: str) -> Run:
        return records.run_of(self._transport.call("GET", "runs/get", {"run_id": run_id})["run"])

    def get_parent_run(self, run_id: str) -> Run | None:
        data = self.get_run(run_id).data
        parent = data.tags.get(PARENT_RUN_TAG) if data else None
        return self.get_run(parent) if parent else None

    def update_run(self, run_id: str, status: str | None = None, name: str | None = None) -> None:
        changes = {"status": status, "run_name": name}
        given = {key: value for key, value in changes.items() if value}
        self._post("runs/update", run_id=run_id, **given)

    def set_terminated(
        self, run_id: str, status: str | None = None, end_time: int | None = None
    ) -> None:
        """End the run; FINISHED and now unless it is said otherwise."""
        name = RunStatus.to_string(RunStatus.from_string(status)) if status else "FINISHED"
        self._post("runs/update", run_id=run_id, status=name, end_time=end_time or now_ms())

    def delete_run(self, run_id: str) -> None:
        self._post("runs/delete", run_id=run_id)

    def restore_run(self, run_id: str) -> None:
        self._post("runs/restore", run_id=run_id)

    def search_runs(
        self,
        experiment_ids: Sequence[str] | str,
        filter_string: str = "",
        run_view_type: int = ViewType.ACTIVE_ONLY,
        max_results: int = SEARCH_MAX_RESULTS_DEFAULT,
        order_by: list[str] | None = None,
        page_token: str | None = None,
    ) -> PagedList[Run]:
        ids = [experiment_ids] if isinstance(experiment_ids, str | int) else experiment_ids
        body = {
            "experiment_ids": [str(id) for id in ids],
            "filter": filter_string or "",
            "run_view_type": view_name(run_view_type),
            "max_results": max_results,
            "order_by": [order_by] if isinstance(order_by, str) else order_by or [],
            "page_token": page_token or "",
        }
        answer = self._transport.call("POST", "runs/search", body)
        found = [records.run_of(one) for one in answer.get("runs", [])]
        return PagedList(found, answer.get("next_page_token") or None)

    # --- what runs log -------------------------------------------------------------------------

    def log_metric(
        self,
        run_id: str,
        key: str,
        value: float,
        timestamp: int | None = None,
        step: int | None = None,
        synchronous: bool | None = None,
        dataset_name: str | None = None,
        dataset_digest: str | None = None,
        model_id: str | None = None,
    ) -> RunOperations | None:
        """One point, of a model or dataset if it is said; those always wait for the server."""
        of = {"model_id": model_id, "dataset_name": dataset_name, "dataset_digest": dataset_digest}
        of = {name: given for name, given in of.items() if given is not None}
        if synchronous is False and not of:
            return self._later(
                run_id, [Metric(key, number_of(value, key), timestamp or now_ms(), step or 0)]
            )
        self._post(
            "runs/log-metric", run_id=run_id, key=key, value=wire_number(number_of(value, key)),
            timestamp=now_ms() if timestamp is None else timestamp, step=step or 0,
            **of,
        )  # fmt: skip
        return None

    def log_param(self, run_id: str, key: str, value: Any, synchronous: bool | None = None) -> Any:
        """Returns the value as it was given; what can be waited for, with `synchronous=False`."""
        if synchronous is False:
            return self._later(run_id, params=[Param(key, str(value))])
        self._post("runs/log-parameter", run_id=run_id, key=key, value=str(value))
        return value

    def set_tag(
        self, run_id: str, key: str, value: Any, synchronous: bool | None = None
    ) -> RunOperations | None:
        if synchronous is False:
            return self._later(run_id, tags=[RunTag(key, str(value))])
        self._post("runs/set-tag", run_id=run_id, key=key, value=str(value))
        return None

    def _later(
        self,
        run_id: str,
        metrics: Sequence[Metric] = (),
        params: Sequence[Param] = (),
        tags: Sequence[RunTag] = (),
    ) -> RunOperations:
        """Into the buffer of this server's sender."""
        from milepost.client.fluent import RunOperations
        from milepost.client.sender import METRIC, PARAM, TAG, sender_of

        put = sender_of(self._transport).put
        for param in params:
            put((PARAM, run_id, param.key, str(param.value), None, None))
        for tag in tags:
            put((TAG, run_id, tag.key, str(tag.value), None, None))
        for point in metrics:
            put((METRIC, run_id, point.key, point.value, point.timestamp, point.step or 0))
        return RunOperations()

    def delete_tag(self, run_id: str, key: str) -> None:
        self._post("runs/delete-tag", run_id=run_id, key=key)

    def log_batch(
        self,
        run_id: str,
        metrics: Sequence[Metric] = (),
        params: Sequence[Param] = (),
        tags: Sequence[RunTag] = (),
        synchronous: bool | None = None,
    ) -> RunOperations | None:
        """Any number of each, in as many requests as the wire's limits ask for."""
        if synchronous is False:
            return self._later(run_id, metrics, params, tags)
        items: dict[str, list[dict[str, Any]]] = {
            "params": [{"key": p.key, "value": str(p.value)} for p in params],
            "tags": [{"key": t.key, "value": str(t.value)} for t in tags],
            "metrics": [
                {"key": m.key, "value": wire_number(number_of(m.value, m.key)),
                 "timestamp": m.timestamp, "step": m.step or 0,
                 **{name: given for name in METRIC_OF if (given := getattr(m, name)) is not None}}
                for m in metrics
            ],
        }  # fmt: skip
        for body in batches(items):
            self._post("runs/log-batch", run_id=run_id, **body)
        return None

    def get_metric_history(self, run_id: str, key: str) -> PagedList[Metric]:
        """All points, in the order of time, step and value; `token` is None."""
        found: list[Metric] = []
        token = ""
        while True:
            body = {"run_id": run_id, "metric_key": key, "max_results": HISTORY_PAGE,
                    "page_token": token or None}  # fmt: skip
            answer = self._transport.call("GET", "metrics/get-history", body)
            found += [records.metric_of(one) for one in answer.get("metrics", [])]
            token = answer.get("next_page_token", "")
            if not token:
                return PagedList(found, None)

    def log_outputs(self, run_id: str, models: Sequence[LoggedModelOutput]) -> None:
        self._transport.call("POST", "runs/outputs", outputs_body(run_id, models))

    def log_inputs(
        self,
        run_id: str,
        datasets: Sequence[DatasetInput] | None = None,
        models: Sequence[LoggedModelInput] | None = None,
    ) -> None:
        self._post("runs/log-inputs", **inputs_body(run_id, datasets or (), models or ()))

    # --- artifacts -----------------------------------------------------------------------------

    def _root(self, run_id: str) -> artifacts.ArtifactRoot:
        return artifacts.root_of(self._transport, self.get_run(run_id).info.artifact_uri or "")

    def put_files(self, run_id: str, files: Iterable[artifacts.NamedFile]) -> None:
        """Local files as artifacts of those names, one after the other."""
        root = self._root(run_id)
        for file in files:
            root.put(file.source, file.artifact)

    def log_artifact(self, run_id: str, local_path: str, artifact_path: str | None = None) -> None:
        """A file, or a folder with all that is in it, into the folder `artifact_path`."""
        self.put_files(run_id, artifacts.file_or_folder(local_path, artifact_path))

    def log_artifacts(self, run_id: str, local_dir: str, artifact_path: str | None = None) -> None:
        """What is in a folder, into the folder `artifact_path`."""
        self.put_files(run_id, artifacts.files_in(local_dir, artifact_path))

    def log_text(self, run_id: str, text: str, artifact_file: str) -> None:
        with artifacts.file_of(text.encode(), artifact_file) as file:
            self.put_files(run_id, [file])

    def log_dict(self, run_id: str, dictionary: Any, artifact_file: str) -> None:
        """As JSON, or as YAML into a .yaml file."""
        self.log_text(run_id, artifacts.text_of(dictionary, artifact_file), artifact_file)

    def log_stream(self, run_id: str, stream: BinaryIO, artifact_file: str) -> None:
        """What is left to read of a binary stream."""
        from milepost.client import media

        media.log_stream(self.put_files, run_id, stream, artifact_file)

    def log_figure(
        self,
        run_id: str,
        figure: Any,
        artifact_file: str,
        *,
        save_kwargs: dict[str, Any] | None = None,
    ) -> None:
        """A figure of matplotlib or plotly, as the kind of file that the name's suffix says."""
        from milepost.client import media

        media.log_figure(self.put_files, run_id, figure, artifact_file, save_kwargs)

    def log_image(
        self,
        run_id: str,
        image: Any,
        artifact_file: str | None = None,
        key: str | None = None,
        step: int | None = None,
        timestamp: int | None = None,
        synchronous: bool | None = None,
    ) -> None:
        """An array (H, W[, 1, 3 or 4]), Pillow image or `milepost.Image`.

        As `artifact_file`, or as one of the images that a chart shows by `key` and `step`.
        """
        from milepost.client import media

        def tag(name: str, value: str) -> None:
            self.set_tag(run_id, name, value, synchronous)

        media.log_image(
            media.Destination(run_id, self.put_files, tag), image, artifact_file,
            media.Chart(key, step, timestamp), is_later=synchronous is False,
        )  # fmt: skip

    def log_table(self, run_id: str, data: Any, artifact_file: str) -> None:
        """Add rows, a dictionary of columns or a data frame, to a .json table."""
        from milepost.client import media

        media.log_table(self, run_id, data, artifact_file)

    def load_table(
        self,
        experiment_id: str,
        artifact_file: str,
        run_ids: list[str] | None = None,
        extra_columns: list[str] | None = None,
    ) -> Any:
        """A data frame of the rows of these runs, by default of all runs that have the table."""
        from milepost.client import media

        return media.load_table(self, experiment_id, artifact_file, run_ids, extra_columns)

    def list_artifacts(self, run_id: str, path: str | None = None) -> list[FileInfo]:
        return self._root(run_id).list(path)

    def download_artifacts(self, run_id: str, path: str, dst_path: str | None = None) -> str:
        """The local path of the file or folder."""
        return artifacts.download(self._root(run_id), path, dst_path)

    def _post(self, path: str, **body: Any) -> None:
        self._transport.call("POST", path, body)


def inputs_body(
    run_id: str, datasets: Sequence[DatasetInput], models: Sequence[LoggedModelInput] = ()
) -> dict[str, Any]:
    """The body of runs/log-inputs."""
    found = [one.to_dictionary() for one in datasets]
    for one in found:
        one["tags"] = pairs_of_tags(one.get("tags", ()))
    listed = [{"model_id": one.model_id} for one in models]
    return {"run_id": run_id, "datasets": found, "models": listed}


def outputs_body(run_id: str, models: Sequence[LoggedModelOutput]) -> dict[str, Any]:
    body = [{"model_id": one.model_id, "step": one.step} for one in models]
    return {"run_id": run_id, "models": body}


def pairs_of_tags(tags: Any) -> list[dict[str, str]]:
    items = tags.items() if isinstance(tags, Mapping) else ((t["key"], t["value"]) for t in tags)
    return [{"key": key, "value": value} for key, value in items]


def run_body(
    experiment_id: str, start_time: int, tags: dict[str, Any], name: str | None
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "experiment_id": experiment_id,
        "start_time": start_time,
        "tags": pairs(tags),
    }
    if name:
        body["run_name"] = name
    if user := tags.get("mlflow.user"):
        body["user_id"] = str(user)
    return body


def view_name(view_type: int) -> str:
    try:
        return VIEWS[view_type]
    except KeyError:
        raise MlflowException(
            f"{view_type!r} is no view type; use ViewType.ACTIVE_ONLY, DELETED_ONLY or ALL.",
            "INVALID_PARAMETER_VALUE",
        ) from None


def batches(items: Mapping[str, list[dict[str, Any]]]) -> Iterable[dict[str, Any]]:
    """Bodies of log-batch within the wire's limits; together at most 1,000 items each."""
    rest = {kind: list(found) for kind, found in items.items()}
    while any(rest.values()):
        body, room = {}, 1000
        for kind in ("params", "tags", "metrics"):
            some = rest.get(kind, [])[: min(BATCH_ITEMS[kind], room)]
            if some:
                body[kind] = some
                rest[kind] = rest[kind][len(some) :]
                room -= len(some)
        yield body
