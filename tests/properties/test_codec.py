"""The decoders of requests: any bytes give a message or one of our refusals, nothing else."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from milepost.api import metrics
from milepost.errors import MilepostError
from milepost.wire import messages
from milepost.wire.endpoints import ENDPOINTS, Endpoint
from milepost.wire.messages import ENUMS, FIELDS, Message
from milepost.wire.numbers import double_to_wire, doubles_to_wire
from milepost.wire.requests import RequestDecoder, body_object, convert_double
from tests.properties.bodies import DEPTHS, bodies
from tests.properties.profiles import examples

TAKING_SOMETHING = [endpoint for endpoint in ENDPOINTS if endpoint.request]
DECODERS = {(e.rpc, e.method, e.paths[0]): RequestDecoder(e) for e in TAKING_SOMETHING}
ANSWER_CHARS_MAX = 20_000

all_endpoints = pytest.mark.parametrize(
    "endpoint", TAKING_SOMETHING, ids=[f"{e.rpc}-{e.method}-{e.request}" for e in TAKING_SOMETHING]
)


def decoder_of(endpoint: Endpoint) -> RequestDecoder:
    return DECODERS[endpoint.rpc, endpoint.method, endpoint.paths[0]]


def outcome(decode: Any, *arguments: Any) -> Message | MilepostError:
    """What decoding gives; any error that is not ours, or is no refusal, fails the test."""
    try:
        return decode(*arguments)
    except MilepostError as error:
        refusal = error
    assert 400 <= refusal.http_status < 500
    assert 0 < len(refusal.message) < ANSWER_CHARS_MAX
    refusal.message.encode()
    return refusal


def check_message(endpoint: Endpoint, message: Message) -> None:
    """Every field of a decoded message has the type that its schema says."""
    assert type(message).__name__ == endpoint.request
    check_fields(message)
    for field, rules in endpoint.checks.items():
        if "required" in rules:
            assert getattr(message, field) not in (None, "")


def check_fields(message: Message) -> None:
    for field, kind in FIELDS[type(message).__name__].items():
        value = getattr(message, field)
        if kind.startswith("[]"):
            assert isinstance(value, list)
            for item in value:
                check_value(kind[2:], item)
        elif value is not None:
            check_value(kind, value)


def check_value(kind: str, value: Any) -> None:
    if kind.startswith("message "):
        assert type(value) is getattr(messages, kind.removeprefix("message "))
        check_fields(value)
    elif kind.startswith("enum "):
        assert value in ENUMS[kind.removeprefix("enum ")]
    elif kind != "json":
        types = {"string": str, "decimal": str, "bool": bool, "double": float | str}
        assert isinstance(value, types.get(kind, int))


@all_endpoints
@settings(max_examples=examples(0.4))
@given(data=st.data())
def test_any_body_gives_a_message_or_a_refusal(endpoint: Endpoint, data: st.DataObject) -> None:
    assert endpoint.request is not None
    body = data.draw(bodies(endpoint.request))
    found = outcome(decoder_of(endpoint).json, body)
    if isinstance(found, Message):
        check_message(endpoint, found)


@all_endpoints
@settings(max_examples=examples(0.4))
@given(data=st.data())
def test_the_fast_and_the_slow_road_lead_to_the_same_message(
    endpoint: Endpoint, data: st.DataObject
) -> None:
    assert endpoint.request is not None
    decoder = decoder_of(endpoint)
    body = data.draw(bodies(endpoint.request))
    fast = settled(outcome(decoder.json, body))
    slow = settled(outcome(lambda: decoder._slowly(body_object(body))))
    assert fast == slow


def settled(found: Message | MilepostError) -> str:
    """A message after the checks that its handler makes, as text; a refusal by its kind.

    The fast road leaves a double that came as text to the handler; the slow one reads it at once.
    Of two faults in one body either may be told.
    """
    if isinstance(found, MilepostError):
        return type(found).__name__
    try:
        if isinstance(found, messages.LogBatch):
            batch = metrics.group_batch(found)
            points = {
                key: (p.steps, p.timestamps, list(map(repr, p.values)))
                for key, p in batch.metrics.items()
            }
            return repr((found.run_id, points, batch.params, batch.tags, batch.origins))
        if isinstance(found, messages.LogMetric):
            found.value = metrics.number_of(found.value, "value")
    except MilepostError as error:
        return type(error).__name__
    return repr(found)


names = st.one_of(
    st.sampled_from(sorted({field for fields in FIELDS.values() for field in fields})),
    st.sampled_from(["experiment_ids[]", "runId", "metricKey", "", "[]", "unknown"]),
)
query_texts = st.one_of(
    st.sampled_from(["", "1", "-1", "true", "False", "ACTIVE_ONLY", "3", "1.5", "nan", "x" * 9000]),
    st.sampled_from(["9" * n for n in (19, 20, 400, 4_300, 4_301, 5_000)]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
)


@all_endpoints
@settings(max_examples=examples(0.4))
@given(
    fields=st.lists(st.tuples(names, query_texts), max_size=8),
    raw=st.one_of(st.just(b""), st.binary(max_size=20), st.just(b"&" * 20_000)),
)
def test_any_query_gives_a_message_or_a_refusal(
    endpoint: Endpoint, fields: list[tuple[str, str]], raw: bytes
) -> None:
    query = urlencode(fields, quote_via=quote).encode() + raw
    found = outcome(decoder_of(endpoint).query, query)
    if isinstance(found, Message):
        check_message(endpoint, found)


@all_endpoints
def test_no_depth_of_nesting_is_an_error_of_its_own(endpoint: Endpoint) -> None:
    """Where the recursion limit is met depends on the stack, so every depth around it is tried."""
    decoder = decoder_of(endpoint)
    fields = sorted(FIELDS[endpoint.request or ""])
    for depth in [*DEPTHS, *range(900, 1_010)]:
        for opening, closing in (("[", "]"), ('{"a":', "}")):
            for field in (*fields[:2], "unknown"):
                nested = opening * depth + ("1" if opening != "[" else "") + closing * depth
                outcome(decoder.json, f'{{"{field}": {nested}}}'.encode())


@given(value=st.floats())
@example(value=float("nan"))
@example(value=-0.0)
def test_a_double_survives_the_wire(value: float) -> None:
    assert repr(convert_double(double_to_wire(value), "x")) == repr(value)
    assert list(doubles_to_wire([value, 1.0])) == [double_to_wire(value), 1.0]
