"""Files that are there whole or not at all; how a database is copied is its driver's business."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from milepost.store.database import Database, Report, StoreUnusable


def backup(database: Database, target: Path, is_forced: bool, report: Report) -> None:
    """Copy the database to `target`, while servers go on. Raises `StoreUnusable`."""
    if target.is_dir():
        raise StoreUnusable(f"{target} is a folder. Name a file in it.")
    if target.exists() and not is_forced:
        raise StoreUnusable(f"{target} is there already. Name another file, or add --force.")
    with beside(target) as new:
        database.dump(new, report)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A path to write to; it takes the place of `path`, safe from power loss, when all went well.

    Raises `StoreUnusable` when the files cannot be written.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        new.open("xb").close()
        try:
            yield new
            sync(new)
            new.replace(path)
            sync(path.parent)
        finally:
            for left in (new, new.with_name(f"{new.name}-journal")):
                left.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnusable(
            f"{path} cannot be written: {error.strerror}. Check its folder, its permissions and"
            " the space on its disk."
        ) from error


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
