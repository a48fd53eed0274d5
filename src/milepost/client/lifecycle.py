"""The life of runs in this process: which are active, how they start, and how they end.

A run can start, go on and end while its server is away: the client chooses its id, and what was
asked waits in the spool in its order. Whatever happens to the process that can be told, its runs
end with a status that says so: FAILED after an exception, KILLED by SIGTERM or Ctrl-C.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import uuid
from types import FrameType, TracebackType
from typing import Any, Literal

from milepost.client import attendants, connections
from milepost.client.client import PARENT_RUN_TAG, MlflowClient, run_body
from milepost.client.context_tags import context_tags
from milepost.client.delivery import CREATE_EXPERIMENT, CREATE_RUN, NAMED, UPDATE_RUN
from milepost.client.modes import modes
from milepost.client.sender import Sender, sender_of
from milepost.client.settings import setting
from milepost.client.transport import RETRIED
from milepost.client.values import now_ms, pairs
from milepost.entities import Experiment, Run, RunData, RunInfo, RunStatus, RunTag
from milepost.exceptions import MlflowException, RestException, Unreachable

NOTE_TAG = "mlflow.note.content"
DEFAULT_EXPERIMENT = "0"
# A server that takes connections and answers nothing holds up the end of a run no longer.
END_WAITS_S = 30.0

_experiment_id: str | None = None
_experiment_lock = threading.Lock()
# Experiments that no server could be asked for: our id to their name.
_named: dict[str, str] = {}


class _Stack(threading.local):
    """The runs that are active in a thread, the innermost last."""

    def __init__(self) -> None:
        self.runs: list[ActiveRun] = []
        self.last: Run | None = None


stack = _Stack()
# Every active run of this process, whatever its thread, with the process that started it.
_active: dict[str, tuple[int, Sender]] = {}
_status_at_exit = "FINISHED"


class ActiveRun(Run):
    """A run that ends with its `with` block: FINISHED, or FAILED when the block raises."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.info, run.data, run.inputs, run.outputs)

    def __enter__(self) -> ActiveRun:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Literal[False]:
        status = "FINISHED"
        if kind is not None:
            status = "KILLED" if issubclass(kind, KeyboardInterrupt) else "FAILED"
        if any(run.info.run_id == self.info.run_id for run in stack.runs):
            while stack.runs and stack.runs[-1].info.run_id != self.info.run_id:
                end_run(status)
            end_run(status)
        return False

    def _repr_html_(self) -> str:
        from milepost.client.card import card_of

        return card_of(self, sender(str(self.info.run_id)))


def client() -> MlflowClient:
    return MlflowClient()


def sender(run_id: str | None = None) -> Sender:
    """The sender of a run that was started here, which stays with its server; else today's."""
    found = _active.get(run_id) if run_id is not None else None
    return sender_of(connections.transport_of()) if found is None else found[1]


def is_away(error: MlflowException) -> bool:
    """Whether the server may take it later; in strict mode nothing is put off."""
    if modes().is_strict and not modes().is_offline:
        return False
    return isinstance(error, Unreachable) or (
        isinstance(error, RestException) and error.status in RETRIED
    )


def now_or_later(run_id: str, path: str, body: dict[str, Any]) -> None:
    """A POST: now, when the server has taken all that comes before it, else behind that."""
    sending = sender(run_id)
    if sending.flush(END_WAITS_S):
        try:
            sending.transport.call("POST", path, body)
            return
        except MlflowException as error:
            if not is_away(error):
                raise
    sending.call_later(run_id, path, body)


# --- experiments ---------------------------------------------------------------------------------


def set_experiment(
    experiment_name: str | None = None, experiment_id: str | None = None
) -> Experiment:
    """Runs that start from now on belong to this experiment, which is made if it is not there."""
    global _experiment_id
    if (experiment_name is None) == (experiment_id is None):
        raise MlflowException(
            "Give either experiment_name or experiment_id.", "INVALID_PARAMETER_VALUE"
        )
    with _experiment_lock:
        if experiment_id is not None:
            found = client().get_experiment(experiment_id)
        else:
            assert experiment_name is not None
            try:
                found = made_experiment(experiment_name)
            except MlflowException as error:
                if not is_away(error):
                    raise
                found = named_experiment(experiment_name)
        if found.lifecycle_stage != "active":
            raise MlflowException(
                f"Cannot set a deleted experiment {found.name!r} as the active experiment."
                " You can restore the experiment, or permanently delete the experiment to create"
                " a new one.",
                "INVALID_PARAMETER_VALUE",
            )
        _experiment_id = str(found.experiment_id)
    return found


def forget_experiment() -> None:
    global _experiment_id
    _experiment_id = None


def made_experiment(name: str) -> Experiment:
    """The experiment of this name, made now if nobody has."""
    found = client().get_experiment_by_name(name)
    if found is None:
        with contextlib.suppress(RestException):  # somebody else may be faster
            client().create_experiment(name)
        found = client().get_experiment_by_name(name)
    if found is None:
        raise MlflowException(f"The experiment {name!r} could not be made.")
    return found


