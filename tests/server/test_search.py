"""Searching over HTTP: Milepost's own fields of runs/search, its pages, and its refusals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests import postgresql
from tests.server.client import Client
from tests.servers import RunningServer

PARENT = "mlflow.parentRunId"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A server on either database: the answers are the same."""
    folder = tmp_path_factory.mktemp("server")
    if request.param == "sqlite":
        running = RunningServer(folder)
        yield running
        running.stop()
        return
    uri = postgresql.new_database()
    running = RunningServer(folder, "--backend-store-uri", uri)
    yield running
    running.stop()
    postgresql.drop_database(uri)


@pytest.fixture
def client(server: RunningServer) -> Iterator[Client]:
    with Client(server.url) as made:
        yield made


def new_experiment(client: Client, name: str) -> str:
    return str(client.done("experiments/create", name=name)["experiment_id"])


def log(client: Client, run_id: str, params: Any = (), tags: Any = (), **metrics: Any) -> None:
    """Params and tags as mappings; of each metric the values, at the steps 0, 1, 2 ..."""
    points = [
        {"key": key, "value": value, "step": step, "timestamp": step}
        for key, values in metrics.items()
        for step, value in enumerate(values)
    ]
    pairs = [
        [{"key": key, "value": value} for key, value in dict(items).items()]
        for items in (params, tags)
    ]
    client.done("runs/log-batch", run_id=run_id, metrics=points, params=pairs[0], tags=pairs[1])


def found(client: Client, experiment: str, **fields: Any) -> list[Any]:
    answer = client.done("runs/search", experiment_ids=[experiment], **fields)
    return list(answer.get("runs", []))


def names(runs: list[Any]) -> list[str]:
    return [run["info"]["run_name"] for run in runs]


@pytest.fixture(scope="module")
def trained(server: RunningServer) -> str:
    """An experiment with four runs: a, b, c, d; the latest start first is d."""
    with Client(server.url) as client:
        experiment = new_experiment(client, "trained")
        losses = {"a": [3, 1, 2], "b": [5, 0.5, 4], "c": [0.1], "d": []}
        for place, name in enumerate("abcd"):
            run = client.new_run(experiment_id=experiment, run_name=name, start_time=1000 + place)
            log(client, run, {"lr": f"1e-{place}", "net": "cnn" if place % 2 else "mlp"},
                {"note": f"about {name}"}, loss=losses[name],
                acc=[0.1 * place + step for step in range(3)])  # fmt: skip
            if name != "d":
                client.done("runs/update", run_id=run, status="FINISHED", end_time=5000 + place)
    return experiment


FILTERS = {
    "metrics.loss < 3 and params.net = 'mlp'": "ca",
    "params.net = 'cnn' OR metrics.loss = 2": "dba",
    "NOT (params.net = 'cnn')": "ca",
    "params.lr >= 1e-1": "ba",
    "params.lr IN (1, 0.001)": "da",
    "tags.note RLIKE '^about [ab]$'": "ba",
    "min(metrics.loss) < 1": "cb",
    "max(metrics.loss) > 4": "b",
    "first(metrics.loss) = 3": "a",
    "count(metrics.loss) = 3": "ba",
    "mean(metrics.loss) <= 2": "ca",
    "at_min(metrics.loss, metrics.acc) > 1.05": "b",
    "at_min(metrics.loss, metrics.acc) IS NULL": "d",
    "metrics.loss IS NULL": "d",
    "end_time IS NULL": "d",
    "duration > 4s": "",
    "duration >= 4000": "cba",
    "start_time < '2020-01-01' and end_time < now() - 7d": "cba",
    "status NOT IN ('FINISHED')": "d",
    "experiment_name = 'trained' and lifecycle_stage = 'active'": "dcba",
    "has_children = true": "",
    "": "dcba",
}


@pytest.mark.parametrize("filter", FILTERS)
def test_filters_of_every_kind_find_what_they_say(
    client: Client, trained: str, filter: str
) -> None:
    assert "".join(names(found(client, trained, filter=filter))) == FILTERS[filter]


ORDERS = {
    ("metrics.loss",): "cabd",
    ("metrics.loss DESC",): "bacd",
    ("min(metrics.loss) DESC",): "abcd",
    ("at_min(metrics.loss, metrics.acc)",): "cabd",
    ("params.net", "start_time"): "bdac",
    ("duration DESC",): "cbad",
    ("has_children", "run_name DESC"): "dcba",
}


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize("orders", ORDERS)
def test_pages_of_any_size_keep_the_order(
    client: Client, trained: str, orders: tuple[str, ...], size: int
) -> None:
    seen: list[str] = []
    token = None
    while True:
        answer = client.done("runs/search", experiment_ids=[trained], order_by=list(orders),
                             max_results=size, page_token=token)  # fmt: skip
        seen += names(answer.get("runs", []))
        token = answer.get("next_page_token")
        if not token:
            break
    assert "".join(seen) == ORDERS[orders]


