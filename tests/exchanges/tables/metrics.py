"""Metrics one at a time, their latest value, and the histories that are read back."""

from __future__ import annotations

from tests.exchanges.scenario import (
    DELETE_RUN,
    GET_RUN,
    RUN,
    Json,
    Scenario,
    Scenarios,
    Step,
    each,
    get,
    post,
    table,
    text,
)
from tests.exchanges.tables.sampling import OTHER_RUN, points

BULK = "/ajax-api/2.0/mlflow/metrics/get-history-bulk"
INTERVAL = "metrics/get-history-bulk-interval"
HISTORY = get("metrics/get-history", {"run_id": "{run}", "metric_key": "m"})
INT64_MAX = 2**63 - 1


def log(value: Json = 1.5, timestamp: Json = 10, **fields: Json) -> Step:
    body = {"run_id": "{run}", "key": "m", "value": value, "timestamp": timestamp, **fields}
    return post("runs/log-metric", {name: item for name, item in body.items() if item is not ...})


def raw(value: str, timestamp: str = "10", step: str = "0") -> Step:
    """A number written as JSON writes it, or as it may not."""
    start = '{"run_id": "{run}", "key": "m", '
    return post(
        "runs/log-metric",
        raw=f'{start}"value": {value}, "timestamp": {timestamp}, "step": {step}}}',
    )


