"""What a script of MLflow 0.8.2 does: run_uuid, whole seconds, no steps, no batches.

Prints one document (see `document.py`). The server must give runs a folder of this machine as
their artifact root, since this client writes artifacts there by itself.
"""

import os
import sys
import time
from pathlib import Path

import mlflow
from document import Document, fields
from mlflow.entities import RunStatus, SourceType, ViewType
from mlflow.tracking import MlflowClient
from values import (
    AWKWARD_KEYS,
    AWKWARD_NUMBERS,
    AWKWARD_TEXTS,
    INT64_MAX,
    NOON,
    NOON_IN_SECONDS,
    long_text,
)

client = MlflowClient()
store = client.store
UNKNOWN_RUN = "f" * 32


def new_run(document, name, **given):
    """A run in an experiment of its own, named in the document."""
    run = client.create_run(client.create_experiment(name), **given)
    return document.call(run.info.run_uuid, f"run of {name}")


def values_of(items):
    return {item.key: item.value for item in items}


def own_tags(run):
    """A run's tags without those that a later server makes of the run's source and user."""
    added = ("mlflow.user", "mlflow.source.", "mlflow.project.", "mlflow.runName")
    return {tag.key: tag.value for tag in run.data.tags if not tag.key.startswith(added)}


def experiments(document):
    area = "experiments"
    name = "Größen/β 🧪"
    default = client.get_experiment(0)
    document.check(area, "default", [0, "Default"], [default.experiment_id, default.name])
    made = client.create_experiment(name, "/some/where")
    document.check(area, "id is a number", True, isinstance(made, int) and made > 0)
    found = client.get_experiment(made)
    document.check(
        area,
        "create and get",
        [made, name, "/some/where", "active"],
        fields(found, "experiment_id name artifact_location lifecycle_stage"),
    )
    document.check(area, "by name", made, client.get_experiment_by_name(name).experiment_id)
    document.check(area, "unknown name", None, client.get_experiment_by_name("no such name"))
    client.rename_experiment(made, "renamed")
    document.check(area, "renamed", "renamed", client.get_experiment(made).name)
    document.check(area, "listed", True, made in ids_of(client.list_experiments()))
    client.delete_experiment(made)
    document.check(area, "deleted", "deleted", client.get_experiment(made).lifecycle_stage)
    document.check(area, "views while deleted", [0, 1, 1], views(made))
    deleted = client.get_experiment_by_name("renamed")
    document.check(area, "deleted by name", made, deleted.experiment_id)
    client.restore_experiment(made)
    document.check(area, "restored", "active", client.get_experiment(made).lifecycle_stage)
    document.check(area, "views when restored", [1, 0, 1], views(made))
    many = [client.create_experiment(f"many {number}") for number in range(30)]
    missing = set(many) - ids_of(client.list_experiments())
    document.check(area, "all in one list", [], sorted(missing))


def ids_of(found):
    return {experiment.experiment_id for experiment in found}


def views(experiment):
    kinds = [ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL]
    return [sum(experiment == e.experiment_id for e in store.list_experiments(k)) for k in kinds]


def fluent_runs(document):
    """set_experiment and start_run: the source, a nested run, a failure, a run taken up again."""
    area = "runs"
    mlflow.set_experiment("fluent")
    before = int(time.time() * 1000)
    source = {"source_version": "c0ffee", "entry_point_name": "main"}
    with mlflow.start_run(run_name="parent ☃", **source) as outer:
        parent = document.call(outer.info.run_uuid, "parent")
        mlflow.log_param("fluent", 0.1)
        mlflow.log_metric("fluent", 0.1 + 0.2)
        mlflow.set_tag("fluent", "tag")
        with mlflow.start_run(nested=True) as inner:
            child = document.call(inner.info.run_uuid, "child")
    run = client.get_run(parent)
    info = run.info
    wanted = [parent, "parent ☃", SourceType.LOCAL, sys.argv[0], "main", "c0ffee"]
    names = "run_uuid name source_type source_name entry_point_name source_version"
    document.check(area, "start_run", wanted, fields(info, names))
    document.check(area, "finished", RunStatus.FINISHED, info.status)
    tags = values_of(run.data.tags)
    document.check(area, "name is a tag as well", "parent ☃", tags["mlflow.runName"])
    document.check(area, "lifecycle", "active", info.lifecycle_stage)
    ordered = before <= info.start_time <= info.end_time <= int(time.time() * 1000)
    document.check(area, "times of its own clock", True, ordered)
    logged = [values_of(run.data.params), values_of(run.data.metrics), tags["fluent"]]
    document.check(area, "logged", [{"fluent": "0.1"}, {"fluent": 0.1 + 0.2}, "tag"], logged)
    document.check(
        area, "nested", parent, values_of(client.get_run(child).data.tags)["mlflow.parentRunId"]
    )
    with mlflow.start_run(run_uuid=parent):
        mlflow.log_metric("after", 1.0)
    after = values_of(client.get_run(parent).data.metrics)["after"]
    document.check(area, "taken up again", 1.0, after)
    failing = mlflow.start_run()
    document.call(failing.info.run_uuid, "failing")
    mlflow.end_run("FAILED")
    status = client.get_run(failing.info.run_uuid).info.status
    document.check(area, "failed", RunStatus.FAILED, status)


