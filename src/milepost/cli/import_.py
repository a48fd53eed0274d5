"""`milepost import`: experiments and runs of another tracker, moved whole and compared."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from milepost.cli.extras import store_of
from milepost.cli.server import option

if TYPE_CHECKING:
    from milepost.transfer.records import Source
    from milepost.transfer.target import Outcome, Report

SHOWN_MAX = 50
CLOSE_WITHIN_S = 60.0


@click.command("import")
@click.argument("source")
@option("--backend-store-uri", default="sqlite:///milepost.db", metavar="URI", help="The database.")
@option(
    "--default-artifact-root",
    default=None,
    metavar="URI",
    help="Where new experiments keep artifacts, as the server has it. Default: proxied by it.",
)
@option(
    "--artifacts-destination",
    default="./artifacts",
    metavar="URI",
    help="Where the server keeps the artifacts that it proxies.",
)
@click.option(
    "--artifacts",
    type=click.Choice(["copy", "reference", "none"]),
    default="copy",
    show_default=True,
    help="Copy artifacts; or leave them where they are and keep the URI; or leave them out.",
)
@click.option(
    "--source-artifacts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="PATH",
    help="For a database: the folder in which its server keeps the artifacts that it proxies.",
)
@click.option(
    "--experiment",
    "experiments",
    multiple=True,
    metavar="NAME",
    help="Only the experiment of this name; may be given again.",
)
@click.option("--dry-run", is_flag=True, help="Only read the source and say what it holds.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a report as JSON, with a hash of each run on both sides.",
)
def command(source: str, **options: Any) -> None:
    """Move experiments and runs of another tracker into a Milepost database.

    SOURCE is a folder mlruns of MLflow, an MLflow or Milepost database (sqlite:///... or
    postgresql://...), a live server (http://...), a folder of TensorBoard's event files, or a
    bundle of `milepost export`.

    Ids, times, histories, tags, datasets and artifacts are kept. A Milepost server may go on
    meanwhile. Started again, it goes on where it was broken off and brings what is new.

    Exit status 1 when a run failed or is not the same on both sides.

    \b
    Examples:
      milepost import ./mlruns
      milepost import sqlite:///mlflow.db --artifacts reference --report moved.json
    """
    with store_of():
        from milepost.artifacts.places import PlaceUnusable
        from milepost.store import StoreUnusable
        from milepost.transfer.records import SourceUnusable
        from milepost.transfer.sources import open_source
        from milepost.transfer.target import TransferStopped
    began = time.monotonic()
    report_file = options["report_file"]
    if report_file is not None and not report_file.absolute().parent.is_dir():
        raise click.ClickException(
            f"There is no folder {report_file.absolute().parent} for the report. Make it first."
        )
    try:
        opened = open_source(source, options["source_artifacts"])
        try:
            report = run(opened, options)
        finally:
            opened.close()
    except (PlaceUnusable, SourceUnusable, StoreUnusable, TransferStopped) as error:
        raise click.ClickException(str(error)) from error
    show(report, time.monotonic() - began)
    if report_file is not None:
        write_report(report, report_file)
    if not report.is_well:
        sys.exit(1)


def run(source: Source, options: dict[str, Any]) -> Report:
    """Move, or only read; a bar shows how far it has come."""
    from milepost.transfer.target import survey

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        names = options["experiments"]
        # Counting reads much of some sources.
        total = None if bar.disable else counted(source, names)
        runs = bar.add_task("Runs", total=total)

        def on_run(_: Outcome) -> None:
            bar.advance(runs)

        if options["dry_run"]:
            return survey(source, names, on_run)
        return asyncio.run(moved(source, options, on_run))


def counted(source: Source, names: Sequence[str]) -> int:
    return sum(
        source.count_runs(one) for one in source.experiments() if not names or one.name in names
    )


async def moved(source: Source, options: dict[str, Any], on_run: Any) -> Report:
    from milepost.artifacts.archive import ArchiveFolder
    from milepost.artifacts.places import Places
    from milepost.server.settings import Settings
    from milepost.store import open_store
    from milepost.transfer.target import Target, move

    settings = Settings(
        backend_store_uri=options["backend_store_uri"],
        default_artifact_root=options["default_artifact_root"],
        artifacts_destination=options["artifacts_destination"],
    )
    places = Places(
        settings.artifacts_destination,
        settings.named_roots(),
        Path(settings.artifact_uploads_folder).absolute(),
    )
    now = time.time_ns() // 1_000_000
    store = open_store(
        settings.backend_store_uri, settings.artifact_root(), now, ArchiveFolder(places.proxied)
    )
    try:
        target = Target(store, places, options["artifacts"])
        return await move(source, target, options["experiments"], on_run)
    finally:
        store.close(CLOSE_WITHIN_S)
        await places.close()


def write_report(report: Report, file: Path) -> None:
    content = {
        "source": report.source,
        "target": report.target,
        "counts": {"source": asdict(report.source_counts), "target": asdict(report.target_counts)},
        "hashes_alike": report.alike,
        "notes": report.notes,
        "runs": [asdict(one) for one in report.runs],
    }
    try:
        file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            f"All of the above is done, but the report cannot be written: {error}. Start the import"
            " again with another --report."
        ) from error


def show(report: Report, seconds: float) -> None:
    """Both sides beside each other, then what went wrong."""
    click.echo(f"from  {report.source}")
    click.echo(f"to    {report.target}")
    here = asdict(report.target_counts)
    click.echo(f"{'':12}{'there':>20}{'here':>20}")
    for name, number in asdict(report.source_counts).items():
        click.echo(f"{name:12}{number:20,}{here[name]:20,}")
    states = [one.state for one in report.runs]
    parts = [f"{states.count(state):,} {state}" for state in sorted(set(states))]
    click.echo(f"runs: {', '.join(parts) or 'none'}, in {seconds:.1f} s")
    if here["runs"]:
        click.echo(f"hashes: {report.alike:,} of {len(report.runs):,} are the same on both sides")
    for note in report.notes:
        click.echo(note)
    odd = [one for one in report.runs if one.reason]
    for one in odd[:SHOWN_MAX]:
        click.echo(f"! run {one.run_id} of {one.experiment}: {one.state}: {one.reason}", err=True)
    if len(odd) > SHOWN_MAX:
        click.echo(f"! and {len(odd) - SHOWN_MAX:,} more; --report names all.", err=True)
