"""Runs with their params and tags: writes on a transaction, reads on a connection."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Raw

from milepost.errors import (
    InvalidParameterValue,
    InvalidState,
    ResourceAlreadyExists,
    ResourceDoesNotExist,
)
from milepost.search.projection import EVERYTHING, WIRE_ATTRIBUTES, Projection
from milepost.store import experiments, inputs, metrics
from milepost.store.database import Connection, Row
from milepost.store.series import Points
from milepost.store.sql import json_list, load
from milepost.store.transaction import RunRef, Transaction
from milepost.wire.messages import Metric, Param, Run, RunData, RunInfo, RunTag
from milepost.wire.numbers import double_to_wire

RUNS = load("runs")
METRICS = load("metrics")
REMOVAL = load("removal")

RUN_NAME_TAG = "mlflow.runName"
PARENT_RUN_TAG = "mlflow.parentRunId"
MODEL_HISTORY_TAG = "mlflow.log-model.history"
MODEL_HISTORY_BYTES_MAX = 2**20
STATUS_NAMES = ("", "RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED")
STATUS_NUMBERS = {name: number for number, name in enumerate(STATUS_NAMES) if name}
TERMINATED = frozenset(("FINISHED", "FAILED", "KILLED"))
RUNNING = STATUS_NUMBERS["RUNNING"]


class NewRun(NamedTuple):
    """A run to create; `tags` already hold its name under `mlflow.runName`."""

    run_id: str
    experiment: int
    name: str
    user_id: str
    start_time: int
    tags: Mapping[str, str]
    is_id_given: bool = False


class MetricOrigin(NamedTuple):
    """What a metric's point was measured on; "" where the client said nothing."""

    key: str
    place: int
    model_id: str
    dataset_name: str
    dataset_digest: str


def create_run(transaction: Transaction, new: NewRun) -> Run:
    """Returns the run as `runs/create` answers it. Raises when the experiment is not active.

    A run that this client has made already (it chose the id) is left as it is.
    """
    if new.is_id_given:
        row = transaction.execute(RUNS.RUN_SELECT, (new.run_id,)).fetchone()
        if row is not None:
            return made_before(transaction, new, row)
    experiment = experiments.require_active(transaction, new.experiment)
    artifact_uri = artifact_uri_of(experiment[2], new.run_id)
    row = transaction.execute(
        RUNS.RUN_INSERT,
        (new.run_id, new.experiment, new.name, new.user_id, RUNNING, new.start_time, artifact_uri),
    ).fetchone()
    if row is None:  # another server has made it meanwhile
        row = transaction.execute(RUNS.RUN_SELECT, (new.run_id,)).fetchone()
        return made_before(transaction, new, row)
    transaction.note_new_run(RunRef(new.run_id, row[0], new.experiment, True, False))
    write_tags(transaction, row[0], new.tags)
    info = run_info(
        (row[0], new.run_id, new.experiment, new.name, new.user_id, RUNNING, new.start_time, None,
         artifact_uri, 1)
    )  # fmt: skip
    tags = [RunTag(key, new.tags[key]) for key in sorted(new.tags, key=transaction.key)]
    return Run(info, RunData(tags=tags), inputs.NO_INPUTS)


def made_before(transaction: Transaction, new: NewRun, row: Row) -> Run:
    """The same client's run, asked for once more; an id that another run has is refused."""
    run = with_data(transaction.connection, [row])[0]
    info = run.info
    assert info is not None
    if (info.experiment_id, info.start_time) != (str(new.experiment), new.start_time):
        raise ResourceAlreadyExists(f"There is another run with the id {new.run_id}.")
    return run


def artifact_uri_of(location: str, run_id: str) -> str:
    """The run's folder below its experiment's location; a query stays at the end."""
    scheme, colon, rest = location.partition(":")
    path, question, query = rest.partition("?")
    if not colon:
        return f"{location.removesuffix('/')}/{run_id}/artifacts"
    folder = f"{path.removesuffix('/')}/{run_id}/artifacts"
    return f"{scheme.lower()}:{folder}{question}{query}"


def update_run(
    transaction: Transaction,
    run_id: str,
    status: str | None,
    end_time: int | None,
    name: str | None,
) -> RunInfo:
    """Changes what is given; a new name is written to the tag as well."""
    ref = transaction.active_run(run_id)
    number = STATUS_NUMBERS[status] if status else None
    row = transaction.execute(RUNS.RUN_UPDATE, (number, end_time, name or None, ref.id)).fetchone()
    if name:
        write_tags(transaction, ref.id, {RUN_NAME_TAG: name})
    if status in TERMINATED:
        transaction.ended_runs.append(ref.id)
    return run_info(row)


