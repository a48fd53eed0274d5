"""The mechanism all entities share: a declared table of fields.

A class names its fields once, in the order in which it shows them, and spells out its own
constructor. From the table come the read-only attributes, iteration, `repr`, equality, hashing,
`to_dictionary`, `from_dictionary`, `to_proto` and `from_proto`; a class overrides one of them only
where the protocol does.

No entity is known here, and nothing here reads a file, a socket or a clock. protobuf is loaded by
the first `to_proto`, never by an import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Never, Self, TypeVar, overload

T = TypeVar("T")

# A plain value no longer than this is one line of pprint's, which has 80 columns.
_ONE_LINE = 70


class _Always:
    """Stands for "no default": the field belongs to the seed and is always shown."""


class Field(Generic[T]):
    """One row of the table: a read-only attribute.

    `added_default` marks a field that came after mlflow 0.8: it is shown and written only while it
    differs from that default. `unset_if_falsy` leaves the field off the wire when it is None, 0 or
    empty. `nested` says that it holds an entity or a list of them. The metaclass turns each row
    into a plain `property`.
    """

    def __init__(
        self,
        doc: str,
        *,
        added_default: Any = _Always,
        unset_if_falsy: bool = False,
        nested: bool = False,
    ) -> None:
        self.doc = doc
        self.added_default = added_default
        self.unset_if_falsy = unset_if_falsy
        self.nested = nested

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: type) -> T: ...
        def __get__(self, instance: object, owner: type) -> Any: ...
        def __set__(self, instance: object, value: Never) -> None: ...


class EntityType(type):
    """Turns the fields of a class body into slots, properties and the tables of `Entity`."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> EntityType:
        fields = {key: field for key, field in body.items() if isinstance(field, Field)}
        if fields:
            # Slots carry an underscore and the public name is a property: a constructor fills
            # slots at full speed, and everyone else finds no setter.
            slots = tuple(f"_{key}" for key in fields)
            body["__slots__"] = slots
            body["_values"] = attrgetter(*slots)
            body["_fields"] = {key: field.added_default for key, field in fields.items()}
            body["_unset_if_falsy"] = frozenset(k for k, f in fields.items() if f.unset_if_falsy)
            body["_nested"] = frozenset(key for key, field in fields.items() if field.nested)
            for key, field in fields.items():
                body[key] = property(attrgetter(f"_{key}"), doc=field.doc)
        return super().__new__(mcs, name, bases, body)


class Entity(metaclass=EntityType):
    """An immutable value of the protocol.

    Iterating gives (name, value) pairs, so `dict(entity)` works: the fields of mlflow 0.8 in its
    order, then each later field that differs from its default. Equal means same type and equal
    fields; an entity hashes where its fields do.
    """

    __slots__ = ()
    # Filled in by the metaclass: each field's default (or `_Always`), and all values at once.
    _fields: ClassVar[dict[str, Any]] = {}
    _unset_if_falsy: ClassVar[frozenset[str]] = frozenset()
    _nested: ClassVar[frozenset[str]] = frozenset()
    _values: ClassVar[attrgetter[Any]]
    # Declared by classes: later names of their fields, and their protobuf message.
    _aliases: ClassVar[dict[str, str]] = {}
    _message: ClassVar[str]

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for name, default in self._fields.items():
            value = getattr(self, name)
            if default is _Always or value != default:
                yield name, value

    def __repr__(self) -> str:
        return _printed(self)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        values = type(self)._values
        return bool(values(self) == values(other))

    def __hash__(self) -> int:
        return hash((type(self), type(self)._values(self)))

    def __reduce_ex__(self, protocol: Any) -> Any:
        # Protocols 0 and 1 know no slots.
        return super().__reduce_ex__(max(protocol, 2))

    def to_dictionary(self) -> dict[str, Any]:
        """The fields as iteration gives them, by name."""
        return dict(self)

    @classmethod
    def from_dictionary(cls, the_dict: Mapping[str, Any]) -> Self:
        """The entity with these fields; keys that are no field are dropped.

        A later name of a field (`run_id`) counts only where its first name (`run_uuid`) is absent.
        Raises TypeError when a required field is missing.
        """
        known = {key: value for key, value in the_dict.items() if key in cls._fields}
        for alias, name in cls._aliases.items():
            if alias in the_dict and name not in known:
                known[alias] = the_dict[alias]
        return cls(**known)

    def to_proto(self) -> Any:
        """The protobuf message of the 0.8 schema (contract/messages-0.8.json).

        Raises TypeError, ValueError or OverflowError for values that the message cannot hold.
        """
        # Loaded here so that importing the entities does not import protobuf.
        from milepost.wire.protobuf import message_class

        proto = message_class(self._message)()
        for name, value in self:
            if value or name not in self._unset_if_falsy:
                self._write(proto, name, value)
        return proto

    @classmethod
    def from_proto(cls, proto: Any) -> Self:
        """The entity that `proto`, a message of the 0.8 schema, describes.

        An unset field of the seed reads as protobuf's default ("", 0, the enum's first value), an
        unset later field as the constructor's.
        """
        return cls(**cls._read(proto))

    @classmethod
    def _read(cls, proto: Any) -> dict[str, Any]:
        """The constructor's arguments; a class with nested messages replaces those."""
        present = {descriptor.name for descriptor, _ in proto.ListFields()}
        return {
            name: getattr(proto, name)
            for name, default in cls._fields.items()
            if default is _Always or name in present
        }

    def _write(self, proto: Any, name: str, value: Any) -> None:
        """Set one field of `proto`: a message, a list of messages or a plain value."""
        if name not in self._nested:
            # 0.8 wrote a bool as its number; newer protobuf libraries refuse to.
            setattr(proto, name, int(value) if isinstance(value, bool) else value)
        elif isinstance(value, list):
            getattr(proto, name).extend([item.to_proto() for item in value])
        else:
            getattr(proto, name).CopyFrom(value.to_proto())


def _printed(value: object) -> str:
    """`value` as 0.8 printed it: entities by field, lists cut after two items, all else by pprint.

    The cut is the protocol's; who wants all items prints the list itself.
    """
    if isinstance(value, Entity):
        fields = ", ".join(f"{name}={_printed(item)}" for name, item in value)
        return f"<{type(value).__name__}: {fields}>"
    if isinstance(value, list):
        shown = [_printed(item) for item in value[:2]]
        return f"[{', '.join([*shown, '...'] if len(value) > 2 else shown)}]"
    text = repr(value)
    if isinstance(value, str | float | int | None) and len(text) <= _ONE_LINE:
        return text
    # Costs milliseconds to import, and only long or nested values need it.
    from pprint import pformat

    return pformat(value)
