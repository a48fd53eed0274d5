"""`milepost gc`: show what deleted runs and experiments hold, and remove them for good."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milepost.cli.extras import store_of
from milepost.cli.server import listed, option

if TYPE_CHECKING:
    from milepost.api.gc import Collected
    from milepost.artifacts.places import Places
    from milepost.store.removal import Remover, Wanted

SHOWN_MAX = 50
AGE = re.compile(r"(?:(\d+(?:\.\d+)?)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
AGE_SECONDS = (86_400, 3_600, 60, 1)


def age_s(text: str | None) -> float:
    """`1d2h3m4s` in seconds. Raises click.BadParameter."""
    found = AGE.fullmatch((text or "0s").replace(" ", ""))
    if found is None or not found[0]:
        raise click.BadParameter("write it as 30d, 12h or 1d2h3m4s", param_hint="--older-than")
    return sum(
        float(part or 0) * unit for part, unit in zip(found.groups(), AGE_SECONDS, strict=True)
    )


@click.command("gc")
@option("--backend-store-uri", default="sqlite:///milepost.db", metavar="URI", help="The database.")
@option(
    "--artifacts-destination",
    default="./artifacts",
    metavar="URI",
    help="Where the server keeps the artifacts that it proxies.",
)
@option(
    "--artifact-roots",
    default=None,
    metavar="URIS",
    help="Further folders and buckets, comma-separated, in which artifacts may be removed: the"
    " server's --default-artifact-root, for example.",
)
@click.option(
    "--older-than",
    default=None,
    metavar="AGE",
    help="Deleted at least so long ago: 30d, 12h, 1d2h3m4s.",
)
@click.option("--run-ids", default=None, metavar="IDS", help="Only these runs, comma-separated.")
@click.option(
    "--experiment-ids", default=None, metavar="IDS", help="Only these experiments and their runs."
)
@click.option(
    "--dry-run/--no-dry-run", default=True, help="Only show what would go.", show_default=True
)
def command(**options: Any) -> None:
    """Remove deleted runs and experiments for good, with their artifacts.

    Shows what would go and how many bytes; --no-dry-run removes it. A server may go on meanwhile.
    Broken off, it goes on where it was when started again.

    \b
    Examples:
      milepost gc --older-than 30d
      milepost gc --older-than 30d --no-dry-run
    """
    with store_of():
        from milepost.artifacts.places import Places, PlaceUnusable
        from milepost.store import StoreUnusable, database_of
        from milepost.store.removal import Remover, Wanted
    before = int((time.time() - age_s(options["older_than"])) * 1000)
    run_ids, experiment_ids = (
        None if options[name] is None else listed(options[name])
        for name in ("run_ids", "experiment_ids")
    )
    try:
        numbers = None if experiment_ids is None else [int(one) for one in experiment_ids]
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--experiment-ids") from error
    try:
        places = Places(
            options["artifacts_destination"], listed(options["artifact_roots"]), Path.cwd()
        )
        remover = Remover(database_of(options["backend_store_uri"]))
    except (PlaceUnusable, StoreUnusable) as error:
        raise click.ClickException(str(error)) from error
    try:
        left = asyncio.run(
            run(remover, places, Wanted(before, run_ids, numbers), options["dry_run"])
        )
    finally:
        remover.close()
    if left:
        sys.exit(1)


async def run(remover: Remover, places: Places, wanted: Wanted, is_dry: bool) -> int:
    """Collect and print; returns how many things had to be left."""
    from milepost.api.gc import collect

    counts = {"run": 0, "experiment": 0}
    files = size = left = shown = 0
    async for one in collect(remover, places, wanted, is_dry):
        if one.refusal:
            left += 1
            click.echo(f"! {one.kind} {one.name} stays: {one.refusal}", err=True)
            continue
        counts[one.kind] += 1
        files += one.files
        size += one.size
        if shown < SHOWN_MAX:
            click.echo(line_of(one))
        elif shown == SHOWN_MAX:
            click.echo("  ... and more")
        shown += 1
    await places.close()
    verb = "would go" if is_dry else "went"
    click.echo(
        f"{counts['run']:,} runs and {counts['experiment']:,} experiments {verb},"
        f" with {files:,} files of {size:,} bytes."
    )
    if is_dry and shown:
        click.echo("Nothing was removed. Add --no-dry-run to remove it; there is no way back.")
    return left


def line_of(one: Collected) -> str:
    return f"  {one.kind:10} {one.name:40} {one.files:8,} files {one.size:16,} bytes"
