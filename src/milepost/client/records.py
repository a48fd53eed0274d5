"""The wire's JSON to entities. Shapes only; nothing is asked of a server here."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from milepost.entities import (
    Dataset,
    DatasetInput,
    Experiment,
    ExperimentTag,
    FileInfo,
    InputTag,
    LoggedModelInput,
    LoggedModelOutput,
    Metric,
    Param,
    Run,
    RunData,
    RunInfo,
    RunInputs,
    RunOutputs,
    RunTag,
)

Json = dict[str, Any]
Item = TypeVar("Item")


class PagedList(list[Item], Generic[Item]):
    """A page of results; `token` asks for the next one, None when there is none."""

    def __init__(self, items: list[Item], token: str | None) -> None:
        super().__init__(items)
        self.token = token

    def to_list(self) -> list[Item]:
        return list(self)


def experiment_of(body: Json) -> Experiment:
    return Experiment(
        str(body["experiment_id"]),
        body.get("name", ""),
        body.get("artifact_location", ""),
        body.get("lifecycle_stage", "active"),
        tags=[ExperimentTag(tag["key"], tag.get("value", "")) for tag in body.get("tags", [])],
        creation_time=body.get("creation_time"),
        last_update_time=body.get("last_update_time"),
    )


def run_of(body: Json) -> Run:
    return Run(
        info_of(body.get("info", {})),
        data_of(body.get("data", {})),
        run_inputs=inputs_of(body.get("inputs", {})),
        run_outputs=outputs_of(body.get("outputs", {})),
    )


def info_of(info: Json) -> RunInfo:
    return RunInfo(
        run_id=info.get("run_id") or info.get("run_uuid"),
        experiment_id=str(info.get("experiment_id", "0")),
        run_name=info.get("run_name", ""),
        user_id=info.get("user_id", ""),
        status=info.get("status", "RUNNING"),
        start_time=int(info.get("start_time", 0)),
        end_time=int(info["end_time"]) if info.get("end_time") else None,
        lifecycle_stage=info.get("lifecycle_stage", "active"),
        artifact_uri=info.get("artifact_uri"),
    )


def data_of(data: Json) -> RunData:
    return RunData(
        [metric_of(metric) for metric in data.get("metrics", [])],
        [Param(param["key"], param.get("value", "")) for param in data.get("params", [])],
        [RunTag(tag["key"], tag.get("value", "")) for tag in data.get("tags", [])],
    )


def metric_of(metric: Json) -> Metric:
    """Doubles may be words ("NaN", "Infinity"), and older servers write whole numbers as text."""
    return Metric(
        metric["key"],
        float(metric.get("value", 0.0)),
        int(metric.get("timestamp", 0)),
        int(metric.get("step", 0)),
    )


def inputs_of(body: Json) -> RunInputs:
    datasets = [
        DatasetInput(
            dataset_of(one.get("dataset", {})),
            [InputTag(tag["key"], tag.get("value", "")) for tag in one.get("tags", [])],
        )
        for one in body.get("dataset_inputs", [])
    ]
    models = [LoggedModelInput(one["model_id"]) for one in body.get("model_inputs", [])]
    return RunInputs(datasets, models)


def outputs_of(body: Json) -> RunOutputs:
    return RunOutputs(
        [
            LoggedModelOutput(one["model_id"], int(one.get("step", 0)))
            for one in body.get("model_outputs", [])
        ]
    )


def dataset_of(body: Json) -> Dataset:
    return Dataset(
        body.get("name", ""),
        body.get("digest", ""),
        body.get("source_type", ""),
        body.get("source", ""),
        body.get("schema"),
        body.get("profile"),
    )


def file_of(body: Json) -> FileInfo:
    size = body.get("file_size")
    return FileInfo(
        body["path"], bool(body.get("is_dir", False)), None if size is None else int(size)
    )
