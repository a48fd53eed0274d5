"""SQLite behind the store: connections, durability, housekeeping, its errors in our words.

One file in WAL mode. The writer commits with `synchronous=FULL`, so an answered write survives
power loss; readers see snapshots and never wait for it. This module is the only one that imports
`sqlite3`.
"""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from milepost.errors import DataLoss, DeadlineExceeded, PermissionDenied, TemporarilyUnavailable
from milepost.search.dialect import SQLITE
from milepost.store import functions, migrations
from milepost.store.archive import Archive
from milepost.store.backup import beside
from milepost.store.database import SEALING, Begun, Connection, Report, StoreUnusable
from milepost.store.filesystems import network_filesystem_of
from milepost.store.sql import load

if TYPE_CHECKING:
    from milepost.store.footprint import Footprint

DOCTOR = load("doctor")
RUNS = load("runs")

# "MLPT": marks the file as ours, see `PRAGMA application_id`.
APPLICATION_ID = 0x4D4C5054
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
BUSY_TIMEOUT_S = 5.0
CACHED_STATEMENTS = 256
WAL_BYTES_KEPT = 4 * 2**20
CHECKPOINT_PAGES = 4_000
CACHE_KIB_WRITER = 16_384
CACHE_KIB_READER = 4_096
VACUUM_PAGES_A_STEP = 2_000
# Steps of SQLite's machine between two looks at the clock: a millisecond or so.
STEPS_A_LOOK = 100_000
PAGES_A_STEP = 1_000


class SQLiteConnection(sqlite3.Connection):
    """A connection that knows how its archived chunks are read."""

    archive = Archive()
    deadline = math.inf


