"""Bundles: what a source yields, written to one file or folder, and that read back as a source.

A bundle is judged before anything of it is used: its manifest, each run, the place and size of
each entry. Hashes are compared while the bytes are read.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, TypeVar

import msgspec

from milepost import __version__
from milepost.transfer import bundle_format as form
from milepost.transfer import containers, points_parquet
from milepost.transfer.bundle_format import (
    Content,
    ExperimentEntry,
    FileEntry,
    ListedRun,
    Manifest,
    MetricsEntry,
    RunEntry,
)
from milepost.transfer.records import (
    ExperimentRecord,
    FileRecord,
    HistoryPart,
    RunRecord,
    Source,
    SourceUnusable,
    UnreadableRun,
)

Kind = TypeVar("Kind")

PIECE_BYTES = 2**20
OPEN_RUNS_MAX = 64
LEFT_OUT = "the bundle was made with --without-artifacts"


class Written(NamedTuple):
    """What a bundle holds; `without_files` are the runs whose artifacts could not be read."""

    experiments: int
    runs: int
    points: int
    files: int
    size: int
    without_files: list[tuple[str, str]]


class Hashing(io.BufferedIOBase):
    """Passes on what is written and knows its size and hash."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._hash.update(data)
        self._size += len(data)
        return self._file.write(data)

    @property
    def content(self) -> Content:
        return Content(self._size, self._hash.hexdigest())


def write(
    source: Source,
    path: Path,
    now: int,
    with_artifacts: bool = True,
    on_run: Callable[[], None] = lambda: None,
) -> Written:
    """Make a bundle of all that `source` yields; `now` is in ms.

    Raises `CannotWrite` and `SourceUnusable`; nothing is left behind then.
    """
    points_parquet.arro3()
    container = containers.writing(path)
    try:
        written = Writer(container, source, with_artifacts).write(now, on_run)
        container.commit()
    except OSError as error:
        container.abort()
        raise containers.CannotWrite(f"{path} cannot be written: {error.strerror}.") from error
    except BaseException:
        container.abort()
        raise
    return written


class Writer:
    def __init__(self, container: containers.Writing, source: Source, with_artifacts: bool) -> None:
        self._container = container
        self._source = source
        self._with_artifacts = with_artifacts
        self._points = self._files = self._size = 0
        self._without_files: list[tuple[str, str]] = []

    def write(self, now: int, on_run: Callable[[], None]) -> Written:
        experiments: list[ExperimentEntry] = []
        listed: list[ListedRun] = []
        for experiment in self._source.experiments():
            experiments.append(form.experiment_entry(experiment))
            for run in self._source.runs(experiment):
                if isinstance(run, UnreadableRun):
                    raise SourceUnusable(f"Run {run.run_id} cannot be read: {run.reason}")
                content = self._write_json(form.run_name(run.run_id), self._write_run(run))
                listed.append(ListedRun(run.run_id, run.experiment_id, *_pair(content)))
                on_run()
        manifest = Manifest(
            form.FORMAT, form.VERSION, __version__, now, self._source.description, experiments,
            listed,
        )  # fmt: skip
        self._write_json(form.MANIFEST, manifest)
        return Written(
            len(experiments), len(listed), self._points, self._files, self._size,
            self._without_files,
        )  # fmt: skip

    def _write_run(self, run: RunRecord) -> RunEntry:
        if not form.is_run_id(run.run_id):
            raise SourceUnusable(f"{run.run_id[:200]!r} is no id of a run.")
        metrics = self._write_points(run)
        files: list[FileEntry] = []
        missing: str | None = LEFT_OUT
        if self._with_artifacts:
            missing = self._source.missing_files(run)
            if missing is None:
                files = [self._write_file(run, file) for file in self._source.files(run)]
            else:
                self._without_files.append((run.run_id, missing))
        return form.run_entry(run, metrics, files, missing)

    def _write_points(self, run: RunRecord) -> MetricsEntry | None:
        parts = iter(self._source.histories(run))
        first = next(parts, None)
        if first is None:
            return None
        with self._container.entry(form.metrics_name(run.run_id)) as entry:
            file = Hashing(entry)
            points = points_parquet.write(chain([first], parts), file)
        self._points += points
        self._size += file.content.size
        return MetricsEntry(points, *_pair(file.content))

    def _write_file(self, run: RunRecord, record: FileRecord) -> FileEntry:
        if not form.is_artifact_path(record.path):
            raise SourceUnusable(
                f"Run {run.run_id} has an artifact {record.path[:200]!r}, which no bundle may hold."
                " Rename or remove it, or export --without-artifacts."
            )
        with (
            self._source.open_file(run, record.path) as opened,
            self._container.entry(form.artifact_name(run.run_id, record.path)) as entry,
        ):
            file = Hashing(entry)
            while piece := opened.read(PIECE_BYTES):
                file.write(piece)
        self._files += 1
        self._size += file.content.size
        return FileEntry(record.path, *_pair(file.content))

    def _write_json(self, name: str, value: Any) -> Content:
        data = msgspec.json.format(msgspec.json.encode(value), indent=1)
        with self._container.entry(name) as entry:
            entry.write(data)
        return Content(len(data), hashlib.sha256(data).hexdigest())


