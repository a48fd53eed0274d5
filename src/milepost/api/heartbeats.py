"""Signs of life of runs; our own routes (docs/api.md)."""

from __future__ import annotations

from collections.abc import Sequence

from milepost.api.context import Context, Response
from milepost.errors import InvalidParameterValue
from milepost.wire import messages as wire

RUNS_MAX = 1_000


async def note_heartbeats(context: Context, request: wire.NoteHeartbeats) -> Response:
    await context.store.note_heartbeats(checked(request.run_ids), context.now())
    return None


async def get_heartbeats(context: Context, request: wire.GetHeartbeats) -> Response:
    return wire.GetHeartbeatsResponse(await context.store.get_heartbeats(checked(request.run_ids)))


def checked(run_ids: Sequence[str]) -> Sequence[str]:
    if len(run_ids) > RUNS_MAX:
        raise InvalidParameterValue(
            f"'run_ids' names {len(run_ids):,} runs; at most {RUNS_MAX:,} are taken at once."
        )
    return run_ids
