"""Strategies that several properties share: points of a series with every odd value."""

from __future__ import annotations

from hypothesis import strategies as st

INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1

ODD_VALUES = [
    float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1.0, -1.0, 0.5, 5e-324, -5e-324,
    1.7976931348623157e308, -1.7976931348623157e308, 2.0**53 + 2,
]  # fmt: skip

values = st.one_of(
    st.sampled_from(ODD_VALUES),
    st.integers(-5, 5).map(float),
    st.floats(allow_nan=False),
)
steps = st.one_of(
    st.integers(0, 8),
    st.sampled_from([INT64_MIN, INT64_MIN + 1, -1, INT64_MAX - 1, INT64_MAX]),
    st.integers(INT64_MIN, INT64_MAX),
)
timestamps = st.one_of(
    st.integers(0, 8),
    st.sampled_from([INT64_MAX - 1, INT64_MAX]),
    st.integers(0, INT64_MAX),
)
points = st.tuples(steps, timestamps, values)


@st.composite
def rising(draw: st.DrawFn) -> list[tuple[int, int, float]]:
    """What a training loop logs: steps and times that only grow."""
    step, timestamp = draw(st.integers(-20, 100)), draw(st.integers(0, 100))
    out = []
    for value in draw(st.lists(values, min_size=1, max_size=12)):
        out.append((step, timestamp, value))
        step += draw(st.integers(0, 3))
        timestamp += draw(st.integers(0, 3))
    return out


batches = st.one_of(st.lists(points, min_size=1, max_size=12), rising())
