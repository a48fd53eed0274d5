"""What training code hands in, to what the wire takes: numbers, texts, times."""

from __future__ import annotations

import math
import time
from typing import Any

from milepost.exceptions import MlflowException


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def number_of(value: Any, key: str) -> float:
    """A float from anything that is one number: int, numpy and torch scalars, 0-d arrays.

    Raises `MlflowException`, naming the key.
    """
    if type(value) is float or type(value) is int:
        return float(value)
    try:
        item = getattr(value, "item", None)
        return float(item() if item is not None else value)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise MlflowException(
            f"The value of metric '{key}' is no number: {value!r:.200} ({type(value).__name__}).",
            "INVALID_PARAMETER_VALUE",
        ) from error


def wire_number(value: float) -> float | str:
    """A double as JSON has it: NaN and the infinities are words."""
    if math.isfinite(value):
        return value
    return "NaN" if value != value else ("Infinity" if value > 0 else "-Infinity")


def pairs(items: dict[str, Any]) -> list[dict[str, str]]:
    return [{"key": str(key), "value": str(value)} for key, value in items.items()]
