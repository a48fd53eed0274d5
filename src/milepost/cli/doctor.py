"""`milepost doctor`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from milepost.cli.extras import store_of

if TYPE_CHECKING:
    from milepost.store import Finding
    from milepost.store.database import Database

DEFAULT_URI = "sqlite:///milepost.db"


@click.command("doctor")
@click.option(
    "--backend-store-uri",
    default=DEFAULT_URI,
    envvar=["MILEPOST_BACKEND_STORE_URI", "MLFLOW_BACKEND_STORE_URI"],
    show_default=True,
    metavar="URI",
    help="The database to examine.",
)
def command(backend_store_uri: str) -> None:
    """Check a database and say what to do; changes nothing, and may run beside a server.

    Exit status 1 when something wants attention.
    """
    with store_of():
        from milepost.store import StoreUnusable, database_of, examine
    try:
        database = database_of(backend_store_uri)
        findings = examine(database)
    except StoreUnusable as error:
        raise click.ClickException(str(error)) from error
    if not show(database, findings):
        sys.exit(1)


def show(database: Database, findings: list[Finding]) -> bool:
    """Print them; whether all is well."""
    click.echo(database.description)
    for finding in findings:
        mark = "!" if finding.advice else " "
        click.echo(f"{mark} {finding.name:12} {finding.state}")
        if finding.advice:
            click.echo(f"  {'':12} -> {finding.advice}")
    return not any(finding.advice for finding in findings)
