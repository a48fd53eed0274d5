"""The protobuf classes of the mlflow 0.8 wire, built from `schema_0_8` at first use.

They live in a descriptor pool of their own, under a package of their own: the official package may
register its `mlflow.*` messages in the same process, before or after, and neither sees the other.
The wire bytes carry no package name, so they are the official ones.

This is the only room that imports google.protobuf. Only `to_proto` and `from_proto` of the
entities, and readers of such bytes, load it; requests and answers over HTTP are JSON and live in
`wire.messages`.
"""

from __future__ import annotations

from functools import cache

from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from milepost.wire.schema_0_8 import ENUMS, MESSAGES

PACKAGE = "milepost.v0_8"
LABELS = {
    "optional": FieldDescriptorProto.LABEL_OPTIONAL,
    "repeated": FieldDescriptorProto.LABEL_REPEATED,
}
SCALARS = {
    "bool": FieldDescriptorProto.TYPE_BOOL,
    "double": FieldDescriptorProto.TYPE_DOUBLE,
    "int64": FieldDescriptorProto.TYPE_INT64,
    "string": FieldDescriptorProto.TYPE_STRING,
}


@cache
def message_class(name: str) -> type[Message]:
    """The class of the message `name`, spelled without a package: `message_class("RunInfo")`.

    Its fields are those of contract/messages-0.8.json plus the later ones that found a free number.
    Raises KeyError for a name that the schema lacks.
    """
    return GetMessageClass(_pool().FindMessageTypeByName(f"{PACKAGE}.{name}"))


@cache
def _pool() -> DescriptorPool:
    file = FileDescriptorProto(name=f"{PACKAGE}.proto", package=PACKAGE, syntax="proto2")
    for name, values in ENUMS.items():
        enum = file.enum_type.add(name=name)
        for label, number in values.items():
            enum.value.add(name=label, number=number)
    for name, lines in MESSAGES.items():
        message = file.message_type.add(name=name)
        for line in lines:
            _describe(message.field.add(), line)
    pool = DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def _describe(field: FieldDescriptorProto, line: str) -> None:
    """Fill `field` from a line of the table, such as `optional int64 step = 4`."""
    label, kind, field.name, _, number = line.split()
    field.label = LABELS[label]
    field.number = int(number)
    if kind in SCALARS:
        field.type = SCALARS[kind]
        return
    is_enum = kind in ENUMS
    field.type = FieldDescriptorProto.TYPE_ENUM if is_enum else FieldDescriptorProto.TYPE_MESSAGE
    field.type_name = f".{PACKAGE}.{kind}"