def test_a_token_goes_on_only_in_its_own_order(client: Client, trained: str) -> None:
    first = client.done("runs/search", experiment_ids=[trained], max_results=1)
    token = first["next_page_token"]
    refused = client.post("runs/search", experiment_ids=[trained], order_by=["metrics.loss"],
                          page_token=token)  # fmt: skip
    assert (refused.status, refused.code) == (400, "INVALID_PARAMETER_VALUE")
    assert "order" in refused.message
    other = client.post("experiments/search", max_results=1, page_token=token)
    assert other.status == 400


def test_fields_choose_what_comes_back(client: Client, trained: str) -> None:
    run = found(client, trained, fields=["status", "metrics.loss", "params.*"], max_results=3)[2]
    assert run["info"].keys() == {"run_id", "status"}
    assert [m["key"] for m in run["data"]["metrics"]] == ["loss"]
    assert [p["key"] for p in run["data"]["params"]] == ["lr", "net"]
    assert "tags" not in run["data"]
    refused = client.post("runs/search", experiment_ids=[trained], fields=["metrics"])
    assert (refused.status, refused.code) == (400, "INVALID_PARAMETER_VALUE")


def test_aggregates_come_with_the_metrics_that_are_asked_for(client: Client, trained: str) -> None:
    run = found(client, trained, filter="run_name = 'b'", fields=["metrics.loss"],
                metric_aggregates=True)[0]  # fmt: skip
    (loss,) = run["data"]["metric_aggregates"]
    assert (loss["key"], loss["count"], loss["min"]["value"], loss["min"]["step"]) == (
        "loss", 3, 0.5, 1,
    )  # fmt: skip


def test_the_total_counts_all_pages(client: Client, trained: str) -> None:
    answer = client.done("runs/search", experiment_ids=[trained], filter="params.net = 'cnn'",
                         max_results=1, total_count=True)  # fmt: skip
    assert (answer["total_count"], answer["total_count_is_exact"]) == (2, True)
    assert "total_count" not in client.done("runs/search", experiment_ids=[trained])


def test_all_experiments_are_searched_when_asked(client: Client, trained: str) -> None:
    query = {"filter": "tags.note LIKE 'about%'"}
    assert client.done("runs/search", **query).get("runs", []) == []
    everywhere = client.done("runs/search", all_experiments=True, **query)["runs"]
    assert sorted(names(everywhere)) == ["a", "b", "c", "d"]
    named = {"filter": "experiment_name = 'trained'", "all_experiments": True}
    assert len(client.done("runs/search", **named)["runs"]) == 4
    assert len(client.done("runs/search", filter=f"experiment_id = '{trained}'",
                           all_experiments=True)["runs"]) == 4  # fmt: skip


def test_nested_runs_hold_together(client: Client) -> None:
    experiment = new_experiment(client, "nested")

    def made(name: str, parent: str | None = None, **metrics: Any) -> str:
        tags = [{"key": PARENT, "value": parent}] if parent else []
        run = client.new_run(experiment_id=experiment, run_name=name, tags=tags, start_time=1)
        log(client, run, **metrics)
        return run

    study = made("study", m=[1])
    child = made("child", study, m=[2])
    made("other", study, m=[3])
    made("grandchild", child, m=[9])
    made("alone", m=[5])
    made("orphan", "no such run", m=[7])

    def top(**fields: Any) -> dict[str, tuple[int, bool]]:
        runs = found(client, experiment, top_level_only=True, **fields)
        return {run["info"]["run_name"]: (run["child_count"], run["matches_filter"])
                for run in runs}  # fmt: skip

    assert top() == {"study": (2, True), "alone": (0, True), "orphan": (0, True)}
    assert top(filter="metrics.m = 9") == {"study": (2, False)}
    assert top(filter="metrics.m >= 5", order_by=["metrics.m"]) == {
        "study": (2, False), "alone": (0, True), "orphan": (0, True),
    }  # fmt: skip
    children = found(client, experiment, filter=f"parent_run_id = '{study}'")
    assert sorted(names(children)) == ["child", "other"]
    assert sorted(names(found(client, experiment, filter="has_children = true"))) == [
        "child", "study",
    ]  # fmt: skip
    client.done("runs/delete", run_id=study)
    assert set(top()) == {"child", "other", "alone", "orphan"}
    client.done("runs/restore", run_id=study)
    client.done("runs/delete-tag", run_id=child, key=PARENT)
    assert top()["child"] == (1, True)
    answer = client.done("runs/search", experiment_ids=[experiment], top_level_only=True,
                         total_count=True, max_results=1)  # fmt: skip
    assert answer["total_count"] == 4


