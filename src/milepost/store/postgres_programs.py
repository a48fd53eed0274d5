"""PostgreSQL's own programs, found on PATH: pg_dump, pg_restore and psql, for backups alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Any, NamedTuple

from psycopg import conninfo

from milepost.store.database import Report, StoreUnusable
from milepost.store.migrations import Applied

POLL_S = 0.2
MAGIC = b"PGDMP"
BOOKKEEPING_BYTES_MAX = 2**20
# Its rows as pg_restore writes them; a name that needs quotes is in quotes.
BOOKKEEPING = re.compile(
    r'^COPY "?(.+?)"?\.schema_migrations \(version, name.*\) FROM stdin;\n((?:[^\\].*\n)*)\\\.$',
    re.MULTILINE,
)


class Inside(NamedTuple):
    """What a dump holds: the name of the schema that the tables are in, and its steps."""

    schema: str
    applied: Applied


class Programs:
    """Runs them for one database; the password goes through the environment, which others
    cannot read, and not through the arguments, which they can."""

    def __init__(self, uri: str, description: str) -> None:
        parts = conninfo.conninfo_to_dict(uri)
        password = parts.pop("password", None)
        self.description = description
        self._dbname = conninfo.make_conninfo("", **parts)
        self._environment = {**os.environ, "PGAPPNAME": "milepost db", "LC_ALL": "C"}
        if password is not None:
            self._environment["PGPASSWORD"] = str(password)

    def dump(self, schema: str, target: Path, report: Report) -> None:
        """`pg_dump -Fc` of one schema. Raises `StoreUnusable`."""
        arguments = [
            "--format=custom", "--no-owner", "--no-privileges",
            f"--schema={schema}", f"--file={target}", f"--dbname={self._dbname}",
        ]  # fmt: skip
        with tempfile.TemporaryFile() as errors:
            process = self._start("pg_dump", arguments, errors)
            try:
                while process.poll() is None:
                    report(target.stat().st_size, 0)
                    try:
                        process.wait(POLL_S)
                    except subprocess.TimeoutExpired:
                        continue
            finally:
                stop(process)
            require_success("pg_dump", process, errors)
        report(target.stat().st_size, target.stat().st_size)

    def inside(self, source: Path) -> Inside:
        """What a dump holds. Raises `StoreUnusable` for what is none of ours."""
        foreign = StoreUnusable(
            f"{source} is no backup of a Milepost database in PostgreSQL. Name a file that"
            " `milepost db backup` wrote from one."
        )
        try:
            with source.open("rb") as file:
                if file.read(len(MAGIC)) != MAGIC:
                    raise foreign
        except OSError as error:
            raise StoreUnusable(f"{source} cannot be read: {error.strerror}.") from error
        arguments = ["--data-only", "--table=schema_migrations", "--file=-", str(source)]
        with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as out:
            process = self._start("pg_restore", arguments, errors, stdout=out)
            process.wait()
            require_success("pg_restore", process, errors)
            out.seek(0)
            text = out.read(BOOKKEEPING_BYTES_MAX).decode()
        found = BOOKKEEPING.search(text)
        rows = [line.split("\t") for line in found[2].splitlines()] if found else []
        if found is None or not all(row[0].isdecimal() for row in rows):
            raise foreign
        applied = Applied(
            frozenset(int(row[0]) for row in rows),
            max((int(row[2]) for row in rows if row[2:]), default=0),
        )
        return Inside(found[1], applied)

    def load(self, source: Path, schema: str, first: str, report: Report) -> None:
        """Run the SQL `first` and the schema's dump, in one transaction. Raises `StoreUnusable`.

        pg_restore only writes SQL: psql runs it, so that emptying and filling are one.
        """
        with tempfile.TemporaryFile() as errors:
            psql = self._start(
                "psql",
                ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
                 "--output=/dev/null", f"--dbname={self._dbname}", "--file=-"],
                errors,
                stdin=subprocess.PIPE,
            )  # fmt: skip
            assert psql.stdin is not None
            try:
                psql.stdin.write(f"SET client_min_messages = warning;\nBEGIN;\n{first}".encode())
                psql.stdin.flush()
                arguments = [
                    "--no-owner", "--no-privileges", f"--schema={schema}", "--file=-", str(source),
                ]  # fmt: skip
                reader = self._start("pg_restore", arguments, errors, stdout=psql.stdin)
                try:
                    while reader.poll() is None:
                        report(0, 0)
                        try:
                            reader.wait(POLL_S)
                        except subprocess.TimeoutExpired:
                            continue
                finally:
                    stop(reader)
                require_success("pg_restore", reader, errors)
                # Whoever is killed before this, nothing is committed.
                psql.stdin.write(b"COMMIT;\n")
                psql.stdin.close()
                psql.wait()
            except BrokenPipeError:
                psql.wait()
            finally:
                stop(psql)
            require_success("psql", psql, errors)
        report(1, 1)

    def _start(
        self,
        program: str,
        arguments: list[str],
        errors: IO[bytes],
        **pipes: Any,
    ) -> subprocess.Popen[bytes]:
        path = shutil.which(program)
        if path is None:
            raise StoreUnusable(
                f"{program} is not found. Install PostgreSQL's client programs, of the server's"
                " version or newer, and put them on PATH; or use your provider's own backups."
            )
        return subprocess.Popen(
            [path, *arguments], env=self._environment, stderr=errors,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, **pipes},
        )  # fmt: skip


def stop(process: subprocess.Popen[bytes]) -> None:
    """End what still runs: a transaction that it has begun is undone."""
    if process.poll() is None:
        process.kill()
        process.wait()
    if process.stdin is not None:
        try:
            process.stdin.close()
        except BrokenPipeError:
            return


def require_success(program: str, process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
    if process.returncode == 0:
        return
    errors.seek(0)
    lines = [
        line.strip()
        for line in errors.read(BOOKKEEPING_BYTES_MAX).decode(errors="replace").splitlines()
        if line.strip()
    ]
    text = "; ".join(lines[:3]) or f"exit status {process.returncode}"
    advice = "Nothing was changed."
    if "version" in text:
        advice += " Put PostgreSQL's client programs of the server's version first on PATH."
    raise StoreUnusable(f"{program} failed: {text}. {advice}")
