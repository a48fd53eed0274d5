"""Rounds of logging and reading that every client since 1.0 makes in the same calls.

Each takes the document, a client of the era and its `mlflow.entities`. What differs from era to
era (the fluent API, datasets, asynchronous logging) stands in the era's own script.
"""

import functools
import math
import re

from document import fields, refused
from values import (
    AWKWARD_KEYS,
    AWKWARD_NUMBERS,
    AWKWARD_TEXTS,
    INT64_MAX,
    INT64_MIN,
    NOON,
    long_text,
)

UNKNOWN_RUN = "f" * 32


def new_run(document, client, name, **given):
    """A run in an experiment of its own, named in the document."""
    run = client.create_run(client.create_experiment(name), **given)
    return document.call(run.info.run_id, f"run of {name}")


def points_of(history):
    return [[float(point.value), point.timestamp, point.step] for point in history]


def experiments_are_kept(document, client, entities):
    area = "experiments"
    location = "file:///nowhere/in/particular"
    name = "Größen/β 🧪"
    made = document.call(client.create_experiment(name, location, {"team": "ä"}), "experiment")
    found = client.get_experiment(made)
    document.check(area, "id is a text of digits", True, isinstance(made, str) and made.isdigit())
    document.check(
        area,
        "create and get",
        [made, name, location, "active", {"team": "ä"}],
        fields(found, "experiment_id name artifact_location lifecycle_stage tags"),
    )
    document.check(area, "get by name", made, client.get_experiment_by_name(name).experiment_id)
    document.check(area, "unknown name", None, client.get_experiment_by_name("no such name"))

    client.set_experiment_tag(made, "team", "b")
    client.set_experiment_tag(made, "long", long_text(5000))
    tags = {"team": "b", "long": long_text(5000)}
    document.check(area, "tags set and overwritten", tags, dict(client.get_experiment(made).tags))

    client.rename_experiment(made, "renamed")
    document.check(area, "renamed", "renamed", client.get_experiment(made).name)
    document.check(area, "old name is free", None, client.get_experiment_by_name(name))

    client.delete_experiment(made)
    document.check(area, "deleted", "deleted", client.get_experiment(made).lifecycle_stage)
    deleted = client.get_experiment_by_name("renamed")
    document.check(area, "deleted is found by name", made, deleted.experiment_id)
    document.check(area, "views while deleted", [0, 1, 1], views(client, entities, "renamed"))
    client.restore_experiment(made)
    document.check(area, "restored", "active", client.get_experiment(made).lifecycle_stage)
    document.check(area, "views when restored", [1, 0, 1], views(client, entities, "renamed"))


def views(client, entities, name):
    """In how many active, deleted and all experiments the name appears."""
    view = entities.ViewType
    kinds = [view.ACTIVE_ONLY, view.DELETED_ONLY, view.ALL]
    return [sum(e.name == name for e in client.search_experiments(kind)) for kind in kinds]


def experiments_come_in_pages(document, client):
    made = [f"page {number}" for number in range(5)]
    for name in made:
        client.create_experiment(name)
    names, sizes, token = [], [], None
    while True:
        page = client.search_experiments(max_results=2, page_token=token)
        names += [experiment.name for experiment in page]
        sizes.append(len(page))
        token = page.token
        if not token:
            break
    document.check("experiments", "all pages, newest first", made[::-1], names[:5])
    document.check("experiments", "none twice", len(set(names)), len(names))
    document.check("experiments", "full pages", [2] * (len(sizes) - 1), sizes[:-1])


