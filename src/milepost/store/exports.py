"""Reads a store from end to end, deleted things included: functions of a read connection."""

from __future__ import annotations

from typing import NamedTuple

from milepost.store import experiments, runs
from milepost.store.database import Connection, Row
from milepost.store.sql import load
from milepost.wire.messages import Experiment, Run

EXPORTS = load("exports")


class WholeRun(NamedTuple):
    """A run with what its answers over the wire leave out; `place` orders an experiment's runs."""

    place: int
    deleted_time: int | None
    run: Run


def all_experiments(connection: Connection) -> list[Experiment]:
    rows = connection.execute(EXPORTS.EXPERIMENTS_SELECT).fetchall()
    return experiments.with_tags(connection, rows)


def count_runs(connection: Connection, experiment: int) -> int:
    return int(connection.execute(EXPORTS.RUNS_COUNT, (experiment,)).fetchone()[0])


def runs_after(connection: Connection, experiment: int, place: int, limit: int) -> list[WholeRun]:
    """The next runs of an experiment, in the order of their making."""
    rows = connection.execute(EXPORTS.RUNS_SELECT_AFTER, (experiment, place, limit)).fetchall()
    return whole(connection, rows)


def get_whole_run(connection: Connection, run_id: str) -> WholeRun | None:
    row = connection.execute(EXPORTS.RUN_SELECT_BY_ID, (run_id,)).fetchone()
    return whole(connection, [row])[0] if row else None


def whole(connection: Connection, rows: list[Row]) -> list[WholeRun]:
    found = runs.with_data(connection, [row[:-1] for row in rows])
    return [WholeRun(row[0], row[-1], run) for row, run in zip(rows, found, strict=True)]


def metric_names(connection: Connection, run_id: str) -> list[str]:
    return [row[0] for row in connection.execute(EXPORTS.METRIC_NAMES, (run_id,)).fetchall()]
