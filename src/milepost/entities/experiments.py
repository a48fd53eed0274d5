"""Experiment, and the rule for experiment ids, which runs share. Nothing here looks one up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from milepost.entities.base import Entity, Field
from milepost.entities.enumerations import LifecycleStage
from milepost.entities.tags import ExperimentTag
from milepost.errors import InvalidParameterValue


def checked_experiment_id(experiment_id: Any) -> Any:
    """`experiment_id` as given: a number in mlflow 0.8, decimal text since 1.0; both are integers.

    Raises InvalidParameterValue for anything else.
    """
    text = experiment_id if isinstance(experiment_id, str) else ""
    if hasattr(experiment_id, "__index__") or (text.isascii() and text.removeprefix("-").isdigit()):
        return experiment_id
    raise InvalidParameterValue(
        f"Invalid experiment ID {experiment_id!r}: an integer, or its decimal text, is needed"
    )


class Experiment(Entity):
    """A named collection of runs (mlflow 0.8 wire, messages-0.8.json; later fields by their numbers
    in messages.json).

    Raises InvalidParameterValue when the id is no integer. None is stored, as everywhere in 0.8,
    and refused by `to_proto`.
    """

    DEFAULT_EXPERIMENT_ID: ClassVar[int] = 0
    DEFAULT_EXPERIMENT_NAME: ClassVar[str] = "Default"
    ACTIVE_LIFECYCLE: ClassVar[str] = LifecycleStage.ACTIVE
    DELETED_LIFECYCLE: ClassVar[str] = LifecycleStage.DELETED

    _message = "Experiment"
    experiment_id = Field[int | str]("The id as given: int from 0.8 protobuf, str from JSON.")
    name = Field[str]("The unique name.")
    artifact_location = Field[str]("The URI below which its runs keep artifacts.")
    lifecycle_stage = Field[str]("A LifecycleStage.")
    tags = Field[dict[str, str]]("The tags' texts by key.", added_default={})
    creation_time = Field[int | None]("When, in ms since 1970.", added_default=None)
    last_update_time = Field[int | None]("When last changed, in ms.", added_default=None)
    workspace = Field[str]("The workspace it belongs to.", added_default="default")

    def __init__(
        self,
        experiment_id: int | str,
        name: str,
        artifact_location: str,
        lifecycle_stage: str,
        tags: Iterable[ExperimentTag] | Mapping[str, str] | None = None,
        creation_time: int | None = None,
        last_update_time: int | None = None,
        workspace: str | None = None,
    ) -> None:
        if experiment_id is not None:
            checked_experiment_id(experiment_id)
        self._experiment_id = experiment_id
        self._name = name
        self._artifact_location = artifact_location
        self._lifecycle_stage = lifecycle_stage
        # A mapping is what `to_dictionary` gives, so `from_dictionary` meets one.
        pairs = (
            tags.items() if isinstance(tags, Mapping) else ((t.key, t.value) for t in tags or ())
        )
        self._tags = dict(pairs)
        self._creation_time = creation_time
        self._last_update_time = last_update_time
        self._workspace = "default" if workspace is None else workspace

    def __hash__(self) -> int:
        # Tags are a dictionary and stay out: 0.8 lets experiments be kept in sets.
        return hash((Experiment, self._experiment_id, self._name))

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        return {**super()._read(proto), "tags": {tag.key: tag.value for tag in proto.tags}}

    def _write(self, proto: Any, name: str, value: Any) -> None:
        if name == "tags":
            proto.tags.extend([ExperimentTag(key, text).to_proto() for key, text in value.items()])
        elif name == "experiment_id" and value is not None:
            proto.experiment_id = int(value)
        else:
            super()._write(proto, name, value)
