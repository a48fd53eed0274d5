"""Experiments: writes as operations on a transaction, reads as functions of a connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from milepost.errors import (
    InvalidParameterValue,
    InvalidState,
    ResourceAlreadyExists,
    ResourceDoesNotExist,
)
from milepost.search import Order, Tree, sql, statements
from milepost.search.dialect import Dialect
from milepost.store.database import Connection, Row
from milepost.store.pages import Page, Range
from milepost.store.sql import json_list, load
from milepost.store.transaction import Transaction
from milepost.wire.messages import Experiment, ExperimentTag

EXPERIMENTS = load("experiments")
REMOVAL = load("removal")
RUNS = load("runs")
WORKSPACE = "default"


def create_experiment(
    transaction: Transaction,
    name: str,
    artifact_location: str | None,
    artifact_root: str,
    tags: Mapping[str, str],
    now: int,
) -> str:
    """Returns the new id. Raises `ResourceAlreadyExists`; a deleted experiment keeps its name."""
    row = transaction.execute(
        EXPERIMENTS.EXPERIMENT_INSERT, (name, artifact_location or "", now, now)
    ).fetchone()
    if row is None:
        raise name_taken(name)
    if not artifact_location:
        location = f"{artifact_root.rstrip('/')}/{row[0]}"
        transaction.execute(EXPERIMENTS.EXPERIMENT_SET_LOCATION, (location, row[0]))
    for key, value in tags.items():
        transaction.execute(EXPERIMENTS.EXPERIMENT_TAG_UPSERT, (row[0], key, value))
    return str(row[0])


def create_default_experiment(transaction: Transaction, artifact_root: str, now: int) -> None:
    """Experiment 0, "Default", if it is not there."""
    location = f"{artifact_root.rstrip('/')}/0"
    transaction.execute(EXPERIMENTS.EXPERIMENT_INSERT_DEFAULT, (location, now, now))


def delete_experiment(transaction: Transaction, experiment: int, now: int) -> None:
    """Marks it and all its runs deleted. Raises `ResourceDoesNotExist`, also when it is already."""
    set_active(transaction, experiment, 0, now)


def restore_experiment(transaction: Transaction, experiment: int, now: int) -> None:
    """Makes it and all its runs active again. Raises `ResourceDoesNotExist` unless deleted."""
    set_active(transaction, experiment, 1, now)


def set_active(transaction: Transaction, experiment: int, is_active: int, now: int) -> None:
    if is_active and transaction.execute(REMOVAL.EXPERIMENT_IS_GOING, (experiment,)).fetchone():
        raise InvalidState(
            f"Runs of experiment {experiment} are being removed for good; it cannot be restored."
        )
    done = transaction.execute(
        EXPERIMENTS.EXPERIMENT_SET_ACTIVE, (is_active, now, experiment, 1 - is_active)
    ).fetchone()
    if done is None:
        raise no_experiment(experiment)
    deleted_time = None if is_active else now
    transaction.execute(RUNS.RUNS_SET_ACTIVE_BY_EXPERIMENT, (is_active, deleted_time, experiment))
    for ref in transaction.cache.runs.values():
        if ref.experiment == experiment:
            ref.is_active = bool(is_active)


def update_experiment(transaction: Transaction, experiment: int, name: str, now: int) -> None:
    """Renames. Raises `InvalidState` when deleted and `ResourceAlreadyExists` when taken."""
    row = experiment_row(transaction.connection, experiment)
    if not row[3]:
        raise InvalidState("Cannot rename a non-active experiment.")
    if transaction.execute(EXPERIMENTS.EXPERIMENT_NAME_TAKEN, (name, experiment)).fetchone():
        raise name_taken(name)
    transaction.execute(EXPERIMENTS.EXPERIMENT_RENAME, (name, now, experiment))


def set_experiment_tag(transaction: Transaction, experiment: int, key: str, value: str) -> None:
    require_active(transaction, experiment)
    transaction.execute(EXPERIMENTS.EXPERIMENT_TAG_UPSERT, (experiment, key, value))


def delete_experiment_tag(transaction: Transaction, experiment: int, key: str) -> None:
    require_active(transaction, experiment)
    row = transaction.execute(EXPERIMENTS.EXPERIMENT_TAG_DELETE, (experiment, key)).fetchone()
    if row is None:
        raise ResourceDoesNotExist(f"No tag with name: {key} in experiment with id {experiment}")


def require_active(transaction: Transaction, experiment: int) -> Row:
    """The experiment's row; raises unless it exists and is active."""
    row = experiment_row(transaction.connection, experiment)
    if not row[3]:
        raise InvalidParameterValue(
            f"The experiment {experiment} must be in the 'active' state. Current state is deleted."
        )
    return row


