"""Puts what a source yields into a store, and compares both sides run by run.

Ids, times, histories, tags and datasets stay what they were. Everything can be done again: a run
that is here already and has the hash of its source is left alone, any other is written once more,
and points that are here already are dropped by the store. So an import that was broken off is
gone on with by starting it again.

Small runs are written beside each other, so that one commit makes many of them durable; a run
with more than SLICE_POINTS points is moved alone, a slice at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from milepost.artifacts.checksums import NOTHING_CLAIMED
from milepost.artifacts.paths import checked, joined
from milepost.artifacts.places import Places
from milepost.artifacts.repository import PIECE_BYTES, Repository
from milepost.errors import MilepostError, TemporarilyUnavailable
from milepost.store import Store
from milepost.store.inputs import NewDatasetInput
from milepost.store.runs import STATUS_NUMBERS
from milepost.store.series import Columns, Points
from milepost.store.transfers import EXPERIMENT_ID_MAX, MovedExperiment, MovedRun
from milepost.transfer.digest import Counts, FileDigest, RunDigest
from milepost.transfer.histories import HistoryOrder
from milepost.transfer.milepost_store import MilepostSource
from milepost.transfer.records import (
    ExperimentRecord,
    Noting,
    RunRecord,
    Source,
    SourceUnusable,
    UnreadableRun,
)
from milepost.transfer.wire_runs import run_record

SLICE_POINTS = 50_000
RUNS_AT_ONCE = 16
FILES_AT_ONCE = 8
NAMES_SHOWN = 10
COPY, REFERENCE, NONE = "copy", "reference", "none"
# What a run may fail of without the others.
OF_ONE_RUN = (MilepostError, SourceUnusable, OSError, ValueError, OverflowError)


@dataclass
class Outcome:
    """What became of one run. `reason` is for people, "" where all is well."""

    run_id: str
    experiment: str
    state: str = ""  # moved | same | different | failed | read (a dry run)
    source_hash: str = ""
    target_hash: str = ""
    reason: str = ""

    @property
    def is_well(self) -> bool:
        return self.state in ("moved", "same", "read")


@dataclass
class Report:
    """Both sides of a move."""

    source: str
    target: str
    source_counts: Counts = field(default_factory=Counts)
    target_counts: Counts = field(default_factory=Counts)
    runs: list[Outcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def alike(self) -> int:
        return sum(
            bool(one.source_hash) and one.source_hash == one.target_hash for one in self.runs
        )

    @property
    def is_well(self) -> bool:
        return all(one.is_well for one in self.runs)


class TransferStopped(Exception):
    """Nothing more can be written; what was moved stays, and a new start goes on from there."""


async def move(
    source: Source,
    target: Target,
    names: Sequence[str] = (),
    on_run: Callable[[Outcome], None] = lambda _: None,
) -> Report:
    """Move all experiments, or those with these names.

    Raises `SourceUnusable` and `TransferStopped`.
    """
    if isinstance(source, MilepostSource) and source.is_in(target.store.database):
        raise SourceUnusable(
            f"{source.description} is the target, too: there is nothing to move. Name another"
            " target with --backend-store-uri."
        )
    report = Report(source.description, target.store.database.description)
    async with Mover(source, target, report, on_run) as mover:
        for experiment in chosen(source, names, report):
            await mover.move_experiment(experiment)
    report.notes += notes_of(source)
    return report


def survey(
    source: Source,
    names: Sequence[str] = (),
    on_run: Callable[[Outcome], None] = lambda _: None,
) -> Report:
    """What a move would read: counts, and no content of artifacts."""
    report = Report(source.description, "nothing: a dry run")
    for experiment in chosen(source, names, report):
        for run in source.runs(experiment):
            outcome = Outcome(run.run_id, experiment.name, "read")
            if isinstance(run, UnreadableRun):
                outcome.state, outcome.reason = "failed", run.reason
            else:
                digest = RunDigest()
                try:
                    digest.see_run(run)
                    for _ in slices(source, run, digest):
                        pass
                    for file in source.files(run):
                        digest.see_file(file.path, file.size, "")
                except OF_ONE_RUN as error:
                    outcome.state, outcome.reason = "failed", text_of(error)
                outcome.reason = outcome.reason or source.missing_files(run) or ""
                report.source_counts.add(digest.counts())
            report.runs.append(outcome)
            on_run(outcome)
    report.notes += notes_of(source)
    return report


def notes_of(source: Source) -> list[str]:
    return source.notes() if isinstance(source, Noting) else []


def chosen(source: Source, names: Sequence[str], report: Report) -> Iterator[ExperimentRecord]:
    """The experiments to move; raises `SourceUnusable` before the first if one is not there."""
    if names:
        there = {experiment.name for experiment in source.experiments()}
        if missing := set(names) - there:
            some = ", ".join(sorted(there)[:NAMES_SHOWN])
            raise SourceUnusable(
                f"The source has no experiment {', '.join(sorted(missing))}. It has {len(there)}:"
                f" {some}{', ...' if len(there) > NAMES_SHOWN else '.'}"
            )
    for experiment in source.experiments():
        if not names or experiment.name in names:
            report.source_counts.experiments += 1
            yield experiment


def slices(source: Source, run: RunRecord, digest: RunDigest) -> Iterator[dict[str, Points]]:
    """A run's points in slices; the histories enter `digest` when their end is seen.

    Points without steps are numbered on from 0 in each history, whatever stands at the target.
    """
    taken: dict[str, Points] = {}
    count, numbered, key = 0, 0, None
    history = HistoryOrder()
    for part in source.histories(run):
        if part.key != key:
            if key is not None:
                digest.see_history(key, history.pieces())
            if part.key in digest.histories:
                raise SourceUnusable(f"The history of {part.key!r} comes in two places.")
            key, history, numbered = part.key, HistoryOrder(), 0
        steps = part.steps
        if steps is None:
            steps = list(range(numbered, numbered + len(part.values)))
        numbered += len(steps)
        history.add(columns_of(steps, part.timestamps, part.values))
        if key in taken or count + len(steps) > SLICE_POINTS:
            yield taken
            taken, count = {}, 0
        taken[key] = Points(steps, part.timestamps, part.values)
        count += len(steps)
    if key is not None:
        digest.see_history(key, history.pieces())
    yield taken


def columns_of(steps: list[int], timestamps: list[int], values: list[float]) -> Columns:
    import numpy as np

    return Columns(
        np.array(steps, np.int64), np.array(timestamps, np.int64), np.array(values, np.float64)
    )


class Target:
    """A store and the places where its runs keep artifacts."""

    def __init__(self, store: Store, places: Places, artifacts: str = COPY) -> None:
        """`artifacts`: copied, left where they are and referenced, or neither."""
        self.store = store
        self.places = places
        self.artifacts = artifacts

    async def put_experiment(self, record: ExperimentRecord) -> int:
        text = record.experiment_id
        is_number = text.isascii() and text.isdigit() and int(text) <= EXPERIMENT_ID_MAX
        created = record.creation_time or 0
        return await self.store.put_experiment(
            MovedExperiment(
                record.name,
                int(text) if is_number else None,
                record.is_active,
                created,
                record.last_update_time or created,
                record.tags,
            )
        )

    async def put_run(
        self,
        run: RunRecord,
        experiment: int,
        keeps_uri: bool,
        points: dict[str, Points],
        is_whole: bool,
    ) -> None:
        await self.store.put_run(
            run.run_id,
            MovedRun(
                experiment,
                run.name,
                run.user_id,
                run.status,
                run.start_time or 0,
                run.end_time,
                run.artifact_uri if keeps_uri else None,
                run.is_active,
                run.deleted_time,
                run.params,
                run.tags,
            ),
            points,
            is_whole,
        )

    async def put_inputs(self, run: RunRecord) -> None:
        if run.datasets or run.model_inputs or run.model_outputs:
            datasets = [NewDatasetInput(*one) for one in run.datasets]
            await self.store.put_inputs(run.run_id, datasets, run.model_inputs, run.model_outputs)

    async def read_back(self, run_id: str, with_files: bool) -> RunDigest | None:
        """What is stored of a run; None: nothing."""
        digest = RunDigest()
        found = await self.store.visit_run(run_id, digest.see_points)
        if found is None:
            return None
        record = run_record(found)
        digest.see_run(record)
        if with_files:
            await read_files(*self.places.find(record.artifact_uri), digest)
        return digest

    async def place_of(self, run_id: str) -> tuple[Repository, str]:
        return self.places.find(await self.store.get_artifact_uri(run_id))


async def read_files(repository: Repository, base: str, digest: RunDigest) -> None:
    """All artifacts below `base` with their content."""
    folders = [""]
    while folders:
        folder = folders.pop()
        for entry in await repository.entries(joined(base, folder)):
            path = joined(folder, entry.name)
            if entry.is_dir:
                folders.append(path)
                continue
            reader = await repository.open(joined(base, path), PIECE_BYTES)
            try:
                content = FileDigest()
                async for piece in reader.pieces(0, reader.stat.size):
                    content.update(piece)
            finally:
                await reader.close()
            digest.see_file(path, content.size, content.hexdigest())


class Mover:
    """One move under way: a few runs at once, never more in memory than they hold."""

    def __init__(
        self, source: Source, target: Target, report: Report, on_run: Callable[[Outcome], None]
    ) -> None:
        self._source = source
        self._target = target
        self._report = report
        self._on_run = on_run
        self._tasks: set[asyncio.Task[None]] = set()
        self._files = asyncio.Semaphore(FILES_AT_ONCE)

    async def __aenter__(self) -> Mover:
        return self

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            await self._wait_until(0)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def move_experiment(self, record: ExperimentRecord) -> None:
        try:
            experiment = await self._target.put_experiment(record)
        except MilepostError as error:
            raise TransferStopped(f"Experiment {record.name!r}: {error.message}") from error
        self._report.target_counts.experiments += 1
        if str(experiment) != record.experiment_id:
            self._report.notes.append(
                f"Experiment {record.name!r} has the id {experiment} here; it was"
                f" {record.experiment_id}."
            )
        for run in self._source.runs(record):
            outcome = Outcome(run.run_id, record.name)
            if isinstance(run, UnreadableRun):
                outcome.state, outcome.reason = "failed", run.reason
                self._done(outcome)
                continue
            await self._begin(RunMove(self._source, self._target, run, experiment), outcome)
        await self._wait_until(0)

    async def _begin(self, move: RunMove, outcome: Outcome) -> None:
        """Start a small run and go on; see a large one to its end."""
        try:
            is_small = move.read_first()
        except OF_ONE_RUN as error:
            outcome.state, outcome.reason = "failed", text_of(error)
            self._done(outcome)
            return
        await self._wait_until(RUNS_AT_ONCE - 1 if is_small else 0)
        task = asyncio.create_task(self._move_run(move, outcome))
        self._tasks.add(task)
        if not is_small:
            await self._wait_until(0)

    async def _wait_until(self, count: int) -> None:
        while len(self._tasks) > count:
            done, self._tasks = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()

    async def _move_run(self, move: RunMove, outcome: Outcome) -> None:
        try:
            stored = await move.run(outcome, self._files)
        except TemporarilyUnavailable as error:
            raise TransferStopped(
                f"The target does not answer: {error.message} Start the import again to go on."
            ) from error
        except OF_ONE_RUN as error:
            outcome.state, outcome.reason = "failed", text_of(error)
        else:
            self._report.target_counts.add(stored.counts())
        self._report.source_counts.add(move.digest.counts())
        self._done(outcome)

    def _done(self, outcome: Outcome) -> None:
        self._report.runs.append(outcome)
        self._on_run(outcome)


class RunMove:
    """One run on its way."""

    def __init__(self, source: Source, target: Target, run: RunRecord, experiment: int) -> None:
        self._source = source
        self._target = target
        self._run = run
        self._experiment = experiment
        self._first: dict[str, Points] = {}
        self._rest: Iterator[dict[str, Points]] = iter(())
        self.digest = RunDigest()
        # Why its artifacts stay behind, where they were to be copied.
        self._missing: str | None = None
        self._with_files = False

    def read_first(self) -> bool:
        """Read a first slice; True when that was all of the run's points."""
        if self._run.status not in STATUS_NUMBERS:
            raise SourceUnusable(f"It has an unknown status, {self._run.status!r}.")
        self.digest.see_run(self._run)
        slicing = slices(self._source, self._run, self.digest)
        self._first = next(slicing)
        second = next(slicing, None)
        self._rest = slicing if second is None else chain([second], slicing)
        if self._target.artifacts == COPY:
            self._missing = self._source.missing_files(self._run)
            self._with_files = self._missing is None
        return second is None

    async def run(self, outcome: Outcome, files: asyncio.Semaphore) -> RunDigest:
        """Move it unless it is here; returns what is stored."""
        stored = await self._target.read_back(self._run.run_id, self._with_files)
        outcome.state = "moved"
        problems: list[str] = []
        if stored is None:
            await self._write(self._first, self._rest)
            problems = await self._each_file(files, is_copied=True)
        else:
            for _ in self._rest:
                pass
            problems = await self._each_file(files, is_copied=False)
            if stored.hexdigest() == self.digest.hexdigest() and not problems:
                outcome.state = "same"
            else:
                slicing = slices(self._source, self._run, RunDigest())
                await self._write(next(slicing), slicing)
                problems = await self._each_file(files, is_copied=True)
        if outcome.state == "moved":
            read = await self._target.read_back(self._run.run_id, self._with_files)
            assert read is not None
            stored = read
        assert stored is not None
        self._judge(outcome, stored, problems)
        return stored

    def _judge(self, outcome: Outcome, stored: RunDigest, problems: list[str]) -> None:
        outcome.source_hash, outcome.target_hash = self.digest.hexdigest(), stored.hexdigest()
        if problems:
            outcome.state, outcome.reason = "failed", "; ".join(problems[:5])
        elif outcome.source_hash != outcome.target_hash:
            outcome.state = "different"
            outcome.reason = "; ".join(self.digest.differences(stored)[:5])
        elif self._missing:
            outcome.state = "failed"
            outcome.reason = f"moved without its artifacts: {self._missing}"

    async def _write(self, first: dict[str, Points], rest: Iterator[dict[str, Points]]) -> None:
        keeps_uri = self._target.artifacts == REFERENCE or self._missing is not None
        following = next(rest, None)
        is_whole = following is None
        await self._target.put_run(self._run, self._experiment, keeps_uri, first, is_whole)
        while following is not None:
            await self._target.store.put_points(self._run.run_id, following)
            following = next(rest, None)
        await self._target.put_inputs(self._run)
        if not is_whole:
            await self._target.store.finish_run(self._run.run_id, self._run.status)

    async def _each_file(self, at_once: asyncio.Semaphore, is_copied: bool) -> list[str]:
        """Read all artifacts, copying them or not; returns what went wrong."""
        if not self._with_files:
            return []
        self.digest.files.clear()
        self.digest.bytes = 0
        problems: list[str] = []
        place: tuple[Repository, str] | None = None

        async def one(path: str) -> None:
            async with at_once:
                try:
                    size, digest = await self._read_file(path, place)
                except OF_ONE_RUN as error:
                    problems.append(f"artifact {path}: {text_of(error)}")
                else:
                    self.digest.see_file(path, size, digest)

        waiting: set[asyncio.Task[None]] = set()
        for file in self._source.files(self._run):
            if is_copied and place is None:
                place = await self._target.place_of(self._run.run_id)
            waiting.add(asyncio.create_task(one(file.path)))
            if len(waiting) >= FILES_AT_ONCE:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*waiting)
        return problems

    async def _read_file(self, path: str, place: tuple[Repository, str] | None) -> tuple[int, str]:
        """Size and hash of one artifact, which is copied to `place` if there is one."""
        content = FileDigest()
        with self._source.open_file(self._run, path) as opened:
            if place is None:
                while piece := opened.read(PIECE_BYTES):
                    content.update(piece)
                return content.size, content.hexdigest()
            repository, base = place
            upload = repository.upload(joined(base, checked(path)), NOTHING_CLAIMED, None)
            try:
                piece = opened.read(PIECE_BYTES)
                content.update(piece)
                while following := opened.read(PIECE_BYTES):
                    await upload.write([piece])
                    content.update(following)
                    piece = following
                await upload.commit([piece])
            except BaseException:
                await upload.abort()
                raise
        return content.size, content.hexdigest()


def text_of(error: BaseException) -> str:
    if isinstance(error, MilepostError):
        return error.message
    return str(error) or type(error).__name__
