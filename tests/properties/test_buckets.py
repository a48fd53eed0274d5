"""Buckets against their definition: every extreme is kept, every point is a real one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from milepost.store import buckets
from milepost.store.buckets import Window
from milepost.store.series import Columns

values = st.floats(allow_nan=True, allow_infinity=True, width=32)


def columns_of(numbers: list[float]) -> Columns:
    n = len(numbers)
    return Columns(np.arange(n), 1_000 + np.arange(n), np.array(numbers, float))


@given(st.lists(values, min_size=1, max_size=300), st.integers(1, 40))
def test_the_least_the_greatest_and_the_last_finite_point_are_kept(
    numbers: list[float], count: int
) -> None:
    window = Window("step", None, None, count)
    whole = columns_of(numbers)
    thinned = buckets.thin([buckets.of_points(whole, window)], window)
    kept = thinned.columns
    assert thinned.total == len(numbers)
    assert len(kept.steps) <= max(len(numbers) if not thinned.is_sampled else 0, 6 * count)
    for step, value in zip(kept.steps, kept.values, strict=True):
        assert np.array_equal(whole.values[step], value, equal_nan=True)
    finite = whole.values[np.isfinite(whole.values)]
    if len(finite):
        shown = kept.values[np.isfinite(kept.values)]
        assert shown.min() == finite.min()
        assert shown.max() == finite.max()
        assert shown[-1] == finite[-1]
    assert np.isnan(kept.values).any() == np.isnan(whole.values).any()


@given(st.integers(0, 2**32 - 1), st.integers(4_096, 9_000), st.sampled_from([128, 1_024]))
def test_a_summary_says_what_its_points_say(seed: int, n: int, size: int) -> None:
    numbers = np.random.default_rng(seed).normal(size=n)
    columns = Columns(np.arange(n), 1_000 + np.arange(n), numbers)
    data = buckets.summarize(columns, size)
    assert data is not None
    window = Window("step", None, None, 3)
    from_summary = buckets.thin([buckets.of_summaries(data, "step")], window)
    assert from_summary.total == n
    found = from_summary.columns
    assert found.values.min() == numbers.min()
    assert found.values.max() == numbers.max()
    assert found.values[-1] == numbers[-1]
    assert np.array_equal(numbers[found.steps], found.values)


def test_a_chunk_that_is_not_finite_or_runs_backwards_has_no_summary() -> None:
    n = 5_000
    plain = columns_of([1.0] * n)
    assert buckets.summarize(plain, 128) is not None
    odd = plain.values.copy()
    odd[7] = np.nan
    assert buckets.summarize(plain._replace(values=odd), 128) is None
    assert buckets.summarize(plain._replace(steps=plain.steps[::-1]), 128) is None
