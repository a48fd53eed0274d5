"""The list that can also be read by key: `run.data.metrics`, `params` and `tags`.

mlflow 0.8 gave lists of entities there, 1.0 and later give dictionaries of bare values; `KeyedList`
is read either way. It knows nothing of entities but that they have a `key` and a `value`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, ItemsView, Iterable, KeysView, Mapping, ValuesView
from typing import Any, SupportsIndex, TypeVar, overload

Item = TypeVar("Item")


class KeyedList(list[Item]):
    """A list of entities whose bare values can be read by key.

    Iteration, `len`, indexing by number and slicing are the list's. `in` takes an entity or a key;
    `[key]`, `get`, `keys`, `values`, `items`, `dict(...)` and `**` read bare values by key, of
    which the last entity wins; `==` compares as a dictionary with a mapping and as a list with a
    list. Iterating gives entities, never keys: that is what it cannot be for both eras.
    """

    __slots__ = ("_by_key",)

    def __init__(self, items: Iterable[Item] = ()) -> None:
        super().__init__(items)
        self._by_key: dict[str, Any] | None = None

    def _mapping(self) -> dict[str, Any]:
        """The bare values by key; built at the first question after a change."""
        if self._by_key is None:
            self._by_key = dict(pair for item in self if (pair := _pair_of(item)))
        return self._by_key

    def keys(self) -> KeysView[str]:
        """The keys, in the order in which they first appear."""
        return self._mapping().keys()

    def values(self) -> ValuesView[Any]:
        """The bare values, in the order of `keys`."""
        return self._mapping().values()

    def items(self) -> ItemsView[str, Any]:
        """(key, bare value) pairs, in the order of `keys`."""
        return self._mapping().items()

    def get(self, key: str, default: Any = None) -> Any:
        """The bare value under `key`, or `default`."""
        return self._mapping().get(key, default)

    def copy(self) -> KeyedList[Item]:
        """A new KeyedList of the same entities."""
        return type(self)(self)

    @overload
    def __getitem__(self, index: SupportsIndex) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    @overload
    def __getitem__(self, index: str) -> Any: ...
    def __getitem__(self, index: SupportsIndex | slice | str) -> Any:
        if isinstance(index, str):
            return self._mapping()[index]
        return super().__getitem__(index)

    def __contains__(self, item: object) -> bool:
        if isinstance(item, str) and item in self._mapping():
            return True
        return super().__contains__(item)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Mapping):
            return self._mapping() == other
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        if isinstance(other, Mapping):
            return self._mapping() != other
        return super().__ne__(other)

    def __reduce_ex__(self, protocol: Any) -> tuple[type[KeyedList[Item]], tuple[list[Item]]]:
        # The mapping is not part of the value.
        return type(self), (list(self),)


def _pair_of(item: Any) -> tuple[str, Any] | None:
    """The key and bare value of an entity, or of the plain dict that 0.8 lets stand for one."""
    if isinstance(item, dict):
        return (item["key"], item.get("value")) if "key" in item else None
    key = getattr(item, "key", None)
    return None if key is None else (key, item.value)


def _forgetting(change: Callable[..., Any]) -> Callable[..., Any]:
    """The list's method `change`, which also drops the mapping that it makes stale."""

    @functools.wraps(change)
    def changed(self: KeyedList[Any], *arguments: Any, **options: Any) -> Any:
        self._by_key = None
        return change(self, *arguments, **options)

    return changed


_CHANGES = (
    *("__delitem__", "__iadd__", "__imul__", "__setitem__", "append", "clear", "extend"),
    *("insert", "pop", "remove", "reverse", "sort"),
)
for _name in _CHANGES:
    setattr(KeyedList, _name, _forgetting(getattr(list, _name)))
