"""What the parser makes of a text, and how a fault is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.errors import InvalidParameterValue
from milepost.search import EXPERIMENTS, RUNS, parse_fields, parse_filter, parse_order_by, text_of
from milepost.search.tree import Among, And, Comparison, Field, Tree
from tests.search.strategies import trees

METRIC = Field("metric", "m")


@given(trees(any_text=True))
def test_a_tree_that_is_written_and_parsed_is_the_same_tree(tree: Tree) -> None:
    assert parse_filter(text_of(tree), RUNS) == tree


WORDS = [
    "metrics.m", ">", "1", "'x'", "AND", "OR", "NOT", "(", ")", "tags.t", "IN", "IS", "NULL", "`",
    "=", "LIKE", ",", "min(", "now()", "-", "7d", '"', "start_time",
]  # fmt: skip


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_text_is_parsed_or_refused_with_its_place(text: str) -> None:
    for language in (RUNS, EXPERIMENTS):
        try:
            tree = parse_filter(text, language)
        except InvalidParameterValue as error:
            refusal = error.message
            assert "^ column " in refusal
        else:
            assert tree is None or parse_filter(text_of(tree), language) == tree


@pytest.mark.parametrize("text", [
    "metrics.m > 1", "metric.m>1", "`metrics`.m > 1", 'metrics."m" > 1', "metrics.'m' > 1.",
    "AND metrics.m > 1 AND AND", "  metrics.m\t>\n1 ", "(metrics.m > 1)", "((metrics.m > 1))",
])  # fmt: skip
def test_one_meaning_has_many_spellings(text: str) -> None:
    tree = parse_filter(text, RUNS)
    assert tree == Comparison(METRIC, ">", 1) or tree == Comparison(METRIC, ">", 1.0)


def test_the_first_dot_splits_a_name() -> None:
    assert parse_filter("tags.mlflow.source.name = 'x'", RUNS) == Comparison(
        Field("tag", "mlflow.source.name"), "=", "x"
    )


def test_comparisons_side_by_side_are_joined() -> None:
    tree = parse_filter("metrics.m > 1 tags.t = 'x'", RUNS)
    assert isinstance(tree, And)


def test_strings_keep_what_stands_between_their_outer_quotes() -> None:
    for text, value in [("'it''s'", "it''s"), ('"it\'s"', "it's"), (r"'a\'b'", r"a\'b"),
                        ("'a\\'", "a\\"), ('\'say "x"\'', 'say "x"')]:  # fmt: skip
        assert parse_filter(f"tags.t = {text}", RUNS) == Comparison(Field("tag", "t"), "=", value)


def test_strings_in_lists_are_read_as_python_reads_them() -> None:
    tree = parse_filter(r"run_id IN ('a\'b', 'c' 'd',)", RUNS)
    assert tree == Among(Field("attribute", "run_id"), ("a'b", "cd"))


def test_and_binds_closer_than_or() -> None:
    text = "tags.a = '1' OR tags.b = '2' AND NOT tags.c = '3'"
    assert text_of(parse_filter(text, RUNS)) == text.replace(  # type: ignore[arg-type]
        "tags.b = '2' AND NOT tags.c = '3'", "tags.b = '2' AND NOT tags.c = '3'"
    )


FAULTS = {
    "metrics.m > '1'": ("Expected numeric value type for metric. Found '1'", 13),
    "metrics.m >": ("Invalid clause(s) in filter string: ", 12),
    "params.p = x": ("Parameter value is either not quoted or unidentified quote types used for"
                     " string value x. Use either single or double quotes.", 12),
    "tags.t = 3": ("Expected a quoted string value for tag (e.g. 'my-value'). Got value 3", 10),
    "tags.t > 'x'": ("Invalid comparator '>' not one of '{", 8),
    "tags.t NOT LIKE 'x'": ("Invalid comparator 'NOT LIKE' not one of '{", 8),
    "foo.bar = 'x'": ("Invalid entity type 'foo'. Valid values are ['metric', 'parameter', 'tag',"
                      " 'attribute', 'dataset']", 1),
    "foo = 'x'": ("Invalid attribute key 'foo' specified. Valid keys are '{", 1),
    "dataset.x = 'x'": ("Invalid dataset key 'x' specified. Valid keys are '{", 1),
    "1 < metrics.m": ("Invalid comparison clause. Expected 'Identifier' found '1'", 1),
    "start_time > '900'": ("Expected numeric value type for numeric attribute: start_time. Found"
                           " '900'", 14),
    "run_id IN ()": ("While parsing a list in the query, expected a non-empty list of string"
                     " values, but got empty list", 12),
    "run_id IN (1)": ("While parsing a list in the query, expected string value, punctuation, or"
                      " whitespace, but got different type in list: (1,)", 12),
    "metrics.a-b > 1": ("Invalid clause(s) in filter string: ", 10),
    "tags.t = 'x": ("Invalid clause(s) in filter string: ", 10),
    "tags.in = 'x'": ("Invalid clause(s) in filter string: 'tags.in'", 1),
    "tags.t = 'x' -- why": ("Invalid clause(s) in filter string: '-- why'", 14),
    "(metrics.m > 1": ("Invalid clause(s) in filter string: ", 15),
    "metrics.m > 1)": ("Invalid clause(s) in filter string: ')'", 14),
    "tags.t RLIKE '('": ("Invalid clause(s) in filter string: ", 14),
    r"tags.t RLIKE '(x)\1'": ("Invalid clause(s) in filter string: ", 14),
    "min(tags.t) > 1": ("Invalid clause(s) in filter string: ", 5),
    "median(metrics.m) > 1": ("Invalid comparison clause. Expected 'Identifier' found 'median(", 1),
    "at_min(metrics.m) > 1": ("Invalid clause(s) in filter string: ')'", 17),
    "start_time > now() - 7": ("Invalid clause(s) in filter string: '7'", 22),
    "tags.a = 'x' tags.t IS NULL": ("Invalid clause(s) in filter string: 'tags.t'", 14),
    "   ": ("Invalid filter '   '. Could not be parsed.", 1),
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_begins_with_the_stock_message_and_shows_its_place(text: str) -> None:
    stock, column = FAULTS[text]
    with pytest.raises(InvalidParameterValue) as caught:
        parse_filter(text, RUNS)
    first, shown, *_, told = caught.value.message.split("\n")
    assert first.startswith(stock)
    assert shown == f"  {text}"
    assert told.index("^") == column + 1
    assert told.startswith(" " * (column + 1) + f"^ column {column}: ")


def test_a_long_text_is_shown_around_the_fault() -> None:
    text = " AND ".join(["tags.t = 'x'"] * 50 + ["tags.t > 'y'"] + ["tags.t = 'x'"] * 50)
    with pytest.raises(InvalidParameterValue) as caught:
        parse_filter(text, RUNS)
    _, shown, told = caught.value.message.split("\n")
    assert shown[told.index("^")] == ">"
    assert len(shown) < 120


BOUNDS = {
    "length": "tags.t = '" + "x" * 200_001 + "'",
    "comparisons": " AND ".join(["metrics.m > 1"] * 501),
    "brackets": "(" * 60 + "metrics.m > 1" + ")" * 60,
    "nots": "NOT " * 60 + "metrics.m > 1",
    "list": f"run_id IN ({', '.join(['1'.join(quotes) for quotes in [chr(39) * 2] * 5001])})",
    "pattern": f"tags.t RLIKE '{'x' * 1001}'",
    "like": f"tags.t LIKE '{'x' * 10_001}'",
}


@pytest.mark.parametrize("name", BOUNDS)
def test_every_bound_has_a_clear_refusal(name: str) -> None:
    with pytest.raises(InvalidParameterValue, match=r"at most|too long"):
        parse_filter(BOUNDS[name], RUNS)


def test_many_brackets_in_a_row_are_no_depth() -> None:
    assert parse_filter(" AND ".join(["(metrics.m > 1)"] * 200), RUNS) is not None


ORDER_FAULTS = {
    "": "Invalid order_by clause ''. Could not be parsed.",
    " metrics.m": "Invalid order_by clause ' metrics.m'. Could not be parsed.",
    "metrics.m foo": "Invalid ordering key in order_by clause 'metrics.m foo'.",
    "metrics.m asc desc": "Invalid order_by clause 'metrics.m asc desc'. Could not be parsed.",
    "`run name`": "Invalid attribute key 'run name' specified.",
    "dataset.name": "Invalid identifier type 'dataset'",
    "foo.bar": "Invalid entity type 'foo'.",
}


@pytest.mark.parametrize("text", ORDER_FAULTS)
def test_a_faulty_order_is_refused_with_the_stock_message(text: str) -> None:
    with pytest.raises(InvalidParameterValue) as caught:
        parse_order_by([text], RUNS)
    assert caught.value.message.startswith(ORDER_FAULTS[text])
    assert "^ column " in caught.value.message


def test_a_key_is_ordered_by_once() -> None:
    with pytest.raises(InvalidParameterValue, match="contains duplicate fields"):
        parse_order_by(["start_time", "attributes.created DESC"], RUNS)
    assert len(parse_order_by(["name", "name DESC"], EXPERIMENTS)) == 1


def test_fields_name_what_comes_back() -> None:
    found = parse_fields(["status", "metrics.`a b`", "params.*", "inputs"])
    assert found.attributes == {"status"}
    assert found.metrics == ("a b",)
    assert (found.params, found.tags, found.parts) == (None, (), {"inputs"})
    for wrong in ("duration", "foo", "dataset.name", "foo.*", "", "metrics.m DESC"):
        with pytest.raises(InvalidParameterValue):
            parse_fields([wrong])
