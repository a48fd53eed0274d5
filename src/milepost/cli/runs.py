"""`milepost runs`: list, get, search, delete, restore, export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from milepost.cli import tables
from milepost.cli.experiments import filter_option, found, limit_option, order_option
from milepost.cli.tables import asks_server, view_option
from milepost.client.client import MlflowClient
from milepost.client.heartbeats import stale_since
from milepost.client.values import now_ms
from milepost.entities import Run

COLUMNS = ("run_id", "run_name", "status", "stale_since", "started", "duration_s")
# Of all, when none is named.
EXPERIMENTS_MAX = 10_000


@click.group("runs")
def command() -> None:
    """Runs of a tracking server.

    \b
    Examples:
      milepost runs list --experiment mnist
      milepost runs search --experiment mnist --filter "metrics.loss < 0.1" --json
      milepost runs export --experiment mnist > runs.csv
    """


def row_of(run: Run) -> dict[str, Any]:
    info, data = run.info, run.data
    ended = info.end_time
    return {
        "run_id": info.run_id,
        "run_name": info.run_name,
        "experiment_id": str(info.experiment_id),
        "status": str(info.status),
        "lifecycle_stage": info.lifecycle_stage,
        "started": tables.time_of(info.start_time),
        "ended": tables.time_of(ended),
        "duration_s": (ended - info.start_time) / 1000 if ended and info.start_time else None,
        "artifact_uri": info.artifact_uri,
        "params": dict(data.params) if data else {},
        "metrics": dict(data.metrics) if data else {},
        "tags": dict(data.tags) if data else {},
    }


def searched(
    client: MlflowClient,
    experiments: tuple[str, ...],
    view: str,
    filter: str,
    order: tuple[str, ...],
    limit: int,
) -> list[dict[str, Any]]:
    if experiments:
        ids = [str(found(client, one).experiment_id) for one in experiments]
    else:
        every = tables.paged(
            lambda count, token: client.search_experiments(max_results=count, page_token=token),
            EXPERIMENTS_MAX,
        )
        ids = [str(one.experiment_id) for one in every]

    def ask(count: int, token: str | None) -> Any:
        return client.search_runs(
            ids, filter, tables.VIEW_CHOICES[view], count, list(order) or None, token
        )

    return rows_of(client, tables.paged(ask, limit))


def rows_of(client: MlflowClient, runs: Sequence[Run]) -> list[dict[str, Any]]:
    """With `stale_since` for running runs whose client has fallen silent."""
    rows = [row_of(run) for run in runs]
    running = [row["run_id"] for row in rows if row["status"] == "RUNNING"]
    silent = stale_since(client.transport, running, now_ms())
    for row in rows:
        row["stale_since"] = tables.time_of(silent.get(row["run_id"]))
    return rows


experiment_option = click.option(
    "--experiment", "-e", "experiments", multiple=True, metavar="NAME",
    help="A name or id; may be given again. Default: all.",
)  # fmt: skip


@command.command("list")
@experiment_option
@view_option
@limit_option
@asks_server
def list_command(
    client: MlflowClient, experiments: tuple[str, ...], view: str, limit: int, as_json: bool
) -> None:
    """Runs, the newest first."""
    rows = searched(client, experiments, view, "", ("start_time DESC",), limit)
    tables.show(rows, as_json, COLUMNS)


@command.command("search")
@experiment_option
@filter_option
@order_option
@view_option
@limit_option
@asks_server
def search_command(
    client: MlflowClient,
    experiments: tuple[str, ...],
    filter: str,
    order_by: tuple[str, ...],
    view: str,
    limit: int,
    as_json: bool,
) -> None:
    """Runs that match a filter."""
    tables.show(searched(client, experiments, view, filter, order_by, limit), as_json, COLUMNS)


@command.command("get")
@click.argument("run_id")
@asks_server
def get_command(client: MlflowClient, run_id: str, as_json: bool) -> None:
    """One run, with its params, latest metrics and tags."""
    (row,) = rows_of(client, [client.get_run(run_id)])
    tables.show_one(row, as_json)


@command.command("delete")
@click.argument("run_id")
@asks_server
def delete_command(client: MlflowClient, run_id: str, as_json: bool) -> None:
    """Delete a run; `restore` takes it back."""
    client.delete_run(run_id)
    tables.done("Deleted run", run_id, as_json)


@command.command("restore")
@click.argument("run_id")
@asks_server
def restore_command(client: MlflowClient, run_id: str, as_json: bool) -> None:
    """Take a deleted run back."""
    client.restore_run(run_id)
    tables.done("Restored run", run_id, as_json)


@command.command("export")
@experiment_option
@filter_option
@order_option
@view_option
@limit_option
@asks_server
def export_command(
    client: MlflowClient,
    experiments: tuple[str, ...],
    filter: str,
    order_by: tuple[str, ...],
    view: str,
    limit: int,
    as_json: bool,
) -> None:
    """What a search finds as CSV, or JSON with --json, on stdout."""
    rows = searched(client, experiments, view, filter, order_by, limit)
    if as_json:
        tables.write_json(rows)
        return
    click.echo(tables.csv_of([tables.flat_of(row) for row in rows]), nl=False)
