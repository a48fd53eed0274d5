"""Whole experiments and runs that come from elsewhere, with the ids and times that they had there.

Writes are operations on a transaction and can be done again without harm; a run's points go the
way of all points, so that aggregates, sealing and settling know them. Reads give all of a run in
one snapshot. Nothing here knows where a run comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from milepost.errors import InvalidParameterValue
from milepost.store import experiments, inputs, metrics, runs
from milepost.store.database import Connection
from milepost.store.inputs import NewDatasetInput
from milepost.store.series import Columns, HistoryCursor, Points
from milepost.store.sql import load
from milepost.store.transaction import RunRef, Transaction
from milepost.wire.messages import Run

EXPERIMENTS = load("experiments")
INPUTS = load("inputs")
RUNS = load("runs")
TRANSFERS = load("transfers")

# Ids from here on are no more than a number that a client made up.
EXPERIMENT_ID_MAX = 2**63 - 2
# A history is handed out in pieces of at most so many points.
POINTS_A_VISIT = 100_000


class MovedExperiment(NamedTuple):
    """An experiment to put; `wanted_id` is the id that it had, None where it was no number."""

    name: str
    wanted_id: int | None
    is_active: bool
    creation_time: int
    last_update_time: int
    tags: Mapping[str, str]


class MovedRun(NamedTuple):
    """A run to put, without its points and datasets. `artifact_uri` None: below its experiment."""

    experiment: int
    name: str
    user_id: str
    status: str
    start_time: int
    end_time: int | None
    artifact_uri: str | None
    is_active: bool
    deleted_time: int | None
    params: Mapping[str, str]
    tags: Mapping[str, str]


def put_experiment(transaction: Transaction, moved: MovedExperiment, artifact_root: str) -> int:
    """Its id here: that of the experiment with its name, else the one it had, else a new one."""
    row = transaction.execute(EXPERIMENTS.EXPERIMENT_SELECT_BY_NAME, (moved.name,)).fetchone()
    experiment = row[0] if row is not None else add_experiment(transaction, moved, artifact_root)
    transaction.executemany(
        TRANSFERS.EXPERIMENT_TAG_PUT, [(experiment, *tag) for tag in moved.tags.items()]
    )
    return int(experiment)


def add_experiment(transaction: Transaction, moved: MovedExperiment, artifact_root: str) -> int:
    times = (moved.creation_time, moved.last_update_time)
    wanted = moved.wanted_id
    if wanted is not None and 0 <= wanted <= EXPERIMENT_ID_MAX:
        location = f"{artifact_root.rstrip('/')}/{wanted}"
        row = transaction.execute(
            TRANSFERS.EXPERIMENT_PUT, (wanted, moved.name, location, int(moved.is_active), *times)
        ).fetchone()
        if row is not None:
            transaction.database.pass_experiment_id(transaction.connection, wanted)
            return wanted
    made = experiments.create_experiment(transaction, moved.name, None, artifact_root, {}, 0)
    transaction.execute(TRANSFERS.EXPERIMENT_SET_TIMES, (int(moved.is_active), *times, int(made)))
    return int(made)


def put_run(
    transaction: Transaction,
    run_id: str,
    moved: MovedRun,
    points: Mapping[str, Points],
    is_whole: bool,
) -> None:
    """Make the run, or make the one that is there the same; its experiment must be its own.

    Unless `is_whole`, more points follow, and then `finish_run`. Raises `InvalidParameterValue`
    where the run is in another experiment or has another value of a param.
    """
    experiment = experiments.experiment_row(transaction.connection, moved.experiment)
    uri = moved.artifact_uri or runs.artifact_uri_of(experiment[2], run_id)
    row = transaction.execute(
        TRANSFERS.RUN_PUT,
        (run_id, moved.experiment, moved.name, moved.user_id, runs.STATUS_NUMBERS[moved.status],
         moved.start_time, moved.end_time, uri, int(moved.is_active), moved.deleted_time),
    ).fetchone()  # fmt: skip
    if row[1] != moved.experiment:
        raise InvalidParameterValue(
            f"The run {run_id} is here already, in experiment {row[1]} and not in"
            f" {moved.experiment} ({experiment[1]!r}). Remove it, or rename that experiment."
        )
    ref = RunRef(run_id, row[0], moved.experiment, moved.is_active, False)
    transaction.note_new_run(ref)
    runs.write_params(transaction, ref, moved.params, runs.changed_in_batch)
    runs.write_tags(transaction, ref.id, moved.tags)
    put_points(transaction, run_id, points)
    if is_whole:
        finish_run(transaction, run_id, moved.status)


def put_points(transaction: Transaction, run_id: str, points: Mapping[str, Points]) -> None:
    """Points of a run, which may be deleted; those that it has already are dropped later."""
    ref = transaction.run(run_id)
    if transaction.database.is_shared and len(points) > 1:
        transaction.read_heads(ref.id, points)
    for key, part in points.items():
        transaction.log_points(ref.id, key, part)
    transaction.changed_runs.add(ref.id)


def finish_run(transaction: Transaction, run_id: str, status: str) -> None:
    """All points of the run are here: one that has ended is sealed now."""
    ref = transaction.run(run_id)
    transaction.changed_runs.add(ref.id)
    if status in runs.TERMINATED:
        transaction.ended_runs.append(ref.id)


def put_inputs(
    transaction: Transaction,
    run_id: str,
    datasets: Sequence[NewDatasetInput],
    model_inputs: Sequence[str],
    model_outputs: Sequence[tuple[str, int]],
) -> None:
    """What a run read and made; the run may be deleted."""
    ref = transaction.run(run_id)
    inputs.write_inputs(transaction, ref, datasets, model_inputs)
    inputs.write_outputs(transaction, ref, model_outputs)
    transaction.changed_runs.add(ref.id)


# --- reads -------------------------------------------------------------------------------------


def visit_run(
    connection: Connection, run_id: str, see: Callable[[str, Columns], None]
) -> Run | None:
    """The run, after `see` has had the history of each of its metrics, in one piece or several
    that follow each other in history order; None: no such run.
    """
    row = connection.execute(RUNS.RUN_SELECT, (run_id,)).fetchone()
    if row is None:
        return None
    for name, points in connection.execute(TRANSFERS.SERIES_SIZES, (row[0],)).fetchall():
        if points <= POINTS_A_VISIT:
            whole = metrics.get_whole_history(connection, run_id, name)
            if whole is not None:
                see(name, whole)
            continue
        after: HistoryCursor | None = None
        while True:
            columns, after = metrics.get_metric_history(
                connection, run_id, name, after, POINTS_A_VISIT
            )
            if columns is not None:
                see(name, columns)
            if after is None:
                break
    return runs.with_data(connection, [row])[0]
