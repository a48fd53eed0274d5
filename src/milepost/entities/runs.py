"""Run and its parts: RunInfo (what it is), RunData (what it logged).

Values only: no run is created, found or changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import index
from typing import Any, ClassVar, Self

from milepost.entities.base import Entity, Field
from milepost.entities.enumerations import LifecycleStage, RunStatus, SourceType
from milepost.entities.experiments import checked_experiment_id
from milepost.entities.inputs import RunInputs, RunOutputs
from milepost.entities.keyed_list import KeyedList
from milepost.entities.metrics import Metric
from milepost.entities.tags import Param, RunTag
from milepost.errors import InvalidParameterValue


class _Absent:
    """Stands for "the caller did not give this"; None would be given, and refused."""

    def __repr__(self) -> str:
        return "<required>"


ABSENT: Any = _Absent()

# Fields of the seed that may not be None, in the order in which they are checked.
_NOT_NONE = (
    "run_uuid",
    "experiment_id",
    "name",
    "source_type",
    "source_name",
    "user_id",
    "status",
    "start_time",
)
# What a call in today's form leaves out: tags of the run hold these since mlflow 1.0.
_SINCE_1_0 = {
    "name": "",
    "source_type": SourceType.LOCAL,
    "source_name": "",
    "entry_point_name": None,
    "source_version": None,
}


class _Signature:
    """`inspect.signature(RunInfo)`: what a caller must give, and no stand-ins."""

    def __get__(self, instance: object, owner: Any) -> Any:
        from inspect import Parameter, signature

        shown = signature(owner.__init__)
        _, *parameters = shown.parameters.values()
        return shown.replace(
            parameters=[
                p.replace(default=Parameter.empty) if p.default is ABSENT else p for p in parameters
            ]
        )


class RunInfo(Entity):
    """What a run is: who started what, when, and how it ended.

    Two forms of call (mlflow 0.8 wire, messages-0.8.json): the seed's, in which all but
    `artifact_uri` are required, and today's by keyword, which names `run_id` or `run_name` and may
    leave out what tags hold since 1.0 (`name`, `source_type`, `source_name`, `entry_point_name`,
    `source_version`). Times are in ms since 1970. A status is given as number or name.

    Raises TypeError for a missing argument, and InvalidParameterValue for None where a value is
    needed, for an experiment id that is no integer, and for aliases that contradict each other.
    """

    ACTIVE_LIFECYCLE: ClassVar[str] = LifecycleStage.ACTIVE
    DELETED_LIFECYCLE: ClassVar[str] = LifecycleStage.DELETED
    __signature__ = _Signature()

    _message = "RunInfo"
    _aliases: ClassVar[dict[str, str]] = {"run_id": "run_uuid", "run_name": "name"}
    run_uuid = Field[str]("The id: 32 hexadecimal digits.")
    experiment_id = Field[int | str]("The experiment's id as given: int or str.")
    name = Field[str]('The name; "" when it has none.')
    source_type = Field[int]("A SourceType.")
    source_name = Field[str]("What was run: a notebook, a project, a script.")
    entry_point_name = Field[str | None]("The project's entry point.", unset_if_falsy=True)
    user_id = Field[str]("Who started it.")
    status = Field[RunStatus]("A RunStatus; an unknown status is kept as given.")
    start_time = Field[int]("When it started.")
    end_time = Field[int | None]("When it ended; None until then.", unset_if_falsy=True)
    source_version = Field[str | None]("The source's git commit.", unset_if_falsy=True)
    lifecycle_stage = Field[str | None]("A LifecycleStage.")
    artifact_uri = Field[str | None]("The root of its artifacts.", unset_if_falsy=True)

    def __init__(
        self,
        run_uuid: str = ABSENT,
        experiment_id: int | str = ABSENT,
        name: str = ABSENT,
        source_type: int = ABSENT,
        source_name: str = ABSENT,
        entry_point_name: str | None = ABSENT,
        user_id: str = ABSENT,
        status: int | str = ABSENT,
        start_time: int = ABSENT,
        end_time: int | None = ABSENT,
        source_version: str | None = ABSENT,
        lifecycle_stage: str | None = ABSENT,
        artifact_uri: str | None = None,
        *,
        run_id: str | None = None,
        run_name: str | None = None,
    ) -> None:
        given = {
            "run_uuid": run_uuid,
            "experiment_id": experiment_id,
            "name": name,
            "source_type": source_type,
            "source_name": source_name,
            "entry_point_name": entry_point_name,
            "user_id": user_id,
            "status": status,
            "start_time": start_time,
            "end_time": end_time,
            "source_version": source_version,
            "lifecycle_stage": lifecycle_stage,
        }
        if run_id is not None or run_name is not None:
            given = _completed(given, {"run_id": run_id, "run_name": run_name})
        _refuse_gaps(given)
        checked_experiment_id(given["experiment_id"])
        given["status"] = RunStatus.member(given["status"])
        given["artifact_uri"] = artifact_uri
        for field, value in given.items():
            setattr(self, f"_{field}", value)

    @property
    def run_id(self) -> str:
        """Today's name of `run_uuid`."""
        return self.run_uuid

    @property
    def run_name(self) -> str:
        """Today's name of `name`."""
        return self.name

    def _copy_with_overrides(
        self,
        status: int | str | None = None,
        end_time: int | None = None,
        lifecycle_stage: str | None = None,
        run_name: str | None = None,
    ) -> Self:
        """A copy with the given fields replaced. It goes through the protobuf form, so that a
        field that was None and has a text reads ""; that is what stores of 0.8 kept."""
        proto = self.to_proto()
        if status:
            proto.status = RunStatus(status)
        if end_time:
            proto.end_time = end_time
        if lifecycle_stage:
            proto.lifecycle_stage = lifecycle_stage
        if run_name:
            proto.name = run_name
        return self.from_proto(proto)

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        fields = super()._read(proto)
        fields["run_uuid"] = proto.run_uuid or proto.run_id
        fields["end_time"] = proto.end_time or None
        return fields

    def _write(self, proto: Any, name: str, value: Any) -> None:
        if name == "experiment_id":
            value = int(value)
        elif name in ("source_type", "status"):
            # Some protobuf libraries take an enum's name here; 0.8 took numbers alone.
            value = int(index(value))
        super()._write(proto, name, value)


