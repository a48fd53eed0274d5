"""Small values that reads take and give: ranges of lifecycle stages, and pages by keyset."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

Item = TypeVar("Item")


class Range(NamedTuple):
    """The `is_active` values that a view shows: (1, 1), (0, 0), or (0, 1) for all."""

    low: int
    high: int


class Page(NamedTuple, Generic[Item]):
    """One page, and the key of its last item when more follow."""

    items: list[Item]
    next: tuple[Any, ...] | None
