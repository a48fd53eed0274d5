"""What a script of MLflow 1.30 does, beyond what clients of every era do alike.

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


def lists(document):
    """The lists that 2.0 took away: run infos by experiment (a search behind the scenes)."""
    home = client.create_experiment("lists")
    for number in range(3):
        run = client.create_run(home, start_time=NOON + number)
        document.call(run.info.run_id, f"run {number} of lists")
    newest = [run.info.run_id for run in client.search_runs([home])]
    infos = client.list_run_infos(home, entities.ViewType.ALL)
    document.check("search", "list_run_infos", newest, [info.run_id for info in infos])
    page = client.list_run_infos(home, max_results=2)
    rest = client.list_run_infos(home, max_results=2, page_token=page.token)
    pages = [[info.run_id for info in part] for part in (page, rest)]
    document.check("search", "list_run_infos in pages", [newest[:2], newest[2:]], pages)


def listed_experiments(document):
    """experiments/list, which servers from 2.0 on no longer have."""
    names = [f"listed {number}" for number in range(3)]
    for name in names:
        client.create_experiment(name)
    client.delete_experiment(client.get_experiment_by_name("listed 1").experiment_id)
    view = entities.ViewType
    kinds = {view.ACTIVE_ONLY: [names[0], names[2]], view.DELETED_ONLY: [names[1]], view.ALL: names}
    for kind, wanted in kinds.items():
        try:
            listed = {experiment.name for experiment in client.list_experiments(kind)}
            found = sorted(listed & set(names))
        except mlflow.MlflowException as error:
            found = error.error_code
        document.check("listed experiments", view.to_string(kind), wanted, found)


if __name__ == "__main__":
    document = Document(mlflow.__version__)
    document.call(sys.argv[0], "script")
    # 1.30 asks for a history in one piece, whatever its length.
    areas = rounds.of_every_client(client, entities, 30_000)
    areas["fluent runs"] = lambda document: fluent.runs_by_the_api(document, mlflow)
    areas["fluent logging"] = lambda document: fluent.logging_by_the_api(document, mlflow)
    areas["lists"] = lists
    areas["listed experiments"] = listed_experiments
    document.run(areas)
    document.print()