def delete_run(transaction: Transaction, run_id: str, now: int) -> None:
    set_active(transaction, run_id, 0, now)


def restore_run(transaction: Transaction, run_id: str) -> None:
    set_active(transaction, run_id, 1, None)


def set_active(
    transaction: Transaction, run_id: str, is_active: int, deleted_time: int | None
) -> None:
    ref = transaction.run(run_id)
    if is_active and transaction.execute(REMOVAL.RUN_IS_GOING, (ref.id,)).fetchone():
        raise InvalidState(f"The run {run_id} is being removed for good; it cannot be restored.")
    transaction.execute(RUNS.RUN_SET_ACTIVE, (is_active, deleted_time, ref.id))
    ref.is_active = bool(is_active)
    transaction.changed_runs.add(ref.id)


def log_batch(
    transaction: Transaction,
    run_id: str,
    metrics: Mapping[str, Points],
    params: Mapping[str, str],
    tags: Mapping[str, str],
    origins: Sequence[MetricOrigin] = (),
) -> None:
    """Metrics, params and tags of one request: all of it or nothing."""
    ref = transaction.active_run(run_id)
    if params:
        write_params(transaction, ref, params, changed_in_batch)
    if transaction.database.is_shared and len(metrics) > 1:
        transaction.read_heads(ref.id, metrics)
    for key, points in metrics.items():
        transaction.log_points(ref.id, key, points)
    for origin in origins:
        write_origin(transaction, ref.id, metrics[origin.key], origin)
    if tags:
        set_run_tags(transaction, ref, tags)


def log_metric(transaction: Transaction, run_id: str, key: str, points: Points) -> None:
    ref = transaction.active_run(run_id)
    transaction.log_points(ref.id, key, points)


def log_param(transaction: Transaction, run_id: str, key: str, value: str) -> None:
    write_params(transaction, transaction.active_run(run_id), {key: value}, changed)


def set_tags(transaction: Transaction, run_id: str, tags: Mapping[str, str]) -> None:
    set_run_tags(transaction, transaction.active_run(run_id), tags)


def log_model(transaction: Transaction, run_id: str, model: object) -> None:
    """Append a model to the run's JSON list of logged models."""
    ref = transaction.active_run(run_id)
    key = transaction.key(MODEL_HISTORY_TAG)
    row = transaction.execute(RUNS.TAG_SELECT, (ref.id, key)).fetchone()
    history = model_history(row[0]) if row else []
    text = json.dumps([*history, model])
    if len(text) > MODEL_HISTORY_BYTES_MAX:
        raise InvalidParameterValue(
            f"The run's list of logged models would exceed {MODEL_HISTORY_BYTES_MAX} bytes."
        )
    write_tags(transaction, ref.id, {MODEL_HISTORY_TAG: text})


def model_history(text: str) -> list[object]:
    """The list in the tag, which clients may have written themselves."""
    try:
        history = json.loads(text)
    except (ValueError, RecursionError):
        history = None
    if not isinstance(history, list):
        raise InvalidParameterValue(
            f"The run's tag '{MODEL_HISTORY_TAG}' holds no JSON list, so no model can be added to"
            " it. Delete the tag or set it anew."
        )
    return history


def delete_tag(transaction: Transaction, run_id: str, key: str) -> None:
    """Raises `ResourceDoesNotExist` when the run has no such tag; the run keeps its name."""
    ref = transaction.active_run(run_id)
    if not transaction.execute(RUNS.TAG_DELETE, (ref.id, transaction.key(key))).fetchone():
        raise ResourceDoesNotExist(f"No tag with name: {key} in run with id {run_id}")
    if key == PARENT_RUN_TAG:
        transaction.execute(RUNS.RUN_SET_PARENT, (None, None, ref.id))


