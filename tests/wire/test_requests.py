"""The decoder's rules one by one, in the words of the facts (contract/limits.json)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from milepost.errors import BadRequest, InvalidParameterValue
from milepost.wire import messages as wire
from milepost.wire.endpoints import ENDPOINTS
from milepost.wire.requests import RequestDecoder

DECODERS = {endpoint.rpc: RequestDecoder(endpoint) for endpoint in ENDPOINTS if endpoint.request}
SEE = "See the API docs for more information about request parameters."


def decode(rpc: str, body: Any) -> Any:
    return DECODERS[rpc].json(body if isinstance(body, bytes) else msgspec.json.encode(body))


METRIC = {"run_id": "r", "key": "k", "value": 1.5, "timestamp": 7, "step": 3}
TAKEN: list[tuple[str, Any, dict[str, Any]]] = [
    ("log_metric", METRIC, {"value": 1.5, "timestamp": 7, "step": 3}),
    ("log_metric", {**METRIC, "value": 2}, {"value": 2.0}),
    ("log_metric", {**METRIC, "value": True}, {"value": 1.0}),
    ("log_metric", {**METRIC, "timestamp": "7", "step": " +3 "}, {"timestamp": 7, "step": 3}),
    ("log_metric", {**METRIC, "timestamp": 7.0}, {"timestamp": 7}),
    ("log_metric", {**METRIC, "step": -(2**63)}, {"step": -(2**63)}),
    ("log_metric", {**METRIC, "step": None}, {"step": None}),
    ("log_metric", {**METRIC, "unknown": [1]}, {"value": 1.5}),
    ("log_metric", {**METRIC, "modelId": "m-1"}, {"model_id": "m-1"}),
    ("get_run", {"run_uuid": "u"}, {"run_id": "u", "run_uuid": "u"}),
    ("get_run", {"run_uuid": "u", "run_id": "r"}, {"run_id": "r"}),
    ("update_run", {"run_id": "r", "status": "FINISHED"}, {"status": "FINISHED"}),
    ("update_run", {"run_id": "r", "end_time": "9"}, {"end_time": 9}),
    ("search_runs", {"run_view_type": 2}, {"run_view_type": "DELETED_ONLY"}),
    ("search_runs", {"run_view_type": "ALL"}, {"run_view_type": "ALL"}),
    ("search_runs", {"max_results": 50_000}, {"max_results": 50_000}),
    ("search_runs", {}, {"experiment_ids": [], "max_results": None}),
    ("search_runs", b"", {"experiment_ids": []}),
    ("search_runs", b" \n", {"experiment_ids": []}),
    ("search_runs", msgspec.json.encode('{"filter": "x"}'), {"filter": "x"}),
    ("set_tag", b'{"run_id":"a","run_id":"r","key":"k"}', {"run_id": "r", "value": None}),
    ("set_tag", b'{"run_id":"r","key":"\\ud83d\\ude00"}', {"key": "\U0001f600"}),
]


@pytest.mark.parametrize(("rpc", "body", "expected"), TAKEN)
def test_what_clients_send_is_taken(rpc: str, body: Any, expected: dict[str, Any]) -> None:
    message = decode(rpc, body)
    assert {field: getattr(message, field) for field in expected} == expected


def missing(field: str) -> str:
    return f"Missing value for required parameter '{field}'. {SEE}"


def wrong(field: str, text: str, kind: str) -> str:
    return (
        f"Invalid value {text} for parameter '{field}' supplied:  Hint: Value was of type"
        f" '{kind}'. {SEE}"
    )


REFUSED: list[tuple[str, Any, str]] = [
    ("log_metric", {}, missing("run_id")),
    ("log_metric", {"run_id": ""}, missing("run_id")),
    ("log_metric", {"run_id": "r", "key": "k", "timestamp": 1}, missing("value")),
    ("log_metric", {"run_id": "r", "key": "k", "value": 1}, missing("timestamp")),
    ("log_metric", {**METRIC, "run_id": None}, missing("run_id")),
    ("log_metric", {**METRIC, "run_id": 5}, wrong("run_id", "5", "int")),
    ("log_metric", {**METRIC, "key": ["k"]}, wrong("key", '["k"]', "list")),
    ("log_metric", {**METRIC, "value": {}}, wrong("value", "{}", "dict")),
    ("log_metric", {**METRIC, "value": "x", "y": 1}, wrong("value", '"x"', "str")),
    ("log_metric", {**METRIC, "timestamp": "x"}, wrong("timestamp", '"x"', "str")),
    ("log_metric", {**METRIC, "timestamp": 1.5}, wrong("timestamp", "1.5", "float")),
    ("log_metric", {**METRIC, "step": 2**63}, wrong("step", str(2**63), "int")),
    ("log_metric", {**METRIC, "step": str(2**63)}, wrong("step", f'"{2**63}"', "str")),
    ("get_run", {"runId": "r"}, missing("run_id")),
    ("set_tag", {"run_id": "r", "runId": "s", "key": "k"},
     "Request specifies both 'run_id' and 'runId'; provide only one of them."),
    ("delete_run", {"run_uuid": "u"}, missing("run_id")),
    ("log_param", {"run_id": "r", "key": "k", "value": 5}, wrong("value", "5", "int")),
    ("create_experiment", {"name": 5}, wrong("name", "5", "int")),
    ("search_runs", {"max_results": 50_001}, wrong("max_results", "50001", "int")),
    ("search_runs", {"experiment_ids": "1"}, wrong("experiment_ids", '"1"', "str")),
    ("search_runs", {"experiment_ids": [1]}, wrong("experiment_ids[0]", "1", "int")),
    ("search_runs", {"run_view_type": "SOME"}, wrong("run_view_type", '"SOME"', "str")),
    ("search_runs", {"run_view_type": 9}, wrong("run_view_type", "9", "int")),
    ("log_batch", {"run_id": "r", "metrics": {}}, wrong("metrics", "{}", "dict")),
    ("log_batch", {"run_id": "r", "metrics": [5], "x": 1}, wrong("metrics[0]", "5", "int")),
    ("log_batch", {"run_id": "r", "metrics": [{"key": "k", "value": 1}], "x": 1},
     missing("metrics[0].timestamp")),
    ("log_batch", {"run_id": "r", "params": [{"key": "a"}, {"key": ""}], "x": 1},
     missing("params[1].key")),
    ("log_batch", {"run_id": "r", "tags": [{"key": "k", "value": 1}]},
     wrong("tags[0].value", "1", "int")),
]  # fmt: skip


@pytest.mark.parametrize(("rpc", "body", "text"), REFUSED)
def test_what_is_wrong_is_refused_in_the_facts_words(rpc: str, body: Any, text: str) -> None:
    with pytest.raises(InvalidParameterValue) as refusal:
        decode(rpc, body)
    assert refusal.value.message == text


def test_a_long_wrong_value_is_cut() -> None:
    with pytest.raises(InvalidParameterValue) as refusal:
        decode("create_experiment", {"name": ["x" * 50_000]})
    assert len(refusal.value.message) < 2_000
    assert "..." in refusal.value.message


QUERIES: list[tuple[str, bytes, dict[str, Any]]] = [
    ("get_run", b"run_id=r", {"run_id": "r"}),
    ("get_run", b"run_uuid=u", {"run_id": "u"}),
    ("get_run", b"run_id=a&run_id=b", {"run_id": "a"}),  # the first, as the official server
    ("get_run", b"run_id=%C3%BC%20+x&unknown=1", {"run_id": "ü  x"}),
    ("get_metric_history", b"run_id=r&metric_key=k&max_results=5", {"max_results": 5}),
    (
        "get_metric_history_bulk_interval",
        b"run_ids=a&run_ids=b&metric_key=k",
        {"run_ids": ["a", "b"]},
    ),
    ("search_experiments", b"view_type=3&max_results=9", {"view_type": "ALL", "max_results": 9}),
    ("legacy_list_experiments", b"view_type=ALL", {"view_type": "ALL"}),
    (
        "legacy_search_runs",
        b"experiment_ids[]=1&experiment_ids[]=2",
        {"experiment_ids": ["1", "2"]},
    ),
    ("legacy_search_runs", b"", {"experiment_ids": []}),
]


@pytest.mark.parametrize(("rpc", "query", "expected"), QUERIES)
def test_a_query_gives_the_same_messages(rpc: str, query: bytes, expected: dict[str, Any]) -> None:
    message = DECODERS[rpc].query(query)
    assert {field: getattr(message, field) for field in expected} == expected


BAD_QUERIES: list[tuple[str, bytes, type[Exception], str]] = [
    ("get_run", b"", InvalidParameterValue, "'run_id'"),
    ("get_run", b"run_id=", InvalidParameterValue, "'run_id'"),
    ("get_run", b"run_id=%ff", BadRequest, "not valid percent-encoded UTF-8"),
    ("get_run", b"run_id=\xff", BadRequest, "not valid percent-encoded UTF-8"),
    ("get_run", b"&".join([b"a=1"] * 10_001), BadRequest, "more than 10000 fields"),
    ("get_metric_history", b"run_id=r&metric_key=k&max_results=x", InvalidParameterValue, '"x"'),
    ("get_metric_history", b"run_id=r&metric_key=k&max_results=.5", InvalidParameterValue, '".5"'),
    ("get_metric_history", b"run_id=r&metric_key=k&max_results=" + b"9" * 5_000,
     InvalidParameterValue, "'max_results'"),
]  # fmt: skip


@pytest.mark.parametrize(("rpc", "query", "error", "text"), BAD_QUERIES)
def test_a_bad_query_is_refused(rpc: str, query: bytes, error: type[Exception], text: str) -> None:
    with pytest.raises(error) as refusal:
        DECODERS[rpc].query(query)
    assert text in str(refusal.value)
    assert len(str(refusal.value)) < 2_000


@pytest.mark.parametrize("value", ["NaN", "nan", "Infinity", "-Infinity", "inf", "1e3"])
def test_doubles_may_come_as_texts(value: str) -> None:
    message = decode("log_metric", {**METRIC, "value": value, "unknown": 1})
    assert isinstance(message, wire.LogMetric)
    assert repr(message.value) == repr(float(value))


@pytest.mark.parametrize("value", ["1e999", "-1e999", "x", "", " ", "0x10"])
def test_a_text_that_is_no_double_is_refused(value: str) -> None:
    with pytest.raises(InvalidParameterValue, match="'value'"):
        decode("log_metric", {**METRIC, "value": value, "unknown": 1})
