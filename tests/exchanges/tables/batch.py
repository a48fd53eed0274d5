"""`runs/log-batch`: each kind, limits, the order of checks; a refused batch leaves nothing."""

from __future__ import annotations

from tests.exchanges.scenario import (
    DELETE_RUN,
    GET_RUN,
    RUN,
    Json,
    Scenarios,
    Step,
    each,
    get,
    post,
    table,
    text,
)

HISTORY = get("metrics/get-history", {"run_id": "{run}", "metric_key": "m"})
POINT = {"key": "m", "value": 1.5, "timestamp": 10}
PARAM = {"key": "p", "value": "1"}
TAG = {"key": "t", "value": "1"}
NAME_TAG = {"key": "mlflow.runName", "value": "second"}


def batch(metrics: Json = None, params: Json = None, tags: Json = None, **more: Json) -> Step:
    fields = {"run_id": "{run}", "metrics": metrics, "params": params, "tags": tags, **more}
    kept = {name: value for name, value in fields.items() if value is not None}
    return post("runs/log-batch", kept)


def point(**fields: Json) -> dict[str, Json]:
    return {n: value for n, value in {**POINT, **fields}.items() if value is not ...}


def param(**fields: Json) -> dict[str, Json]:
    return {n: value for n, value in {**PARAM, **fields}.items() if value is not ...}


def tag(**fields: Json) -> dict[str, Json]:
    return {n: value for n, value in {**TAG, **fields}.items() if value is not ...}


POINTS_1000 = each(1_000, {"key": "m#", "value": "#", "timestamp": 1})
PARAMS_100 = each(100, {"key": "p#", "value": "1"})
TAGS_100 = each(100, {"key": "t#", "value": "1"})

