"""Datasets as inputs of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from milepost.entities import Dataset, DatasetInput, InputTag
from milepost.exceptions import MlflowException

CONTEXT_TAG = "mlflow.data.context"


def inputs_of(
    datasets: Sequence[Any],
    contexts: Sequence[str | None] | None,
    tags_list: Sequence[dict[str, str] | None] | None,
) -> list[DatasetInput]:
    """Each dataset with its context and tags; a dataset that is None is left out."""
    contexts = [None] * len(datasets) if contexts is None else contexts
    tags_list = [None] * len(datasets) if tags_list is None else tags_list
    if not len(datasets) == len(contexts) == len(tags_list):
        raise MlflowException(
            "datasets, contexts and tags_list must be equally long:"
            f" {len(datasets)}, {len(contexts)} and {len(tags_list)} were given.",
            "INVALID_PARAMETER_VALUE",
        )
    return [
        input_of(dataset, context, tags)
        for dataset, context, tags in zip(datasets, contexts, tags_list, strict=True)
        if dataset is not None
    ]


def input_of(dataset: Any, context: str | None, tags: dict[str, str] | None) -> DatasetInput:
    """A `Dataset` entity, or an object with the official `to_dict()`, with its tags."""
    if not isinstance(dataset, Dataset):
        to_dict = getattr(dataset, "to_dict", None)
        if to_dict is None:
            raise MlflowException(
                f"log_input takes a milepost.entities.Dataset, not {type(dataset).__name__}.",
                "INVALID_PARAMETER_VALUE",
            )
        body = to_dict()
        dataset = Dataset(
            body["name"], body["digest"], body["source_type"], body["source"],
            body.get("schema"), body.get("profile"),
        )  # fmt: skip
    found = [InputTag(key, value) for key, value in (tags or {}).items()]
    if context:
        found.append(InputTag(CONTEXT_TAG, context))
    return DatasetInput(dataset, found)
