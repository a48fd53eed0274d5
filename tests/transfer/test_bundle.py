"""Bundles: written of a real database, read back alike, and refused when they are not sound."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.artifacts.places import Places
from milepost.store.inputs import NewDatasetInput
from milepost.transfer import bundle, parquet_bounds, points_parquet
from milepost.transfer.bundle import BundleSource
from milepost.transfer.containers import CannotWrite
from milepost.transfer.milepost_store import MilepostSource
from milepost.transfer.records import HistoryPart, Source, SourceUnusable
from tests.store.backends import BACKENDS
from tests.store.driver import INF, INT64_MAX, INT64_MIN, NAN, NOW, Driver
from tests.transfer.moving import import_into

ODD_POINTS = [
    (INT64_MIN, 1, NAN), (0, 2, INF), (0, 3, -INF), (7, INT64_MAX, -0.0), (7, INT64_MAX, 5e-324),
]  # fmt: skip
LONG = 250_000


@pytest.fixture(scope="module", params=sorted(BACKENDS))
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The URI of a database with all kinds of content, and the folder of its artifacts."""
    folder = tmp_path_factory.mktemp("filled")
    backend = BACKENDS[request.param](folder)
    store = Driver(backend.uri)
    store.create_experiment("bünd / les", None, {"team": "a\nb"}, NOW)
    store.new_run("full", 1, name="calm", tags={"mlflow.runName": "calm", "note": "naïve ✓"})
    store.log_batch("full", {}, {"lr": "0.1", "empty": ""}, {})
    store.log("full", "odd", *ODD_POINTS)
    store.log("full", "long", *((step, NOW + step, step / 3) for step in range(LONG)))
    data = NewDatasetInput("mnist", "d1", "local", "{}", None, "{}", [("mlflow.data.context", "t")])
    store.log_inputs("full", [data], ["m-1"])
    store.log_outputs("full", [("m-2", 3)])
    store.update_run("full", "FINISHED", NOW + 5, None)
    store.new_run("bare", 1)
    store.new_run("gone", 1)
    store.delete_run("gone", NOW + 9)
    store.new_run("other", 0)
    store.close()
    root = folder / "artifacts"
    files = root / "1" / "full" / "artifacts"
    (files / "a" / "ü").mkdir(parents=True)
    (files / "empty").write_bytes(b"")
    (files / "a" / "ü" / "big.bin").write_bytes(bytes(range(256)) * 10_000)
    yield backend.uri, root
    backend.remove()


def opened(filled: Any, folder: Path, *experiments: str, runs: tuple[str, ...] = ()) -> Any:
    uri, root = filled
    return MilepostSource(uri, Places(str(root), (), folder), experiments, runs)


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


def all_of(source: Source) -> list[Any]:
    """Everything that a source yields, in an order that means the same everywhere."""
    out: list[Any] = []
    for experiment in source.experiments():
        runs = list(source.runs(experiment))
        assert len(runs) == source.count_runs(experiment)
        out.append((experiment, [whole(source, run) for run in runs]))
    return out


def whole(source: Source, run: Any) -> Any:
    points: dict[str, list[Any]] = {}
    for part in source.histories(run):
        values = map(bits, part.values)
        points.setdefault(part.key, []).extend(zip(part.steps, part.timestamps, values))  # type: ignore[arg-type]  # noqa: B905
    files = {}
    for file in source.files(run):
        with source.open_file(run, file.path) as content:
            files[file.path] = content.read()
        assert len(files[file.path]) == file.size
    return run, points, files, source.missing_files(run)


