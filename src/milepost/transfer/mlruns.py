"""Reads the folders in which MLflow keeps runs without a server (`mlruns`), of any version.

    <experiment>/meta.yaml, tags/<key>, datasets/<id>/meta.yaml
    <experiment>/<run>/meta.yaml, params/<key>, tags/<key>, metrics/<key>, artifacts/
    <experiment>/<run>/inputs/<id>/meta.yaml, outputs/<id>/meta.yaml
    .trash/<experiment>/ for deleted ones

A key with "/" is a folder. A line of a metric is "timestamp value step", with what it was measured
on behind it in 3.x. 0.x wrote no step and the time in seconds. Nothing here writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import yaml

from milepost.transfer.records import (
    PART_POINTS_MAX,
    DatasetRecord,
    ExperimentRecord,
    FileRecord,
    HistoryPart,
    RunRecord,
    SourceUnusable,
    UnreadableRun,
)

TRASH = ".trash"
META = "meta.yaml"
# Folders of an experiment that hold no run.
NOT_RUNS = frozenset(("tags", "datasets", "models", "traces", "assessments", TRASH))
STATUS_NAMES = {1: "RUNNING", 2: "SCHEDULED", 3: "FINISHED", 4: "FAILED", 5: "KILLED"}
RUN_NAME_TAG = "mlflow.runName"
# A time of 0.x below this is in seconds, as the server takes it (docs/compatibility.md).
SECONDS_BELOW = 10**11
META_BYTES_MAX = 2**20
VALUE_BYTES_MAX = 2**24
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_mlruns(folder: Path) -> bool:
    """Whether a folder holds at least one experiment, deleted or not."""
    return any(True for root in (folder, folder / TRASH) for _ in experiment_folders(root))


def experiment_folders(root: Path) -> Iterator[Path]:
    """Folders below `root` with a `meta.yaml`, in a fixed order."""
    try:
        names = sorted(os.listdir(root))
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in names:
        if name != TRASH and (root / name / META).is_file():
            yield root / name


class MlrunsSource:
    """One `mlruns` folder."""

    def __init__(self, folder: Path) -> None:
        """Raises `SourceUnusable`."""
        self._folder = folder
        self.description = f"MLflow folder {folder}"
        if not is_mlruns(folder):
            raise SourceUnusable(
                f"{folder} holds no experiment of MLflow: no folder in it has a {META}."
                " Name the folder that is called mlruns, as a rule."
            )
        # The folder of each experiment and run that was handed out and is still of use.
        self._experiments: dict[str, Path] = {}
        self._runs: dict[str, Path] = {}
        self._datasets: dict[str, dict[str, Any]] = {}

    def close(self) -> None:
        """Nothing stays open."""

    # --- experiments and runs ------------------------------------------------------------------

    def experiments(self) -> Iterator[ExperimentRecord]:
        for root, is_active in ((self._folder, True), (self._folder / TRASH, False)):
            for folder in experiment_folders(root):
                meta = meta_of(folder)
                experiment_id = str(meta.get("experiment_id", folder.name))
                self._experiments[experiment_id] = folder
                yield ExperimentRecord(
                    experiment_id=experiment_id,
                    name=str(meta.get("name", folder.name)),
                    artifact_location=str(meta.get("artifact_location") or ""),
                    is_active=is_active and meta.get("lifecycle_stage", "active") == "active",
                    creation_time=whole(meta.get("creation_time")),
                    last_update_time=whole(meta.get("last_update_time")),
                    tags=dict(texts_below(folder / "tags")),
                )

    def _run_folders(self, experiment: ExperimentRecord) -> Iterator[Path]:
        folder = self._experiments[experiment.experiment_id]
        for name in sorted(os.listdir(folder)):
            path = folder / name
            if name not in NOT_RUNS and not name.startswith(".") and path.is_dir():
                yield path

    def count_runs(self, experiment: ExperimentRecord) -> int:
        return sum(1 for _ in self._run_folders(experiment))

    def runs(self, experiment: ExperimentRecord) -> Iterator[RunRecord | UnreadableRun]:
        self._runs.clear()
        self._datasets.clear()
        for folder in self._run_folders(experiment):
            try:
                run = self._run(folder, experiment)
            except (OSError, SourceUnusable, ValueError) as error:
                yield UnreadableRun(folder.name, str(error))
            else:
                self._runs[run.run_id] = folder
                yield run

    def _run(self, folder: Path, experiment: ExperimentRecord) -> RunRecord:
        meta = meta_of(folder)
        run_id = str(meta.get("run_id") or meta.get("run_uuid") or folder.name)
        tags = dict(texts_below(folder / "tags"))
        stage = meta.get("lifecycle_stage") or "active"
        run = RunRecord(
            run_id=run_id,
            experiment_id=experiment.experiment_id,
            # Later versions keep the name in both places, 0.x and 1.x in one of them.
            name=str(meta.get("run_name") or meta.get("name") or tags.get(RUN_NAME_TAG) or ""),
            user_id=str(meta.get("user_id") or ""),
            status=status_of(meta.get("status")),
            start_time=whole(meta.get("start_time")),
            end_time=whole(meta.get("end_time")),
            artifact_uri=str(meta.get("artifact_uri") or ""),
            is_active=stage == "active",
            deleted_time=whole(meta.get("deleted_time")),
            params=dict(texts_below(folder / "params")),
            tags=tags,
        )
        return self._with_inputs(run, folder)

    def _with_inputs(self, run: RunRecord, folder: Path) -> RunRecord:
        datasets, models = [], []
        for one in experiment_folders(folder / "inputs"):
            meta = meta_of(one)
            source = str(meta.get("source_id"))
            if meta.get("source_type") == "DATASET":
                given = meta.get("tags") or {}
                tags = [(str(key), str(value)) for key, value in given.items()]
                datasets.append(self._dataset(folder.parent, source, tags))
            else:
                models.append(source)
        outputs = [
            (str(meta.get("destination_id")), whole(meta.get("step")) or 0)
            for meta in map(meta_of, experiment_folders(folder / "outputs"))
        ]
        return replace(run, datasets=datasets, model_inputs=models, model_outputs=outputs)

    def _dataset(self, folder: Path, name: str, tags: list[tuple[str, str]]) -> DatasetRecord:
        meta = self._datasets.get(name)
        if meta is None:
            meta = self._datasets[name] = meta_of(folder / "datasets" / checked_name(name))
        return DatasetRecord(
            name=str(meta.get("name")),
            digest=str(meta.get("digest")),
            source_type=str(meta.get("source_type") or ""),
            source=str(meta.get("source") or ""),
            schema=optional(meta.get("schema")),
            profile=optional(meta.get("profile")),
            tags=tags,
        )

    # --- histories and files -------------------------------------------------------------------

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        for key, entry in files_below(self._runs[run.run_id] / "metrics"):
            yield from history_of(key, entry.path)

    def _artifacts(self, run: RunRecord) -> Path | None:
        """Their folder: beside the run, wherever `mlruns` was moved to, else what the URI names."""
        beside = self._runs[run.run_id] / "artifacts"
        if beside.is_dir():
            return beside
        parts = urlsplit(run.artifact_uri)
        if parts.scheme in ("", "file") and parts.netloc in ("", "localhost"):
            return Path(unquote(parts.path) if parts.scheme else run.artifact_uri)
        return None

    def files(self, run: RunRecord) -> Iterator[FileRecord]:
        folder = self._artifacts(run)
        if folder is not None:
            for path, found in files_below(folder):
                yield FileRecord(path, found.stat().st_size)

    def missing_files(self, run: RunRecord) -> str | None:
        folder = self._artifacts(run)
        if folder is None:
            return (
                f"they are at {run.artifact_uri}, which is no folder. Use --artifacts reference to"
                " leave them there, or --artifacts none."
            )
        if not folder.is_dir() and run.artifact_uri:
            # 0.x and 1.x make the folder with the run, so it has gone.
            return f"their folder {folder} is not there. Bring it back, or use --artifacts none."
        return None

    def open_file(self, run: RunRecord, path: str) -> AbstractContextManager[BinaryIO]:
        folder = self._artifacts(run)
        assert folder is not None
        return (folder / path).open("rb")


def meta_of(folder: Path) -> dict[str, Any]:
    """A `meta.yaml`. Raises `SourceUnusable`."""
    path = folder / META
    try:
        if path.stat().st_size > META_BYTES_MAX:
            raise SourceUnusable(f"{path} is larger than {META_BYTES_MAX} bytes.")
        read = yaml.load(path.read_bytes(), LOADER)
    except (OSError, yaml.YAMLError, ValueError) as error:
        first = str(error).splitlines()[0]
        raise SourceUnusable(f"{path} cannot be read: {first}") from error
    if not isinstance(read, dict):
        raise SourceUnusable(f"{path} is empty or no mapping.")
    return read


def checked_name(name: str) -> str:
    """The name of a folder, and nothing that leads elsewhere."""
    if "/" in name or name in ("", ".", ".."):
        raise SourceUnusable(f"{name!r} is no name of a folder.")
    return name


def whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def optional(value: object) -> str | None:
    return None if value is None else str(value)


def status_of(value: object) -> str:
    """A status, which is a number in the files; some versions wrote its name."""
    if isinstance(value, int) and value in STATUS_NAMES:
        return STATUS_NAMES[value]
    return str(value)


def files_below(folder: Path | str, prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All files in a folder and below, by path with "/", in a fixed order; links are followed
    to files only, for a link to a folder could lead in a circle.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_file():
            yield prefix + entry.name, entry


def texts_below(folder: Path) -> Iterator[tuple[str, str]]:
    for key, entry in files_below(folder):
        if entry.stat().st_size > VALUE_BYTES_MAX:
            raise SourceUnusable(f"{entry.path} is larger than {VALUE_BYTES_MAX} bytes.")
        with open(entry.path, "rb", buffering=0) as file:
            yield key, file.read().decode()


def history_of(key: str, path: str) -> Iterator[HistoryPart]:
    """A metric's file in parts; all of its lines have a step or none has."""
    timestamps: list[int] = []
    values: list[float] = []
    steps: list[int] = []
    has_steps = False
    with open(path, "rb") as lines:
        for number, line in enumerate(lines, 1):
            words = line.split()
            if not words:
                continue
            try:
                timestamp, value = int(words[0]), float(words[1])
                step = int(words[2]) if len(words) > 2 else None
            except (ValueError, IndexError):
                raise SourceUnusable(
                    f"Line {number} of {path} is no point: {line[:80]!r}"
                ) from None
            if step is None and abs(timestamp) < SECONDS_BELOW:
                timestamp *= 1000
            timestamps.append(timestamp)
            values.append(value)
            # A folder that both 0.x and 1.x wrote to: the older lines count as step 0, as in 1.x.
            steps.append(step or 0)
            has_steps = has_steps or step is not None
            if len(values) == PART_POINTS_MAX:
                yield HistoryPart(key, steps if has_steps else None, timestamps, values)
                timestamps, values, steps = [], [], []
    if values:
        yield HistoryPart(key, steps if has_steps else None, timestamps, values)
