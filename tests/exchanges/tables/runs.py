"""Runs: made, updated, renamed, deleted, restored; their params and tags one at a time."""

from __future__ import annotations

from tests.exchanges.scenario import (
    DELETE_RUN,
    GET_RUN,
    RUN,
    Json,
    Scenarios,
    Step,
    get,
    post,
    table,
    text,
)

RESTORE_RUN = post("runs/restore", {"run_id": "{run}"})
USER_TAG = {"key": "mlflow.user", "value": "ann"}
NAME_TAG = {"key": "mlflow.runName", "value": "tagged"}


def create(**fields: Json) -> list[Step]:
    body = {"experiment_id": "0", "run_name": "given", **fields}
    body = {name: value for name, value in body.items() if value is not ...}
    return [post("runs/create", body, take={"made": "run.info.run_id"}), GET_MADE]


def update(**fields: Json) -> Step:
    return post("runs/update", {"run_id": "{run}", **fields})


def set_tag(key: Json, value: Json) -> Step:
    return post("runs/set-tag", {"run_id": "{run}", "key": key, "value": value})


def delete_tag(key: Json) -> Step:
    return post("runs/delete-tag", {"run_id": "{run}", "key": key})


def log_param(key: Json, value: Json) -> Step:
    return post("runs/log-parameter", {"run_id": "{run}", "key": key, "value": value})


GET_MADE = get("runs/get", {"run_id": "{made}"})

