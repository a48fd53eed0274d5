"""What a script of MLflow 3.17 does, beyond what clients of every era do alike.

Prints one document (see `document.py`); the common rounds are in `rounds.py` and `fluent.py`.
"""

import sys

import fluent
import mlflow
import rounds
from document import Document
from mlflow import MlflowClient, entities
from values import NOON

client = MlflowClient()


def getters(document):
    """Getters that came after 1.30."""
    mlflow.set_experiment("getters")
    with mlflow.start_run() as outer, mlflow.start_run(nested=True) as inner:
        parent = document.call(outer.info.run_id, "outer")
        mlflow.log_metric("timed", 1 / 3, step=5, timestamp=NOON)
    found = mlflow.get_parent_run(inner.info.run_id).info.run_id
    document.check("fluent runs", "get_parent_run", parent, found)
    history = rounds.points_of(client.get_metric_history(inner.info.run_id, "timed"))
    document.check("fluent logging", "its own time", [[1 / 3, NOON, 5]], history)
    child = mlflow.start_run(parent_run_id=parent)
    mlflow.end_run()
    tag = client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"]
    document.check("fluent runs", "start_run(parent_run_id)", parent, tag)


def experiment_tags(document):
    made = client.create_experiment("losing a tag", tags={"keep": "1", "lose": "2"})
    client.delete_experiment_tag(made, "lose")
    tags = dict(client.get_experiment(made).tags)
    document.check("experiments", "tag deleted", {"keep": "1"}, tags)
    text = f"No tag with name: lose in experiment with id {document.call(made, 'losing a tag')}"
    document.refusal(
        "refusals",
        "delete unknown experiment tag",
        rounds.refused(text, "RESOURCE_DOES_NOT_EXIST"),
        lambda: client.delete_experiment_tag(made, "lose"),
    )


def metrics_of_datasets(document):
    """A metric that names the data set it was measured on is a metric like any other."""
    run_id = rounds.new_run(document, client, "metrics of data sets")
    named = {"dataset_name": "iris", "dataset_digest": "abc123"}
    client.log_metric(run_id, "accuracy", 0.5, step=1, timestamp=NOON, **named)
    point = client.get_metric_history(run_id, "accuracy")[0]
    document.check("datasets", "of a metric", [0.5, NOON, 1], rounds.points_of([point])[0])


def refused_in_the_background(document):
    """A refusal reaches the caller who waits for the value."""
    run_id = rounds.new_run(document, client, "refused in the background")
    client.log_param(run_id, "lr", "0.1")
    text = "The following failures occurred while performing one or more async logging operations: "
    text += '[RestException("INVALID_PARAMETER_VALUE: Changing param values is not allowed. '
    document.refusal(
        "asynchronous logging",
        "changed param",
        {"class": "MlflowException", "code": "INTERNAL_ERROR", "text": text},
        lambda: client.log_param(run_id, "lr", "0.2", synchronous=False).wait(),
        whole=False,
    )


if __name__ == "__main__":
    document = Document(mlflow.__version__)
    document.call(sys.argv[0], "script")
    areas = rounds.of_every_client(client, entities, 30_000)
    areas["fluent runs"] = lambda document: fluent.runs_by_the_api(document, mlflow)
    areas["fluent logging"] = lambda document: fluent.logging_by_the_api(document, mlflow)
    areas["asynchronous logging"] = lambda document: fluent.asynchronous_logging(document, mlflow)
    areas["refused in the background"] = refused_in_the_background
    areas["datasets"] = lambda document: rounds.datasets_are_kept(document, client, entities)
    areas["metrics of data sets"] = metrics_of_datasets
    areas["getters"] = getters
    areas["experiment tags"] = experiment_tags
    document.run(areas)
    document.print()
