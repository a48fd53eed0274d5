"""Seals series in the background: many small raw chunks become one sorted, compressed chunk.

One thread reads chunks on a connection of its own, merges and compresses them, and hands the
writer one small operation that swaps old rows for new. A swap that finds a row gone does nothing:
someone else sealed that series. Losing this thread loses no data, only tidiness: series that a
killed server left unsealed are found again at the next start.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from milepost.errors import MilepostError
from milepost.store import archive, buckets, series
from milepost.store.database import Connection, Database
from milepost.store.series import Columns, Totals
from milepost.store.settler import Settler
from milepost.store.sql import json_list, load
from milepost.store.transaction import Transaction, head_of

METRICS = load("metrics")
logger = logging.getLogger("milepost.store")

# A wait before each round, so that the keys of one run that ends are sealed together.
ROUND_S = 0.25
SCAN_ROWS = 5_000
# On a shared database: how often a server asks to look after the work of dead ones, and how often
# the one that does looks.
LEAD_S = 10.0
LOOK_S = 120.0
# A series that has rested this long is sealed if it has at least so many raw chunks.
SETTLE_S = 2.0
SETTLE_CHUNKS = 16
TOUCHED_MAX = 100_000
TERMINATED = (3, 4, 5)
RECOUNT_POINTS_MAX = 1_000_000
RECOUNTS_MAX = 1_000
# A swap is abandoned after this many lost races; the next trigger tries again.
RETRIES = 3
# A single raw chunk is worth sealing at the end of its run from this size (as in sql/metrics.sql).
ALONE_POINTS = 64
# One commit carries this many series at most, so that other writes never wait long for it.
SWAPS_A_COMMIT = 32

Series = tuple[int, int]
Submit = Callable[..., Any]


class ChunkRow(NamedTuple):
    """A chunk without its data, as CHUNKS_SELECT gives it."""

    id: int
    is_sealed: int
    codec: int
    point_count: int
    timestamp_min: int
    timestamp_max: int


class Swap(NamedTuple):
    """What sealing one series changes: rows to drop, chunks to add, and the exact aggregates."""

    run: int
    key: int
    dropped: list[int]
    added: list[tuple[Any, ...]]
    # Beside each added chunk its summaries, fine and coarse; None for one that has none.
    summaries: list[tuple[bytes, bytes] | None]
    raw_chunks: int
    raw_points: int
    newest_seen: int
    recount: Totals | None


class Sealer:
    """The sealing thread. `submit(operation, *arguments)` queues a write and waits for it."""

    def __init__(self, database: Database, submit: Submit) -> None:
        self._database = database
        self._submit = submit
        self.settler = Settler(submit)
        self._wanted: set[Series] = set()
        self._ended: set[int] = set()
        # When each series last got points; empty again once all have rested.
        self._touched: dict[Series, float] = {}
        self._is_awake = False
        self._look_at = 0.0
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._deadline = float("inf")
        self._thread = threading.Thread(target=self._work, name="milepost-sealer", daemon=True)
        self._thread.start()

    def note(self, touched: list[Series], sealable: list[Series], ended_runs: list[int]) -> None:
        """After a commit: these series got points, these have enough to seal, these runs ended."""
        now = time.monotonic()
        with self._lock:
            if len(self._touched) < TOUCHED_MAX:
                self._touched.update(dict.fromkeys(touched, now))
            self._wanted.update(sealable)
            self._ended.update(ended_runs)
        if sealable or ended_runs or not self._is_awake:
            self._is_awake = True
            self._wake.set()

    def close(self, within_s: float) -> None:
        """Seal what is wanted, for at most `within_s`, and stop."""
        self._deadline = time.monotonic() + within_s
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        connection = self._database.connect_reader()
        try:
            while True:
                connection = self._usable(connection)
                self._try(self._look_after, connection)
                is_idle = not self._is_awake and not self.settler.is_waiting
                rest = LEAD_S if self._database.is_shared else None
                self._wake.wait(rest if is_idle else SETTLE_S)
                self._wake.clear()
                if not self._stopping.is_set():
                    self._stopping.wait(ROUND_S)
                self._try(self._round, connection)
                self._try(self._settle, connection)
                self._try(self._settle_runs, connection)
                if self._stopping.is_set():
                    break
        finally:
            connection.close()

    def _try(self, step: Callable[[Connection], None], connection: Connection) -> None:
        """One step; a disk that fails now is left alone until the next trigger."""
        try:
            step(connection)
        except Exception:
            logger.warning(
                "sealing failed; data is safe, the next round tries again", exc_info=True
            )

    def _usable(self, connection: Connection) -> Connection:
        """The connection, made anew once it is lost and the database is back."""
        if not self._database.is_usable(connection):
            with suppress(Exception):
                connection = self._database.connect_reader()
        return connection

    def _look_after(self, connection: Connection) -> None:
        """Find what was left behind: at the start, and on a shared database now and then.

        There one server does it for all, and another takes over when it dies.
        """
        now = time.monotonic()
        if now >= self._look_at and self._database.take_lead(connection):
            self._look_at = now + LOOK_S if self._database.is_shared else float("inf")
            self._find_left_behind(connection)
            self.settler.find_left_behind(connection)

    def _find_left_behind(self, connection: Connection) -> None:
        """Ask for what an earlier server did not get to seal."""
        after = (-1, -1)
        while not self._stopping.is_set():
            rows = connection.execute(METRICS.UNSEALED_ANYWHERE, (*after, SCAN_ROWS)).fetchall()
            ended = [run for run, *_, status in rows if status in TERMINATED]
            large = [
                (run, key)
                for run, key, chunks, points, _ in rows
                if chunks >= series.SEAL_CHUNKS or points >= series.SEAL_POINTS
            ]
            if ended or large:
                self.note([], large, ended)
            if len(rows) < SCAN_ROWS:
                return
            after = rows[-1][:2]

    def _round(self, connection: Connection) -> None:
        with self._lock:
            wanted, self._wanted = self._wanted, set()
            ended, self._ended = self._ended, set()
        for run in ended:
            keys = connection.execute(METRICS.UNSEALED_BY_RUN, (run,)).fetchall()
            self._seal([(run, key) for (key,) in keys], connection, is_final=True)
        self._seal(list(wanted), connection, is_final=False)

    def _settle(self, connection: Connection) -> None:
        """Seal what has gathered a little and then rested, so that idle series are small."""
        rested = time.monotonic() - SETTLE_S
        with self._lock:
            quiet = [one for one, at in self._touched.items() if at < rested]
            for one in quiet:
                del self._touched[one]
            self._is_awake = bool(self._touched)
        for start in range(0, len(quiet), SCAN_ROWS):
            some = quiet[start : start + SCAN_ROWS]
            lists = json_list(run for run, _ in some), json_list(key for _, key in some)
            worth_it = connection.execute(METRICS.SERIES_WORTH_SEALING, (*lists, SETTLE_CHUNKS))
            self._seal(worth_it.fetchall(), connection, is_final=False)

    def _settle_runs(self, connection: Connection) -> None:
        self.settler.round(connection, self._stopping.is_set)

    def _seal(self, waiting: list[Series], connection: Connection, is_final: bool) -> None:
        """Seal these series, many to a commit; those that lost a race are tried again."""
        for _ in range(RETRIES):
            lost: list[Series] = []
            for start in range(0, len(waiting), SWAPS_A_COMMIT):
                if time.monotonic() > self._deadline:
                    return
                plans = [
                    plan_or_none(connection, one, is_final)
                    for one in waiting[start : start + SWAPS_A_COMMIT]
                ]
                swaps = [swap for swap in plans if swap is not None]
                if swaps:
                    done = self._submit(apply_swaps, swaps)
                    lost += [s[:2] for s, won in zip(swaps, done, strict=True) if not won]
            waiting = lost


class SealedElsewhere(Exception):
    """Another process has sealed the series that was being read."""


def plan_or_none(connection: Connection, one: Series, is_final: bool) -> Swap | None:
    """None also where points of the series are archived and cannot be read now."""
    try:
        return plan(connection, *one, is_final=is_final)
    except SealedElsewhere:
        return None
    except MilepostError as error:
        logger.warning("a series of an archived run is not sealed: %s", error.message)
        return None


def plan(connection: Connection, run: int, key: int, is_final: bool) -> Swap | None:
    """What sealing this series would change, or None if there is nothing to gain."""
    rows = [
        ChunkRow(*row) for row in connection.execute(METRICS.CHUNKS_SELECT, (run, key)).fetchall()
    ]
    raw = [row for row in rows if not row.is_sealed]
    # What is archived stays there: points that are logged late are sealed among themselves.
    sealed = [row for row in rows if row.is_sealed and row.codec != archive.ARCHIVED]
    alone = len(raw) == 1 and not (is_final and raw[0].point_count >= ALONE_POINTS)
    if not raw or alone:
        return None
    old = merge_candidates(sealed, is_final)
    newest_raw = raw[-1].id
    data = connection.execute(METRICS.RAW_CHUNKS_SELECT_DATA, (run, key, newest_raw)).fetchall()
    if len(data) != len(raw):
        return None  # sealed by another process meanwhile
    parts = [load_chunk(connection, run, row.id) for row in old]
    merged = series.merge([*parts, *archive.columns_of(connection, run, data)])
    pieces = list(slices(merged))
    counts = [row.point_count for row in sealed[: len(sealed) - len(old)]]
    counts += [len(piece.steps) for piece in pieces]
    if not is_final and (n := series.plan_merge(counts)) > len(pieces):
        # The new chunk completes a size class: take its elder siblings along.
        older = sealed[len(sealed) - len(old) - (n - len(pieces)) : len(sealed) - len(old)]
        old = older + old
        merged = series.merge([load_chunk(connection, run, row.id) for row in older] + [merged])
        pieces = list(slices(merged))
    dropped = old + raw
    kept = [row for row in rows if row not in dropped]
    recount = exact_count(connection, run, key, kept, merged, is_final)
    return Swap(
        run,
        key,
        [row.id for row in dropped],
        [sealed_row(run, key, piece) for piece in pieces],
        [summaries_of(piece) for piece in pieces],
        len(raw),
        sum(row.point_count for row in raw),
        max(row.id for row in rows),
        recount,
    )


def merge_candidates(sealed: list[ChunkRow], is_final: bool) -> list[ChunkRow]:
    """The sealed chunks to take along: at the end of a run all trailing ones that are not full."""
    out: list[ChunkRow] = []
    if is_final:
        for row in reversed(sealed):
            if row.point_count >= series.CHUNK_POINTS_MAX:
                break
            out.insert(0, row)
    return out


def load_chunk(connection: Connection, run: int, chunk: int) -> Columns:
    row = connection.execute(METRICS.CHUNK_SELECT_DATA, (chunk,)).fetchone()
    if row is None:
        raise SealedElsewhere
    (columns,) = archive.columns_of(connection, run, [row])
    return columns


def exact_count(
    connection: Connection,
    run: int,
    key: int,
    kept: list[ChunkRow],
    merged: Columns,
    is_final: bool,
) -> Totals | None:
    """The totals of a series that may hold duplicates; None for one that is exact already.

    A long series that is still growing is left inexact until it ends or is asked for: reading all
    of it at each sealing would cost the square of its length.
    """
    row = connection.execute(METRICS.HEAD_SELECT, (run, key)).fetchone()
    if row is None or head_of(row).is_exact:
        return None
    if not is_final and sum(chunk.point_count for chunk in kept) > RECOUNT_POINTS_MAX:
        return None
    parts = [load_chunk(connection, run, chunk.id) for chunk in kept]
    return series.totals(series.merge([*parts, merged]))


class Recount(NamedTuple):
    """The exact totals of a series as it was with its chunk `newest_seen`."""

    run: int
    key: int
    newest_seen: int
    totals: Totals


def recounts(connection: Connection, keys: Sequence[str]) -> list[Recount]:
    """Exact totals for the series of these metrics that may hold duplicates."""
    found = connection.execute(METRICS.INEXACT_SELECT, (json_list(keys), RECOUNTS_MAX)).fetchall()
    out = []
    for run, key in found:
        rows = connection.execute(METRICS.CHUNKS_SELECT, (run, key)).fetchall()
        merged = series.merge([load_chunk(connection, run, row[0]) for row in rows])
        newest = max(row[0] for row in rows)
        out.append(Recount(run, key, newest, series.totals(merged)))
    return out


def apply_recounts(transaction: Transaction, found: list[Recount]) -> None:
    """The writer's part: series that have got points meanwhile stay as they are."""
    for run, key, newest_seen, totals in found:
        newest, _ = transaction.execute(METRICS.CHUNKS_PRESENT, ("[]", run, key)).fetchone()
        pending = transaction.pending.get((run, key))
        if newest == newest_seen and not (pending and pending.parts):
            head = transaction.head(run, key)
            head.count, head.nan_count, head.total = totals
            head.is_exact = True
            transaction.write_head(run, key, head)


