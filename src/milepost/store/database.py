"""What the store asks of a database: connections, transactions, and its errors in our words.

`Database` is the seam behind which SQLite and PostgreSQL stand. Everything above it
runs named statements (`store/sql/`) through a `Connection` and never sees a driver. Each driver
has one module of its own and translates its exceptions there, in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from milepost.search.dialect import Dialect

if TYPE_CHECKING:
    from milepost.store.archive import Archive
    from milepost.store.footprint import Footprint

Row = tuple[Any, ...]
# How far something is: (done, of so much in all; 0 where that is not known).
Report = Callable[[int, int], None]
# Works that one process does for all of a shared database: what dead servers have left unsealed,
# and archiving.
SEALING, ARCHIVING = "sealing", "archiving"


class Cursor(Protocol):
    """The part of a database cursor that the store uses."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...


class Written(Protocol):
    """What a statement over many rows has done."""

    @property
    def rowcount(self) -> int: ...


class Connection(Protocol):
    """The part of a database connection that the store uses."""

    # Where chunks that are not in the database are read, and until when (monotonic s).
    archive: Archive
    deadline: float

    @property
    def total_changes(self) -> int:
        """Rows written since the connection was opened."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Cursor: ...

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Written: ...

    def close(self) -> None: ...


class Channel(Protocol):
    """Tells other servers what this one has committed."""

    def tell(self, runs: Iterable[int], series: Iterable[tuple[int, int]], /) -> None: ...

    def close(self) -> None: ...


class Begun(NamedTuple):
    """A write transaction that is open.

    `version` changes when anyone else has written; `runs` are what the database knows of runs that
    it has locked for it: (run_id, *columns of RUN_REF).
    """

    version: int
    runs: Sequence[Row] = ()


class Database(Protocol):
    """One database that holds a store."""

    # The name of the migrations' folder, and what people read.
    kind: str
    description: str
    dialect: Dialect
    # Whether servers in other processes and on other machines write to it as well.
    is_shared: bool
    # What its connections read archived chunks by.
    archive: Archive

    def prepare(self, with_contract: bool = False) -> list[str]:
        """Create the schema, or bring an older one up to date, under a lock.

        `with_contract`: also take away what only servers of an older version use. Returns the
        names of the migrations that ran. Raises `StoreUnusable` with a text that names the next
        step when the database cannot be used.
        """

    def connect_writer(self) -> Connection:
        """The connection of the store's one writer."""

    def connect_reader(self) -> Connection:
        """A connection that only reads; safe to use from one thread at a time."""

    def connect_examiner(self) -> Connection:
        """A connection that can only read, to a database that exists; raises `StoreUnusable`."""

    def reading(
        self, connection: Connection, deadline: float | None = None
    ) -> AbstractContextManager[None]:
        """Within this all reads see one snapshot.

        A statement that still runs at `deadline` (monotonic s) raises `DeadlineExceeded`.
        """

    def is_usable(self, connection: Connection) -> bool:
        """False once the connection is lost and must be made anew."""

    def begin(self, connection: Connection, footprint: Callable[[], Footprint] = ...) -> Begun:
        """Open a write transaction.

        `footprint` tells what the transaction will change, for databases that lock rows; what it
        does not name must not be changed. Without it the transaction may change anything.
        """

    def commit(self, connection: Connection) -> None:
        """Make the transaction durable: when this returns it survives power loss."""

    def rollback(self, connection: Connection) -> None:
        """Undo the transaction; harmless when there is none."""

    def may_repeat(self, error: BaseException) -> bool:
        """Whether a transaction that failed with this before its commit may be tried again."""

    def add_key(self, connection: Connection, name: str) -> int:
        """Give a name of metrics, params or tags its id; no other has that name."""

    def pass_experiment_id(self, connection: Connection, id: int) -> None:
        """An experiment was made with this id: later ones get greater ids."""

    def take_lead(self, connection: Connection, work: str = SEALING) -> bool:
        """Whether the holder of this connection is the one who does this work, for all processes.

        It stays so as long as the connection lives. SQLite lets several: their changes exclude
        each other.
        """

    def require_no_older_server(self, connection: Connection, version: int) -> None:
        """Raises `StoreUnusable` while servers are connected that do not know schema `version`.

        SQLite does not know who else has the file open.
        """

    def open_channel(self, hear: Callable[..., None]) -> Channel | None:
        """The way to other servers' commits, which come as `hear(runs, series)`; None: no way."""

    def tidy(self, connection: Connection) -> bool:
        """One bounded step of housekeeping, outside any transaction; True if there is more."""

    def translate(self, error: BaseException) -> BaseException:
        """A driver's exception as one of ours; any other as it is."""

    def close(self) -> None:
        """Let go of connections that nobody else has."""

    def identity(self, connection: Connection) -> tuple[object, ...]:
        """The same for two URIs of one database, and for no other."""

    def bytes_on_disk(self, connection: Connection) -> int:
        """The size of the whole database, with indexes and free pages."""

    def check(self, connection: Connection) -> list[str]:
        """Ask the database to check itself; returns what it found wrong."""

    def objects(self, connection: Connection) -> set[tuple[str, str]]:
        """("table" or "index", name) of all that someone has made; partitions are their table's."""

    def dump(self, target: Path, report: Report) -> None:
        """Write a copy of one moment to the new file `target`, while servers go on.

        Raises `StoreUnusable`.
        """

    def load(self, source: Path, is_forced: bool, report: Report) -> None:
        """Make the database what `dump` has written: all of it, or nothing happens.

        Raises `StoreUnusable` for a file that is no dump of this Milepost or of an older one, for a
        database that a server uses, for one of another application, and, unless `is_forced`, for
        one that is not empty.
        """


class StoreUnusable(Exception):
    """The store cannot be opened; the text says why and what to do."""