def experiment_row(connection: Connection, experiment: int) -> Row:
    row: Row | None = connection.execute(EXPERIMENTS.EXPERIMENT_SELECT, (experiment,)).fetchone()
    if row is None:
        raise no_experiment(experiment)
    return row


def no_experiment(experiment: int) -> ResourceDoesNotExist:
    return ResourceDoesNotExist(f"No Experiment with id={experiment} exists")


def name_taken(name: str) -> ResourceAlreadyExists:
    return ResourceAlreadyExists(
        f"Experiment(name={name}) already exists."
        " If it was deleted, restore it or choose another name."
    )


# --- reads -------------------------------------------------------------------------------------


def get_experiment(connection: Connection, experiment: int) -> Experiment:
    """Finds deleted ones too. Raises `ResourceDoesNotExist`."""
    return with_tags(connection, [experiment_row(connection, experiment)])[0]


def get_experiment_by_name(connection: Connection, name: str) -> Experiment:
    """Finds deleted ones too. Raises `ResourceDoesNotExist`."""
    row = connection.execute(EXPERIMENTS.EXPERIMENT_SELECT_BY_NAME, (name,)).fetchone()
    if row is None:
        raise ResourceDoesNotExist(f"Could not find experiment with name '{name}'")
    return with_tags(connection, [row])[0]


class ExperimentQuery(NamedTuple):
    """One search; `last` is the key of the last experiment seen."""

    stages: Range
    filter: Tree | None
    orders: Sequence[Order]
    last: tuple[Any, ...] | None
    limit: int
    now: int


def search_experiments(
    connection: Connection, query: ExperimentQuery, dialect: Dialect
) -> Page[Experiment]:
    """One page, by default newest first, then by id."""
    keys = sql.experiment_sort_keys(query.orders)
    holds = sql.condition(query.filter, sql.ExperimentLeaves(dialect, query.now).write)
    statement = statements.experiments(holds, keys, query.stages, query.last, query.limit + 1)
    rows = connection.execute(statement.text, statement.parameters).fetchall()
    more = len(rows) > query.limit
    rows = rows[: query.limit]
    found = with_tags(connection, [row[:6] for row in rows])
    return Page(found, tuple(rows[-1][6:]) if more else None)


def with_tags(connection: Connection, rows: Sequence[Row]) -> list[Experiment]:
    tags: dict[int, list[ExperimentTag]] = {}
    ids = json_list(row[0] for row in rows)
    for experiment, key, value in connection.execute(
        EXPERIMENTS.EXPERIMENT_TAGS_SELECT, (ids,)
    ).fetchall():
        tags.setdefault(experiment, []).append(ExperimentTag(key, value))
    return [
        Experiment(
            experiment_id=str(id),
            name=name,
            artifact_location=location,
            lifecycle_stage="active" if is_active else "deleted",
            last_update_time=updated,
            creation_time=created,
            tags=tags.get(id, []),
            workspace=WORKSPACE,
        )
        for id, name, location, is_active, created, updated in rows
    ]
