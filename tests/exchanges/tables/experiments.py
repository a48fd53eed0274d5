"""Experiments: made, found, renamed, tagged, deleted, restored, and what their state forbids."""

from __future__ import annotations

from tests.exchanges.scenario import (
    DELETE_EXPERIMENT,
    DELETE_RUN,
    EXPERIMENT,
    GET_EXPERIMENT,
    GET_RUN,
    RUN_OF_EXPERIMENT,
    Json,
    Scenarios,
    Step,
    get,
    post,
    table,
    text,
)

RESTORE_EXPERIMENT = post("experiments/restore", {"experiment_id": "{experiment}"})
GET_BY_NAME = get("experiments/get-by-name", {"experiment_name": "{name}"})


def create(**fields: Json) -> list[Step]:
    """The experiment with these fields beside its name, and as it is read back."""
    body = {"name": "{name}", **fields}
    return [
        post("experiments/create", body, take={"experiment": "experiment_id"}),
        GET_EXPERIMENT,
    ]


def located(location: Json) -> list[Step]:
    made = create(artifact_location=location)
    return [*made, post("runs/create", {"experiment_id": "{experiment}", "run_name": "r"})]


def rename(name: Json, **fields: Json) -> Step:
    return post("experiments/update", {"experiment_id": "{experiment}", "new_name": name, **fields})


def set_tag(key: Json, value: Json) -> Step:
    body = {"experiment_id": "{experiment}", "key": key, "value": value}
    return post("experiments/set-experiment-tag", body)


def delete_tag(key: Json) -> Step:
    return post("experiments/delete-experiment-tag", {"experiment_id": "{experiment}", "key": key})


TAG = {"key": "a", "value": "1"}


def named(name: Json) -> Step:
    return post("experiments/create", {"name": name}, take={"experiment": "experiment_id"})


