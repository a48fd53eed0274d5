"""Histories that come in parts, brought into history order: the same as merging all at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.store import series
from milepost.store.series import Columns
from milepost.transfer.digest import RunDigest
from milepost.transfer.histories import HistoryOrder

POINTS = st.tuples(
    st.integers(-3, 3), st.integers(0, 30), st.sampled_from([0.0, -0.0, float("nan"), 1.0])
)


def columns_of(points: list[tuple[int, int, float]]) -> Columns:
    steps, timestamps, values = zip(*points, strict=True)
    return Columns(
        np.array(steps, np.int64), np.array(timestamps, np.int64), np.array(values, np.float64)
    )


def digest_of(pieces: list[Columns]) -> dict[str, list[object]]:
    digest = RunDigest()
    digest.see_history("key", iter(pieces))
    return digest.metrics


@settings(deadline=None)
@given(st.lists(st.lists(POINTS, min_size=1, max_size=8), min_size=1, max_size=6))
def test_pieces_are_the_merged_whole(parts: list[list[tuple[int, int, float]]]) -> None:
    history = HistoryOrder()
    for part in parts:
        history.add(columns_of(part))
    pieces = list(history.pieces())
    whole = series.merge([columns_of([point for part in parts for point in part])])
    for piece, expected in zip(zip(*pieces, strict=True), whole, strict=True):
        assert np.concatenate(piece).tobytes() == expected.tobytes()
    assert digest_of(pieces) == digest_of([whole])


@pytest.mark.parametrize("is_ordered", [True, False])
def test_no_more_is_held_than_overlaps(is_ordered: bool) -> None:
    history = HistoryOrder()
    begins = range(0, 1000, 10)
    for begin in begins if is_ordered else reversed(begins):
        history.add(columns_of([(step, step, 0.5) for step in range(begin, begin + 10)]))
    assert [len(piece.steps) for piece in history.pieces()] == [10] * 100
