"""Numbers on the wire: doubles that JSON cannot write are the texts of protobuf's JSON rule."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite


def double_to_wire(value: float | None) -> float | str:
    """A double as JSON carries it; None (the store's NULL) is NaN."""
    if value is None or value != value:
        return "NaN"
    if value == inf:
        return "Infinity"
    if value == -inf:
        return "-Infinity"
    return value


def doubles_to_wire(values: Sequence[float]) -> Sequence[float | str]:
    """Many doubles; costs next to nothing when all are finite."""
    if all(map(isfinite, values)):
        return values
    return [double_to_wire(value) for value in values]
