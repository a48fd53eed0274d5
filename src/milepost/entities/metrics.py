"""Metric: one point of a series. Nothing of runs or of how series are stored lives here."""

from __future__ import annotations

from milepost.entities.base import Entity, Field


class Metric(Entity):
    """One value of one metric at one moment (mlflow 0.8 wire, messages-0.8.json; later fields by
    their numbers in messages.json). Values are stored as given."""

    _message = "Metric"
    key = Field[str]("The metric's name.")
    value = Field[float]("The value; NaN and the infinities included.")
    timestamp = Field[int]("When, in ms since 1970; clients up to 0.8.2 sent seconds.")
    step = Field[int]("The training step.", added_default=0)
    model_id = Field[str | None]("The logged model measured.", added_default=None)
    dataset_name = Field[str | None]("The dataset measured on.", added_default=None)
    dataset_digest = Field[str | None]("That dataset's digest.", added_default=None)
    run_id = Field[str | None]("The run, where an answer names it.", added_default=None)

    def __init__(
        self,
        key: str,
        value: float,
        timestamp: int,
        step: int = 0,
        model_id: str | None = None,
        dataset_name: str | None = None,
        dataset_digest: str | None = None,
        run_id: str | None = None,
    ) -> None:
        self._key = key
        self._value = value
        self._timestamp = timestamp
        self._step = step
        self._model_id = model_id
        self._dataset_name = dataset_name
        self._dataset_digest = dataset_digest
        self._run_id = run_id
