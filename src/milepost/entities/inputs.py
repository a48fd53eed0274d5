"""What a run read and made: datasets and logged models, with their tags.

These classes came after mlflow 0.8 (messages.json: Dataset, DatasetInput, RunInputs, RunOutputs,
ModelInput, ModelOutput), so all their fields are always shown. Their `to_dictionary` nests plain
dictionaries, and `from_dictionary` takes those or entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self, TypeVar

from milepost.entities.base import Entity, Field
from milepost.entities.tags import InputTag

E = TypeVar("E", bound=Entity)


def _entity(kind: type[E], value: Any) -> E:
    """`value` as an entity of this kind: itself, or built from its dictionary."""
    return kind.from_dictionary(value) if isinstance(value, Mapping) else value


class Dataset(Entity):
    """A dataset, known by name and digest."""

    _message = "Dataset"
    name = Field[str]("The name.")
    digest = Field[str]("A fingerprint of the content.")
    source_type = Field[str]("The kind of source, such as `s3` or `local`.")
    source = Field[str]("Where it came from, usually as JSON text.")
    schema = Field[str | None]("The columns, as JSON text.", unset_if_falsy=True)
    profile = Field[str | None]("Summary statistics, as JSON text.", unset_if_falsy=True)

    def __init__(
        self,
        name: str,
        digest: str,
        source_type: str,
        source: str,
        schema: str | None = None,
        profile: str | None = None,
    ) -> None:
        self._name = name
        self._digest = digest
        self._source_type = source_type
        self._source = source
        self._schema = schema
        self._profile = profile

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        fields = super()._read(proto)
        return {**fields, "schema": proto.schema or None, "profile": proto.profile or None}


class DatasetInput(Entity):
    """A dataset as one run used it, with tags such as its context."""

    _message = "DatasetInput"
    dataset = Field[Dataset]("The dataset.", nested=True)
    tags = Field[list[InputTag]]("How the run used it.", nested=True)

    def __init__(self, dataset: Dataset, tags: Iterable[InputTag] | None = None) -> None:
        self._dataset = dataset
        self._tags = list(tags or ())

    def to_dictionary(self) -> dict[str, Any]:
        """`{"dataset": {...}, "tags": {key: text}}`, as today's clients have it."""
        tags = {tag.key: tag.value for tag in self.tags}
        return {"dataset": self.dataset.to_dictionary(), "tags": tags}

    @classmethod
    def from_dictionary(cls, the_dict: Mapping[str, Any]) -> Self:
        tags = the_dict.get("tags") or ()
        if isinstance(tags, Mapping):
            tags = [InputTag(key, text) for key, text in tags.items()]
        fields = {key: _entity(Dataset, the_dict[key]) for key in ("dataset",) if key in the_dict}
        return cls(**fields, tags=tags)

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        tags = [InputTag.from_proto(tag) for tag in proto.tags]
        return {"dataset": Dataset.from_proto(proto.dataset), "tags": tags}


class LoggedModelInput(Entity):
    """A logged model that a run read."""

    _message = "ModelInput"
    model_id = Field[str]("The model's id.")

    def __init__(self, model_id: str) -> None:
        self._model_id = model_id


class LoggedModelOutput(Entity):
    """A logged model that a run made."""

    _message = "ModelOutput"
    model_id = Field[str]("The model's id.")
    step = Field[int]("The training step at which it was made.")

    def __init__(self, model_id: str, step: int) -> None:
        self._model_id = model_id
        self._step = step


class RunInputs(Entity):
    """The datasets and models that a run read."""

    _message = "RunInputs"
    dataset_inputs = Field[list[DatasetInput]]("The datasets.", nested=True)
    model_inputs = Field[list[LoggedModelInput]]("The models.", nested=True)

    def __init__(
        self,
        dataset_inputs: Iterable[DatasetInput],
        model_inputs: Iterable[LoggedModelInput] | None = None,
    ) -> None:
        self._dataset_inputs = list(dataset_inputs or ())
        self._model_inputs = list(model_inputs or ())

    def to_dictionary(self) -> dict[str, Any]:
        """Both lists, their items as dictionaries."""
        return {name: [item.to_dictionary() for item in items] for name, items in self}

    @classmethod
    def from_dictionary(cls, the_dict: Mapping[str, Any]) -> Self:
        return cls(
            [_entity(DatasetInput, item) for item in the_dict.get("dataset_inputs") or ()],
            [_entity(LoggedModelInput, item) for item in the_dict.get("model_inputs") or ()],
        )

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        return {
            "dataset_inputs": [DatasetInput.from_proto(item) for item in proto.dataset_inputs],
            "model_inputs": [LoggedModelInput.from_proto(item) for item in proto.model_inputs],
        }


class RunOutputs(Entity):
    """The models that a run made."""

    _message = "RunOutputs"
    model_outputs = Field[list[LoggedModelOutput]]("The models.", nested=True)

    def __init__(self, model_outputs: Iterable[LoggedModelOutput]) -> None:
        self._model_outputs = list(model_outputs or ())

    def to_dictionary(self) -> dict[str, Any]:
        """The list, its items as dictionaries."""
        return {name: [item.to_dictionary() for item in items] for name, items in self}

    @classmethod
    def from_dictionary(cls, the_dict: Mapping[str, Any]) -> Self:
        return cls(
            [_entity(LoggedModelOutput, item) for item in the_dict.get("model_outputs") or ()]
        )

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        return {"model_outputs": [LoggedModelOutput.from_proto(m) for m in proto.model_outputs]}
