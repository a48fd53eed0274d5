"""Where a bundle's entries stand: one .zip file, or a folder. Names are the bundle's own.

Writing goes to a place beside, which takes the final name when all of it is on disk.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, Protocol, cast

from milepost.transfer.records import SourceUnusable

ENTRIES_MAX = 10_000_000


class CannotWrite(Exception):
    """The bundle cannot be written there; the text says why."""


class Writing(Protocol):
    """A bundle being made, one entry after the other."""

    def entry(self, name: str) -> AbstractContextManager[IO[bytes]]: ...

    def commit(self) -> None:
        """Make it durable and give it its name."""

    def abort(self) -> None:
        """Leave nothing behind."""


class Reading(Protocol):
    """A bundle that is there."""

    def size_of(self, name: str) -> int | None:
        """An entry's bytes; None where there is no such entry."""

    def open(self, name: str) -> AbstractContextManager[BinaryIO]: ...

    def close(self) -> None: ...


def writing(path: Path) -> Writing:
    """To a zip file if the name ends so, else to a folder. Raises `CannotWrite`."""
    if path.exists():
        raise CannotWrite(f"{path} exists already. Name another place, or remove it.")
    if not path.parent.is_dir():
        raise CannotWrite(f"There is no folder {path.parent}. Make it first.")
    return ZipWriting(path) if path.suffix.lower() == ".zip" else FolderWriting(path)


def reading(path: Path) -> Reading:
    """Raises `SourceUnusable`."""
    try:
        return FolderReading(path) if path.is_dir() else ZipReading(path)
    except OSError as error:
        raise SourceUnusable(f"{path} cannot be read: {error.strerror}.") from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise SourceUnusable(f"{path} is no whole zip file: {error}. Copy it again.") from error


class ZipWriting:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._file = self._beside.open("xb")
        self._zip = zipfile.ZipFile(self._file, "w")

    @contextmanager
    def entry(self, name: str) -> Iterator[IO[bytes]]:
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.external_attr = 0o644 << 16
        if name.endswith(".json"):
            info.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as file:
            yield file

    def commit(self) -> None:
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        renamed(self._beside, self._path)

    def abort(self) -> None:
        with suppress(OSError, ValueError):  # a full disk; the file goes anyhow
            self._zip.close()
        self._file.close()
        self._beside.unlink(missing_ok=True)


class FolderWriting:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._beside.mkdir()

    @contextmanager
    def entry(self, name: str) -> Iterator[IO[bytes]]:
        place = self._beside / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def commit(self) -> None:
        for folder, _, _ in os.walk(self._beside):
            sync_folder(Path(folder))
        renamed(self._beside, self._path)

    def abort(self) -> None:
        shutil.rmtree(self._beside, ignore_errors=True)


def renamed(beside: Path, path: Path) -> None:
    if path.exists():
        raise CannotWrite(f"{path} has come to be meanwhile. Name another place.")
    beside.rename(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class ZipReading:
    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if len(infos) > ENTRIES_MAX:
            raise SourceUnusable(f"{path} has more than {ENTRIES_MAX:,} entries.")
        for info in infos:
            if info.filename in self._infos:
                raise SourceUnusable(f"{path} holds {info.filename[:200]!r} twice.")
            self._infos[info.filename] = info

    def size_of(self, name: str) -> int | None:
        info = self._infos.get(name)
        return None if info is None else info.file_size

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        try:
            with self._zip.open(self._infos[name]) as file:
                yield cast(BinaryIO, file)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise SourceUnusable(f"{name} cannot be read from the bundle: {error}") from error

    def close(self) -> None:
        self._zip.close()


class FolderReading:
    """Follows no links below the folder."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()

    def _place(self, name: str) -> Path | None:
        place = self._path / name
        return place if place.is_file() and place.resolve() == place else None

    def size_of(self, name: str) -> int | None:
        place = self._place(name)
        return None if place is None else place.stat().st_size

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        place = self._place(name)
        if place is None:
            raise SourceUnusable(f"The bundle has no {name}.")
        with place.open("rb") as file:
            yield file

    def close(self) -> None:
        pass
