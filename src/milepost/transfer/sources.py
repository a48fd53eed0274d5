"""From what people write to the source that reads it: one small table, a row a kind of source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from milepost.transfer.records import Source, SourceUnusable

# What each kind is called in help and in refusals.
KINDS = (
    "a folder mlruns of MLflow",
    "an MLflow database (sqlite:///... or postgresql://...)",
    "a Milepost database, named alike",
    "a live MLflow server (http://... or https://...)",
    "a folder of TensorBoard's event files",
    "a bundle that milepost export wrote",
)


def open_source(text: str, proxied: Path | None = None) -> Source:
    """The source that `text` names. Raises `SourceUnusable`, with what can be named.

    `proxied` is where an MLflow server keeps the artifacts that it proxies, for its database.
    """
    scheme, colon, rest = text.partition("://")
    if colon:
        if scheme.lower().partition("+")[0] in DATABASES:
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
        raise SourceUnusable(
            f"There is nothing at {path}. Check the path; what can be named: {'; '.join(KINDS)}."
        )
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


def open_database(text: str, proxied: Path | None) -> Source:
    """Milepost's own, or MLflow's."""
    from milepost.transfer import milepost_store, mlflow_sql

    ours = milepost_store.open_if_milepost(text, proxied)
    return ours if ours is not None else mlflow_sql.open_database(text, proxied)


def is_tensorboard(path: Path) -> bool:
    from milepost.transfer import tensorboard

    return tensorboard.is_tensorboard(path)


def open_tensorboard(path: Path) -> Source:
    from milepost.transfer.tensorboard import TensorBoardSource

    return TensorBoardSource(path)


def is_bundle(path: Path) -> bool:
    from milepost.transfer import bundle

    return bundle.is_bundle(path)


def open_bundle(path: Path) -> Source:
    from milepost.transfer.bundle import BundleSource

    return BundleSource(path)


def open_server(text: str) -> Source:
    from milepost.transfer.live import LiveSource

    return LiveSource(text)


# Asked in this order; the first that knows what is there reads it.
BY_CONTENT: list[tuple[Callable[[Path], bool], Callable[[Path], Source]]] = [
    (is_mlruns, open_mlruns),
    (is_bundle, open_bundle),
    (is_tensorboard, open_tensorboard),
]
DATABASES = ("sqlite", "postgres", "postgresql")
BY_SCHEME: dict[str, Callable[[str], Source]] = {
    "file": open_path,
    "http": open_server,
    "https": open_server,
}
