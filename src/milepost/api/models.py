"""Logged models: none can be made here yet, so every search finds none."""

from __future__ import annotations

from milepost.api.context import Context, Response


async def search_logged_models(context: Context, request: None) -> Response:  # noqa: ARG001
    """Today's client asks this before it lists a run's artifacts, and stops at an error."""
    return None
