"""Live changes as server-sent events; our own route (docs/api.md)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import msgspec

from milepost.api.context import Context, EventStream, Response
from milepost.errors import InvalidParameterValue
from milepost.store.changes import Listener
from milepost.wire import messages as wire

# Changes of so long become one event: lines grow smoothly, and a burst costs one redraw.
GATHER_S = 0.2
# A comment this often tells both sides that the other is still there.
PING_S = 15.0
WATCHED_MAX = 1_000


async def watch_changes(context: Context, request: wire.WatchChanges) -> Response:
    """Which runs changed and which metrics got points, as it happens.

    An event's data is `{"runs": [{"run_id", "experiment_id", "metric_keys"}]}`, or
    `{"anything": true}` when more changed than is worth naming.
    """
    if len(request.experiment_ids) > WATCHED_MAX or len(request.run_ids) > WATCHED_MAX:
        raise InvalidParameterValue(f"At most {WATCHED_MAX:,} experiments or runs can be watched.")
    listener = context.store.changes.listen()
    return EventStream(events(context, listener, request))


async def events(
    context: Context, listener: Listener, request: wire.WatchChanges
) -> AsyncGenerator[bytes, None]:
    experiments, runs = set(request.experiment_ids), set(request.run_ids)
    try:
        yield b"retry: 2000\n\n"
        while not listener.is_closed:
            if not await listener.wait(PING_S):
                yield b": still here\n\n"
                continue
            await asyncio.sleep(GATHER_S)
            heard = listener.take()
            if heard.is_anything:
                yield b'data: {"anything":true}\n\n'
                continue
            changed = [
                change._asdict()
                for change in await context.store.name_changes(heard)
                if (not experiments or change.experiment_id in experiments)
                and (not runs or change.run_id in runs)
            ]
            if changed:
                yield b"data: " + msgspec.json.encode({"runs": changed}) + b"\n\n"
    finally:
        context.store.changes.leave(listener)
