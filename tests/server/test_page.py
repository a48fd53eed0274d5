"""What the page asks the server for: its files, buckets, columns, groups, views, events."""

from __future__ import annotations

import gzip
import json
import math
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from milepost.server.static import StaticFiles
from tests.servers import RunningServer


class Api:
    """A few runs with params and metrics, and calls of the extension routes."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.runs: list[str] = []
        for index in range(6):
            new = {"experiment_id": "0", "run_name": f"r{index}", "start_time": index + 1}
            made = self.stock("runs/create", new)
            run_id = made["run"]["info"]["run_id"]
            self.runs.append(run_id)
            metrics = [
                {"key": "loss", "value": value_at(index, s), "timestamp": 1_000 + s, "step": s}
                for s in range(500)
            ]
            params = [
                {"key": "optimizer", "value": ("adam", "sgd")[index % 2]},
                {"key": "same", "value": "1"},
            ]
            body = {"run_id": run_id, "metrics": metrics, "params": params}
            self.stock("runs/log-batch", body)

    def stock(self, verb: str, body: dict[str, Any]) -> Any:
        return self.post(f"/api/2.0/mlflow/{verb}", body)

    def own(self, verb: str, body: dict[str, Any] | None) -> Any:
        return self.post(f"/api/milepost/1.0/{verb}", body)

    def post(self, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return {"status": error.code, **json.load(error)}


def value_at(run: int, step: int) -> float | str:
    if run == 5 and step == 77:
        return "NaN"
    return 1000.0 if (run, step) == (0, 250) else math.sin(step / 9) + run


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    server = RunningServer(tmp_path_factory.mktemp("page-api"))
    try:
        yield Api(server.url)
    finally:
        assert server.stop() == 0


def test_buckets_keep_the_spike_and_say_what_they_stand_for(api: Api) -> None:
    body = {"run_ids": api.runs[:2], "metric_keys": ["loss"], "buckets": 20}
    first, second = api.own("metrics/get-buckets", body)["series"]
    assert first["is_sampled"] is True
    assert first["count"] == 500
    assert len(first["values"]) <= 60
    assert (250, 1000.0) in list(zip(first["steps"], first["values"], strict=True))
    assert second["run_id"] == api.runs[1]


def test_buckets_of_a_small_window_are_all_its_points(api: Api) -> None:
    body = {"run_ids": [api.runs[5]], "metric_keys": ["loss"], "start": 70, "end": 80}
    (series,) = api.own("metrics/get-buckets", body)["series"]
    assert series["steps"] == list(range(70, 81))
    assert series["values"][7] == "NaN"
    assert series["is_sampled"] is False


def test_buckets_keep_a_point_that_is_not_finite(api: Api) -> None:
    body = {"run_ids": [api.runs[5]], "metric_keys": ["loss"], "buckets": 10}
    (series,) = api.own("metrics/get-buckets", body)["series"]
    assert (77, "NaN") in list(zip(series["steps"], series["values"], strict=True))


@pytest.mark.parametrize(
    "change",
    [
        {"axis": "moon"},
        {"buckets": 0},
        {"buckets": 10_000},
        {"start": 5, "end": 1},
        {"start": "Infinity"},
        {"run_ids": ["x"] * 201},
        {"metric_keys": ["k"] * 51},
    ],
)
def test_buckets_refuse_what_is_out_of_bounds(api: Api, change: dict[str, Any]) -> None:
    body = {"run_ids": api.runs[:1], "metric_keys": ["loss"], **change}
    answer = api.own("metrics/get-buckets", body)
    assert (answer["status"], answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def test_columns_say_which_vary(api: Api) -> None:
    answer = api.own("runs/list-columns", {"experiment_ids": ["0"]})
    found = {(one["kind"], one["key"]): one for one in answer["columns"]}
    assert answer["run_count"] == 6
    assert found["params", "optimizer"]["is_varying"] is True
    assert found["params", "same"]["is_varying"] is False
    assert found["metrics", "loss"]["has_history"] is True


def test_groups_have_exact_statistics(api: Api) -> None:
    body = {
        "experiment_ids": ["0"],
        "group_by": ["params.optimizer"],
        "fields": ["metrics.loss", "max(metrics.loss)"],
    }
    answer = api.own("runs/group", body)
    groups = {group["values"][0]: group for group in answer["groups"]}
    assert (answer["group_count"], answer["run_count"]) == (2, 6)
    last = [math.sin(499 / 9) + run for run in (0, 2, 4)]
    told = groups["adam"]["statistics"][0]
    assert told["n"] == 3
    assert told["mean"] == pytest.approx(statistics.mean(last), rel=1e-12)
    assert told["std"] == pytest.approx(statistics.stdev(last), rel=1e-12)
    assert groups["adam"]["statistics"][1]["max"] == 1000.0
    assert groups["sgd"]["run_ids"] == [api.runs[i] for i in (5, 3, 1)]


def test_groups_follow_the_filter_and_refuse_what_is_no_number(api: Api) -> None:
    body = {"experiment_ids": ["0"], "group_by": ["status"], "filter": "params.optimizer = 'sgd'"}
    assert api.own("runs/group", body)["run_count"] == 3
    answer = api.own("runs/group", {**body, "fields": ["tags.x"]})
    assert answer["status"] == 400


def test_views_are_saved_changed_listed_and_deleted(api: Api) -> None:
    new = {"experiment_id": "0", "name": " best ", "state": "#/experiments/0?a=1"}
    view = api.own("views/create", new)["view"]
    assert view["name"] == "best"
    api.own("views/update", {"view_id": view["view_id"], "state": "#/b"})
    listed = api.own("views/list?experiment_id=0", None)["views"]
    assert [(one["name"], one["state"]) for one in listed] == [("best", "#/b")]
    assert api.own("views/delete", {"view_id": view["view_id"]}) == {}
    assert api.own(f"views/get?view_id={view['view_id']}", None)["status"] == 404


def test_the_same_link_is_the_same_view(api: Api) -> None:
    first = api.own("views/create", {"state": "#/runs?x=1"})["view"]["view_id"]
    assert api.own("views/create", {"state": "#/runs?x=1"})["view"]["view_id"] == first
    assert api.own(f"views/get?view_id={first}", None)["view"]["state"] == "#/runs?x=1"
    assert api.own("views/list", None).get("views", []) == []
    assert api.own("views/create", {"state": "x" * 70_000})["status"] == 400


def test_events_name_the_run_and_its_metrics(api: Api) -> None:
    def log() -> None:
        time.sleep(0.3)
        point = {"key": "loss", "value": 1.0, "timestamp": 9_000, "step": 900}
        api.stock("runs/log-metric", {"run_id": api.runs[0], **point})

    threading.Thread(target=log).start()
    address = f"{api.url}/api/milepost/1.0/events/stream?experiment_ids=0"
    with urllib.request.urlopen(address, timeout=10) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream:
            if line.startswith(b"data: "):
                break
    change = json.loads(line[6:])
    assert change == {
        "runs": [{"run_id": api.runs[0], "experiment_id": "0", "metric_keys": ["loss"]}]
    }


def test_experiments_are_summarized(api: Api) -> None:
    (one,) = api.own("experiments/summarize", {"experiment_ids": ["0"]})["experiments"]
    assert one["run_count"] == 6
    assert one["running_count"] == 6


# --- files ---


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>the page")
    (tmp_path / "assets" / "index-abc.js").write_text("1" * 1_000)
    (tmp_path / ".built-from").write_text("secret")
    return StaticFiles(tmp_path)


def test_hashed_files_are_cached_for_ever_and_the_page_is_not(files: StaticFiles) -> None:
    script, page = files.find("/assets/index-abc.js"), files.find("/")
    assert script
    assert page
    assert b"immutable" in dict(script.headers)[b"cache-control"]
    assert dict(page.headers)[b"cache-control"] == b"no-cache"
    assert gzip.decompress(script.compressed or b"") == script.body


def test_the_page_has_a_strict_policy(files: StaticFiles) -> None:
    page = files.find("/")
    assert page
    policy = dict(page.headers)[b"content-security-policy"].decode()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/.built-from", "/assets/../index.html", "/etc/passwd", "/x"])
def test_nothing_but_the_pages_files_is_served(files: StaticFiles, path: str) -> None:
    assert files.find(path) is None


def test_without_a_built_page_the_server_says_so(tmp_path: Path) -> None:
    page = StaticFiles(tmp_path / "nothing").find("/")
    assert page
    assert b"without its page" in page.body