@pytest.mark.parametrize("name", ["out.zip", "folder"])
def test_a_bundle_holds_exactly_what_the_database_holds(filled, tmp_path: Path, name: str) -> None:
    source = opened(filled, tmp_path)
    written = bundle.write(source, tmp_path / name, NOW)
    assert (written.runs, written.points, written.files) == (4, LONG + len(ODD_POINTS), 2)
    expected = all_of(source)
    source.close()
    read = BundleSource(tmp_path / name)
    assert all_of(read) == expected
    read.close()
    _, runs = expected[1]
    full = next(run for run in runs if run[0].run_id == "full")
    assert full[1]["odd"] == [(step, time, bits(value)) for step, time, value in ODD_POINTS]
    assert len(full[1]["long"]) == LONG
    assert set(full[2]) == {"empty", "a/ü/big.bin"}
    assert [run[0].deleted_time for run in runs if run[0].run_id == "gone"] == [NOW + 9]


def test_a_bundle_and_the_database_itself_are_imported_with_the_same_ids_and_hashes(
    filled, tmp_path: Path
) -> None:
    source = opened(filled, tmp_path)
    bundle.write(source, tmp_path / "out.zip", NOW)
    source.close()
    (tmp_path / "a").mkdir()
    first = import_into(tmp_path / "a", str(tmp_path / "out.zip"))
    assert first.status == 0, first.output
    assert set(first.states) == {"full", "bare", "gone", "other"}
    (tmp_path / "b").mkdir()
    database = f"sqlite:///{tmp_path / 'a' / 'milepost.db'}"
    files = tmp_path / "a" / "artifacts"
    second = import_into(tmp_path / "b", database, "--source-artifacts", str(files))
    assert second.status == 0, second.output
    assert second.hashes == first.hashes
    (tmp_path / "c").mkdir()
    assert "--source-artifacts" in import_into(tmp_path / "c", database).output
    again = import_into(tmp_path / "a", str(tmp_path / "out.zip"))
    assert set(again.states.values()) == {"same"}


def test_a_database_is_moved_to_another_kind_of_database(filled, tmp_path: Path) -> None:
    uri, root = filled
    other = BACKENDS["sqlite" if uri.startswith("postgres") else "postgres"](tmp_path)
    flags = ("--backend-store-uri", other.uri, "--source-artifacts", str(root))
    moved = import_into(tmp_path, uri, *flags)
    assert moved.status == 0, moved.output
    assert set(moved.states.values()) == {"moved"}
    assert other.faults() == []
    other.remove()


def test_a_database_is_not_imported_into_itself(filled, tmp_path: Path) -> None:
    uri, _ = filled
    if uri.startswith("sqlite"):
        (tmp_path / "link.db").symlink_to(uri.removeprefix("sqlite:///"))
        also = f"sqlite:///{tmp_path / 'link.db'}"
    else:
        also = f"{uri}{'&' if '?' in uri else '?'}connect_timeout=10"
    refused = import_into(tmp_path, also, "--backend-store-uri", uri)
    assert refused.status == 1
    assert "is the target, too" in refused.output


def test_named_runs_come_alone_with_their_experiment(filled, tmp_path: Path) -> None:
    source = opened(filled, tmp_path, runs=("other", "gone"))
    found = {e.name: [run.run_id for run in source.runs(e)] for e in source.experiments()}
    source.close()
    assert found == {"Default": ["other"], "bünd / les": ["gone"]}


def test_an_experiment_is_found_by_name_and_by_id(filled, tmp_path: Path) -> None:
    for text in ("bünd / les", "1"):
        source = opened(filled, tmp_path, text)
        assert [e.name for e in source.experiments()] == ["bünd / les"]
        source.close()
    with pytest.raises(SourceUnusable, match="There is no experiment 'nine'"):
        opened(filled, tmp_path, "nine")
    with pytest.raises(SourceUnusable, match="There is no run 'nine'"):
        opened(filled, tmp_path, runs=("nine",))


def test_artifacts_out_of_reach_are_told_run_by_run(filled, tmp_path: Path) -> None:
    source = MilepostSource(filled[0], None, ["1"])
    written = bundle.write(source, tmp_path / "out.zip", NOW)
    source.close()
    assert [run_id for run_id, _ in written.without_files] == ["full", "bare", "gone"]
    read = BundleSource(tmp_path / "out.zip")
    (experiment,) = read.experiments()
    assert all(read.missing_files(run) for run in read.runs(experiment))
    read.close()


