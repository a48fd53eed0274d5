"""A live tracking server as a source, by its REST API alone: MLflow 1.x to 3.x, and Milepost.

Pages are asked for where the server knows them; a server that does not know an endpoint is asked
by the one that its version had. Names and passwords come from the usual variables.
"""

from __future__ import annotations

import json
import posixpath
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import quote, unquote, urlencode, urlsplit

import msgspec

from milepost.artifacts.paths import checked
from milepost.client.artifacts import PROXIED, PROXY
from milepost.client.transport import HttpTransport
from milepost.errors import InvalidParameterValue
from milepost.exceptions import MlflowException, RestException
from milepost.transfer.records import (
    PART_POINTS_MAX,
    ExperimentRecord,
    FileRecord,
    HistoryPart,
    RunRecord,
    SourceUnusable,
    UnreadableRun,
)
from milepost.transfer.wire_runs import experiment_record, run_record
from milepost.wire.messages import Experiment, Run

RUNS_A_PAGE = 200
EXPERIMENTS_A_PAGE = 1_000
POINTS_A_PAGE = 25_000
FILES_A_RUN_MAX = 1_000_000
FOLDERS_DEEP_MAX = 50
PAGES_MAX = 1_000_000
# What servers answer for an endpoint that they do not have.
UNKNOWN_ENDPOINT = (404, 405, 501)


