"""`milepost sync`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

REFUSALS_SHOWN = 20


@click.command("sync")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--tracking-uri", metavar="URI", help="Send there instead of where it was logged to.")
def command(folder: Path | None, tracking_uri: str | None) -> None:
    """Send what scripts logged offline, or while their server was away.

    FOLDER is where it waits; by default MILEPOST_SPOOL_DIR, else ~/.cache/milepost/spool. A script
    that is still running keeps its own. Sending twice changes nothing. Exit status 1 when
    something still waits or was refused.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from milepost.client import sync
    from milepost.client.connections import opened_anyway
    from milepost.client.settings import spool_folder

    place = folder or spool_folder()
    console = Console(stderr=True)
    total = sync.waiting(place)
    if not total:
        click.echo(f"Nothing waits in {place}.")
        return
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console
    )
    with bar:
        task = bar.add_task("sent", total=total)
        done = sync.sync(
            place, lambda uri: opened_anyway(tracking_uri or uri), lambda: bar.advance(task)
        )
    click.echo(f"{done.sent} records sent, {done.left} still wait.")
    for refusal in done.refused[:REFUSALS_SHOWN]:
        click.echo(refusal, err=True)
    if len(done.refused) > REFUSALS_SHOWN:
        click.echo(f"... and {len(done.refused) - REFUSALS_SHOWN} more.", err=True)
    if done.left:
        click.echo(done.reason, err=True)
    if done.left or done.refused:
        sys.exit(1)
