"""Ways to say how Milepost's document of a scenario differs from the official server's."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable

from tests.exchanges.scenario import Json, Step
from tests.exchanges.tables import TABLES

INVALID = "INVALID_PARAMETER_VALUE"
# Makes Milepost's document of the recorded one; `others` gives the document of another scenario.
Overlay = Callable[[Json, str, Callable[[str], Json]], Json]


def answered(error_code: str, message: str, status: int = 400) -> Json:
    return {"status": status, "body": {"error_code": error_code, "message": message}}


def ok(body: Json) -> Json:
    return {"status": 200, "body": body}


def instead(changes: Json = None, **steps: Json) -> Overlay:
    """Other answers to some steps (`at0`, `at1` …; None: not asked any more), other changes."""

    def overlay(recorded: Json, _name: str, _others: Callable[[str], Json]) -> Json:
        document = copy.deepcopy(recorded)
        for place, answer in steps.items():
            index = int(place.removeprefix("at"))
            del document["answers"][index : None if answer is None else index + 1]
            if answer is not None:
                document["answers"].insert(index, answer)
        if changes is not None and "changes" in document:
            document["changes"] = changes
        return document

    return overlay


def refused(message: str, code: str = INVALID, status: int = 400) -> Overlay:
    """The first step is refused, and nothing comes of it."""
    return instead({}, at0=answered(code, message, status), at1=None)


def missing(field: str) -> Overlay:
    return refused(
        f"Missing value for required parameter '{field}'."
        " See the API docs for more information about request parameters."
    )


def swapped(old: str, new: str) -> Overlay:
    """As recorded, with `new` for the JSON text `old`."""

    def overlay(recorded: Json, name: str, _others: Callable[[str], Json]) -> Json:
        text = json.dumps(recorded)
        assert old in text, f"{name}: {old} was not recorded"
        return json.loads(text.replace(old, new))

    return overlay


def like(other: str) -> Overlay:
    """As the scenario `other`: a row of the same call, or a whole name."""

    def overlay(_recorded: Json, name: str, others: Callable[[str], Json]) -> Json:
        return others(other if " / " in other else f"{name.rpartition(': ')[0]}: {other}")

    return overlay


PYTHON_TYPES = {dict: "dict", list: "list", str: "str", bool: "bool", int: "int", float: "float"}


def mistyped(path: str) -> Overlay:
    """Refused in the official words for a field of the wrong type, its value echoed."""

    def overlay(recorded: Json, name: str, others: Callable[[str], Json]) -> Json:
        value = sent(TABLES[name.partition(" / ")[0]][name.partition(" / ")[2]].steps[0], path)
        shown = json.dumps(value, sort_keys=True, separators=(",", ":"))
        kind = PYTHON_TYPES.get(type(value), "NoneType")
        message = (
            f"Invalid value {shown} for parameter '{path}' supplied:  Hint: Value was of type"
            f" '{kind}'. See the API docs for more information about request parameters."
        )
        return refused(message)(recorded, name, others)

    return overlay


def sent(step: Step, path: str) -> Json:
    value = step.query if step.body is None else step.body
    for part in re.findall(r"\w+", path):
        value = value[int(part) if part.isdigit() else part]
    return value
