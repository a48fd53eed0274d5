"""What runs read and made: datasets, models, the model history of 2.x, and their summaries."""

from __future__ import annotations

from tests.exchanges.scenario import (
    DELETE_EXPERIMENT,
    DELETE_RUN,
    EXPERIMENT,
    GET_RUN,
    RUN_OF_EXPERIMENT,
    Json,
    Scenarios,
    Step,
    each,
    get,
    post,
    table,
    text,
)

SEARCH = "/ajax-api/2.0/mlflow/experiments/search-datasets"
SUMMARIES = post(SEARCH, {"experiment_ids": ["{experiment}"]})
OTHER_RUN = post(
    "runs/create",
    {"experiment_id": "{experiment}", "run_name": "second"},
    take={"other": "run.info.run_id"},
)
GET_OTHER = get("runs/get", {"run_id": "{other}"})
CONTEXT = {"key": "mlflow.data.context", "value": "training"}
EVALUATION = {"key": "mlflow.data.context", "value": "evaluation"}


def dataset(**fields: Json) -> dict[str, Json]:
    whole = {"name": "d", "digest": "1", "source_type": "local", "source": "/x", **fields}
    return {name: value for name, value in whole.items() if value is not ...}


def read(*given: Json, run: str = "{run}", **more: Json) -> Step:
    return post("runs/log-inputs", {"run_id": run, "datasets": list(given), **more})


def one(tags: Json = None, **fields: Json) -> dict[str, Json]:
    out: dict[str, Json] = {"dataset": dataset(**fields)}
    return out if tags is None else {**out, "tags": tags}


def made(*models: Json) -> Step:
    return post("runs/outputs", {"run_id": "{run}", "models": list(models)})


def log_model(model: str) -> Step:
    return post("runs/log-model", {"run_id": "{run}", "model_json": model})


MODEL = '{"artifact_path": "m", "flavors": {"a": {}}, "utc_time_created": "now", "run_id": "r"}'