VALUES: dict[str, Step | list[Step]] = {
    f"value {name}": step
    for name, step in {
        "a float": log(1.5),
        "an integer": log(3),
        "zero": log(0),
        "negative": log(-2.25),
        "minus zero": log(-0.0),
        "minus zero as text": log("-0"),
        "as text": log("1.5"),
        "an integer as text": log("3"),
        "an exponent as text": log("1e3"),
        "a text with blanks": log(" 1.5 "),
        "a text with a plus": log("+1.5"),
        "a text with an underscore": log("1_0"),
        "a hexadecimal text": log("0x10"),
        "an empty text": log(""),
        "a word": log("abc"),
        "NaN as text": log("NaN"),
        "nan as text": log("nan"),
        "-NaN as text": log("-NaN"),
        "bare NaN": raw("NaN"),
        "Infinity as text": log("Infinity"),
        "-Infinity as text": log("-Infinity"),
        "inf as text": log("inf"),
        "+Infinity as text": log("+Infinity"),
        "bare Infinity": raw("Infinity"),
        "bare -Infinity": raw("-Infinity"),
        "true": log(True),
        "false": log(False),
        "null": log(None),
        "a list": log([1]),
        "an object": log({"a": 1}),
        "tiny": log(5e-324),
        "the greatest double": log(1.7976931348623157e308),
        "the least double": log(-1.7976931348623157e308),
        "1e309": raw("1e309"),
        "-1e309": raw("-1e309"),
        "1e309 as text": log("1e309"),
        "with 30 digits": raw("0.123456789012345678901234567890"),
        "an integer beyond 2^53": log(2**53 + 1),
        "an integer beyond int64": log(2**63),
        "an integer of 30 digits": raw("1" * 30),
        "an integer of 400 digits": raw("1" * 400),
        "1.0": raw("1.0"),
        "1e2": raw("1e2"),
        "0.1": raw("0.1"),
        "1e16": raw("1e16"),
        "1e-7": raw("1e-7"),
        "a leading zero": raw("01"),
        "a bare point": raw("1."),
    }.items()
}
TIMES: dict[str, Step | list[Step]] = {
    "timestamp 0": log(timestamp=0),
    "timestamp as text": log(timestamp="10"),
    "timestamp as a text with blanks": log(timestamp=" 10 "),
    "timestamp negative": log(timestamp=-1),
    "timestamp negative as text": log(timestamp="-1"),
    "timestamp negative of a NaN": log("NaN", timestamp=-1),
    "timestamp negative of an integer": log(3, timestamp=-1),
    "timestamp negative of true": log(True, timestamp=-1),
    "timestamp negative of a text": log("2", timestamp=-1),
    "timestamp null": log(timestamp=None),
    "timestamp empty": log(timestamp=""),
    "timestamp a fraction": log(timestamp=1.5),
    "timestamp a whole float": log(timestamp=10.0),
    "timestamp a whole float as text": log(timestamp="10.0"),
    "timestamp an exponent": raw("1", timestamp="1e3"),
    "timestamp true": log(timestamp=True),
    "timestamp a word": log(timestamp="soon"),
    "timestamp a list": log(timestamp=[1]),
    "timestamp of 2^63-1": log(timestamp=INT64_MAX),
    "timestamp of 2^63-1 as text": log(timestamp=str(INT64_MAX)),
    "timestamp of 2^63": log(timestamp=2**63),
    "step absent": log(),
    "step 5": log(step=5),
    "step as text": log(step="5"),
    "step negative": log(step=-5),
    "step null": log(step=None),
    "step empty": log(step=""),
    "step a fraction": log(step=1.5),
    "step a whole float": log(step=2.0),
    "step true": log(step=True),
    "step a word": log(step="first"),
    "step of 2^63-1": log(step=INT64_MAX),
    "step of -2^63": log(step=-(2**63)),
    "step of 2^63": log(step=2**63),
    "step of -2^63-1": log(step=-(2**63) - 1),
}
OTHERS: dict[str, Step | list[Step]] = {
    "the same point again": [log(), log()],
    "the same point, another value": [log(), log(2.5)],
    "the same point, a lower value": [log(2.5), log(1.5)],
    "an earlier time": [log(1.0, 10), log(2.0, 5)],
    "an earlier step": [log(1.0, step=5), log(2.0, 20, step=3)],
    "a later step, an earlier time": [log(1.0, 10, step=1), log(2.0, 5, step=2)],
    "NaN after a number": [log(1.0), log("NaN")],
    "NaN after a negative number": [log(-1.0), log("NaN")],
    "a number after NaN": [log("NaN"), log(1.0)],
    "a negative number after NaN": [log("NaN"), log(-1.0)],
    "zero after NaN": [log("NaN"), log(0.0)],
    "NaN after zero": [log(0.0), log("NaN")],
    "NaN twice": [log("NaN"), log("NaN")],
    "NaN and then a later number": [log("NaN"), log(1.0, 20)],
    "two keys": [log(key="b"), log(key="a"), log(key="B")],
    "a key of 250": log(key=text("k", 250)),
    "a key of 251": log(key=text("k", 251)),
    "a key that is a number": log(key=5),
    "a key with a NUL": log(key="a\0b"),
    "a model": log(model_id="m-1"),
    "an empty model": log(model_id=""),
    "a model that is a number": log(model_id=5),
    "a dataset": log(dataset_name="d", dataset_digest="1"),
    "a dataset without digest": log(dataset_name="d"),
    "a digest without dataset": log(dataset_digest="1"),
    "a dataset with an empty digest": log(dataset_name="d", dataset_digest=""),
    "an empty dataset": log(dataset_name="", dataset_digest=""),
    "a dataset that is a number": log(dataset_name=5, dataset_digest="1"),
    "by run_uuid": log(run_id=..., run_uuid="{run}"),
    "by both ids": log(run_uuid="{run}"),
    "a deleted run": [DELETE_RUN, log()],
    "a bad key to a deleted run": [DELETE_RUN, log(key="a?b")],
    "a negative time to a deleted run": [DELETE_RUN, log(timestamp=-1)],
    "no key and no value": log(key=..., value=...),
    "a bad key and a bad value": log("abc", key="a?b"),
    "a bad key and a negative time": log(timestamp=-1, key="a?b"),
    "a long key and a negative time": log(timestamp=-1, key=text("k", 251)),
    "a bad and long key": log(key=text("?", 251)),
    "a bad value and a bad time": log("abc", "soon"),
    "a missing time and a bad value": log("abc", ...),
    "a bad step and a missing key": log(key=..., step="first"),
}


def history(**query: Json) -> Step:
    return get("metrics/get-history", {"run_id": "{run}", "metric_key": "m", **query})


