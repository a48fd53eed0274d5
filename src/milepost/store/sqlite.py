"""SQLite behind the store: connections, durability, housekeeping, its errors in our words.

One file in WAL mode. The writer commits with `synchronous=FULL`, so an answered write survives
power loss; readers see snapshots and never wait for it. This module is the only one that imports
`sqlite3`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from milepost.errors import DataLoss, DeadlineExceeded, PermissionDenied, TemporarilyUnavailable
from milepost.search.dialect import SQLITE
from milepost.store import functions, migrations
from milepost.store.database import Connection, StoreUnusable
from milepost.store.filesystems import network_filesystem_of
from milepost.store.sql import load

if TYPE_CHECKING:
    from milepost.store.footprint import Footprint

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


class SQLiteDatabase:
    """A store in one SQLite file. `path` is a file that exists or whose folder does."""

    kind = "sqlite"
    dialect = SQLITE
    is_shared = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.description = f"SQLite {path}"

    def prepare(self) -> list[str]:
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
            return self._prepare_schema()
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

    def _prepare_schema(self) -> list[str]:
        connection = self._connect(cache_kib=CACHE_KIB_WRITER)
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
            ran = migrations.run(connection, migrations.available(self.kind))
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
        return f"{self.path} cannot be used: {error}. Try `milepost doctor`."

    def _connect(self, cache_kib: int) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=CACHED_STATEMENTS,
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"PRAGMA cache_size = -{cache_kib}")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def connect_writer(self) -> Connection:
        connection = self._connect(CACHE_KIB_WRITER)
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
        connection = self._connect(CACHE_KIB_READER)
        try:
            connection.execute("PRAGMA query_only = ON")
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise StoreUnusable(f"{self.path} is not a Milepost database.")
        except sqlite3.Error as error:
            connection.close()
            raise StoreUnusable(self._unusable(error)) from error
        return connection

    @contextmanager
    def interrupted_at(self, connection: Connection, deadline: float) -> Iterator[None]:
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

    def is_usable(self, connection: Connection) -> bool:
        return True

    def begin(
        self, connection: Connection, footprint: Callable[[], Footprint] | None = None
    ) -> int:
        connection.execute("BEGIN IMMEDIATE")
        return int(connection.execute("PRAGMA data_version").fetchone()[0])

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

    def take_lead(self, connection: Connection) -> bool:
        return True

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

    def check(self, connection: Connection) -> list[str]:
        rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
        rows += connection.execute("PRAGMA foreign_key_check").fetchall()
        return [" ".join(map(str, row)) for row in rows if row != ("ok",)]

    def translate(self, error: BaseException) -> BaseException:
        if not isinstance(error, sqlite3.Error):
            return error
        translation = TRANSLATIONS.get(primary_code(error))
        return (
            translation(self.path)
            if translation
            else DataLoss(f"The database {self.path} failed: {error}. Run `milepost doctor`.")
        )


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
    sqlite3.SQLITE_CANTOPEN: unreadable,
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