def _pair(content: Content) -> tuple[int, str]:
    return content.size, content.sha256


class OpenRun(NamedTuple):
    """A run that is being read, with its artifacts by path."""

    entry: RunEntry
    files: dict[str, FileEntry]


def is_bundle(path: Path) -> bool:
    """Whether a file or folder looks like one."""
    return (path / form.MANIFEST).is_file() or (path.is_file() and path.suffix.lower() == ".zip")


class BundleSource:
    """A bundle of this machine. Raises `SourceUnusable` unless all of it can be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._container = containers.reading(path)
        try:
            points_parquet.arro3()
            self._manifest = self._read_manifest()
            for listed in self._manifest.runs:
                self._check_run(listed)
        except BaseException:
            self._container.close()
            raise
        self.description = f"bundle {path} of {self._manifest.source}"
        self._listed_by_id = {one.run_id: one for one in self._manifest.runs}
        self._open_runs: dict[str, OpenRun] = {}

    def _refused(self, why: str) -> SourceUnusable:
        return SourceUnusable(f"{self._path} cannot be imported: {why} Export it anew.")

    def _read_manifest(self) -> Manifest:
        data = self._read_whole(form.MANIFEST, form.JSON_BYTES_MAX)
        manifest = self._decoded(data, Manifest, form.MANIFEST)
        if manifest.format != form.FORMAT:
            raise SourceUnusable(f"{self._path} is no bundle of Milepost.")
        if manifest.version > form.VERSION:
            raise SourceUnusable(
                f"{self._path} has version {manifest.version} of the format and was made by"
                f" Milepost {manifest.milepost}; this one reads {form.VERSION}. Upgrade Milepost."
            )
        experiments = {one.experiment_id for one in manifest.experiments}
        run_ids = {one.run_id for one in manifest.runs}
        if len(manifest.runs) > form.RUNS_MAX:
            raise self._refused(f"it holds more than {form.RUNS_MAX:,} runs.")
        if len(run_ids) < len(manifest.runs) or len(experiments) < len(manifest.experiments):
            raise self._refused("an id is there twice.")
        for one in manifest.runs:
            if not form.is_run_id(one.run_id) or one.experiment_id not in experiments:
                raise self._refused(f"it lists a run {one.run_id[:200]!r} that cannot be.")
        return manifest

    def _check_run(self, listed: ListedRun) -> None:
        for name, content in form.entries_of(self._run_entry(listed)):
            size = self._container.size_of(name)
            if size is None or size != content.size or not form.SHA256.fullmatch(content.sha256):
                raise self._refused(
                    f"{name} has {'nothing' if size is None else f'{size:,} bytes'} where"
                    f" {content.size:,} bytes were promised."
                )

    def _run_entry(self, listed: ListedRun) -> RunEntry:
        name = form.run_name(listed.run_id)
        data = self._read_whole(name, form.RUN_JSON_BYTES_MAX)
        if hashlib.sha256(data).hexdigest() != listed.sha256:
            raise self._refused(f"{name} has another hash than the manifest says.")
        run = self._decoded(data, RunEntry, name)
        if (run.run_id, run.experiment_id) != (listed.run_id, listed.experiment_id):
            raise self._refused(f"{name} is about another run.")
        return run

    def _read_whole(self, name: str, bytes_max: int) -> bytes:
        size = self._container.size_of(name)
        if size is None:
            raise self._refused(f"it has no {name}.")
        with self._container.open(name) as file:
            data = file.read(bytes_max + 1)
        if len(data) > bytes_max:
            raise self._refused(f"{name} has more than {bytes_max:,} bytes.")
        return data

    def _decoded(self, data: bytes, kind: type[Kind], name: str) -> Kind:
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self._refused(f"{name} is not what it should be: {error}.") from error

    def experiments(self) -> Iterator[ExperimentRecord]:
        for one in self._manifest.experiments:
            yield one.record()

    def _listed(self, experiment: ExperimentRecord) -> list[ListedRun]:
        id = experiment.experiment_id
        return [one for one in self._manifest.runs if one.experiment_id == id]

    def count_runs(self, experiment: ExperimentRecord) -> int:
        return len(self._listed(experiment))

    def runs(self, experiment: ExperimentRecord) -> Iterator[RunRecord]:
        for listed in self._listed(experiment):
            yield self._run_entry(listed).record()

    def _of(self, run: RunRecord) -> OpenRun:
        found = self._open_runs.get(run.run_id)
        if found is None:
            entry = self._run_entry(self._listed_by_id[run.run_id])
            found = OpenRun(entry, {file.path: file for file in entry.files})
            if len(self._open_runs) >= OPEN_RUNS_MAX:
                self._open_runs.pop(next(iter(self._open_runs)))
            self._open_runs[run.run_id] = found
        return found

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        metrics = self._of(run).entry.metrics
        if metrics is None:
            return
        name = form.metrics_name(run.run_id)
        with tempfile.TemporaryFile() as whole:
            with self._opened(name, Content(metrics.size, metrics.sha256)) as file:
                while piece := file.read(PIECE_BYTES):
                    whole.write(piece)
            whole.seek(0)
            yield from points_parquet.read(whole, metrics.points, name)

    def files(self, run: RunRecord) -> Iterator[FileRecord]:
        for file in self._of(run).files.values():
            yield FileRecord(file.path, file.size)

    def missing_files(self, run: RunRecord) -> str | None:
        missing = self._of(run).entry.missing_files
        return None if missing is None else f"{missing.rstrip('.')}. Use --artifacts none."

    @contextmanager
    def open_file(self, run: RunRecord, path: str) -> Iterator[BinaryIO]:
        file = self._of(run).files[path]
        name = form.artifact_name(run.run_id, path)
        with self._opened(name, Content(file.size, file.sha256)) as opened:
            yield opened

    @contextmanager
    def _opened(self, name: str, content: Content) -> Iterator[BinaryIO]:
        with (
            self._container.open(name) as file,
            io.BufferedReader(
                Verified(
                    file, content, self._refused(f"{name} is not the file that was exported.")
                ),
                PIECE_BYTES,
            ) as opened,
        ):
            yield opened

    def close(self) -> None:
        self._container.close()


class Verified(io.RawIOBase):
    """A file that is read once; at its end it raises where it is not what was promised."""

    def __init__(self, file: BinaryIO, content: Content, refusal: SourceUnusable) -> None:
        self._file, self._content, self._refusal = file, content, refusal
        self._hash = hashlib.sha256()
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._file.read(len(buffer))
        self._hash.update(piece)
        self._size += len(piece)
        is_whole = bool(piece) or (
            self._size == self._content.size and self._hash.hexdigest() == self._content.sha256
        )
        if self._size > self._content.size or not is_whole:
            raise self._refusal
        buffer[: len(piece)] = piece
        return len(piece)
