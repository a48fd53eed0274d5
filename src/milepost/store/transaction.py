"""One write transaction, and what the writer remembers between transactions.

A transaction hands operations what they need: the connection, runs by their wire id, key ids, and
`log_points`, which gathers points in memory so that a commit writes one chunk and one head per
series, however many requests logged to it. The cache is safe to lose: the writer empties it when
an operation fails half way or when another process has written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from milepost.errors import InvalidParameterValue, ResourceDoesNotExist
from milepost.store.database import Connection, Database, Row
from milepost.store.series import NAN, RAW, Points, SeriesHead, pack_raw
from milepost.store.sql import json_list, load

RUNS = load("runs")
METRICS = load("metrics")

# Bounds of the cache, in entries; the oldest half goes when one is full.
RUNS_CACHED_MAX = 50_000
KEYS_CACHED_MAX = 200_000
HEADS_CACHED_MAX = 100_000


class RunRef:
    """What the writer needs to know of a run."""

    __slots__ = ("experiment", "id", "is_active", "is_settled", "run_id")

    def __init__(
        self, run_id: str, id: int, experiment: int, is_active: bool, is_settled: bool
    ) -> None:
        self.run_id = run_id
        self.id = id
        self.experiment = experiment
        self.is_active = is_active
        # Whether searches may read what the settler has made of it (`store/settler.py`).
        self.is_settled = is_settled


class Cache:
    """Rows that the writer has read or written lately."""

    def __init__(self) -> None:
        self.runs: dict[str, RunRef] = {}
        self.keys: dict[str, int] = {}
        self.heads: dict[tuple[int, int], SeriesHead] = {}

    def clear(self) -> None:
        self.clear_rows()
        self.keys.clear()

    def clear_rows(self) -> None:
        """Forget what another process may have changed; a key keeps its id for ever."""
        self.runs.clear()
        self.heads.clear()

    def trim(self) -> None:
        """Drop the oldest half of what has outgrown its bound."""
        halve(self.runs, RUNS_CACHED_MAX)
        halve(self.keys, KEYS_CACHED_MAX)
        halve(self.heads, HEADS_CACHED_MAX)


def halve(entries: dict[Any, Any], bound: int) -> None:
    if len(entries) > bound:
        for key in list(entries)[: bound // 2]:
            del entries[key]


class PendingSeries:
    """Points of one series that this transaction has taken and not written yet."""

    __slots__ = ("head", "parts")

    def __init__(self, head: SeriesHead) -> None:
        self.head = head
        self.parts: list[Points] = []

    def chunk(self) -> tuple[Any, ...]:
        """CHUNK_INSERT's parameters after run and key: one raw chunk of all parts."""
        parts = self.parts
        one = parts[0] if len(parts) == 1 else joined(parts)
        steps = one.number_from(0)
        return (
            0,
            RAW,
            len(steps),
            one.step_min,
            one.step_max,
            one.timestamp_min,
            one.timestamp_max,
            pack_raw(steps, one.timestamps, one.values),
        )


