"""A live tracking server as a source, by its REST API alone: MLflow 0.8 to 3.x, and Milepost.

Pages are asked for where the server knows them; a server that does not know an endpoint is asked
by the one that its version had. Names and passwords come from the usual variables.

    experiments/search                        since 1.28; before, experiments/list
    /api/2.0/mlflow/, run_id, step            since 1.0; before, /api/2.0/preview/mlflow/, run_uuid
"""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO
from urllib.parse import quote, unquote, urlencode, urlsplit

from milepost.artifacts.paths import checked
from milepost.client.artifacts import PROXIED, PROXY
from milepost.client.transport import HttpTransport
from milepost.errors import InvalidParameterValue
from milepost.exceptions import MlflowException, RestException
from milepost.transfer.mlruns import SECONDS_BELOW
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
from milepost.wire.messages import Run
from milepost.wire.requests import convert

API = "/api/2.0/mlflow/"
API_OF_0_8 = "/api/2.0/preview/mlflow/"
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
        self._api = API
        self._metric_keys: dict[str, list[str]] = {}
        self._not_listed: dict[str, str | None] = {}

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises `SourceUnusable`, and `Unknown` for an endpoint that is not there."""
        try:
            return self._transport.call(method, self._api + path, body)
        except RestException as error:
            if error.get_http_status_code() in UNKNOWN_ENDPOINT and is_unknown_endpoint(error):
                raise Unknown(str(error)) from error
            raise SourceUnusable(f"{method} {path} was refused: {error}{advice(error)}") from error
        except MlflowException as error:
            raise SourceUnusable(
                f"{error} Check the address, and whether the server runs; then start again."
            ) from error

    def experiments(self) -> Iterator[ExperimentRecord]:
        if self._experiments is None:
            found = self._all_experiments()
            records = [experiment_record(converted(one, "Experiment")) for one in found]
            records.sort(key=lambda one: (len(one.experiment_id), one.experiment_id))
            self._experiments = records
        yield from self._experiments

    def _all_experiments(self) -> list[dict[str, Any]]:
        """Asked first of all, so this finds out which API the server has."""
        asked = {"view_type": "ALL", "max_results": EXPERIMENTS_A_PAGE}
        for method, self._api, path in (
            ("POST", API, "experiments/search"),
            ("GET", API, "experiments/list"),
            ("GET", API_OF_0_8, "experiments/list"),
        ):
            try:
                return list(self._paged(method, path, "experiments", asked))
            except Unknown:
                continue
        raise SourceUnusable(
            f"{self._transport.uri} answers, but not as a tracking server. Name the address that"
            " clients have as their tracking URI, with its path if it has one."
        )

    def _paged(
        self, method: str, path: str, name: str, body: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        token = None
        for _ in range(PAGES_MAX):
            answer = self._ask(method, path, {**body, "page_token": token} if token else body)
            found = answer.get(name, [])
            if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
                raise SourceUnusable(f"An answer is not of MLflow's API: the {name} of {path}.")
            yield from found
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
        for listed in self._pages(experiment):
            run_id = converted(listed, "Run").info.run_uuid
            try:
                # Alone, for what 3.x leaves out of a search: the models that a run read.
                run = self._asked_run(run_id)
                record = run_record(run)
            except SourceUnusable as error:
                yield UnreadableRun(run_id, str(error))
            else:
                self._metric_keys[run_id] = metric_keys(run)
                yield record

    def _asked_run(self, run_id: str) -> Run:
        answer = self._ask("GET", "runs/get", {"run_id": run_id, "run_uuid": run_id})
        run: Run = converted(answer.get("run"), "Run")
        return run

    def histories(self, run: RunRecord) -> Iterator[HistoryPart]:
        keys = self._metric_keys.pop(run.run_id, None)
        if keys is None:
            keys = metric_keys(self._asked_run(run.run_id))
        for key in keys:
            body = {"run_id": run.run_id, "run_uuid": run.run_id, "metric_key": key}
            # Servers before 2.x know no pages here and answer everything at once.
            body["max_results"] = str(POINTS_A_PAGE)
            points = self._paged("GET", "metrics/get-history", "metrics", body)
            while part := list(islice(points, PART_POINTS_MAX)):
                yield self._part(key, part)

    def _part(self, key: str, points: list[dict[str, Any]]) -> HistoryPart:
        timestamps = [int(point.get("timestamp", 0)) for point in points]
        values = [float(point.get("value", 0.0)) for point in points]
        if self._api == API_OF_0_8:
            in_ms = [time * 1000 if abs(time) < SECONDS_BELOW else time for time in timestamps]
            return HistoryPart(key, None, in_ms, values)
        return HistoryPart(key, [int(p.get("step", 0)) for p in points], timestamps, values)

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
                path = safe(str(one.get("path", "")), folder)
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


def metric_keys(run: Run) -> list[str]:
    return sorted({metric.key or "" for metric in run.data.metrics}) if run.data else []


def is_unknown_endpoint(error: RestException) -> bool:
    """A resource that is missing has a code of its own."""
    return str(error.error_code) not in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")


def advice(error: RestException) -> str:
    if error.get_http_status_code() in (401, 403):
        return " Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and _PASSWORD."
    return ""


def converted(body: Any, name: str) -> Any:
    """JSON as the message `name`; what other versions have beside it is left out."""
    try:
        message = convert("message " + name, body, name)
    except InvalidParameterValue as error:
        raise SourceUnusable(f"An answer is not of MLflow's API: {error.message}") from error
    if name == "Run" and (message.info is None or not message.info.run_uuid):
        raise SourceUnusable("An answer is not of MLflow's API: a run has no id.")
    return message


def safe(path: str, folder: str) -> str:
    """A listed path, which must stand in the folder that was listed."""
    try:
        found = checked(path)
    except InvalidParameterValue:
        found = ""
    if not found or posixpath.dirname(found) != folder or found.count("/") > FOLDERS_DEEP_MAX:
        raise SourceUnusable(f"The server lists an artifact at {path[:200]!r}, which cannot be.")
    return found
