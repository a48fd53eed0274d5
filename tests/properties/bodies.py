"""JSON texts for requests: what clients send, what they might send, and what nobody should.

Texts, not values: a literal NaN, a name given twice, a lone surrogate or five thousand digits
exist only in the text of a body.
"""

from __future__ import annotations

import json

from hypothesis import strategies as st

from milepost.wire.messages import ENUMS, FIELDS

DEPTHS = [2, 60, 500, 900, 950, 980, 990, 1_000, 1_100, 5_000]
DIGITS = [19, 20, 25, 40, 400, 4_299, 4_301, 5_000]

ODD_NUMBERS = [
    "0", "-0", "-0.0", "1", "-1", "1.0", "1.5", "1e3", "-1e-7", "0.1", "5e-324", "1e-400", "1e308",
    "1e400", "-1e400", "1e18", "1e30", str(2**31 - 1), str(2**31), str(-(2**31) - 1),
    str(2**53 + 1), str(2**63 - 1), str(2**63), str(-(2**63)), str(-(2**63) - 1), str(2**64 - 1),
    str(2**64), "01", "+1", "1.", ".5", "0x10", "1_000", "NaN", "Infinity", "-Infinity", "nan",
]  # fmt: skip
ODD_STRINGS = [
    '""', '" "', '"0"', '"1"', '"-5"', '"+7 "', '"1.5"', '"1e3"', '"NaN"', '"nan"', '"Infinity"',
    '"-Infinity"', '"infinity"', '"-inf"', '"1e999"', '"1_0"', '"٣"', '"true"', '"ACTIVE_ONLY"',
    '"RUNNING"', '"running"', '"\\ud800"', '"\\udc00x"', '"\\ud83d\\ude00"', '"\\u0000"',
    '"a\\u0000b"', '"a\nb"', '"tab\tin"', '"../x"', '"/abs"', '"a//b"', '"a?b"', '"a\\n"', '"ключ"',
    '"\U0001f600"', json.dumps("x" * 251), json.dumps("x" * 70_000), json.dumps("ü" * 20_000),
    '"unfinished', json.dumps("9" * 5_000), json.dumps("[" * 3_000), "'single'",
    json.dumps('{"run_id": "r"}'),
]  # fmt: skip
ODD_REST = ["null", "true", "false", "[]", "{}", "[[]]", "[null]", "[{}]", '{"key": null}', "", "u"]

odd = st.one_of(
    st.sampled_from(ODD_NUMBERS),
    st.sampled_from(ODD_STRINGS),
    st.sampled_from(ODD_REST),
    st.sampled_from(DIGITS).map(lambda n: "9" * n),
    st.sampled_from(DIGITS).map(lambda n: "-" + "1" * n),
    st.sampled_from(DIGITS).map(lambda n: "0." + "3" * n),
    st.sampled_from(DEPTHS).map(lambda n: "[" * n + "]" * n),
    st.sampled_from(DEPTHS).map(lambda n: '{"a":' * n + "1" + "}" * n),
)
texts = st.one_of(
    st.sampled_from(["a", "loss", "train/acc", "0", "1", "r1", "Default", "mlflow.runName"]),
    st.text(max_size=12),
).map(json.dumps)
unescaped_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(
    lambda text: json.dumps(text, ensure_ascii=False)
)
integers = st.one_of(st.integers(-3, 200), st.integers(-(2**63), 2**63 - 1)).map(str)
doubles = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(json.dumps),
    st.integers(-(2**70), 2**70).map(str),
    st.sampled_from(['"NaN"', '"Infinity"', '"-Infinity"', '"0.25"', "1", "true"]),
)
anything = st.recursive(
    st.one_of(texts, integers, doubles, st.sampled_from(ODD_REST[:5])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ",".join(items) + "]"),
        st.dictionaries(texts, inner, max_size=3).map(
            lambda d: "{" + ",".join(f"{k}:{v}" for k, v in d.items()) + "}"
        ),
    ),
    max_leaves=6,
)
keys = st.sampled_from(["a", "loss", "train/acc", "b c", "ключ", "mlflow.runName"]).map(json.dumps)
model = {"artifact_path": "m", "flavors": {}, "utc_time_created": "now", "run_id": "r1"}
# What makes sense in a field of this name, so that most requests get past the checks.
SENSIBLE: dict[str, st.SearchStrategy[str]] = {
    "run_id": st.just('"r1"'),
    "run_uuid": st.just('"r1"'),
    "run_ids": st.just('["r1"]'),
    "experiment_id": st.just('"1"'),
    "experiment_ids": st.sampled_from(['["1"]', '["0", "1"]', "[]"]),
    "experiment_name": st.sampled_from(['"Default"', '"fuzzed"']),
    "key": keys,
    "metric_key": keys,
    "param_name": keys,
    "timestamp": st.integers(0, 2**63 - 1).map(str),
    "max_results": st.integers(1, 30).map(str),
    "filter": st.just('""'),
    "order_by": st.just("[]"),
    "anded_expressions": st.just("[]"),
    "artifact_location": st.sampled_from(['""', '"s3://bucket/path"']),
    "model_json": st.just(json.dumps(json.dumps(model))),
    "model_id": st.just('"m-1"'),
    "page_token": st.just('""'),
    "run_name": st.just('"calm-owl"'),
    "dataset_name": st.just('"d"'),
    "dataset_digest": st.just('"1"'),
}


