"""The protobuf classes of TensorBoard's event files, as far as `transfer` reads them.

They live in a pool of their own under a package of their own, so that TensorFlow or a writer of
such files may be in the same process. Fields that are not listed are skipped when reading.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass

PACKAGE = "milepost.events"

# A line a field: [repeated] kind name number. Kinds in capitals are messages of this table.
MESSAGES = {
    "Event": ("double wall_time 1", "int64 step 2", "string file_version 3", "bytes graph_def 4",
              "Summary summary 5", "bytes meta_graph_def 9"),
    "Summary": ("repeated Value value 1",),
    "Value": ("string tag 1", "float simple_value 2", "Media image 4", "bytes histo 5",
              "Media audio 6", "Tensor tensor 8", "Metadata metadata 9"),
    # Image and audio alike: the encoded bytes, and for audio their content type.
    "Media": ("bytes encoded 4", "string content_type 5"),
    "Metadata": ("PluginData plugin_data 1",),
    "PluginData": ("string plugin_name 1", "bytes content 2"),
    "Tensor": ("int32 dtype 1", "Shape tensor_shape 2", "bytes tensor_content 4",
               "repeated float float_val 5", "repeated double double_val 6",
               "repeated int32 int_val 7", "repeated bytes string_val 8",
               "repeated int64 int64_val 10", "repeated bool bool_val 11",
               "repeated int32 half_val 13", "repeated uint32 uint32_val 16",
               "repeated uint64 uint64_val 17"),
    "Shape": ("repeated Dimension dim 2",),
    "Dimension": ("int64 size 1",),
    "HParams": ("SessionStart session_start_info 3", "SessionEnd session_end_info 4"),
    "SessionStart": ("repeated HParam hparams 1",),
    "HParam": ("string key 1", "HParamValue value 2"),
    "HParamValue": ("double number_value 2", "string string_value 3", "bool bool_value 4"),
    "SessionEnd": ("int32 status 1",),
}  # fmt: skip


class Undecodable(Exception):
    """Bytes that are no message of that name."""


def decoded(name: str, data: bytes) -> Any:
    """The message `name` of these bytes; raises `Undecodable`."""
    try:
        return message_class(name).FromString(data)
    except DecodeError as error:
        raise Undecodable(f"no {name} message: {error}") from error


@cache
def message_class(name: str) -> type[Message]:
    return GetMessageClass(_pool().FindMessageTypeByName(f"{PACKAGE}.{name}"))


@cache
def _pool() -> DescriptorPool:
    file = FileDescriptorProto(name=f"{PACKAGE}.proto", package=PACKAGE, syntax="proto2")
    for name, lines in MESSAGES.items():
        message = file.message_type.add(name=name)
        for line in lines:
            *labels, kind, field_name, number = line.split()
            field = message.field.add(name=field_name, number=int(number))
            field.label = (
                FieldDescriptorProto.LABEL_REPEATED
                if labels
                else FieldDescriptorProto.LABEL_OPTIONAL
            )
            if kind in MESSAGES:
                field.type = FieldDescriptorProto.TYPE_MESSAGE
                field.type_name = f".{PACKAGE}.{kind}"
            else:
                field.type = FieldDescriptorProto.Type.Value(f"TYPE_{kind.upper()}")
    pool = DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return pool