LOGGED: dict[str, Step | list[Step]] = {
    "nothing": batch(),
    "empty lists": batch([], [], []),
    "null lists": post("runs/log-batch", {"run_id": "{run}", "metrics": None, "params": None}),
    "a metric": batch([POINT]),
    "a param": batch(params=[PARAM]),
    "a tag": batch(tags=[TAG]),
    "one of each": batch([POINT], [PARAM], [TAG]),
    "one of each twice": [batch([POINT], [PARAM], [TAG]), batch([POINT], [PARAM], [TAG])],
    "several points of a metric": batch(
        [point(step=2, value=2.0), point(step=1, value=3.0), point(step=2, value=1.0)]
    ),
    "the same point twice": batch([POINT, POINT]),
    "points at one time": batch([point(value=2.0), point(value=-1.0), point(value="NaN")]),
    "points of several metrics": batch([POINT, point(key="n"), point(step=1), point(key="o")]),
    "a point without step": batch([point()]),
    "a point with a model": batch([point(model_id="")]),
    "a point with a dataset": batch([point(dataset_name="d", dataset_digest="1")]),
    "a point with a dataset without digest": batch([point(dataset_name="d")]),
    "a tag twice": batch(tags=[TAG, tag(value="2")]),
    "a tag that was there": [batch(tags=[TAG]), batch(tags=[tag(value="2")])],
    "the name of the run": batch(tags=[NAME_TAG]),
    "the name of the run, empty": batch(tags=[tag(key="mlflow.runName", value="")]),
    "the name of the run twice": batch(tags=[NAME_TAG, tag(key="mlflow.runName", value="third")]),
    "a param without value": batch(params=[param(value=...)]),
    "an empty param": batch(params=[param(value="")]),
    "a tag without value": batch(tags=[tag(value=...)]),
    "a param and the same again": [batch(params=[PARAM]), batch(params=[PARAM])],
    "a param that is there and a new one": [
        batch(params=[PARAM]),
        batch(params=[PARAM, param(key="q")]),
    ],
    "a value as text": batch([point(value="1.5")]),
    "a value of NaN": batch([point(value="NaN")]),
    "a value of Infinity": batch([point(value="Infinity")]),
    "a value of true": batch([point(value=True)]),
    "a timestamp as text": batch([point(timestamp="10")]),
    "a step as text": batch([point(step="5")]),
    "1000 metrics": batch(POINTS_1000),
    "1001 metrics": batch(each(1_001, {"key": "m#", "value": "#", "timestamp": 1})),
    "1001 points of one metric": batch(
        each(1_001, {"key": "m", "value": "#", "timestamp": 1, "step": "#"})
    ),
    "1001 times the same point": batch(each(1_001, POINT)),
    "100 params": batch(params=PARAMS_100),
    "101 params": batch(params=each(101, {"key": "p#", "value": "1"})),
    "100 tags": batch(tags=TAGS_100),
    "101 tags": batch(tags=each(101, {"key": "t#", "value": "1"})),
    "101 times the same tag": batch(tags=each(101, TAG)),
    "1000 in all": batch(
        each(800, {"key": "m#", "value": "#", "timestamp": 1}), PARAMS_100, TAGS_100
    ),
    "1001 in all": batch(
        each(801, {"key": "m#", "value": "#", "timestamp": 1}), PARAMS_100, TAGS_100
    ),
    "1000 metrics and a param": batch(POINTS_1000, [PARAM]),
    "1001 metrics and 101 params": batch(
        each(1_001, {"key": "m#", "value": "#", "timestamp": 1}),
        each(101, {"key": "p#", "value": "1"}),
    ),
    "101 params and 101 tags": batch(
        None, each(101, {"key": "p#", "value": "1"}), each(101, {"key": "t#", "value": "1"})
    ),
    "100 params of 6000": batch(params=each(100, {"key": "p#", "value": text("x", 6_000)})),
    "over a million bytes": batch(
        each(800, {"key": "m#", "value": "#", "timestamp": 1}),
        each(100, {"key": "p#", "value": text("x", 6_000)}),
        each(100, {"key": "t#", "value": text("y", 5_000)}),
    ),
    "a param of 6000": batch(params=[param(value=text("v", 6_000))]),
    "a param of 6001": batch(params=[param(value=text("v", 6_001))]),
    "a param of 65537": batch(params=[param(value=text("v", 65_537))]),
    "a tag of 8000": batch(tags=[tag(value=text("v", 8_000))]),
    "a tag of 8001": batch(tags=[tag(value=text("v", 8_001))]),
    "a tag of 65537": batch(tags=[tag(value=text("v", 65_537))]),
    "keys of 250": batch(
        [point(key=text("k", 250))], [param(key=text("k", 250))], [tag(key=text("k", 250))]
    ),
    "a metric key of 251": batch([POINT, point(key=text("k", 251))]),
    "a param key of 251": batch(params=[PARAM, param(key=text("k", 251))]),
    "a tag key of 251": batch(tags=[TAG, tag(key=text("k", 251))]),
    "a long key and a model": batch([point(key=text("k", 251))], model_id="m"),
}
# Items that are not as they should be: second in their list, behind a good one.
BAD_POINTS: dict[str, Json] = {
    "without key": point(key=...),
    "with an empty key": point(key=""),
    "with a null key": point(key=None),
    "with a number for a key": point(key=5),
    "with a bad key": point(key="a?b"),
    "with a path for a key": point(key="a//b"),
    "without value": point(value=...),
    "with a null value": point(value=None),
    "with an empty value": point(value=""),
    "with a word for a value": point(value="abc"),
    "with a list for a value": point(value=[1]),
    "without timestamp": point(timestamp=...),
    "with a null timestamp": point(timestamp=None),
    "with an empty timestamp": point(timestamp=""),
    "with a word for a timestamp": point(timestamp="soon"),
    "with a fractional timestamp": point(timestamp=1.5),
    "with a whole float for a timestamp": point(timestamp=2.0),
    "with a negative timestamp": point(timestamp=-1),
    "with too great a timestamp": point(timestamp=2**63),
    "with a timestamp that is true": point(timestamp=True),
    "with a word for a step": point(step="first"),
    "with a fractional step": point(step=1.5),
    "with too great a step": point(step=2**63),
    "with a null step": point(step=None),
    "that is nothing": {},
    "that is null": None,
    "that is a text": "m",
    "that is a number": 5,
    "that is a list": ["m", 1, 1],
    "with camelCase": {"key": "m", "value": 1.0, "timestamp": 3, "modelId": ""},
    "with an unknown field": point(foo=1),
}
BAD_PARAMS: dict[str, Json] = {
    "without key": param(key=...),
    "with an empty key": param(key=""),
    "with a null key": param(key=None),
    "with a number for a key": param(key=5),
    "with a bad key": param(key="a?b"),
    "with a path for a key": param(key="../b"),
    "with a null value": param(key="q", value=None),
    "with a number for a value": param(key="q", value=1),
    "with true for a value": param(key="q", value=True),
    "that is there already": PARAM,
    "that is there with another value": param(value="2"),
    "that is nothing": {},
    "that is null": None,
    "that is a text": "p",
    "with an unknown field": param(key="q", foo=1),
}
BAD_TAGS: dict[str, Json] = {
    "without key": tag(key=...),
    "with an empty key": tag(key=""),
    "with a null key": tag(key=None),
    "with a number for a key": tag(key=5),
    "with a bad key": tag(key="a?b"),
    "with a path for a key": tag(key="/b"),
    "with a null value": tag(key="u", value=None),
    "with a number for a value": tag(key="u", value=1),
    "that is nothing": {},
    "that is null": None,
    "that is a text": "t",
    "with an unknown field": tag(key="u", foo=1),
}
BAD_LISTS: dict[str, Step | list[Step]] = {
    f"{field} that are {name}": post("runs/log-batch", {"run_id": "{run}", field: value})
    for field in ("metrics", "params", "tags")
    for name, value in {
        "an object": {"key": "a", "value": "1", "timestamp": 1},
        "a text": "a",
        "an empty text": "",
        "a number": 5,
        "true": True,
        "an empty object": {},
    }.items()
}
# Several faults in one request: which one is answered?
ORDER: dict[str, Step | list[Step]] = {
    "a bad run id and a bad key": batch([point(key="a?b")], run_id="a/b"),
    "a bad run id and a missing key": batch([point(key=...)], run_id="a/b"),
    "a bad run id and no items": batch(run_id="a/b"),
    "an unknown run and a bad key": batch([point(key="a?b")], run_id="x"),
    "an unknown run and a negative time": batch([point(timestamp=-1)], run_id="x"),
    "an unknown run and duplicate params": batch(None, [PARAM, PARAM], run_id="x"),
    "an unknown run and 101 tags": batch(tags=each(101, TAG), run_id="x"),
    "a bad metric key and a bad param key": batch([point(key="a?b")], [param(key="c?d")]),
    "a bad param key and a bad tag key": batch(None, [param(key="c?d")], [tag(key="e?f")]),
    "a missing tag key and a bad metric key": batch([point(key="a?b")], None, [tag(key=...)]),
    "a missing param key and a word for a value": batch([point(value="abc")], [param(key=...)]),
    "a missing timestamp and a missing key": batch([point(timestamp=..., key=...)]),
    "a missing key, then a missing value": batch([point(value=...), point(key=...)]),
    "a bad key, then a negative time": batch([point(timestamp=-1), point(key="a?b")]),
    "a bad key and a negative time": batch([point(timestamp=-1, key="a?b")]),
    "a long key and a negative time": batch([point(timestamp=-1, key=text("k", 251))]),
    "a long and bad key": batch([point(key=text("?", 251))]),
    "a bad key and 1001 metrics": batch(each(1_001, {"key": "a?#", "value": 1, "timestamp": 1})),
    "1001 metrics and duplicate params": batch(
        each(1_001, {"key": "m#", "value": 1, "timestamp": 1}), [PARAM, PARAM]
    ),
    "duplicate params": batch(None, [PARAM, PARAM]),
    "duplicate params of different values": batch(None, [PARAM, param(value="2")]),
    "several duplicate params": batch(
        None, [param(key="b"), PARAM, param(key="b"), PARAM, param(key="c"), PARAM]
    ),
    "duplicate params and a bad tag key": batch(None, [PARAM, PARAM], [tag(key="a?b")]),
    "a changed param, a metric and a tag": [
        batch(None, [PARAM]),
        batch([POINT], [param(value="2")], [TAG]),
    ],
    "two changed params": [
        batch(None, [PARAM, param(key="q")]),
        batch(None, [param(value="2"), param(key="q", value="it's"), param(key="r")]),
    ],
    "a changed param and a negative time": [
        batch(None, [PARAM]),
        batch([point(timestamp=-1)], [param(value="2")]),
    ],
    "a deleted run": [DELETE_RUN, batch([POINT], [PARAM], [TAG])],
    "a deleted run and nothing": [DELETE_RUN, batch()],
    "a deleted run and a bad key": [DELETE_RUN, batch([point(key="a?b")])],
    "a deleted run and a changed param": [
        batch(None, [PARAM]),
        DELETE_RUN,
        batch(None, [param(value="2")]),
    ],
    "by run_uuid": post("runs/log-batch", {"run_uuid": "{run}", "tags": [TAG]}),
}

SCENARIOS: Scenarios = {
    **table(LOGGED, [RUN], [GET_RUN, HISTORY]),
    **table(
        {name: batch([POINT, item]) for name, item in BAD_POINTS.items()},
        [RUN],
        [GET_RUN, HISTORY],
        prefix="a metric ",
    ),
    **table(
        {name: batch([POINT], [PARAM, item]) for name, item in BAD_PARAMS.items()},
        [RUN],
        [GET_RUN],
        prefix="a param ",
    ),
    **table(
        {name: batch([POINT], [PARAM], [TAG, item]) for name, item in BAD_TAGS.items()},
        [RUN],
        [GET_RUN],
        prefix="a tag ",
    ),
    **table(BAD_LISTS, [RUN], [GET_RUN]),
    **table(ORDER, [RUN], [GET_RUN], prefix="order: "),
}
