"""Datasets and models that runs read or made: writes on a transaction, reads on a connection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from milepost.store.database import Connection
from milepost.store.sql import json_list, load
from milepost.store.transaction import RunRef, Transaction
from milepost.wire.messages import (
    Dataset,
    DatasetInput,
    DatasetSummary,
    InputTag,
    ModelInput,
    ModelOutput,
    RunInputs,
    RunOutputs,
)

INPUTS = load("inputs")
NO_INPUTS = RunInputs()
NO_OUTPUTS = RunOutputs()
CONTEXT_TAG = "mlflow.data.context"


class NewDatasetInput(NamedTuple):
    """A dataset that a run read, with its input tags in the order given."""

    name: str
    digest: str
    source_type: str
    source: str
    schema: str | None
    profile: str | None
    tags: Sequence[tuple[str, str]]


def log_inputs(
    transaction: Transaction,
    run_id: str,
    datasets: Sequence[NewDatasetInput],
    models: Sequence[str],
) -> None:
    """A dataset is one by (experiment, name, digest); logging it again changes nothing."""
    write_inputs(transaction, transaction.active_run(run_id), datasets, models)


def write_inputs(
    transaction: Transaction,
    ref: RunRef,
    datasets: Sequence[NewDatasetInput],
    models: Sequence[str],
) -> None:
    for dataset in datasets:
        transaction.execute(INPUTS.DATASET_INSERT, (ref.experiment, *dataset[:6]))
        row = transaction.execute(
            INPUTS.DATASET_SELECT, (ref.experiment, dataset.name, dataset.digest)
        ).fetchone()
        tags = json.dumps(dataset.tags, ensure_ascii=False)
        context = dict(dataset.tags).get(CONTEXT_TAG)
        transaction.execute(INPUTS.DATASET_INPUT_INSERT, (ref.id, row[0], tags, context))
    for model_id in models:
        transaction.execute(INPUTS.MODEL_INPUT_INSERT, (ref.id, model_id))


def log_outputs(transaction: Transaction, run_id: str, models: Sequence[tuple[str, int]]) -> None:
    """`models` are (model_id, step); the model need not exist (issue of the logged models)."""
    write_outputs(transaction, transaction.active_run(run_id), models)


def write_outputs(transaction: Transaction, ref: RunRef, models: Sequence[tuple[str, int]]) -> None:
    rows = [(ref.id, model_id, step) for model_id, step in models]
    transaction.executemany(INPUTS.MODEL_OUTPUT_INSERT, rows)


def inputs_of(connection: Connection, runs: str) -> dict[int, RunInputs]:
    """Inputs by run, for a JSON list of surrogate run ids; runs without any are left out."""
    out: dict[int, RunInputs] = {}
    for row in connection.execute(INPUTS.DATASET_INPUTS_SELECT, (runs,)).fetchall():
        tags = [InputTag(key, value) for key, value in json.loads(row[1])]
        found = out.setdefault(row[0], RunInputs([], []))
        found.dataset_inputs.append(DatasetInput(tags, Dataset(*row[2:])))
    for run, model_id in connection.execute(INPUTS.MODEL_INPUTS_SELECT, (runs,)).fetchall():
        out.setdefault(run, RunInputs([], [])).model_inputs.append(ModelInput(model_id))
    return out


def outputs_of(connection: Connection, runs: str) -> dict[int, RunOutputs]:
    """Outputs by run, as `inputs_of`."""
    out: dict[int, RunOutputs] = {}
    for run, model_id, step in connection.execute(INPUTS.MODEL_OUTPUTS_SELECT, (runs,)).fetchall():
        out.setdefault(run, RunOutputs([])).model_outputs.append(ModelOutput(model_id, step))
    return out


def search_datasets(
    connection: Connection, experiment_ids: Sequence[int], limit: int
) -> list[DatasetSummary]:
    """The datasets of these experiments, once per context in which they were used."""
    rows = connection.execute(
        INPUTS.DATASET_SUMMARIES_SELECT, (json_list(experiment_ids), limit)
    ).fetchall()
    return [
        DatasetSummary(str(experiment), name, digest, context)
        for experiment, name, digest, context in rows
    ]
