"""What mlflow 0.8.2 answered to `record_oracle`'s operations, milepost.entities answers too.

The recording is replayed; with --live the released package answers anew, and the recording must
still be what it says. Differences that are meant stand in this file, each with its reason.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from milepost import entities
from milepost.wire.protobuf import message_class
from tests.entities.record_oracle import GROUPS, record
from tools.environments import python_of

RECORDING = Path(__file__).with_name("oracle_0_8.json")
RECORDER = Path(__file__).with_name("record_oracle.py")
Facts = dict[str, Any]


def parse(name: str, text: str) -> Any:
    return message_class(name).FromString(bytes.fromhex(text))


@pytest.fixture(scope="module")
def official() -> Facts:
    facts: Facts = json.loads(RECORDING.read_text())
    return facts


@pytest.fixture(scope="module")
def ours() -> Facts:
    return record(entities, parse)


def with_killed(fact: Facts) -> Facts:
    """The fact as it is since KILLED is a status of the class: refusals list it."""
    text = fact["text"].replace("'FAILED']", "'FAILED', 'KILLED']")
    return {**fact, "text": text.replace("[1, 2, 3, 4]", "[1, 2, 3, 4, 5]")}


def without_text(fact: Facts) -> Facts:
    """The kind of a refusal; its text is the interpreter's or the protobuf library's."""
    return {key: value for key, value in fact.items() if key != "text"}


@pytest.mark.parametrize("group", [group for group in GROUPS if "refusals" not in group])
def test_every_value_is_the_one_that_0_8_gives(group: str, official: Facts, ours: Facts) -> None:
    assert ours[group] == official[group]


def test_every_refusal_has_the_kind_and_the_text_of_0_8(official: Facts, ours: Facts) -> None:
    for operation, fact in official["refusals"].items():
        answer = ours["refusals"][operation]
        if operation == "e.RunData.from_dictionary(None)":
            # The interpreter's text: `get` was asked of None there, `items` is here.
            fact, answer = without_text(fact), without_text(answer)
        elif operation.startswith("e.RunStatus.") and "Valid" in fact["text"]:
            fact = with_killed(fact)
        assert answer == fact, operation


def test_what_the_wire_cannot_hold_is_refused_as_in_0_8(official: Facts, ours: Facts) -> None:
    def kinds(facts: Facts) -> Facts:
        return {operation: without_text(fact) for operation, fact in facts.items()}

    assert kinds(ours["wire refusals"]) == kinds(official["wire refusals"])


def test_constructors_begin_with_the_parameters_of_0_8(official: Facts, ours: Facts) -> None:
    for name, parameters in official["signatures"].items():
        assert ours["signatures"][name][: len(parameters)] == parameters, name


def test_parameters_behind_those_of_0_8_may_all_be_left_out(official: Facts, ours: Facts) -> None:
    for name, parameters in official["signatures"].items():
        for parameter, _, default in ours["signatures"][name][len(parameters) :]:
            assert default != "<class 'inspect._empty'>", f"{name}.{parameter}"


def test_the_recording_is_what_the_released_package_says(
    request: pytest.FixtureRequest, tmp_path: Path, official: Facts
) -> None:
    if not request.config.getoption("--live", default=False):
        pytest.skip("asks the released package itself only with --live")
    answers = tmp_path / "oracle.json"
    command = [str(python_of("mlflow-0.8")), str(RECORDER), str(answers)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert json.loads(answers.read_text()) == official