def test_nothing_stays_of_a_bundle_that_could_not_be_finished(filled, tmp_path: Path) -> None:
    uri, root = filled
    copy = tmp_path / "root"
    shutil.copytree(root, copy)
    (copy / "1" / "full" / "artifacts" / "bad\\name").write_bytes(b"x")
    for name in ("out.zip", "out"):
        source = opened((uri, copy), tmp_path, "1")
        with pytest.raises(SourceUnusable, match="which no bundle may hold"):
            bundle.write(source, tmp_path / name, NOW)
        source.close()
    assert [path.name for path in tmp_path.iterdir()] == ["root"]


def test_a_bundle_replaces_nothing(filled, tmp_path: Path) -> None:
    (tmp_path / "out.zip").write_text("mine")
    source = opened(filled, tmp_path)
    with pytest.raises(CannotWrite, match="exists already"):
        bundle.write(source, tmp_path / "out.zip", NOW)
    source.close()
    assert (tmp_path / "out.zip").read_text() == "mine"


# --- bundles that are not sound -------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle of one run with points and an artifact."""
    folder = tmp_path_factory.mktemp("sound")
    store = Driver(f"sqlite:///{folder / 'milepost.db'}")
    store.new_run("one")
    store.log("one", "loss", (1, 2, 3.0))
    store.close()
    files = folder / "artifacts" / "0" / "one" / "artifacts"
    files.mkdir(parents=True)
    (files / "note.txt").write_text("hello")
    places = Places(str(folder / "artifacts"), (), folder)
    source = MilepostSource(f"sqlite:///{folder / 'milepost.db'}", places)
    bundle.write(source, folder / "out.zip", NOW)
    source.close()
    return folder / "out.zip"


Change = Callable[[dict[str, bytes]], None]


def changed(sound: Path, target: Path, change: Change) -> Path:
    """The bundle with other entries; the manifest's hash of run.json is made to fit again."""
    with zipfile.ZipFile(sound) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    change(entries)
    if "runs/one/run.json" in entries and b'"sha256": "kept' not in entries["manifest.json"]:
        manifest = json.loads(entries["manifest.json"])
        data = entries["runs/one/run.json"]
        for run in manifest.get("runs", []):
            run["sha256"] = hashlib.sha256(data).hexdigest()
        entries["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w") as new:
        for name, data in entries.items():
            new.writestr(name, data)
    return target


def in_json(name: str, change: Callable[[Any], None]) -> Change:
    def apply(entries: dict[str, bytes]) -> None:
        value = json.loads(entries[name])
        change(value)
        entries[name] = json.dumps(value).encode()

    return apply


def with_path(path: str) -> Change:
    return in_json("runs/one/run.json", lambda run: run["files"][0].update(path=path))


UNSOUND: dict[str, tuple[Change, str]] = {
    "a path up and out": (with_path("../../../evil"), "no path of one"),
    "an absolute path": (with_path("/etc/passwd"), "no path of one"),
    "a path with backslashes": (with_path("..\\evil"), "no path of one"),
    "a path that is decoded to another": (with_path("%2e%2e/evil"), "no path of one"),
    "a file twice": (
        in_json("runs/one/run.json", lambda run: run["files"].append(run["files"][0])),
        "there twice",
    ),
    "a file that is not there": (with_path("other.txt"), "has nothing where"),
    "another size": (
        in_json("runs/one/run.json", lambda run: run["files"][0].update(size=10**15)),
        "were promised",
    ),
    "no hash": (
        in_json("runs/one/run.json", lambda run: run["files"][0].update(sha256="x")),
        "were promised",
    ),
    "a run of another name": (
        in_json("manifest.json", lambda m: m["runs"][0].update(run_id="../one")),
        "that cannot be",
    ),
    "a run of no experiment": (
        in_json("manifest.json", lambda m: m["runs"][0].update(experiment_id="7")),
        "that cannot be",
    ),
    "a run twice": (
        in_json("manifest.json", lambda m: m["runs"].append(m["runs"][0])), "there twice"
    ),
    "a field of another type": (
        in_json("runs/one/run.json", lambda run: run.update(start_time="now")), "not what it should"
    ),
    "a newer format": (in_json("manifest.json", lambda m: m.update(version=2)), "Upgrade Milepost"),
    "another format": (in_json("manifest.json", lambda m: m.update(format="x")), "is no bundle"),
    "no manifest": (lambda entries: entries.update({"manifest.json": b"{}"}), "not what it should"),
    "no run": (lambda entries: entries.pop("runs/one/run.json") and None, "it has no runs/one"),
}  # fmt: skip


