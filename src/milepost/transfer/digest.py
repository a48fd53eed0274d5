"""A hash of all that a run holds, the same on both sides of a move when nothing was lost.

Both sides make it of what they have: info, params, tags, the distinct points of each metric in
history order with the bits of their values, datasets, models, and the artifacts' paths, sizes and
content. Where artifacts lie and which id the experiment has is left out: a move may change both.
Counts are gathered on the way. No I/O here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milepost.transfer.records import DatasetRecord, RunRecord

if TYPE_CHECKING:
    from milepost.store.series import Columns

DIGEST_BYTES = 32


@dataclass
class Counts:
    """How much of each there is."""

    experiments: int = 0
    runs: int = 0
    params: int = 0
    tags: int = 0
    metrics: int = 0
    points: int = 0
    datasets: int = 0
    artifacts: int = 0
    bytes: int = 0

    def add(self, other: Counts) -> None:
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


@dataclass
class RunDigest:
    """Takes a run's parts in any order, each once, and gives their hash."""

    info: dict[str, object] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    datasets: list[object] = field(default_factory=list)
    models: list[object] = field(default_factory=list)
    histories: dict[str, PointsDigest] = field(default_factory=dict)
    files: dict[str, list[object]] = field(default_factory=dict)
    bytes: int = 0

    def see_run(self, run: RunRecord) -> None:
        self.info = {
            "run_id": run.run_id,
            "name": run.name,
            "user_id": run.user_id,
            "status": run.status,
            "start_time": run.start_time or 0,
            "end_time": run.end_time,
            "is_active": run.is_active,
        }
        self.params, self.tags = run.params, run.tags
        self.datasets = datasets_of(run.datasets)
        self.models = [sorted(set(run.model_inputs)), sorted(set(run.model_outputs))]

    def see_points(self, key: str, columns: Columns) -> None:
        """The distinct points of one metric that follow in history order."""
        history = self.histories.get(key)
        if history is None:
            history = self.histories[key] = PointsDigest()
        history.update(columns)

    def see_history(self, key: str, pieces: Iterable[Columns]) -> None:
        for piece in pieces:
            self.see_points(key, piece)

    @property
    def metrics(self) -> dict[str, list[object]]:
        return {key: [one.count, one.hexdigest()] for key, one in self.histories.items()}

    def see_file(self, path: str, size: int, digest: str) -> None:
        self.files[path] = [size, digest]
        self.bytes += size

    def hexdigest(self) -> str:
        content = [
            self.info, dict(self.params), dict(self.tags), self.datasets, self.models,
            self.metrics, self.files,
        ]  # fmt: skip
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()

    def counts(self) -> Counts:
        return Counts(
            runs=1,
            params=len(self.params),
            tags=len(self.tags),
            metrics=len(self.histories),
            points=sum(one.count for one in self.histories.values()),
            datasets=len(self.datasets),
            artifacts=len(self.files),
            bytes=self.bytes,
        )

    def differences(self, other: RunDigest) -> list[str]:
        """What is not alike, for people."""
        found = [
            f"{title} {name}: {mine.get(name)!r} there, {theirs.get(name)!r} here"
            for title, mine, theirs in (
                ("info", self.info, other.info),
                ("param", self.params, other.params),
                ("tag", self.tags, other.tags),
                ("metric", self.metrics, other.metrics),
                ("artifact", self.files, other.files),
            )
            for name in sorted(set(mine) | set(theirs))
            if mine.get(name) != theirs.get(name)
        ]
        if self.datasets != other.datasets:
            found.append("datasets")
        if self.models != other.models:
            found.append("models")
        return found


def datasets_of(datasets: Iterable[DatasetRecord]) -> list[object]:
    """Each (name, digest) once, the first of them; their tags by name."""
    first: dict[tuple[str, str], list[object]] = {}
    for one in datasets:
        first.setdefault((one.name, one.digest), [*one[:6], sorted(one.tags)])
    return [first[place] for place in sorted(first)]


class PointsDigest:
    """Of one history, a piece at a time: step, time and value of each point, as 64 bits each."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
        self.count = 0

    def update(self, columns: Columns) -> None:
        import numpy as np

        rows = np.empty((len(columns.steps), 3), "<i8")
        rows[:, 0], rows[:, 1] = columns.steps, columns.timestamps
        values = np.where(np.isnan(columns.values), np.nan, columns.values)  # one NaN for all
        rows[:, 2] = values.view(np.int64)
        self._digest.update(rows.data)
        self.count += len(rows)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


class FileDigest:
    """Of one file's bytes, in order."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
        self.size = 0

    def update(self, part: bytes) -> None:
        self._digest.update(part)
        self.size += len(part)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()
