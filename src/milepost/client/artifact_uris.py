"""Artifacts by URI: the module that scripts know as `milepost.artifacts`.

A URI is `runs:/<run_id>/<path>`, `mlflow-artifacts:/…`, or a file or folder of this machine.
"""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from milepost.client import artifacts
from milepost.client.client import MlflowClient
from milepost.client.connections import transport_of
from milepost.entities import FileInfo
from milepost.exceptions import MlflowException

RUNS = "runs"
# What `load_text` and `load_dict` read into memory.
LOAD_BYTES_MAX = 1024 * 2**20


def download_artifacts(
    artifact_uri: str | None = None,
    run_id: str | None = None,
    artifact_path: str | None = None,
    dst_path: str | None = None,
    tracking_uri: str | None = None,
    registry_uri: str | None = None,
) -> str:
    """The local path of a file or folder, in a temporary folder unless `dst_path` says where."""
    del registry_uri  # models are not built yet
    root, path = place_of(artifact_uri, run_id, artifact_path, tracking_uri)
    if isinstance(root, artifacts.LocalRoot) and dst_path is None:
        found = root.folder / path
        if not found.exists():
            raise missing(path)
        return str(found)
    if dst_path is not None:
        Path(dst_path).mkdir(parents=True, exist_ok=True)
    try:
        return artifacts.download(root, path, dst_path)
    except MlflowException as error:
        if error.get_http_status_code() == 404:
            raise missing(path) from error
        raise


def missing(path: str) -> MlflowException:
    return MlflowException(
        f"Failed to download artifacts from path '{path}', please ensure that the path is correct.",
        "RESOURCE_DOES_NOT_EXIST",
    )


def list_artifacts(
    artifact_uri: str | None = None,
    run_id: str | None = None,
    artifact_path: str | None = None,
    tracking_uri: str | None = None,
) -> list[FileInfo]:
    """What is in a folder, by name; nothing for a file and for what is not there."""
    root, path = place_of(artifact_uri, run_id, artifact_path, tracking_uri)
    return root.list(path or None)


def load_text(artifact_uri: str) -> str:
    with one_file(artifact_uri) as path:
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise MlflowException(
                f"Artifact '{artifact_uri}' is not valid UTF-8. To read a file in another encoding,"
                " fetch it with `artifacts.download_artifacts` and open it with that encoding."
            ) from error


def load_dict(artifact_uri: str) -> Any:
    """What a JSON file holds."""
    import json

    try:
        return json.loads(load_text(artifact_uri))
    except ValueError as error:
        raise MlflowException(f"Unable to form a JSON object from file content: {error}") from error


def load_image(artifact_uri: str) -> Any:
    """A Pillow image, read whole."""
    from milepost.client.images import pillow

    opener = pillow()
    with one_file(artifact_uri) as path:
        try:
            image = opener.open(path)
            image.load()
        except OSError as error:
            raise MlflowException("Unable to form a PIL Image object from file content") from error
    return image


@contextmanager
def one_file(artifact_uri: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="milepost-") as folder:
        path = Path(download_artifacts(artifact_uri, dst_path=folder))
        if path.is_dir():
            raise MlflowException(f"'{artifact_uri}' is a folder.", "INVALID_PARAMETER_VALUE")
        if path.stat().st_size > LOAD_BYTES_MAX:
            raise MlflowException(
                f"'{artifact_uri}' has {path.stat().st_size:,} bytes, too many to load at once."
                " Use artifacts.download_artifacts and read it piece by piece."
            )
        yield path


def place_of(
    uri: str | None, run_id: str | None, path: str | None, tracking_uri: str | None
) -> tuple[artifacts.ArtifactRoot, str]:
    """The root and the path below it that the arguments name."""
    if (uri is None) == (run_id is None):
        raise MlflowException(
            "Exactly one of `run_id` or `artifact_uri` must be specified",
            "INVALID_PARAMETER_VALUE",
        )
    if uri is not None and path is not None:
        raise MlflowException(
            "`artifact_path` cannot be specified if `artifact_uri` is specified",
            "INVALID_PARAMETER_VALUE",
        )
    transport = transport_of(tracking_uri)
    if uri is not None:
        parts = urlsplit(str(uri))
        if parts.scheme != RUNS:
            # The last part is the path, so that paths read as with MLflow's own client.
            above, name = posixpath.split(str(uri).rstrip("/"))
            return artifacts.root_of(transport, above or "."), unquote(
                name
            ) if parts.scheme else name
        run_id, _, path = parts.path.lstrip("/").partition("/")
    assert run_id is not None
    root = MlflowClient(tracking_uri).get_run(run_id).info.artifact_uri or ""
    return artifacts.root_of(transport, root), (path or "").strip("/")


__all__ = ["download_artifacts", "list_artifacts", "load_dict", "load_image", "load_text"]
