"""A live server as a source: Milepost's own, and official ones of four eras.

What these answered is recorded (`record_servers.py`) and replayed; with --live they are asked.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from milepost.client.client import MlflowClient
from milepost.entities import Dataset, DatasetInput, InputTag, Metric
from milepost.transfer.live import LiveSource, safe
from milepost.transfer.records import RunRecord, SourceUnusable
from tests.clients.official import FLAGS, free_port, official_server
from tests.conftest import StartServer
from tests.servers import RunningServer
from tests.transfer import record_servers
from tests.transfer.moving import (
    VALUES,
    VALUES_OF_A_DATABASE,
    check_inputs,
    check_kept,
    import_into,
)
from tests.transfer.record_servers import RECORDED, filled_server
from tests.transfer.wire import Answer, answering, read_exchanges, replaying

POINTS = 30_000
BEGIN = 1_700_000_000_000


def fill(url: str) -> dict[str, str]:
    """Log all kinds of things; the run ids by name."""
    client = MlflowClient(url)
    experiment = client.create_experiment("live / one", tags={"team": "a"})
    ids = {
        name: str(client.create_run(experiment, BEGIN, {"note": "naïve"}, name).info.run_id)
        for name in ("full", "gone")
    }
    full = ids["full"]
    client.log_param(full, "lr", "0.1")
    odd = [math.nan, math.inf, -math.inf, -1e-300]
    metrics = [Metric("odd", value, BEGIN + step, step) for step, value in enumerate(odd)]
    metrics += [Metric("long", step / 3, BEGIN + step, step) for step in range(POINTS)]
    for begin in range(0, len(metrics), 1000):
        client.log_batch(full, metrics[begin : begin + 1000])
    data = Dataset("mnist", "d1", "local", "{}", None, "{}")
    client.log_inputs(full, [DatasetInput(data, [InputTag("mlflow.data.context", "train")])])
    client.log_text(full, "hello", "a b/ü/note.txt")
    client.log_text(full, "", "empty.txt")
    client.set_terminated(full, "FAILED", BEGIN + 5)
    client.delete_run(ids["gone"])
    return ids


def check(url: str, folder: Path, infinity: str = "inf") -> None:
    """What was logged comes out of the source, and is imported alike, twice."""
    ids = fill(url)
    source = LiveSource(url)
    experiment = next(one for one in source.experiments() if one.name == "live / one")
    runs: dict[str, Any] = {run.run_id: run for run in source.runs(experiment)}
    assert set(runs) == set(ids.values())
    assert source.count_runs(experiment) == 2
    assert experiment.tags == {"team": "a"}
    full, gone = runs[ids["full"]], runs[ids["gone"]]
    assert isinstance(full, RunRecord)
    assert (full.status, full.start_time, full.end_time) == ("FAILED", BEGIN, BEGIN + 5)
    assert full.tags["note"] == "naïve"
    assert [one.tags for one in full.datasets] == [[("mlflow.data.context", "train")]]
    assert not gone.is_active
    points: dict[str, list[float]] = {}
    for part in source.histories(full):
        points.setdefault(part.key, []).extend(part.values)
    assert points["long"] == [step / 3 for step in range(POINTS)]
    assert repr(points["odd"]) == f"[nan, {infinity}, -{infinity}, -1e-300]"
    assert source.missing_files(full) is None
    contents = {}
    for file in source.files(full):
        with source.open_file(full, file.path) as opened:
            contents[file.path] = opened.read()
    assert contents == {"empty.txt": b"", "a b/ü/note.txt": b"hello"}
    source.close()
    first = import_into(folder, url)
    assert first.status == 0, first.output
    assert set(first.states.values()) == {"moved"}
    again = import_into(folder, url)
    assert set(again.states.values()) == {"same"}
    assert again.hashes == first.hashes


def test_a_milepost_server_is_imported_whole(server: RunningServer, tmp_path: Path) -> None:
    check(server.url, tmp_path)


@pytest.mark.live
def test_the_official_server_is_imported_whole(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if not request.config.getoption("--live"):
        pytest.skip("run with --live")
    (tmp_path / "official").mkdir()
    (tmp_path / "ours").mkdir()
    with official_server(tmp_path / "official") as url:
        # Its database keeps the largest double instead of infinity.
        check(url, tmp_path / "ours", infinity="1.7976931348623157e+308")


def check_official(
    url: str, ids: dict[str, str], version: str, points: int, folder: Path, start: StartServer
) -> None:
    """What the server's own client logged is here afterwards, and a second import knows it."""
    first = import_into(folder, url)
    assert first.status == 0, first.output
    assert set(first.states.values()) == {"moved"}
    counts = first.report["counts"]
    assert counts["source"] == counts["target"]
    again = import_into(folder, url)
    assert set(again.states.values()) == {"same"}
    assert again.hashes == first.hashes
    is_old = version == "0.8"
    values = VALUES if is_old else VALUES_OF_A_DATABASE
    run = check_kept(start(folder=folder).url, ids, points, values, is_old)
    if version in ("2.22", "3.17"):
        check_inputs(run, has_models=version == "3.17")


@pytest.mark.parametrize("version", FLAGS)
def test_what_an_official_server_answered_is_imported_whole(
    version: str, tmp_path: Path, start_server: StartServer
) -> None:
    exchanges, ids = read_exchanges(RECORDED / f"{version}.json")
    with replaying(exchanges) as url:
        check_official(url, ids, version, record_servers.POINTS, tmp_path, start_server)


@pytest.mark.live
@pytest.mark.parametrize("version", FLAGS)
def test_an_official_server_is_imported_as_its_recording(
    request: pytest.FixtureRequest, version: str, tmp_path: Path, start_server: StartServer
) -> None:
    if not request.config.getoption("--live"):
        pytest.skip("run with --live")
    (tmp_path / "ours").mkdir()
    with filled_server(version, tmp_path, POINTS) as (url, ids):
        check_official(url, ids, version, POINTS, tmp_path / "ours", start_server)


def test_an_address_without_a_tracking_server_is_told(tmp_path: Path) -> None:
    with replaying({}) as url:
        done = import_into(tmp_path, url)
    assert done.status == 1
    assert "not as a tracking server" in done.output


@pytest.mark.parametrize("runs", [5, [5], [{}], [{"info": {"run_uuid": "a"}, "data": 3}]])
def test_answers_of_another_kind_are_refused(runs: object) -> None:
    experiments = {"experiments": [{"experiment_id": "1", "name": "one", "new_field": {}}]}

    def answer(request: str, body: str) -> Answer:
        found = {"runs": runs} if "runs" in body + request else experiments
        return Answer(200, "application/json", json.dumps(found))

    with answering(answer) as url:
        source = LiveSource(url)
        (experiment,) = source.experiments()
        with pytest.raises(SourceUnusable, match="not of MLflow's API"):
            list(source.runs(experiment))
        source.close()


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    done = import_into(tmp_path, f"http://127.0.0.1:{free_port()}")
    assert done.status == 1
    assert "cannot be reached" in done.output
    assert "Traceback" not in done.output


def test_a_password_in_the_address_is_refused_without_showing_it() -> None:
    with pytest.raises(SourceUnusable, match="MLFLOW_TRACKING_PASSWORD") as refused:
        LiveSource("http://ann:secret@127.0.0.1:1")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "other/x", "a/b/x", "", "a/../../x"])
def test_listed_paths_must_stand_in_the_folder_that_was_listed(path: str) -> None:
    with pytest.raises(SourceUnusable, match="which cannot be"):
        safe(path, "a")
    assert safe("a/x", "a") == "a/x"
