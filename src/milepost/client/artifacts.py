"""Files of runs: sent to the server's proxy, or copied where the run's root is a local folder.

Which of the two is decided by the run's `artifact_uri`. A root in a bucket that the server does not
proxy is refused with what to do; the client holds no cloud's credentials.
"""

from __future__ import annotations

import mimetypes
import os
import posixpath
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from milepost.client import records
from milepost.client.transport import HttpTransport, Transport
from milepost.entities import FileInfo
from milepost.exceptions import MlflowException

PROXY = "/api/2.0/mlflow-artifacts/artifacts"
PROXIED = "mlflow-artifacts"


class NamedFile(NamedTuple):
    """A local file and what it is to be called among a run's artifacts."""

    source: Path
    artifact: str


class ArtifactRoot:
    """The files below one run's root. Paths are relative, with forward slashes."""

    def put(self, local_file: Path, path: str) -> None:
        raise NotImplementedError

    def get(self, path: str, local_file: Path) -> None:
        raise NotImplementedError

    def list(self, path: str | None) -> list[FileInfo]:
        """The files and folders in a folder, by name."""
        raise NotImplementedError


class LocalRoot(ArtifactRoot):
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _place(self, path: str) -> Path:
        place = (self.folder / path).resolve()
        if not place.is_relative_to(self.folder.resolve()):
            raise MlflowException(f"Invalid path: {path}", "INVALID_PARAMETER_VALUE")
        return place

    def put(self, local_file: Path, path: str) -> None:
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(local_file, place)

    def get(self, path: str, local_file: Path) -> None:
        place = self._place(path)
        if not place.is_file():
            raise MlflowException(f"No such artifact: '{path}'", "RESOURCE_DOES_NOT_EXIST")
        shutil.copyfile(place, local_file)

    def list(self, path: str | None) -> list[FileInfo]:
        folder = self._place(path or "")
        if not folder.is_dir():
            return []
        return [
            FileInfo(posixpath.join(path or "", one.name), one.is_dir(),
                     None if one.is_dir() else one.stat().st_size)
            for one in sorted(folder.iterdir())
        ]  # fmt: skip


class ProxiedRoot(ArtifactRoot):
    """Through the tracking server, which knows where the bytes are."""

    def __init__(self, transport: HttpTransport, prefix: str) -> None:
        self.transport = transport
        self.prefix = prefix.strip("/")

    def _target(self, path: str) -> str:
        return f"{PROXY}/{quote(posixpath.join(self.prefix, path))}"

    def put(self, local_file: Path, path: str) -> None:
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        with local_file.open("rb") as source:
            self.transport.send_file(self._target(path), source, kind)

    def get(self, path: str, local_file: Path) -> None:
        with local_file.open("wb") as destination:
            self.transport.receive_file(self._target(path), destination)

    def list(self, path: str | None) -> list[FileInfo]:
        folder = posixpath.join(self.prefix, path or "")
        answer = self.transport.call("GET", PROXY, {"path": folder})
        found = [records.file_of(one) for one in answer.get("files", [])]
        return sorted(
            (
                FileInfo(posixpath.join(path or "", one.path), one.is_dir, one.file_size)
                for one in found
            ),
            key=lambda one: one.path,
        )


def root_of(transport: Transport, artifact_uri: str) -> ArtifactRoot:
    """The root that a run's `artifact_uri` names."""
    parts = urlsplit(artifact_uri)
    if parts.scheme == PROXIED and isinstance(transport, HttpTransport):
        if parts.netloc:
            transport = HttpTransport(f"http://{parts.netloc}")
        return ProxiedRoot(transport, unquote(parts.path))
    if parts.scheme in ("", "file"):
        return LocalRoot(Path(unquote(parts.path)))
    raise MlflowException(
        f"The artifacts of this run are at {artifact_uri}, which this client does not reach itself."
        " Start the server with --serve-artifacts and --artifacts-destination, so that it proxies"
        " them.",
        "INVALID_PARAMETER_VALUE",
    )


def files_below(root: ArtifactRoot, path: str) -> Iterator[str]:
    """All files below a folder; the path itself when it is a file."""
    found = root.list(path or None)
    if not found or [one.path for one in found if not one.is_dir] == [path]:
        yield path
        return
    for one in found:
        if one.is_dir:
            yield from files_below(root, one.path)
        else:
            yield one.path


def file_or_folder(local_path: str | os.PathLike[str], folder: str | None) -> list[NamedFile]:
    """One file, or a folder with all that is in it."""
    path = Path(local_path)
    if path.is_dir():
        return files_in(path, posixpath.join(folder or "", path.name))
    if not path.is_file():
        raise MlflowException(f"No such artifact: '{path}'", "INVALID_PARAMETER_VALUE")
    return [NamedFile(path, posixpath.join(folder or "", path.name))]


def files_in(local_dir: str | os.PathLike[str], folder: str | None) -> list[NamedFile]:
    top = Path(local_dir)
    if not top.is_dir():
        raise MlflowException(f"No such folder: '{top}'", "INVALID_PARAMETER_VALUE")
    return [
        NamedFile(file, posixpath.join(folder or "", file.relative_to(top).as_posix()))
        for file in sorted(top.rglob("*"))
        if file.is_file()
    ]


@contextmanager
def file_of(data: bytes, artifact_file: str) -> Iterator[NamedFile]:
    """Bytes as a file for a while."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "file"
        place.write_bytes(data)
        yield NamedFile(place, artifact_file)


def download(root: ArtifactRoot, path: str, dst_path: str | None) -> str:
    """The local path of the file or folder; in a temporary folder unless `dst_path` says where."""
    top = Path(dst_path) if dst_path else Path(tempfile.mkdtemp(prefix="milepost-"))
    if not top.is_dir():
        raise MlflowException(
            f"The destination path for downloaded artifacts does not exist: {top}",
            "INVALID_PARAMETER_VALUE",
        )
    for file in files_below(root, path.strip("/")):
        place = (top / file).resolve()
        if not place.is_relative_to(top.resolve()):
            raise MlflowException(f"Invalid path: {file}", "INVALID_PARAMETER_VALUE")
        place.parent.mkdir(parents=True, exist_ok=True)
        root.get(file, place)
    return str(top / path) if path else str(top)


def text_of(dictionary: Any, artifact_file: str) -> str:
    """JSON, or YAML for .yml and .yaml where PyYAML is there."""
    import json

    if artifact_file.endswith((".yml", ".yaml")):
        try:
            import yaml
        except ImportError as error:
            raise MlflowException("log_dict needs PyYAML for a .yaml file.") from error
        text: str = yaml.safe_dump(dictionary, sort_keys=False, allow_unicode=True)
        return text
    return json.dumps(dictionary, indent=2, default=str)