def page(size: int, token: str = "") -> Step:
    query = {"run_id": "{run}", "metric_key": "m", "max_results": size}
    if token:
        query["page_token"] = token
    return get("metrics/get-history", query, take={"token": "next_page_token"})


def pages(size: int, count: int) -> list[Step]:
    return [page(size), *(page(size, "{token}") for _ in range(count - 1))]


READ: dict[str, Step | list[Step]] = {
    "history": history(),
    "history of an unknown key": history(metric_key="none"),
    "history of a bad key": history(metric_key="a?b"),
    "history of an empty key": history(metric_key=""),
    "history by run_uuid": get("metrics/get-history", {"run_uuid": "{run}", "metric_key": "m"}),
    "history of a deleted run": [DELETE_RUN, history()],
    "history by pages of 3": pages(3, 3),
    "history by pages of 7": pages(7, 1),
    "history by pages of 6": pages(6, 2),
    "history by pages of 100": pages(100, 1),
    "history by 0": history(max_results=0),
    "history by -1": history(max_results=-1),
    "history by a word": history(max_results="many"),
    "history by a fraction": history(max_results="1.5"),
    "history by nothing": history(max_results=""),
    "history by 25001": history(max_results=25_001),
    "history by 2^31": history(max_results=2**31),
    "history with an empty token": history(max_results=3, page_token=""),
    "history with a token and no size": [page(3), history(page_token="{token}")],
    "history with a bad token": history(max_results=3, page_token="!!!"),
    "history with a bad token and no size": history(page_token="!!!"),
    "history with a token of nothing": history(max_results=3, page_token="e30="),
    "history with a token that is no JSON": history(max_results=3, page_token="YWJj"),
    "history with unknown parameters": history(foo="1"),
    "bulk": get(BULK, {"run_id": ["{run}", "{other}"], "metric_key": "m"}, show="points"),
    "bulk of a run": get(BULK, {"run_id": "{run}", "metric_key": "m"}),
    "bulk by 4": get(BULK, {"run_id": "{run}", "metric_key": "m", "max_results": 4}),
    "bulk by 0": get(BULK, {"run_id": "{run}", "metric_key": "m", "max_results": 0}),
    "bulk by -1": get(BULK, {"run_id": "{run}", "metric_key": "m", "max_results": -1}),
    "bulk by a word": get(BULK, {"run_id": "{run}", "metric_key": "m", "max_results": "many"}),
    "bulk by 25001": get(BULK, {"run_id": "{run}", "metric_key": "m", "max_results": 25_001}),
    "bulk of a run twice": get(BULK, {"run_id": ["{run}", "{run}"], "metric_key": "m"}),
    "bulk of an unknown run": get(BULK, {"run_id": ["x", "{run}"], "metric_key": "m"}),
    "bulk of an unknown key": get(BULK, {"run_id": "{run}", "metric_key": "none"}),
    "bulk without a run": get(BULK, {"metric_key": "m"}),
    "bulk of an empty run": get(BULK, {"run_id": "", "metric_key": "m"}),
    "bulk without a key": get(BULK, {"run_id": "{run}"}),
    "bulk without run and key": get(BULK),
    "bulk of 100 runs": get(BULK, {"run_id": each(100, "r#"), "metric_key": "m"}),
    "bulk of 101 runs": get(BULK, {"run_id": each(101, "r#"), "metric_key": "m"}),
    "bulk of 101 runs without a key": get(BULK, {"run_id": each(101, "r#")}),
    "bulk of a deleted run": [DELETE_RUN, get(BULK, {"run_id": "{run}", "metric_key": "m"})],
    "bulk at /api": get("metrics/get-history-bulk", {"run_id": "{run}", "metric_key": "m"}),
}


def interval(**query: Json) -> Step:
    asked = {"run_ids": ["{run}"], "metric_key": "m", **query}
    return get(INTERVAL, {name: value for name, value in asked.items() if value is not ...})