class SQLiteDatabase:
    """A store in one SQLite file. `path` is a file that exists or whose folder does."""

    kind = "sqlite"
    dialect = SQLITE
    is_shared = False

    def __init__(self, path: Path, archive: Archive | None = None) -> None:
        self.path = path
        self.archive = archive or Archive()
        self.description = f"SQLite {path}"
        self._written: tuple[int, int] | None = None  # the file that the writer has open

    def prepare(self, with_contract: bool = False) -> list[str]:
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise StoreUnusable(
                f"This Python has SQLite {sqlite3.sqlite_version}; Milepost needs "
                f"{'.'.join(map(str, OLDEST_SQLITE))} or newer. Use a newer Python."
            )
        if filesystem := network_filesystem_of(self.path):
            raise StoreUnusable(
                f"{self.path} is on a network file system ({filesystem}), where SQLite loses data."
                " Put the database on a local disk (--backend-store-uri sqlite:////local/path.db)"
                " and let the other machines reach it through this server."
            )
        self._make_folder()
        try:
            return self._prepare_schema(with_contract)
        except sqlite3.Error as error:
            raise StoreUnusable(self._unusable(error)) from error

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnusable(
                f"The folder of {self.path} cannot be made: {error.strerror}."
                " Choose another place with --backend-store-uri."
            ) from error

    def _prepare_schema(self, with_contract: bool) -> list[str]:
        connection = self._connect(CACHE_KIB_WRITER, may_create=True)
        try:
            connection.execute("BEGIN")  # one snapshot: another server may be making the schema
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            connection.execute("ROLLBACK")
            if tables and owner != APPLICATION_ID:
                raise StoreUnusable(
                    f"{self.path} is the database of another application. Milepost does not touch"
                    " it; name another file with --backend-store-uri sqlite:///other.db."
                )
            if not tables:
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            ran = migrations.run(connection, migrations.available(self.kind), with_contract)
            connection.execute("COMMIT")
            return ran
        finally:
            connection.close()

    def _unusable(self, error: sqlite3.Error) -> str:
        code = primary_code(error)
        if code == sqlite3.SQLITE_NOTADB:
            return (
                f"{self.path} is not a SQLite database."
                " Name another file with --backend-store-uri sqlite:///other.db."
            )
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return (
                f"{self.path} cannot be opened for writing ({error})."
                " Check the permissions of the file and of its folder."
            )
        if code == sqlite3.SQLITE_BUSY:
            return (
                f"{self.path} is locked by another process for more than {BUSY_TIMEOUT_S:.0f} s."
                " Stop that process, or wait, and start again."
            )
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            return (
                f"{self.path} cannot be used: the disk that holds it is full or fails ({error})."
                " Free some space, or choose another place with --backend-store-uri."
            )
        return f"{self.path} cannot be used: {error}. Try `milepost doctor`."

    def _connect(self, cache_kib: int, may_create: bool = False) -> SQLiteConnection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={'rwc' if may_create else 'rw'}",
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=CACHED_STATEMENTS,
            factory=SQLiteConnection,
        )
        connection.archive = self.archive
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(f"PRAGMA cache_size = -{cache_kib}")
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
        return connection

    def connect_writer(self) -> Connection:
        connection = self._connect(CACHE_KIB_WRITER)
        self._written = identity_of(self.path)
        connection.execute(f"PRAGMA journal_size_limit = {WAL_BYTES_KEPT}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        return connection

    def connect_reader(self) -> Connection:
        connection = self._connect(CACHE_KIB_READER)
        connection.execute("PRAGMA query_only = ON")
        functions.register(connection)
        return connection

    def connect_examiner(self) -> Connection:
        if not self.path.exists():
            raise StoreUnusable(
                f"There is no database at {self.path}. Name it with --backend-store-uri, or start"
                " a server to make one."
            )
        try:
            connection = self._connect(CACHE_KIB_READER)
            connection.execute("PRAGMA query_only = ON")
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
        except sqlite3.Error as error:
            raise StoreUnusable(self._unusable(error)) from error
        if owner != APPLICATION_ID:
            connection.close()
            raise StoreUnusable(f"{self.path} is not a Milepost database.")
        return connection

    @contextmanager
    def reading(self, connection: Connection, deadline: float | None = None) -> Iterator[None]:
        connection.execute("BEGIN")
        try:
            with nullcontext() if deadline is None else interrupted_at(connection, deadline):
                yield
        finally:
            connection.execute("ROLLBACK")

    def is_usable(self, connection: Connection) -> bool:
        return True

    def begin(
        self, connection: Connection, footprint: Callable[[], Footprint] | None = None
    ) -> Begun:
        if identity_of(self.path) != self._written:
            # SQLite would go on writing to a file that nobody finds any more.
            raise gone(self.path)
        connection.execute("BEGIN IMMEDIATE")
        return Begun(int(connection.execute("PRAGMA data_version").fetchone()[0]))

    def commit(self, connection: Connection) -> None:
        connection.execute("COMMIT")

    def rollback(self, connection: Connection) -> None:
        # SQLite itself may have rolled back already (a full disk does that).
        if connection.in_transaction:  # type: ignore[attr-defined]
            connection.execute("ROLLBACK")

    def may_repeat(self, error: BaseException) -> bool:
        return False  # SQLite has waited for other writers already

    def add_key(self, connection: Connection, name: str) -> int:
        return int(connection.execute(RUNS.KEY_INSERT, (name,)).fetchone()[0])

    def pass_experiment_id(self, connection: Connection, id: int) -> None:
        pass  # AUTOINCREMENT does so by itself

    def take_lead(self, connection: Connection, work: str = SEALING) -> bool:
        return True

    def require_no_older_server(self, connection: Connection, version: int) -> None:
        pass  # who else has the file open cannot be known

    def open_channel(self, hear: Callable[..., None]) -> None:
        return None  # a page hears of this process's commits alone, and asks again by itself

    def close(self) -> None:
        pass

    def tidy(self, connection: Connection) -> bool:
        """Give freed pages back to the file system, then empty the WAL."""
        # A script, because `execute` steps this pragma once and so frees a single page.
        connection.executescript(f"PRAGMA incremental_vacuum({VACUUM_PAGES_A_STEP})")  # type: ignore[attr-defined]
        if connection.execute("PRAGMA freelist_count").fetchone()[0]:
            return True
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return False

    def identity(self, connection: Connection) -> tuple[object, ...]:
        file = self.path.stat()
        return file.st_dev, file.st_ino

    def bytes_on_disk(self, connection: Connection) -> int:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        log = self.path.with_name(self.path.name + "-wal")
        return int(pages * connection.execute("PRAGMA page_size").fetchone()[0]) + (
            log.stat().st_size if log.exists() else 0
        )

    def check(self, connection: Connection) -> list[str]:
        rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
        rows += connection.execute("PRAGMA foreign_key_check").fetchall()
        return [" ".join(map(str, row)) for row in rows if row != ("ok",)]

    def objects(self, connection: Connection) -> set[tuple[str, str]]:
        return set(connection.execute(DOCTOR.OBJECTS_SQLITE).fetchall())

    def dump(self, target: Path, report: Report) -> None:
        source = self.connect_examiner()
        try:
            self._copy(source, target, report)
        finally:
            source.close()

    def _copy(self, source: Connection, target: Path, report: Report) -> None:
        """The pages of `source` into the new file `target`, which is then checked."""
        copy = None
        try:
            copy = sqlite3.connect(target, isolation_level=None, factory=SQLiteConnection)
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")  # the caller syncs the whole file once
            # One snapshot: without it the copy would begin anew at every commit of a server.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(  # type: ignore[attr-defined]
                copy,
                pages=PAGES_A_STEP,
                progress=lambda _, remaining, total: report(total - remaining, total),
            )
            source.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a WAL beside it
            faults = self.check(copy)
        except sqlite3.Error as error:
            if primary_code(error) == sqlite3.SQLITE_FULL:
                text = f"There is no room for {target.parent / target.name} ({error}). Free some."
                raise StoreUnusable(text) from error
            raise StoreUnusable(
                f"The copy failed: {error}. Try `milepost db check` on the database."
            ) from error
        finally:
            if copy is not None:
                copy.close()
        if faults:
            raise StoreUnusable(
                f"The copy is damaged, and so is what was copied: {'; '.join(faults[:3])}. Take"
                " an older backup; `milepost db check` says more."
            )

    def load(self, source: Path, is_forced: bool, report: Report) -> None:
        self._make_folder()
        with beside(self.path) as new:
            self._copy_backup(source, new, report)
            self._vacate(is_forced)
            for suffix in ("-wal", "-shm"):  # left by a damaged database
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _copy_backup(self, source: Path, new: Path, report: Report) -> None:
        connection = None
        try:
            connection = sqlite3.connect(
                f"{source.absolute().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                factory=SQLiteConnection,
            )
            is_ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            if is_ours:
                found = migrations.applied(connection)
                text = migrations.refusal(found, migrations.available(self.kind))
                if text:
                    raise StoreUnusable(f"{source} is not restored. {text}")
                self._copy(connection, new, report)
        except sqlite3.Error as error:
            raise StoreUnusable(
                f"{source} cannot be read as a backup: {error}. Name a file that"
                " `milepost db backup` wrote."
            ) from error
        finally:
            if connection is not None:
                connection.close()
        if not is_ours:
            raise StoreUnusable(
                f"{source} is no backup of a Milepost database. Name a file that"
                " `milepost db backup` wrote."
            )

    def _vacate(self, is_forced: bool) -> None:
        """See to it that the file may be replaced: nobody has it open and nothing waits in a WAL.

        Leaving WAL mode needs the file for oneself alone, and empties the WAL.
        """
        if not self.path.exists():
            return
        connection = sqlite3.connect(self.path, timeout=0.5, isolation_level=None)
        try:
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables and owner != APPLICATION_ID:
                raise StoreUnusable(f"{self.path} is another application's. Name another target.")
            if tables and not is_forced:
                raise StoreUnusable(
                    f"{self.path} is not empty. Name another target with --backend-store-uri, or"
                    " add --force to replace everything in it."
                )
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            code = primary_code(error)
            if code == sqlite3.SQLITE_BUSY:
                raise StoreUnusable(
                    f"{self.path} is in use. Stop the servers on it first."
                ) from error
            if code != sqlite3.SQLITE_CORRUPT or not is_forced:
                raise StoreUnusable(self._unusable(error)) from error
        finally:
            connection.close()

    def translate(self, error: BaseException) -> BaseException:
        if not isinstance(error, sqlite3.Error):
            return error
        translation = TRANSLATIONS.get(primary_code(error))
        return (
            translation(self.path)
            if translation
            else DataLoss(f"The database {self.path} failed: {error}. Run `milepost doctor`.")
        )


