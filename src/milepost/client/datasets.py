"""Datasets as inputs of a run."""

from __future__ import annotations

from typing import Any

from milepost.entities import Dataset, DatasetInput, InputTag
from milepost.exceptions import MlflowException

CONTEXT_TAG = "mlflow.data.context"


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
