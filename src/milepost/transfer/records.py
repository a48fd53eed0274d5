"""What moves between trackers: experiments and runs as their source kept them, as plain values.

A source yields these and a target takes them. Nothing here opens a file, a database or a socket.
Times are in ms since 1970, as on the wire; a time that the source did not keep is None.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple, Protocol, runtime_checkable


class SourceUnusable(Exception):
    """The source cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class ExperimentRecord:
    """An experiment. `experiment_id` is the source's own, as text."""

    experiment_id: str
    name: str
    artifact_location: str = ""
    is_active: bool = True
    creation_time: int | None = None
    last_update_time: int | None = None
    tags: dict[str, str] = field(default_factory=dict)


class DatasetRecord(NamedTuple):
    """A dataset that a run read, with its input tags in the order given."""

    name: str
    digest: str
    source_type: str
    source: str
    schema: str | None
    profile: str | None
    tags: list[tuple[str, str]]


@dataclass(frozen=True)
class RunRecord:
    """A run without its histories and files, which `Source` reads when they are asked for.

    `tags` hold the name under `mlflow.runName` as well where the source does so.
    """

    run_id: str
    experiment_id: str
    name: str
    user_id: str
    status: str
    start_time: int | None
    end_time: int | None
    artifact_uri: str
    is_active: bool = True
    deleted_time: int | None = None
    params: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    datasets: list[DatasetRecord] = field(default_factory=list)
    model_inputs: list[str] = field(default_factory=list)
    model_outputs: list[tuple[str, int]] = field(default_factory=list)


class UnreadableRun(NamedTuple):
    """A run that its source cannot read, in its place among the others; `reason` is for people."""

    run_id: str
    reason: str


class HistoryPart(NamedTuple):
    """Points of one metric key, in the order they were logged; columns of one length, not empty.

    A long history comes in several parts. `steps` is None where the source kept none (0.x).
    """

    key: str
    steps: list[int] | None
    timestamps: list[int]
    values: list[float]


class FileRecord(NamedTuple):
    """An artifact: its path below the run's artifacts, with "/", and its size in bytes."""

    path: str
    size: int


class Source(Protocol):
    """Somewhere that runs are read from. All methods may raise `SourceUnusable`.

    Where a method about one run raises it, or an OSError or ValueError, that run is reported and
    the others go on.
    """

    # What people read, as "MLflow database sqlite:///mlflow.db (schema of 2.22)".
    description: str

    def experiments(self) -> Iterator[ExperimentRecord]:
        """All experiments, deleted ones included, in a fixed order."""

    def count_runs(self, experiment: ExperimentRecord) -> int:
        """How many runs it has, for the progress bar."""

    def runs(self, experiment: ExperimentRecord) -> Iterator[RunRecord | UnreadableRun]:
        """Its runs, deleted ones included, in a fixed order."""

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        """The whole histories of its metrics, key by key, in parts of at most PART_POINTS_MAX."""

    def files(self, run: RunRecord) -> Iterator[FileRecord]:
        """Its artifacts; none where they cannot be reached, which `missing_files` then tells."""

    def missing_files(self, run: RunRecord) -> str | None:
        """Why its artifacts cannot be read from here; None: they can, or there are none."""

    def open_file(self, run: RunRecord, path: str) -> AbstractContextManager[BinaryIO]:
        """One artifact, to be read to its end; a few may be open at once."""

    def close(self) -> None:
        """Let go of files and connections."""


@runtime_checkable
class Noting(Protocol):
    """A source that has something to tell when all of it has been read."""

    def notes(self) -> list[str]:
        """What was left out or changed, each kind with its number."""


PART_POINTS_MAX = 100_000