def run_of_the_client(document, client):
    """What create_run is given comes back, and the run's later life."""
    area = "runs"
    experiment = client.create_experiment("lives", "/somewhere")
    tags = {"mlflow.source.git.commit": "c0ffee", "own": "tag", "mlflow.user": "ada"}
    run = client.create_run(experiment, start_time=NOON, tags=tags, run_name="first ☃")
    run_id = document.call(run.info.run_id, "run of runs")
    wanted = [experiment, "first ☃", "RUNNING", NOON, None, "active"]
    names = "experiment_id run_name status start_time end_time lifecycle_stage"
    document.check(area, "create_run", wanted, fields(run.info, names))
    place = f"/somewhere/{run_id}/artifacts"
    document.check(area, "artifact root", place, run.info.artifact_uri)
    hexadecimal = bool(re.fullmatch("[0-9a-f]{32}", run_id))
    document.check(area, "id is 32 hex digits", True, hexadecimal)
    read = client.get_run(run_id)
    document.check(area, "tags", {**tags, "mlflow.runName": "first ☃"}, dict(read.data.tags))
    document.check(area, "same when got", spelt_info(run.info), spelt_info(read.info))
    document.check(area, "nothing logged", [{}, {}], [read.data.metrics, read.data.params])

    client.update_run(run_id, status="SCHEDULED", name="second")
    read = client.get_run(run_id)
    named = [read.info.status, read.info.run_name, read.data.tags["mlflow.runName"]]
    document.check(area, "update_run", ["SCHEDULED", "second", "second"], named)
    client.set_tag(run_id, "mlflow.runName", "third")
    read = client.get_run(run_id)
    named = [read.info.run_name, read.data.tags["mlflow.runName"]]
    document.check(area, "renamed by its tag", ["third", "third"], named)

    ends = []
    for number, status in enumerate(["FINISHED", "FAILED", "KILLED"]):
        client.set_terminated(run_id, status, NOON + number)
        info = client.get_run(run_id).info
        ends.append([info.status, info.end_time])
    wanted = [["FINISHED", NOON], ["FAILED", NOON + 1], ["KILLED", NOON + 2]]
    document.check(area, "set_terminated", wanted, ends)

    stages = []
    for change in [client.delete_run, client.restore_run]:
        change(run_id)
        stages.append(client.get_run(run_id).info.lifecycle_stage)
    document.check(area, "delete and restore", ["deleted", "active"], stages)
    client.log_metric(run_id, "late", 1.0, NOON, 0)
    late = client.get_run(run_id).data.metrics
    document.check(area, "logging after the end", {"late": 1.0}, late)


def spelt_info(info):
    """Every field of a RunInfo that all eras since 1.0 have."""
    names = "run_id experiment_id status start_time end_time lifecycle_stage artifact_uri"
    return fields(info, names)


def params_are_kept(document, client, entities):
    area = "params"
    run_id = new_run(document, client, "params")
    for key, value in AWKWARD_TEXTS.items():
        client.log_param(run_id, key, value)
    for key in AWKWARD_KEYS:
        client.log_param(run_id, key, f"value of {key[:9]}")
    wanted = {**AWKWARD_TEXTS, **{key: f"value of {key[:9]}" for key in AWKWARD_KEYS}}
    document.check(area, "one by one", wanted, dict(client.get_run(run_id).data.params))

    client.log_param(run_id, "umlauts", AWKWARD_TEXTS["umlauts"])
    document.check(area, "same value again", wanted, dict(client.get_run(run_id).data.params))

    other = new_run(document, client, "params in a batch")
    client.log_batch(other, params=[entities.Param(k, v) for k, v in wanted.items()])
    document.check(area, "in a batch", wanted, dict(client.get_run(other).data.params))

    typed = new_run(document, client, "typed params")
    given = {"int": 3, "float": 0.1, "none": None, "list": [1, "a"], "bool": True}
    for key, value in given.items():
        client.log_param(typed, key, value)
    wanted = {"int": "3", "float": "0.1", "none": "None", "list": "[1, 'a']", "bool": "True"}
    document.check(area, "turned into text", wanted, dict(client.get_run(typed).data.params))


def long_values_are_kept(document, client):
    """Values of 500 to 65,536 bytes as params and as tags; a longer one is refused, not cut."""
    run_id = new_run(document, client, "long values")
    for size in [500, 6000, 8000, 65_536]:
        client.log_param(run_id, f"param {size}", long_text(size))
        client.set_tag(run_id, f"tag {size}", long_text(size))
        data = client.get_run(run_id).data
        document.check("params", f"{size} bytes", long_text(size), data.params[f"param {size}"])
        document.check("tags", f"{size} bytes", long_text(size), data.tags[f"tag {size}"])
    too_long = long_text(65_537)
    log = functools.partial(client.log_param, run_id, "too long", too_long)
    expected = refused("", raised="MlflowException")
    document.refusal("params", "65537 bytes", expected, log, whole=False)
    log = functools.partial(client.set_tag, run_id, "too long", too_long)
    document.refusal("tags", "65537 bytes", refused(""), log, whole=False)