CREATED: dict[str, Step | list[Step]] = {
    "create": create(),
    "create with a location": create(artifact_location="s3://bucket/path"),
    "create with tags": create(tags=[TAG, {"key": "b", "value": "2"}]),
    "create with a tag without value": create(tags=[{"key": "a"}]),
    "create with an empty tag": create(tags=[{"key": "a", "value": ""}]),
    "create with a tag twice": create(tags=[TAG, {"key": "a", "value": "2"}]),
    "create with the same tag twice": create(tags=[TAG, TAG]),
    "create with a tag without key": create(tags=[{"value": "1"}]),
    "create with a tag with an empty key": create(tags=[{"key": "", "value": "1"}]),
    "create with a bad tag key": create(tags=[{"key": "a?b", "value": "1"}]),
    "create with a long tag key": create(tags=[{"key": text("k", 251), "value": "1"}]),
    "create with a long tag": create(tags=[{"key": "a", "value": text("v", 20_001)}]),
    "create with a tag that is no text": create(tags=[{"key": "a", "value": 1}]),
    "create with tags that are no list": create(tags="a"),
    "create with a tag that is no object": create(tags=["a"]),
    "create the same name again": [*create(), *create()],
    "create the name of a deleted one": [*create(), DELETE_EXPERIMENT, *create()[:1]],
    "create with blanks and slashes": create(name=" {name} /a\\b//ü "),
    "create a name that differs in case": [
        *create(),
        *create(name="N{name}"),
        *create(name="n{name}"),
    ],
    "create with a name of 500": named(text("a", 500)),
    "create with a name of 501": named(text("a", 501)),
    "create with 500 wide characters": named(text("ü", 500)),
    "create with 501 wide characters": named(text("ü", 501)),
    "create with a blank name": named(" "),
    "create with a NUL in the name": named("a\0b"),
    "create named like a number": named("0"),
    "create Default": named("Default"),
}
LOCATIONS: dict[str, Json] = {
    "empty": "",
    "null": None,
    "with a slash at the end": "s3://bucket/path/",
    "with two slashes": "s3://bucket//path",
    "local": "/tmp/somewhere",
    "a file URI": "file:///tmp/somewhere",
    "relative": "some/where",
    "with blanks": "s3://bucket/a b",
    "with a query": "s3://bucket/path?versionId=1",
    "with dots in the query": "s3://bucket/path?a=../b",
    "with dots in the path": "s3://bucket/../path",
    "with a fragment": "s3://bucket/path#part",
    "with params": "s3://bucket/path;part",
    "of a run": "runs:/0123/model",
    "of a run, in capitals": "RUNS:/0123/model",
    "of a model": "models:/m/1",
    "proxied": "mlflow-artifacts:/elsewhere",
    "of an unknown scheme": "nothing://x/y",
    "of 2048": text("/a", 1024),
    "of 2050": text("/a", 1025),
    "with a NUL": "s3://bucket/a\0b",
    "a number": 5,
}
CHANGED: dict[str, Step | list[Step]] = {
    "rename": rename("{name} anew"),
    "rename to the same name": rename("{name}"),
    "rename to a taken name": [
        post("experiments/create", {"name": "{name} taken"}, take={"taken": "experiment_id"}),
        rename("{name} taken"),
    ],
    "rename to nothing": rename(""),
    "rename to null": rename(None),
    "rename without a name": post("experiments/update", {"experiment_id": "{experiment}"}),
    "rename to a number": rename(5),
    "rename to 500": rename(text("b", 500)),
    "rename to 501": rename(text("b", 501)),
    "rename with a NUL": rename("a\0b"),
    "rename a deleted one": [DELETE_EXPERIMENT, rename("{name} anew")],
    "rename a deleted one to nothing": [DELETE_EXPERIMENT, rename("")],
    "rename a deleted one to 501": [DELETE_EXPERIMENT, rename(text("b", 501))],
    "get by name": GET_BY_NAME,
    "get a deleted one by name": [DELETE_EXPERIMENT, GET_BY_NAME],
    "get a deleted one": [DELETE_EXPERIMENT, GET_EXPERIMENT],
    "get by the old name": [
        rename("{name} anew"),
        GET_BY_NAME,
        get("experiments/get-by-name", {"experiment_name": "{name} anew"}),
    ],
    "delete": DELETE_EXPERIMENT,
    "delete twice": [DELETE_EXPERIMENT, DELETE_EXPERIMENT],
    "restore": [DELETE_EXPERIMENT, RESTORE_EXPERIMENT],
    "restore an active one": RESTORE_EXPERIMENT,
    "restore twice": [DELETE_EXPERIMENT, RESTORE_EXPERIMENT, RESTORE_EXPERIMENT],
    "create a run": post("runs/create", {"experiment_id": "{experiment}", "run_name": "r"}),
    "create a run in a deleted one": [
        DELETE_EXPERIMENT,
        post("runs/create", {"experiment_id": "{experiment}", "run_name": "r"}),
    ],
}
TAGGED: dict[str, Step | list[Step]] = {
    "set tag": set_tag("a", "1"),
    "set tag twice": [set_tag("a", "1"), set_tag("a", "2")],
    "set tag to the same value": [set_tag("a", "1"), set_tag("a", "1")],
    "set tag to nothing": [set_tag("a", "1"), set_tag("a", "")],
    "set tag to null": [set_tag("a", "1"), set_tag("a", None)],
    "set tag without value": post(
        "experiments/set-experiment-tag", {"experiment_id": "{experiment}", "key": "a"}
    ),
    "set two tags": [set_tag("b", "1"), set_tag("a", "2")],
    "set tag of 20000": set_tag("a", text("v", 20_000)),
    "set tag of 20001": set_tag("a", text("v", 20_001)),
    "set tag of 20000 wide characters": set_tag("a", text("ü", 20_000)),
    "set tag of 20001 wide characters": set_tag("a", text("ü", 20_001)),
    "set tag with a key of 250": set_tag(text("k", 250), "1"),
    "set tag with a key of 251": set_tag(text("k", 251), "1"),
    "set tag with a bad key": set_tag("a?b", "1"),
    "set tag with a path for a key": set_tag("a/../b", "1"),
    "set tag with an empty key": set_tag("", "1"),
    "set tag with a NUL": set_tag("a", "b\0c"),
    "set tag that is a number": set_tag("a", 1),
    "set tag mlflow.note.content": set_tag("mlflow.note.content", "a\nb ü \U0001f600"),
    "set tag of a deleted one": [DELETE_EXPERIMENT, set_tag("a", "1")],
    "set a bad tag of a deleted one": [DELETE_EXPERIMENT, set_tag("a?b", "1")],
    "set a long tag of a deleted one": [DELETE_EXPERIMENT, set_tag("a", text("v", 20_001))],
    "delete tag": [set_tag("a", "1"), delete_tag("a")],
    "delete tag twice": [set_tag("a", "1"), delete_tag("a"), delete_tag("a")],
    "delete tag that is not there": delete_tag("nothing"),
    "delete tag with a bad key": delete_tag("a?b"),
    "delete tag with a long key": delete_tag(text("k", 251)),
    "delete tag with an empty key": delete_tag(""),
    "delete tag of a deleted one": [set_tag("a", "1"), DELETE_EXPERIMENT, delete_tag("a")],
    "delete an unknown tag of a deleted one": [DELETE_EXPERIMENT, delete_tag("a")],
}
IDS: dict[str, Json] = {
    "unknown": "999999",
    "negative": "-1",
    "no number": "abc",
    "blank": " ",
    "with blanks": " 0 ",
    "with zeros": "000",
    "with a plus": "+0",
    "with an underscore": "0_0",
    "a fraction": "0.0",
    "an exponent": "0e0",
    "Arabic digits": "٠",
    "beyond int64": "9223372036854775808",
    "of 30 digits": text("9", 30),
    "with a NUL": "0\0",
    "a number": 0,
    "a list": ["0"],
}
WITH_RUNS: dict[str, Step | list[Step]] = {
    "delete an experiment with a run": DELETE_EXPERIMENT,
    "restore an experiment with a run": [DELETE_EXPERIMENT, RESTORE_EXPERIMENT],
    "restore an experiment with a deleted run": [DELETE_RUN, DELETE_EXPERIMENT, RESTORE_EXPERIMENT],
    "restore a run of a deleted experiment": [
        DELETE_EXPERIMENT,
        post("runs/restore", {"run_id": "{run}"}),
    ],
    "write to a run of a deleted experiment": [
        DELETE_EXPERIMENT,
        post("runs/set-tag", {"run_id": "{run}", "key": "a", "value": "1"}),
    ],
    "write to a restored run of a deleted experiment": [
        DELETE_EXPERIMENT,
        post("runs/restore", {"run_id": "{run}"}),
        post("runs/set-tag", {"run_id": "{run}", "key": "a", "value": "1"}),
    ],
}


