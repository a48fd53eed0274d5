"""`milepost version`."""

from __future__ import annotations

import click

from milepost import __version__

# Said again in api/server.py, which a client-only install does not have.
MLFLOW_VERSION = "3.17.2"


@click.command("version")
def command() -> None:
    """Print the versions of Milepost and of the MLflow wire it speaks."""
    click.echo(f"milepost {__version__}, speaks MLflow 0.8 to {MLFLOW_VERSION}")