def test_experiments_are_searched_in_the_same_language(client: Client, trained: str) -> None:
    client.done("experiments/set-experiment-tag", experiment_id=trained, key="team", value="x")
    for filter in (
        "name LIKE 'train%'",
        "tags.team IN ('x') OR name = 'no'",
        "NOT name != 'trained'",
        "creation_time > now() - 1d AND tags.team = 'x'",
    ):
        answer = client.done("experiments/search", filter=filter, max_results=10)
        assert [e["name"] for e in answer["experiments"]] == ["trained"], filter
    refused = client.post("experiments/search", filter="attributes.name = 'x'", max_results=10)
    assert refused.message.startswith("Invalid entity type 'attributes'. Valid entity types are")


def test_a_fault_shows_its_place(client: Client, trained: str) -> None:
    refused = client.post("runs/search", experiment_ids=[trained], filter="metrics.m >> 1")
    assert (refused.status, refused.code) == (400, "INVALID_PARAMETER_VALUE")
    first, text, caret = refused.message.split("\n")
    assert first.startswith("Invalid comparator '>>' not one of '{")
    assert text.index(">>") == caret.index("^")


def test_what_runs_log_after_their_end_is_found(client: Client) -> None:
    experiment = new_experiment(client, "late")
    run = client.new_run(experiment_id=experiment, run_name="late")
    log(client, run, {"p": "1"}, m=[1])
    client.done("runs/update", run_id=run, status="FINISHED")
    time.sleep(4)  # until it is settled
    assert found(client, experiment, filter="metrics.m = 1")[0]["data"]["params"]
    log(client, run, {"q": "2"}, m=[1, 2])
    late = found(client, experiment, filter="metrics.m = 2 and params.q = '2'")[0]
    assert {p["key"] for p in late["data"]["params"]} == {"p", "q"}
    assert found(client, experiment, filter="metrics.m = 1") == []


def test_numbers_beyond_a_doubles_range_are_compared(client: Client) -> None:
    experiment = new_experiment(client, "far")
    texts = {
        "large": "1e400", "small": "-1e400", "tiny": "1e-400", "zeros": "0." + "0" * 400 + "1",
        "other digits": "١", "other blank": "\u00a01", "one": " 1\n",
    }  # fmt: skip
    for name, text in texts.items():
        log(client, client.new_run(experiment_id=experiment, run_name=name), {"n": text})
    for filter, expected in {
        "params.n > 1": {"large"},
        "params.n < 0": {"small"},
        "params.n = 0": {"tiny", "zeros"},
        "params.n = 1": {"one"},
    }.items():
        assert {*names(found(client, experiment, filter=filter))} == expected, filter
    for digits in (20, 300, 400, 5_000):
        number = "9" * digits
        for filter in (f"start_time < {number}", f"start_time > -{number}"):
            assert len(found(client, experiment, filter=filter)) == len(texts), filter
        found(client, experiment, filter=f"params.n IN ({number}, -{number})")


def test_a_filter_of_many_comparisons_is_answered(client: Client) -> None:
    experiment = new_experiment(client, "many comparisons")
    keys = range(60)
    for last in ("same", "other"):
        params = {f"p{n}": "x" for n in keys} | {"p59": last}
        run_id = client.new_run(experiment_id=experiment, run_name=last)
        log(client, run_id, params, **{f"m{n}": [n] for n in keys})
    for parts in (
        [f"params.p{n} = '{'same' if n == 59 else 'x'}'" for n in keys],
        [f"metrics.m{n} = {n}" for n in keys] + ["params.p59 LIKE 's%'"],
    ):
        assert names(found(client, experiment, filter=" AND ".join(parts))) == ["same"]


def test_runs_at_the_ends_of_time_have_a_duration(client: Client) -> None:
    experiment = new_experiment(client, "all of time")
    first, last = -(2**63), 2**63 - 1
    for name, start, end in (("longest", first, last), ("least", last, first), ("short", 0, 7)):
        run_id = client.new_run(experiment_id=experiment, run_name=name, start_time=start)
        client.done("runs/update", run_id=run_id, end_time=end)
    assert names(found(client, experiment, filter="duration > 7")) == ["longest"]
    assert names(found(client, experiment, filter="duration < 0")) == ["least"]
    pages = [
        client.done("runs/search", experiment_ids=[experiment], order_by=["duration"], **paged)
        for paged in ({}, {"max_results": 1})
    ]
    assert names(pages[0]["runs"]) == ["least", "short", "longest"]
    rest = client.done("runs/search", experiment_ids=[experiment], order_by=["duration"],
                       page_token=pages[1]["next_page_token"])  # fmt: skip
    assert names(rest["runs"]) == ["short", "longest"]