class Transaction:
    """The open transaction of the store's one writer."""

    def __init__(self, database: Database, connection: Connection, cache: Cache) -> None:
        self.database = database
        self.connection = connection
        self.execute = connection.execute
        self.executemany = connection.executemany
        self.cache = cache
        self.pending: dict[tuple[int, int], PendingSeries] = {}
        self.points_taken = 0
        # For the sealer, once this transaction is durable: series that got points, those of them
        # that have gathered enough to seal, and runs that have just ended.
        self.touched: list[tuple[int, int]] = []
        self.sealable: list[tuple[int, int]] = []
        self.ended_runs: list[int] = []
        # For the settler and for whoever listens: runs that were made or changed.
        self.changed_runs: set[int] = set()

    def changes(self) -> tuple[int, int]:
        """A mark that moves when an operation has written a row or taken a point."""
        return self.connection.total_changes, self.points_taken

    def run(self, run_id: str) -> RunRef:
        """The run with the wire id `run_id`; raises `ResourceDoesNotExist`."""
        ref = self.cache.runs.get(run_id)
        if ref is None:
            row = self.execute(RUNS.RUN_REF, (run_id,)).fetchone()
            if row is None:
                raise ResourceDoesNotExist(f"Run with id={run_id} not found")
            ref = self.cache.runs[run_id] = ref_of(run_id, row)
        return ref

    def note_new_run(self, ref: RunRef) -> None:
        """Remember a run that this transaction has made."""
        self.cache.runs[ref.run_id] = ref
        self.changed_runs.add(ref.id)

    def active_run(self, run_id: str) -> RunRef:
        """As `run`, for writing its data; raises `InvalidParameterValue` when it is deleted."""
        ref = self.run(run_id)
        if not ref.is_active:
            raise InvalidParameterValue(
                f"The run {run_id} must be in the 'active' state. Current state is deleted."
            )
        if ref.is_settled:
            self.execute(RUNS.RUN_UNSETTLE, (ref.id,))
            ref.is_settled = False
        self.changed_runs.add(ref.id)
        return ref

    def key(self, name: str) -> int:
        """The id of a metric, param or tag name, given one now if it has none."""
        key = self.cache.keys.get(name)
        if key is None:
            row = self.execute(RUNS.KEY_SELECT, (name,)).fetchone()
            key = row[0] if row else self.database.add_key(self.connection, name)
            self.cache.keys[name] = key
        return key

    def log_points(self, run: int, name: str, points: Points) -> None:
        """Take points of one key into the transaction."""
        key = self.cache.keys.get(name)
        if key is None:
            key = self.key(name)
        series = (run, key)
        pending = self.pending.get(series)
        if pending is None:
            pending = self.pending[series] = PendingSeries(self.head(run, key))
        if pending.head.absorb(points):
            pending.parts.append(points)
            self.points_taken += len(points.values)

    def head(self, run: int, key: int) -> SeriesHead:
        """The head of a series, a fresh one if it has no points."""
        head = self.cache.heads.get((run, key))
        if head is None:
            row = self.execute(METRICS.HEAD_SELECT, (run, key)).fetchone()
            head = head_of(row) if row else SeriesHead()
            self.cache.heads[(run, key)] = head
        return head

    def read_heads(self, run: int, names: Iterable[str]) -> None:
        """Read the heads of these series at once, where each question is a way over a network."""
        heads = self.cache.heads
        wanted = [key for key in map(self.key, names) if (run, key) not in heads]
        if not wanted:
            return
        heads.update(((run, key), SeriesHead()) for key in wanted)
        for key, *row in self.execute(METRICS.HEADS_SELECT, (run, json_list(wanted))).fetchall():
            heads[(run, key)] = head_of(row)

    def read_ahead(self, rows: Iterable[Row], series: Iterable[tuple[str, str]]) -> None:
        """Take what is known of runs, and read the heads of many writes' series with one question.

        A run or key that is not known yet is left to the write itself, which says what is wrong.
        """
        self.cache.runs.update((row[0], ref_of(row[0], row[1:])) for row in rows)
        runs, keys, heads = self.cache.runs, self.cache.keys, self.cache.heads
        wanted = {
            (runs[run_id].id, keys[name])
            for run_id, name in series
            if run_id in runs and name in keys
        }
        if wanted:
            heads.update((one, SeriesHead()) for one in wanted)
            lists = json_list(run for run, _ in wanted), json_list(key for _, key in wanted)
            for run, key, *row in self.execute(METRICS.HEADS_OF_SERIES, lists).fetchall():
                heads[(run, key)] = head_of(row)

    def write_head(self, run: int, key: int, head: SeriesHead) -> None:
        """Write one head now; what is pending for its series is written by `flush` as well."""
        self.execute(METRICS.HEAD_UPSERT, row_of(run, key, head))

    def flush(self) -> None:
        """Write what `log_points` gathered: one raw chunk and one head per series."""
        chunks, heads = [], []
        for (run, key), pending in self.pending.items():
            if not pending.parts:
                continue
            chunk = pending.chunk()
            chunks.append((run, key, *chunk))
            head = pending.head
            head.raw_chunks += 1
            head.raw_points += chunk[2]
            heads.append(row_of(run, key, head))
            self.touched.append((run, key))
            if head.wants_sealing():
                self.sealable.append((run, key))
        if chunks:
            self.executemany(METRICS.CHUNK_INSERT, chunks)
            self.executemany(METRICS.HEAD_UPSERT, heads)
        self.pending.clear()


def ref_of(run_id: str, row: Sequence[Any]) -> RunRef:
    """A run from RUN_REF's columns."""
    return RunRef(run_id, row[0], row[1], bool(row[2]), bool(row[3]))


def joined(parts: list[Points]) -> Points:
    """The points of several requests to one series, in the order they came."""
    return Points(
        [step for part in parts for step in part.number_from(0)],
        [timestamp for part in parts for timestamp in part.timestamps],
        [value for part in parts for value in part.values],
    )


def head_of(row: Sequence[Any]) -> SeriesHead:
    """A head from HEAD_SELECT's columns; NULL is NaN in values and in the sum."""
    head = SeriesHead()
    head.count = row[0]
    head.total = NAN if row[1] is None else row[1]
    head.last_value = NAN if row[2] is None else row[2]
    head.last_step, head.last_timestamp = row[3], row[4]
    head.first_value = NAN if row[5] is None else row[5]
    head.first_step, head.first_timestamp = row[6], row[7]
    head.min_value, head.min_step, head.max_value, head.max_step = row[8:12]
    head.timestamp_max = row[12]
    head.is_exact = bool(row[13])
    head.raw_chunks, head.raw_points, head.nan_count = row[14:17]
    return head


def row_of(run: int, key: int, head: SeriesHead) -> tuple[object, ...]:
    """HEAD_UPSERT's parameters; SQLite itself stores NaN as NULL."""
    return (
        run,
        key,
        head.count,
        head.total,
        head.last_value,
        head.last_step,
        head.last_timestamp,
        head.first_value,
        head.first_step,
        head.first_timestamp,
        head.min_value,
        head.min_step,
        head.max_value,
        head.max_step,
        head.timestamp_max,
        head.is_exact,
        head.raw_chunks,
        head.raw_points,
        head.nan_count,
    )
