"""Files of runs through our client: by the server's proxy, and in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import milepost as mlflow
from milepost.client import connections, sender
from milepost.exceptions import MlflowException
from tests.servers import RunningServer


@pytest.fixture(params=["proxy", "folder"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[mlflow.MlflowClient]:
    folder = tmp_path / "server"
    folder.mkdir()
    flags = ["--default-artifact-root", str(tmp_path / "root")] if request.param == "folder" else []
    server = RunningServer(folder, *flags)
    mlflow.set_tracking_uri(server.url)
    yield mlflow.MlflowClient()
    sender.close_all()
    connections.close_all()
    connections.set_tracking_uri(None)
    server.kill()


def test_files_and_folders_come_back_as_they_were(
    client: mlflow.MlflowClient, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / "deep er").mkdir(parents=True)
    (data / "größe.txt").write_text("größe")
    (data / "deep er" / "b & c.bin").write_bytes(bytes(range(256)) * 4096)
    with mlflow.start_run() as run:
        mlflow.log_artifact(str(data / "größe.txt"))
        mlflow.log_artifact(str(data), "as folder")
        mlflow.log_artifacts(str(data), "what/is in it")
        mlflow.log_text("hello", "notes/a.txt")
        mlflow.log_dict({"a": [1, None]}, "notes/a.json")
    run_id = run.info.run_id
    names = [(one.path, one.is_dir) for one in client.list_artifacts(run_id)]
    assert names == [("as folder", True), ("größe.txt", False), ("notes", True), ("what", True)]
    sizes = {one.path: one.file_size for one in client.list_artifacts(run_id, "notes")}
    assert sizes["notes/a.txt"] == 5
    assert Path(client.download_artifacts(run_id, "notes/a.txt")).read_text() == "hello"
    whole = (
        Path(client.download_artifacts(run_id, "", str(tmp_path / "made")))
        if (tmp_path / "made").mkdir() is None
        else None
    )
    assert whole is not None
    for place in ("as folder/data", "what/is in it"):
        assert (whole / place / "größe.txt").read_text() == "größe"
        assert (whole / place / "deep er" / "b & c.bin").read_bytes() == bytes(range(256)) * 4096
    assert client.list_artifacts(run_id, "no such") == []


def test_what_cannot_be_is_refused(client: mlflow.MlflowClient, tmp_path: Path) -> None:
    run = client.create_run("0")
    with pytest.raises(MlflowException, match="No such artifact"):
        client.log_artifact(run.info.run_id, str(tmp_path / "none"))
    with pytest.raises(MlflowException, match="Invalid path"):
        client.log_text(run.info.run_id, "x", "../../out.txt")
    with pytest.raises(MlflowException):
        client.download_artifacts(run.info.run_id, "none.txt")
    with pytest.raises(MlflowException, match="does not exist"):
        client.download_artifacts(run.info.run_id, "", str(tmp_path / "nowhere"))