@pytest.mark.parametrize("fault", UNSOUND)
def test_a_bundle_that_is_not_sound_is_refused_before_anything_is_read(
    sound: Path, tmp_path: Path, fault: str
) -> None:
    change, text = UNSOUND[fault]
    path = changed(sound, tmp_path / "bad.zip", change)
    with pytest.raises(SourceUnusable, match=text):
        BundleSource(path)


def test_a_run_whose_description_was_changed_is_refused(sound: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(tmp_path / "bad.zip", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"ada", b"bob") if name.endswith("run.json") else data)
    with pytest.raises(SourceUnusable, match="another hash"):
        BundleSource(tmp_path / "bad.zip")


@pytest.mark.parametrize("name", ["metrics.parquet", "artifacts/note.txt"])
def test_content_that_was_changed_is_refused_at_its_end(
    sound: Path, tmp_path: Path, name: str
) -> None:
    def flip(entries: dict[str, bytes]) -> None:
        data = bytearray(entries[f"runs/one/{name}"])
        data[len(data) // 2] ^= 1
        entries[f"runs/one/{name}"] = bytes(data)

    source = BundleSource(changed(sound, tmp_path / "bad.zip", flip))
    with pytest.raises(SourceUnusable, match="is not the file that was exported"):
        all_of(source)
    source.close()


def test_an_entry_that_is_there_twice_is_refused(sound: Path, tmp_path: Path) -> None:
    shutil.copy(sound, tmp_path / "bad.zip")
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(tmp_path / "bad.zip", "a") as bad,
    ):
        bad.writestr("manifest.json", "{}")
    with pytest.raises(SourceUnusable, match="twice"):
        BundleSource(tmp_path / "bad.zip")


def test_half_a_bundle_is_refused(sound: Path, tmp_path: Path) -> None:
    data = sound.read_bytes()
    for size in (0, 10, len(data) // 2, len(data) - 1):
        (tmp_path / "half.zip").write_bytes(data[:size])
        with pytest.raises(SourceUnusable, match="no whole zip file"):
            BundleSource(tmp_path / "half.zip")


def test_links_in_a_folder_are_not_followed(sound: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sound) as good:
        good.extractall(tmp_path / "bundle")
    BundleSource(tmp_path / "bundle").close()
    note = tmp_path / "bundle" / "runs" / "one" / "artifacts" / "note.txt"
    note.rename(tmp_path / "secret")
    note.symlink_to(tmp_path / "secret")
    with pytest.raises(SourceUnusable, match="has nothing where"):
        BundleSource(tmp_path / "bundle")


# --- points ---------------------------------------------------------------------------------------

int64s = st.integers(INT64_MIN, INT64_MAX)
points = st.lists(st.tuples(int64s, int64s, st.floats()), min_size=1, max_size=30)


@settings(deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), points, min_size=1))
def test_any_points_come_back_bit_for_bit(series: dict[str, list[tuple[int, int, float]]]) -> None:
    parts = [HistoryPart(key, *map(list, zip(*rows, strict=True))) for key, rows in series.items()]
    file = io.BytesIO()
    count = points_parquet.write(parts, file)
    assert count == sum(len(rows) for rows in series.values())
    file.seek(0)
    found = list(points_parquet.read(file, count, "points"))
    assert [rebuilt(part) for part in found] == [rebuilt(part) for part in parts]


