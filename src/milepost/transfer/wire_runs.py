"""Experiments and runs as the wire has them, as records."""

from __future__ import annotations

from typing import Any

from milepost.transfer.records import DatasetRecord, ExperimentRecord, RunRecord
from milepost.wire.messages import Experiment, Run


def experiment_record(one: Experiment) -> ExperimentRecord:
    return ExperimentRecord(
        one.experiment_id or "",
        one.name or "",
        one.artifact_location or "",
        one.lifecycle_stage != "deleted",
        one.creation_time,
        one.last_update_time,
        {tag.key or "": tag.value or "" for tag in one.tags},
    )


def run_record(run: Run, deleted_time: int | None = None) -> RunRecord:
    # What the wire allows to be missing is there in an answer that was asked for whole.
    info: Any = run.info
    data: Any = run.data
    tags = pairs(data.tags) if data is not None else {}
    return RunRecord(
        run_id=info.run_id or info.run_uuid,
        experiment_id=info.experiment_id,
        name=tags.get("mlflow.runName", "") if info.run_name is None else info.run_name,
        user_id=info.user_id or "",
        status=info.status,
        start_time=info.start_time,
        end_time=info.end_time,
        artifact_uri=info.artifact_uri or "",
        is_active=info.lifecycle_stage != "deleted",
        deleted_time=deleted_time,
        params=pairs(data.params) if data is not None else {},
        tags=tags,
        datasets=[dataset_record(one) for one in run.inputs.dataset_inputs] if run.inputs else [],
        model_inputs=[one.model_id or "" for one in run.inputs.model_inputs] if run.inputs else [],
        model_outputs=[(one.model_id or "", one.step or 0) for one in run.outputs.model_outputs]
        if run.outputs
        else [],
    )


def pairs(items: Any) -> dict[str, str]:
    return {one.key or "": one.value or "" for one in items}


def dataset_record(given: Any) -> DatasetRecord:
    one = given.dataset
    tags = [(tag.key or "", tag.value or "") for tag in given.tags]
    return DatasetRecord(
        one.name or "", one.digest or "", one.source_type or "", one.source or "", one.schema,
        one.profile, tags,
    )  # fmt: skip