def by_id(value: Json) -> list[Step]:
    """Every call that takes the id of an experiment, with this one."""
    body = {"experiment_id": value}
    return [
        get("experiments/get", body),
        post("experiments/delete", body),
        post("experiments/restore", body),
        post("experiments/update", {**body, "new_name": "x"}),
        post("experiments/set-experiment-tag", {**body, "key": "a", "value": "1"}),
        post("experiments/delete-experiment-tag", {**body, "key": "a"}),
        post("runs/search", {"experiment_ids": [value]}),
        post("/ajax-api/2.0/mlflow/experiments/search-datasets", {"experiment_ids": [value]}),
    ]


UNKNOWN_IDS = {
    name: by_id(value)
    for name, value in IDS.items()
    # These mean the default experiment to the official server, which a table must not delete.
    if name
    not in ("with blanks", "with zeros", "with a plus", "with an underscore", "Arabic digits")
}
OTHER_NAMES_OF_0 = {
    f"{call} with an id {name}": post(path, {**body, "experiment_id": IDS[name]})
    for name in ("with blanks", "with zeros", "with a plus", "with an underscore", "Arabic digits")
    for call, path, body in (
        ("restore", "experiments/restore", {}),
        ("delete tag", "experiments/delete-experiment-tag", {"key": "nothing"}),
    )
}
OTHER_NAMES_OF_0 |= {
    f"get with an id {name}": get("experiments/get", {"experiment_id": IDS[name]})
    for name in ("with blanks", "with zeros", "with a plus", "with an underscore", "Arabic digits")
}

SCENARIOS: Scenarios = {
    **table({"get the default": get("experiments/get", {"experiment_id": "0"})}),
    **table(
        {"get the default by name": get("experiments/get-by-name", {"experiment_name": "Default"})}
    ),
    **table({"get an unknown name": get("experiments/get-by-name", {"experiment_name": "no one"})}),
    **table(CREATED),
    **table({name: located(value) for name, value in LOCATIONS.items()}, prefix="a location "),
    **table(CHANGED, [EXPERIMENT], [GET_EXPERIMENT]),
    **table(TAGGED, [EXPERIMENT], [GET_EXPERIMENT]),
    **table(WITH_RUNS, [EXPERIMENT, RUN_OF_EXPERIMENT], [GET_EXPERIMENT, GET_RUN]),
    **table(UNKNOWN_IDS, prefix="an experiment id "),
    **table(OTHER_NAMES_OF_0),
}