CREATED: dict[str, Step | list[Step]] = {
    "create": create(),
    "create with nothing": post("runs/create", {}),
    "create with every field": create(user_id="ann", start_time=1_700_000_000_000, tags=[USER_TAG]),
    "create without a name": create(run_name=...),
    "create with an empty name": create(run_name=""),
    "create with a null name": create(run_name=None),
    "create with a blank name": create(run_name=" "),
    "create with a name of 250": create(run_name=text("n", 250)),
    "create with a name of 251": create(run_name=text("n", 251)),
    "create with a name of 9000": create(run_name=text("n", 9_000)),
    "create with a wide name": create(run_name="ü \U0001f600 / ? *"),
    "create with a name by tag": create(run_name=..., tags=[NAME_TAG]),
    "create with an empty name and a tag": create(run_name="", tags=[NAME_TAG]),
    "create with both names alike": create(run_name="tagged", tags=[NAME_TAG]),
    "create with both names unlike": create(run_name="given", tags=[NAME_TAG]),
    "create with a name and an empty tag": create(tags=[{"key": "mlflow.runName", "value": ""}]),
    "create with an empty name tag": create(
        run_name=..., tags=[{"key": "mlflow.runName", "value": ""}]
    ),
    "create without an experiment": create(experiment_id=...),
    "create with an empty experiment": create(experiment_id=""),
    "create with a null experiment": create(experiment_id=None),
    "create with a number for an experiment": create(experiment_id=0),
    "create in an unknown experiment": create(experiment_id="999999"),
    "create in an experiment that is no number": create(experiment_id="abc"),
    "create with a start": create(start_time=1_700_000_000_001),
    "create with a start as text": create(start_time="1700000000001"),
    "create with a negative start": create(start_time=-5),
    "create with a start of 0": create(start_time=0),
    "create with a null start": create(start_time=None),
    "create with a fractional start": create(start_time=1.5),
    "create with a whole float for a start": create(start_time=5.0),
    "create with a start that is no number": create(start_time="soon"),
    "create with a start that is true": create(start_time=True),
    "create with the greatest start": create(start_time=2**63 - 1),
    "create with too great a start": create(start_time=2**63),
    "create with a user": create(user_id="ann"),
    "create with an empty user": create(user_id=""),
    "create with a user of 257": create(user_id=text("u", 257)),
    "create with a user that is a number": create(user_id=5),
    "create with a user and a user tag": create(user_id="bob", tags=[USER_TAG]),
    "create with a tag": create(tags=[{"key": "a", "value": "1"}]),
    "create with tags out of order": create(
        tags=[{"key": "b", "value": "1"}, {"key": "a", "value": "2"}, {"key": "C", "value": "3"}]
    ),
    "create with a tag without value": create(tags=[{"key": "a"}]),
    "create with a tag without key": create(tags=[{"value": "1"}]),
    "create with an empty tag key": create(tags=[{"key": "", "value": "1"}]),
    "create with a tag twice": create(
        tags=[{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]
    ),
    "create with the same tag twice": create(
        tags=[{"key": "a", "value": "1"}, {"key": "a", "value": "1"}]
    ),
    "create with a bad tag key": create(tags=[{"key": "a?b", "value": "1"}]),
    "create with a long tag key": create(tags=[{"key": text("k", 251), "value": "1"}]),
    "create with a tag of 8001": create(tags=[{"key": "a", "value": text("v", 8_001)}]),
    "create with a tag that is a number": create(tags=[{"key": "a", "value": 1}]),
    "create with a tag that is no object": create(tags=["a"]),
    "create with tags that are an object": create(tags={"key": "a", "value": "1"}),
    "create with 150 tags": create(tags={"$each": 150, "item": {"key": "t#", "value": "#v"}}),
    "create with a NUL in the name": create(run_name="a\0b"),
    "create with a status": create(status="FINISHED"),
    "create with an own id": create(run_id="0123456789abcdef0123456789abcdef"),
}
UPDATED: dict[str, Step | list[Step]] = {
    "update nothing": update(),
    "update the status": update(status="FINISHED"),
    "update to each status": [
        update(status=status) for status in ("SCHEDULED", "FAILED", "KILLED", "FINISHED", "RUNNING")
    ],
    "update the status by number": update(status=3),
    "update to a small status": update(status="finished"),
    "update to an unknown status": update(status="DONE"),
    "update to an unknown status number": update(status=9),
    "update to an empty status": update(status=""),
    "update to a null status": update(status=None),
    "update the end": update(end_time=1_700_000_000_000),
    "update the end as text": update(end_time="1700000000000"),
    "update the end to 0": update(end_time=0),
    "update the end to less than the start": update(end_time=-1),
    "update the end to a fraction": update(end_time=1.5),
    "update the end to a text": update(end_time="soon"),
    "update the end to null": update(end_time=None),
    "update the end beyond int64": update(end_time=2**63),
    "update status and end": update(status="FINISHED", end_time=5),
    "update and back to running": [
        update(status="FINISHED", end_time=5),
        update(status="RUNNING"),
        update(status="FINISHED", end_time=9),
    ],
    "update the name": update(run_name="second"),
    "update the name to nothing": update(run_name=""),
    "update the name to null": update(run_name=None),
    "update the name to a number": update(run_name=5),
    "update the name to 9000": update(run_name=text("n", 9_000)),
    "update the name and a status": update(run_name="second", status="FAILED", end_time=7),
    "update the name and an unknown status": update(run_name="second", status="DONE"),
    "update a finished run": [update(status="FINISHED", end_time=5), update(run_name="second")],
    "update a deleted run": [DELETE_RUN, update(status="FINISHED")],
    "update nothing of a deleted run": [DELETE_RUN, update()],
    "update by run_uuid": post("runs/update", {"run_uuid": "{run}", "status": "FAILED"}),
    "update with a NUL in the name": update(run_name="a\0b"),
    "log after the end": [update(status="FINISHED", end_time=5), log_param("a", "1")],
    "delete": DELETE_RUN,
    "delete twice": [DELETE_RUN, DELETE_RUN],
    "delete by run_uuid": post("runs/delete", {"run_uuid": "{run}"}),
    "restore": [DELETE_RUN, RESTORE_RUN],
    "restore an active run": RESTORE_RUN,
    "restore by run_uuid": post("runs/restore", {"run_uuid": "{run}"}),
    "get": GET_RUN,
    "get by run_uuid": get("runs/get", {"run_uuid": "{run}"}),
    "get by both ids": get("runs/get", {"run_id": "{run}", "run_uuid": "{run}"}),
    "get by run_id and another run_uuid": get("runs/get", {"run_id": "{run}", "run_uuid": "x"}),
    "get by run_uuid and another run_id": get("runs/get", {"run_id": "x", "run_uuid": "{run}"}),
    "get by an empty run_id and run_uuid": get("runs/get", {"run_id": "", "run_uuid": "{run}"}),
    "get in capitals": get("runs/get", {"run_id": "ABCDEF0123456789ABCDEF0123456789"}),
    "get by run_id twice": get("runs/get", "run_id={run}&run_id=x"),
}
PARAMS: dict[str, Step | list[Step]] = {
    "log": log_param("a", "1"),
    "log the same again": [log_param("a", "1"), log_param("a", "1")],
    "log a change": [log_param("a", "1"), log_param("a", "2")],
    "log a change with quotes": [log_param("a", "it's"), log_param("a", 'a "b" \\ \n ü')],
    "log a change to nothing": [log_param("a", "1"), log_param("a", "")],
    "log a change from nothing": [log_param("a", ""), log_param("a", "1")],
    "log nothing": log_param("a", ""),
    "log nothing twice": [log_param("a", ""), log_param("a", None)],
    "log null": log_param("a", None),
    "log without value": post("runs/log-parameter", {"run_id": "{run}", "key": "a"}),
    "log blanks": log_param("a", "  "),
    "log a number": log_param("a", 1),
    "log true": log_param("a", True),
    "log a list": log_param("a", ["1"]),
    "log an object": log_param("a", {"b": 1}),
    "log wide characters": log_param("schlüssel", "ü \U0001f600 \n\t"),
    "log several": [log_param("b", "1"), log_param("a", "2"), log_param("C", "3")],
    "log keys that differ in case": [log_param("a", "1"), log_param("A", "2")],
    "log 6000": log_param("a", text("v", 6_000)),
    "log 6001": log_param("a", text("v", 6_001)),
    "log 6000 wide characters": log_param("a", text("ü", 6_000)),
    "log 65536": log_param("a", text("v", 65_536)),
    "log 65537": log_param("a", text("v", 65_537)),
    "log 65538 bytes of wide characters": log_param("a", text("ü", 32_769)),
    "log 6001 again": [log_param("a", text("v", 6_001)), log_param("a", text("v", 6_001))],
    "log a key of 250": log_param(text("k", 250), "1"),
    "log a key of 251": log_param(text("k", 251), "1"),
    "log a key of 250 wide characters": log_param(text("ü", 250), "1"),
    "log a NUL": log_param("a", "b\0c"),
    "log to a deleted run": [DELETE_RUN, log_param("a", "1")],
    "log a change to a deleted run": [log_param("a", "1"), DELETE_RUN, log_param("a", "2")],
    "log a bad key to a deleted run": [DELETE_RUN, log_param("a?b", "1")],
    "log by run_uuid": post("runs/log-parameter", {"run_uuid": "{run}", "key": "a", "value": "1"}),
}
TAGS: dict[str, Step | list[Step]] = {
    "set": set_tag("a", "1"),
    "set again": [set_tag("a", "1"), set_tag("a", "2")],
    "set the same again": [set_tag("a", "1"), set_tag("a", "1")],
    "set to nothing": [set_tag("a", "1"), set_tag("a", "")],
    "set to null": [set_tag("a", "1"), set_tag("a", None)],
    "set without value": post("runs/set-tag", {"run_id": "{run}", "key": "a"}),
    "set a number": set_tag("a", 1),
    "set wide characters": set_tag("schlüssel", "ü \U0001f600 \n\t"),
    "set several": [set_tag("z", "1"), set_tag("a", "2"), set_tag("M", "3")],
    "set 8000": set_tag("a", text("v", 8_000)),
    "set 8001": set_tag("a", text("v", 8_001)),
    "set 65536": set_tag("a", text("v", 65_536)),
    "set 65537": set_tag("a", text("v", 65_537)),
    "set a key of 250": set_tag(text("k", 250), "1"),
    "set a key of 251": set_tag(text("k", 251), "1"),
    "set a NUL": set_tag("a", "b\0c"),
    "set mlflow.runName": set_tag("mlflow.runName", "second"),
    "set mlflow.runName to nothing": set_tag("mlflow.runName", ""),
    "set mlflow.runName to null": set_tag("mlflow.runName", None),
    "set mlflow.runName of a deleted run": [DELETE_RUN, set_tag("mlflow.runName", "second")],
    "delete mlflow.runName": delete_tag("mlflow.runName"),
    "delete mlflow.runName and update": [delete_tag("mlflow.runName"), update(status="FAILED")],
    "delete mlflow.runName and rename": [delete_tag("mlflow.runName"), update(run_name="second")],
    "set mlflow.user": set_tag("mlflow.user", "ann"),
    "set to a deleted run": [DELETE_RUN, set_tag("a", "1")],
    "set a bad key to a deleted run": [DELETE_RUN, set_tag("a?b", "1")],
    "set by run_uuid": post("runs/set-tag", {"run_uuid": "{run}", "key": "a", "value": "1"}),
    "delete": [set_tag("a", "1"), delete_tag("a")],
    "delete twice": [set_tag("a", "1"), delete_tag("a"), delete_tag("a")],
    "delete what is not there": delete_tag("nothing"),
    "delete a bad key": delete_tag("a?b"),
    "delete a long key": delete_tag(text("k", 251)),
    "delete from a deleted run": [set_tag("a", "1"), DELETE_RUN, delete_tag("a")],
    "delete what is not there from a deleted run": [DELETE_RUN, delete_tag("a")],
    "delete by run_uuid": post("runs/delete-tag", {"run_uuid": "{run}", "key": "a"}),
}
IDS: dict[str, Json] = {
    "unknown": "ffffffffffffffffffffffffffffffff",
    "short": "x",
    "with odd characters": "a/../b'\"?",
    "blank": " ",
    "of 300": text("a", 300),
    "with a NUL": "a\0b",
    "wide": "ü",
}


def by_id(run_id: Json) -> list[Step]:
    """Every call that takes the id of a run, with this one."""
    body = {"run_id": run_id}
    point = {"key": "m", "value": 1.0, "timestamp": 1}
    dataset = {"name": "d", "digest": "1", "source_type": "s", "source": "x"}
    return [
        get("runs/get", body),
        post("runs/update", {**body, "status": "FAILED"}),
        post("runs/delete", body),
        post("runs/restore", body),
        post("runs/log-metric", {**body, **point}),
        post("runs/log-parameter", {**body, "key": "p", "value": "1"}),
        post("runs/set-tag", {**body, "key": "t", "value": "1"}),
        post("runs/delete-tag", {**body, "key": "t"}),
        post("runs/log-batch", {**body, "metrics": [point]}),
        post("runs/log-batch", body),
        post("runs/log-inputs", {**body, "datasets": [{"dataset": dataset}]}),
        post("runs/log-inputs", body),
        post("runs/outputs", {**body, "models": [{"model_id": "m-1", "step": 0}]}),
        post("runs/log-model", {**body, "model_json": "{}"}),
        get("metrics/get-history", {**body, "metric_key": "m"}),
        get("metrics/get-history-bulk-interval", {"run_ids": [run_id], "metric_key": "m"}),
        get("/ajax-api/2.0/mlflow/metrics/get-history-bulk", {**body, "metric_key": "m"}),
    ]


SCENARIOS: Scenarios = {
    **table(CREATED),
    **table(UPDATED, [RUN], [GET_RUN]),
    **table(PARAMS, [RUN], [GET_RUN], prefix="param: "),
    **table(TAGS, [RUN], [GET_RUN], prefix="tag: "),
    **table({name: by_id(value) for name, value in IDS.items()}, prefix="a run id "),
}
