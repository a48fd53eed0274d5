"""A folder of TensorBoard event files as a source: each folder that holds some is a run.

Scalars become metrics, hyperparameters params, images, sounds and texts artifacts. What else the
files hold is counted and told by `notes`. What a record means stands here, its framing in
`event_files`.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import uuid
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from milepost.transfer import event_files
from milepost.transfer.records import (
    PART_POINTS_MAX,
    ExperimentRecord,
    FileRecord,
    HistoryPart,
    RunRecord,
    SourceUnusable,
    UnreadableRun,
)
from milepost.transfer.tensors import numbers_of, strings_of
from milepost.wire.event_messages import Undecodable, decoded

EVENT_FILE = "tfevents"
NAMESPACE = uuid.UUID("6f7f6c0e-6f0b-5b0a-9a7e-0d6d1d0f4a1c")
# 24 bytes each are held.
RUN_POINTS_MAX = 50_000_000
# A target reads several runs at once; so many stay known, and of long ones fewer.
HELD_RUNS = 64
HELD_POINTS = 5_000_000
RUNS_MAX = 100_000
FILES_MAX = 1_000_000
KEY_CHARS_MAX = 250
PATH_CHARS_MAX = 200
KEY_REFUSED = re.compile(r"[^/\w.\- :]")
FILE_REFUSED = re.compile(r"[^/\w.\- ]", re.ASCII)
FILE_PLUGINS = ("text", "images", "audio")
STATUSES = {1: "FINISHED", 2: "FAILED", 3: "RUNNING"}


class Place(NamedTuple):
    """Where an artifact's bytes stand: the record's offset in its file, the value's place in it."""

    file: Path
    offset: int
    value: int
    plugin: str
    size: int


class Series:
    """The points of one key, in the order of the file."""

    __slots__ = ("steps", "timestamps", "values")

    def __init__(self) -> None:
        self.steps, self.timestamps = array("q"), array("q")
        self.values = array("d")


@dataclass
class Scan:
    """All that the event files of one folder say."""

    folder: Path
    series: dict[str, Series] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    files: dict[str, Place] = field(default_factory=dict)
    first: float | None = None
    last: float | None = None
    status: str = "FINISHED"
    points: int = 0
    plugins: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


