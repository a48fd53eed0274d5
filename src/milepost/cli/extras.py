"""What commands say in an install without the extras that they need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def store_of(extras: str = "server") -> Iterator[None]:
    """Around the imports of a command that works on the store itself."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"This install has no store ({error.name} is missing)."
            f" Install it with: pip install 'milepost[{extras}]'"
        ) from error
