"""Folders that real MLflow clients of four eras wrote, imported and compared with the logged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import RunningServer
from tests.transfer.moving import (
    VALUES,
    Imported,
    ask,
    check_inputs,
    check_kept,
    history,
    import_into,
    kill_in_the_middle,
    post,
    written,
)

ERAS = ("mlflow-0.8", "mlflow-1.30", "mlflow-2.22", "mlflow-3.17")
POINTS = 2500


class Written:
    """A folder of one era, and the ids in it."""

    def __init__(self, era: str, folder: Path) -> None:
        self.era = era
        self.source = folder / "mlruns"
        self.ids = written(era, str(self.source), folder, POINTS)


@pytest.fixture(scope="module", params=ERAS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def modern(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written("mlflow-2.22", tmp_path_factory.mktemp("modern"))


def all_well(imported: Imported) -> bool:
    runs = imported.report["runs"]
    same = all(run["source_hash"] == run["target_hash"] != "" for run in runs)
    counts = imported.report["counts"]
    return imported.status == 0 and same and counts["source"] == counts["target"]


def test_a_server_answers_what_the_old_client_logged(
    folder: Written, tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    imported = import_into(tmp_path, str(folder.source))
    assert all_well(imported), imported.output
    url, ids = start_server().url, folder.ids
    check_kept(url, ids, POINTS, VALUES, is_old=folder.era == "mlflow-0.8")
    found = [point[2] for point in history(url, ids["first"], "train/loss")]
    assert repr(found) == repr(VALUES)  # -0.0, too


def test_datasets_and_models_of_later_clients_come_along(
    folder: Written, tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    if folder.era not in ("mlflow-2.22", "mlflow-3.17"):
        assert not list(folder.source.glob("*/datasets"))
        return
    assert all_well(import_into(tmp_path, str(folder.source)))
    run = ask(start_server().url, "runs/get", run_id=folder.ids["first"])["run"]
    check_inputs(run, has_models=folder.era == "mlflow-3.17")


def test_a_second_import_changes_nothing(folder: Written, tmp_path: Path) -> None:
    first = import_into(tmp_path, str(folder.source))
    again = import_into(tmp_path, str(folder.source))
    assert all_well(again)
    assert set(again.states.values()) == {"same"}
    assert again.hashes == first.hashes


def test_what_was_logged_since_the_last_import_is_brought(modern: Written, tmp_path: Path) -> None:
    source = Path(shutil.copytree(modern.source, tmp_path / "mlruns"))
    assert all_well(import_into(tmp_path, str(source)))
    run = next(source.glob(f"*/{modern.ids['first']}"))
    with (run / "metrics" / "acc").open("a") as file:
        file.write("1800000000000 0.75 9\n")
    again = import_into(tmp_path, str(source))
    assert all_well(again), again.output
    assert again.states[modern.ids["first"]] == "moved"
    assert again.states[modern.ids["child"]] == "same"


def test_an_import_that_was_killed_goes_on_to_the_same_hashes(
    modern: Written, tmp_path: Path
) -> None:
    source = tmp_path / "mlruns"
    shutil.copytree(modern.source, source)
    run = next(source.glob(f"*/{modern.ids['first']}"))
    lines = (f"{1700000000000 + i} {i * 0.5} {i}\n" for i in range(400_000))
    (run / "metrics" / "huge").write_text("".join(lines))
    at_once, broken = tmp_path / "at-once", tmp_path / "broken"
    at_once.mkdir()
    broken.mkdir()
    whole = import_into(at_once, str(source))
    assert all_well(whole)

    kill_in_the_middle(broken, str(source))
    again = import_into(broken, str(source))
    assert all_well(again), again.output
    assert again.hashes == whole.hashes


def test_an_id_that_another_experiment_has_gives_a_new_one(
    tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server()
    post(server.url, "experiments/create", {"name": "ours"})
    old = Written("mlflow-1.30", tmp_path / "old")
    imported = import_into(tmp_path, str(old.source))  # beside the running server
    assert all_well(imported), imported.output
    assert any("'exp: one' has the id" in note for note in imported.report["notes"])
    assert ask(server.url, "experiments/get", experiment_id="1")["experiment"]["name"] == "ours"
    run = ask(server.url, "runs/get", run_id=old.ids["first"])["run"]
    name = ask(server.url, "experiments/get", experiment_id=run["info"]["experiment_id"])
    assert name["experiment"]["name"] == "exp: one"


def test_referenced_artifacts_keep_their_place(modern: Written, tmp_path: Path) -> None:
    imported = import_into(tmp_path, str(modern.source), "--artifacts", "reference")
    assert imported.status == 0, imported.output
    assert imported.report["counts"]["source"]["artifacts"] == 0
    assert not (tmp_path / "artifacts").exists()


def test_a_broken_run_is_named_and_the_others_are_moved(modern: Written, tmp_path: Path) -> None:
    source = Path(shutil.copytree(modern.source, tmp_path / "mlruns"))
    child = next(source.glob(f"*/{modern.ids['child']}"))
    (child / "meta.yaml").write_text("run_id: [")
    first = next(source.glob(f"*/{modern.ids['first']}"))
    (first / "metrics" / "acc").write_text("1700000000000 not-a-number 1\n")
    imported = import_into(tmp_path, str(source))
    assert imported.status == 1
    assert imported.states[modern.ids["child"]] == "failed"
    assert imported.states[modern.ids["first"]] == "failed"
    assert imported.states[modern.ids["deleted"]] == "moved"
    assert "Line 1 of" in imported.output
    assert "meta.yaml cannot be read" in imported.output


def test_what_was_added_here_stays_and_is_told_as_a_difference(
    modern: Written, tmp_path: Path, start_server: Callable[..., RunningServer]
) -> None:
    assert all_well(import_into(tmp_path, str(modern.source)))
    url, run_id = start_server().url, modern.ids["first"]
    post(url, "runs/set-tag", {"run_id": run_id, "key": "verdict", "value": "good"})
    again = import_into(tmp_path, str(modern.source))
    assert again.status == 1
    assert again.states[run_id] == "different"
    assert "tag verdict: None there, 'good' here" in again.output
    tags = ask(url, "runs/get", run_id=run_id)["run"]["data"]["tags"]
    assert {"key": "verdict", "value": "good"} in tags


def test_an_experiment_that_is_not_there_is_refused_before_anything_moves(
    modern: Written, tmp_path: Path
) -> None:
    refused = import_into(tmp_path, str(modern.source), "--experiment", "nobody's")
    assert refused.status == 1
    assert "The source has no experiment nobody's." in refused.output


def test_a_dry_run_counts_and_makes_no_database(modern: Written, tmp_path: Path) -> None:
    imported = import_into(tmp_path, str(modern.source), "--dry-run", "--experiment", "exp: one")
    assert imported.status == 0
    assert imported.report["counts"]["source"]["runs"] == 3
    assert not (tmp_path / "milepost.db").exists()


@pytest.mark.parametrize("name", ["empty", "missing", "ftp://there/is"])
def test_what_is_no_source_is_refused_with_a_clear_text(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    source = name if "://" in name else str(tmp_path / name)
    imported = import_into(tmp_path, source)
    assert imported.status == 1
    assert "Traceback" not in imported.output
    assert "nothing at" in imported.output or "no source that is known" in imported.output
    assert not (tmp_path / "milepost.db").exists()
