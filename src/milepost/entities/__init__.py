"""The protocol's values: experiments, runs and what they hold.

The classes of mlflow 0.8's `mlflow.entities` (the seed), with the same signatures, values,
dictionaries and protobuf bytes, and what later versions added behind them. Entities are immutable,
know no server, read no clock, and import nothing but the standard library and `milepost.errors`.
"""

from milepost.entities.artifacts import FileInfo
from milepost.entities.base import Entity
from milepost.entities.enumerations import LifecycleStage, RunStatus, SourceType, ViewType
from milepost.entities.experiments import Experiment
from milepost.entities.inputs import (
    Dataset,
    DatasetInput,
    LoggedModelInput,
    LoggedModelOutput,
    RunInputs,
    RunOutputs,
)
from milepost.entities.keyed_list import KeyedList
from milepost.entities.metrics import Metric
from milepost.entities.runs import Run, RunData, RunInfo
from milepost.entities.tags import ExperimentTag, InputTag, Param, RunTag

__all__ = [
    "Dataset",
    "DatasetInput",
    "Entity",
    "Experiment",
    "ExperimentTag",
    "FileInfo",
    "InputTag",
    "KeyedList",
    "LifecycleStage",
    "LoggedModelInput",
    "LoggedModelOutput",
    "Metric",
    "Param",
    "Run",
    "RunData",
    "RunInfo",
    "RunInputs",
    "RunOutputs",
    "RunStatus",
    "RunTag",
    "SourceType",
    "ViewType",
]