def metrics_are_kept(document, client, entities):
    """One metric per awkward number; edges of step and time; equal values again and again."""
    area = "metrics"
    run_id = new_run(document, client, "metrics")
    for number, (key, value) in enumerate(AWKWARD_NUMBERS.items()):
        client.log_metric(run_id, key, value, timestamp=NOON + number, step=number)
    metrics = client.get_run(run_id).data.metrics
    for number, (key, value) in enumerate(AWKWARD_NUMBERS.items()):
        history = points_of(client.get_metric_history(run_id, key))
        wanted = [[float(value), NOON + number, number]]
        document.check(area, key, [wanted, float(value)], [history, metrics.get(key)])

    for key in AWKWARD_KEYS:
        client.log_metric(run_id, key, 1.5, timestamp=NOON, step=1)
        history = points_of(client.get_metric_history(run_id, key))
        document.check(area, f"key {key[:20]}", [[1.5, NOON, 1]], history)

    edges = [INT64_MIN, -1, 0, 2**53 + 1, INT64_MAX]
    for step in edges:
        client.log_metric(run_id, "steps", 1.0, timestamp=NOON, step=step)
    history = client.get_metric_history(run_id, "steps")
    document.check(area, "steps at the edges", edges, [point.step for point in history])
    # By the batch: one by one, a client may take the time 0 for "not given".
    times = [0, 1, 2**31, 2**53 + 1, INT64_MAX]
    client.log_batch(run_id, [entities.Metric("times", 1.0, time, 0) for time in times])
    history = client.get_metric_history(run_id, "times")
    document.check(area, "times at the edges", times, [point.timestamp for point in history])


