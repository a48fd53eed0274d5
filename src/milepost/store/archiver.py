"""Moves points of runs that ended long ago to files of the artifact store, beside running servers.

A file's number is taken first, in a transaction of its own. When the file is durable and has been
read back, one transaction makes the rows point to it, provided that the number is still the newest
and the rows are what they were. What is cut off before leaves the rows alone, and a file that is
removed when the run's next number is taken. The caller writes the files (`milepost.api.archive`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milepost.store.archive import ARCHIVED, Pointer
from milepost.store.database import ARCHIVING, Connection, Database, StoreUnusable
from milepost.store.doctor import require_schema
from milepost.store.footprint import Footprint
from milepost.store.migrations import available, keep_out_older
from milepost.store.sql import load

ARCHIVE = load("archive")

STEP = "archives"  # of the schema
# Smaller chunks stay: a pointer would take as much.
CHUNK_BYTES_MIN = 128
# What one file holds, so that the transaction that makes rows point to it is short; a run that has
# more becomes several files.
FILE_CHUNKS_MAX = 2_000
FILE_BYTES_MAX = 16 * 2**20


class OldRun(NamedTuple):
    """A run that ended long ago; `id` is its row's."""

    id: int
    run_id: str


class OldChunk(NamedTuple):
    """A chunk to archive, without its data."""

    id: int
    key: int
    codec: int
    point_count: int
    size: int


class NewFile(NamedTuple):
    """The number of the file to write, and that of one that something dead may have left."""

    number: int
    left_behind: int | None


class Archiver:
    """A connection of its own to a store that others may be using.

    `before` (ms): runs that ended at or before it, and of them points that are dated so.
    """

    def __init__(self, database: Database, before: int, is_dry: bool) -> None:
        """Brings the schema up to date, unless `is_dry`. Raises `StoreUnusable`."""
        self._database = database
        self._before = before
        examiner = database.connect_examiner()
        if is_dry:
            require_schema(database, examiner)
            self._connection: Connection = examiner
            return
        examiner.close()  # archiving is no reason to make a database
        database.prepare()
        self._connection = database.connect_writer()
        try:
            known = {step.name: step.version for step in available(database.kind)}
            database.require_no_older_server(self._connection, known[STEP])
            if not database.take_lead(self._connection, ARCHIVING):
                raise StoreUnusable(
                    f"Another `milepost archive` is at work on {database.description}. Wait for it."
                )
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def count_runs(self) -> int:
        return int(self._connection.execute(ARCHIVE.RUNS_COUNT, (self._before,)).fetchone()[0])

    def runs(self, after: int, limit: int) -> list[OldRun]:
        """Runs behind row `after`, in the order of their rows."""
        page = (after, self._before, limit)
        rows = self._connection.execute(ARCHIVE.RUNS_SELECT_AFTER, page).fetchall()
        return [OldRun(*row) for row in rows]

    def archived_run(self) -> str | None:
        """The id of a run of which files must be there; None when there is none."""
        row = self._connection.execute(ARCHIVE.ARCHIVED_SELECT).fetchone()
        return row[0] if row else None

    def chunks(self, run: OldRun) -> list[OldChunk]:
        """The next chunks of a run to archive, as many as go into one file.

        Empty when all is done, or while some series is not sealed.
        """
        chunks = self._chunks(run, FILE_CHUNKS_MAX)
        size = 0
        for at, chunk in enumerate(chunks):
            size += chunk.size
            if size > FILE_BYTES_MAX and at:
                return chunks[:at]
        return chunks

    def all_chunks(self, run: OldRun) -> list[OldChunk]:
        """As `chunks`, of all files."""
        return self._chunks(run, 2**31)

    def _chunks(self, run: OldRun, limit: int) -> list[OldChunk]:
        wanted = (run.id, self._before, CHUNK_BYTES_MIN, limit)
        rows = self._connection.execute(ARCHIVE.CHUNKS_SELECT, wanted).fetchall()
        return [OldChunk(*row) for row in rows]

    def data(self, run: OldRun, chunk: OldChunk) -> bytes | None:
        """A chunk's data; None when it has been sealed anew."""
        row = self._connection.execute(
            ARCHIVE.CHUNK_SELECT_DATA, (run.id, chunk.key, chunk.id, chunk.codec)
        ).fetchone()
        return bytes(row[0]) if row else None

    def begin(self, run: OldRun) -> NewFile | None:
        """Take a number for the run's next file; None when the run is deleted or going.

        From the first one on, servers that cannot read archived chunks do not start any more.
        """
        self._begin(run)
        try:
            left = self._connection.execute(ARCHIVE.PENDING_SELECT, (run.id,)).fetchone()
            row = self._connection.execute(ARCHIVE.FILE_BEGIN, (run.id,)).fetchone()
            if row:
                keep_out_older(self._connection, STEP)
            self._database.commit(self._connection)
        except BaseException:
            self._database.rollback(self._connection)
            raise
        return NewFile(row[0], left[0] if left else None) if row else None

    def finish(self, run: OldRun, file: int, written: Sequence[tuple[OldChunk, Pointer]]) -> bool:
        """Make the rows point to the file, which is durable.

        False, and nothing done, when rows have changed, another process was faster or the run is
        going.
        """
        self._begin(run)
        try:
            size = sum(pointer.length for _, pointer in written)
            done = self._connection.execute(ARCHIVE.FILE_FINISH, (size, run.id, file))
            if done.rowcount != 1:
                return False
            rows = []
            for chunk, pointer in written:
                taken = self._connection.execute(
                    ARCHIVE.CHUNK_TAKE, (run.id, chunk.key, chunk.id, chunk.codec, chunk.size)
                ).fetchone()
                if taken is None:
                    return False
                rows.append((*taken, ARCHIVED, pointer.pack()))
            self._connection.executemany(ARCHIVE.CHUNK_PUT, rows)
            self._database.commit(self._connection)
            return True
        finally:
            self._database.rollback(self._connection)

    def _begin(self, run: OldRun) -> None:
        self._database.begin(self._connection, lambda: Footprint([], [run.id], False, []))

    def read_back(self, run: OldRun, pointer: Pointer) -> None:
        """Read what was written as servers will. Raises what they would answer."""
        self._database.archive.read(run.run_id, pointer)

    def tidy(self) -> bool:
        """One short step of giving freed space back to the disk; True if there is more."""
        return self._database.tidy(self._connection)
