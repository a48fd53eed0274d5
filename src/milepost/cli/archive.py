"""`milepost archive`: move points of runs that ended long ago to the artifact store."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milepost.cli.extras import store_of
from milepost.cli.gc import age_s
from milepost.cli.server import option
from milepost.errors import MilepostError

if TYPE_CHECKING:
    from milepost.artifacts.archive import ArchiveFolder
    from milepost.artifacts.places import Places
    from milepost.store.archiver import Archiver

# Servers' writers get this long between two steps of giving space back.
PAUSE_S = 0.02


@click.command("archive")
@click.option(
    "--older-than",
    required=True,
    metavar="AGE",
    help="Runs that ended at least so long ago, and points that are dated so: 90d, 12h, 1d2h3m4s.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Only show how much would go.")
@option("--backend-store-uri", default="sqlite:///milepost.db", metavar="URI", help="The database.")
@option(
    "--artifacts-destination",
    required=True,
    metavar="URI",
    help="Where the servers keep the artifacts that they proxy. The points go there too.",
)
def command(
    older_than: str, is_dry: bool, backend_store_uri: str, artifacts_destination: str
) -> None:
    """Move the points of runs that ended long ago from the database to the artifact store.

    Every answer stays as it is; whole histories of such runs take longer. Servers may go on
    meanwhile, and need the same --artifacts-destination. Servers of a version that cannot read
    archived points do not start on the database any more. Broken off, it goes on where it was
    when started again.

    \b
    Examples:
      milepost archive --older-than 90d --artifacts-destination ./artifacts --dry-run
      milepost archive --older-than 90d --artifacts-destination s3://bucket/prefix
    """
    with store_of():
        from milepost.artifacts.archive import ArchiveFolder
        from milepost.artifacts.places import Places, PlaceUnusable
        from milepost.store import StoreUnusable, database_of
        from milepost.store.archiver import Archiver
    before = int((time.time() - age_s(older_than)) * 1000)
    try:
        places = Places(artifacts_destination, (), Path.cwd())
        folder = ArchiveFolder(places.proxied)
        database = database_of(backend_store_uri, folder)
        archiver = Archiver(database, before, is_dry)
    except (PlaceUnusable, StoreUnusable) as error:
        raise click.ClickException(str(error)) from error
    try:
        left = asyncio.run(run(archiver, places, folder, is_dry))
    except Exception as error:
        translated = database.translate(error)
        if not isinstance(translated, MilepostError):
            raise
        raise click.ClickException(translated.message) from error
    finally:
        archiver.close()
        database.close()
    if left:
        sys.exit(1)


async def run(archiver: Archiver, places: Places, folder: ArchiveFolder, is_dry: bool) -> int:
    """Archive with a bar that counts runs; returns of how many something had to be left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from milepost.api.archive import archive, require_place

    runs = points = size = left = 0
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        await require_place(archiver, folder)
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("Old runs", total=archiver.count_runs())
            async for one in archive(archiver, folder, is_dry):
                bar.advance(task)
                runs += bool(one.points)
                points += one.points
                size += one.size
                if one.refusal:
                    left += 1
                    click.echo(f"! run {one.run_id} stays: {one.refusal}", err=True)
        if size and not is_dry:
            await give_back(archiver)
    finally:
        await places.close()
    verb = "would go" if is_dry else "went"
    click.echo(f"{points:,} points of {runs:,} runs {verb} to {folder.uri}: {size:,} bytes.")
    if is_dry:
        click.echo("Nothing was changed.")
    return left


async def give_back(archiver: Archiver) -> None:
    """Give the freed space back to the disk; a server that is busy does it later."""
    with suppress(Exception):
        while await asyncio.to_thread(archiver.tidy):
            await asyncio.sleep(PAUSE_S)
