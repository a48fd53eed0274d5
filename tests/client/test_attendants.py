"""What goes along with a run goes along without its server too, and in nested runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from milepost import MlflowClient
from tests.servers import ROOT, RunningServer

SCRIPT = """
import io, milepost, time
milepost.init({offline}capture_console=True, log_code_state=True)
milepost.set_system_metrics_sampling_interval(0.1)
milepost.set_experiment("along")
with milepost.start_run(log_system_metrics=True) as outer:
    print("outer", outer.info.run_id, flush=True)
    milepost.log_table({{"q": ["a"]}}, "t/rows.json")
    milepost.log_stream(io.BytesIO(b"streamed"), "a/stream.bin")
    with milepost.start_run(nested=True) as inner:
        print("inner", inner.info.run_id, flush=True)
    time.sleep(0.5)
"""


def run(folder: Path, url: str, *command: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MLFLOW_TRACKING_URI": url,
           "MILEPOST_SPOOL_DIR": str(folder / "spool")}  # fmt: skip
    done = subprocess.run([sys.executable, *command], cwd=folder, env=env, check=False,
                          capture_output=True, text=True, timeout=60)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


def check(url: str, printed: str, folder: Path) -> None:
    client = MlflowClient(url)
    lines = printed.splitlines()
    ids = dict(line.split() for line in lines)
    runs = {name: client.get_run(id) for name, id in ids.items()}
    assert [str(run.info.status) for run in runs.values()] == ["FINISHED", "FINISHED"]
    assert "system/cpu_utilization_percentage" in runs["outer"].data.metrics
    kept = {}
    for name, id in ids.items():
        place = folder / name
        place.mkdir()
        kept[name] = Path(client.download_artifacts(id, "", str(place)))
        assert "train.py" in (kept[name] / "milepost/code/command.txt").read_text()
        assert "rich==" in (kept[name] / "milepost/code/packages.txt").read_text()
    # What an inner run writes is written while the outer one is active.
    console = (kept["outer"] / "milepost/console.log").read_text().splitlines()
    assert [line for line in console if not line.startswith("milepost: ")] == lines
    assert (kept["inner"] / "milepost/console.log").read_text().splitlines() == lines[1:]
    (table,) = (kept["outer"] / "t").iterdir()
    assert json.loads(table.read_text()) == {"columns": ["q"], "data": [["a"]]}
    assert (kept["outer"] / "a/stream.bin").read_bytes() == b"streamed"


def test_all_of_it_is_in_the_runs(server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(SCRIPT.format(offline=""))
    done = run(tmp_path, server.url, "train.py")
    check(server.url, done.stdout, tmp_path)
    assert done.stderr == ""


def test_offline_all_of_it_waits_in_the_spool(server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(SCRIPT.format(offline="offline=True, "))
    done = run(tmp_path, server.url, "train.py")
    assert "The rows are kept as t/rows-" in done.stderr
    run(tmp_path, server.url, "-m", "milepost", "sync")
    check(server.url, done.stdout, tmp_path)
