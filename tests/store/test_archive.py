"""Archiving: points leave the database for files, and no answer changes; what is gone is told."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest

from milepost.api.archive import Archived, archive, require_place
from milepost.artifacts.archive import ArchiveFolder
from milepost.artifacts.places import Places
from milepost.errors import DataLoss, InvalidState, TemporarilyUnavailable
from milepost.store import StoreUnusable, database_of, examine, migrations
from milepost.store.archive import BLOCK_BYTES, POINTER, Pointer
from milepost.store.archiver import Archiver
from milepost.store.buckets import Window
from milepost.store.removal import Remover, Wanted
from tests.store.backends import Backend
from tests.store.driver import INF, NAN, NOW, Driver, columns_of, seen

ODD = (0.1, NAN, INF, -0.0, -INF, 0.0, 1e-300, 5.0)
POINTERS = """SELECT c.data FROM metric_chunks c JOIN runs r ON r.id = c.run
WHERE r.run_id = ? AND c.codec = 2 ORDER BY c.id"""
KEYS = ("loss", "odd", "long", "few", "one")
WINDOWS = [
    Window("step", None, None, 10),
    Window("step", 100, 4_900, 3),
    Window("timestamp", NOW + 50, NOW + 5_000, 200),
    Window("relative", 10, 700, 7),
]


class World:
    """A store whose archive is a folder."""

    def __init__(self, backend: Backend, folder: Path) -> None:
        self.uri = backend.uri
        self.root = folder / "artifacts"
        self.places = Places(str(self.root), (), folder)
        self.folder = ArchiveFolder(self.places.proxied)
        self.store = Driver(backend.uri, self.folder)

    def archiver(self, before: int = NOW + 10_000, is_dry: bool = False) -> Archiver:
        return Archiver(database_of(self.uri, self.folder), before, is_dry)

    def archive(self, before: int = NOW + 10_000, is_dry: bool = False) -> list[Archived]:
        """What went, without the runs of which nothing did."""
        archiver = self.archiver(before, is_dry)

        async def run() -> list[Archived]:
            await require_place(archiver, self.folder)
            return [one async for one in archive(archiver, self.folder, is_dry)]

        try:
            return [one for one in asyncio.run(run()) if one.points or one.refusal]
        finally:
            archiver.close()

    def files(self, run_id: str) -> list[Path]:
        return sorted((self.root / ".milepost-archive" / run_id).glob("*"))

    def pointers(self, run_id: str) -> list[Pointer]:
        connection = self.store.store.database.connect_reader()
        try:
            rows = connection.execute(POINTERS, (run_id,)).fetchall()
            return [Pointer(*POINTER.unpack(row[0])) for row in rows]
        finally:
            connection.close()


@pytest.fixture
def world(backend: Backend, tmp_path: Path) -> Iterator[World]:
    made = World(backend, tmp_path)
    yield made
    made.store.close()
    assert backend.faults() == []


def fill(store: Driver, run_id: str, seed: int = 0) -> None:
    """A run with series of every kind, which has ended."""
    chance = random.Random(seed)
    store.new_run(run_id)
    for commit in range(40):
        step = (commit * 7) % 40
        points = [(step, NOW + step // 3, chance.choice(ODD)) for _ in range(3)]
        store.log(run_id, "odd", *points)
        if commit % 5 == 0:
            store.log(run_id, "odd", *points)
    store.log(run_id, "loss", *((i, NOW + i, chance.random()) for i in range(200)))
    walk = np.cumsum(np.random.default_rng(seed).normal(size=6_000)).tolist()
    store.log_batch(
        run_id, {"long": columns_of([(i, NOW + i, walk[i]) for i in range(6_000)])}, {}, {}
    )
    store.log(run_id, "few", *((i, NOW + i, i * 0.7) for i in range(20)))  # stays as it came
    store.log(run_id, "one", (1, NOW, 2.5))
    store.update_run(run_id, "FINISHED", NOW + 9_000, None)
    for key in ("odd", "loss", "long"):
        store.wait_until_sealed(run_id, key)


def answers(store: Driver, run_id: str) -> dict[str, Any]:
    """What each way of reading points says of the run."""
    best = ["at_min(metrics.long, metrics.loss) DESC", "mean(metrics.odd)"]
    found: dict[str, Any] = {
        "search": [
            run.info.run_id for run in store.search_runs([0], (1, 1), None, 10, order_by=best).items
        ],
        "charts": [
            [(one.key, seen(one.points.columns), one.points[1:]) for one in
             store.chart_series([run_id], KEYS, window)]
            for window in WINDOWS
        ],
    }  # fmt: skip
    for key in KEYS:
        sampled = store.sample_metric_histories([run_id], key, 50, 3, 5_000)
        found[key] = {
            "history": store.history(run_id, key),
            "pages": store.history_by_pages(run_id, key, 1_037)
            if key == "long"
            else store.history_by_pages(run_id, key, 37),
            "window": seen(store.get_whole_history(run_id, key, 5, 20)),
            "sampled": [seen(columns) for _, columns in sampled],
            "latest": store.latest(run_id, key),
            "aggregates": repr(store.aggregates(run_id, key)),
        }
    return found


def test_no_answer_changes_when_a_run_is_archived(world: World) -> None:
    fill(world.store, "r1")
    fill(world.store, "r2", seed=1)
    world.store.new_run("r3")  # goes on
    world.store.log("r3", "loss", *((i, NOW, 0.5) for i in range(100)))
    before = answers(world.store, "r1"), answers(world.store, "r2")
    dry = world.archive(is_dry=True)
    assert [one.run_id for one in dry] == ["r1", "r2"]
    assert world.files("r1") == []
    assert world.archive() == dry
    assert (answers(world.store, "r1"), answers(world.store, "r2")) == before
    pointers = world.pointers("r1")
    assert len(pointers) == 4  # all but the single point, which is smaller than a pointer
    (file,) = world.files("r1")
    assert sum(one.length for one in pointers) == file.stat().st_size == dry[0].size
    assert world.pointers("r3") == []
    assert world.archive() == []
    world.store.reopen()
    assert (answers(world.store, "r1"), answers(world.store, "r2")) == before


def test_only_old_runs_and_old_points_go(world: World) -> None:
    fill(world.store, "r1")
    assert world.archive(before=NOW + 8_999) == []
    world.store.log("r1", "late", *((i, NOW + 50_000 + i, (i * 0.37) ** 3) for i in range(100)))
    world.store.update_run("r1", "FINISHED", NOW + 9_000, None)
    world.store.wait_until_sealed("r1", "late")
    (one,) = world.archive()
    assert one.points == len(world.store.history("r1", "odd")) + 200 + 6_000 + 20
    (other,) = world.archive(before=NOW + 60_000)
    assert other.points == 100
    assert [file.name for file in world.files("r1")] == ["1", "2"]


def test_points_that_are_logged_late_join_the_archived_ones(world: World) -> None:
    """A twin that is never archived says what the answers must be."""
    for run_id in ("r1", "twin"):
        fill(world.store, run_id)
    world.store.update_run("twin", "RUNNING", None, None)
    for round_number in range(2):
        assert [one.run_id for one in world.archive()] == ["r1"]
        for run_id in ("r1", "twin"):
            world.store.update_run(run_id, "RUNNING", None, None)
            for part in range(4):  # again, in between and behind
                start = 150 * part
                points = [(i, NOW + i, i / 3) for i in range(start, start + 60)]
                world.store.log(run_id, "loss", *points)
                world.store.log(run_id, "long", *points, (7_000 + part, NOW + 7_000, INF))
                world.store.log(run_id, "few", (part, NOW, 0.5), (part + 3, NOW + part + 3, 0.7))
                world.store.log(run_id, "odd", (3, NOW, NAN), (900 + round_number, NOW, 1.0))
        same_but_for_the_id(world, "r1", "twin")
        world.store.update_run("r1", "FINISHED", NOW + 9_500, None)
        for key in ("loss", "long", "odd", "few"):
            world.store.wait_until_sealed("r1", key)
        same_but_for_the_id(world, "r1", "twin")
    world.archive()
    same_but_for_the_id(world, "r1", "twin")
    assert len(world.files("r1")) == 3


def same_but_for_the_id(world: World, first: str, second: str) -> None:
    one, other = answers(world.store, first), answers(world.store, second)
    assert {**one, "charts": None} == {**other, "charts": None}
    # How a chart is thinned depends on how a series is cut into chunks; whole ones do not.
    whole = Window("step", None, None, 20_000)
    drawn = [
        [seen(part.points.columns) for part in world.store.chart_series([run], KEYS, whole)]
        for run in (first, second)
    ]
    assert drawn[0] == drawn[1]


def test_a_damaged_or_missing_file_is_an_error_for_its_run_alone(world: World) -> None:
    fill(world.store, "r1")
    fill(world.store, "r2", seed=1)
    before = answers(world.store, "r1"), answers(world.store, "r2")
    world.archive()
    (file,) = world.files("r1")
    content = file.read_bytes()
    middle = len(content) // 2
    for damaged in (
        content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        content[:middle],
        b"",
        None,
    ):
        if damaged is None:
            file.unlink()
        else:
            file.write_bytes(damaged)
        world.store.close_and_open(world.folder)
        with pytest.raises(
            DataLoss, match=r"points of run r1 .*/\.milepost-archive/r1/1, which is"
        ):
            answers(world.store, "r1")
        assert world.store.history("r2", "long") == before[1]["long"]["history"]
        assert world.store.get_run("r1").info.run_id == "r1"
    file.write_bytes(content)
    assert (answers(world.store, "r1"), answers(world.store, "r2")) == before


def test_a_file_that_was_replaced_is_not_answered_from_memory(world: World) -> None:
    """A run is removed and one with its id comes back, with other points and the same file name."""
    fill(world.store, "r1")
    world.archive()
    answers(world.store, "r1")
    world.store.delete_run("r1", NOW)
    remover = Remover(database_of(world.uri))
    marked = remover.mark(remover.runs(Wanted(2 * NOW), -1, 10))
    assert remover.archived(marked) == {marked[0].id}
    remover.remove_runs(marked)
    remover.close()
    fill(world.store, "r1", seed=5)
    before = answers(world.store, "r1")
    world.archive()
    assert answers(world.store, "r1") == before


def test_an_unreachable_store_is_told_and_not_asked_again_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(world.store, "r1")
    world.archive()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("MLFLOW_S3_ENDPOINT_URL", "http://127.0.0.1:1")
    away = ArchiveFolder(Places("s3://bucket/x", (), world.root).proxied)
    world.store.close_and_open(away)
    with pytest.raises(
        TemporarilyUnavailable, match=r"of run r1 are archived\. The artifact store"
    ):
        world.store.history("r1", "loss")
    with pytest.raises(TemporarilyUnavailable, match="which cannot be reached now") as refused:
        world.store.history("r1", "long")
    assert refused.value.retry_after_s >= 1
    assert world.store.history("r1", "one") == [(1, NOW, "2.5")]
    assert len(world.store.chart_series(["r1"], ["long"], WINDOWS[0])) == 1  # from its summary


def test_without_the_artifact_store_it_is_said_what_to_name(world: World, tmp_path: Path) -> None:
    fill(world.store, "r1")
    world.archive()
    world.store.close_and_open(None)
    with pytest.raises(InvalidState, match="--artifacts-destination"):
        world.store.history("r1", "loss")
    elsewhere = Places(str(tmp_path / "elsewhere"), (), tmp_path)
    world.folder = ArchiveFolder(elsewhere.proxied)
    with pytest.raises(InvalidState, match="its file is not in"):
        world.archive()


def test_from_the_first_archived_run_on_older_servers_are_refused(world: World) -> None:
    database = database_of(world.uri)
    known = migrations.available(database.kind)
    (step,) = [one for one in known if one.name == "archives"]

    def said() -> str:
        connection = database.connect_examiner()
        try:
            older = known[: known.index(step)]
            return migrations.refusal(migrations.applied(connection), older)
        finally:
            connection.close()

    assert world.archive() == []
    assert said() == ""
    fill(world.store, "r1")
    if database.is_shared:
        with (
            psycopg.connect(world.uri, application_name=f"milepost schema {step.version - 1}"),
            pytest.raises(StoreUnusable, match=r"1 connections from 127\.0\.0\.1"),
        ):
            world.archive()
    world.archive()
    assert f"needs servers that know schema {step.version}" in said()
    findings = {finding.name: finding for finding in examine(database)}
    assert "points of 1 runs" in findings["archive"].state
    assert not [finding for finding in findings.values() if finding.advice]


def test_what_a_dead_process_left_is_removed_and_a_slow_one_changes_nothing(world: World) -> None:
    fill(world.store, "r1")
    before = answers(world.store, "r1")
    slow = world.archiver()
    (run,) = slow.runs(-1, 10)
    chunks = slow.chunks(run)
    begun = slow.begin(run)
    assert begun == (1, None)
    if world.store.store.database.is_shared:
        with pytest.raises(StoreUnusable, match="Another `milepost archive` is at work"):
            world.archiver()
    left = world.root / ".milepost-archive" / "r1" / "1"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half of it")
    connection, slow._connection = slow._connection, slow._database.connect_writer()
    connection.close()  # as when it dies
    world.archive()
    assert [file.name for file in world.files("r1")] == ["2"]
    assert not slow.finish(
        run, begun.number, [(chunk, Pointer(1, 1, 0, 1, b"")) for chunk in chunks]
    )
    slow.close()
    assert answers(world.store, "r1") == before


def test_a_run_that_is_sealed_or_deleted_meanwhile_stays_as_it_is(world: World) -> None:
    fill(world.store, "r1")
    archiver = world.archiver()
    (run,) = archiver.runs(-1, 10)
    chunks = archiver.chunks(run)
    begun = archiver.begin(run)
    assert begun is not None
    world.store.log("r1", "loss", *((i, NOW + i, 0.5) for i in range(300, 400)))
    world.store.update_run("r1", "FINISHED", NOW + 9_000, None)
    world.store.wait_until_sealed("r1", "loss")
    before = answers(world.store, "r1")
    pointers = [Pointer(chunk.codec, 1, 0, chunk.size, b"\0" * 16) for chunk in chunks]
    assert not archiver.finish(run, 1, list(zip(chunks, pointers, strict=True)))
    assert world.pointers("r1") == []
    world.store.delete_run("r1", NOW)
    assert archiver.begin(run) is None
    archiver.close()
    world.store.restore_run("r1")
    assert answers(world.store, "r1") == before


def test_a_run_whose_id_can_name_no_folder_stays(world: World) -> None:
    fill(world.store, "a/b")
    before = answers(world.store, "a/b")
    (one,) = world.archive()
    assert (one.points, "cannot name a folder" in one.refusal) == (0, True)
    assert answers(world.store, "a/b") == before


def test_a_long_series_spans_blocks_and_files(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noise cannot be compressed: 150,000 points are 2.5 MB, more than a block."""
    monkeypatch.setattr("milepost.store.archiver.FILE_BYTES_MAX", BLOCK_BYTES * 3 // 2)
    noise = np.random.default_rng(3)
    total = 150_000
    steps, times = np.arange(total), NOW + noise.integers(0, 2**40, total)
    values = noise.normal(size=total)
    world.store.new_run("r1")
    points = list(zip(steps.tolist(), (times - 2**40).tolist(), values.tolist(), strict=True))
    for start in range(0, total, 50_000):
        world.store.log("r1", "m", *points[start : start + 50_000])
    world.store.update_run("r1", "FINISHED", NOW, None)
    world.store.wait_until_sealed("r1", "m")
    before = world.store.history("r1", "m")
    (one,) = world.archive()
    assert one.points == total
    assert len(world.files("r1")) > 1
    assert world.store.history("r1", "m") == before


def test_a_pointer_takes_less_than_the_least_chunk_that_goes() -> None:
    assert POINTER.size == 36
