"""The store as a state machine against a model of dictionaries: any sequence of calls."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from milepost.api.archive import CHANGED, archive
from milepost.artifacts.archive import ArchiveFolder
from milepost.artifacts.places import Places
from milepost.errors import (
    InvalidParameterValue,
    InvalidState,
    ResourceAlreadyExists,
    ResourceDoesNotExist,
)
from milepost.store import archiver, database_of
from milepost.store.archiver import Archiver
from milepost.store.runs import NewRun
from tests.properties.model import Point, SeriesModel
from tests.properties.profiles import examples
from tests.properties.strategies import batches
from tests.store.driver import ACTIVE, ALL, DELETED, INT64_MAX, NOW, Driver, columns_of

keys = st.sampled_from(["a", "b", "train/loss", "ключ"])
short = st.sampled_from(["", "1", "2", "ü"])
small_maps = st.dictionaries(keys, short, max_size=3)
metric_maps = st.dictionaries(keys, batches, max_size=3)
stages = st.sampled_from([ACTIVE, DELETED, ALL])
VIEWS = {ACTIVE: (True,), DELETED: (False,), ALL: (True, False)}


class ExperimentModel:
    def __init__(self, number: int, name: str, tags: dict[str, str], created: int) -> None:
        self.number, self.name, self.tags = number, name, tags
        self.created = self.updated = created
        self.is_active = True


class RunModel:
    def __init__(self, run_id: str, experiment: int, start: int) -> None:
        self.run_id, self.experiment, self.start = run_id, experiment, start
        self.name, self.status, self.end = "n", "RUNNING", None
        self.is_active = True
        self.params: dict[str, str] = {}
        self.tags: dict[str, str] = {}
        self.series: dict[str, SeriesModel] = {}


class StoreMachine(RuleBasedStateMachine):
    """Each rule does one thing to both and compares what they answer."""

    experiments = Bundle("experiments")
    runs = Bundle("runs")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="milepost-machine-"))
        places = Places(str(self.folder / "artifacts"), (), self.folder)
        self.archive_folder = ArchiveFolder(places.proxied)
        self.store = Driver(f"sqlite:///{self.folder}/milepost.db", self.archive_folder)
        self.clock = NOW
        self.known = {0: ExperimentModel(0, "Default", {}, NOW)}
        self.all_runs: dict[str, RunModel] = {}

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def now(self) -> int:
        self.clock += 1
        return self.clock

    def refused(self, error: type[Exception], method: str, *arguments: Any) -> None:
        with pytest.raises(error):
            getattr(self.store, method)(*arguments)

    def open_run(self, run_id: str, method: str, *arguments: Any) -> RunModel | None:
        """The run if it takes writes; otherwise checks that this one is refused."""
        run = self.all_runs[run_id]
        if run.is_active:
            return run
        self.refused(InvalidParameterValue, method, run_id, *arguments)
        return None

    # --- experiments ---------------------------------------------------------------------------

    @initialize(target=experiments)
    def the_default_experiment(self) -> int:
        return 0

    @rule(target=experiments, name=st.sampled_from("ABCDEF"), tags=small_maps)
    def create_experiment(self, name: str, tags: dict[str, str]) -> Any:
        now = self.now()
        if any(name == experiment.name for experiment in self.known.values()):
            self.refused(ResourceAlreadyExists, "create_experiment", name, None, tags, now)
            return multiple()
        number = int(self.store.create_experiment(name, None, tags, now))
        assert number not in self.known
        self.known[number] = ExperimentModel(number, name, dict(tags), now)
        return number

    @rule(number=experiments, should_be_active=st.booleans())
    def delete_or_restore_experiment(self, number: int, should_be_active: bool) -> None:
        method = "restore_experiment" if should_be_active else "delete_experiment"
        experiment, now = self.known[number], self.now()
        if experiment.is_active == should_be_active:
            return self.refused(ResourceDoesNotExist, method, number, now)
        getattr(self.store, method)(number, now)
        experiment.is_active, experiment.updated = should_be_active, now
        for run in self.all_runs.values():
            if run.experiment == number:
                run.is_active = should_be_active
        return None

    @rule(number=experiments, name=st.sampled_from("ABCXYZ"))
    def rename_experiment(self, number: int, name: str) -> None:
        experiment, now = self.known[number], self.now()
        others = {other.name for other in self.known.values() if other.number != number}
        if not experiment.is_active:
            return self.refused(InvalidState, "update_experiment", number, name, now)
        if name in others:
            return self.refused(ResourceAlreadyExists, "update_experiment", number, name, now)
        self.store.update_experiment(number, name, now)
        experiment.name, experiment.updated = name, now
        return None

    @rule(number=experiments, key=keys, value=st.none() | short)
    def tag_experiment(self, number: int, key: str, value: str | None) -> None:
        experiment = self.known[number]
        call: tuple[Any, ...] = ("set_experiment_tag", number, key, value)
        if value is None:
            call = ("delete_experiment_tag", number, key)
        if not experiment.is_active:
            return self.refused(InvalidParameterValue, *call)
        if value is None and key not in experiment.tags:
            return self.refused(ResourceDoesNotExist, *call)
        getattr(self.store, call[0])(*call[1:])
        if value is None:
            del experiment.tags[key]
        else:
            experiment.tags[key] = value
        return None

    # --- runs ----------------------------------------------------------------------------------

    @rule(target=runs, number=experiments, start=st.integers(-2, 4), tags=small_maps)
    def create_run(self, number: int, start: int, tags: dict[str, str]) -> Any:
        run_id = f"r{len(self.all_runs):03}"
        new = NewRun(run_id, number, "n", "ada", start, tags)
        if not self.known[number].is_active:
            self.refused(InvalidParameterValue, "create_run", new)
            return multiple()
        self.store.create_run(new)
        run = self.all_runs[run_id] = RunModel(run_id, number, start)
        run.tags = dict(tags)
        return run_id

    @rule(run_id=runs, is_active=st.booleans())
    def delete_or_restore_run(self, run_id: str, is_active: bool) -> None:
        if is_active:
            self.store.restore_run(run_id)
        else:
            self.store.delete_run(run_id, self.now())
        self.all_runs[run_id].is_active = is_active

    @rule(
        run_id=runs,
        status=st.sampled_from([None, "RUNNING", "FINISHED", "FAILED"]),
        end=st.none() | st.integers(0, 9),
        name=st.sampled_from([None, "", "renamed"]),
    )
    def update_run(self, run_id: str, status: Any, end: Any, name: Any) -> None:
        run = self.open_run(run_id, "update_run", status, end, name)
        if run is None:
            return
        self.store.update_run(run_id, status, end, name)
        run.status = status or run.status
        run.end = run.end if end is None else end
        if name:
            run.name = run.tags["mlflow.runName"] = name

    @rule(run_id=runs, metrics=metric_maps, params=small_maps, tags=small_maps)
    def log_batch(
        self, run_id: str, metrics: dict[str, list[Point]], params: Any, tags: Any
    ) -> None:
        columns = {key: columns_of(points) for key, points in metrics.items()}
        run = self.open_run(run_id, "log_batch", columns, params, tags)
        if run is None:
            return
        if any(run.params.get(key, value) != value for key, value in params.items()):
            self.refused(InvalidParameterValue, "log_batch", run_id, columns, params, tags)
            return
        self.store.log_batch(run_id, columns, params, tags)
        run.params |= params
        run.tags |= tags
        for key, points in metrics.items():
            run.series.setdefault(key, SeriesModel()).log(points)

    @rule(run_id=runs, key=keys, value=short)
    def log_param(self, run_id: str, key: str, value: str) -> None:
        run = self.open_run(run_id, "log_param", key, value)
        if run is None:
            return
        if run.params.setdefault(key, value) != value:
            self.refused(InvalidParameterValue, "log_param", run_id, key, value)
        else:
            self.store.log_param(run_id, key, value)

    @rule(run_id=runs, key=keys)
    def delete_tag(self, run_id: str, key: str) -> None:
        run = self.open_run(run_id, "delete_tag", key)
        if run is None:
            return
        if run.tags.pop(key, None) is None:
            self.refused(ResourceDoesNotExist, "delete_tag", run_id, key)
        else:
            self.store.delete_tag(run_id, key)

    @rule()
    def reopen(self) -> None:
        self.store.reopen()

    @rule(run_id=runs, metrics=metric_maps)
    def log_end_and_archive(self, run_id: str, metrics: dict[str, list[Point]]) -> None:
        self.log_batch(run_id, metrics, {}, {})
        self.update_run(run_id, "FINISHED", 9, None)
        self.store.reopen()  # which seals it
        database = database_of(self.store.uri, self.archive_folder)
        found = Archiver(database, INT64_MAX, is_dry=False)

        async def all_runs() -> None:
            async for one in archive(found, self.archive_folder, is_dry=False):
                assert one.refusal in ("", CHANGED)

        try:
            asyncio.run(all_runs())
        finally:
            found.close()
        self.compare_run(run_id, 3)

    # --- what both must agree on ---------------------------------------------------------------

    @rule(run_id=runs, size=st.integers(1, 7))
    def compare_run(self, run_id: str, size: int) -> None:
        run, found = self.all_runs[run_id], self.store.get_run(run_id)
        assert found.info.lifecycle_stage == ("active" if run.is_active else "deleted")
        assert (found.info.status, found.info.end_time) == (run.status, run.end)
        assert (found.info.run_name, found.info.experiment_id) == (run.name, str(run.experiment))
        assert self.store.data(run_id) == (run.params, run.tags, set(run.series))
        for key, model in run.series.items():
            expected = [(s, t, repr(v)) for s, t, v in model.history()]
            assert self.store.history(run_id, key) == expected
            assert self.store.history_by_pages(run_id, key, size) == expected
            step, timestamp, value = model.latest()
            assert self.store.latest(run_id, key) == (step, timestamp, repr(value))
            aggregates = self.store.aggregates(run_id, key)
            assert aggregates["count"] == len(model.points)
            assert model.total_is(aggregates["sum"])

    @rule(chosen=st.lists(experiments, max_size=3), view=stages, size=st.integers(1, 5))
    def search_runs(self, chosen: list[int], view: Any, size: int) -> None:
        expected = sorted(
            (-run.start, run.run_id)
            for run in self.all_runs.values()
            if run.experiment in chosen and run.is_active in VIEWS[view]
        )
        found: list[str] = []
        after = None
        while True:
            page = self.store.search_runs(chosen, view, after, size)
            found += [run.info.run_id for run in page.items]
            after = page.next
            if after is None:
                break
        assert found == [run_id for _, run_id in expected]

    @rule(view=stages, size=st.integers(1, 5))
    def search_experiments(self, view: Any, size: int) -> None:
        expected = sorted(
            (-experiment.created, experiment.number)
            for experiment in self.known.values()
            if experiment.is_active in VIEWS[view]
        )
        found: list[int] = []
        after = None
        while True:
            page = self.store.search_experiments(view, after, size)
            found += [int(experiment.experiment_id) for experiment in page.items]
            after = page.next
            if after is None:
                break
        assert found == [number for _, number in expected]

    @rule(number=experiments)
    def compare_experiment(self, number: int) -> None:
        model, found = self.known[number], self.store.get_experiment(number)
        assert found == self.store.get_experiment_by_name(model.name)
        assert {tag.key: tag.value for tag in found.tags} == model.tags
        assert found.lifecycle_stage == ("active" if model.is_active else "deleted")
        assert (found.creation_time, found.last_update_time) == (model.created, model.updated)


def test_any_sequence_of_calls_is_answered_as_dictionaries_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archiver, "CHUNK_BYTES_MIN", 1)
    run_state_machine_as_test(StoreMachine, settings=settings(max_examples=examples(0.3)))
