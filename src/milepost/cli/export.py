"""`milepost export`: runs and experiments of a database as one portable bundle."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from milepost.cli.extras import store_of
from milepost.cli.server import listed, option

SHOWN_MAX = 20


@click.command("export")
@click.argument("output", type=click.Path(path_type=Path))
@click.option(
    "--experiment", "-e", "experiments", multiple=True, metavar="ID|NAME",
    help="This experiment with all its runs, deleted ones too; may be given again.",
)  # fmt: skip
@click.option(
    "--run", "-r", "run_ids", multiple=True, metavar="ID",
    help="This run; may be given again.",
)  # fmt: skip
@click.option("--all", "is_all", is_flag=True, help="All experiments.")
@click.option(
    "--without-artifacts", is_flag=True, help="Leave out the files; their places stay named."
)
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
    help="Further folders and buckets, comma-separated, from which artifacts may be read: the"
    " server's --default-artifact-root, for example.",
)
def command(output: Path, **options: Any) -> None:
    """Write runs or experiments of a database to OUTPUT, to keep or to import elsewhere.

    OUTPUT is made new: one file if its name ends in .zip, else a folder. Servers may go on
    meanwhile. `milepost import OUTPUT` brings it into another database, with the same ids.

    Exit status 1 when artifacts of a run could not be read.

    \b
    Examples:
      milepost export mnist.zip --experiment mnist
      milepost export best.zip --run 2f3c... --run 91ab...
      milepost export backup --all --without-artifacts
    """
    chosen = [bool(options[name]) for name in ("experiments", "run_ids", "is_all")]
    if sum(chosen) != 1:
        raise click.UsageError("Name one of --experiment, --run and --all.")
    with store_of("server,export"):
        from milepost.artifacts.places import Places, PlaceUnusable
        from milepost.transfer.containers import CannotWrite
        from milepost.transfer.milepost_store import MilepostSource
        from milepost.transfer.records import SourceUnusable
    try:
        roots = listed(options["artifact_roots"])
        places = Places(options["artifacts_destination"], roots, Path.cwd())
        source = MilepostSource(
            options["backend_store_uri"], places, options["experiments"], options["run_ids"]
        )
        try:
            written = run(source, output, not options["without_artifacts"])
        finally:
            source.close()
    except (CannotWrite, PlaceUnusable, SourceUnusable) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{output}: {written.experiments:,} experiments, {written.runs:,} runs,"
        f" {written.points:,} points, {written.files:,} artifacts; {written.size:,} bytes."
    )
    if not written.runs:
        click.echo("There were no runs to export.")
    for run_id, reason in written.without_files[:SHOWN_MAX]:
        click.echo(f"! {run_id} is there without its artifacts: {reason}", err=True)
    if len(written.without_files) > SHOWN_MAX:
        click.echo(f"! ... and {len(written.without_files) - SHOWN_MAX:,} more", err=True)
    if written.without_files:
        sys.exit(1)


def run(source: Any, output: Path, with_artifacts: bool) -> Any:
    """Write the bundle; a bar shows how far it has come."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from milepost.transfer import bundle

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        total = sum(source.count_runs(one) for one in source.experiments())
        runs = bar.add_task("Runs", total=total)
        now = time.time_ns() // 1_000_000
        return bundle.write(source, output, now, with_artifacts, lambda: bar.advance(runs))
