"""Figures, images and tables as artifacts: what `MlflowClient` and the fluent functions share.

Everything is written to a file in a temporary folder first, and goes to the run as any file does.
"""

from __future__ import annotations

import posixpath
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from milepost.client import figures, images, tables
from milepost.client.artifacts import NamedFile
from milepost.client.values import now_ms
from milepost.entities import Run
from milepost.exceptions import MlflowException

if TYPE_CHECKING:
    from milepost.client.client import MlflowClient

SEARCH_PAGE = 1000

# Makes local files artifacts of a run.
Put = Callable[[str, Sequence[NamedFile]], None]


class Destination(NamedTuple):
    """A run, and how files and tags get to it."""

    run_id: str
    put: Put
    tag: Callable[[str, str], None]


class Chart(NamedTuple):
    """Where an image stands among those of a key; `timestamp` in ms."""

    key: str | None
    step: int | None
    timestamp: int | None


@contextmanager
def file_to_log(put: Put, run_id: str, artifact_file: str) -> Iterator[Path]:
    """A file to write to; it becomes the artifact when the block ends well."""
    name = posixpath.basename(artifact_file)
    if not name or name in (".", ".."):
        raise MlflowException(f"Invalid path: '{artifact_file}'", "INVALID_PARAMETER_VALUE")
    with tempfile.TemporaryDirectory(prefix="milepost-") as place:
        path = Path(place) / name
        yield path
        put(run_id, [NamedFile(path, artifact_file)])


def log_stream(put: Put, run_id: str, stream: BinaryIO, artifact_file: str) -> None:
    with file_to_log(put, run_id, artifact_file) as path, path.open("wb") as file:
        shutil.copyfileobj(stream, file)


def log_figure(
    put: Put, run_id: str, figure: Any, artifact_file: str, save_kwargs: dict[str, Any] | None
) -> None:
    with file_to_log(put, run_id, artifact_file) as path:
        figures.save(figure, path, save_kwargs or {})


def log_image(
    to: Destination, image: Any, artifact_file: str | None, chart: Chart, is_later: bool
) -> None:
    """A file of its own, or one of a chart's images, `is_later` in the background."""
    if artifact_file is not None and any(one is not None for one in chart):
        raise TypeError(
            "The `artifact_file` parameter cannot be used in conjunction with `key`, `step`, or"
            " `timestamp` parameters. Please ensure that `artifact_file` is specified alone,"
            " without any of these conflicting parameters."
        )
    if artifact_file is None and chart.key is None:
        raise TypeError(
            "Invalid arguments: Please specify exactly one of `artifact_file` or `key`. Use `key`"
            " to log dynamic image charts or `artifact_file` for saving static images."
        )
    made = images.pillow_of(image)
    if artifact_file is not None:
        with file_to_log(to.put, to.run_id, artifact_file) as path:
            made.save(path)
        return
    at = now_ms() if chart.timestamp is None else chart.timestamp
    names = images.chart_names(chart.key or "", chart.step or 0, at)
    if is_later:
        from milepost.client.uploads import later

        kept = made.copy()  # the caller may draw on it meanwhile
        later(lambda: send_chart_image(to, kept, names), f"image '{chart.key}'")
    else:
        send_chart_image(to, made, names)


def send_chart_image(to: Destination, image: Any, names: tuple[str, str]) -> None:
    put_both(to.put, to.run_id, image, images.FOLDER, names)
    to.tag(images.LOGGED_TAG, "True")


def put_both(put: Put, run_id: str, image: Any, folder: str, names: tuple[str, str]) -> None:
    """The image and its small copy."""
    with tempfile.TemporaryDirectory(prefix="milepost-") as place:
        images.save_both(image, Path(place), names)
        put(run_id, [NamedFile(Path(place) / one, posixpath.join(folder, one)) for one in names])


def table_of(put: Put, run_id: str, data: Any, artifact_file: str) -> tables.Table:
    """The rows, their images already sent."""
    tables.check_name(artifact_file)

    def keep_image(cell: Any) -> dict[str, str]:
        folder, name, small = images.cell_names(artifact_file)
        put_both(put, run_id, images.pillow_of(cell), folder, (name, small))
        return {
            "type": "image",
            "filepath": posixpath.join(folder, name),
            "compressed_filepath": posixpath.join(folder, small),
        }

    return tables.table_of(data, keep_image)


def log_table_apart(put: Put, run_id: str, data: Any, artifact_file: str) -> str:
    """Rows that cannot be added now, as a file of their own; its name."""
    apart = f"{posixpath.splitext(artifact_file)[0]}-{uuid.uuid4().hex[:12]}.json"
    table = table_of(put, run_id, data, apart)
    with file_to_log(put, run_id, apart) as path:
        tables.write(table, path)
    return apart


def log_table(client: MlflowClient, run_id: str, data: Any, artifact_file: str) -> None:
    """Adds rows to the run's table of that name, which is made if it is not there."""
    table = table_of(client.put_files, run_id, data, artifact_file)
    run = client.get_run(run_id)
    tag = tag_of(run)
    changed = tables.with_table(tag, artifact_file)
    with tempfile.TemporaryDirectory(prefix="milepost-") as place:
        if changed is None:
            before = client.download_artifacts(run_id, artifact_file, place)
            table = tables.read(Path(before)).with_rows_of(table)
        with file_to_log(client.put_files, run_id, artifact_file) as path:
            tables.write(table, path)
    if changed is not None:
        client.set_tag(run_id, tables.LOGGED_TAG, changed)


def tag_of(run: Run) -> str | None:
    return run.data.tags.get(tables.LOGGED_TAG) if run.data else None


def load_table(
    client: MlflowClient,
    experiment_id: str,
    artifact_file: str,
    run_ids: Sequence[str] | None,
    extra_columns: Sequence[str] | None,
) -> Any:
    """A data frame of the rows of all the runs that have this table."""
    from milepost.client.frames import frame_of

    tables.check_name(artifact_file)
    entry = {"path": artifact_file, "type": "table"}
    if run_ids:
        wanted = [client.get_run(run_id) for run_id in run_ids]
    else:
        wanted = list(runs_with_tables(client, experiment_id))
    found = [run for run in wanted if entry in tables.logged(tag_of(run))]
    if run_ids and len(found) < len(wanted):
        warnings.warn(
            "Not all runs have the specified table artifact. Some runs will be skipped.",
            stacklevel=4,
        )
    if not found:
        raise MlflowException(
            "No runs found with the corresponding table artifact.", "RESOURCE_DOES_NOT_EXIST"
        )
    frames = []
    for run in found:
        extra = frame_of([run])
        columns = {name: extra[name][0] for name in extra_columns or ()}
        with tempfile.TemporaryDirectory(prefix="milepost-") as place:
            path = client.download_artifacts(str(run.info.run_id), artifact_file, place)
            frames.append(tables.frame_of(Path(path), columns))
    return tables.joined(frames)


def runs_with_tables(client: MlflowClient, experiment_id: str) -> Iterator[Run]:
    token = None
    while True:
        page = client.search_runs(
            [experiment_id], f"tags.`{tables.LOGGED_TAG}` LIKE '%table%'", max_results=SEARCH_PAGE,
            page_token=token,
        )  # fmt: skip
        yield from page
        token = page.token
        if not token:
            return
