"""When runs were last heard of. A running run whose client has died falls silent."""

from __future__ import annotations

from collections.abc import Sequence

from milepost.store.database import Connection
from milepost.store.sql import json_list, load
from milepost.store.transaction import Transaction
from milepost.wire.messages import Heartbeat

BATCHES = load("batches")


def note_heartbeats(transaction: Transaction, run_ids: Sequence[str], now: int) -> None:
    """Runs that are deleted or unknown are left out. A run's time never goes back."""
    transaction.execute(BATCHES.HEARTBEATS_UPSERT, (now, json_list(run_ids)))


def get_heartbeats(connection: Connection, run_ids: Sequence[str]) -> list[Heartbeat]:
    """Of those of the runs that have ever been heard of."""
    rows = connection.execute(BATCHES.HEARTBEATS_SELECT, (json_list(run_ids),)).fetchall()
    return [Heartbeat(*row) for row in rows]
