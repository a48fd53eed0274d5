"""The protocol's enumerations: RunStatus, SourceType, ViewType and LifecycleStage.

Numbers and texts are those of mlflow 0.8, with what came later: KILLED, the texts of SourceType,
LifecycleStage. `SourceType` and `ViewType` are plain numbers, as they always were; a `RunStatus` is
a number that also equals its name. Only constants and lookups live here.
"""

from __future__ import annotations

from typing import Any, ClassVar

from milepost.errors import InvalidParameterValue


class RunStatus(int):
    """A run's status: the number that mlflow 0.8 used and the name that 1.0 and later use.

    A member compares equal to both (`status == 3`, `status == "FINISHED"`) and hashes as its name,
    so that `status in {"FINISHED"}` holds; `str` and `format` give the name, `repr` and JSON the
    number. A set or dictionary of bare numbers cannot find it: an object has one hash.

    `RunStatus(3)` and `RunStatus("FINISHED")` give the member; anything else is a ValueError.
    """

    __slots__ = ()
    RUNNING: ClassVar[RunStatus]
    SCHEDULED: ClassVar[RunStatus]
    FINISHED: ClassVar[RunStatus]
    FAILED: ClassVar[RunStatus]
    KILLED: ClassVar[RunStatus]

    def __new__(cls, value: int | str) -> RunStatus:
        member = cls.member(value)
        if not isinstance(member, RunStatus):
            raise ValueError(f"{value!r} is not a valid RunStatus")
        return member

    @staticmethod
    def member(value: Any) -> Any:
        """The member with this number or name; a value that has none comes back as it is."""
        if isinstance(value, str):
            return _STATUS_OF_NAME.get(value, value)
        if isinstance(value, int):
            return _STATUS_OF_NUMBER.get(int(value), value)
        return value

    @staticmethod
    def from_string(status_str: str) -> RunStatus:
        """The status of this exact upper-case name; an Exception that lists the names otherwise."""
        if status_str not in _STATUS_OF_NAME:
            raise InvalidParameterValue(
                f"Could not get run status corresponding to string {status_str}. "
                f"Valid run status strings: {list(_STATUS_OF_NAME)}"
            )
        return _STATUS_OF_NAME[status_str]

    @staticmethod
    def to_string(status: int) -> str:
        """The name of this number; an Exception that lists the numbers otherwise."""
        number = _number(status)
        if number not in _STATUS_OF_NUMBER:
            raise InvalidParameterValue(
                f"Could not get string corresponding to run status {status}. "
                f"Valid run statuses: {list(_STATUS_OF_NUMBER)}"
            )
        return _NAME_OF_STATUS[number]

    @staticmethod
    def is_terminated(status: int) -> bool:
        """Whether a run of this status has ended. False for what is no status."""
        return _number(status) in _TERMINATED

    @staticmethod
    def all_status() -> list[RunStatus]:
        """All members, by number."""
        return list(_STATUS_OF_NUMBER.values())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return str(self) == other
        return int.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        if isinstance(other, str):
            return str(self) != other
        return int.__ne__(self, other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return _NAME_OF_STATUS[int(self)]

    def __format__(self, spec: str) -> str:
        # A numeric type at the end asks for the number: `f"{status:d}"` of old code.
        if spec and spec[-1] in "bcdoxXneEfFgG%":
            return int.__format__(self, spec)
        return format(str(self), spec)

    def __reduce__(self) -> tuple[type[RunStatus], tuple[int]]:
        return RunStatus, (int(self),)


_NAME_OF_STATUS = {1: "RUNNING", 2: "SCHEDULED", 3: "FINISHED", 4: "FAILED", 5: "KILLED"}
_STATUS_OF_NUMBER = {number: int.__new__(RunStatus, number) for number in _NAME_OF_STATUS}
_STATUS_OF_NAME = {str(status): status for status in _STATUS_OF_NUMBER.values()}
for _name, _status in _STATUS_OF_NAME.items():
    setattr(RunStatus, _name, _status)
_TERMINATED = frozenset({3, 4, 5})


def _number(status: Any) -> Any:
    """A member as its bare number, which is what the tables above are keyed by."""
    return int(status) if isinstance(status, RunStatus) else status


class SourceType:
    """What started a run, in the class's numbers: the 0.8 wire calls UNKNOWN 1000, not 5."""

    NOTEBOOK, JOB, PROJECT, LOCAL, UNKNOWN = 1, 2, 3, 4, 5

    # The texts of both refusals speak of run status; every release since 0.9 has them so.

    @staticmethod
    def from_string(status_str: str) -> int:
        """The number of this name; an Exception that lists the names otherwise."""
        if status_str not in _SOURCE_TYPE_OF_NAME:
            raise InvalidParameterValue(
                f"Could not get run status corresponding to string {status_str}. "
                f"Valid run status strings: {list(_SOURCE_TYPE_OF_NAME)}"
            )
        return _SOURCE_TYPE_OF_NAME[status_str]

    @staticmethod
    def to_string(status: int) -> str:
        """The name of this number; an Exception that lists the numbers otherwise."""
        if status not in _NAME_OF_SOURCE_TYPE:
            raise InvalidParameterValue(
                f"Could not get string corresponding to run status {status}. "
                f"Valid run statuses: {list(_NAME_OF_SOURCE_TYPE)}"
            )
        return _NAME_OF_SOURCE_TYPE[status]


_SOURCE_TYPE_OF_NAME: dict[str, int] = {
    name: getattr(SourceType, name) for name in ("NOTEBOOK", "JOB", "PROJECT", "LOCAL", "UNKNOWN")
}
_NAME_OF_SOURCE_TYPE = {number: name for name, number in _SOURCE_TYPE_OF_NAME.items()}


class ViewType:
    """Which lifecycle stages a search or a list shows."""

    ACTIVE_ONLY, DELETED_ONLY, ALL = 1, 2, 3

    @classmethod
    def from_string(cls, view_str: str) -> int:
        """The number of this lower-case name; an Exception that lists the names otherwise."""
        if view_str not in _VIEW_OF_NAME:
            raise InvalidParameterValue(
                f"Could not get valid view type corresponding to string {view_str}. "
                f"Valid view types are {list(_VIEW_OF_NAME)}"
            )
        return _VIEW_OF_NAME[view_str]

    @classmethod
    def to_string(cls, view_type: int) -> str:
        """The lower-case name of this number; an Exception that lists the numbers otherwise."""
        if view_type not in _NAME_OF_VIEW:
            raise InvalidParameterValue(
                f"Could not get valid view type corresponding to string {view_type}. "
                f"Valid view types are {list(_NAME_OF_VIEW)}"
            )
        return _NAME_OF_VIEW[view_type]

    @classmethod
    def to_proto(cls, view_type: int) -> int:
        """The number on the wire, which is the same; ValueError for any other."""
        if view_type not in _NAME_OF_VIEW:
            raise ValueError(f"Unexpected view_type: {view_type}")
        return view_type

    @classmethod
    def from_proto(cls, proto_view_type: int) -> int:
        """The number from the wire, which is the same; ValueError for any other."""
        if proto_view_type not in _NAME_OF_VIEW:
            raise ValueError(f"Unexpected proto_view_type: {proto_view_type}")
        return proto_view_type


_VIEW_OF_NAME: dict[str, int] = {
    name.lower(): getattr(ViewType, name) for name in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL")
}
_NAME_OF_VIEW = {number: name for name, number in _VIEW_OF_NAME.items()}


class LifecycleStage:
    """Whether an experiment or a run is there or in the bin (mlflow 0.9 and later)."""

    ACTIVE = "active"
    DELETED = "deleted"

    @classmethod
    def view_type_to_stages(cls, view_type: int = ViewType.ALL) -> list[str]:
        """The stages that this ViewType shows; none for what is no ViewType."""
        return list(_STAGES_OF_VIEW.get(view_type, ()))

    @classmethod
    def is_valid(cls, lifecycle_stage: str) -> bool:
        """Whether this is a stage."""
        return lifecycle_stage in (cls.ACTIVE, cls.DELETED)

    @classmethod
    def matches_view_type(cls, view_type: int, lifecycle_stage: str) -> bool:
        """Whether this ViewType shows this stage; an Exception when either is none."""
        if not cls.is_valid(lifecycle_stage):
            raise InvalidParameterValue(f"Invalid lifecycle stage '{lifecycle_stage}'")
        if view_type not in _STAGES_OF_VIEW:
            raise InvalidParameterValue(f"Invalid view type '{view_type}'")
        return lifecycle_stage in _STAGES_OF_VIEW[view_type]


_STAGES_OF_VIEW = {
    ViewType.ACTIVE_ONLY: (LifecycleStage.ACTIVE,),
    ViewType.DELETED_ONLY: (LifecycleStage.DELETED,),
    ViewType.ALL: (LifecycleStage.ACTIVE, LifecycleStage.DELETED),
}