def client_runs(document):
    """What create_run is given comes back, and the run's later life."""
    area = "runs"
    home = client.create_experiment("lives", "/somewhere")
    sources = [SourceType.NOTEBOOK, SourceType.JOB, SourceType.PROJECT, SourceType.LOCAL]
    for source in sources:
        run = client.create_run(
            home, user_id="ada", run_name=f"source {source}", source_type=source,
            source_name="git://somewhere", entry_point_name="train", start_time=NOON,
            source_version="0123abcd", tags={"größe": "ä"},
        )  # fmt: skip
        run_id = document.call(run.info.run_uuid, f"run of source {source}")
        read = client.get_run(run_id)
        info = read.info
        wanted = [home, "ada", source, "git://somewhere", "train", "0123abcd", NOON, None]
        names = "experiment_id user_id source_type source_name entry_point_name source_version"
        got = fields(info, f"{names} start_time end_time")
        document.check(area, f"create_run of source {source}", wanted, got)
        wanted = [RunStatus.RUNNING, f"/somewhere/{run_id}/artifacts", {"größe": "ä"}]
        got = [info.status, info.artifact_uri, own_tags(read)]
        document.check(area, f"state of source {source}", wanted, got)
        document.check(area, f"name of source {source}", f"source {source}", info.name)
    document.check(area, "nothing logged", [[], []], [read.data.metrics, read.data.params])
    ends = []
    for number, status in enumerate(["FINISHED", "FAILED"]):
        client.set_terminated(run_id, status, NOON + number)
        info = client.get_run(run_id).info
        ends.append([info.status, info.end_time])
    wanted = [[RunStatus.FINISHED, NOON], [RunStatus.FAILED, NOON + 1]]
    document.check(area, "set_terminated", wanted, ends)
    stages = []
    for change in [client.delete_run, client.restore_run]:
        change(run_id)
        stages.append(client.get_run(run_id).info.lifecycle_stage)
    document.check(area, "delete and restore", ["deleted", "active"], stages)


def params(document):
    area = "params"
    run_id = new_run(document, "params")
    wanted = {**AWKWARD_TEXTS, **{key: f"value of {key[:9]}" for key in AWKWARD_KEYS}}
    for size in [500, 6000, 65_536]:
        wanted[f"{size} bytes"] = long_text(size)
    for key, value in wanted.items():
        client.log_param(run_id, key, value)
    document.check(area, "get_run", wanted, values_of(client.get_run(run_id).data.params))
    one_by_one = {key: store.get_param(run_id, key).value for key in wanted}
    document.check(area, "params/get", wanted, one_by_one)
    client.log_param(run_id, "tab", AWKWARD_TEXTS["tab"])
    document.check(area, "same value again", "a\tb", store.get_param(run_id, "tab").value)


def metrics(document):
    """One metric per awkward number, and the times that this era's clients and users send."""
    area = "metrics"
    run_id = new_run(document, "metrics")
    for number, (key, value) in enumerate(AWKWARD_NUMBERS.items()):
        client.log_metric(run_id, key, value, NOON_IN_SECONDS + number)
    latest = {metric.key: metric for metric in client.get_run(run_id).data.metrics}
    seconds = {}
    for key, value in AWKWARD_NUMBERS.items():
        got = store.get_metric(run_id, key)
        read = [latest[key].value, got.value, store.get_metric_history(run_id, key)]
        document.check(area, key, [float(value), float(value), [float(value)]], read)
        seconds[key] = [latest[key].timestamp, got.timestamp]
    # This era's own server answers whole seconds as sent. Milepost has one unit for all clients.
    wanted = {key: [(NOON_IN_SECONDS + n) * 1000] * 2 for n, key in enumerate(AWKWARD_NUMBERS)}
    document.check(area, "whole seconds come back as ms", wanted, seconds)
    for key in AWKWARD_KEYS:
        client.log_metric(run_id, key, 1.5, NOON_IN_SECONDS)
        document.check(area, f"key {key[:20]}", [1.5], store.get_metric_history(run_id, key))
    for name, moment in [("zero", 0), ("milliseconds", NOON), ("last", INT64_MAX)]:
        client.log_metric(run_id, f"time {name}", 1.0, moment)
        read = store.get_metric(run_id, f"time {name}").timestamp
        document.check(area, f"time {name}", moment, read)


