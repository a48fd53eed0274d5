"""Where Milepost means to answer otherwise than the official server, each with its reason.

`DIFFERENCES` gives, for a scenario ("table / name", with * for any text), what of the recorded
document is otherwise here. Whatever is not named stays as recorded, and a difference that is none
any more fails a test, so the list cannot go stale. docs/compatibility.md tells users the same.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from fnmatch import fnmatchcase

from tests.exchanges.overlays import (
    INVALID,
    Overlay,
    answered,
    instead,
    like,
    missing,
    mistyped,
    ok,
    refused,
    swapped,
)
from tests.exchanges.scenario import Json
from tests.exchanges.tables import inputs, refusals

SUMMARIES = "/ajax-api/2.0/mlflow/experiments/search-datasets"
NO_LISTS = ("empty", "a text", "a number", "an object")
# The official server drops a field of the wrong type, and sometimes those behind it, and goes on.
MISTYPED: dict[str, dict[str, str]] = {
    "experiments": {
        "create with a tag that is no text": "tags[0].value",
        "create with a tag that is no object": "tags[0]",
    },
    "runs": {
        "create with a fractional start": "start_time",
        "create with a start that is true": "start_time",
        "create with too great a start": "start_time",
        "create with a user that is a number": "user_id",
        "create with a tag that is a number": "tags[0].value",
        "create with a tag that is no object": "tags[0]",
        "create with tags that are an object": "tags",
        "update to a small status": "status",
        "update to an unknown status": "status",
        "update to an empty status": "status",
        "update the end to a fraction": "end_time",
        "update the end beyond int64": "end_time",
        "update the name and an unknown status": "status",
    },
    "metrics": {
        "value a list": "value",
        "value an object": "value",
        "value 1e309 as text": "value",
        "timestamp a fraction": "timestamp",
        "timestamp true": "timestamp",
        "timestamp a list": "timestamp",
        "timestamp of 2^63": "timestamp",
        "step a fraction": "step",
        "step true": "step",
        "step of 2^63": "step",
        "step of -2^63-1": "step",
        "history by a word": "max_results",
        "history by a fraction": "max_results",
        "history by nothing": "max_results",
        "bulk by a word": "max_results",
        "interval from beyond int64": "start_step",
    },
    "batch": {
        "a metric with a number for a key": "metrics[1].key",
        "a metric with a word for a value": "metrics[1].value",
        "a metric with a list for a value": "metrics[1].value",
        "a metric with a word for a timestamp": "metrics[1].timestamp",
        "a metric with a fractional timestamp": "metrics[1].timestamp",
        "a metric with too great a timestamp": "metrics[1].timestamp",
        "a metric with a timestamp that is true": "metrics[1].timestamp",
        "a metric with a word for a step": "metrics[1].step",
        "a metric with a fractional step": "metrics[1].step",
        "a metric with too great a step": "metrics[1].step",
        "a metric that is null": "metrics[1]",
        "a metric that is a text": "metrics[1]",
        "a metric that is a number": "metrics[1]",
        "a metric that is a list": "metrics[1]",
        "a param with a number for a key": "params[1].key",
        "a param with a number for a value": "params[1].value",
        "a param with true for a value": "params[1].value",
        "a param that is null": "params[1]",
        "a param that is a text": "params[1]",
        "a tag with a number for a key": "tags[1].key",
        "a tag with a number for a value": "tags[1].value",
        "a tag that is null": "tags[1]",
        "a tag that is a text": "tags[1]",
    },
    "inputs": {
        "a tag with a number": "datasets[0].tags[0].value",
        "a null item": "datasets[0]",
        "an item that is a text": "datasets[0]",
        "a dataset with a number for a name": "datasets[0].dataset.name",
        "a model with a number for an id": "models[0].model_id",
        "an output with a word for a step": "models[0].step",
        "an output with a fractional step": "models[0].step",
        "an output with a number for an id": "models[0].model_id",
        "a null output": "models[0]",
        "summaries of a text": "experiment_ids",
        "summaries of numbers": "experiment_ids[0]",
    },
    "listing": {
        "experiments by a fraction": "max_results",
        "experiments by true": "max_results",
        "experiments by a list": "max_results",
        "experiments in view 0": "view_type",
        "experiments in view 9": "view_type",
        "experiments in view small letters": "view_type",
        "experiments in view an unknown one": "view_type",
        "experiments in view empty": "view_type",
        "experiments in view true": "view_type",
        "experiments in view a list": "view_type",
        "runs of a number": "experiment_ids[0]",
        "runs of a null in a list": "experiment_ids[0]",
        "runs by a fraction": "max_results",
        "runs by true": "max_results",
        "runs by a list": "max_results",
        "runs in view 0": "run_view_type",
        "runs in view 9": "run_view_type",
        "runs in view small letters": "run_view_type",
        "runs in view an unknown one": "run_view_type",
        "runs in view empty": "run_view_type",
        "runs in view true": "run_view_type",
        "runs in view a list": "run_view_type",
        "runs from a token that is a number": "page_token",
    },
    "refusals": {
        "runs/create: user_id a number": "user_id",
        "runs/create: user_id true": "user_id",
        "runs/create: user_id a list": "user_id",
        "runs/create: user_id an object": "user_id",
        "runs/create: start_time true": "start_time",
        "runs/create: start_time a list": "start_time",
        "runs/create: start_time an object": "start_time",
        "runs/create: start_time a fraction": "start_time",
        "runs/create: tags empty": "tags",
        "runs/create: tags a text": "tags",
        "runs/create: tags a number": "tags",
        "runs/create: tags an object": "tags",
        "runs/create: tags a list of numbers": "tags[0]",
        "runs/update: status empty": "status",
        "runs/update: status true": "status",
        "runs/update: end_time true": "end_time",
        "runs/update: end_time a list": "end_time",
        "runs/update: end_time an object": "end_time",
        "runs/update: end_time a fraction": "end_time",
        "runs/log-metric: value a list": "value",
        "runs/log-metric: value an object": "value",
        "runs/log-metric: timestamp true": "timestamp",
        "runs/log-metric: timestamp a list": "timestamp",
        "runs/log-metric: timestamp an object": "timestamp",
        "runs/log-metric: timestamp a fraction": "timestamp",
        "runs/log-metric: step true": "step",
        "runs/log-metric: step a list": "step",
        "runs/log-metric: step an object": "step",
        "runs/log-metric: step a fraction": "step",
        "runs/log-batch: metrics a list of numbers": "metrics[0]",
        "runs/log-batch: params a list of numbers": "params[0]",
        "runs/log-batch: tags a list of numbers": "tags[0]",
        "runs/log-inputs: datasets a list of numbers": "datasets[0]",
        "runs/search: experiment_ids a list of numbers": "experiment_ids[0]",
        "runs/search: max_results true": "max_results",
        "runs/search: max_results a list": "max_results",
        "runs/search: max_results an object": "max_results",
        "runs/search: max_results a fraction": "max_results",
        **{f"{SUMMARIES}: experiment_ids {row}": "experiment_ids" for row in NO_LISTS},
        f"{SUMMARIES}: experiment_ids a list of numbers": "experiment_ids[0]",
        "metrics/get-history: max_results empty": "max_results",
        "metrics/get-history: max_results a word": "max_results",
    },
}

NOT_JSON = refused("The request body is not valid JSON: {decoder's words}", "BAD_REQUEST")
NO_UTF8 = refused("The query string is not valid percent-encoded UTF-8.", "BAD_REQUEST")
LONG = "exceeds the maximum length of 65536 bytes of UTF-8"
GREATEST = "1.7976931348623157e+308"
AGAIN = "already exists. If it was deleted, restore it or choose another name."
DRIVER = "already exists. {driver text}"
NAMES = (
    "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ),"
    " colon(:) and slashes (/)."
)
MODEL_FAULT = (
    "Model json is missing mandatory fields:"
    " {'artifact_path', 'flavors', 'run_id', 'utc_time_created'}"
)
HISTORY_FAULT = (
    "The run's tag 'mlflow.log-model.history' holds no JSON list, so no model can be added to it."
    " Delete the tag or set it anew."
)
REPEATED = (
    "Duplicate tag keys have been submitted: ['a']."
    " Please ensure the request contains only one tag value per tag key."
)
REPEATED_INPUT = "Duplicate input tag keys have been submitted: ['mlflow.data.context']."
# Queries of which one field is no UTF-8.
UNREADABLE = ("experiment_id", "experiment_name", "run_id", "run_ids", "metric_key", "max_results")
BULK = "/ajax-api/2.0/mlflow/metrics/get-history-bulk"
BY_STORE = {
    "metrics": ["b", "x", "A", "c"],
    "params": ["b", "x", "A", "c"],
    "tags": ["mlflow.runName", "y", "b", "x", "A", "c"],
}
NEW_RUN = {
    "run": {
        "data": {"tags": [{"key": "mlflow.runName", "value": "{generated name}"}]},
        "info": {
            "artifact_uri": "{root}/0/{id}/artifacts",
            "experiment_id": "0",
            "lifecycle_stage": "active",
            "run_id": "{id}",
            "run_name": "{generated name}",
            "run_uuid": "{id}",
            "start_time": 0,
            "status": "RUNNING",
            "user_id": "",
        },
        "inputs": {},
    }
}


def nul(field: str) -> Overlay:
    return refused(f"'{field}' contains a NUL character, which not every database can store.")


def no_object(kind: str) -> Overlay:
    message = f"The request body must be a JSON object, not a value of type '{kind}'."
    return refused(message, "BAD_REQUEST")


def no_experiment_id(text: str) -> Overlay:
    return refused(f"Invalid experiment ID '{text}'. Experiment ID must be a valid integer.")


def mistyped_at(field: str, shown: str, kind: str) -> Json:
    return answered(
        INVALID,
        f"Invalid value {shown} for parameter '{field}' supplied:  Hint: Value was of type"
        f" '{kind}'. See the API docs for more information about request parameters.",
    )


def too_great(experiment_id: str) -> Overlay:
    message = f"No Experiment with id={experiment_id} exists"
    unknown = answered("RESOURCE_DOES_NOT_EXIST", message, 404)
    steps = {f"at{index}": unknown for index in range(6)}
    return instead(at6=ok({}), at7=ok({}), **steps)


def history(*models: str) -> Overlay:
    """The models of a run as they were sent, in its tag."""
    kept = json.dumps([json.loads(model) for model in models])
    tag = {"key": "mlflow.log-model.history", "value": kept}
    name = {"key": "mlflow.runName", "value": "first"}
    return instead({"run.data.tags": [tag, name]})


def nowhere(request: str) -> Overlay:
    return refused(f"Milepost serves nothing at {request}.", "ENDPOINT_NOT_FOUND", 404)


def not_allowed(method: str, path: str, takes: str) -> Overlay:
    return refused(f"{method} is not allowed on {path}; it takes {takes}.", "BAD_REQUEST", 405)


def tagged_experiment(value: str) -> Json:
    return {
        "experiment": {
            "experiment_id": "{experiment}",
            "name": "{name}",
            "artifact_location": "{root}/{experiment}",
            "lifecycle_stage": "active",
            "last_update_time": "{created}",
            "creation_time": "{created}",
            "tags": [{"key": "a", "value": value}],
            "workspace": "default",
        }
    }


def summary(context: str) -> Json:
    return {"experiment_id": "{experiment}", "name": "d", "digest": "1", "context": context}


DIFFERENCES: list[tuple[str, dict[str, Overlay]]] = [
    (
        "a field of the wrong type is refused, where the official server drops it and goes on",
        {
            f"{group} / {name}": mistyped(path)
            for group, rows in MISTYPED.items()
            for name, path in rows.items()
        },
    ),
    (
        "and so is the id of an experiment within a list",
        {
            "experiments / an experiment id a number": instead(
                at6=mistyped_at("experiment_ids[0]", "0", "int"),
                at7=mistyped_at("experiment_ids[0]", "0", "int"),
            ),
            "experiments / an experiment id a list": instead(
                at6=mistyped_at("experiment_ids[0]", '["0"]', "list"),
                at7=mistyped_at("experiment_ids[0]", '["0"]', "list"),
            ),
            "metrics / value an integer of 400 digits": instead(
                at0=mistyped_at("value", "{1 x 400}", "int")
            ),
        },
    ),
    (
        "what is no JSON is refused, where the official server takes it for an empty object",
        {
            **{
                f"refusals / *: {row}": NOT_JSON
                for row in (
                    "a cut-off body",
                    "no JSON",
                    "something behind",
                    "a comma too many",
                    "single quotes",
                    "no UTF-8",
                    "a lone surrogate",
                    "a byte order mark",
                    "a text",
                    "an empty text",
                    "a NaN",
                )
            },
            **{
                f"metrics / value {value}": NOT_JSON
                for value in (
                    "bare NaN",
                    "bare Infinity",
                    "bare -Infinity",
                    "1e309",
                    "-1e309",
                    "a leading zero",
                    "a bare point",
                )
            },
        },
    ),
    (
        "a body that is no object is refused; the official server answers 500 or takes it for one",
        {
            "refusals / *: a list": no_object("list"),
            "refusals / *: a list of it": no_object("list"),
            "refusals / *: a number": no_object("int"),
            "refusals / *: null": no_object("NoneType"),
            "refusals / *: true": no_object("bool"),
            "refusals / *: encoded three times": no_object("str"),
        },
    ),
    (
        "a query that is no UTF-8 is refused, where the official server keeps the escapes",
        {f"refusals / *: {field} no UTF-8": NO_UTF8 for field in UNREADABLE},
    ),
    (
        "media types are compared without case (RFC 9110)",
        {"refusals / *: a content type in capitals": like("as it should be")},
    ),
    (
        "±Infinity and -0.0 are kept; the official store clamps them, or loses the sign",
        {
            "metrics / value Infinity as text": swapped(GREATEST, '"Infinity"'),
            "metrics / value inf as text": swapped(GREATEST, '"Infinity"'),
            "metrics / value +Infinity as text": swapped(GREATEST, '"Infinity"'),
            "metrics / value -Infinity as text": swapped(f"-{GREATEST}", '"-Infinity"'),
            "batch / a value of Infinity": swapped(GREATEST, '"Infinity"'),
            "metrics / value minus zero": swapped(" 0.0", " -0.0"),
            "metrics / value minus zero as text": swapped(" 0.0", " -0.0"),
        },
    ),
    (
        "spellings of a number that the official server stores as 0 are read",
        {
            "metrics / value nan as text": like("metrics / value NaN as text"),
            "metrics / timestamp as a text with blanks": like("metrics / timestamp as text"),
        },
    ),
    (
        "NaN is a text in every answer; here the official server writes what is no JSON",
        {
            f"metrics / {row}": swapped("<bare NaN>", "NaN")
            for row in (
                "bulk",
                "bulk of a run",
                "bulk by 4",
                "bulk by 25001",
                "bulk of a run twice",
                "bulk of an unknown run",
                "bulk of a deleted run",
            )
        },
    ),
    (
        "a size below 0 is as none, where the official server leaves points out at the end",
        {"metrics / bulk by -1": like("metrics / bulk of a run")},
    ),
    (
        "params and run tags are kept whole up to 65,536 bytes and never cut",
        {
            "runs / param: log 6001": swapped("{v x 6000}", "{v x 6001}"),
            "runs / param: log 6001 again": swapped("{v x 6000}", "{v x 6001}"),
            "runs / param: log 65536": swapped("{v x 6000}", "{v x 65536}"),
            "runs / param: log 65537": refused(f"'Param value' {LONG}"),
            "runs / param: log 65538 bytes of wide characters": refused(f"'Param value' {LONG}"),
            "runs / tag: set 8001": swapped("{v x 8000}", "{v x 8001}"),
            "runs / tag: set 65536": swapped("{v x 8000}", "{v x 65536}"),
            "runs / tag: set 65537": refused(f"'value' {LONG}"),
            "batch / a param of 6001": swapped("{v x 6000}", "{v x 6001}"),
            "batch / a param of 65537": refused(f"'params[0].value' {LONG}"),
            "batch / a tag of 8001": swapped("{v x 8000}", "{v x 8001}"),
            "batch / a tag of 65537": refused(f"'tags[0].value' {LONG}"),
        },
    ),
    (
        "NUL characters are refused: not every database stores them",
        {
            "experiments / create with a NUL in the name": nul("name"),
            "experiments / a location with a NUL": nul("artifact_location"),
            "experiments / rename with a NUL": nul("name"),
            "experiments / set tag with a NUL": nul("value"),
            "runs / create with a NUL in the name": nul("run_name"),
            "runs / update with a NUL in the name": nul("run_name"),
            "runs / param: log a NUL": nul("Param value"),
            "runs / tag: set a NUL": nul("value"),
        },
    ),
    (
        "a taken name is said to be taken in our words, also when renaming",
        {
            "experiments / create the same name again": swapped(DRIVER, AGAIN),
            "experiments / create the name of a deleted one": swapped(DRIVER, AGAIN),
            "experiments / create Default": swapped(DRIVER, AGAIN),
            "experiments / rename to a taken name": instead(
                at1=answered("RESOURCE_ALREADY_EXISTS", f"Experiment(name={{name}} taken) {AGAIN}")
            ),
        },
    ),
    (
        "a permanent fault is no 5xx, which clients repeat for minutes",
        {
            "experiments / rename a deleted one": swapped('"status": 500', '"status": 400'),
            "experiments / an experiment id beyond int64": too_great("9223372036854775808"),
            "experiments / an experiment id of 30 digits": too_great("9" * 30),
            "inputs / log a model that is a list": refused(MODEL_FAULT),
            "inputs / log a model that is a number": refused(MODEL_FAULT),
            "inputs / log a model that is null": refused(MODEL_FAULT),
            "inputs / log a model over a tag that is no list": instead(
                at1=answered(INVALID, HISTORY_FAULT)
            ),
        },
    ),
    (
        "null is as absent everywhere, also where the official server fails on it",
        {
            "batch / null lists": instead(at0=ok({})),
            "refusals / runs/log-batch: metrics null": like("metrics absent"),
            "refusals / runs/log-batch: params null": like("params absent"),
            "refusals / runs/log-batch: tags null": like("tags absent"),
            "refusals / runs/search: max_results null": like("max_results absent"),
            "listing / runs by null": like("listing / runs that are active"),
            "refusals / runs/log-batch: an empty body": missing("run_id"),
            "refusals / runs/log-batch: a blank body": missing("run_id"),
        },
    ),
    (
        "without an experiment a run is created in the default one",
        {
            "runs / create with nothing": instead(at0=ok(NEW_RUN)),
            "runs / create without an experiment": like("runs / create"),
            "runs / create with an empty experiment": like("runs / create"),
            "runs / create with a null experiment": like("runs / create"),
            "refusals / runs/create: experiment_id absent": like("as it should be"),
            "refusals / runs/create: experiment_id null": like("as it should be"),
            "refusals / runs/create: experiment_id empty": like("as it should be"),
            "refusals / runs/create: an empty body": instead(at0=ok(NEW_RUN)),
            "refusals / runs/create: a blank body": instead(at0=ok(NEW_RUN)),
            "refusals / runs/create: an empty object": instead(at0=ok(NEW_RUN)),
        },
    ),
    (
        "an empty tag mlflow.runName in runs/create is as none, where the driver fails",
        {
            "runs / create with a name and an empty tag": like("runs / create"),
            "runs / create with an empty name tag": like("runs / create without a name"),
        },
    ),
    (
        "tags of a new run are checked as in set-tag, and none may come twice",
        {
            "runs / create with a tag without key": missing("tags[0].key"),
            "runs / create with an empty tag key": missing("tags[0].key"),
            "runs / create with a bad tag key": refused(
                f"Invalid value \"a?b\" for parameter 'tags[0].key' supplied: {NAMES}"
            ),
            "runs / create with a long tag key": refused(
                "'tags[0].key' exceeds the maximum length of 250 characters"
            ),
            "runs / create with a tag twice": refused(REPEATED),
            "runs / create with the same tag twice": refused(REPEATED),
            "inputs / a tag twice": instead(at0=answered(INVALID, REPEATED_INPUT)),
        },
    ),
    (
        "an experiment's id is decimal digits, and is echoed as stored",
        {
            **{
                f"experiments / {call} with an id {name}": no_experiment_id(text)
                for call in ("get", "restore", "delete tag")
                for name, text in (
                    ("with blanks", " 0 "),
                    ("with a plus", "+0"),
                    ("with an underscore", "0_0"),
                    ("Arabic digits", "٠"),
                )
            },
            "experiments / delete tag with an id with zeros": swapped("id 000", "id 0"),
        },
    ),
    (
        "run_uuid is no alias of run_id here: the official server then looks for a run without id",
        {
            f"{row} by run_uuid": missing("run_id")
            for row in (
                "runs / delete",
                "runs / restore",
                "runs / tag: delete",
                "batch / order:",
                "inputs /",
                "inputs / outputs",
                "inputs / log a model",
            )
        },
    ),
    (
        "datasets, models and their tags need their names, which the official server stores empty",
        {
            "inputs / a tag without key": missing("datasets[0].tags[0].key"),
            "inputs / a tag with an empty key": missing("datasets[0].tags[0].key"),
            "inputs / no dataset in the item": missing("datasets[0].dataset"),
            "inputs / an empty item": missing("datasets[0].dataset"),
            "inputs / an empty dataset": missing("datasets[0].dataset.name"),
            "inputs / a good dataset and one without name": missing("datasets[1].dataset.name"),
            **{
                f"inputs / a dataset {how} {text}": missing(f"datasets[0].dataset.{field}")
                for how in ("without", "with an empty")
                for text, field in (
                    ("name", "name"),
                    ("digest", "digest"),
                    ("source type", "source_type"),
                    ("source", "source"),
                )
            },
            **{
                f"inputs / {what}": missing("models[0].model_id")
                for what in (
                    "a model without id",
                    "a model with an empty id",
                    "an output without id",
                    "an output with an empty id",
                    "an empty output",
                )
            },
        },
    ),
    (
        "a metric may name a model that is not known yet, as runs/outputs may",
        {"metrics / a model": like("metrics / step absent")},
    ),
    (
        "the history of logged models keeps all that was sent of each",
        {
            "inputs / log a model": history(inputs.MODEL),
            "inputs / log two models": history(inputs.MODEL, inputs.MODEL.replace('"m"', '"n"')),
            "inputs / log a model twice": history(inputs.MODEL, inputs.MODEL),
            "inputs / log a model with more": history(
                inputs.MODEL.replace("{", '{"mlflow_version": "2.1", ', 1)
            ),
            "refusals / runs/log-model: as it should be": history(refusals.MODEL),
            "refusals / runs/log-model: an unknown field": history(refusals.MODEL),
            "refusals / runs/log-model: encoded twice": history(refusals.MODEL),
            "refusals / runs/log-model: a content type with charset": history(refusals.MODEL),
        },
    ),
    (
        "page tokens are opaque keys; those that no server gave out are refused alike",
        {
            f"listing / {what} from a token of {name}": refused(f"Invalid page token, {text}")
            for what in ("experiments", "runs")
            for name, text in (
                ("a negative offset", "parsed value={'offset': -1}"),
                ("an offset of text", "parsed value={'offset': 'a'}"),
                ("a list", "parsed value=[]"),
                ("a wide character", "could not base64-decode"),
            )
        },
    ),
    (
        "keys come in an order of the store's own, not in the order in which they were logged",
        {
            "listing / the order of keys in runs/get": instead(at0=ok({"run": {"data": BY_STORE}})),
            "listing / the order of keys in runs/search": instead(
                at0=ok({"runs": [{"data": BY_STORE}]})
            ),
            "listing / the order of keys in experiments/get": instead(
                at0=ok({"experiment": {"tags": ["A", "b", "c", "x"]}})
            ),
            "inputs / a dataset in two runs": instead(
                at4=ok({"dataset_summaries": [summary("evaluation"), summary("training")]})
            ),
        },
    ),
    (
        "where nothing is served the answer is JSON, which clients can read",
        {
            "metrics / bulk at /api": nowhere("GET /api/2.0/mlflow/metrics/get-history-bulk"),
            "inputs / summaries at /api": nowhere(
                "POST /api/2.0/mlflow/experiments/search-datasets"
            ),
            "routes / an unknown call": nowhere("POST /api/2.0/mlflow/runs/log-nothing"),
            "routes / an unknown call by GET": nowhere("GET /api/2.0/mlflow/runs/nothing"),
            "routes / an unknown version": nowhere("GET /api/9.0/mlflow/runs/get"),
            "routes / version 3": nowhere("GET /api/3.0/mlflow/runs/get"),
            "routes / no version": nowhere("GET /api/mlflow/runs/get"),
            "routes / capitals": nowhere("GET /api/2.0/mlflow/Runs/Get"),
            "routes / a slash at the end": nowhere("GET /api/2.0/mlflow/runs/get/"),
            "routes / two slashes": nowhere("GET /api/2.0//mlflow/runs/get"),
            "routes / a point as a step": nowhere("GET /api/2.0/mlflow/./runs/get"),
            "listing / runs by GET": not_allowed("GET", "/api/2.0/mlflow/runs/search", "POST"),
            "routes / POST where GET is served": not_allowed(
                "POST", "/api/2.0/mlflow/runs/get", "GET"
            ),
            **{
                f"routes / {method} where POST is served": not_allowed(
                    method, f"/api/2.0/mlflow/runs/{call}", "POST"
                )
                for method, call in (
                    ("GET", "log-metric"),
                    ("PUT", "log-metric"),
                    ("DELETE", "delete"),
                    ("PATCH", "update"),
                )
            },
            "routes / health by POST": not_allowed("POST", "/health", "GET"),
            "routes / a made-up method": instead(
                at0={"status": 400, "body": "Invalid HTTP request received."}
            ),
        },
    ),
    (
        "a tag given twice to a new experiment is set twice: the last value stays",
        {
            "experiments / create with a tag twice": instead(
                at0=ok({"experiment_id": "{experiment}"}), at1=ok(tagged_experiment("2"))
            ),
            "experiments / create with the same tag twice": instead(
                at0=ok({"experiment_id": "{experiment}"}), at1=ok(tagged_experiment("1"))
            ),
        },
    ),
    (
        "an empty key is as none, and a GET without query may bring a body, as in the other calls",
        {
            f"refusals / {BULK}: metric_key empty": refused(
                "GetMetricHistoryBulk request must specify a metric_key."
            ),
            f"refusals / {BULK}: a body for a query": mistyped("run_id"),
        },
    ),
    (
        "HEAD is answered as GET is (RFC 9110)",
        {"routes / HEAD where GET is served": instead(at0={"status": 200, "body": None})},
    ),
]


def overlay_of(name: str) -> str | None:
    """The name or the pattern under which a scenario's difference is declared."""
    if name in BY_NAME:
        return name
    return next((pattern for pattern in PATTERNS if fnmatchcase(name, pattern)), None)


def expected(name: str, recorded_of: Callable[[str], Json]) -> Json:
    """Milepost's document for a scenario, from the official server's."""
    found = overlay_of(name)
    if found is None:
        return recorded_of(name)
    others = functools.partial(expected, recorded_of=recorded_of)
    return BY_NAME[found](recorded_of(name), name, others)


BY_NAME = {name: overlay for _, ours in DIFFERENCES for name, overlay in ours.items()}
PATTERNS = [name for name in BY_NAME if "*" in name]
