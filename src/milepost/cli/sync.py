"""`milepost sync`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("sync")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--tracking-uri", metavar="URI", help="Send there instead of where it was logged to.")
def command(folder: Path | None, tracking_uri: str | None) -> None:
    """Send what scripts logged while their server was away.

    FOLDER is where it waits; by default MILEPOST_SPOOL_DIR, else ~/.cache/milepost/spool. A script
    that is still running keeps its own. Sending twice changes nothing. Exit status 1 when
    something still waits.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from milepost.client import sender
    from milepost.client.connections import transport_of
    from milepost.client.settings import spool_folder

    place = folder or spool_folder()
    console = Console(stderr=True)
    total = sender.waiting(place)
    if not total:
        click.echo(f"Nothing waits in {place}.")
        return
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console
    )
    with bar:
        task = bar.add_task("batches", total=total)
        sent, left, reason = sender.sync(
            place, lambda uri: transport_of(tracking_uri or uri), lambda: bar.advance(task)
        )
    click.echo(f"{sent} batches sent, {left} still wait.")
    if left:
        click.echo(reason, err=True)
        sys.exit(1)
