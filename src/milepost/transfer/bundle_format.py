"""What stands in a bundle: its names, its JSON as structs, its bounds. No I/O.

manifest.json                  the experiments, and each run with the hash of its run.json
runs/<run_id>/run.json         all of a run but its points and the bytes of its artifacts
runs/<run_id>/metrics.parquet  its points: key, step, timestamp, value
runs/<run_id>/artifacts/...    its artifacts
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

import msgspec

from milepost.artifacts.paths import checked
from milepost.errors import InvalidParameterValue
from milepost.transfer.records import (
    DatasetRecord,
    ExperimentRecord,
    RunRecord,
    SourceUnusable,
)

FORMAT, VERSION = "milepost-bundle", 1
MANIFEST = "manifest.json"
JSON_BYTES_MAX = 256 * 2**20
RUN_JSON_BYTES_MAX = 64 * 2**20
RUNS_MAX = 1_000_000
RUN_ID = re.compile(r"[a-zA-Z0-9][\w\-]{0,255}", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}")


class Content(msgspec.Struct):
    """The size and hash of an entry of the bundle."""

    size: int
    sha256: str


class FileEntry(msgspec.Struct):
    """An artifact; its path is below the run's folder `artifacts`."""

    path: str
    size: int
    sha256: str


class MetricsEntry(msgspec.Struct):
    """A run's metrics.parquet."""

    points: int
    size: int
    sha256: str


class DatasetEntry(msgspec.Struct):
    name: str
    digest: str
    source_type: str
    source: str
    schema: str | None
    profile: str | None
    tags: list[tuple[str, str]]


class RunEntry(msgspec.Struct):
    """run.json. Times are in ms since 1970; `missing_files` says why there are no artifacts."""

    run_id: str
    experiment_id: str
    name: str
    user_id: str
    status: str
    start_time: int | None
    end_time: int | None
    artifact_uri: str
    is_active: bool
    deleted_time: int | None
    params: dict[str, str]
    tags: dict[str, str]
    datasets: list[DatasetEntry]
    model_inputs: list[str]
    model_outputs: list[tuple[str, int]]
    metrics: MetricsEntry | None
    files: list[FileEntry]
    missing_files: str | None = None

    def record(self) -> RunRecord:
        kept = {name: getattr(self, name) for name in RunRecord.__dataclass_fields__}
        kept["datasets"] = [DatasetRecord(*msgspec.structs.astuple(d)) for d in self.datasets]
        return RunRecord(**kept)


class ExperimentEntry(msgspec.Struct):
    experiment_id: str
    name: str
    artifact_location: str
    is_active: bool
    creation_time: int | None
    last_update_time: int | None
    tags: dict[str, str]

    def record(self) -> ExperimentRecord:
        return ExperimentRecord(**msgspec.structs.asdict(self))


class ListedRun(msgspec.Struct):
    """A run in the manifest, with the size and hash of its run.json."""

    run_id: str
    experiment_id: str
    size: int
    sha256: str


class Manifest(msgspec.Struct):
    """manifest.json. `created` is in ms since 1970."""

    format: str
    version: int
    milepost: str
    created: int
    source: str
    experiments: list[ExperimentEntry]
    runs: list[ListedRun]


def experiment_entry(record: ExperimentRecord) -> ExperimentEntry:
    return ExperimentEntry(**asdict(record))


def run_entry(
    record: RunRecord,
    metrics: MetricsEntry | None,
    files: list[FileEntry],
    missing_files: str | None,
) -> RunEntry:
    kept = {name: getattr(record, name) for name in RunRecord.__dataclass_fields__}
    kept["datasets"] = [DatasetEntry(*one) for one in record.datasets]
    return RunEntry(**kept, metrics=metrics, files=files, missing_files=missing_files)


def run_name(run_id: str) -> str:
    return f"runs/{run_id}/run.json"


def metrics_name(run_id: str) -> str:
    return f"runs/{run_id}/metrics.parquet"


def artifact_name(run_id: str, path: str) -> str:
    return f"runs/{run_id}/artifacts/{path}"


def is_run_id(text: str) -> bool:
    return RUN_ID.fullmatch(text) is not None


def entries_of(run: RunEntry) -> Iterator[tuple[str, Content]]:
    """What a run says that the bundle holds; raises `SourceUnusable` for what it may not say."""
    if run.metrics is not None:
        if run.metrics.points < 1:
            raise SourceUnusable(f"Run {run.run_id} has metrics without points.")
        yield metrics_name(run.run_id), Content(run.metrics.size, run.metrics.sha256)
    seen = set()
    for file in run.files:
        if not is_artifact_path(file.path) or file.path in seen:
            raise SourceUnusable(
                f"Run {run.run_id} has an artifact at {file.path[:200]!r}, which is no path of one"
                " or there twice."
            )
        seen.add(file.path)
        yield artifact_name(run.run_id, file.path), Content(file.size, file.sha256)


def is_artifact_path(path: str) -> bool:
    """Whether it is a path below a run's root, spelled in the one way that it has."""
    try:
        return bool(path) and "\\" not in path and checked(path) == path
    except InvalidParameterValue:
        return False