def slices(columns: Columns) -> Iterator[Columns]:
    for start in range(0, len(columns.steps), series.CHUNK_POINTS_MAX):
        yield series.select(columns, slice(start, start + series.CHUNK_POINTS_MAX))


def sealed_row(run: int, key: int, columns: Columns) -> tuple[Any, ...]:
    """CHUNK_INSERT's parameters for one sealed chunk of merged columns."""
    codec, data = series.seal(columns)
    steps, timestamps, _ = columns
    return (
        run,
        key,
        1,
        codec,
        len(steps),
        int(steps.min()),
        int(steps.max()),
        int(timestamps[0]),
        int(timestamps[-1]),
        data,
    )


def summaries_of(columns: Columns) -> tuple[bytes, bytes] | None:
    """SUMMARY_INSERT's parameters for one sealed chunk."""
    fine = buckets.summarize(columns, buckets.FINE)
    coarse = buckets.summarize(columns, buckets.COARSE)
    return None if fine is None or coarse is None else (fine, coarse)


def apply_swaps(transaction: Transaction, swaps: list[Swap]) -> list[bool]:
    """The writer's part of sealing some series; says which of them were swapped."""
    return [apply_swap(transaction, swap) for swap in swaps]


def apply_swap(transaction: Transaction, swap: Swap) -> bool:
    """Swap one series' rows; False, and nothing done, if another process was faster."""
    series_key = (swap.run, swap.key)
    dropped = json_list(swap.dropped)
    newest, present = transaction.execute(METRICS.CHUNKS_PRESENT, (dropped, *series_key)).fetchone()
    if present != len(swap.dropped):
        return False
    # New rows first: SQLite may use the id of a deleted newest row again.
    for chunk, summary in zip(swap.added, swap.summaries, strict=True):
        transaction.execute(METRICS.CHUNK_INSERT, chunk)
        if summary is not None:
            transaction.execute(METRICS.SUMMARY_INSERT, summary)
    transaction.execute(METRICS.CHUNKS_DELETE, (*series_key, dropped))
    transaction.execute(METRICS.SUMMARIES_DELETE, (dropped,))
    head = transaction.head(swap.run, swap.key)
    head.raw_chunks -= swap.raw_chunks
    head.raw_points -= swap.raw_points
    pending = transaction.pending.get(series_key)
    is_quiet = newest == swap.newest_seen and not (pending and pending.parts)
    if swap.recount is not None and is_quiet:
        head.count, head.nan_count, head.total = swap.recount
        head.is_exact = True
    transaction.write_head(swap.run, swap.key, head)
    return True
