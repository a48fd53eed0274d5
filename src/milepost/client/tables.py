"""Tables of runs: a JSON file of columns and rows, which MLflow's own client reads and writes too.

A table is small: it is read and written whole each time rows are added. pandas is loaded to read
one into a data frame, and never to write one from a dictionary.
"""

from __future__ import annotations

import datetime
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from milepost.client import images
from milepost.exceptions import MlflowException

LOGGED_TAG = "mlflow.loggedArtifacts"
BYTES_MAX = 256 * 2**20

# Stores an image of a cell and gives what stands in the cell instead.
KeepImage = Callable[[Any], Any]


class Table(NamedTuple):
    """`rows` are as long as `columns`."""

    columns: list[str]
    rows: list[list[Any]]

    def with_rows_of(self, more: Table) -> Table:
        """Both tables' rows; a column that one lacks is None there."""
        columns = [*self.columns, *(name for name in more.columns if name not in self.columns)]
        padded = [[*row, *[None] * (len(columns) - len(row))] for row in self.rows]
        place = {name: index for index, name in enumerate(more.columns)}
        added = [
            [row[place[name]] if name in place else None for name in columns] for row in more.rows
        ]
        return Table(columns, padded + added)


def check_name(artifact_file: str) -> None:
    if artifact_file.endswith(".parquet"):
        raise MlflowException("Tables as .parquet are not built yet; use .json.", "NOT_IMPLEMENTED")
    if not artifact_file.endswith(".json"):
        raise ValueError(
            f"Invalid artifact file path '{artifact_file}'. The name of a table ends in '.json'."
        )


def table_of(data: Any, keep_image: KeepImage) -> Table:
    """From a dictionary of columns (lists, or single values that every row has), or a data frame.

    Lists of different lengths make one row. Raises `MlflowException` for what is no table.
    """
    if isinstance(data, Mapping):
        return Table([str(name) for name in data], rows_of(list(data.values()), keep_image))
    if hasattr(data, "to_json") and hasattr(data, "columns"):
        for name in data.columns:
            if any(images.is_image(cell) for cell in data[name]):
                data = data.assign(**{name: [plain(cell, keep_image) for cell in data[name]]})
        body = json.loads(data.to_json(orient="split", index=False, date_format="iso"))
        return Table([str(name) for name in body["columns"]], body["data"])
    raise MlflowException(
        "data must be a pandas.DataFrame or a dictionary", "INVALID_PARAMETER_VALUE"
    )


def rows_of(values: list[Any], keep_image: KeepImage) -> list[list[Any]]:
    lists = [value for value in values if is_list(value)]
    lengths = {len(value) for value in lists}
    if len(lengths) > 1 or not lists:
        return [[plain(value, keep_image) for value in values]] if values else []
    count = lengths.pop()
    columns = [
        [plain(cell, keep_image) for cell in value]
        if is_list(value)
        else [plain(value, keep_image)] * count
        for value in values
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def is_list(value: Any) -> bool:
    return isinstance(value, list | tuple) or bool(getattr(value, "ndim", 0))


def plain(value: Any, keep_image: KeepImage) -> Any:
    """The value as JSON has it: no NaN, times as ISO text, arrays as lists."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if images.is_image(value):
        return keep_image(value)
    if isinstance(value, datetime.date):  # datetime is one
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item, keep_image) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item, keep_image) for item in value]
    if hasattr(value, "tolist"):  # numpy's and torch's
        return plain(value.tolist(), keep_image)
    raise MlflowException(
        f"A cell of type {type(value).__name__} cannot be stored in a table: {value!r:.100}",
        "INVALID_PARAMETER_VALUE",
    )


def read(path: Path) -> Table:
    if path.stat().st_size > BYTES_MAX:
        raise MlflowException(
            f"The table {path.name} has {path.stat().st_size:,} bytes; {BYTES_MAX:,} is the most."
            " Log further rows under another name, or as files with log_artifact."
        )
    body = json.loads(path.read_text(encoding="utf-8"))
    return Table(list(body["columns"]), list(body["data"]))


def write(table: Table, path: Path) -> None:
    body = {"columns": table.columns, "data": table.rows}
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def frame_of(path: Path, extra: Mapping[str, Any]) -> Any:
    """A data frame, with further columns that are the same in each row."""
    pd = pandas()
    frame = pd.read_json(io.StringIO(path.read_text(encoding="utf-8")), orient="split")
    for name, value in extra.items():
        frame[name] = value
    return frame


def joined(frames: Iterable[Any]) -> Any:
    return pandas().concat(frames, ignore_index=True)


def pandas() -> Any:
    try:
        import pandas as pd
    except ImportError as error:
        raise MlflowException("load_table needs pandas: pip install pandas") from error
    return pd


def logged(tag: str | None) -> list[dict[str, str]]:
    """The run's tag that lists its tables; what is no list of ours counts as empty."""
    try:
        found = json.loads(tag or "[]")
    except ValueError:
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def with_table(tag: str | None, artifact_file: str) -> str | None:
    """The tag with this table in it; None when it is already there."""
    found, entry = logged(tag), {"path": artifact_file, "type": "table"}
    return None if entry in found else json.dumps([*found, entry])