def named_experiment(name: str) -> Experiment:
    """An experiment of which no more than the name is known; its id is ours, and negative."""
    id = next((id for id, known in _named.items() if known == name), None)
    if id is None:
        id = str(-1 - len(_named))
        _named[id] = name
    return Experiment(id, name, "", "active")


def create_experiment(
    name: str, artifact_location: str | None = None, tags: dict[str, Any] | None = None
) -> str:
    """The new experiment's id; while the server is away one that only this process knows."""
    try:
        return client().create_experiment(name, artifact_location, tags)
    except MlflowException as error:
        if not is_away(error):
            raise
    body: dict[str, Any] = {"name": name, "tags": pairs(tags or {})}
    if artifact_location:
        body["artifact_location"] = str(artifact_location)
    sender().call_later("", CREATE_EXPERIMENT, body)
    return str(named_experiment(name).experiment_id)


def get_experiment_by_name(name: str) -> Experiment | None:
    """The experiment, deleted ones too; None when there is none. Offline: of this process's."""
    if modes().is_offline:
        return named_experiment(name) if name in _named.values() else None
    return client().get_experiment_by_name(name)


def current_experiment_id() -> str:
    """The experiment that was set, by a call or by the environment; else the default one."""
    if _experiment_id is not None:
        return _experiment_id
    if id := setting("EXPERIMENT_ID"):
        return id
    if name := setting("EXPERIMENT_NAME"):
        return str(set_experiment(name).experiment_id)
    return DEFAULT_EXPERIMENT


def sent_experiment_id(id: str) -> str:
    """As records name it: by its name where its id is only ours."""
    return NAMED + _named[id] if id in _named else id


# --- starting ------------------------------------------------------------------------------------


def start_run(
    run_id: str | None = None,
    experiment_id: str | None = None,
    run_name: str | None = None,
    nested: bool = False,
    parent_run_id: str | None = None,
    tags: dict[str, Any] | None = None,
    description: str | None = None,
    log_system_metrics: bool | None = None,
) -> ActiveRun:
    """A new run, or one taken up again by its id; active until `end_run` or its block's end."""
    if stack.runs and not nested:
        raise MlflowException(
            f"Run with UUID {stack.runs[0].info.run_id} is already active. To start a new run,"
            " first end the current run with mlflow.end_run(). To start a nested run, call"
            " start_run with nested=True",
            "INVALID_PARAMETER_VALUE",
        )
    run_id = run_id or (None if stack.runs else os.environ.pop("MLFLOW_RUN_ID", None))
    tags = dict(tags or {})
    if description is not None:
        tags[NOTE_TAG] = description
    if run_id:
        run = resumed(run_id, experiment_id, run_name, tags)
    else:
        parent = parent_run_id or (stack.runs[-1].info.run_id if stack.runs else None)
        if parent:
            tags.setdefault(PARENT_RUN_TAG, parent)
        id = str(experiment_id if experiment_id is not None else current_experiment_id())
        run = created(id, {**context_tags(), **tags}, run_name or setting("RUN_NAME"))
    active = ActiveRun(run)
    stack.runs.append(active)
    stack.last = active
    sending = sender()
    _active[run.info.run_id] = (os.getpid(), sending)
    sending.live(run.info.run_id)
    watch_for_the_end()
    attendants.start(run, sending, log_system_metrics)
    return active


def created(experiment_id: str, tags: dict[str, Any], name: str | None) -> Run:
    """Made now, or when the server is back; the id is chosen here, so that it is made once."""
    body = run_body(experiment_id, now_ms(), tags, name)
    body["run_id"] = uuid.uuid4().hex
    if experiment_id not in _named:
        try:
            return client().created_run(body)
        except MlflowException as error:
            if not is_away(error):
                raise
            tell_of_absence(error)
    body["experiment_id"] = sent_experiment_id(experiment_id)
    sender().call_later(body["run_id"], CREATE_RUN, body)
    return run_from_here(body["run_id"], experiment_id, name or "", tags, body["start_time"])


def run_from_here(
    run_id: str, experiment_id: str, name: str, tags: dict[str, Any], start_time: int
) -> Run:
    """A run as far as this process knows it."""
    info = RunInfo(
        run_id=run_id, experiment_id=experiment_id, run_name=name, status="RUNNING",
        user_id=str(tags.get("mlflow.user", "")), start_time=start_time, end_time=None,
        lifecycle_stage="active",
    )  # fmt: skip
    return Run(info, RunData([], [], [RunTag(key, str(value)) for key, value in tags.items()]))


def tell_of_absence(error: MlflowException) -> None:
    if not modes().is_offline:
        sys.stderr.write(f"milepost: {error.message} The run starts without it.\n")


