"""Writes the same runs with whatever official client runs it, into a folder, a database
or a server.

    python write_runs.py TRACKING_URI FOLDER [POINTS]

Prints what it made as JSON. Runs under MLflow 0.8.2 to 3.17, so it imports nothing of ours.
"""

import inspect
import json
import os
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

from mlflow.tracking import MlflowClient

VALUES = [1.0, float("nan"), float("inf"), float("-inf"), -0.0, 5e-320, 0.1, -2.5]
START = 1700000000123


def id_of(run):
    return getattr(run.info, "run_id", None) or run.info.run_uuid


def main(uri, folder, points):
    client = MlflowClient(uri)
    is_old = not hasattr(client, "log_batch")
    artifact = os.path.join(folder, "a.txt")
    with open(artifact, "w") as file:
        file.write("hello")
    location = None
    if not uri.startswith(("/", "file:", "http:")):
        location = os.path.join(folder, "kept", "one")
    experiment = client.create_experiment("exp: one", artifact_location=location)
    tags = {
        "mlflow.runName": "first",
        "note": "line 1\nline 2\r\nline 3\n",
        "empty": "",
        "uni": "żółw 🐢",
        "mlflow.user": "ann",
    }
    first = id_of(create_named(client, experiment, tags, uri))
    client.log_param(first, "lr", "0.1")
    client.log_param(first, "nested/opt", "adam" if is_old else "adam\nwith a second line")
    for step, value in enumerate(VALUES):
        if is_old:
            client.log_metric(first, "train/loss", value, START // 1000 + step)
        else:
            client.log_metric(first, "train/loss", value, START + step, step - 1)
    client.log_metric(first, "acc", 0.5)
    if not is_old:
        client.log_metric(first, "acc", 0.25, 1700000000000, -3)
        client.set_experiment_tag(experiment, "team", "a: b\nc")
        many(client, first, points)
    client.log_artifact(first, artifact, "sub/dir")
    extras(client, experiment, first)
    client.set_terminated(first, "FAILED", START + 60000)
    child = id_of(client.create_run(experiment, start_time=7, tags={"mlflow.parentRunId": first}))
    deleted = id_of(client.create_run(experiment, start_time=8))
    gone = client.create_experiment("gone")
    in_gone = id_of(client.create_run(gone))
    client.log_metric(in_gone, "x", 1.0)
    if not is_old or hasattr(client, "delete_run"):
        client.delete_run(deleted)
    client.delete_experiment(gone)
    made = {"first": first, "child": child, "deleted": deleted, "in_gone": in_gone}
    made.update(experiment=str(experiment), gone=str(gone))
    print(json.dumps(made))


def create_named(client, experiment, tags, uri):
    """A server refuses a name that stands in the tags alone, once its clients make up names."""
    names = {}
    if uri.startswith("http") and "run_name" in inspect.signature(client.create_run).parameters:
        names["run_name"] = tags["mlflow.runName"]
    return client.create_run(experiment, start_time=START, tags=tags, **names)


def many(client, run_id, points):
    """A long history, out of order at its end and with a point twice."""
    from mlflow.entities import Metric

    steps = [*range(points), 3, 3]
    for start in range(0, len(steps), 1000):
        part = steps[start : start + 1000]
        client.log_batch(run_id, [Metric("long", s * 0.1, 1700000000000 + s, s) for s in part])


def extras(client, experiment, run_id):
    """What 2.x and 3.x have beyond: datasets, and models as inputs and outputs."""
    try:
        from mlflow.entities import Dataset, DatasetInput, InputTag
    except ImportError:
        return
    context = InputTag("mlflow.data.context", "train")
    one = Dataset("ds", "d1", "local", "there", schema='{"a": 1}', profile=None)
    two = Dataset("ds", "d2", "http", "elsewhere", schema=None, profile="{}")
    client.log_inputs(run_id, [DatasetInput(one, [context]), DatasetInput(two, [])])
    try:
        from mlflow.entities import LoggedModelInput, LoggedModelOutput
    except ImportError:
        return
    if not hasattr(client, "create_logged_model") or not hasattr(client, "log_outputs"):
        return
    model = client.create_logged_model(experiment, name="m", source_run_id=run_id)
    client.log_outputs(run_id, [LoggedModelOutput(model.model_id, step=4)])
    client.log_inputs(run_id, models=[LoggedModelInput(model.model_id)])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 2500)
