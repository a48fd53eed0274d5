"""Takes records to a server: batches, calls and files, in order, each again until it is answered.

A record is JSON: `uri`, `run_id`, `path` and `body` of a POST, and `id`, under which the server
remembers that it took it; or `artifact` and `file` for a copy of a file. What the server refuses
is told to `refuse`; of a batch only the entry at fault. Only what the server cannot take *now*
raises, and then nothing after it has been sent.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from milepost.client import artifacts
from milepost.client.client import PARENT_RUN_TAG
from milepost.client.spool import Record, Spool, drop_file
from milepost.client.transport import RETRIED, Transport
from milepost.exceptions import MlflowException, RestException

LOG_BATCH = "runs/log-batch"
CREATE_RUN = "runs/create"
UPDATE_RUN = "runs/update"
CREATE_EXPERIMENT = "experiments/create"
# An experiment that is known by its name alone, because no server could be asked for its id.
NAMED = "name:"
# A note of the progress costs a file's rename.
MARK_EVERY = 50

# Who asks is not known, or may not: the operator or the user can change that, not the entries.
NOT_LET_IN = frozenset((401, 403))

KNOWN_EVERYWHERE = (LOG_BATCH, CREATE_RUN, UPDATE_RUN)

# Which run, why, and how many entries.
Refuse = Callable[[str, str, int], None]
# (kind, entry) of a batch.
Item = tuple[str, Any]


class Delivery:
    """One server. `refuse(run_id, message, count)` hears what it will never take."""

    def __init__(self, transport: Transport, refuse: Refuse) -> None:
        self.transport = transport
        self.refuse = refuse
        # Runs that a server has made under an id of its own (every server but Milepost does).
        self.run_ids: dict[str, str] = {}
        self._experiments: dict[str, str] = {}
        self._roots: dict[str, artifacts.ArtifactRoot] = {}

    def send(self, record: Record, folder: Path) -> None:
        """Raises `MlflowException` when the server cannot take anything now.

        `folder` is where the copies of files are.
        """
        try:
            if "artifact" in record:
                self._send_file(record, folder / record["file"])
            elif record["path"] == LOG_BATCH:
                items = [(kind, one) for kind, found in record["body"].items() for one in found]
                self._send_batch(record["run_id"], items, record.get("id"))
            elif record["path"] == CREATE_RUN:
                self._create_run(record["body"])
            else:
                self._call(record["path"], self._at_home(record["body"]), record.get("id"))
        except RestException as error:
            if may_pass_later(error, record.get("path")):
                raise
            if record.get("path") != CREATE_EXPERIMENT:  # whoever was first has made it
                self.refuse(record.get("run_id", ""), error.message, 1)

    def send_all(self, spool: Spool, sent_one: Callable[[], None] = lambda: None) -> None:
        """What waits in a spool, in its order; empties it. Raises as `send` does."""
        self.run_ids.update(spool.progress.run_ids)
        place, since_mark = spool.progress.place, 0
        try:
            while not spool.forget(place):
                for end, record in spool.unsent():
                    self.send(record, spool.path.parent)
                    place = end
                    since_mark += 1
                    sent_one()
                    if since_mark == MARK_EVERY or record.get("path") == CREATE_RUN:
                        spool.mark(place, self.run_ids)
                        since_mark = 0
                spool.mark(place, self.run_ids)
        except MlflowException:
            spool.mark(place, self.run_ids)
            raise

    def _call(self, path: str, body: Record, batch_id: str | None) -> Record:
        return self.transport.call("POST", path, body, batch_id=batch_id, tries=1)

    def _at_home(self, body: Record) -> Record:
        """The body with the ids that this server knows."""
        run_id = body.get("run_id")
        if run_id in self.run_ids:
            body = {**body, "run_id": self.run_ids[run_id]}
        experiment = body.get("experiment_id", "")
        if isinstance(experiment, str) and experiment.startswith(NAMED):
            body = {**body, "experiment_id": self._experiment(experiment.removeprefix(NAMED))}
        return body

    def _experiment(self, name: str) -> str:
        """The id of the experiment of that name, which is made if it is not there."""
        found = self._experiments.get(name)
        if found is None:
            by_name = {"experiment_name": name}
            try:
                answer = self.transport.call("GET", "experiments/get-by-name", by_name, tries=1)
                found = str(answer["experiment"]["experiment_id"])
            except RestException as error:
                if error.error_code != "RESOURCE_DOES_NOT_EXIST":
                    raise
                found = str(self._call(CREATE_EXPERIMENT, {"name": name}, None)["experiment_id"])
            self._experiments[name] = found
        return found

    def _create_run(self, body: Record) -> None:
        wanted = body["run_id"]
        if wanted in self.run_ids:
            return
        tags = [
            {**tag, "value": self.run_ids.get(tag["value"], tag["value"])}
            if tag["key"] == PARENT_RUN_TAG
            else tag
            for tag in body.get("tags", ())
        ]
        info = self._call(CREATE_RUN, self._at_home({**body, "tags": tags}), None)["run"]["info"]
        given = info.get("run_id") or info.get("run_uuid")
        if given != wanted:
            self.run_ids[wanted] = given

    def _send_batch(self, run_id: str, items: list[Item], batch_id: str | None) -> None:
        """A batch that is refused is halved until the entry at fault stands alone."""
        error = self._try_batch(run_id, items, batch_id)
        if error is None:
            return
        if error.status != 400 or self._is_about_the_run(run_id, items, error):
            self.refuse(run_id, error.message, len(items))
            return
        middle = len(items) // 2
        for number, half in enumerate((items[:middle], items[middle:])):
            self._send_batch(run_id, half, batch_id and f"{batch_id}.{number}")

    def _is_about_the_run(self, run_id: str, items: list[Item], error: RestException) -> bool:
        """Whether the first and the last entry, each alone, are refused with the same words.

        They go without an id: what is taken comes again with its half, which changes nothing.
        """
        if len(items) == 1:
            return True
        for item in (items[0], items[-1]):
            alone = self._try_batch(run_id, [item], None)
            if alone is None or alone.message != error.message:
                return False
        return True

    def _try_batch(
        self, run_id: str, items: list[Item], batch_id: str | None
    ) -> RestException | None:
        """The server's refusal, if it refused."""
        body: dict[str, Any] = {"run_id": self.run_ids.get(run_id, run_id)}
        for kind, item in items:
            body.setdefault(kind, []).append(item)
        try:
            self._call(LOG_BATCH, body, batch_id)
        except RestException as error:
            if may_pass_later(error, LOG_BATCH):
                raise
            return error
        return None

    def _send_file(self, record: Record, copy: Path) -> None:
        run_id = record["run_id"]
        if not copy.is_file():
            return  # it was sent before, and the note of that was lost
        try:
            self._root(run_id).put(copy, record["artifact"])
        except RestException as error:
            # 403 may be about the place of this run's artifacts alone; the others must not wait.
            if not may_pass_later(error, None) or error.status == 403:
                self.refuse(run_id, f"{record['artifact']}: {error.message}", 1)
                return
            raise
        drop_file(copy)

    def _root(self, run_id: str) -> artifacts.ArtifactRoot:
        root = self._roots.get(run_id)
        if root is None:
            body = {"run_id": self.run_ids.get(run_id, run_id)}
            answer = self.transport.call("GET", "runs/get", body, tries=1)
            uri = answer["run"]["info"].get("artifact_uri") or ""
            root = self._roots[run_id] = artifacts.root_of(self.transport, uri)
        return root


def may_pass_later(error: RestException, path: str | None) -> bool:
    """Whether the same record may be taken another time: nothing is wrong with it.

    An endpoint that every tracking server has is not found where a gateway answers for one that
    is away.
    """
    is_elsewhere = error.error_code == "ENDPOINT_NOT_FOUND" and path in KNOWN_EVERYWHERE
    return is_elsewhere or error.status in RETRIED | NOT_LET_IN