def resumed(
    run_id: str, experiment_id: str | None, run_name: str | None, tags: dict[str, Any]
) -> Run:
    try:
        return resumed_now(run_id, experiment_id, run_name, tags)
    except MlflowException as error:
        if not is_away(error):
            raise
        tell_of_absence(error)
    return resumed_later(run_id, experiment_id, run_name, tags)


def resumed_now(
    run_id: str, experiment_id: str | None, run_name: str | None, tags: dict[str, Any]
) -> Run:
    api = client()
    run = api.get_run(run_id)
    if run.info.lifecycle_stage != "active":
        raise MlflowException(
            f"Cannot start run with ID {run_id} because it is in the deleted state.",
            "INVALID_PARAMETER_VALUE",
        )
    if experiment_id is not None and str(experiment_id) != str(run.info.experiment_id):
        raise MlflowException(
            f"Cannot start run with ID {run_id} because active run ID does not match environment"
            f" run ID: it belongs to experiment {run.info.experiment_id}.",
            "INVALID_PARAMETER_VALUE",
        )
    api.update_run(run_id, "RUNNING", run_name)
    if tags:
        api.log_batch(run_id, tags=[RunTag(key, str(value)) for key, value in tags.items()])
    return api.get_run(run_id)


def resumed_later(
    run_id: str, experiment_id: str | None, run_name: str | None, tags: dict[str, Any]
) -> Run:
    body = {"run_id": run_id, "status": "RUNNING"}
    if run_name:
        body["run_name"] = run_name
    sending = sender()
    sending.call_later(run_id, UPDATE_RUN, body)
    for key, value in tags.items():
        sending.put(("tags", run_id, str(key), str(value), None, None))
    experiment = str(experiment_id if experiment_id is not None else DEFAULT_EXPERIMENT)
    return run_from_here(run_id, experiment, run_name or "", tags, now_ms())


# --- being ---------------------------------------------------------------------------------------


def active_run() -> ActiveRun | None:
    return stack.runs[-1] if stack.runs else None


def current_run_id(run_id: str | None = None) -> str:
    """`run_id`, else the active run's; one is started if there is none."""
    if run_id is not None:
        return run_id
    runs = stack.runs
    return runs[-1].info.run_id if runs else start_run().info.run_id


# --- ending --------------------------------------------------------------------------------------


def end_run(status: str = "FINISHED") -> None:
    """End the innermost active run, when all that was logged has been sent or kept."""
    if not stack.runs:
        return
    name = RunStatus.to_string(RunStatus.from_string(str(status)))
    run_id = stack.runs.pop().info.run_id
    sending = sender(run_id)
    attendants.stop(run_id)
    sending.end_life(run_id)
    try:
        now_or_later(run_id, UPDATE_RUN, {"run_id": run_id, "status": name, "end_time": now_ms()})
    finally:
        _active.pop(run_id, None)
    tell_of_refusals(sending, run_id)


def tell_of_refusals(sending: Sender, run_id: str) -> None:
    """What a run has not got, once more and in one line."""
    count = sending.refused.pop(run_id, 0)
    if count:
        sys.stderr.write(
            f"milepost: Run {run_id} has ended; {count} of the entries that it logged were refused"
            " (the warnings above say why). All others are stored.\n"
        )


def end_all(status: str) -> None:
    """End every run that this process has started and not ended; never raises."""
    stack.runs.clear()
    attendants.stop_all()
    for run_id, (pid, sending) in list(_active.items()):
        _active.pop(run_id, None)
        if pid != os.getpid():
            continue
        sending.end_life(run_id)
        with contextlib.suppress(MlflowException):
            body = {"run_id": run_id, "status": status, "end_time": now_ms()}
            sending.call_later(run_id, UPDATE_RUN, body)


def end_runs_at_exit() -> None:
    end_all(_status_at_exit)


_watching_pid: int | None = None


def watch_for_the_end() -> None:
    """Once a process: hear of uncaught exceptions and, where nobody else listens, of SIGTERM."""
    global _watching_pid
    if _watching_pid == os.getpid():
        return
    if _watching_pid is None:
        before = sys.excepthook

        def noted(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            global _status_at_exit
            _status_at_exit = "KILLED" if issubclass(kind, KeyboardInterrupt) else "FAILED"
            before(kind, error, trace)

        sys.excepthook = noted
    _watching_pid = os.getpid()
    if (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    ):
        signal.signal(signal.SIGTERM, on_sigterm)


def on_sigterm(number: int, frame: FrameType | None) -> None:
    """Send what waits, within the time of an exit, and die of the signal as was meant."""
    del frame
    signal.signal(number, signal.SIG_DFL)
    end_all("KILLED")
    connections.close_all()
    os.kill(os.getpid(), number)


def forget_parents() -> None:
    """In a forked child: the parent's runs are the parent's to end; logging to them goes on."""
    _active.clear()
    global _experiment_lock
    _experiment_lock = threading.Lock()


os.register_at_fork(after_in_child=forget_parents)
