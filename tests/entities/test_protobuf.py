"""The protobuf classes: fresh, loaded late, and out of the official package's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from milepost.wire.protobuf import message_class
from tools import generate_protobuf
from tools.environments import python_of

ROOT = Path(__file__).resolve().parent.parent.parent

BOTH = """

def official():
    from mlflow.entities import Metric
    from mlflow.protos import service_pb2
    return Metric, service_pb2.Metric

def ours():
    from milepost.entities import Metric
    from milepost.wire.protobuf import message_class
    return Metric, message_class("Metric")

for metric, message in [load() for load in ({order})]:
    value = metric("loss", 0.5, 1, 2)
    assert type(value.to_proto()) is message, type(value.to_proto())
    received = metric.from_proto(message.FromString(value.to_proto().SerializeToString()))
    assert dict(received) == dict(value), received

import milepost.entities, mlflow.entities
from milepost.wire.protobuf import message_class
from mlflow.protos import service_pb2
run = milepost.entities.Run(
    milepost.entities.RunInfo(run_id="r", experiment_id="7", user_id="ada", status="FINISHED",
                              start_time=1, end_time=2, lifecycle_stage="active"),
    milepost.entities.RunData([milepost.entities.Metric("loss", 0.5, 1, 2)]))
assert milepost.entities.Run.from_proto(run.to_proto()).data == run.data
theirs = mlflow.entities.RunInfo("r", "7", "ada", "FINISHED", 1, 2, "active")
assert mlflow.entities.RunInfo.from_proto(theirs.to_proto()).status == run.info.status
assert message_class("Run").DESCRIPTOR.full_name == "milepost.v0_8.Run"
assert service_pb2.Run.DESCRIPTOR.full_name == "mlflow.Run"
assert message_class("Run").DESCRIPTOR.file.pool is not service_pb2.Run.DESCRIPTOR.file.pool
print("both")
"""


def run_python(python: str, code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [python, "-c", code]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_schema_is_the_one_in_the_contract() -> None:
    assert generate_protobuf.main(["--check"]) == 0, "run: python -m tools.generate_protobuf"


def test_the_schema_has_the_fields_of_0_8_and_later_ones_under_free_numbers() -> None:
    fields = message_class("RunInfo").DESCRIPTOR.fields_by_number
    assert (fields[3].name, fields[15].name) == ("name", "run_id")
    experiment = message_class("Experiment").DESCRIPTOR.fields_by_name
    assert experiment["experiment_id"].type == experiment["creation_time"].type


def test_an_unknown_message_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        message_class("Runn")


def test_importing_the_entities_imports_no_protobuf_and_no_other_room() -> None:
    code = (
        "import sys, milepost.entities\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('milepost.')}\n"
        "heavy = {'google.protobuf', 'numpy', 'pandas', 'inspect', 'pprint'} & set(sys.modules)\n"
        "print(sorted(rooms), sorted(heavy))"
    )
    assert run_python(sys.executable, code) == "['entities', 'errors'] []"


@pytest.mark.parametrize("order", ["official, ours", "ours, official"])
def test_entities_live_beside_the_official_package_in_one_process(order: str) -> None:
    assert run_python(str(python_of("mlflow-3.17")), BOTH.format(order=order)) == "both"
