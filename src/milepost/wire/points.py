"""Long lists of points as JSON, column by column.

A history page is tens of thousands of small objects; making a struct of each would be most of what
a read costs. The numbers of a column are encoded at once, cut apart, and joined with the parts of
the object that never change: four times as fast, and the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

import msgspec

from milepost.wire.numbers import doubles_to_wire

encode = msgspec.json.Encoder().encode


def encode_points(
    key: str,
    values: Sequence[float],
    timestamps: Sequence[int],
    steps: Sequence[int],
    run_id: str | None = None,
) -> bytes:
    """`{"key":..,"value":..,"timestamp":..,"step":..}` of each point, comma-separated.

    The fields of `mlflow.Metric`, or with `run_id` of `mlflow.MetricWithRunId`; b"" for no points.
    """
    if not values:
        return b""
    opening = b'{"key":' + encode(key) + b',"value":'
    closing = b"}" if run_id is None else b',"run_id":' + encode(run_id) + b"}"
    pieces = zip(
        chain((opening,), repeat(closing + b"," + opening)),
        cut(doubles_to_wire(values)),
        repeat(b',"timestamp":'),
        cut(timestamps),
        repeat(b',"step":'),
        cut(steps),
        strict=False,
    )
    return b"".join(chain.from_iterable(pieces)) + closing


def cut(column: Sequence[float | str] | Sequence[int]) -> list[bytes]:
    """Each number of a column as JSON; no number's text holds a comma."""
    return encode(column)[1:-1].split(b",")
