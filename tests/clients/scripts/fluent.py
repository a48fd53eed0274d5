"""What a training script says through the fluent API, alike in every client since 1.0.

Each round takes the document and the client's `mlflow` module. Nothing here is of one era alone.
"""

import sys

from rounds import own_tags, points_of
from values import NOON

USER = "ada"  # what the tests put into LOGNAME


def runs_by_the_api(document, mlflow):
    """start_run with names, tags and nesting; the source and the user that the client adds."""
    area = "fluent runs"
    client = mlflow.MlflowClient()
    experiment = mlflow.set_experiment("fluent")
    document.call(experiment.experiment_id, "experiment of fluent")
    mlflow.set_experiment_tag("tagged", "fluently")
    given = {"tags": {"kind": "outer"}, "description": "what it is"}
    with mlflow.start_run(run_name="parent", **given) as outer:
        parent = document.call(outer.info.run_id, "parent")
        active = mlflow.active_run().info.run_id
        with mlflow.start_run(nested=True, run_name="child") as inner:
            child = document.call(inner.info.run_id, "child")
    run = client.get_run(parent)
    document.check(area, "active run", parent, active)
    tags = {"kind": "outer", "mlflow.note.content": "what it is", "mlflow.runName": "parent"}
    document.check(area, "tags", tags, own_tags(client, parent))
    source = [sys.argv[0], "LOCAL", USER, USER]
    read = [run.data.tags[f"mlflow.source.{field}"] for field in ("name", "type")]
    read += [run.data.tags["mlflow.user"], run.info.user_id]
    document.check(area, "source and user", source, read)
    document.check(area, "status", "FINISHED", run.info.status)
    document.check(area, "end after start", True, run.info.end_time >= run.info.start_time > NOON)
    nested = client.get_run(child)
    document.check(area, "nested", parent, nested.data.tags["mlflow.parentRunId"])
    tags = dict(mlflow.get_experiment_by_name("fluent").tags)
    document.check(area, "experiment tag", {"tagged": "fluently"}, tags)
    runs_that_fail_or_go_on(document, area, mlflow, parent)


def runs_that_fail_or_go_on(document, area, mlflow, finished):
    """An exception in the block, a kill, and a finished run that is taken up again by its id."""
    client = mlflow.MlflowClient()
    try:
        with mlflow.start_run() as failing:
            raise RuntimeError("as a training script may")
    except RuntimeError:
        pass
    failed = client.get_run(document.call(failing.info.run_id, "failing"))
    document.check(area, "an exception fails the run", "FAILED", failed.info.status)
    named = failed.info.run_name == failed.data.tags["mlflow.runName"] != ""
    document.check(area, "a name is made up", True, named)
    with mlflow.start_run(run_id=finished):
        resumed = client.get_run(finished).info
        mlflow.log_metric("after", 1.0)
    document.check(area, "resumed", ["RUNNING", "parent"], [resumed.status, resumed.run_name])
    run = client.get_run(finished)
    ended = [run.info.status, run.data.metrics["after"]]
    document.check(area, "resumed and ended", ["FINISHED", 1.0], ended)
    mlflow.start_run()
    killed = document.call(mlflow.active_run().info.run_id, "killed")
    mlflow.end_run("KILLED")
    document.check(area, "killed", "KILLED", client.get_run(killed).info.status)


def logging_by_the_api(document, mlflow):
    """The short functions that a training loop calls, read back by the fluent getters."""
    area = "fluent logging"
    client = mlflow.MlflowClient()
    experiment = mlflow.set_experiment("fluent").experiment_id
    with mlflow.start_run() as active:
        run_id = document.call(active.info.run_id, "fluent logging")
        mlflow.log_param("learning rate", 0.1)
        mlflow.log_params({"größe": 3, "optimizer": "adam"})
        mlflow.set_tag("stage", "first")
        mlflow.set_tags({"stage": "second", "empty": "", "lost": "x"})
        mlflow.delete_tag("lost")
        for step in range(20):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
        mlflow.log_metrics({"accuracy": 0.1 + 0.2, "f1": 1 / 3}, step=-1)
        mlflow.log_metric("no step", 1.0)
    run = mlflow.get_run(run_id)
    params = {"learning rate": "0.1", "größe": "3", "optimizer": "adam"}
    document.check(area, "params", params, dict(run.data.params))
    metrics = {"loss": 1 / 20, "accuracy": 0.1 + 0.2, "f1": 1 / 3, "no step": 1.0}
    document.check(area, "metrics", metrics, dict(run.data.metrics))
    tags = {key: run.data.tags.get(key) for key in ("stage", "empty", "lost")}
    document.check(area, "tags", {"stage": "second", "empty": "", "lost": None}, tags)
    loss = client.get_metric_history(run_id, "loss")
    wanted = [[1 / (step + 1), step] for step in range(20)]
    document.check(area, "history", wanted, [[point.value, point.step] for point in loss])
    steps = [client.get_metric_history(run_id, key)[0].step for key in ("f1", "no step")]
    document.check(area, "steps", [-1, 0], steps)
    within = all(run.info.start_time <= p.timestamp <= run.info.end_time for p in loss)
    document.check(area, "times of its own clock", True, within)
    newest = mlflow.search_runs([experiment], output_format="list", max_results=1)
    document.check(area, "search_runs", [run_id], [found.info.run_id for found in newest])


def asynchronous_logging(document, mlflow):
    """Values that are logged behind the caller's back are all there after a flush."""
    area = "asynchronous logging"
    client = mlflow.MlflowClient()
    mlflow.set_experiment("asynchronous")
    later = {"timestamp": NOON, "synchronous": False}
    with mlflow.start_run() as active:
        run_id = document.call(active.info.run_id, "asynchronous")
        for step in range(300):
            mlflow.log_metric("loss", step / 7, step=step, **later)
        mlflow.log_metrics({"a": 1.5, "b": 5e-324}, step=1, **later)
        mlflow.log_param("lr", 0.1, synchronous=False)
        mlflow.log_params({"größe": 3}, synchronous=False)
        mlflow.set_tag("stage", "late", synchronous=False)
        mlflow.flush_async_logging()
        run = client.get_run(run_id)
        history = points_of(client.get_metric_history(run_id, "loss"))
        mlflow.log_metric("waited", 1.0, step=1, **later).wait()
        waited = points_of(client.get_metric_history(run_id, "waited"))
    wanted = [[step / 7, NOON, step] for step in range(300)]
    document.check(area, "history", wanted, history)
    metrics = {"loss": 299 / 7, "a": 1.5, "b": 5e-324}
    document.check(area, "metrics", metrics, dict(run.data.metrics))
    document.check(area, "params", {"lr": "0.1", "größe": "3"}, dict(run.data.params))
    document.check(area, "tag", "late", run.data.tags["stage"])
    document.check(area, "one that was waited for", [[1.0, NOON, 1]], waited)
