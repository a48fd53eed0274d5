"""PostgreSQL behind the store: locks, the schema, its errors in our words.

Any number of servers write to one database. A batch of writes locks its runs in the order of
their rows (`store/footprint.py`), so that what it reads of them stays true until it commits; it
remembers nothing of runs or series from one transaction to the next. Only this module and its
`postgres_*` neighbours import `psycopg`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import conninfo

from milepost.errors import (
    DataLoss,
    DeadlineExceeded,
    InvalidParameterValue,
    MilepostError,
    PermissionDenied,
    TemporarilyUnavailable,
)
from milepost.search.dialect import POSTGRES
from milepost.store import migrations
from milepost.store.archive import Archive
from milepost.store.database import (
    ARCHIVING,
    SEALING,
    Begun,
    Connection,
    Report,
    Row,
    StoreUnusable,
)
from milepost.store.footprint import EVERYTHING, Footprint
from milepost.store.postgres_channel import Channel, Hear
from milepost.store.postgres_connection import PostgresConnection
from milepost.store.postgres_programs import Programs
from milepost.store.sql import json_list, load

DOCTOR = load("doctor")
LOCKS = load("locks")
RUNS = load("runs")

# Advisory locks are pairs of numbers; "MLPT" is the first of ours (as SQLite's application_id).
OWNER = 0x4D4C5054
STRUCTURE, SCHEMA = 1, 3
LEADS = {SEALING: 2, ARCHIVING: 4}
LOCK = "BEGIN; SELECT pg_advisory_xact_lock{}({}, {})"
BEGIN_ALONE = LOCK.format("", OWNER, STRUCTURE)
BEGIN_SHARED = LOCK.format("_shared", OWNER, STRUCTURE)
MARK = "Milepost"
OLDEST_SERVER = 130_000
CONNECT_TIMEOUT_S = 10
PREPARE_ATTEMPTS = 5
PREPARE_LOCK_TIMEOUT_MS = 30_000
LOCK_TIMEOUT_MS = 10_000
IDLE_TIMEOUT_MS = 60_000
# A server that vanished without a word is noticed after some 25 s.
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


class PostgresDatabase:
    """A store in one PostgreSQL database (or one schema of it, by `search_path`)."""

    kind = "postgres"
    dialect = POSTGRES
    is_shared = True

    def __init__(self, uri: str, archive: Archive | None = None) -> None:
        self.archive = archive or Archive()
        try:
            parts = conninfo.conninfo_to_dict(uri)
        except psycopg.Error as error:
            raise StoreUnusable(
                "The --backend-store-uri cannot be read:"
                f" {error}. Write postgresql://user:password@host:5432/database."
            ) from error
        self._uri = uri
        host, port = parts.get("host") or "local socket", parts.get("port") or 5432
        self.description = f"PostgreSQL {parts.get('dbname') or 'default'} at {host}:{port}"
        self._transactions = 0
        # Keys are added beside the writer's transaction, so that no one ever waits for them.
        self._keys: PostgresConnection | None = None

    # --- connections ---------------------------------------------------------------------------

    def connect(self) -> PostgresConnection:
        raw = psycopg.connect(
            self._uri,
            autocommit=True,
            connect_timeout=CONNECT_TIMEOUT_S,
            # Says to whoever contracts the schema what this process knows.
            application_name=f"milepost schema {migrations.available(self.kind)[-1].version}",
            **KEEPALIVES,  # type: ignore[arg-type]
        )
        connection = PostgresConnection(raw, self.archive)
        connection.control("SET jit = off")  # it takes longer than our searches
        connection.control("SET client_min_messages = warning")
        return connection

    def connect_writer(self) -> Connection:
        connection = self.connect()
        if connection.execute("SHOW synchronous_commit").fetchone()[0] == "off":
            connection.execute("SET synchronous_commit = on")
        connection.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
        connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE_TIMEOUT_MS}")
        return connection

    def connect_reader(self) -> Connection:
        connection = self.connect()
        connection.control(
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        )
        # To plan a search takes milliseconds, and would be done each time anew.
        connection.control("SET plan_cache_mode = force_generic_plan")
        return connection

    def connect_examiner(self) -> Connection:
        try:
            connection = self.connect_reader()
            if connection.execute(LOCKS.OWNER_SELECT).fetchone()[0] != MARK:
                connection.close()
                raise StoreUnusable(
                    f"{self.description} holds no Milepost store. Name another database with"
                    " --backend-store-uri, or start a server to make one."
                )
        except psycopg.Error as error:
            raise StoreUnusable(self._unusable(error)) from error
        return connection

    def is_usable(self, connection: Connection) -> bool:
        return not connection.raw.closed  # type: ignore[attr-defined]

    # --- the schema ----------------------------------------------------------------------------

    def prepare(self, with_contract: bool = False) -> list[str]:
        for attempt in range(1, PREPARE_ATTEMPTS + 1):
            try:
                connection = self.connect()
                try:
                    return self._prepare_schema(connection, with_contract)
                finally:
                    connection.close()
            except psycopg.Error as error:
                # A search in progress may hold tables that a step wants in another order.
                if error.sqlstate != "40P01" or attempt == PREPARE_ATTEMPTS:
                    raise StoreUnusable(self._unusable(error)) from error
        raise AssertionError("the last attempt returns or raises")

    def _prepare_schema(self, connection: PostgresConnection, with_contract: bool) -> list[str]:
        self._require_server(connection)
        with suppress(psycopg.Error):  # PostgreSQL 13, and systems that cannot do it
            # A process that is killed in a long step lets go of its locks at once.
            connection.execute("SET client_connection_check_interval = '1s'")
        # A step that waits for a table keeps everyone else from it: rather give up.
        connection.execute(f"SET lock_timeout = {PREPARE_LOCK_TIMEOUT_MS}")
        connection.execute("BEGIN")
        connection.execute(LOCKS.STRUCTURE_OWN, (OWNER, SCHEMA))
        is_ours = connection.execute(LOCKS.OWNER_SELECT).fetchone()[0] == MARK
        known = migrations.available(self.kind)
        if is_ours:
            found = migrations.applied(connection)
            text = migrations.refusal(found, known)
            steps = migrations.pending(found, known, with_contract)
            if text or not steps:
                connection.execute("COMMIT")
                if text:
                    raise StoreUnusable(text)
                self._require_rights(connection)
                return []
            contracts = [step.version for step in steps if step.kind == migrations.CONTRACT]
            if contracts:
                self.require_no_older_server(connection, max(contracts))
            # Servers that run meanwhile write before the steps or after them.
            connection.execute(LOCKS.STRUCTURE_OWN, (OWNER, STRUCTURE))
        if not is_ours and connection.execute(LOCKS.TABLES_COUNT).fetchone()[0]:
            raise StoreUnusable(
                f"{self.description} holds the tables of another application. Milepost does not"
                " touch it; make a database of its own (createdb milepost) and name that with"
                " --backend-store-uri postgresql://user@host/milepost."
            )
        ran = migrations.run(connection, known, with_contract)
        connection.execute(f"COMMENT ON TABLE schema_migrations IS '{MARK}'")
        connection.execute("COMMIT")
        return ran

    def require_no_older_server(self, connection: Connection, version: int) -> None:
        found = connection.execute(LOCKS.OLDER_SERVERS, (version,)).fetchall()
        if found:
            where = ", ".join(f"{count} connections from {host}" for host, count in found)
            raise StoreUnusable(
                f"{self.description} stays as it is: servers that do not know schema {version}"
                f" still use it ({where}). Stop them, or start the new version in their place, and"
                " run this again."
            )

    def _require_server(self, connection: PostgresConnection) -> None:
        if connection.raw.info.server_version < OLDEST_SERVER:
            raise StoreUnusable(
                f"{self.description} is PostgreSQL {connection.raw.info.server_version // 10_000};"
                f" Milepost needs {OLDEST_SERVER // 10_000} or newer."
            )
        if (encoding := connection.execute("SHOW server_encoding").fetchone()[0]) != "UTF8":
            raise StoreUnusable(
                f"{self.description} stores texts as {encoding}; Milepost needs UTF8. Make the"
                " database with: createdb --template template0 --encoding UTF8 milepost"
            )
        if connection.execute("SHOW transaction_read_only").fetchone()[0] == "on":
            raise StoreUnusable(
                f"{self.description} takes no writes: it is a standby, or read-only by"
                " default_transaction_read_only. Name the primary with --backend-store-uri."
            )

    def _require_rights(self, connection: PostgresConnection) -> None:
        if not connection.execute(LOCKS.MAY_WRITE).fetchone()[0]:
            raise StoreUnusable(f"{self.description}: {NO_RIGHTS}")

    def _unusable(self, error: psycopg.Error) -> str:
        if error.sqlstate == "42501":
            return f"{self.description}: {NO_RIGHTS} ({first_line(error)})"
        if error.sqlstate is None:
            return (
                f"{self.description} cannot be reached: {first_line(error)}. Start it, or check"
                " host, port, database, user and password in --backend-store-uri."
            )
        if error.sqlstate == "55P03":
            return (
                f"{self.description} is locked by another session for more than"
                f" {PREPARE_LOCK_TIMEOUT_MS // 1000} s: by an upgrade, or by a long transaction"
                " (see pg_stat_activity). End it, or wait, and start again."
            )
        if error.sqlstate.startswith("53"):
            return (
                f"{self.description} has no room: {first_line(error)}. Free some space or some"
                " connections, and start again."
            )
        return f"{self.description} cannot be used: {first_line(error)}."

    # --- transactions --------------------------------------------------------------------------

    def begin(
        self, connection: Connection, footprint: Callable[[], Footprint] = lambda: EVERYTHING
    ) -> Begun:
        changes = footprint()
        connection.execute(BEGIN_ALONE if changes.is_everything else BEGIN_SHARED)
        rows: Sequence[Row] = ()
        if changes.run_ids or changes.rows:
            lists = json_list(changes.run_ids), json_list(changes.rows)
            rows = connection.execute(LOCKS.RUNS_LOCK, lists).fetchall()
        self._transactions += 1
        # Another server may have written: everything else is read again.
        return Begun(self._transactions, rows)

    def commit(self, connection: Connection) -> None:
        connection.execute("COMMIT")

    def rollback(self, connection: Connection) -> None:
        connection.execute("ROLLBACK")

    def may_repeat(self, error: BaseException) -> bool:
        """Nothing was stored, and the same may well go better now."""
        return isinstance(error, psycopg.Error) and (
            error.sqlstate in ("40001", "40P01") or is_lost(error)
        )

    def add_key(self, connection: Connection, name: str) -> int:
        """In a transaction of its own, which ends at once: two batches that add the same keys
        in another order would else wait for each other. The batch's own commit makes it durable.
        """
        if self._keys is None or not self.is_usable(self._keys):
            self._keys = self.connect()
            self._keys.execute("SET synchronous_commit = off")
        row = self._keys.execute(LOCKS.KEY_ADD, (name,)).fetchone()
        if row is None:
            row = self._keys.execute(RUNS.KEY_SELECT, (name,)).fetchone()
        return int(row[0])

    def pass_experiment_id(self, connection: Connection, id: int) -> None:
        connection.execute(LOCKS.EXPERIMENT_ID_PASS, (id,)).fetchone()

    def take_lead(self, connection: Connection, work: str = SEALING) -> bool:
        return bool(connection.execute(LOCKS.LEAD_TAKE, (OWNER, LEADS[work])).fetchone()[0])

    def open_channel(self, hear: Hear) -> Channel:
        return Channel(self.connect, hear)

    @contextmanager
    def reading(self, connection: Connection, deadline: float | None = None) -> Iterator[None]:
        begin = "BEGIN"
        if deadline is not None:
            left_ms = max(1, int((deadline - time.monotonic()) * 1000))
            begin = f"BEGIN; SET LOCAL statement_timeout = {left_ms}"
        connection.control(begin)  # type: ignore[attr-defined]
        try:
            yield
        finally:
            if self.is_usable(connection):
                connection.execute("ROLLBACK")

    def tidy(self, connection: Connection) -> bool:
        return False  # autovacuum does it

    def close(self) -> None:
        if self._keys is not None:
            self._keys.close()

    def identity(self, connection: Connection) -> tuple[object, ...]:
        return tuple(connection.execute(LOCKS.IDENTITY).fetchone())

    def bytes_on_disk(self, connection: Connection) -> int:
        return int(connection.execute(LOCKS.DATABASE_SIZE).fetchone()[0])

    def check(self, connection: Connection) -> list[str]:
        return []  # PostgreSQL checks its pages as it reads them

    def objects(self, connection: Connection) -> set[tuple[str, str]]:
        return set(connection.execute(DOCTOR.OBJECTS_POSTGRES).fetchall())

    def dump(self, target: Path, report: Report) -> None:
        connection = self.connect_examiner()
        try:
            schema = connection.execute("SELECT current_schema()::text").fetchone()[0]
        finally:
            connection.close()
        Programs(self._uri, self.description).dump(schema, target, report)

    def load(self, source: Path, is_forced: bool, report: Report) -> None:
        programs = Programs(self._uri, self.description)
        inside = programs.inside(source)
        text = migrations.refusal(inside.applied, migrations.available(self.kind))
        if text:
            raise StoreUnusable(f"{source} is not restored. {text}")
        try:
            connection = self.connect()
            try:
                self._require_server(connection)
                connection.execute(LOCKS.SCHEMA_HOLD, (OWNER, SCHEMA))  # no server starts meanwhile
                schema = connection.execute("SELECT current_schema()::text").fetchone()[0]
                if schema != inside.schema:
                    raise StoreUnusable(
                        f"{source} was made from tables in schema {inside.schema}, and this user's"
                        f" search_path leads to {schema}. Set the same search_path."
                    )
                programs.load(source, schema, self._dropping(connection, is_forced), report)
            finally:
                connection.close()
        except psycopg.Error as error:
            raise StoreUnusable(self._unusable(error)) from error

    def _dropping(self, connection: PostgresConnection, is_forced: bool) -> str:
        """The SQL that empties the database; refuses where that may not be."""
        objects = self.objects(connection)
        if not objects:
            return ""
        if connection.execute(LOCKS.OWNER_SELECT).fetchone()[0] != MARK:
            raise StoreUnusable(
                f"{self.description} is another application's. Make a database of its own"
                " (createdb milepost) and name that with --backend-store-uri."
            )
        if not is_forced:
            raise StoreUnusable(
                f"{self.description} is not empty. Name another target with --backend-store-uri,"
                " or add --force to replace everything in it."
            )
        if connection.execute(LOCKS.SERVERS_COUNT).fetchone()[0]:
            raise StoreUnusable(f"{self.description} is in use. Stop the servers on it first.")
        tables = ", ".join(f'"{name}"' for kind, name in sorted(objects) if kind == "table")
        return f"DROP TABLE {tables}; DROP FUNCTION as_number(text);\n"

    def translate(self, error: BaseException) -> BaseException:
        if not isinstance(error, psycopg.Error):
            return error
        state = error.sqlstate or ""
        for start, translation in TRANSLATIONS.items():
            if state.startswith(start):
                return translation(self.description, first_line(error))
        if isinstance(error, psycopg.DataError) and not state:
            return no_nul(self.description, "")
        if is_lost(error):
            return away(self.description, first_line(error))
        return DataLoss(f"{self.description} failed: {first_line(error)} ({state}).")


NO_RIGHTS = (
    "this user may not read and write Milepost's tables. Let their owner run: GRANT ALL ON ALL"
    " TABLES IN SCHEMA public TO <user>; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO <user>;"
    " and, for a first start, GRANT CREATE ON SCHEMA public TO <user>."
)


def first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".")


def is_lost(error: psycopg.Error) -> bool:
    """The connection is gone, or could not be made."""
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    return state.startswith(("08", "57P")) or state == "25P03"


def away(where: str, reason: str) -> MilepostError:
    return TemporarilyUnavailable(
        f"{where} cannot be reached ({reason}). Try again; the server goes on by itself.",
        retry_after_s=2,
    )


def busy(where: str, reason: str) -> MilepostError:
    return TemporarilyUnavailable(
        f"{where} is busy ({reason}); nothing of this request was stored. Try again.",
        retry_after_s=2,
    )


def full(where: str, reason: str) -> MilepostError:
    return TemporarilyUnavailable(
        f"{where} has no room ({reason}); nothing of this request was stored. Free some space;"
        " the server goes on by itself.",
        retry_after_s=10,
    )


def refused(where: str, reason: str) -> MilepostError:
    return PermissionDenied(
        f"{where} refuses this server ({reason}); nothing of this request was stored. Give its"
        " user the rights to read and write Milepost's tables."
    )


def late(where: str, reason: str) -> MilepostError:
    return DeadlineExceeded(
        "The search took too long and was stopped. Ask for less at once: fewer"
        " experiments, a range of start_time, or a simpler filter or order."
    )


def no_nul(where: str, reason: str) -> MilepostError:
    return InvalidParameterValue(
        "A text holds a NUL character (\\0) or half of a surrogate pair, which PostgreSQL cannot"
        " store. Leave it out."
    )


def no_pattern(where: str, reason: str) -> MilepostError:
    return InvalidParameterValue(f"PostgreSQL cannot use the regular expression: {reason}.")


# By how the error's SQLSTATE begins.
TRANSLATIONS: dict[str, Callable[[str, str], MilepostError]] = {
    "22021": no_nul,
    "22P05": no_nul,
    "22P02": no_nul,
    "2201B": no_pattern,
    "25006": refused,
    "42501": refused,
    "40": busy,
    "55P03": busy,
    "53300": busy,
    "53": full,
    "57014": late,
}