def write_params(
    transaction: Transaction,
    ref: RunRef,
    params: Mapping[str, str],
    refusal: Callable[[str, list[tuple[str, str, str]]], InvalidParameterValue],
) -> None:
    """Params are written once: the same value again is fine, another one is refused."""
    key = transaction.key
    rows = [(ref.id, key(name), value) for name, value in params.items()]
    transaction.execute("SAVEPOINT params")
    written = transaction.executemany(RUNS.PARAM_INSERT, rows).rowcount
    if written != len(rows):
        conflicts = []
        for name, (run, key_id, value) in zip(params, rows, strict=True):
            old = transaction.execute(RUNS.PARAM_SELECT, (run, key_id)).fetchone()[0]
            if old != value:
                conflicts.append((name, old, value))
        if conflicts:
            transaction.execute("ROLLBACK TO params")
            raise refusal(ref.run_id, conflicts)
    transaction.execute("RELEASE params")


def changed(run_id: str, conflicts: list[tuple[str, str, str]]) -> InvalidParameterValue:
    key, old, new = conflicts[0]
    return InvalidParameterValue(
        f"Changing param values is not allowed. Param with key='{key}' was already logged with"
        f" value='{old}' for run ID='{run_id}'. Attempted logging new value '{new}'."
    )


def changed_in_batch(run_id: str, conflicts: list[tuple[str, str, str]]) -> InvalidParameterValue:
    listed = [{"key": key, "old_value": old, "new_value": new} for key, old, new in conflicts]
    return InvalidParameterValue(
        f"Changing param values is not allowed. Params were already logged='{listed}'"
        f" for run ID='{run_id}'."
    )


def write_tags(transaction: Transaction, run: int, tags: Mapping[str, str]) -> None:
    key = transaction.key
    transaction.executemany(RUNS.TAG_UPSERT, [(run, key(name), tags[name]) for name in tags])
    if PARENT_RUN_TAG in tags:
        parent = tags[PARENT_RUN_TAG]
        transaction.execute(RUNS.RUN_SET_PARENT, (parent, parent, run))


def set_run_tags(transaction: Transaction, ref: RunRef, tags: Mapping[str, str]) -> None:
    """Tags of an existing run; `mlflow.runName` renames it, and is ignored when empty."""
    name = tags.get(RUN_NAME_TAG)
    if name is not None:
        if name:
            transaction.execute(RUNS.RUN_RENAME, (name, ref.id))
        else:
            tags = {key: value for key, value in tags.items() if key != RUN_NAME_TAG}
    write_tags(transaction, ref.id, tags)


def write_origin(transaction: Transaction, run: int, points: Points, origin: MetricOrigin) -> None:
    place = origin.place
    steps = points.steps or [0] * len(points.values)
    transaction.execute(
        METRICS.ORIGIN_INSERT,
        (run, transaction.key(origin.key), steps[place], points.timestamps[place], *origin[2:],
         points.values[place]),
    )  # fmt: skip


# --- reads -------------------------------------------------------------------------------------


def get_run(connection: Connection, run_id: str) -> Run:
    """The run with all its data. Raises `ResourceDoesNotExist`."""
    row = connection.execute(RUNS.RUN_SELECT, (run_id,)).fetchone()
    if row is None:
        raise ResourceDoesNotExist(f"Run with id={run_id} not found")
    return with_data(connection, [row])[0]


