"""The numbers and texts of a TensorBoard tensor, which may stand in several places of it."""

from __future__ import annotations

import struct
from typing import Any

# TensorFlow's number of a type -> (struct's letter, the field of values one by one).
FLOATS = {1: ("f", "float_val"), 2: ("d", "double_val")}
HALF, BFLOAT16 = 19, 14
INTEGERS = {
    3: ("i", "int_val"), 4: ("B", "int_val"), 5: ("h", "int_val"), 6: ("b", "int_val"),
    9: ("q", "int64_val"), 10: ("?", "bool_val"), 17: ("H", "int_val"), 22: ("I", "uint32_val"),
    23: ("Q", "uint64_val"),
}  # fmt: skip
NUMBERS = {**FLOATS, **INTEGERS, HALF: ("e", "half_val"), BFLOAT16: ("H", "half_val")}
STRING = 7


def numbers_of(tensor: Any) -> list[float]:
    """The numbers of a tensor of one number; [] for any other."""
    if tensor.dtype not in NUMBERS or any(one.size != 1 for one in tensor.tensor_shape.dim):
        return []
    letter, name = NUMBERS[tensor.dtype]
    if content := tensor.tensor_content:
        if len(content) != struct.calcsize(letter):
            return []
        (number,) = struct.unpack(f"<{letter}", content)
    else:
        numbers = getattr(tensor, name)
        if len(numbers) > 1:
            return []
        number = numbers[0] if numbers else 0  # a zero may be left out
        if tensor.dtype == HALF:
            (number,) = struct.unpack("<e", (number & 0xFFFF).to_bytes(2, "little"))
    if tensor.dtype == BFLOAT16:
        (number,) = struct.unpack("<f", ((int(number) & 0xFFFF) << 16).to_bytes(4, "little"))
    return [float(number)]


def strings_of(tensor: Any) -> list[bytes]:
    return list(tensor.string_val) if tensor.dtype == STRING else []