def rebuilt(part: HistoryPart) -> Any:
    return part.key, part.steps, part.timestamps, list(map(bits, part.values))


def parquet_of(*parts: HistoryPart) -> io.BytesIO:
    file = io.BytesIO()
    points_parquet.write(parts, file)
    return file


def test_a_small_file_that_unpacks_to_much_is_refused_before_it_is_unpacked() -> None:
    bomb = parquet_of(HistoryPart("a" * 2**25, [1], [2], [3.0]))
    assert len(bomb.getvalue()) < 2**16
    with pytest.raises(SourceUnusable, match=r"^runs/a/metrics.parquet cannot .* page of key may"):
        list(points_parquet.read(bomb, 1, "runs/a/metrics.parquet"))
    # A frame whose blocks repeat one byte 100,000 times each, whatever its page says.
    block = (100_000 << 3 | 1 << 1).to_bytes(3, "little") + b"x"
    last = (100_000 << 3 | 1 << 1 | 1).to_bytes(3, "little") + b"x"
    frame = struct.pack("<IBB", parquet_bounds.ZSTD_MAGIC, 0, 0x38) + block * 9 + last
    assert parquet_bounds.unpacked_max(frame) == 1_000_000


def test_long_keys_are_read_in_small_batches() -> None:
    long = "k" * 2**19
    file = parquet_of(HistoryPart(long, [1] * 1000, [2] * 1000, [3.0] * 1000))
    assert parquet_bounds.check(file, "points", 1000, 65_536) <= 128
    parts = list(points_parquet.read(file, 1000, "points"))
    assert {part.key for part in parts} == {long}
    assert sum(len(part.values) for part in parts) == 1000


WHOLE = parquet_of(HistoryPart("a", [1, 2], [2, 3], [3.0, 4.0])).getvalue()


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_damaged_description_is_refused_or_still_sound(place: int, byte: int) -> None:
    broken = io.BytesIO(WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :])
    with contextlib.suppress(SourceUnusable):
        assert parquet_bounds.check(broken, "points", 2, 65_536) > 0


def test_other_parquet_and_other_counts_are_refused() -> None:
    file = io.BytesIO()
    points_parquet.write([HistoryPart("a", [1], [2], [3.0])], file)
    for promised in (2, 0):
        file.seek(0)
        with pytest.raises(SourceUnusable, match="the bundle promises"):
            list(points_parquet.read(file, promised, "points"))
    with pytest.raises(SourceUnusable, match="no Parquet file of points"):
        list(points_parquet.read(io.BytesIO(b"PAR1" * 10), 1, "points"))


# --- the command ----------------------------------------------------------------------------------


def export(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "milepost", "export", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_command_says_what_it_wrote_and_what_to_name(sound: Path) -> None:
    folder = sound.parent
    done = export(folder, "again.zip", "--run", "one")
    assert (done.returncode, done.stderr) == (0, "")
    assert "again.zip: 1 experiments, 1 runs, 1 points, 1 artifacts" in done.stdout
    for arguments, text in {
        ("again.zip", "--all"): "exists already",
        ("x.zip",): "Name one of --experiment, --run and --all",
        ("x.zip", "--run", "two"): "There is no run 'two'",
        ("x.zip", "--all", "--backend-store-uri", "sqlite:///no.db"): "There is no database",
        ("no/x.zip", "--all"): "There is no folder no",
    }.items():
        done = export(folder, *arguments)
        assert done.returncode != 0
        assert text in done.stderr
        assert "Traceback" not in done.stderr
    assert not (folder / "x.zip").exists()
