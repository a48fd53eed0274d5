"""A connection to PostgreSQL: the store's statements on their way to libpq, and rows back.

It goes beneath psycopg's cursors, whose way around a statement costs more than the statement
itself; values are dumped and loaded by psycopg. What is asked, and when, is not decided here.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.types.numeric import FloatBinaryDumper, Int8BinaryDumper

from milepost.store.archive import Archive
from milepost.store.database import Cursor, Row
from milepost.store.translation import translate, with_rows

BINARY = pq.Format.BINARY
DONE = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)
PREPARED_MAX = 500
ROWS_A_STATEMENT = 64
ROWS_OF_ANY_SIZE = 16
STATEMENTS_CACHED = 4_096

many = functools.lru_cache(STATEMENTS_CACHED)(with_rows)
translated = functools.lru_cache(STATEMENTS_CACHED)(translate)


class NumberDumper(FloatBinaryDumper):
    """NaN as NULL, as SQLite stores it."""

    def dump(self, obj: Any) -> Any:
        return None if obj != obj else super().dump(obj)


class Answer:
    """The rows of one statement, and how many it has written or found."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rowcount: int, rows: Iterable[Row] = ()) -> None:
        self.rowcount = rowcount
        self._rows = iter(rows)

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)


class PostgresConnection:
    """A connection that takes the store's statements, each prepared when it comes again."""

    deadline = math.inf

    def __init__(self, raw: psycopg.Connection[Any], archive: Archive) -> None:
        self.archive = archive
        raw.adapters.register_dumper(int, Int8BinaryDumper)
        raw.adapters.register_dumper(bool, Int8BinaryDumper)
        raw.adapters.register_dumper(float, NumberDumper)
        self.raw = raw
        self.total_changes = 0
        self._values = Transformer.from_context(raw)
        self._numbers = itertools.count()
        # Names by text and types of the parameters; empty for what has come once.
        self._prepared: dict[tuple[str, tuple[int, ...]], bytes] = {}

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        statement = translated(sql)
        if statement.is_control:
            self.control(statement.text)
            return Answer(0)
        values = self._values
        dumped = values.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
        types, formats = values.types or (), values.formats
        pgconn, name = self.raw.pgconn, self._name_of(statement.text, types)
        if name:
            result = pgconn.exec_prepared(name, dumped, formats, BINARY)  # type: ignore[arg-type]
        else:
            result = pgconn.exec_params(statement.text.encode(), dumped, types, formats, BINARY)
        self._require_done(result)
        count = result.command_tuples or 0
        if statement.is_write:
            self.total_changes += count
        if result.status != pq.ExecStatus.TUPLES_OK:
            return Answer(count)
        values.set_pgresult(result)
        return Answer(count, values.load_rows(0, result.ntuples, tuple))

    def _name_of(self, text: str, types: tuple[int, ...]) -> bytes:
        """The name of a prepared statement; empty the first time that a statement comes."""
        known = self._prepared.get((text, types))
        if known:
            return known
        if known is None and len(self._prepared) >= PREPARED_MAX:
            self.control("DEALLOCATE ALL")
            self._prepared.clear()
        name = b""
        if known is not None:
            name = b"milepost_%d" % next(self._numbers)
            self._require_done(self.raw.pgconn.prepare(name, text.encode(), types))
        self._prepared[text, types] = name
        return name

    def control(self, sql: str) -> None:
        """Statements without parameters, whose rows nobody reads, in one message."""
        self._require_done(self.raw.pgconn.exec_(sql.encode()))

    def notices(self, timeout_s: float) -> Iterator[str]:
        """What LISTEN brings within so long; first what came with the answers of statements."""
        while (found := self.raw.pgconn.notifies()) is not None:
            yield found.extra.decode()
        for notice in self.raw.notifies(timeout=timeout_s):
            yield notice.payload

    def _require_done(self, result: pq.abc.PGresult) -> None:
        if result.status not in DONE:
            if self.raw.closed:
                raise psycopg.OperationalError(result.get_error_message())
            raise psycopg.errors.error_from_result(result)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Answer:
        """Many rows a statement; of many sizes only the powers of two, so that few are prepared."""
        waiting = list(rows)
        before = self.total_changes
        start = 0
        while start < len(waiting):
            size = len(waiting) - start
            if size > ROWS_OF_ANY_SIZE:
                size = min(ROWS_A_STATEMENT, 1 << (size.bit_length() - 1))
            values = [value for row in waiting[start : start + size] for value in row]
            self.execute(many(sql, size), values)
            start += size
        return Answer(self.total_changes - before)

    def close(self) -> None:
        self.raw.close()
