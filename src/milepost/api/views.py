"""Saved views and short links of the page; our own routes (docs/api.md)."""

from __future__ import annotations

import hashlib
import secrets

from milepost.api import names
from milepost.api.context import Context, Response
from milepost.errors import InvalidParameterValue
from milepost.store.views import NewView
from milepost.wire import messages as wire

STATE_CHARS_MAX = 65_536
NAME_CHARS_MAX = 200
# Without letters that people take for digits.
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
ID_CHARS = 12


def short_id(data: bytes) -> str:
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in data[:ID_CHARS])


def check_state(state: str) -> None:
    names.check_text(state, "state")
    if len(state) > STATE_CHARS_MAX:
        raise InvalidParameterValue(
            f"'state' has {len(state):,} characters; at most {STATE_CHARS_MAX:,} are kept."
        )


def checked_name(name: str | None) -> str | None:
    if name is None:
        return None
    names.check_text(name, "name")
    name = name.strip()
    if not 1 <= len(name) <= NAME_CHARS_MAX:
        raise InvalidParameterValue(f"'name' must have 1 to {NAME_CHARS_MAX} characters.")
    return name


def experiment_of(experiment_id: str | None) -> int | None:
    return names.experiment_number(experiment_id) if experiment_id else None


async def create_view(context: Context, request: wire.CreateView) -> Response:
    """With a name a saved view; without one a link, whose id follows from what it holds."""
    assert request.state is not None
    check_state(request.state)
    name = checked_name(request.name)
    experiment = experiment_of(request.experiment_id)
    if name is None:
        content = f"{experiment}\n{request.state}".encode()
        view_id = short_id(hashlib.sha256(content).digest())
    else:
        view_id = short_id(secrets.token_bytes(ID_CHARS))
    new = NewView(view_id, experiment, name, request.state, context.now())
    return wire.CreateViewResponse(await context.store.create_view(new))


async def update_view(context: Context, request: wire.UpdateView) -> Response:
    assert request.view_id is not None
    if request.state is not None:
        check_state(request.state)
    view = await context.store.update_view(
        request.view_id, checked_name(request.name), request.state, context.now()
    )
    return wire.UpdateViewResponse(view)


async def delete_view(context: Context, request: wire.DeleteView) -> Response:
    assert request.view_id is not None
    await context.store.delete_view(request.view_id)
    return None


async def get_view(context: Context, request: wire.GetView) -> Response:
    assert request.view_id is not None
    return wire.GetViewResponse(await context.store.get_view(request.view_id))


async def list_views(context: Context, request: wire.ListViews) -> Response:
    experiment = experiment_of(request.experiment_id)
    return wire.ListViewsResponse(await context.store.list_views(experiment))
