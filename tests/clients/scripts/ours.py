"""The same script as the official clients', with `import milepost as mlflow`.

Prints one document (see `document.py`); the common rounds are in `rounds.py` and `fluent.py`.
"""

import sys

import fluent
import rounds
from document import Document

import milepost as mlflow
from milepost import MlflowClient, entities

client = MlflowClient()

if __name__ == "__main__":
    document = Document(mlflow.__version__)
    document.call(sys.argv[0], "script")
    areas = rounds.of_every_client(client, entities, 30_000)
    areas["fluent runs"] = lambda document: fluent.runs_by_the_api(document, mlflow)
    areas["fluent logging"] = lambda document: fluent.logging_by_the_api(document, mlflow)
    areas["asynchronous logging"] = lambda document: fluent.asynchronous_logging(document, mlflow)
    areas["datasets"] = lambda document: rounds.datasets_are_kept(document, client, entities)
    document.run(areas)
    document.print()
