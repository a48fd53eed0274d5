"""What a script of MLflow 2.22 does, beyond what clients of every era do alike.

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


if __name__ == "__main__":
    document = Document(mlflow.__version__)
    document.call(sys.argv[0], "script")
    areas = rounds.of_every_client(client, entities, 30_000)
    areas["fluent runs"] = lambda document: fluent.runs_by_the_api(document, mlflow)
    areas["fluent logging"] = lambda document: fluent.logging_by_the_api(document, mlflow)
    areas["asynchronous logging"] = lambda document: fluent.asynchronous_logging(document, mlflow)
    areas["datasets"] = lambda document: rounds.datasets_are_kept(document, client, entities)
    areas["getters"] = getters
    document.run(areas)
    document.print()