INTERVALS: dict[str, Step | list[Step]] = {
    "interval": interval(),
    "interval at /ajax-api": get(
        "/ajax-api/2.0/mlflow/" + INTERVAL, {"run_ids": "{run}", "metric_key": "m"}
    ),
    "interval of two runs": interval(run_ids=["{other}", "{run}"]),
    "interval of a run twice": interval(run_ids=["{run}", "{run}"]),
    "interval of an unknown run": interval(run_ids=["x", "{run}"]),
    "interval of an unknown key": interval(metric_key="none"),
    "interval of an empty key": interval(metric_key=""),
    "interval without a key": interval(metric_key=...),
    "interval without a run": interval(run_ids=...),
    "interval of an empty run": interval(run_ids=""),
    "interval without run and key": get(INTERVAL),
    "interval of 100 runs": interval(run_ids=each(100, "r#")),
    "interval of 101 runs": interval(run_ids=each(101, "r#")),
    "interval of 101 runs without a key": interval(run_ids=each(101, "r#"), metric_key=...),
    "interval of a deleted run": [DELETE_RUN, interval()],
    "interval from 2 to 4": interval(start_step=2, end_step=4),
    "interval from 3 to 3": interval(start_step=3, end_step=3),
    "interval from 4 to 2": interval(start_step=4, end_step=2),
    "interval from 2": interval(start_step=2),
    "interval from 0": interval(start_step=0),
    "interval to 4": interval(end_step=4),
    "interval to 0": interval(end_step=0),
    "interval from nothing to 4": interval(start_step="", end_step=4),
    "interval from a word": interval(start_step="a", end_step=4),
    "interval from a fraction": interval(start_step="1.5", end_step=4),
    "interval from beyond int64": interval(start_step=2**63, end_step=2**63),
    "interval from beyond int32": interval(start_step=2**31, end_step=2**31),
    "interval by 0": interval(max_results=0),
    "interval by -1": interval(max_results=-1),
    "interval by 2500": interval(max_results=2_500),
    "interval by 2501": interval(max_results=2_501),
    "interval by a word": interval(max_results="many"),
    "interval by nothing": interval(max_results=""),
    "interval from 4 to 2 by 2501": interval(start_step=4, end_step=2, max_results=2_501),
    "interval from 4 without a key": interval(start_step=4, metric_key=...),
    "interval without a key by 2501": interval(max_results=2_501, metric_key=...),
}
LOGGED = [
    points(4, step="#+2", timestamp="#*0+50"),
    post("runs/log-batch", {"run_id": "{run}", "metrics": [
        {"key": "m", "value": "NaN", "timestamp": 50, "step": 2},
        {"key": "m", "value": -1.5, "timestamp": 20, "step": 9},
        {"key": "m", "value": 7, "timestamp": 50, "step": 2},
        {"key": "other", "value": 8, "timestamp": 50, "step": 2},
    ]}),
    points(3, timestamp="#+1", run="{other}"),
]  # fmt: skip

LONG_HISTORY = Scenario(
    [
        get("metrics/get-history", {"run_id": "{run}", "metric_key": "m"}, show="ends"),
        get(BULK, {"run_id": "{run}", "metric_key": "m"}, show="ends"),
        get(BULK, {"run_id": "{run}", "metric_key": "m", "max_results": 30_000}, show="ends"),
        get(
            "metrics/get-history",
            {"run_id": "{run}", "metric_key": "m", "max_results": 26_000},
            show="ends",
            take={"token": "next_page_token"},
        ),
        get(
            "metrics/get-history",
            {"run_id": "{run}", "metric_key": "m", "max_results": 26_000, "page_token": "{token}"},
            show="ends",
        ),
    ],
    [RUN, *(points(1_000, f"#+{first}", f"#+{first}") for first in range(0, 27_000, 1_000))],
)

SCENARIOS: Scenarios = {
    **table(VALUES, [RUN], [GET_RUN, HISTORY]),
    **table(TIMES, [RUN], [GET_RUN, HISTORY]),
    **table(OTHERS, [RUN], [GET_RUN, HISTORY]),
    **table(READ, [RUN, OTHER_RUN, *LOGGED]),
    **table(INTERVALS, [RUN, OTHER_RUN, *LOGGED]),
    "a history of 27000 points": LONG_HISTORY,
}
