"""What runs read and made (contract/endpoints.json, tracking-inputs/outputs)."""

from __future__ import annotations

from milepost.api import names
from milepost.api.context import Context, Response
from milepost.errors import InvalidParameterValue
from milepost.store.inputs import NewDatasetInput
from milepost.wire import messages as wire
from milepost.wire.requests import missing, wrong_type

DATASET_CHARS_MAX = {
    "name": 500,
    "digest": 36,
    "source": 65_535,
    "schema": 1_048_575,
    "profile": 16_777_215,
}
INPUT_TAG_KEY_CHARS_MAX = 255
INPUT_TAG_VALUE_CHARS_MAX = 500
SEARCH_EXPERIMENTS_MAX = 20
SUMMARIES_MAX = 1_000


async def log_inputs(context: Context, request: wire.LogInputs) -> Response:
    assert request.run_id is not None
    names.check_run_id(request.run_id)
    names.at_most(request.datasets, names.ITEMS_MAX, "datasets")
    names.at_most(request.models, names.ITEMS_MAX, "models")
    datasets = [
        new_dataset_input(given, f"datasets[{index}]")
        for index, given in enumerate(request.datasets)
    ]
    models = [
        required_text(model.model_id, f"models[{index}].model_id")
        for index, model in enumerate(request.models)
    ]
    await context.store.log_inputs(request.run_id, datasets, models)
    return None


def new_dataset_input(given: wire.DatasetInput, path: str) -> NewDatasetInput:
    dataset = given.dataset
    if dataset is None:
        raise missing(f"{path}.dataset")
    for field in ("name", "digest", "source_type", "source"):
        required_text(getattr(dataset, field), f"{path}.dataset.{field}")
    for field, longest in DATASET_CHARS_MAX.items():
        names.check_chars(getattr(dataset, field) or "", field, longest)
    names.at_most(given.tags, names.ITEMS_MAX, f"{path}.tags")
    tags: dict[str, str] = {}
    for index, tag in enumerate(given.tags):
        key = required_text(tag.key, f"{path}.tags[{index}].key")
        names.check_chars(key, "key", INPUT_TAG_KEY_CHARS_MAX)
        names.check_chars(tag.value or "", "value", INPUT_TAG_VALUE_CHARS_MAX)
        if key in tags:
            raise InvalidParameterValue(f"Duplicate input tag keys have been submitted: ['{key}'].")
        tags[key] = tag.value or ""
    return NewDatasetInput(
        dataset.name or "",
        dataset.digest or "",
        dataset.source_type or "",
        dataset.source or "",
        dataset.schema or None,
        dataset.profile or None,
        list(tags.items()),
    )


def required_text(value: str | None, path: str) -> str:
    """`value`, which must be there; ids and types are bounded here, other texts by the caller."""
    if not value:
        raise missing(path)
    names.check_text(value, path)
    if path.endswith(("model_id", "source_type")):
        names.check_value(value, path)
    return value


async def log_outputs(context: Context, request: wire.LogOutputs) -> Response:
    """The models need not exist (docs/compatibility.md)."""
    assert request.run_id is not None
    names.at_most(request.models, names.ITEMS_MAX, "models")
    models = []
    for index, model in enumerate(request.models):
        model_id = required_text(model.model_id, f"models[{index}].model_id")
        step = model.step or 0
        if not -(2**63) <= step < 2**63:
            raise wrong_type(f"models[{index}].step", step)
        models.append((model_id, step))
    await context.store.log_outputs(request.run_id, models)
    return None


async def search_datasets(context: Context, request: wire.SearchDatasets) -> Response:
    count = len(request.experiment_ids)
    if not count:
        raise InvalidParameterValue(
            "SearchDatasets request must specify at least one experiment_id."
        )
    if count > SEARCH_EXPERIMENTS_MAX:
        raise InvalidParameterValue(
            f"SearchDatasets request cannot specify more than {SEARCH_EXPERIMENTS_MAX}"
            f" experiment_ids. Received {count} experiment_ids."
        )
    experiments = names.experiment_numbers(request.experiment_ids)
    return wire.SearchDatasetsResponse(
        await context.store.search_datasets(experiments, SUMMARIES_MAX)
    )
