"""Every call with every fault: absent, null, empty and mistyped fields; bodies that are none.

The rows are made from `CALLS`: a call's good request, from which one thing at a time is broken.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from tests.exchanges.scenario import (
    EXPERIMENT,
    GET_EXPERIMENT,
    GET_RUN,
    RUN,
    Json,
    Scenario,
    Scenarios,
    Step,
    get,
    post,
)

TAG = {"key": "t", "value": "1"}
SET_TAG = post("runs/set-tag", {"run_id": "{run}", **TAG})
SET_EXPERIMENT_TAG = post(
    "experiments/set-experiment-tag", {"experiment_id": "{experiment}", **TAG}
)
DELETE_EXPERIMENT = post("experiments/delete", {"experiment_id": "{experiment}"})
DELETE_RUN = post("runs/delete", {"run_id": "{run}"})
LOG_METRIC = post("runs/log-metric", {"run_id": "{run}", "key": "m", "value": 1, "timestamp": 1})
AJAX = "/ajax-api/2.0/mlflow/"


class Call(NamedTuple):
    """A call that succeeds: `good` is its body, or its query when `method` is GET."""

    good: dict[str, Json]
    setup: list[Step]
    watch: list[Step]
    method: str = "POST"


OF_EXPERIMENT = ([EXPERIMENT], [GET_EXPERIMENT])
OF_RUN = ([RUN], [GET_RUN])
E, R = {"experiment_id": "{experiment}"}, {"run_id": "{run}"}
DATASET = {"name": "d", "digest": "1", "source_type": "s", "source": "x"}
MODEL = '{"artifact_path": "m", "flavors": {}, "utc_time_created": "now", "run_id": "r"}'

CALLS: dict[str, Call] = {
    "experiments/create": Call({"name": "{name}", "artifact_location": "s3://b/c"}, [], []),
    "experiments/get": Call(E, *OF_EXPERIMENT, "GET"),
    "experiments/get-by-name": Call({"experiment_name": "{name}"}, *OF_EXPERIMENT, "GET"),
    "experiments/delete": Call(E, *OF_EXPERIMENT),
    "experiments/restore": Call(E, [EXPERIMENT, DELETE_EXPERIMENT], [GET_EXPERIMENT]),
    "experiments/update": Call({**E, "new_name": "{name} anew"}, *OF_EXPERIMENT),
    "experiments/set-experiment-tag": Call({**E, **TAG}, *OF_EXPERIMENT),
    "experiments/delete-experiment-tag": Call(
        {**E, "key": "t"}, [EXPERIMENT, SET_EXPERIMENT_TAG], [GET_EXPERIMENT]
    ),
    "runs/create": Call(
        {"experiment_id": "0", "run_name": "n", "user_id": "u", "start_time": 5, "tags": [TAG]},
        [],
        [],
    ),
    "runs/get": Call(R, *OF_RUN, "GET"),
    "runs/update": Call({**R, "status": "FAILED", "end_time": 5, "run_name": "second"}, *OF_RUN),
    "runs/delete": Call(R, *OF_RUN),
    "runs/restore": Call(R, [RUN, DELETE_RUN], [GET_RUN]),
    "runs/log-metric": Call({**R, "key": "m", "value": 1.5, "timestamp": 1, "step": 2}, *OF_RUN),
    "runs/log-parameter": Call({**R, "key": "p", "value": "1"}, *OF_RUN),
    "runs/set-tag": Call({**R, **TAG}, *OF_RUN),
    "runs/delete-tag": Call({**R, "key": "t"}, [RUN, SET_TAG], [GET_RUN]),
    "runs/log-batch": Call(
        {
            **R,
            "metrics": [{"key": "m", "value": 1.5, "timestamp": 1}],
            "params": [{"key": "p", "value": "1"}],
            "tags": [TAG],
        },
        *OF_RUN,
    ),
    "runs/log-inputs": Call({**R, "datasets": [{"dataset": DATASET}]}, *OF_RUN),
    "runs/log-model": Call({**R, "model_json": MODEL}, *OF_RUN),
    "runs/search": Call({"experiment_ids": ["{experiment}"], "max_results": 5}, [EXPERIMENT], []),
    "metrics/get-history": Call(
        {**R, "metric_key": "m", "max_results": 5}, [RUN, LOG_METRIC], [], "GET"
    ),
    "metrics/get-history-bulk-interval": Call(
        {"run_ids": "{run}", "metric_key": "m", "max_results": 5}, [RUN, LOG_METRIC], [], "GET"
    ),
    AJAX + "metrics/get-history-bulk": Call(
        {"run_id": "{run}", "metric_key": "m"}, [RUN, LOG_METRIC], [], "GET"
    ),
    AJAX + "experiments/search-datasets": Call(
        {"experiment_ids": ["{experiment}"]}, [EXPERIMENT], []
    ),
    AJAX + "runs/set-tag": Call({**R, **TAG}, *OF_RUN),
}
# Wrong kinds by the kind that is right.
WRONG: dict[type, dict[str, Json]] = {
    str: {"a number": 5, "true": True, "a list": ["x"], "an object": {"x": 1}},
    int: {"a word": "abc", "true": True, "a list": [1], "an object": {"x": 1}, "a fraction": 1.5},
    float: {"a word": "abc", "a list": [1], "an object": {"x": 1}},
    list: {"a text": "x", "a number": 5, "an object": {"x": 1}, "a list of numbers": [5]},
}


def body_rows(path: str, call: Call) -> dict[str, Step]:
    """One field at a time, then the body as a whole."""
    rows = {"as it should be": post(path, call.good)}
    for field, value in call.good.items():
        without = {name: item for name, item in call.good.items() if name != field}
        rows[f"{field} absent"] = post(path, without)
        rows[f"{field} null"] = post(path, {**call.good, field: None})
        rows[f"{field} empty"] = post(path, {**call.good, field: ""})
        for name, wrong in WRONG[type(value)].items():
            rows[f"{field} {name}"] = post(path, {**call.good, field: wrong})
    text = json.dumps(call.good)
    rows["an unknown field"] = post(path, {**call.good, "foo": {"bar": [1]}})
    spelled = {camel(name): value for name, value in call.good.items()}
    if spelled != call.good:
        rows["camelCase"] = post(path, spelled)
        rows["both spellings"] = post(path, {**call.good, **spelled})
    first, value = next(iter(call.good.items()))
    twice = text[:-1] + f', "{first}": ' + json.dumps("x" if isinstance(value, str) else []) + "}"
    raws = {
        "a field twice": twice,
        "an empty body": "",
        "a blank body": " ",
        "a cut-off body": text[:-3],
        "no JSON": "run_id=x",
        "something behind": text + "x",
        "a comma too many": text[:-1] + ",}",
        "single quotes": text.replace('"', "'"),
        "no UTF-8": text[:-1] + ', "foo": "\udcff"}',
        "a lone surrogate": text[:-1] + ', "foo": "\\ud800"}',
        "a byte order mark": "\ufeff" + text,
        "an empty object": "{}",
        "a list": "[]",
        "a list of it": f"[{text}]",
        "a text": '"x"',
        "an empty text": '""',
        "a number": "5",
        "null": "null",
        "true": "true",
        "encoded twice": json.dumps(text),
        "encoded three times": json.dumps(json.dumps(text)),
        "a NaN": text[:-1] + ', "foo": NaN}',
    }
    rows |= {name: post(path, raw=raw) for name, raw in raws.items()}
    types = {
        "no content type": None,
        "a content type of text": "text/plain",
        "a content type of a form": "application/x-www-form-urlencoded",
        "a content type with charset": "application/json; charset=utf-8",
        "a content type in capitals": "APPLICATION/JSON",
        "an unknown content type": "application/json2",
        "an empty content type": "",
    }
    for name, value in types.items():
        rows[name] = post(path, call.good, headers={"Content-Type": value})
    return rows


def query_rows(path: str, call: Call) -> dict[str, Step]:
    rows = {"as it should be": get(path, call.good)}
    for field in call.good:
        without = {name: item for name, item in call.good.items() if name != field}
        rows[f"{field} absent"] = get(path, without)
        rows[f"{field} empty"] = get(path, {**call.good, field: ""})
        rows[f"{field} no UTF-8"] = get(path, plain(without) + f"&{field}=%ff")
        rows[f"{field} a word"] = get(path, {**call.good, field: "a word"})
    spelled = {camel(name): value for name, value in call.good.items()}
    rows["camelCase"] = get(path, spelled)
    rows["both spellings"] = get(path, {**call.good, **spelled})
    rows["an unknown field"] = get(path, {**call.good, "foo": "bar"})
    rows["no query"] = get(path)
    rows["an empty query"] = get(path, "")
    rows["a body for a query"] = get(path, body=call.good)
    rows["a body beside the query"] = get(path, call.good, body={"run_id": "x", "metric_key": "y"})
    rows["a content type of text"] = get(path, call.good, headers={"Content-Type": "text/plain"})
    return rows


def plain(query: dict[str, Json]) -> str:
    return "&".join(f"{name}={value}" for name, value in query.items())


def camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def scenarios() -> Scenarios:
    out: Scenarios = {}
    for path, call in CALLS.items():
        rows = query_rows if call.method == "GET" else body_rows
        for name, step in rows(path, call).items():
            watch = call.watch if call.method == "POST" else []
            out[f"{path}: {name}"] = Scenario([step], call.setup, watch)
    return out


SCENARIOS = scenarios()
