"""When running runs were last heard of (docs/api.md). Milepost servers know it, others don't."""

from __future__ import annotations

from collections.abc import Sequence

from milepost.client.transport import Transport

GET_HEARTBEATS = "/api/milepost/1.0/runs/get-heartbeats"
ASKED_AT_ONCE = 100
# Clients beat every 30 s.
STALE_MS = 75_000


def stale_since(transport: Transport, run_ids: Sequence[str], now: int) -> dict[str, int]:
    """Of these RUNNING runs those that have fallen silent: run id to its last sign, in ms."""
    if not run_ids or not transport.is_milepost():
        return {}
    silent: dict[str, int] = {}
    for start in range(0, len(run_ids), ASKED_AT_ONCE):
        asked = {"run_ids": list(run_ids[start : start + ASKED_AT_ONCE])}
        answer = transport.call("GET", GET_HEARTBEATS, asked)
        for one in answer.get("heartbeats", ()):
            time = int(one["heartbeat_time"])
            if now - time > STALE_MS:
                silent[one["run_id"]] = time
    return silent