def valid(kind: str) -> st.SearchStrategy[str]:
    """A text that the decoder should take for a field of `kind` (see `wire.messages.FIELDS`)."""
    if kind.startswith("[]"):
        return st.lists(valid(kind[2:]), max_size=4).map(lambda items: f"[{', '.join(items)}]")
    if kind.startswith("message "):
        return message(kind.removeprefix("message "), oddness=0)
    if kind.startswith("enum "):
        numbers = ENUMS[kind.removeprefix("enum ")]
        return st.sampled_from([*map(json.dumps, numbers), *map(str, numbers.values())])
    scalars = {
        "string": st.one_of(texts, unescaped_texts),
        "decimal": st.one_of(integers, integers.map(json.dumps)),
        "int32": st.one_of(integers, integers.map(json.dumps)),
        "int64": st.one_of(integers, integers.map(json.dumps)),
        "double": doubles,
        "bool": st.sampled_from(["true", "false"]),
        "json": anything,
    }
    return scalars[kind]


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


@st.composite
def message(draw: st.DrawFn, name: str, oddness: int) -> str:
    """An object for the message `name`; one value in `oddness` is odd (0: none)."""
    members = []
    for field, kind in FIELDS[name].items():
        roll = draw(st.integers(0, 19))
        if roll < 2:
            continue
        is_odd = oddness and draw(st.integers(1, oddness)) == 1
        is_sensible = field in SENSIBLE and roll < 18
        value = draw(odd if is_odd else SENSIBLE[field] if is_sensible else sent(kind, oddness))
        written = camel(field) if oddness and roll == 5 else field
        members.append(f"{json.dumps(written)}: {value}")
        if oddness and roll == 6:
            again = camel(field) if draw(st.booleans()) else field
            members.append(f"{json.dumps(again)}: {draw(valid(kind))}")
    if oddness and draw(st.integers(0, 9)) == 0:
        members.append(f'"unknown": {draw(st.one_of(odd, anything))}')
    return "{" + ", ".join(members) + "}"


def sent(kind: str, oddness: int) -> st.SearchStrategy[str]:
    """A valid value; with `oddness`, one whose inner fields may be odd."""
    if oddness and kind.startswith("[]message "):
        items = message(kind.removeprefix("[]message "), oddness=oddness)
        return st.lists(items, max_size=4).map(lambda found: f"[{','.join(found)}]")
    return valid(kind)


@st.composite
def bodies(draw: st.DrawFn, name: str) -> bytes:
    """A body for the message `name`: well made, odd in places, damaged, or garbage."""
    shape = draw(st.integers(0, 15))
    if shape == 0:
        return draw(st.binary(max_size=60))
    if shape == 1:
        return draw(st.one_of(odd, anything)).encode("utf-8", "surrogatepass")
    oddness = draw(st.sampled_from([3, 8])) if shape > 10 else 0
    body = draw(message(name, oddness)).encode("utf-8", "surrogatepass")
    if shape == 5:
        return json.dumps(body.decode("utf-8", "replace")).encode()  # encoded twice, as of old
    if shape == 6:
        return body[: draw(st.integers(0, len(body)))]
    if shape == 7:
        place = draw(st.integers(0, len(body)))
        return body[:place] + draw(st.binary(min_size=1, max_size=3)) + body[place:]
    if shape == 8:
        return draw(st.sampled_from([b"\xef\xbb\xbf", b" \n", b"\x00", b"//c\n"])) + body
    return body
