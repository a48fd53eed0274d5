"""FileInfo: one entry of an artifact listing. Reading and writing artifacts happens elsewhere."""

from __future__ import annotations

from milepost.entities.base import Entity, Field


class FileInfo(Entity):
    """A file or folder among a run's artifacts (mlflow 0.8 wire, messages-0.8.json).

    A folder's size is None; once over the protobuf wire it reads 0, as it always did.
    """

    _message = "FileInfo"
    path = Field[str]("The path below the artifact root.")
    is_dir = Field[bool]("Whether it is a folder.")
    file_size = Field[int | None]("The size in bytes; None for a folder.", unset_if_falsy=True)

    def __init__(self, path: str, is_dir: bool, file_size: int | None) -> None:
        self._path = path
        self._is_dir = is_dir
        self._file_size = file_size
