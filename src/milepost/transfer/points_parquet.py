"""The points of one run as a Parquet file: key, step, timestamp (ms), value; bit for bit.

This module is the one that loads arro3, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BufferedIOBase
from typing import IO, Any

from milepost.transfer import parquet_bounds
from milepost.transfer.records import HistoryPart, SourceUnusable

POINTS_A_BATCH = 65_536
COLUMNS = ("key", "step", "timestamp", "value")
COMPRESSION = "zstd(3)"
# Steps and times grow evenly; keys and values repeat, and stay with their dictionaries.
ENCODING = {"step": "delta_binary_packed", "timestamp": "delta_binary_packed"}


class ParquetMissing(SourceUnusable):
    """The library that writes and reads Parquet is not installed."""


def arro3() -> tuple[Any, Any]:
    """The modules `arro3.core` and `arro3.io`."""
    try:
        from arro3 import core, io
    except ImportError as error:
        raise ParquetMissing(
            "Bundles keep metrics as Parquet, which needs: pip install 'milepost[server,export]'"
            f" ({error})."
        ) from error
    return core, io


def write(parts: Iterable[HistoryPart], file: BufferedIOBase) -> int:
    """Write all points in the order given; returns how many."""
    import numpy as np

    core, io = arro3()
    count = 0
    failure: BaseException | None = None
    types = (core.DataType.utf8(), core.DataType.int64(), core.DataType.int64(),
             core.DataType.float64())  # fmt: skip
    schema = core.Schema(
        [core.Field(name, type, nullable=False) for name, type in zip(COLUMNS, types, strict=True)]
    )

    def batches() -> Iterator[Any]:
        nonlocal count, failure
        try:
            for part in parts:
                n = len(part.values)
                steps = part.steps
                if steps is None:
                    raise SourceUnusable(f"The points of {part.key!r} have no steps.")
                count += n
                columns = [
                    core.Array([part.key] * n, types[0]),
                    core.Array.from_numpy(np.array(steps, np.int64)),
                    core.Array.from_numpy(np.array(part.timestamps, np.int64)),
                    core.Array.from_numpy(np.array(part.values, np.float64)),
                ]
                yield core.RecordBatch.from_arrays(columns, schema=schema)
        except BaseException as error:
            failure = error  # the library would tell its text alone
            raise

    reader = core.RecordBatchReader.from_batches(schema, batches())
    try:
        io.write_parquet(
            reader,
            file,
            compression=COMPRESSION,
            column_encoding=ENCODING,
            column_dictionary_enabled=dict.fromkeys(ENCODING, False),
        )
    except Exception as error:
        raise (failure or error) from error
    return count


def read(file: IO[bytes], points: int, name: str) -> Iterator[HistoryPart]:
    """The parts of a file that has so many points. Raises `SourceUnusable`, naming it."""
    import numpy as np

    _, io = arro3()
    left = points
    batch_size = parquet_bounds.check(file, name, points, POINTS_A_BATCH)
    try:
        batches = iter(io.read_parquet(file, batch_size=batch_size))
        while (batch := next(batches, None)) is not None:
            keys = batch.column("key").to_pylist()
            columns = [np.asarray(batch.column(c).to_numpy()).tolist() for c in COLUMNS[1:]]
            left -= len(keys)
            if left < 0:
                break
            yield from parts_of(keys, *columns)
    except (GeneratorExit, KeyboardInterrupt, SystemExit, SourceUnusable):
        raise
    except BaseException as error:  # the library's panics are no Exception
        raise SourceUnusable(f"{name} is no Parquet file of points: {error}") from error
    if left:
        raise SourceUnusable(f"{name} has not the {points:,} points that the bundle promises.")


def parts_of(
    keys: list[str], steps: list[int], timestamps: list[int], values: list[float]
) -> Iterator[HistoryPart]:
    begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and keys[end] == keys[begin]:
            end += 1
        part = slice(begin, end)
        yield HistoryPart(keys[begin], steps[part], timestamps[part], values[part])
        begin = end
