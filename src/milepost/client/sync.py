"""`milepost sync`: sends the spools of processes that are gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from milepost.client.delivery import Delivery
from milepost.client.sender import SPOOL_MAX_MB
from milepost.client.settings import number
from milepost.client.spool import left_behind, uri_of
from milepost.client.transport import Transport
from milepost.exceptions import MlflowException


class Synced(NamedTuple):
    """How many records went and wait, what the server refused, and why the rest waits."""

    sent: int
    left: int
    refused: list[str]
    reason: str


def bytes_max() -> int:
    return int(number("SPOOL_MAX_MB", SPOOL_MAX_MB) * 2**20)


def waiting(folder: Path) -> int:
    """How many records wait in the spools of processes that are gone."""
    count = 0
    for spool in left_behind(folder, bytes_max()):
        count += sum(1 for _ in spool.unsent())
        spool.close()
    return count


def sync(
    folder: Path, transport_of: Callable[[str], Transport], sent_one: Callable[[], None]
) -> Synced:
    """Send every spool in `folder`, oldest first. What cannot be sent stays."""
    sent, left, reason = 0, 0, ""
    refused: list[str] = []

    def count() -> None:
        nonlocal sent
        sent += 1
        sent_one()

    def refuse(run_id: str, message: str, number: int) -> None:
        refused.append(f"run {run_id}: {number} not taken: {message}")

    for spool in left_behind(folder, bytes_max()):
        try:
            uri = uri_of(spool)
            Delivery(transport_of(uri), refuse).send_all(spool, count)
        except MlflowException as error:
            left += sum(1 for _ in spool.unsent())
            reason = error.message
        finally:
            spool.close()
    return Synced(sent, left, refused, reason)
