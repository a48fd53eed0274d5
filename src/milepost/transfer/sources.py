"""From what people write to the source that reads it: one small table, a row a kind of source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from milepost.transfer.records import Source, SourceUnusable

# What each kind is called in help and in refusals.
KINDS = (
    "a folder mlruns of MLflow",
    "an MLflow database (sqlite:///... or postgresql://...)",
)


def open_source(text: str, proxied: Path | None = None) -> Source:
    """The source that `text` names. Raises `SourceUnusable`, with what can be named.

    `proxied` is where an MLflow server keeps the artifacts that it proxies, for its database.
    """
    scheme, colon, rest = text.partition("://")
    if colon:
        if scheme.lower().partition("+")[0] in DATABASES:
            from milepost.transfer.mlflow_sql import open_database

            return open_database(text, proxied)
        opener = BY_SCHEME.get(scheme.lower().partition("+")[0])
        if opener is None:
            raise unknown(text)
        return opener(text if scheme.lower() != "file" else rest)
    return open_path(text)


def open_path(text: str) -> Source:
    """A folder or a file of this machine, by what it holds."""
    path = Path(text).expanduser().absolute()
    if not path.exists():
        raise SourceUnusable(f"There is nothing at {path}.")
    for holds, opener in BY_CONTENT:
        if holds(path):
            return opener(path)
    raise unknown(text)


def unknown(text: str) -> SourceUnusable:
    return SourceUnusable(f"{text!r} is no source that is known: {'; '.join(KINDS)}.")


def is_mlruns(path: Path) -> bool:
    from milepost.transfer import mlruns

    return mlruns.is_mlruns(path)


def open_mlruns(path: Path) -> Source:
    from milepost.transfer.mlruns import MlrunsSource

    return MlrunsSource(path)


# Asked in this order; the first that knows what is there reads it.
BY_CONTENT: list[tuple[Callable[[Path], bool], Callable[[Path], Source]]] = [
    (is_mlruns, open_mlruns),
]
DATABASES = ("sqlite", "postgres", "postgresql")
BY_SCHEME: dict[str, Callable[[str], Source]] = {
    "file": open_path,
}
