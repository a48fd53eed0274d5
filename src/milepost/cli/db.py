"""`milepost db`: upgrade, check, back up and restore the database of a store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.extras import store_of
from milepost.cli.server import option

if TYPE_CHECKING:
    from milepost.store.database import Database, Report

uri_option = option(
    "--backend-store-uri", default="sqlite:///milepost.db", metavar="URI", help="The database."
)


@click.group("db")
def command() -> None:
    """Upgrade, check, back up and restore a store's database.

    \b
    Examples:
      milepost db backup /backups/milepost-monday.db
      milepost db upgrade --dry-run
      milepost db check
    """


@contextmanager
def opened(uri: str) -> Iterator[Database]:
    """The database; what makes it unusable is said in one line."""
    with store_of():
        from milepost.store import StoreUnusable, database_of
    try:
        yield database_of(uri)
    except StoreUnusable as error:
        raise click.ClickException(str(error)) from error


@command.command("upgrade", short_help="Bring the schema up to date, or show what that would do.")
@uri_option
@click.option("--dry-run", "is_dry", is_flag=True, help="Only show what would happen.")
@click.option(
    "--contract",
    "with_contract",
    is_flag=True,
    help="Also take away what only older servers use. Say so when every server is of this version:"
    " older ones are refused afterwards.",
)
def upgrade(backend_store_uri: str, is_dry: bool, with_contract: bool) -> None:
    """Bring the schema up to date, as starting a server does.

    Expand steps may be applied while servers of the version before go on. Contract steps wait for
    --contract. Each upgrade is one transaction: broken off, the old schema stands.
    """
    with opened(backend_store_uri) as database:
        from milepost.store.upgrade import plan

        planned = plan(database, with_contract)
        click.echo(database.description)
        for one in planned:
            state = "" if one.is_now else "waits for --contract"
            about = f"about {one.seconds:,.0f} s" if one.seconds >= 1 else "under a second"
            click.echo(
                f"  {one.step.version:04} {one.step.name:24} {one.step.kind:8} {about} {state}"
            )
            for table, count in one.rows.items():
                click.echo(f"       {table:24} {count:16,} rows")
        now = [one.step.name for one in planned if one.is_now]
        if is_dry:
            click.echo(f"{len(now)} steps would be applied. Nothing was changed.")
            return
        ran = database.prepare(with_contract) if now else []
        click.echo(f"Applied {', '.join(ran)}." if ran else "Nothing to apply.")


@command.command("check", short_help="Check schema, tables, indexes and integrity.")
@uri_option
def check(backend_store_uri: str) -> None:
    """Check schema, pending steps, tables, indexes and integrity; changes nothing.

    May run beside a server. Exit status 1 when something wants attention.
    """
    with opened(backend_store_uri) as database:
        from milepost.cli.doctor import show
        from milepost.store.doctor import check as findings_of

        is_well = show(database, findings_of(database))
    if not is_well:
        sys.exit(1)


@contextmanager
def progress(what: str) -> Iterator[Report]:
    """A bar on a terminal's standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


@command.command("backup", short_help="Copy a database in use to a file.")
@click.argument("file", type=click.Path(path_type=Path))
@uri_option
@click.option("--force", "is_forced", is_flag=True, help="Replace FILE if it is there.")
def backup(file: Path, backend_store_uri: str, is_forced: bool) -> None:
    """Copy the database as it is at this moment to FILE, while servers go on.

    FILE appears when it is complete, synced and, for SQLite, checked. A SQLite database becomes a
    SQLite file; a PostgreSQL one what `pg_dump -Fc` writes (PostgreSQL's client programs must be
    on PATH). Artifacts are not in it, and neither are the points of archived runs.
    """
    with opened(backend_store_uri) as database:
        from milepost.store.backup import backup as write
        from milepost.store.doctor import archived_in

        with progress("Backing up") as report:
            write(database, file, is_forced, report)
        archived = archived_in(database)
    click.echo(f"{file} holds {database.description}: {file.stat().st_size:,} bytes.")
    if archived is not None:
        click.echo(f"Not in it: {archived.state}. Copy that too.")


@command.command("restore", short_help="Make the database what a backup holds.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@uri_option
@click.option("--force", "is_forced", is_flag=True, help="Replace everything in the database.")
def restore(file: Path, backend_store_uri: str, is_forced: bool) -> None:
    """Make the database what `milepost db backup` wrote to FILE.

    Stop its servers first. It happens as a whole or not at all. The database must be empty, unless
    --force is given, and is checked afterwards.
    """
    with opened(backend_store_uri) as database:
        from milepost.cli.doctor import show
        from milepost.store import examine

        with progress("Restoring") as report:
            database.load(file, is_forced, report)
        findings = examine(database)
        show(database, findings)
    # An older schema is no fault: the next start upgrades it.
    if any(finding.advice for finding in findings if finding.name != "schema"):
        sys.exit(1)
