"""Places in a client's stream, against a plain list of what was sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milepost.store.batches import Place, place_of, was_taken

PLACES = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple)


def test_a_place_reads_as_it_was_written() -> None:
    assert place_of("12.0.1") == (12, 0, 1)
    assert place_of("") == ()


@given(st.lists(PLACES, min_size=1, max_size=8, unique=True))
def test_what_was_sent_in_order_is_taken_and_what_comes_is_not(places: list[Place]) -> None:
    sent = sorted(places)
    for index, last in enumerate(sent):
        for earlier in sent[: index + 1]:
            is_unfinished_whole = earlier != last and last[: len(earlier)] == earlier
            assert was_taken(earlier, last) != is_unfinished_whole
        for later in sent[index + 1 :]:
            assert not was_taken(later, last)
