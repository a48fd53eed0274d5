"""Page tokens: what we give comes back, and anything else is refused in our own words."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milepost.api.pages import history_cursor, history_token, key_of, token_of
from milepost.errors import InvalidParameterValue
from milepost.store.series import HistoryCursor
from tests.properties.strategies import INT64_MAX, INT64_MIN

int64s = st.integers(INT64_MIN, INT64_MAX)
TYPES: dict[str, tuple[type, ...]] = {
    "runs": (int, str),
    "experiments": (int, int),
    "history": (int, int, int),
}


@given(timestamp=int64s, step=int64s, value=st.floats())
@example(timestamp=0, step=INT64_MIN, value=-0.0)
@example(timestamp=INT64_MAX, step=INT64_MAX, value=float("nan"))
def test_a_history_token_gives_the_same_place_back(timestamp: int, step: int, value: float) -> None:
    found = history_cursor(history_token(HistoryCursor(timestamp, step, value)))
    assert found is not None
    assert found[:2] == (timestamp, step)
    assert struct.pack("<d", found.value) == struct.pack("<d", value)


@given(start=int64s, run_id=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_run_token_gives_the_same_place_back(start: int, run_id: str) -> None:
    assert key_of(token_of("runs", (start, run_id)), "runs", (int, str)) == (start, run_id)


@given(created=int64s, number=int64s)
def test_an_experiment_token_gives_the_same_place_back(created: int, number: int) -> None:
    token = token_of("experiments", (created, number))
    assert key_of(token, "experiments", (int, int)) == (created, number)


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
tokens = st.one_of(
    st.text(max_size=60),
    st.binary(max_size=60).map(lambda data: base64.urlsafe_b64encode(data).decode()),
    json_values.map(encoded),
    st.builds(
        lambda kind, parts: encoded([kind, *parts]),
        st.sampled_from([*TYPES, "other"]),
        st.lists(st.one_of(st.integers(-(2**65), 2**65), st.booleans(), st.text(max_size=4))),
    ),
    st.sampled_from([400, 1_000, 3_000, 9_000]).map(
        lambda n: base64.urlsafe_b64encode(b"[" * n).decode()
    ),
    st.sampled_from([100, 3_000, 5_000]).map(
        lambda n: base64.urlsafe_b64encode(b'["history",' + b"9" * n + b",1,1]").decode()
    ),
)


@given(token=tokens, kind=st.sampled_from(sorted(TYPES)))
@example(token=encoded({"offset": 5}), kind="runs")
@example(token=encoded(["runs", True, "r"]), kind="runs")
def test_any_text_is_a_place_or_is_refused(token: str, kind: str) -> None:
    try:
        found = key_of(token, kind, TYPES[kind])
    except InvalidParameterValue as error:
        refusal = error.message
    else:
        refusal = ""
    if refusal:
        assert refusal.startswith("Invalid page token")
        refusal.encode()
        return
    if found is None:
        assert token == ""
        return
    assert tuple(type(part) for part in found) == TYPES[kind]
    assert all(INT64_MIN <= part <= INT64_MAX for part in found if isinstance(part, int))
    if kind == "history":
        history_cursor(token)


@pytest.mark.parametrize("kind", sorted(TYPES))
@pytest.mark.parametrize("other", sorted(TYPES))
def test_a_token_of_another_list_is_refused(kind: str, other: str) -> None:
    key = {"runs": (1, "r"), "experiments": (1, 2), "history": (1, 2, 3)}[other]
    if kind == other:
        assert key_of(token_of(other, key), kind, TYPES[kind]) == key
    else:
        with pytest.raises(InvalidParameterValue, match="parsed value"):
            key_of(token_of(other, key), kind, TYPES[kind])
