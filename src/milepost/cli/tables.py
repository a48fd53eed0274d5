"""What commands that ask a tracking server share: its address, errors as one line, tables, JSON.

They use the client, so any MLflow server will do.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from milepost.client.client import MlflowClient
from milepost.client.values import wire_number
from milepost.exceptions import MlflowException

Command = TypeVar("Command", bound=Callable[..., Any])

PAGE = 1000
VIEW_CHOICES = {"active": 1, "deleted": 2, "all": 3}


def asks_server(command: Command) -> Command:
    """Gives a command its `client` and `as_json`, and turns refusals into one line."""

    @click.option("--tracking-uri", metavar="URI", help="The server; else as MLFLOW_TRACKING_URI.")
    @click.option("--json", "as_json", is_flag=True, help="JSON on stdout, for programs.")
    @functools.wraps(command)
    def wrapped(*args: Any, tracking_uri: str | None, **options: Any) -> Any:
        try:
            return command(*args, client=MlflowClient(tracking_uri), **options)
        except MlflowException as error:
            raise click.ClickException(error.message) from error

    return wrapped  # type: ignore[return-value]


view_option = click.option(
    "--view", type=click.Choice(list(VIEW_CHOICES)), default="active", show_default=True,
    help="Which lifecycle stage.",
)  # fmt: skip


def show(rows: Sequence[dict[str, Any]], as_json: bool, columns: Sequence[str]) -> None:
    """A table of these columns, or all as JSON."""
    if as_json:
        write_json(list(rows))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # A pipe has no width: nothing is cut there.
    console = Console(width=None if sys.stdout.isatty() else 10_000)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold", no_wrap=column.endswith("id"))
    for row in rows:
        table.add_row(*(Text(words_of(row.get(column))) for column in columns))
    console.print(table)


def show_one(row: dict[str, Any], as_json: bool) -> None:
    """One thing, a line a field; maps are told entry by entry."""
    if as_json:
        write_json(row)
        return
    for name, value in row.items():
        if isinstance(value, dict):
            click.echo(f"{name}:")
            for key, entry in value.items():
                click.echo(f"  {key:30} {words_of(entry)}")
        else:
            click.echo(f"{name.replace('_', ' '):20} {words_of(value)}")


def done(what: str, id: str, as_json: bool, **more: Any) -> None:
    if as_json:
        write_json({"id": id, **more})
    else:
        click.echo(f"{what} {id}")


def write_json(value: Any) -> None:
    click.echo(json.dumps(jsonable(value), indent=2, ensure_ascii=False))


def jsonable(value: Any) -> Any:
    """NaN and the infinities as words, as on the wire."""
    if isinstance(value, float):
        return wire_number(value)
    if isinstance(value, dict):
        return {key: jsonable(one) for key, one in value.items()}
    return [jsonable(one) for one in value] if isinstance(value, list) else value


def words_of(value: Any) -> str:
    """A value as a line of a table: control characters are made visible."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in str(value))


def time_of(ms: int | None) -> str | None:
    """Milliseconds as ISO text in UTC."""
    if not ms:
        return None
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(sep=" ", timespec="seconds")


def flat_of(row: dict[str, Any]) -> dict[str, Any]:
    """Maps as columns, named as `search_runs` names them: `params.lr`, `metrics.loss`."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update({f"{name}.{key}": value[key] for key in sorted(value)})
        else:
            flat[name] = value
    return flat


def csv_of(rows: Sequence[dict[str, Any]]) -> str:
    """All rows' columns, in the order in which they first come."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def paged(ask: Callable[[int, str | None], Any], limit: int) -> list[Any]:
    """Items of all pages, up to `limit`; says how far it is, and when there would be more."""
    from rich.console import Console

    console = Console(stderr=True)
    found: list[Any] = []
    token: str | None = None
    with console.status("Asking the server ...") if console.is_terminal else nullcontext() as told:
        while len(found) < limit:
            page = ask(min(PAGE, limit - len(found)), token)
            found += page
            token = page.token
            if not token or not page:
                return found
            if told is not None:
                told.update(f"{len(found):,} read ...")
    click.echo(f"These are the first {limit:,}; there are more: raise --limit.", err=True)
    return found