READ: dict[str, Step | list[Step]] = {
    "a dataset": [read(one()), SUMMARIES],
    "a dataset with everything": [read(one([CONTEXT], schema="{}", profile="[]")), SUMMARIES],
    "a dataset with a context": [read(one([CONTEXT])), SUMMARIES],
    "a dataset with other tags": [read(one([{"key": "a", "value": "1"}, CONTEXT])), SUMMARIES],
    "a dataset twice": [read(one([CONTEXT])), read(one([CONTEXT])), SUMMARIES],
    "a dataset twice with another context": [
        read(one([CONTEXT])),
        read(one([EVALUATION])),
        SUMMARIES,
    ],
    "a dataset twice with another source": [read(one()), read(one(source="/y")), SUMMARIES],
    "a dataset twice in one request": [read(one(), one()), SUMMARIES],
    "a dataset twice in one request, of two contexts": [
        read(one([CONTEXT]), one([EVALUATION])),
        SUMMARIES,
    ],
    "two datasets": [read(one(), one(name="e")), SUMMARIES],
    "two digests": [read(one(), one(digest="2")), SUMMARIES],
    "a dataset in two runs": [
        OTHER_RUN,
        read(one([CONTEXT])),
        read(one([EVALUATION]), run="{other}"),
        GET_OTHER,
        SUMMARIES,
    ],
    "a tag twice": [read(one([CONTEXT, EVALUATION])), SUMMARIES],
    "a tag without value": [read(one([{"key": "a"}])), SUMMARIES],
    "a tag without key": read(one([{"value": "1"}])),
    "a tag with an empty key": read(one([{"key": "", "value": "1"}])),
    "a tag with a bad key": read(one([{"key": "a?b", "value": "1"}])),
    "a tag with a number": read(one([{"key": "a", "value": 1}])),
    "a tag with a key of 255": read(one([{"key": text("k", 255), "value": "1"}])),
    "a tag with a key of 256": read(one([{"key": text("k", 256), "value": "1"}])),
    "a tag of 500": read(one([{"key": "a", "value": text("v", 500)}])),
    "a tag of 501": read(one([{"key": "a", "value": text("v", 501)}])),
    "no dataset in the item": read({"tags": [CONTEXT]}),
    "an empty item": read({}),
    "a null item": read(None),
    "an item that is a text": read("d"),
    "an empty dataset": read({"dataset": {}}),
    "a dataset without name": read(one(name=...)),
    "a dataset with an empty name": read(one(name="")),
    "a dataset with a number for a name": read(one(name=5)),
    "a dataset without digest": read(one(digest=...)),
    "a dataset with an empty digest": read(one(digest="")),
    "a dataset without source type": read(one(source_type=...)),
    "a dataset with an empty source type": read(one(source_type="")),
    "a dataset without source": read(one(source=...)),
    "a dataset with an empty source": read(one(source="")),
    "a dataset with an empty schema": read(one(schema="", profile="")),
    "a dataset with a name of 500": read(one(name=text("n", 500))),
    "a dataset with a name of 501": read(one(name=text("n", 501))),
    "a dataset with a digest of 36": read(one(digest=text("d", 36))),
    "a dataset with a digest of 37": read(one(digest=text("d", 37))),
    "a dataset with a source of 65535": read(one(source=text("s", 65_535))),
    "a dataset with a source of 65536": read(one(source=text("s", 65_536))),
    "a dataset with a schema of 1048576": read(one(schema=text("s", 1_048_576))),
    "a dataset with a name and a digest too long": read(
        one(name=text("n", 501), digest=text("d", 37))
    ),
    "a good and a bad dataset": read(one(), one(name=text("n", 501))),
    "a good dataset and one without name": read(one(), one(name=...)),
    "nothing": read(),
    "no datasets": post("runs/log-inputs", {"run_id": "{run}"}),
    "datasets that are an object": post("runs/log-inputs", {"run_id": "{run}", "datasets": one()}),
    "datasets that are a text": post("runs/log-inputs", {"run_id": "{run}", "datasets": "d"}),
    "datasets that are null": post("runs/log-inputs", {"run_id": "{run}", "datasets": None}),
    "a deleted run": [DELETE_RUN, read(one())],
    "a bad dataset for a deleted run": [DELETE_RUN, read(one(name=text("n", 501)))],
    "by run_uuid": post("runs/log-inputs", {"run_uuid": "{run}", "datasets": [one()]}),
    "a model": read(models=[{"model_id": "m-1"}]),
    "a model twice": [read(models=[{"model_id": "m-1"}]), read(models=[{"model_id": "m-1"}])],
    "two models and a dataset": read(one(), models=[{"model_id": "m-2"}, {"model_id": "m-1"}]),
    "a model without id": read(models=[{}]),
    "a model with an empty id": read(models=[{"model_id": ""}]),
    "a model with a number for an id": read(models=[{"model_id": 5}]),
    "models that are a text": read(models="m"),
}
MADE: dict[str, Step | list[Step]] = {
    "an output": made({"model_id": "m-1", "step": 3}),
    "an output without step": made({"model_id": "m-1"}),
    "an output with a step as text": made({"model_id": "m-1", "step": "3"}),
    "an output with a word for a step": made({"model_id": "m-1", "step": "a"}),
    "an output with a fractional step": made({"model_id": "m-1", "step": 1.5}),
    "an output without id": made({"step": 3}),
    "an output with an empty id": made({"model_id": "", "step": 3}),
    "an output with a number for an id": made({"model_id": 5, "step": 3}),
    "an empty output": made({}),
    "a null output": made(None),
    "no outputs": made(),
    "outputs absent": post("runs/outputs", {"run_id": "{run}"}),
    "outputs null": post("runs/outputs", {"run_id": "{run}", "models": None}),
    "outputs that are a text": post("runs/outputs", {"run_id": "{run}", "models": "m"}),
    "outputs of a deleted run": [DELETE_RUN, made({"model_id": "m-1", "step": 3})],
    "outputs by run_uuid": post(
        "runs/outputs", {"run_uuid": "{run}", "models": [{"model_id": "m-1"}]}
    ),
    "log a model": log_model(MODEL),
    "log two models": [log_model(MODEL), log_model(MODEL.replace('"m"', '"n"'))],
    "log a model twice": [log_model(MODEL), log_model(MODEL)],
    "log a model with more": log_model(MODEL.replace("{", '{"mlflow_version": "2.1", ', 1)),
    "log a model without path": log_model(MODEL.replace("artifact_path", "path")),
    "log a model without anything": log_model("{}"),
    "log a model that is a list": log_model("[]"),
    "log a model that is a number": log_model("5"),
    "log a model that is null": log_model("null"),
    "log a model that is no JSON": log_model("{a"),
    "log a model that is blank": log_model(" "),
    "log an empty model": log_model(""),
    "log a model of a deleted run": [DELETE_RUN, log_model(MODEL)],
    "log a model over a tag that is no list": [
        post(
            "runs/set-tag",
            {"run_id": "{run}", "key": "mlflow.log-model.history", "value": "nonsense"},
        ),
        log_model(MODEL),
    ],
    "log a model by run_uuid": post("runs/log-model", {"run_uuid": "{run}", "model_json": MODEL}),
}
SUMMARISED: dict[str, Step | list[Step]] = {
    "summaries of nothing": SUMMARIES,
    "summaries without experiments": post(SEARCH, {}),
    "summaries of an empty list": post(SEARCH, {"experiment_ids": []}),
    "summaries of a text": post(SEARCH, {"experiment_ids": "0"}),
    "summaries of numbers": post(SEARCH, {"experiment_ids": [999_999]}),
    "summaries of 20": post(SEARCH, {"experiment_ids": each(20, "99#")}),
    "summaries of 21": post(SEARCH, {"experiment_ids": each(21, "99#")}),
    "summaries of an experiment twice": [
        read(one([CONTEXT])),
        post(SEARCH, {"experiment_ids": ["{experiment}", "{experiment}"]}),
    ],
    "summaries of an unknown one": post(SEARCH, {"experiment_ids": ["999999"]}),
    "summaries of a deleted run": [read(one([CONTEXT])), DELETE_RUN, SUMMARIES],
    "summaries of a deleted experiment": [read(one([CONTEXT])), DELETE_EXPERIMENT, SUMMARIES],
    "summaries at /api": post("experiments/search-datasets", {"experiment_ids": ["{experiment}"]}),
}

SETUP = [EXPERIMENT, RUN_OF_EXPERIMENT]
SCENARIOS: Scenarios = {
    **table(READ, SETUP, [GET_RUN]),
    **table(MADE, SETUP, [GET_RUN]),
    **table(SUMMARISED, SETUP),
}
