"""Which rows a batch of writes will change, so that writers in several processes lock in one order.

A database with one writer at a time never asks. PostgreSQL locks the runs of a batch in the order
of their rows before the first write; a batch with any write that is not about given runs (one
that makes, renames or removes an experiment, say) is alone in the database instead. So two
batches can never wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from milepost.store import batches, heartbeats, inputs, runs, sealer, settler, transfers

Operation = Callable[..., Any]

# Writes about the run that is their first argument.
OF_ONE_RUN = frozenset(
    (
        runs.delete_run,
        runs.delete_tag,
        runs.log_batch,
        runs.log_metric,
        runs.log_model,
        runs.log_param,
        runs.restore_run,
        runs.set_tags,
        runs.update_run,
        inputs.log_outputs,
        transfers.finish_run,
        transfers.put_points,
        transfers.put_run,
    )
)
# Writes whose first argument tells the rows of their runs.
OF_ROWS: dict[Operation, Callable[[Any], Iterable[int]]] = {
    settler.settle_runs: list,
    settler.index_runs: list,
    sealer.apply_swaps: lambda swaps: [swap.run for swap in swaps],
    sealer.apply_recounts: lambda recounts: [recount.run for recount in recounts],
}


# More series than this are not read ahead; a request then reads its own.
SERIES_MAX = 10_000


class Footprint(NamedTuple):
    """Runs by their wire ids and by their rows; or everything.

    `series` are those that get points, by run and key, as far as they are known beforehand.
    """

    run_ids: list[str]
    rows: list[int]
    is_everything: bool
    series: list[tuple[str, str]]


EVERYTHING = Footprint([], [], True, [])


def footprint(writes: Iterable[tuple[Operation, tuple[Any, ...]]]) -> Footprint:
    """What these operations with their arguments will change."""
    run_ids: set[str] = set()
    rows: set[int] = set()
    series: list[tuple[str, str]] = []
    for operation, arguments in writes:
        if operation is batches.once:
            operation, arguments = arguments[1], arguments[2:]
        if operation in OF_ONE_RUN:
            run_ids.add(arguments[0])
            if operation is runs.log_metric:
                series.append((arguments[0], arguments[1]))
            elif operation is runs.log_batch and len(series) < SERIES_MAX:
                series += [(arguments[0], key) for key in arguments[1]]
        elif operation in OF_ROWS:
            rows.update(OF_ROWS[operation](arguments[0]))
        elif operation is heartbeats.note_heartbeats:
            run_ids.update(arguments[0])
        elif operation is not runs.create_run:  # its experiment stays as it is, its row is new
            return EVERYTHING
    return Footprint(sorted(run_ids), sorted(rows), False, series[:SERIES_MAX])