class LiveSource:
    """All that a server answers. Raises `SourceUnusable` when it does not."""

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        self.description = f"tracking server {shown}"
        try:
            self._transport = HttpTransport(shown)
        except MlflowException as error:
            raise SourceUnusable(str(error)) from error
        if parts.username:
            raise SourceUnusable(
                "Name and password do not belong into the address: set MLFLOW_TRACKING_USERNAME"
                " and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN."
            )
        self._experiments: list[ExperimentRecord] | None = None
        self._has_history_pages: bool | None = None
        self._metric_keys: dict[str, list[str]] = {}
        self._not_listed: dict[str, str | None] = {}

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises `SourceUnusable`, and `Unknown` for an endpoint that is not there."""
        try:
            return self._transport.call(method, path, body)
        except RestException as error:
            if error.get_http_status_code() in UNKNOWN_ENDPOINT and is_unknown_endpoint(error):
                raise Unknown(str(error)) from error
            raise SourceUnusable(f"{method} {path} was refused: {error}{advice(error)}") from error
        except MlflowException as error:
            raise SourceUnusable(str(error)) from error

    def experiments(self) -> Iterator[ExperimentRecord]:
        if self._experiments is None:
            try:
                found = list(self._paged("POST", "experiments/search", "experiments", {
                    "view_type": "ALL", "max_results": EXPERIMENTS_A_PAGE}))  # fmt: skip
            except Unknown:
                answer = self._ask("GET", "experiments/list", {"view_type": "ALL"})
                found = answer.get("experiments", [])
            records = [experiment_record(converted(one, Experiment)) for one in found]
            records.sort(key=lambda one: (len(one.experiment_id), one.experiment_id))
            self._experiments = records
        yield from self._experiments

    def _paged(
        self, method: str, path: str, name: str, body: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        token = None
        for _ in range(PAGES_MAX):
            answer = self._ask(method, path, {**body, "page_token": token} if token else body)
            yield from answer.get(name, [])
            following = answer.get("next_page_token") or None
            if following is None:
                return
            if following == token:
                break
            token = following
        raise SourceUnusable(f"{path} gives pages without end.")

    def _pages(self, experiment: ExperimentRecord) -> Iterator[dict[str, Any]]:
        return self._paged("POST", "runs/search", "runs", {
            "experiment_ids": [experiment.experiment_id], "run_view_type": "ALL",
            "max_results": RUNS_A_PAGE, "order_by": ["attributes.start_time ASC"],
        })  # fmt: skip

    def count_runs(self, experiment: ExperimentRecord) -> int:
        return sum(1 for _ in self._pages(experiment))

    def runs(self, experiment: ExperimentRecord) -> Iterator[RunRecord | UnreadableRun]:
        for one in self._pages(experiment):
            run = run_record(converted(one, Run))
            metrics = one.get("data", {}).get("metrics", [])
            self._metric_keys[run.run_id] = sorted({metric["key"] for metric in metrics})
            yield run

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        keys = self._metric_keys.get(run.run_id)
        if keys is None:
            answer = self._ask("GET", "runs/get", {"run_id": run.run_id, "run_uuid": run.run_id})
            metrics = answer["run"].get("data", {}).get("metrics", [])
            keys = sorted({metric["key"] for metric in metrics})
        for key in keys:
            body = {"run_id": run.run_id, "run_uuid": run.run_id, "metric_key": key}
            # Servers before 2.x know no pages here and answer everything at once.
            body["max_results"] = str(POINTS_A_PAGE)
            steps: list[int] = []
            times: list[int] = []
            values: list[float] = []
            for point in self._paged("GET", "metrics/get-history", "metrics", body):
                steps.append(int(point.get("step", 0)))
                times.append(int(point.get("timestamp", 0)))
                values.append(float(point.get("value", 0.0)))
                if len(values) == PART_POINTS_MAX:
                    yield HistoryPart(key, steps, times, values)
                    steps, times, values = [], [], []
            if values:
                yield HistoryPart(key, steps, times, values)

    # --- artifacts -----------------------------------------------------------------------------

    def missing_files(self, run: RunRecord) -> str | None:
        if run.run_id not in self._not_listed:
            try:
                self._listed(run, "")
                self._not_listed[run.run_id] = None
            except SourceUnusable as error:
                self._not_listed[run.run_id] = str(error)
        return self._not_listed[run.run_id]

    def _listed(self, run: RunRecord, folder: str) -> list[dict[str, Any]]:
        body = {"run_id": run.run_id, "run_uuid": run.run_id}
        if folder:
            body["path"] = folder
        return list(self._paged("GET", "artifacts/list", "files", body))

    def files(self, run: RunRecord) -> Iterator[FileRecord]:
        folders, count = [""], 0
        while folders:
            folder = folders.pop()
            below = []
            for one in self._listed(run, folder):
                path = safe(one["path"], folder)
                if one.get("is_dir"):
                    below.append(path)
                    continue
                count += 1
                if count > FILES_A_RUN_MAX:
                    raise SourceUnusable(f"It has more than {FILES_A_RUN_MAX:,} artifacts.")
                yield FileRecord(path, int(one.get("file_size") or 0))
            folders += reversed(below)

    @contextmanager
    def open_file(self, run: RunRecord, path: str) -> Iterator[BinaryIO]:
        """Through the server's own route of artifacts; from its proxy where it has only that."""
        with tempfile.TemporaryFile() as file:
            query = urlencode({"run_id": run.run_id, "run_uuid": run.run_id, "path": path})
            try:
                self._transport.receive_file(f"/get-artifact?{query}", file)
            except MlflowException as error:
                parts = urlsplit(run.artifact_uri)
                if parts.scheme != PROXIED:
                    raise SourceUnusable(f"{path} cannot be read: {error}") from error
                file.seek(0)
                file.truncate()
                self._receive_proxied(unquote(parts.path), path, file)
            file.seek(0)
            yield file

    def _receive_proxied(self, root: str, path: str, file: Any) -> None:
        try:
            target = f"{PROXY}/{quote(posixpath.join(root.strip('/'), path))}"
            self._transport.receive_file(target, file)
        except MlflowException as error:
            raise SourceUnusable(f"{path} cannot be read: {error}") from error

    def close(self) -> None:
        self._transport.close()


class Unknown(SourceUnusable):
    """The server has no such endpoint."""


def is_unknown_endpoint(error: RestException) -> bool:
    """A resource that is missing has a code of its own."""
    return str(error.error_code) not in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")


def advice(error: RestException) -> str:
    if error.get_http_status_code() in (401, 403):
        return " Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and _PASSWORD."
    return ""


def converted(body: dict[str, Any], kind: Any) -> Any:
    """JSON as a message; servers write whole numbers as text here and there."""
    try:
        return msgspec.convert(body, kind, strict=False)
    except msgspec.ValidationError as error:
        shown = json.dumps(body)[:200]
        raise SourceUnusable(f"An answer is not of MLflow's API: {error} in {shown}") from error


def safe(path: str, folder: str) -> str:
    """A listed path, which must stand in the folder that was listed."""
    try:
        found = checked(path)
    except InvalidParameterValue:
        found = ""
    if not found or posixpath.dirname(found) != folder or found.count("/") > FOLDERS_DEEP_MAX:
        raise SourceUnusable(f"The server lists an artifact at {path[:200]!r}, which cannot be.")
    return found
