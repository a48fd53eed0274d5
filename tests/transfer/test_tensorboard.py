"""TensorBoard's event files as a source: what tensorboardX writes, and what damage does to it."""

from __future__ import annotations

import io
import math
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.transfer import event_files
from milepost.transfer.event_files import Record, Torn, framed, masked_crc, records_of
from milepost.transfer.records import HistoryPart, RunRecord, SourceUnusable, UnreadableRun
from milepost.transfer.tensorboard import TensorBoardSource
from tests.transfer.moving import import_into
from tools.environments import python_of

SCRIPT = Path(__file__).parent / "scripts" / "tensorboard_x.py"
BEGIN_MS = 1_700_000_000_000


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log folder that tensorboardX has written."""
    folder = tmp_path_factory.mktemp("tensorboard") / "logs"
    subprocess.run([str(python_of("tensorboard")), str(SCRIPT), str(folder)], check=True)
    return folder


def runs_of(source: TensorBoardSource) -> dict[str, RunRecord]:
    (experiment,) = source.experiments()
    runs = {run.name: run for run in source.runs(experiment) if isinstance(run, RunRecord)}
    assert len(runs) == source.count_runs(experiment)
    return runs


def histories_of(source: TensorBoardSource, run: RunRecord) -> dict[str, HistoryPart]:
    parts = list(source.histories(run))
    assert len({part.key for part in parts}) == len(parts)
    return {part.key: part for part in parts}


def test_each_folder_with_event_files_is_a_run_of_one_experiment(logs: Path) -> None:
    source = TensorBoardSource(logs)
    (experiment,) = source.experiments()
    assert experiment.name == "logs"
    assert set(runs_of(source)) == {"train", "eval/tensors", "sweep", "sweep/one"}


def test_scalars_come_with_their_steps_times_and_odd_values(logs: Path) -> None:
    source = TensorBoardSource(logs)
    run = runs_of(source)["train"]
    found = histories_of(source, run)
    assert set(found) == {"loss/train", "odd", "learning_rate__adam_"}
    loss = found["loss/train"]
    assert loss.steps == list(range(100))
    assert loss.timestamps == [BEGIN_MS + 1000 * step for step in range(100)]
    assert loss.values == [struct.unpack("f", struct.pack("f", 1 / (n + 1)))[0] for n in range(100)]
    odd = found["odd"]
    assert math.isnan(odd.values[0])
    assert odd.values[1:] == [math.inf, -math.inf, 0.0]
    assert math.copysign(1, odd.values[3]) == -1
    assert odd.steps == [0, 10, 20, 30]
    assert (run.start_time, run.end_time) == (BEGIN_MS, BEGIN_MS + 99_000)


def test_scalars_that_are_tensors_are_read_in_each_of_their_types(logs: Path) -> None:
    source = TensorBoardSource(logs)
    found = histories_of(source, runs_of(source)["eval/tensors"])
    assert {key: part.values for key, part in found.items()} == {
        "content": [0.25], "listed": [0.1], "integer": [2.0**40], "half": [1.5], "bfloat": [1.5],
        "zero": [0.0], "rate _adam_": [0.125],
    }  # fmt: skip
    assert "scalars values left out: 1" in source.notes()


def test_hyperparameters_become_params(logs: Path) -> None:
    source = TensorBoardSource(logs)
    run = runs_of(source)["sweep/one"]
    assert run.params == {"lr": "0.1", "layers": "3", "use_bias": "True", "optimizer": "adam"}
    assert histories_of(source, run)["accuracy"].values == [0.875]


def test_images_and_texts_become_artifacts(logs: Path) -> None:
    source = TensorBoardSource(logs)
    run = runs_of(source)["train"]
    sizes = {file.path: file.size for file in source.files(run)}
    assert set(sizes) == {"images/samples/00000003.png", "text/notes/text_summary/00000001.md"}
    contents = {}
    for path, size in sizes.items():
        with source.open_file(run, path) as file:
            contents[path] = file.read()
        assert len(contents[path]) == size
    assert contents["images/samples/00000003.png"].startswith(b"\x89PNG\r\n")
    assert contents["text/notes/text_summary/00000001.md"] == b"It *works*"


def test_what_is_left_out_is_counted(logs: Path) -> None:
    source = TensorBoardSource(logs)
    runs_of(source)
    notes = source.notes()
    assert "histograms left out: 1" in notes
    assert "tags with characters that no name may have, which became _: 1" in notes


def test_a_run_keeps_its_id_when_its_folder_moves_and_grows(logs: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(logs, moved)
    shutil.copy(event_file_of(moved / "train"), moved / "train" / "events.out.tfevents.9999999999")
    before = {name: run.run_id for name, run in runs_of(TensorBoardSource(logs)).items()}
    after = {name: run.run_id for name, run in runs_of(TensorBoardSource(moved)).items()}
    assert after == before
    assert len(set(before.values())) == 4


def event_file_of(folder: Path) -> Path:
    (file,) = folder.glob("*tfevents*")
    return file


def test_a_file_that_ends_within_a_record_gives_what_stands_before(
    logs: Path, tmp_path: Path
) -> None:
    whole = event_file_of(logs / "train").read_bytes()
    (tmp_path / "run").mkdir()
    file = tmp_path / "run" / "events.out.tfevents.1"
    seen = set()
    for end in range(len(whole) - 200, len(whole), 7):
        file.write_bytes(whole[:end])
        source = TensorBoardSource(tmp_path)
        runs_of(source)
        seen.add("unfinished records at the end of event files, left out: 1" in source.notes())
    assert True in seen


def test_room_at_the_end_that_nobody_filled_is_a_torn_end(tmp_path: Path) -> None:
    file = tmp_path / "events.out.tfevents.1"
    file.write_bytes(framed(b"one") + bytes(5000))
    assert list(records_of(file)) == [Record(12, b"one"), Torn(19)]


@pytest.mark.parametrize("at", [0, 9, 13, 16])
def test_damage_in_the_middle_names_file_and_place(tmp_path: Path, at: int) -> None:
    data = bytearray(framed(b"first") + framed(b"second"))
    data[at] ^= 0xFF
    file = tmp_path / "events.out.tfevents.1"
    file.write_bytes(data)
    with pytest.raises(SourceUnusable, match=r"tfevents\.1 is damaged at byte 0"):
        list(records_of(file))


def test_a_run_with_records_that_are_no_events_is_named_beside_the_others(
    logs: Path, tmp_path: Path
) -> None:
    shutil.copytree(logs, tmp_path / "logs")
    bad = tmp_path / "logs" / "bad" / "events.out.tfevents.1"
    bad.parent.mkdir()
    bad.write_bytes(framed(b"\xff" * 20))
    source = TensorBoardSource(tmp_path / "logs")
    (experiment,) = source.experiments()
    found = list(source.runs(experiment))
    assert len(found) == 5
    (unreadable,) = (run for run in found if isinstance(run, UnreadableRun))
    assert "Is it of TensorBoard" in unreadable.reason


def test_the_command_imports_all_runs_alike_and_again_changes_nothing(
    logs: Path, tmp_path: Path
) -> None:
    first = import_into(tmp_path, str(logs))
    assert first.status == 0, first.output
    assert set(first.states.values()) == {"moved"}
    assert len(first.states) == 4
    assert "histograms left out: 1" in first.output
    again = import_into(tmp_path, str(logs))
    assert again.status == 0, again.output
    assert set(again.states.values()) == {"same"}
    assert again.hashes == first.hashes


def test_a_folder_without_event_files_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceUnusable, match="holds no event files"):
        TensorBoardSource(tmp_path)
    with pytest.raises(SourceUnusable, match="There is no folder"):
        TensorBoardSource(tmp_path / "nowhere")


def test_the_checksum_is_crc_32c_masked() -> None:
    # RFC 3720, B.4: 32 zeros have the CRC 0x8a9136aa.
    crc = 0x8A9136AA
    assert masked_crc(bytes(32)) == ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


@given(records=st.lists(st.binary(max_size=200), max_size=20), torn=st.integers(0, 30))
def test_any_records_are_read_back_up_to_where_the_file_ends(
    records: list[bytes], torn: int
) -> None:
    data = b"".join(map(framed, records))
    end = max(len(data) - torn, 0)
    found = list(event_files._records(io.BytesIO(data[:end]), end, Path("file")))
    whole = [record.data for record in found if isinstance(record, Record)]
    assert whole == records[: len(whole)]
    rest = sum(len(framed(record)) for record in records[len(whole) :])
    assert (rest == len(data) - end) == (not any(isinstance(one, Torn) for one in found))