class TensorBoardSource:
    """The runs below a folder. Raises `SourceUnusable` where there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser().absolute()
        self.description = f"TensorBoard event files in {folder}"
        self._runs = found_runs(self.folder)
        self._folders = {
            run_id_of(self.folder, folder, files[0]): folder for folder, files in self._runs.items()
        }
        self._scans: dict[Path, Scan] = {}
        self._noted: dict[Path, Counter[str]] = {}
        self._experiment = ExperimentRecord("tensorboard", self.folder.name or "tensorboard")

    def experiments(self) -> Iterator[ExperimentRecord]:
        yield self._experiment

    def count_runs(self, experiment: ExperimentRecord) -> int:  # noqa: ARG002
        return len(self._runs)

    def runs(self, experiment: ExperimentRecord) -> Iterator[RunRecord | UnreadableRun]:
        for folder in self._runs:
            name = folder.relative_to(self.folder).as_posix()
            name = self.folder.name if name == "." else name
            run_id = run_id_of(self.folder, folder, self._runs[folder][0])
            try:
                scan = self._scanned(folder)
            except SourceUnusable as error:
                yield UnreadableRun(run_id, str(error))
                continue
            yield RunRecord(
                run_id=run_id,
                experiment_id=experiment.experiment_id,
                name=name,
                user_id="",
                status=scan.status,
                start_time=None if scan.first is None else ms_of(scan.first),
                end_time=None if scan.last is None or scan.status == "RUNNING"
                else ms_of(scan.last),
                artifact_uri=folder.as_uri(),
                params=dict(scan.params),
                tags={"mlflow.runName": name},
            )  # fmt: skip

    def _scanned(self, folder: Path) -> Scan:
        found = self._scans.get(folder)
        if found is None:
            found = scanned(folder, self._runs[folder])
            self._noted[folder] = found.left_out
            held = found.points + sum(scan.points for scan in self._scans.values())
            while self._scans and (held > HELD_POINTS or len(self._scans) >= HELD_RUNS):
                held -= self._scans.pop(next(iter(self._scans))).points
            self._scans[folder] = found
        return found

    def _of(self, run: RunRecord) -> Scan:
        return self._scanned(self._folders[run.run_id])

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        for key, series in self._of(run).series.items():
            for begin in range(0, len(series.steps), PART_POINTS_MAX):
                part = slice(begin, begin + PART_POINTS_MAX)
                yield HistoryPart(
                    key,
                    series.steps[part].tolist(),
                    series.timestamps[part].tolist(),
                    series.values[part].tolist(),
                )

    def files(self, run: RunRecord) -> Iterator[FileRecord]:
        for path, place in self._of(run).files.items():
            yield FileRecord(path, place.size)

    def missing_files(self, run: RunRecord) -> str | None:  # noqa: ARG002
        return None

    def open_file(self, run: RunRecord, path: str) -> AbstractContextManager[BinaryIO]:
        place = self._of(run).files[path]
        event = decoded("Event", event_files.record_at(place.file, place.offset))
        return io.BytesIO(content_of(event.summary.value[place.value], place.plugin)[0])

    def notes(self) -> list[str]:
        """What the files hold and was not taken, each kind with its number."""
        total: Counter[str] = Counter()
        for counts in self._noted.values():
            total.update(counts)
        return [f"{what}: {count:,}" for what, count in sorted(total.items())]

    def close(self) -> None:
        self._scans.clear()


def is_tensorboard(path: Path) -> bool:
    """Whether event files stand somewhere below a folder."""
    return path.is_dir() and any(
        EVENT_FILE in name for _, _, names in os.walk(path) for name in names
    )


def found_runs(top: Path) -> dict[Path, list[Path]]:
    """The folders that hold event files, with these in the order of their names."""
    if not top.is_dir():
        raise SourceUnusable(f"There is no folder {top}. Name the log folder of TensorBoard.")
    found: dict[Path, list[Path]] = {}
    for folder, folders, names in os.walk(top):
        folders.sort()
        files = [Path(folder) / name for name in sorted(names) if EVENT_FILE in name]
        files = [file for file in files if file.is_file()]
        if files:
            found[Path(folder)] = files
        if len(found) > RUNS_MAX:
            raise SourceUnusable(
                f"{top} holds more than {RUNS_MAX:,} runs. Import its folders one by one."
            )
    if not found:
        raise SourceUnusable(
            f"{top} holds no event files (their names contain {EVENT_FILE!r}), nor do the folders"
            " below it. Name the log folder of TensorBoard."
        )
    return found


def run_id_of(top: Path, folder: Path, first: Path) -> str:
    """The same for the same run whenever and wherever it is imported.

    The name of a run's first file holds the second, host and process of its writer.
    """
    return uuid.uuid5(NAMESPACE, f"{folder.relative_to(top).as_posix()}\n{first.name}").hex


def ms_of(seconds: float) -> int:
    """Clocks of writers are seconds; what no clock says is 0."""
    return round(seconds * 1000) if abs(seconds) < 1e14 else 0


def scanned(folder: Path, files: list[Path]) -> Scan:
    scan = Scan(folder)
    for file in files:
        for record in event_files.records_of(file):
            if isinstance(record, event_files.Torn):
                scan.left_out["unfinished records at the end of event files, left out"] += 1
                continue
            try:
                take(scan, file, record.offset, decoded("Event", record.data))
            except Undecodable as error:
                raise SourceUnusable(
                    f"{file} holds at byte {record.offset:,} {error}. Is it of TensorBoard?"
                ) from error
    return scan


def take(scan: Scan, file: Path, offset: int, event: Any) -> None:
    if event.HasField("graph_def") or event.HasField("meta_graph_def"):
        scan.left_out["graphs left out"] += 1
    if not event.HasField("summary"):
        return
    at = event.wall_time
    scan.first = at if scan.first is None else min(scan.first, at)
    scan.last = at if scan.last is None else max(scan.last, at)
    for place, value in enumerate(event.summary.value):
        if value.HasField("simple_value"):
            add_point(scan, value.tag, event.step, ms_of(at), value.simple_value)
            continue
        if value.HasField("metadata"):
            scan.plugins.setdefault(value.tag, value.metadata.plugin_data.plugin_name)
        plugin = scan.plugins.get(value.tag, "")
        if plugin == "hparams":
            take_hparams(scan, value.metadata.plugin_data.content)
        elif value.HasField("histo"):
            scan.left_out["histograms left out"] += 1
        elif value.HasField("image") or value.HasField("audio") or plugin in FILE_PLUGINS:
            content, kind = content_of(value, plugin)
            if kind is None:
                scan.left_out[f"empty {plugin} values left out"] += 1
                continue
            found = Place(file, offset, place, plugin, len(content))
            add_file(scan, f"{kind[0]}/{value.tag}", event.step, kind[1], found)
        else:
            numbers = numbers_of(value.tensor) if plugin in ("", "scalars") else []
            if len(numbers) == 1:
                add_point(scan, value.tag, event.step, ms_of(at), numbers[0])
            else:
                scan.left_out[f"{plugin or 'other'} values left out"] += 1


def add_point(scan: Scan, tag: str, step: int, timestamp: int, value: float) -> None:
    scan.points += 1
    if scan.points > RUN_POINTS_MAX:
        raise SourceUnusable(
            f"{scan.folder} holds more than {RUN_POINTS_MAX:,} points in one run, which is the"
            " most that is read."
        )
    key = scan.keys.get(tag) or named(scan, tag)
    series = scan.series.get(key)
    if series is None:
        series = scan.series[key] = Series()
    series.steps.append(step)
    series.timestamps.append(timestamp)
    series.values.append(value)


def named(scan: Scan, tag: str) -> str:
    """A key that names of metrics allow; tags that differ stay apart."""
    key = KEY_REFUSED.sub("_", tag)[:KEY_CHARS_MAX]
    parts = [part for part in key.split("/") if part not in ("", ".", "..")]
    key = "/".join(parts) or "_"
    number, plain = 2, key[: KEY_CHARS_MAX - 8]
    while key in scan.series:
        key = f"{plain}_{number}"
        number += 1
    if key != tag:
        scan.left_out["tags with characters that no name may have, which became _"] += 1
    scan.keys[tag] = key
    return key


def add_file(scan: Scan, name: str, step: int, ending: str, place: Place) -> None:
    if len(scan.files) >= FILES_MAX:
        raise SourceUnusable(f"{scan.folder} holds more than {FILES_MAX:,} files in one run.")
    cleaned = FILE_REFUSED.sub("_", name)[:PATH_CHARS_MAX]
    parts = [part for part in cleaned.split("/") if part.strip(". ")]
    stem = posixpath.join(*parts, f"{step:08d}")
    path, number = stem + ending, 2
    while path in scan.files:
        path = f"{stem}-{number}{ending}"
        number += 1
    scan.files[path] = place


def take_hparams(scan: Scan, content: bytes) -> None:
    data = decoded("HParams", content)
    for one in data.session_start_info.hparams:
        value = one.value
        if value.HasField("bool_value"):
            scan.params[one.key] = str(value.bool_value)
        elif value.HasField("number_value"):
            number = value.number_value
            scan.params[one.key] = str(int(number)) if number.is_integer() and abs(
                number) < 2**53 else repr(number)  # fmt: skip
        else:
            scan.params[one.key] = value.string_value
    if data.HasField("session_end_info"):
        scan.status = STATUSES.get(data.session_end_info.status, scan.status)


def content_of(value: Any, plugin: str) -> tuple[bytes, tuple[str, str] | None]:
    """The bytes of an artifact, and its folder and ending; None where it is none."""
    if value.HasField("image"):
        return value.image.encoded, ("images", image_ending(value.image.encoded))
    if value.HasField("audio"):
        return value.audio.encoded, ("audio", ".wav")
    strings = strings_of(value.tensor)
    if plugin == "text":
        return b"\n\n".join(strings), ("text", ".md")
    # An image stands behind its width and height, a sound before its label; of several the first.
    strings = strings[2:3] if plugin == "images" else strings[:1]
    if not strings:
        return b"", None
    if plugin == "audio":
        return strings[0], ("audio", ".wav")
    return strings[0], ("images", image_ending(strings[0]))


def image_ending(data: bytes) -> str:
    if data.startswith(b"GIF8"):
        return ".gif"
    return ".jpg" if data.startswith(b"\xff\xd8") else ".png"
