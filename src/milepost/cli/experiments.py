"""`milepost experiments`: list, get, create, search, rename, delete, restore, export."""

from __future__ import annotations

from typing import Any

import click

from milepost.cli import tables
from milepost.cli.tables import asks_server, view_option
from milepost.client.client import MlflowClient
from milepost.entities import Experiment

COLUMNS = ("experiment_id", "name", "lifecycle_stage", "created", "artifact_location")
LIMIT = 1000


@click.group("experiments")
def command() -> None:
    """Experiments of a tracking server.

    \b
    Examples:
      milepost experiments list
      milepost experiments search --filter "name LIKE 'mnist%'" --json
    """


def row_of(one: Experiment) -> dict[str, Any]:
    return {
        "experiment_id": str(one.experiment_id),
        "name": one.name,
        "lifecycle_stage": one.lifecycle_stage,
        "created": tables.time_of(one.creation_time),
        "last_update": tables.time_of(one.last_update_time),
        "artifact_location": one.artifact_location,
        "tags": dict(one.tags),
    }


def searched(
    client: MlflowClient, view: str, filter: str, order: tuple[str, ...], limit: int
) -> list[dict[str, Any]]:
    def ask(count: int, token: str | None) -> Any:
        return client.search_experiments(
            tables.VIEW_CHOICES[view], count, filter, list(order) or None, token
        )

    return [row_of(one) for one in tables.paged(ask, limit)]


def found(client: MlflowClient, experiment: str) -> Experiment:
    """By name, else by id."""
    by_name = client.get_experiment_by_name(experiment)
    return by_name if by_name is not None else client.get_experiment(experiment)


limit_option = click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=LIMIT, show_default=True,
    help="At most so many.",
)  # fmt: skip
filter_option = click.option("--filter", default="", metavar="TEXT", help="As in docs/search.md.")
order_option = click.option(
    "--order-by", multiple=True, metavar="TEXT", help="As 'name DESC'; may be given again."
)


@command.command("list")
@view_option
@limit_option
@asks_server
def list_command(client: MlflowClient, view: str, limit: int, as_json: bool) -> None:
    """All experiments."""
    tables.show(searched(client, view, "", (), limit), as_json, COLUMNS)


@command.command("search")
@filter_option
@order_option
@view_option
@limit_option
@asks_server
def search_command(
    client: MlflowClient,
    filter: str,
    order_by: tuple[str, ...],
    view: str,
    limit: int,
    as_json: bool,
) -> None:
    """Experiments that match a filter."""
    tables.show(searched(client, view, filter, order_by, limit), as_json, COLUMNS)


@command.command("get")
@click.argument("experiment")
@asks_server
def get_command(client: MlflowClient, experiment: str, as_json: bool) -> None:
    """One EXPERIMENT, by name or id."""
    tables.show_one(row_of(found(client, experiment)), as_json)


@command.command("create")
@click.argument("name")
@click.option("--artifact-location", metavar="URI", help="Where its artifacts are kept.")
@asks_server
def create_command(
    client: MlflowClient, name: str, artifact_location: str | None, as_json: bool
) -> None:
    """A new experiment of that NAME."""
    tables.done("Created experiment", client.create_experiment(name, artifact_location), as_json)


@command.command("rename")
@click.argument("experiment")
@click.argument("name")
@asks_server
def rename_command(client: MlflowClient, experiment: str, name: str, as_json: bool) -> None:
    """Give EXPERIMENT (a name or id) another NAME."""
    id = str(found(client, experiment).experiment_id)
    client.rename_experiment(id, name)
    tables.done("Renamed experiment", id, as_json, name=name)


@command.command("delete")
@click.argument("experiment")
@asks_server
def delete_command(client: MlflowClient, experiment: str, as_json: bool) -> None:
    """Delete EXPERIMENT (a name or id) with its runs; `restore` takes it back."""
    id = str(found(client, experiment).experiment_id)
    client.delete_experiment(id)
    tables.done("Deleted experiment", id, as_json)


@command.command("restore")
@click.argument("experiment")
@asks_server
def restore_command(client: MlflowClient, experiment: str, as_json: bool) -> None:
    """Take a deleted EXPERIMENT (a name or id) back."""
    id = str(found(client, experiment).experiment_id)
    client.restore_experiment(id)
    tables.done("Restored experiment", id, as_json)


@command.command("export")
@filter_option
@order_option
@view_option
@limit_option
@asks_server
def export_command(
    client: MlflowClient,
    filter: str,
    order_by: tuple[str, ...],
    view: str,
    limit: int,
    as_json: bool,
) -> None:
    """What a search finds as CSV, or JSON with --json, on stdout."""
    rows = searched(client, view, filter, order_by, limit)
    if as_json:
        tables.write_json(rows)
        return
    click.echo(tables.csv_of([tables.flat_of(row) for row in rows]), nl=False)