def history(document):
    """No steps and whole seconds: many values of one second, and all must stay, in log order."""
    area = "metrics"
    run_id = new_run(document, "history")
    falling = [1 / (number + 1) for number in range(300)]
    for number, value in enumerate(falling):
        client.log_metric(run_id, "falling", value, NOON_IN_SECONDS + number // 50)
    document.check(area, "history", falling, store.get_metric_history(run_id, "falling"))
    document.check(area, "latest", falling[-1], store.get_metric(run_id, "falling").value)

    same = [0.5, 0.5, 0.25, 0.5, 0.5, -1.0, 0.5]
    for value in same:
        client.log_metric(run_id, "same", value, NOON_IN_SECONDS)
    document.check(area, "equal values stay", same, store.get_metric_history(run_id, "same"))
    document.check(area, "latest is the last", 0.5, store.get_metric(run_id, "same").value)

    strange = [3.0, float("nan"), 1.0, float("inf"), float("nan"), -0.0]
    for value in strange:
        client.log_metric(run_id, "strange", value, NOON_IN_SECONDS)
    document.check(area, "NaN in between", strange, store.get_metric_history(run_id, "strange"))
    document.check(area, "latest after NaN", -0.0, store.get_metric(run_id, "strange").value)

    client.log_metric(run_id, "ends in NaN", 1.0, NOON_IN_SECONDS)
    client.log_metric(run_id, "ends in NaN", float("nan"), NOON_IN_SECONDS)
    latest = store.get_metric(run_id, "ends in NaN").value
    document.check(area, "NaN as the latest", float("nan"), latest)

    for number, value in enumerate([1.0, 2.0, 3.0]):
        client.log_metric(run_id, "clock goes back", value, NOON_IN_SECONDS - number)
    read = store.get_metric_history(run_id, "clock goes back")
    document.check(area, "log order against the clock", [1.0, 2.0, 3.0], read)

    with mlflow.start_run(experiment_id=client.get_run(run_id).info.experiment_id) as active:
        for _ in range(20):
            mlflow.log_metric("constant", 0.125)
    constant = store.get_metric_history(active.info.run_uuid, "constant")
    document.check(area, "a constant of the fluent API", [0.125] * 20, constant)


def tags(document):
    run_id = new_run(document, "tags", tags={"given": "at once"})
    for key, value in AWKWARD_TEXTS.items():
        client.set_tag(run_id, key, value)
    for key in AWKWARD_KEYS:
        client.set_tag(run_id, key, "first")
        client.set_tag(run_id, key, "second")
    client.set_tag(run_id, "long", long_text(65_536))
    wanted = {**AWKWARD_TEXTS, **dict.fromkeys(AWKWARD_KEYS, "second")}
    wanted.update({"given": "at once", "long": long_text(65_536)})
    document.check("tags", "set and overwritten", wanted, own_tags(client.get_run(run_id)))


def search(document):
    """Searches without expressions: all runs in one answer, and the three views."""
    area = "search"
    homes = [client.create_experiment(f"search {number}") for number in range(2)]
    made = {}
    for number in range(12):
        run = client.create_run(homes[number % 2], start_time=NOON + number)
        made[document.call(run.info.run_uuid, f"run {number}")] = number
        client.log_metric(run.info.run_uuid, "m", number / 3, NOON_IN_SECONDS)
        client.log_param(run.info.run_uuid, "p", number)
    found = store.search_runs(homes, [], ViewType.ACTIVE_ONLY)
    logged = sorted([run.data.metrics[0].value, run.data.params[0].value] for run in found)
    wanted = sorted([number / 3, str(number)] for number in made.values())
    document.check(area, "every run with its data", wanted, logged)
    same = [run.info == client.get_run(run.info.run_uuid).info for run in found]
    document.check(area, "each as get_run gives it", [True] * 12, same)
    infos = client.list_run_infos(homes[1])
    numbers = sorted(made[info.run_uuid] for info in infos)
    document.check(area, "list_run_infos", list(range(1, 12, 2)), numbers)
    for info in infos[:2]:
        client.delete_run(info.run_uuid)
    kinds = [ViewType.ACTIVE_ONLY, ViewType.DELETED_ONLY, ViewType.ALL]
    counts = [len(client.list_run_infos(homes[1], kind)) for kind in kinds]
    document.check(area, "views", [4, 2, 6], counts)
    document.check(area, "none", [], store.search_runs([], [], ViewType.ALL))


def refusals(document):
    """A refusal raises the client's RestException at once, with the code in its text.

    Its `error_code` is INTERNAL_ERROR whatever the server said: 0.8.2 cannot read the code.
    """
    area = "refusals"

    def refuse(name, text, call, whole=True):
        expected = {"class": "RestException", "code": "INTERNAL_ERROR", "text": text}
        document.refusal(area, name, expected, call, whole)

    run_id = new_run(document, "refusals")
    missing = "RESOURCE_DOES_NOT_EXIST: "
    unknown = f"{missing}Run with id={UNKNOWN_RUN} not found"
    refuse("get unknown run", unknown, lambda: client.get_run(UNKNOWN_RUN))
    refuse("metric of unknown run", unknown, lambda: client.log_metric(UNKNOWN_RUN, "m", 1.0))
    nowhere = f"{missing}No Experiment with id=987654 exists"
    refuse("unknown experiment", nowhere, lambda: client.get_experiment(987654))
    refuse(
        "experiment twice",
        "RESOURCE_ALREADY_EXISTS: Experiment(name=refusals) already exists.",
        lambda: client.create_experiment("refusals"),
        whole=False,
    )
    refuse("unknown metric", missing, lambda: store.get_metric(run_id, "none"), whole=False)
    refuse("unknown param", missing, lambda: store.get_param(run_id, "none"), whole=False)
    client.log_param(run_id, "lr", "0.1")
    text = "INVALID_PARAMETER_VALUE: Changing param values is not allowed. Param with key='lr' was "
    text += f"already logged with value='0.1' for run ID='{run_id}'. Attempted logging new value "
    refuse("changed param", text + "'0.2'.", lambda: client.log_param(run_id, "lr", "0.2"))
    document.check(area, "param is as it was", "0.1", store.get_param(run_id, "lr").value)
    client.delete_run(run_id)
    text = f"INVALID_PARAMETER_VALUE: The run {run_id} must be in the 'active' state. "
    text += "Current state is deleted."
    refuse("metric of deleted run", text, lambda: client.log_metric(run_id, "m", 1.0))


def artifacts(document):
    """The client writes into the run's folder by itself; the server only says where it is."""
    area = "artifacts"
    mlflow.set_experiment("artifacts")
    os.makedirs("model/größe")
    files = {"note.txt": "hello", "model/a.bin": "aa", "model/größe/b.bin": "bbb"}
    for path, text in files.items():
        Path(path).write_text(text)
    with mlflow.start_run() as active:
        uri = mlflow.get_artifact_uri()
        mlflow.log_artifact("note.txt")
        mlflow.log_artifacts("model", "model")
    run_id = document.call(active.info.run_uuid, "run of artifacts")
    ending = f"{active.info.experiment_id}/{run_id}/artifacts"
    document.check(area, "place", ending, uri[-len(ending) :])
    document.check(area, "written", "hello", Path(uri, "note.txt").read_text())
    listed = sorted([f.path, f.is_dir, f.file_size] for f in client.list_artifacts(run_id, "model"))
    wanted = [["model/a.bin", False, 2], ["model/größe", True, None]]
    document.check(area, "listed", wanted, listed)
    fetched = client.download_artifacts(run_id, "model/größe/b.bin")
    document.check(area, "fetched", "bbb", Path(fetched).read_text())


if __name__ == "__main__":
    document = Document(mlflow.__version__)
    document.call(sys.argv[0], "script")
    areas = {"experiments": experiments, "fluent runs": fluent_runs, "runs": client_runs}
    areas.update({"params": params, "metrics": metrics, "history": history, "tags": tags})
    areas.update({"search": search, "refusals": refusals, "artifacts": artifacts})
    document.run(areas)
    document.print()
