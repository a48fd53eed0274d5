"""Where the bytes went: how much of the database each experiment, run or key takes.

Counted are the values themselves, in octets as they are stored: of metrics the chunks with their
summaries for charts, and what a point was measured on; params' and tags' values; datasets and
models of a run; its document for searches; its own texts (id, name, user, artifact URI). What
belongs to an experiment and to none of its runs (name, tags, datasets' schemas, views) is its
`own`, so that an experiment is its runs and that. Everything else is the rest: numbers in rows,
names of keys, indexes, free pages, what is known of artifacts. PostgreSQL compresses long texts,
which are counted uncompressed. Artifacts are not in the database and not counted here; of archived
runs it is told beside the sums how much of their points is in the artifact store.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from milepost.errors import InvalidParameterValue, ResourceDoesNotExist
from milepost.store.database import Connection, Database, Row
from milepost.store.doctor import require_schema
from milepost.store.sql import load
from milepost.wire.messages import UsageItem

USAGE = load("usage")

EXPERIMENT, RUN, KEY = "experiment", "run", "key"
KINDS = {1: "metric", 2: "param", 3: "tag"}
URIS_AT_ONCE = 1_000
EVERY_ID = -(2**63), 2**63 - 1


class UsageQuery(NamedTuple):
    """What to measure: all, one experiment, or one run; by what; the largest so many."""

    by: str
    experiment: int | None
    run_id: str | None
    limit: int


class Usage(NamedTuple):
    """The largest first; `group_count` is how many there are, `total` the sum of them all."""

    items: list[UsageItem]
    group_count: int
    total: UsageItem


def get_usage(connection: Connection, query: UsageQuery) -> Usage:
    """Raises `ResourceDoesNotExist` for an unknown run or experiment, `InvalidParameterValue`
    for a run of another experiment.
    """
    scope = scope_of(connection, query)
    if query.by == KEY:
        rows = connection.execute(USAGE.KEYS_MEASURE, (*scope, query.limit)).fetchall()
        return told([(row[0], *row[2:]) for row in rows], [key_item(row) for row in rows])
    is_run = int(query.by == RUN)
    rows = connection.execute(USAGE.GROUPS_MEASURE, (is_run, *scope, query.limit)).fetchall()
    return told([(row[0], row[4]) for row in rows], [group_item(row) for row in rows])


def examine_usage(database: Database, query: UsageQuery) -> tuple[Usage, int]:
    """As `get_usage`, beside whatever server there is, with the size of the whole database.

    Raises `StoreUnusable` too, also for a schema that this version cannot read.
    """
    connection = database.connect_examiner()
    try:
        require_schema(database, connection)
        with database.reading(connection):
            return get_usage(connection, query), database.bytes_on_disk(connection)
    except Exception as error:
        translated = database.translate(error)
        if translated is error:
            raise
        raise translated from error
    finally:
        connection.close()


def artifact_uris(database: Database, experiment: int, run_id: str | None) -> Iterator[str]:
    """Where each run of an experiment, or one run, keeps its artifacts; read in short pages."""
    connection = database.connect_examiner()
    try:
        query = UsageQuery(RUN, experiment, run_id, URIS_AT_ONCE)
        first, last, after, end = scope_of(connection, query)
        while True:
            page = (first, last, after, end, URIS_AT_ONCE)
            rows = connection.execute(USAGE.ARTIFACT_URIS_SELECT, page).fetchall()
            yield from (row[1] for row in rows)
            if len(rows) < URIS_AT_ONCE:
                return
            after = rows[-1][0] + 1
    finally:
        connection.close()


def scope_of(connection: Connection, query: UsageQuery) -> tuple[int, int, int, int]:
    """The range of experiments and the range of runs' rows."""
    experiments, runs = EVERY_ID, EVERY_ID
    if query.experiment is not None:
        if connection.execute(USAGE.EXPERIMENT_SELECT, (query.experiment,)).fetchone() is None:
            raise ResourceDoesNotExist(f"No Experiment with id={query.experiment} exists")
        experiments = query.experiment, query.experiment
    if query.run_id is not None:
        row = connection.execute(USAGE.RUN_SELECT, (query.run_id,)).fetchone()
        if row is None:
            raise ResourceDoesNotExist(f"Run with id={query.run_id} not found")
        if query.experiment not in (None, row[1]):
            raise InvalidParameterValue(
                f"Run {query.run_id} is of experiment {row[1]}, not of {query.experiment}."
            )
        experiments, runs = (row[1], row[1]), (row[0], row[0])
    return *experiments, *runs


def told(heads: list[Row], items: list[UsageItem]) -> Usage:
    """`heads` says of each item what it is of (None: the total of all) and how many it is."""
    at = next(place for place, head in enumerate(heads) if head[0] is None)
    total = items.pop(at)
    items.sort(key=lambda item: -(item.total_bytes or 0))
    return Usage(items, int(heads[at][1]), total)


def group_item(row: Row) -> UsageItem:
    experiment, experiment_name, run_id, run_name, _, runs, points, total, *parts = row
    metrics, params, tags, inputs, documents, attributes, own, archived = parts
    return UsageItem(
        experiment_id=None if experiment is None else str(experiment),
        experiment_name=experiment_name,
        run_id=run_id,
        run_name=run_name,
        run_count=runs,
        point_count=points,
        total_bytes=total,
        metric_bytes=metrics,
        param_bytes=params,
        tag_bytes=tags,
        input_bytes=inputs,
        document_bytes=documents,
        attribute_bytes=attributes,
        own_bytes=own,
        archived_bytes=archived,
    )


def key_item(row: Row) -> UsageItem:
    part, name, _, runs, points, total = row
    is_total = part is None
    return UsageItem(
        kind=None if is_total else KINDS[part],
        key=name,
        run_count=None if is_total else runs,
        point_count=points,
        total_bytes=total,
    )