def history_keeps_its_order(document, client, entities):
    area = "metrics"
    run_id = new_run(document, client, "history")
    logged = [[2.0, NOON + 5, 1], [1.0, NOON, 9], [3.0, NOON, 2], [1.0, NOON, 2]]
    logged.append([7.0, NOON + 9, -4])
    for value, timestamp, step in logged:
        client.log_metric(run_id, "mixed", value, timestamp=timestamp, step=step)
    history = points_of(client.get_metric_history(run_id, "mixed"))
    wanted = sorted(logged, key=lambda point: (point[1], point[2], point[0]))
    document.check(area, "by time, step, value", wanted, history)
    latest = client.get_run(run_id).data.metrics["mixed"]
    document.check(area, "latest is of the greatest step", 1.0, latest)

    same = [[0.5, NOON + number // 3, number // 2] for number in range(12)]
    client.log_batch(run_id, [entities.Metric("same", *point) for point in same])
    distinct = sorted({tuple(point) for point in same}, key=lambda point: point[1:])
    history = points_of(client.get_metric_history(run_id, "same"))
    document.check(area, "equal values", distinct, history)
    client.log_batch(run_id, [entities.Metric("same", *point) for point in same])
    history = points_of(client.get_metric_history(run_id, "same"))
    document.check(area, "the same points again change nothing", distinct, history)

    mixture = [1.0, math.nan, 2.0, math.nan]
    points = [entities.Metric("gaps", value, NOON + n, n) for n, value in enumerate(mixture)]
    client.log_batch(run_id, points)
    history = client.get_metric_history(run_id, "gaps")
    document.check(area, "NaN between numbers", mixture, [float(p.value) for p in history])
    latest = client.get_run(run_id).data.metrics["gaps"]
    document.check(area, "NaN as the latest", mixture[-1], latest)
    document.check(area, "unknown key", [], points_of(client.get_metric_history(run_id, "none")))


def long_history_is_kept(document, client, entities, count):
    """More points than one page of history holds, logged by batches of the client's own size."""
    run_id = new_run(document, client, "long history")
    points = [[math.sin(n) * 1e-3, NOON + n // 7, n] for n in range(count)]
    client.log_batch(run_id, [entities.Metric("loss", *point) for point in points])
    history = points_of(client.get_metric_history(run_id, "loss"))
    document.check("metrics", f"{count} points", points, history)
    latest = client.get_run(run_id).data.metrics["loss"]
    document.check("metrics", f"latest of {count} points", points[-1][0], latest)


def tags_are_kept(document, client, entities):
    area = "tags"
    run_id = new_run(document, client, "tags", run_name="tagged")
    for key, value in AWKWARD_TEXTS.items():
        client.set_tag(run_id, key, value)
    for key in AWKWARD_KEYS:
        client.set_tag(run_id, key, "first")
        client.set_tag(run_id, key, "second")
    client.set_tag(run_id, "mlflow.note.content", "# A note\n\nof *some* length")
    wanted = {**AWKWARD_TEXTS, **dict.fromkeys(AWKWARD_KEYS, "second"), "mlflow.runName": "tagged"}
    wanted["mlflow.note.content"] = "# A note\n\nof *some* length"
    document.check(area, "set and overwritten", wanted, own_tags(client, run_id))
    client.delete_tag(run_id, "empty")
    client.delete_tag(run_id, "größe")
    del wanted["empty"], wanted["größe"]
    document.check(area, "deleted", wanted, own_tags(client, run_id))
    client.log_batch(run_id, tags=[entities.RunTag("twice", "a"), entities.RunTag("twice", "b")])
    document.check(area, "twice in a batch", "b", own_tags(client, run_id)["twice"])


def own_tags(client, run_id):
    """A run's tags without those that a client adds about the machine."""
    added = ("mlflow.user", "mlflow.source.")
    tags = client.get_run(run_id).data.tags
    return {key: value for key, value in tags.items() if not key.startswith(added)}


def batches_have_limits(document, client, entities):
    """What the client cuts up by itself, and what its store is told when it does not."""
    area = "batches"
    run_id = new_run(document, client, "batches")
    metrics = [entities.Metric(f"m{n}", n / 7, NOON, n) for n in range(1200)]
    params = [entities.Param(f"p{n}", str(n)) for n in range(250)]
    tags = [entities.RunTag(f"t{n}", str(n)) for n in range(150)]
    for start in range(0, 1000, 750):
        client.log_batch(run_id, metrics[start : start + 750])
    for start in range(0, 250, 100):
        client.log_batch(run_id, [], params[start : start + 100], tags[start : start + 100])
    data = client.get_run(run_id).data
    document.check(area, "metrics", {m.key: m.value for m in metrics}, dict(data.metrics))
    document.check(area, "params", {p.key: p.value for p in params}, dict(data.params))
    wanted = {tag.key: tag.value for tag in tags}
    read = {key: value for key, value in data.tags.items() if not key.startswith("mlflow.")}
    document.check(area, "tags", wanted, read)

    store = client._tracking_client.store
    limit = "A batch logging request can contain at most {} {}. Got {} {}. "
    limit += "Please split up {} across multiple requests and try again."
    for what, most, lists in [
        ("metrics", 1000, (metrics[:1001], [], [])),
        ("params", 100, ([], params[:101], [])),
        ("tags", 100, ([], [], tags[:101])),
        ("metrics, params, and tags", 1000, (metrics[:990], params[:10], tags[:1])),
    ]:
        text = limit.format(most, what, most + 1, what, what)
        logging = functools.partial(store.log_batch, run_id, *lists)
        document.refusal(area, f"too many {what}", refused(text), logging)

    other = new_run(document, client, "refused batches")
    client.log_param(other, "fixed", "1")
    batch = [[entities.Metric("m", 1.0, NOON, 0)], [entities.Param("fixed", "2")]]
    text = "Changing param values is not allowed. Params were already logged='[{'key': 'fixed', "
    text += f"'old_value': '1', 'new_value': '2'}}]' for run ID='{other}'."
    logging = functools.partial(store.log_batch, other, *batch, [])
    document.refusal(area, "changed param", refused(text), logging)
    data = client.get_run(other).data
    document.check(area, "nothing of it", [{}, {"fixed": "1"}], [data.metrics, data.params])
    twice = [entities.Param("twice", "1"), entities.Param("twice", "1")]
    text = "Duplicate parameter keys have been submitted: ['twice']. Please ensure the request "
    text += "contains only one param value per param key."
    logging = functools.partial(store.log_batch, other, [], twice, [])
    document.refusal(area, "param twice", refused(text), logging)


def search_comes_in_pages(document, client, entities):
    """Ten runs of two experiments, three a page, newest start first; and the three views."""
    area = "search"
    homes = [client.create_experiment(f"search {number}") for number in range(2)]
    for number in range(10):
        run = client.create_run(homes[number % 2], start_time=NOON + number, run_name=f"n{number}")
        document.call(run.info.run_id, f"run n{number}")
        client.log_metric(run.info.run_id, "m", number / 3, NOON, number)
        client.log_param(run.info.run_id, "p", number)
        client.set_tag(run.info.run_id, "t", "ä" * number)
    names, sizes, same, token = [], [], [], None
    while True:
        page = client.search_runs(homes, max_results=3, page_token=token)
        sizes.append(len(page))
        names += [run.data.tags["mlflow.runName"] for run in page]
        same += [whole(run) == whole(client.get_run(run.info.run_id)) for run in page]
        token = page.token
        if not token:
            break
    document.check(area, "newest first", [f"n{number}" for number in range(9, -1, -1)], names)
    document.check(area, "pages", [3, 3, 3, 1], sizes)
    document.check(area, "each as get_run gives it", [True] * 10, same)
    one = client.search_runs([homes[1]])
    document.check(area, "one experiment", 5, len(one))
    document.check(area, "no experiment", 0, len(client.search_runs([])))
    document.check(area, "unknown experiment", 0, len(client.search_runs(["987654"])))

    for run in one[:2]:
        client.delete_run(run.info.run_id)
    view = entities.ViewType
    kinds = [view.ACTIVE_ONLY, view.DELETED_ONLY, view.ALL]
    found = [[r.data.params["p"] for r in client.search_runs(homes, "", kind)] for kind in kinds]
    deleted = ["9", "7"]
    every = [str(number) for number in range(9, -1, -1)]
    wanted = [[p for p in every if p not in deleted], deleted, every]
    document.check(area, "views", wanted, found)


def whole(run):
    """A run's info and data as plain values, NaN included."""
    data = run.data
    return repr([spelt_info(run.info), dict(data.metrics), dict(data.params), dict(data.tags)])


def refusals_are_told(document, client, entities):
    """Refusals as the client's exception: its class, its code, its text."""
    area = "refusals"
    run_id = new_run(document, client, "refusals")
    home = client.get_run(run_id).info.experiment_id
    missing = "RESOURCE_DOES_NOT_EXIST"
    tag = entities.RunTag("a", "b")
    unknown = refused(f"Run with id={UNKNOWN_RUN} not found", missing)
    nowhere = refused("No Experiment with id=987654 exists", missing)
    taken = refused("Experiment(name=refusals) already exists.", "RESOURCE_ALREADY_EXISTS")
    untagged = refused(f"No tag with name: none in run with id {run_id}", missing)
    for name, expected, call, arguments in [
        ("get unknown run", unknown, client.get_run, [UNKNOWN_RUN]),
        ("metric of unknown run", unknown, client.log_metric, [UNKNOWN_RUN, "m", 1.0]),
        ("batch of unknown run", unknown, client.log_batch, [UNKNOWN_RUN, [], [], [tag]]),
        ("delete unknown run", unknown, client.delete_run, [UNKNOWN_RUN]),
        ("get unknown experiment", nowhere, client.get_experiment, ["987654"]),
        ("run in unknown experiment", nowhere, client.create_run, ["987654"]),
        ("delete unknown tag", untagged, client.delete_tag, [run_id, "none"]),
    ]:
        document.refusal(area, name, expected, functools.partial(call, *arguments))
    again = functools.partial(client.create_experiment, "refusals")
    document.refusal(area, "experiment twice", taken, again, whole=False)

    client.log_param(run_id, "lr", "0.1")
    text = "Changing param values is not allowed. Param with key='lr' was already logged with "
    text += f"value='0.1' for run ID='{run_id}'. Attempted logging new value '0.2'."
    changed = refused(text, raised="MlflowException")
    change = functools.partial(client.log_param, run_id, "lr", "0.2")
    document.refusal(area, "changed param", changed, change, whole=False)
    document.check(area, "param is as it was", "0.1", client.get_run(run_id).data.params["lr"])

    state = "must be in the 'active' state. Current state is deleted."
    client.delete_run(run_id)
    logging = functools.partial(client.log_metric, run_id, "m", 1.0)
    document.refusal(area, "metric of deleted run", refused(f"The run {run_id} {state}"), logging)
    client.delete_experiment(home)
    creating = functools.partial(client.create_run, home)
    text = f"The experiment {home} {state}"
    document.refusal(area, "run in deleted experiment", refused(text), creating)


def datasets_are_kept(document, client, entities):
    """Data sets as inputs of a run, with their tags; logged again they change nothing."""
    area = "datasets"
    run_id = new_run(document, client, "datasets")
    schema = '{"mlflow_colspec": [{"type": "double", "name": "größe"}]}'
    rich_fields = ["iris ☃", "0a1b2c3d", "local", '{"uri": "/data"}', schema, '{"rows": 150}']
    rich = entities.Dataset(*rich_fields)
    bare = entities.Dataset("bare", "ffff0000", "code", "{}")
    context = entities.InputTag("mlflow.data.context", "training")
    own = entities.InputTag("größe", "ä" * 250)
    client.log_inputs(run_id, [entities.DatasetInput(rich, [context, own])])
    client.log_inputs(run_id, [entities.DatasetInput(bare, [])])
    wanted = [
        ["bare", "ffff0000", "code", "{}", None, None, {}],
        [*rich_fields, {"mlflow.data.context": "training", "größe": "ä" * 250}],
    ]
    document.check(area, "logged by the client", wanted, inputs_of(client.get_run(run_id)))
    again = entities.InputTag("mlflow.data.context", "testing")
    client.log_inputs(run_id, [entities.DatasetInput(rich, [again])])
    document.check(area, "logged again", wanted, inputs_of(client.get_run(run_id)))
    other = client.create_run(client.get_run(run_id).info.experiment_id)
    client.log_inputs(other.info.run_id, [entities.DatasetInput(rich, [again])])
    context = inputs_of(client.get_run(other.info.run_id))[0][-1]
    document.check(area, "same set, other run", {"mlflow.data.context": "testing"}, context)
    home = other.info.experiment_id
    found = sorted(len(run.inputs.dataset_inputs) for run in client.search_runs([home]))
    document.check(area, "found by search_runs", [1, 2], found)
    unknown = refused(f"Run with id={UNKNOWN_RUN} not found", "RESOURCE_DOES_NOT_EXIST")
    inputs = [entities.DatasetInput(bare, [])]
    document.refusal(area, "unknown run", unknown, lambda: client.log_inputs(UNKNOWN_RUN, inputs))


def inputs_of(run):
    """A run's data sets by name, each field and the tags."""
    found = []
    for item in run.inputs.dataset_inputs:
        data = fields(item.dataset, "name digest source_type source schema profile")
        found.append([*data, {tag.key: tag.value for tag in item.tags}])
    return sorted(found, key=lambda data: data[0])


def of_every_client(client, entities, points):
    """The rounds by name, in order; `points` is the length of the long history."""
    return {
        "experiments": lambda document: experiments_are_kept(document, client, entities),
        "experiment pages": lambda document: experiments_come_in_pages(document, client),
        "runs": lambda document: run_of_the_client(document, client),
        "params": lambda document: params_are_kept(document, client, entities),
        "long values": lambda document: long_values_are_kept(document, client),
        "metrics": lambda document: metrics_are_kept(document, client, entities),
        "history": lambda document: history_keeps_its_order(document, client, entities),
        "long history": lambda document: long_history_is_kept(document, client, entities, points),
        "tags": lambda document: tags_are_kept(document, client, entities),
        "batches": lambda document: batches_have_limits(document, client, entities),
        "search": lambda document: search_comes_in_pages(document, client, entities),
        "refusals": lambda document: refusals_are_told(document, client, entities),
    }
