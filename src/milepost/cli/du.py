"""`milepost du`: where the bytes of a database went, by experiment, run or key."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from milepost.cli.tables import show, write_json
from milepost.errors import MilepostError

if TYPE_CHECKING:
    from milepost.wire.messages import GetUsage, GetUsageResponse, UsageItem

DEFAULT_URI = "sqlite:///milepost.db"
LIMIT_DEFAULT = 20
LIMIT_MAX = 1_000
UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
PARTS = {
    "metrics": "metric_bytes",
    "params": "param_bytes",
    "tags": "tag_bytes",
    "inputs": "input_bytes",
    "documents": "document_bytes",
    "attributes": "attribute_bytes",
    "own": "own_bytes",
}


@click.command("du")
@click.option(
    "--backend-store-uri",
    default=DEFAULT_URI,
    envvar=["MILEPOST_BACKEND_STORE_URI", "MLFLOW_BACKEND_STORE_URI"],
    show_default=True,
    metavar="URI",
    help="The database to measure.",
)
@click.option("--tracking-uri", metavar="URL", help="Ask this server instead (http://host:port).")
@click.option(
    "--by",
    type=click.Choice(["experiment", "run", "key"]),
    help="What a line stands for. Default: experiments; of an experiment its runs, of a run its"
    " keys.",
)
@click.option("-e", "--experiment", metavar="ID", help="Only this experiment.")
@click.option("-r", "--run", "run_id", metavar="ID", help="Only this run.")
@click.option(
    "--limit",
    type=click.IntRange(1, LIMIT_MAX),
    default=LIMIT_DEFAULT,
    show_default=True,
    help="The largest so many.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON in bytes on stdout, for programs.")
def command(backend_store_uri: str, tracking_uri: str | None, as_json: bool, **chosen: Any) -> None:
    """Show where the bytes of a database went; changes nothing, may run beside a server.

    Counted are the values: metrics' points, params, tags, inputs, what makes searches quick. The
    rest of the database is row numbers, key names, indexes and free pages. Artifacts are not in it.

    \b
    Examples:
      milepost du
      milepost du --experiment 3 --by key
      milepost du --tracking-uri http://127.0.0.1:5000
    """
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Measuring ...") if console.is_terminal else nullcontext():
        if tracking_uri:
            found = asked(tracking_uri, chosen)
        else:
            found = measured(backend_store_uri, chosen)
    if as_json:
        from msgspec import to_builtins

        write_json(to_builtins(found))
    else:
        tell(found, is_whole=not chosen["experiment"] and not chosen["run_id"])


def measured(uri: str, chosen: dict[str, Any]) -> GetUsageResponse:
    """From the database itself. Raises click.ClickException."""
    try:
        from milepost.api.usage import measure
        from milepost.store import StoreUnusable, database_of
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"This install has no store ({error.name} is missing)."
            " Install it with: pip install 'milepost[server]'"
        ) from error
    try:
        return measure(database_of(uri), request_of(chosen))
    except StoreUnusable as error:
        raise click.ClickException(str(error)) from error
    except MilepostError as error:
        raise click.ClickException(error.message) from error


def asked(url: str, chosen: dict[str, Any]) -> GetUsageResponse:
    """From a server. Raises click.ClickException."""
    import msgspec

    from milepost.client.transport import HttpTransport
    from milepost.exceptions import MlflowException
    from milepost.wire.messages import GetUsageResponse

    wanted = msgspec.to_builtins(request_of(chosen))
    try:
        answer = HttpTransport(url).call("GET", "/api/milepost/1.0/usage/get", wanted)
        return msgspec.convert(answer, GetUsageResponse)
    except MlflowException as error:
        raise click.ClickException(error.message) from error
    except msgspec.ValidationError as error:
        raise click.ClickException(
            f"{url} does not tell what its database holds: is it a Milepost server of this"
            f" version? ({error})"
        ) from error


def request_of(chosen: dict[str, Any]) -> GetUsage:
    from milepost.wire.messages import GetUsage

    return GetUsage(chosen["experiment"], chosen["run_id"], chosen["by"], chosen["limit"])


def tell(found: GetUsageResponse, is_whole: bool) -> None:
    total = found.total
    assert total is not None
    rows = [row_of(item) for item in found.items]
    if rows:
        shown = [name for name, part in PARTS.items() if getattr(total, part)]
        labels = [name for name in ("experiment", "run", "kind", "key") if name in rows[0]]
        columns = [*labels, "bytes", "runs", "points", *shown]
        show(rows, False, [name for name in columns if any(row.get(name) for row in rows)])
        click.echo()
    else:
        click.echo("Nothing is stored here yet.")
    count = found.item_count or 0
    if count > len(rows):
        click.echo(f"These are the {len(rows):,} largest of {count:,}; --limit shows more.")
    click.echo(f"{'total':9} {size_of(total.total_bytes):>12}")
    size = found.database_bytes or 0
    if is_whole:
        rest = max(0, size - (total.total_bytes or 0))
        click.echo(f"{'rest':9} {size_of(rest):>12}   not counted above: see --help")
    click.echo(f"{'database':9} {size_of(size):>12}")


def row_of(item: UsageItem) -> dict[str, Any]:
    """A line of the table; numbers that are nothing are left blank."""
    row: dict[str, Any] = {}
    if item.kind:
        row = {"kind": item.kind, "key": item.key}
    elif item.run_id:
        row = {"experiment": item.experiment_id, "run": f"{item.run_id} {item.run_name}"}
    else:
        row = {"experiment": f"{item.experiment_id} {item.experiment_name}"}
        row["runs"] = f"{item.run_count:,}"
    if item.kind:
        row["runs"] = f"{item.run_count:,}"
    row["bytes"] = size_of(item.total_bytes)
    row["points"] = f"{item.point_count:,}" if item.point_count else ""
    for name, part in PARTS.items():
        row[name] = size_of(value) if (value := getattr(item, part)) else ""
    return row


def size_of(count: int | None) -> str:
    """`12.3 MiB`; bytes are told to the byte."""
    size = float(count or 0)
    for unit in UNITS:
        if size < 1024 or unit == UNITS[-1]:
            break
        size /= 1024
    return f"{int(size)} {unit}" if unit == UNITS[0] else f"{size:.1f} {unit}"
