"""A key and its text: Param and the tags of runs, experiments and inputs.

They differ by type alone, and are never equal across types. Limits on keys and values are the
server's; nothing is checked here.
"""

from __future__ import annotations

from milepost.entities.base import Entity, Field


class KeyValue(Entity):
    """What Param and all tags share: two strings, stored as given. Only they are made."""

    key = Field[str]("The name.")
    value = Field[str]("The text under it.")


class Param(KeyValue):
    """An input of a run that does not change while it runs (mlflow 0.8 wire)."""

    __slots__ = ()
    _message = "Param"

    def __init__(self, key: str, value: str) -> None:
        self._key = key
        self._value = value


class RunTag(KeyValue):
    """A tag of a run (mlflow 0.8 wire)."""

    __slots__ = ()
    _message = "RunTag"

    def __init__(self, key: str, value: str) -> None:
        self._key = key
        self._value = value


class ExperimentTag(KeyValue):
    """A tag of an experiment (messages.json, mlflow.ExperimentTag)."""

    __slots__ = ()
    _message = "ExperimentTag"

    def __init__(self, key: str, value: str) -> None:
        self._key = key
        self._value = value


class InputTag(KeyValue):
    """A tag of a dataset as a run used it (messages.json, mlflow.InputTag)."""

    __slots__ = ()
    _message = "InputTag"

    def __init__(self, key: str, value: str) -> None:
        self._key = key
        self._value = value
