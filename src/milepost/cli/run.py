"""`milepost run -- python train.py …`: a run around a command, whatever the command is."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import click

from milepost.client import code_state, console, context_tags, fluent, uploads
from milepost.client.fluent_artifacts import put_files
from milepost.client.lifecycle import ActiveRun, sender
from milepost.client.local import LocalTransport
from milepost.client.modes import modes
from milepost.client.sender import TAG
from milepost.client.transport import HttpTransport
from milepost.exceptions import MlflowException

FAILURE_TAG = "milepost.failure"
FAILURE_CHARACTERS = 5_000
TRACEBACK = "Traceback (most recent call last):"
KILLING = (signal.SIGTERM, signal.SIGINT)
# What this command settles for the one that it runs.
SETTLED = re.compile(
    r"(MILEPOST|MLFLOW)_(RUN_ID|RUN_NAME|TRACKING_URI|EXPERIMENT_(ID|NAME)|LOG_CODE_STATE)"
)


@click.command("run", context_settings={"ignore_unknown_options": True})
@click.option("--experiment", "-e", metavar="NAME", help="Made if it is not there.")
@click.option("--name", metavar="NAME", help="The run's name; one is made up without.")
@click.option("--tracking-uri", metavar="URI", help="The server; else as MLFLOW_TRACKING_URI.")
@click.option("--console/--no-console", default=True, show_default=True,
              help="Keep stdout and stderr in the run's milepost/console.log, live.")  # fmt: skip
@click.option("--code-state", is_flag=True,
              help="Keep the command, the git diff and the packages in milepost/code.")  # fmt: skip
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def command(
    experiment: str | None,
    name: str | None,
    tracking_uri: str | None,
    console: bool,
    code_state: bool,
    command: tuple[str, ...],
) -> None:
    """Run COMMAND as a run of the tracking server.

    A script that logs, with Milepost's client or MLflow's, logs to this run; one that does not
    still has its console and its end in it. The run ends FINISHED, FAILED with the end of the
    traceback (tag milepost.failure), or KILLED by SIGTERM or Ctrl-C. Passes on the exit status.

    \b
    Examples:
      milepost run --experiment mnist -- python train.py --lr 0.1
      milepost run --name night --code-state -- torchrun --nproc-per-node 8 train.py
    """
    if shutil.which(command[0]) is None:
        raise click.ClickException(f"There is no command {command[0]!r}.")
    try:
        # What the environment asks for is done for the command, not for this process.
        code_state = code_state or modes().logs_code_state
        fluent.init(capture_console=False, log_code_state=False)
        with fresh_environment():
            if tracking_uri:
                fluent.set_tracking_uri(tracking_uri)
            if experiment:
                fluent.set_experiment(experiment)
            run = fluent.start_run(run_name=name, tags=tags_of(command), log_system_metrics=False)
        click.echo(f"milepost: run {run.info.run_id} at {fluent.get_tracking_uri()}", err=True)
        if code_state:
            log_code_state(run, command)
        status = Execution(run, command, console).run()
    except MlflowException as error:
        raise click.ClickException(error.message) from error
    sys.exit(status)


@contextlib.contextmanager
def fresh_environment() -> Iterator[None]:
    """A run of its own, also below another `milepost run`."""
    outer = os.environ.pop("MLFLOW_RUN_ID", None)
    try:
        yield
    finally:
        if outer is not None:
            os.environ["MLFLOW_RUN_ID"] = outer


def tags_of(command: Sequence[str]) -> dict[str, str]:
    """The source is the script, and not this command, whose name the context's tags would take."""
    script = source_of(command)
    sys.argv[0] = str(script or command[0])
    commit = None if script else context_tags.git_commit(str(Path.cwd()))
    return {"mlflow.source.git.commit": commit} if commit else {}


def source_of(command: Sequence[str]) -> Path | None:
    """The first word that is a Python file."""
    found = (Path(word) for word in command if word.endswith(".py"))
    return next((path for path in found if path.is_file()), None)


def log_code_state(run: ActiveRun, command: Sequence[str]) -> None:
    source = source_of(command) or Path.cwd()
    run_id = str(run.info.run_id)
    uploads.later(lambda: code_state.log(run_id, put_files, command, source), "the code's state")


class Execution:
    """The command, from its start to the end of its run."""

    def __init__(self, run: ActiveRun, command: Sequence[str], keeps_console: bool) -> None:
        self._run_id = str(run.info.run_id)
        self._experiment_id = str(run.info.experiment_id)
        self._command = list(command)
        self._log = console.ConsoleLog(sender(self._run_id), self._run_id, put_files)
        self._keeps_console = keeps_console
        self._killed_by: int | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """The exit status: the command's, or 128 and the signal that ended it."""
        tee = None
        streams: dict[str, Any] = {}
        if self._keeps_console:
            self._log.start()
            tee = console.Tee(self._log.file)
            streams = {"stdout": tee.out, "stderr": tee.err}
        before = {number: signal.signal(number, self._pass_on) for number in KILLING}
        try:
            self._child = subprocess.Popen(self._command, env=self._environment(), **streams)
            if self._killed_by is not None:  # while it was being started
                self._child.send_signal(self._killed_by)
            status = self._child.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if tee is not None:
            tee.close()
        self._end(status)
        return 128 - status if status < 0 else status

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        del frame
        self._killed_by = number
        # On a terminal Ctrl-C has reached the command by itself.
        if self._child is not None and (number != signal.SIGINT or not os.isatty(0)):
            self._child.send_signal(number)

    def _environment(self) -> dict[str, str]:
        env = {key: value for key, value in os.environ.items() if not SETTLED.fullmatch(key)}
        if self._keeps_console:
            env[console.KEPT_BY_COMMAND] = self._run_id
        transport = sender(self._run_id).transport
        address = transport.uri
        if isinstance(transport, LocalTransport):
            address = transport.address
        elif isinstance(transport, HttpTransport):
            address = transport.full_uri
        return {
            **env,
            "MLFLOW_TRACKING_URI": address,
            "MLFLOW_EXPERIMENT_ID": self._experiment_id,
            "MLFLOW_RUN_ID": self._run_id,
            "PYTHONUNBUFFERED": "1",  # through a pipe a script would write in blocks
        }

    def _end(self, status: int) -> None:
        ended = "FINISHED" if status == 0 else "FAILED"
        if self._killed_by is not None or -status in KILLING:
            ended = "KILLED"
        if ended == "FAILED":
            text = failure_of(self._log.tail() if self._keeps_console else "", status)
            sender(self._run_id).put((TAG, self._run_id, FAILURE_TAG, text, None, None))
            click.echo(f"milepost: run {self._run_id} FAILED: {text.splitlines()[-1]}", err=True)
        if self._keeps_console:
            self._log.stop()
        uploads.flush()
        if ended == "FINISHED" and self._has_ended_itself():
            ended = ""
        if ended:
            fluent.end_run(ended)

    def _has_ended_itself(self) -> bool:
        """A script may end its run as FAILED, and exit with 0."""
        try:
            return str(fluent.get_run(self._run_id).info.status) in ("FAILED", "KILLED")
        except MlflowException:
            return False


def failure_of(tail: str, status: int) -> str:
    """The end of the last traceback, else of the console; always with the exit status."""
    at = tail.rfind(TRACEBACK)
    told = (tail[at:] if at >= 0 else "\n".join(tail.splitlines()[-20:])).strip()
    how = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
    if at < 0 or status < 0 or not told:
        told = f"{told}\n{how}".strip()
    return told[-FAILURE_CHARACTERS:]
