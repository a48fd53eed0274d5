"""An active run as a notebook shows it: a small card, read anew each time it is shown.

All that comes from the run is escaped. Without its server the card shows what is known here.
"""

from __future__ import annotations

from html import escape
from typing import Any

from milepost.client import records
from milepost.client.sender import Sender
from milepost.entities import Run
from milepost.exceptions import MlflowException

ROWS_MAX = 12
TEXT_MAX = 120
FLUSH_WAITS_S = 2.0
STYLE = (
    "border:1px solid #8888;border-radius:6px;padding:8px 12px;display:inline-block;"
    "font-family:system-ui,sans-serif;font-size:13px"
)


def card_of(run: Run, sender: Sender) -> str:
    """The run as its server has it now, when it answers soon; else as it is known here."""
    sender.flush(FLUSH_WAITS_S)
    transport = sender.transport
    try:
        body = {"run_id": str(run.info.run_id)}
        run = records.run_of(transport.call("GET", "runs/get", body, tries=1)["run"])
    except MlflowException:
        return html_of(run, None)
    # A server inside this process has an address that ends with it.
    address = transport.uri if transport.uri.startswith(("http://", "https://")) else None
    return html_of(run, address)


def html_of(run: Run, address: str | None) -> str:
    """`address` is the server's, for a link to the run's page."""
    info, data = run.info, run.data
    name = short(info.run_name or info.run_id)
    if address:
        url = f"{address}/#/experiments/{info.experiment_id}/runs/{info.run_id}"
        head = f'<a href="{escape(url)}" target="_blank" rel="noopener"><b>{name}</b></a>'
    else:
        head = f"<b>{name}</b>"
    parts = [f"{head} &nbsp; {short(info.status)} &nbsp; <code>{short(info.run_id)}</code>"]
    for title, items in (("metrics", data and data.metrics), ("params", data and data.params)):
        found = dict(items or {})
        if found:
            parts.append(table_of(title, found))
    return f'<div style="{STYLE}">{"".join(parts)}</div>'


def table_of(title: str, items: dict[str, Any]) -> str:
    rows = [
        f"<tr><td>{short(key)}</td><td>{short(value)}</td></tr>"
        for key, value in sorted(items.items())[:ROWS_MAX]
    ]
    left = len(items) - len(rows)
    if left > 0:
        rows.append(f"<tr><td colspan=2>and {left} more</td></tr>")
    return f"<table><caption>{title}</caption>{''.join(rows)}</table>"


def short(value: Any) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return escape(text if len(text) <= TEXT_MAX else text[: TEXT_MAX - 1] + "…")