def _completed(given: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    """A call in today's form as one in the seed's: aliases resolved, what it left out filled in."""
    given = dict(given)
    for alias, value in named.items():
        field = RunInfo._aliases[alias]
        if value is None:
            continue
        if given[field] is not ABSENT and given[field] != value:
            raise InvalidParameterValue(
                f"{field} {given[field]!r} and {alias} {value!r} are one field and must be equal"
            )
        given[field] = value
    for field, value in _SINCE_1_0.items():
        if given[field] is ABSENT:
            given[field] = value
    return given


def _refuse_gaps(given: dict[str, Any]) -> None:
    """Raise what a missing argument, or None where a value is needed, raised in the seed."""
    missing = [repr(field) for field, value in given.items() if value is ABSENT]
    if missing:
        *most, last = missing
        joint = ", and " if len(most) > 1 else " and "
        names = joint.join([", ".join(most), last]) if most else last
        plural = "s" if most else ""
        count = f"{len(missing)} required positional argument{plural}"
        raise TypeError(f"RunInfo.__init__() missing {count}: {names}")
    for field in _NOT_NONE:
        if given[field] is None:
            raise InvalidParameterValue(f"{field} cannot be None")


class RunData(Entity):
    """What a run logged (mlflow 0.8 wire, messages-0.8.json).

    Each part is a list of entities that can also be read by key; see KeyedList. A given list is
    copied, its items are kept as they are.
    """

    _message = "RunData"
    metrics = Field[KeyedList[Metric]]("The latest point of each metric.", nested=True)
    params = Field[KeyedList[Param]]("The params.", nested=True)
    tags = Field[KeyedList[RunTag]]("The tags.", nested=True)

    def __init__(
        self,
        metrics: Iterable[Metric] | None = None,
        params: Iterable[Param] | None = None,
        tags: Iterable[RunTag] | None = None,
    ) -> None:
        self._metrics = KeyedList(() if metrics is None else metrics)
        self._params = KeyedList(() if params is None else params)
        self._tags = KeyedList(() if tags is None else tags)

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        return {
            "metrics": [Metric.from_proto(metric) for metric in proto.metrics],
            "params": [Param.from_proto(param) for param in proto.params],
            "tags": [RunTag.from_proto(tag) for tag in proto.tags],
        }


class Run(Entity):
    """A run: its info, its data and, since 2.x, its inputs and outputs (mlflow 0.8 wire).

    Raises InvalidParameterValue when `run_info` is None; everything else may be.
    """

    _message = "Run"
    info = Field[RunInfo]("What it is.", nested=True)
    data = Field[RunData | None]("What it logged.", unset_if_falsy=True, nested=True)
    inputs = Field[RunInputs | None]("What it read.", added_default=None, nested=True)
    outputs = Field[RunOutputs | None]("What it made.", added_default=None, nested=True)

    def __init__(
        self,
        run_info: RunInfo,
        run_data: RunData | None,
        run_inputs: RunInputs | None = None,
        run_outputs: RunOutputs | None = None,
    ) -> None:
        if run_info is None:
            raise InvalidParameterValue("run_info cannot be None")
        self._info = run_info
        self._data = run_data
        self._inputs = run_inputs
        self._outputs = run_outputs

    def __hash__(self) -> int:
        # Data is lists and stays out: 0.8 lets runs be kept in sets.
        return hash((Run, self._info))

    def to_dictionary(self) -> dict[str, Any]:
        """`{"info": {...}, "data": {...}}`, and `inputs` and `outputs` where it has them.

        The lists inside `data` hold entities, as in 0.8. Raises TypeError when `data` is None.
        """
        parts: dict[str, Any] = {"info": dict(self.info), "data": dict(self.data)}  # type: ignore[arg-type]
        for name, part in (("inputs", self.inputs), ("outputs", self.outputs)):
            if part is not None:
                parts[name] = part.to_dictionary()
        return parts

    @classmethod
    def from_dictionary(cls, the_dict: Mapping[str, Any]) -> Self:
        """The run that `to_dictionary` wrote; an Exception without "info" and "data"."""
        if "info" not in the_dict or "data" not in the_dict:
            raise InvalidParameterValue(f"Malformed input '{the_dict}'. Run cannot be constructed.")
        inputs, outputs = the_dict.get("inputs"), the_dict.get("outputs")
        return cls(
            RunInfo.from_dictionary(the_dict["info"]),
            RunData.from_dictionary(the_dict["data"]),
            None if inputs is None else RunInputs.from_dictionary(inputs),
            None if outputs is None else RunOutputs.from_dictionary(outputs),
        )

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        inputs, outputs = proto.HasField("inputs"), proto.HasField("outputs")
        return {
            "run_info": RunInfo.from_proto(proto.info),
            "run_data": RunData.from_proto(proto.data),
            "run_inputs": RunInputs.from_proto(proto.inputs) if inputs else None,
            "run_outputs": RunOutputs.from_proto(proto.outputs) if outputs else None,
        }
