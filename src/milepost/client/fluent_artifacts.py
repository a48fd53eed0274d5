"""The API of functions for files: each logs to the active run, or to the `run_id` that is given.

While the server is away, copies of the files wait in the spool.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

from milepost.client import artifacts
from milepost.client.lifecycle import (
    client,
    current_experiment_id,
    current_run_id,
    is_away,
    sender,
)
from milepost.client.modes import modes
from milepost.client.sender import TAG
from milepost.exceptions import MlflowException


def put_files(run_id: str, files: Sequence[artifacts.NamedFile]) -> None:
    """Files as artifacts: now, or while the server is away as copies in the spool."""
    sending = sender(run_id)
    if not modes().is_offline:
        try:
            client().put_files(run_id, files)
            return
        except MlflowException as error:
            if not is_away(error):
                raise
    for file in files:
        sending.send_file_later(run_id, file.source, file.artifact)


def log_artifact(
    local_path: str, artifact_path: str | None = None, run_id: str | None = None
) -> None:
    """A file or folder of this machine as an artifact; waits until the server has it."""
    put_files(current_run_id(run_id), artifacts.file_or_folder(local_path, artifact_path))


def log_artifacts(
    local_dir: str, artifact_path: str | None = None, run_id: str | None = None
) -> None:
    put_files(current_run_id(run_id), artifacts.files_in(local_dir, artifact_path))


def log_text(text: str, artifact_file: str, run_id: str | None = None) -> None:
    with artifacts.file_of(text.encode(), artifact_file) as file:
        put_files(current_run_id(run_id), [file])


def log_dict(dictionary: Any, artifact_file: str, run_id: str | None = None) -> None:
    """As JSON, or as YAML into a .yaml file."""
    log_text(artifacts.text_of(dictionary, artifact_file), artifact_file, run_id)


def get_artifact_uri(artifact_path: str | None = None) -> str:
    """Where the active run's artifacts are, or one of them."""
    uri = client().get_run(current_run_id()).info.artifact_uri or ""
    return f"{uri}/{artifact_path}" if artifact_path else uri


def log_stream(stream: BinaryIO, artifact_file: str, run_id: str | None = None) -> None:
    """What is left to read of a binary stream, as an artifact."""
    from milepost.client import media

    media.log_stream(put_files, current_run_id(run_id), stream, artifact_file)


def log_figure(
    figure: Any, artifact_file: str, *, save_kwargs: dict[str, Any] | None = None
) -> None:
    """A figure of matplotlib or plotly, as the kind of file that the name's suffix says."""
    from milepost.client import media

    media.log_figure(put_files, current_run_id(), figure, artifact_file, save_kwargs)


def log_image(
    image: Any,
    artifact_file: str | None = None,
    key: str | None = None,
    step: int | None = None,
    timestamp: int | None = None,
    synchronous: bool | None = False,
) -> None:
    """An array (H, W[, 1, 3 or 4]), Pillow image or `milepost.Image`.

    As `artifact_file`, which waits for the server; or as one of the images that a chart shows by
    `key` and `step`, which is sent in the background unless `synchronous`.
    """
    from milepost.client import media

    run_id = current_run_id()

    def tag(name: str, value: str) -> None:
        sender(run_id).put((TAG, run_id, name, value, None, None))

    media.log_image(
        media.Destination(run_id, put_files, tag), image, artifact_file,
        media.Chart(key, step, timestamp), is_later=not synchronous,
    )  # fmt: skip


def log_table(data: Any, artifact_file: str, run_id: str | None = None) -> None:
    """Add rows, a dictionary of columns or a data frame, to a .json table.

    While the server is away they become a file of their own beside it, which is told.
    """
    run_id = current_run_id(run_id)
    try:
        client().log_table(run_id, data, artifact_file)
    except MlflowException as error:
        if not is_away(error):
            raise
        from milepost.client import media

        apart = media.log_table_apart(put_files, run_id, data, artifact_file)
        sys.stderr.write(f"milepost: {error.message} The rows are kept as {apart}.\n")


def load_table(
    artifact_file: str, run_ids: list[str] | None = None, extra_columns: list[str] | None = None
) -> Any:
    """A data frame of the rows of these runs, by default of all runs that have the table.

    `extra_columns` are columns of `search_runs`, as "run_id" or "params.lr".
    """
    return client().load_table(current_experiment_id(), artifact_file, run_ids, extra_columns)


def flush_artifact_async_logging() -> None:
    """Wait until the images that were logged in the background are with the server."""
    from milepost.client import uploads

    uploads.flush()


__all__ = [
    "flush_artifact_async_logging", "get_artifact_uri", "load_table", "log_artifact",
    "log_artifacts", "log_dict", "log_figure", "log_image", "log_stream", "log_table", "log_text",
]  # fmt: skip