def identity_of(path: Path) -> tuple[int, int] | None:
    """Tells whether it is the same file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, without the extension in the upper bytes."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def locked(path: Path) -> Exception:
    return TemporarilyUnavailable(
        f"The database {path} is locked by another process; nothing of this request was stored."
        " Try again.",
        retry_after_s=2,
    )


def full(path: Path) -> Exception:
    return TemporarilyUnavailable(
        f"The disk that holds {path} is full; nothing of this request was stored."
        " Free some space; the server goes on by itself.",
        retry_after_s=10,
    )


def gone(path: Path) -> Exception:
    return TemporarilyUnavailable(
        f"{path} was removed or replaced under the server; nothing of this request was stored."
        " Put the file back, or stop the server, restore a backup and start it.",
        retry_after_s=10,
    )


def not_opened(path: Path) -> Exception:
    if not path.exists():
        return gone(path)
    return TemporarilyUnavailable(
        f"{path} cannot be opened just now; nothing of this request was stored. Too many files and"
        " connections are open (raise `ulimit -n`), or the permissions have changed.",
        retry_after_s=10,
    )


def unreadable(path: Path) -> Exception:
    return TemporarilyUnavailable(
        f"The disk that holds {path} answers with I/O errors; nothing of this request was stored.",
        retry_after_s=10,
    )


def read_only(path: Path) -> Exception:
    return PermissionDenied(
        f"The database {path} is read-only for this server; nothing of this request was stored."
        " Make the file and its folder writable."
    )


TRANSLATIONS: dict[int, Callable[[Path], Exception]] = {
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_FULL: full,
    sqlite3.SQLITE_IOERR: unreadable,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_CANTOPEN: not_opened,
}


def path_of(uri: str) -> Path:
    """The file of a `sqlite:///relative.db` or `sqlite:////absolute.db` URI.

    Raises `StoreUnusable` for a URI without a file: a store in memory would forget everything.
    """
    text = uri.removeprefix("sqlite:///")
    if text == uri or not text or text.startswith(":memory:"):
        raise StoreUnusable(
            f"{uri!r} names no file. Use sqlite:///relative.db or sqlite:////absolute/path.db."
        )
    return Path(text.split("?", 1)[0]).expanduser()


@contextmanager
def interrupted_at(connection: Connection, deadline: float) -> Iterator[None]:
    """Within this a statement that still runs at `deadline` is interrupted."""

    def is_late() -> bool:
        return time.monotonic() > deadline

    connection.set_progress_handler(is_late, STEPS_A_LOOK)  # type: ignore[attr-defined]
    try:
        yield
    except sqlite3.OperationalError as error:
        if primary_code(error) == sqlite3.SQLITE_INTERRUPT:
            raise DeadlineExceeded(
                "The search took too long and was stopped. Ask for less at once: fewer"
                " experiments, a range of start_time, or a simpler filter or order."
            ) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)  # type: ignore[attr-defined]