def rows_of(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """The rows of runs, in the order of `ids`."""
    return connection.execute(RUNS.RUNS_SELECT, (json_list(ids),)).fetchall()


def with_data(
    connection: Connection,
    rows: Sequence[Row],
    projection: Projection = EVERYTHING,
    with_aggregates: bool = False,
) -> list[Run]:
    """Runs from their rows: one query a kind of data, however many runs."""
    ids = json_list(row[0] for row in rows)
    data = data_of(connection, [row[0] for row in rows], projection)
    if with_aggregates:
        keys = KeyNames(connection).ids(projection.metrics)
        for run, found in metrics.aggregates_of_runs(connection, ids, keys):
            data[run].metric_aggregates.append(found)
    return assembled(connection, rows, data, projection)


def with_documents(connection: Connection, ids: Sequence[int]) -> list[Run]:
    """As `with_data`, but where a run's data stands in a document it stays the JSON that it is.

    For answers that are only encoded: `data` is a `msgspec.Raw` then.
    """
    rows = connection.execute(RUNS.RUNS_SELECT_WITH_DOCUMENTS, (json_list(ids),)).fetchall()
    data = data_of(connection, [row[0] for row in rows if row[10] is None], EVERYTHING)
    for row in rows:
        if row[10] is not None:
            data[row[0]] = Raw(row[10])  # type: ignore[assignment]
    with_inputs = [row[0] for row in rows if row[11]]
    return assembled(connection, [row[:10] for row in rows], data, EVERYTHING, with_inputs)


def assembled(
    connection: Connection,
    rows: Sequence[Row],
    data: Mapping[int, RunData],
    projection: Projection,
    with_inputs: Sequence[int] | None = None,
) -> list[Run]:
    """Runs of RUN_SELECT's rows; `with_inputs`: only these rows have inputs or outputs."""
    ids = json_list(row[0] for row in rows) if with_inputs is None else json_list(with_inputs)
    parts = projection.parts if with_inputs is None or with_inputs else frozenset[str]()
    read = inputs.inputs_of(connection, ids) if parts is None or "inputs" in parts else {}
    made = inputs.outputs_of(connection, ids) if parts is None or "outputs" in parts else {}
    return [
        Run(
            run_info(row) if projection.attributes is None else some_info(row, projection),
            data[row[0]],
            read.get(row[0], inputs.NO_INPUTS),
            made.get(row[0], inputs.NO_OUTPUTS),
        )
        for row in rows
    ]


def data_of(
    connection: Connection, runs: Sequence[int], projection: Projection = EVERYTHING
) -> dict[int, RunData]:
    """The metrics, params and tags of run rows, in the order of their keys' ids."""
    data = {run: RunData([], [], []) for run in runs}
    if not runs:
        return data
    ids, names = json_list(runs), KeyNames(connection)
    if projection.metrics != ():
        select, parameters = chosen(
            METRICS.LATEST_SELECT, METRICS.LATEST_SELECT_SOME, ids, names.ids(projection.metrics)
        )
        rows = fetch(connection, select, parameters)
        names.learn(row[1] for row in rows)
        for run, key, value, timestamp, step in rows:
            data[run].metrics.append(Metric(names[key], double_to_wire(value), timestamp, step))
    if projection.params != ():
        select, parameters = chosen(
            RUNS.PARAMS_SELECT, RUNS.PARAMS_SELECT_SOME, ids, names.ids(projection.params)
        )
        rows = fetch(connection, select, parameters)
        names.learn(row[1] for row in rows)
        for run, key, value in rows:
            data[run].params.append(Param(names[key], value))
    if projection.tags != ():
        select, parameters = chosen(
            RUNS.TAGS_SELECT, RUNS.TAGS_SELECT_SOME, ids, names.ids(projection.tags)
        )
        rows = fetch(connection, select, parameters)
        names.learn(row[1] for row in rows)
        for run, key, value in rows:
            data[run].tags.append(RunTag(names[key], value))
    return data


def chosen(every: str, some: str, ids: str, keys: list[int] | None) -> tuple[str, tuple[str, ...]]:
    """The statement for all keys of these runs, or that for some of them."""
    return (every, (ids,)) if keys is None else (some, (ids, json_list(keys)))


class KeyNames(dict[int, str]):
    """Names of keys by id, as far as they were read. A name never changes."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection

    def learn(self, keys: Iterable[int]) -> None:
        """Read those of these names that are not known, with one question."""
        unknown = set(keys).difference(self)
        if unknown:
            self.update(self.connection.execute(RUNS.KEY_NAMES, (json_list(unknown),)).fetchall())

    def ids(self, names: Sequence[str] | None) -> list[int] | None:
        """The ids of these names; those that nobody has logged have none."""
        if names is None:
            return None
        found = self.connection.execute(RUNS.KEYS_SELECT, (json_list(names),)).fetchall()
        self.update(found)
        return [row[0] for row in found]


def fetch(connection: Connection, statement: str, parameters: Sequence[Any]) -> list[Any]:
    return connection.execute(statement, parameters).fetchall()


def some_info(row: Row, projection: Projection) -> RunInfo:
    """The run_id, and what else of a run's info is wanted."""
    info = run_info(row)
    info.run_uuid = None
    wanted = projection.attributes or frozenset()
    for name in WIRE_ATTRIBUTES:
        if name != "run_id" and name not in wanted:
            setattr(info, name, None)
    return info


def run_info(row: Row) -> RunInfo:
    _, run_id, experiment, name, user_id, status, start_time, end_time, uri, is_active = row
    return RunInfo(
        run_uuid=run_id,
        experiment_id=str(experiment),
        run_name=name,
        user_id=user_id,
        status=STATUS_NAMES[status],  # type: ignore[arg-type]
        start_time=start_time,
        end_time=end_time,
        artifact_uri=uri,
        lifecycle_stage="active" if is_active else "deleted",
        run_id=run_id,
    )
