"""Trees of filters, drawn by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from milepost.search.moments import Moment
from milepost.search.tree import (
    Aggregate,
    Among,
    And,
    AtBest,
    Comparison,
    Field,
    Missing,
    Not,
    Or,
)
from tests.search.worlds import METRICS, NUMBERS, PARAMS, STATUSES, T0, TAGS, TEXTS

SYMBOLS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
EQUAL = st.sampled_from(["=", "!="])
LIKE = st.sampled_from(["LIKE", "ILIKE"])
PATTERNS = st.sampled_from(["%", "x%", "%X", "_", "a_b", "%a%", "É%", "%\n%", "[x]", "a*b"])
REGEXES = st.sampled_from(["^x", "[xX]y*", "a.b", "^$", r"\d+", "(a|x).*z$"])
FLOATS = st.sampled_from([*NUMBERS, 1e300, 0.3])
KEYS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="`"), max_size=12)


def leaves(any_text: bool) -> st.SearchStrategy[Any]:
    """Leaves about the worlds' keys and values; with `any_text`, about any."""
    metrics = KEYS if any_text else st.sampled_from(METRICS)
    params = KEYS if any_text else st.sampled_from(PARAMS)
    tags = KEYS if any_text else st.sampled_from([*TAGS, "mlflow.runName"])
    texts = writable if any_text else st.sampled_from([*TEXTS, "run-1", "Run-2"])
    numbers = st.floats(allow_nan=False) | st.integers() if any_text else FLOATS
    best = st.sampled_from(["at_min", "at_max"])
    functions = st.sampled_from(["min", "max", "first", "last", "mean", "count"])
    number_terms = st.one_of(
        st.builds(Field, st.just("metric"), metrics),
        st.builds(Aggregate, functions, metrics),
        st.builds(AtBest, best, metrics, metrics),
    )
    words = st.sampled_from([Field("attribute", "run_name"), Field("dataset", "name"),
                             Field("dataset", "context")])  # fmt: skip
    text_terms = words | st.builds(Field, st.just("tag"), tags)
    param_terms = st.builds(Field, st.just("parameter"), params)
    times = st.sampled_from([Field("attribute", "start_time"), Field("attribute", "end_time")])
    spans = st.just(Field("attribute", "duration"))
    at = st.integers(T0, T0 + 20_000)
    any_term = st.one_of(number_terms, text_terms, param_terms, times, spans)
    few = lambda values: st.lists(values, min_size=1, max_size=3).map(tuple)  # noqa: E731
    written = st.sampled_from(
        [Moment(span=""), Moment(span="-7d"), Moment("2023-11-14"), Moment("2023-11-14T22:13:25")]
    )
    return st.one_of(
        st.builds(Comparison, number_terms, SYMBOLS, numbers),
        st.builds(Comparison, text_terms | param_terms, EQUAL, texts),
        st.builds(Comparison, text_terms | param_terms, LIKE, PATTERNS),
        st.builds(Comparison, text_terms | param_terms, st.just("RLIKE"), REGEXES),
        st.builds(Comparison, param_terms, SYMBOLS, numbers),
        st.builds(Comparison, times, SYMBOLS, at | (written if any_text else st.nothing())),
        st.builds(Comparison, spans, SYMBOLS, st.integers(0, 3000)),
        st.builds(Among, number_terms | param_terms, few(numbers), st.booleans()),
        st.builds(Among, text_terms | param_terms, few(texts), st.booleans()),
        st.builds(Among, st.just(Field("attribute", "status")), few(st.sampled_from(STATUSES)),
                  st.booleans()),
        st.builds(Missing, any_term, st.booleans()),
    )  # fmt: skip


def is_writable(text: str) -> bool:
    """Whether some pair of quotes can hold the text (see `tree.fits`)."""
    return not text.endswith("\\") and ("'" not in text or '"' not in text)


writable = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12).filter(is_writable)


def trees(any_text: bool = False) -> st.SearchStrategy[Any]:
    """Trees as the parser makes them: And and Or have parts of another kind, two or more."""

    def nodes(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        parts = lambda kind: st.lists(  # noqa: E731
            children.filter(lambda c: not isinstance(c, kind)), min_size=2, max_size=3
        ).map(tuple)
        return st.one_of(
            st.builds(And, parts(And)), st.builds(Or, parts(Or)), st.builds(Not, children)
        )

    return st.recursive(leaves(any_text), nodes, max_leaves=5)
