"""`milepost du`: where the bytes of a database went, by experiment, run or key."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milepost.cli.extras import store_of
from milepost.cli.server import listed as roots_of
from milepost.cli.tables import show, write_json
from milepost.errors import MilepostError

if TYPE_CHECKING:
    from rich.console import Console

    from milepost.api.usage import Listed
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
@click.option(
    "--artifacts", is_flag=True, help="List the artifacts of the runs shown too; may take long."
)
@click.option(
    "--artifacts-destination",
    default="./artifacts",
    envvar=["MILEPOST_ARTIFACTS_DESTINATION", "MLFLOW_ARTIFACTS_DESTINATION"],
    show_default=True,
    metavar="URI",
    help="Where the server keeps the artifacts that it proxies.",
)
@click.option(
    "--artifact-roots",
    envvar=["MILEPOST_ARTIFACT_ROOTS"],
    metavar="URIS",
    help="Further folders and buckets of artifacts, comma-separated.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON in bytes on stdout, for programs.")
def command(
    backend_store_uri: str,
    tracking_uri: str | None,
    artifacts: bool,
    artifacts_destination: str,
    artifact_roots: str | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Show where the bytes of a database went; changes nothing, may run beside a server.

    Counted are the values: metrics' points, params, tags, inputs, what makes searches quick. The
    rest of the database is row numbers, key names, indexes and free pages. Artifacts are not in it;
    --artifacts lists them.

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
    listed: list[Listed] = []
    if artifacts:
        if tracking_uri or any(item.kind for item in found.items):
            raise click.UsageError(
                "--artifacts lists folders of experiments or runs, by --backend-store-uri."
            )
        where = artifacts_destination, artifact_roots
        listed = asyncio.run(listed_of(backend_store_uri, where, found.items, console))
    if as_json:
        write_json(plain(found, listed))
    else:
        tell(found, listed, is_whole=not chosen["experiment"] and not chosen["run_id"])


async def listed_of(
    uri: str, where: tuple[str, str | None], items: list[UsageItem], console: Console
) -> list[Listed]:
    """What each line's runs keep as artifacts, with a bar that counts runs."""
    from rich.progress import Progress

    from milepost.api.usage import Listed, list_artifacts_of
    from milepost.artifacts.places import Places, PlaceUnusable
    from milepost.store import database_of

    try:
        places = Places(where[0], roots_of(where[1]), Path.cwd())
    except PlaceUnusable as error:
        raise click.ClickException(str(error)) from error
    database = database_of(uri)
    listed = []
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Listing artifacts", total=sum(item.run_count or 0 for item in items))
        for item in items:
            sums = Listed(0, 0, 0, 0)
            async for some in list_artifacts_of(database, places, item):
                sums = Listed(*map(sum, zip(sums, some, strict=True)))
                bar.advance(task, some.runs)
            listed.append(sums)
    await places.close()
    return listed


def plain(found: GetUsageResponse, listed: list[Listed]) -> Any:
    """The answer as JSON values, each item with what was listed of it."""
    from msgspec import to_builtins

    answer = to_builtins(found)
    for item, one in zip(answer.get("items", []), listed, strict=False):
        item["artifact_bytes"], item["artifact_count"] = one.size, one.files
        item["unreachable_run_count"] = one.unreachable
    return answer


def measured(uri: str, chosen: dict[str, Any]) -> GetUsageResponse:
    """From the database itself. Raises click.ClickException."""
    with store_of():
        from milepost.api.usage import measure
        from milepost.store import StoreUnusable, database_of
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
        if error.error_code == "ENDPOINT_NOT_FOUND":
            raise click.ClickException(unknown(url)) from error
        raise click.ClickException(error.message) from error
    except msgspec.ValidationError as error:
        raise click.ClickException(unknown(url)) from error


def unknown(url: str) -> str:
    return (
        f"{url} does not tell where its bytes went: it is no Milepost server, or an older one."
        " Measure its database with --backend-store-uri."
    )


def request_of(chosen: dict[str, Any]) -> GetUsage:
    from milepost.wire.messages import GetUsage

    return GetUsage(chosen["experiment"], chosen["run_id"], chosen["by"], chosen["limit"])


def tell(found: GetUsageResponse, listed: list[Listed], is_whole: bool) -> None:
    total = found.total
    assert total is not None
    rows = [row_of(item) for item in found.items]
    for row, one in zip(rows, listed, strict=False):
        row["artifacts"], row["files"] = size_of(one.size), f"{one.files:,}"
    if rows:
        shown = [name for name, part in PARTS.items() if getattr(total, part)]
        labels = [name for name in ("experiment", "run", "kind", "key") if name in rows[0]]
        columns = [*labels, "bytes", "archived", "artifacts", "files", "runs", "points", *shown]
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
    if total.archived_bytes:
        archived = size_of(total.archived_bytes)
        click.echo(f"{'archived':9} {archived:>12}   in the artifact store")
    if listed:
        size = sum(one.size for one in listed)
        click.echo(f"{'artifacts':9} {size_of(size):>12}   of the lines above")
    if unreachable := sum(one.unreachable for one in listed):
        click.echo(
            f"The artifacts of {unreachable:,} runs could not be listed. Name the folder or bucket"
            " above them with --artifacts-destination or --artifact-roots.",
            err=True,
        )


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
    row["archived"] = size_of(item.archived_bytes) if item.archived_bytes else ""
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
