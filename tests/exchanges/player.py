"""Plays scenarios against a server and writes down its answers, generated values replaced.

Ids, generated names, times, artifact roots and page tokens become placeholders; nothing else is
touched, so two documents are compared as they are, types included.
"""

from __future__ import annotations

import http.client
import itertools
import json
import operator
import re
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.exchanges.scenario import Json, Scenario, Step, get

API = "/api/2.0/mlflow/"
TIMEOUT_S = 60
# Milepost answers within one millisecond; "changed later" has to be seen in milliseconds.
PAUSE_S = 0.002
HEX_ID = re.compile(r"\b[0-9a-f]{32}\b")
GENERATED_NAME = re.compile(r"[a-z]+-[a-z]+-\d{1,4}")
ARTIFACT_FIELDS = ("artifact_uri", "artifact_location", "root_uri")
NAMED_EXPERIMENT = r"((?:\bid|\bID|\bexperiment|\bexperiment_id)[ =:]+'?){}\b"
FORMULA = re.compile(r"#(?:(?:%|//|[*+-])\d+)*")
FORMULA_STEP = re.compile(r"(%|//|[*+-])(\d+)")
OPERATORS = {
    "%": operator.mod,
    "//": operator.floordiv,
    "*": operator.mul,
    "+": operator.add,
    "-": operator.sub,
}
# Not fixed by anything: what the database's driver says, and the order of a set's items.
SQL_TEXT = re.compile(r"(\(raised as a result of|\(sqlite3\.|Error: \(sqlite3\.).*", re.DOTALL)
A_SET = re.compile(r"(?<=mandatory fields: \{)'[^}]*'(?=\})")
DECODER_TEXT = re.compile(r"(?<=The request body is not valid JSON: ).*", re.DOTALL)
LONG_RUN = re.compile(r"(.{1,2}?)\1{79,}", re.DOTALL)
# Sets in a run or an experiment. Their order is looked at where a step shows "order".
UNORDERED = ("metrics", "params", "tags")
# Which servers send them depends on their age (contract/limits.json, errors.body).
IGNORED_FIELDS = ("sqlstate", "error_class")


class SetupFailed(AssertionError):
    """A step that only prepares the ground was refused."""


class Player:
    """One connection to one server that lives in `folder`; `play` takes any number of scenarios."""

    def __init__(self, url: str, folder: Path) -> None:
        parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=TIMEOUT_S
        )
        self.numbers = itertools.count(1)
        default = self.ask(get("experiments/get", {"experiment_id": "0"}), {})[1]
        root = found(default, "experiment.artifact_location").removesuffix("/0")
        self.places = {root: "{root}", str(folder): "{folder}"}

    def close(self) -> None:
        self.connection.close()

    def play(self, scenario: Scenario) -> Json:
        """The answers to the steps, and what they changed in what is watched."""
        taken = {"name": f"name-{next(self.numbers):06d}-{time.time_ns() % 10**9:09d}"}
        for step in scenario.setup:
            status, answer = self.ask(step, taken)
            if status != 200:
                raise SetupFailed(f"{step.as_json()} was answered {status} {answer}")
        before = [self.answer(step, taken) for step in scenario.watch]
        answers = []
        for step in scenario.steps:
            time.sleep(PAUSE_S)
            answers.append(self.answer(step, taken))
            if step.take and answers[-1]["status"] != 200:
                break  # later steps need what was not given
        after = [self.answer(step, taken) for step in scenario.watch]
        document: dict[str, Json] = {"answers": answers}
        if scenario.watch:
            changes: dict[str, Json] = {}
            for old, new in zip(before, after, strict=True):
                compare(old, new, "", changes)
            document["changes"] = changes
        return document

    def answer(self, step: Step, taken: dict[str, str]) -> Json:
        status, body = self.ask(step, taken)
        if isinstance(body, dict):
            body = self.placed(body)
            body = {name: value for name, value in body.items() if name not in IGNORED_FIELDS}
        if step.show in SHOWN_AS_IT_IS:
            return {"status": status, "body": SHOWN_AS_IT_IS[step.show](body)}
        shown = SHOWN[step.show] if status == 200 else SHOWN["body"]
        return {"status": status, "body": shown(normalised(body, taken))}

    def placed(self, value: Json, field: str = "") -> Json:
        """Artifact locations without the folders that only this server has."""
        if isinstance(value, dict):
            return {name: self.placed(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.placed(item, field) for item in value]
        if field in ARTIFACT_FIELDS:
            for place, name in self.places.items():
                value = re.sub(rf"^{re.escape(place)}(?=/|$)", name, value)
        return value

    def ask(self, step: Step, taken: dict[str, str]) -> tuple[int, Json]:
        """Send the request; keep what later steps need of the answer."""
        path = step.path if step.path.startswith("/") else API + step.path
        if step.query is not None:
            path += "?" + query_text(filled(step.query, taken))
        data = None
        headers: dict[str, str] = {}
        if step.raw is not None:
            data = filled(step.raw, taken).encode("utf-8", "surrogateescape")
        elif step.body is not None:
            data = json.dumps(filled(step.body, taken)).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        for name, value in (step.headers or {}).items():
            if value is None:
                headers.pop(name, None)
            else:
                headers[name] = value
        self.connection.request(step.method, filled(path, taken), body=data, headers=headers)
        response = self.connection.getresponse()
        body = decoded(response.getheader("Content-Type") or "", response.read())
        if response.status == 200:
            taken.update({name: found(body, place) for name, place in step.take.items()})
        return response.status, body


def query_text(query: Json) -> str:
    if isinstance(query, str):
        return query
    return urllib.parse.urlencode(query, doseq=True)


def filled(value: Json, taken: dict[str, str]) -> Any:
    """`value` with its placeholders filled and its stand-ins grown."""
    if isinstance(value, str):
        for name, text in taken.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, list | tuple):
        return [filled(item, taken) for item in value]
    if not isinstance(value, dict):
        return value
    if "$text" in value:
        return value["$text"] * value["times"]
    if "$each" in value:
        return [numbered(filled(value["item"], taken), index) for index in range(value["$each"])]
    return {filled(name, taken): filled(item, taken) for name, item in value.items()}


def numbered(item: Json, index: int) -> Json:
    """An item of a stand-in list: a formula alone is a number, "#" inside a text is digits."""
    if isinstance(item, dict):
        return {name: numbered(value, index) for name, value in item.items()}
    if not isinstance(item, str) or "#" not in item:
        return item
    if FORMULA.fullmatch(item) is None:
        return item.replace("#", str(index))
    number = index
    for symbol, operand in FORMULA_STEP.findall(item):
        number = OPERATORS[symbol](number, int(operand))
    return number


def decoded(content_type: str, data: bytes) -> Json:
    """JSON as it is; a page for people is not compared word by word."""
    if not data:
        return None
    if "html" in content_type:
        return "<html>"
    text = data.decode()
    try:
        return json.loads(text, parse_constant=lambda name: f"<bare {name}>")
    except ValueError:
        return text


def found(body: Json, place: str) -> str:
    for part in place.split("."):
        if isinstance(body, list):
            body = body[int(part)]
        else:
            body = body.get(part, "") if isinstance(body, dict) else ""
    return str(body)


# --- normalising ---------------------------------------------------------------------------------


def normalised(value: Json, taken: dict[str, str], field: str = "", holder: Json = None) -> Json:
    if isinstance(value, dict):
        return {name: normalised(item, taken, name, value) for name, item in value.items()}
    if isinstance(value, list):
        items = [normalised(item, taken, field, holder) for item in value]
        return sorted(items, key=lambda item: item["key"]) if is_unordered(field, items) else items
    if isinstance(value, int) and field in ("creation_time", "last_update_time"):
        created = (holder or {}).get("creation_time")
        return "{created}" if value == created else "{later}"
    if not isinstance(value, str):
        return value
    return normalised_text(value, taken, field, holder)


def is_unordered(field: str, items: list[Json]) -> bool:
    """Of several points of one key the order is meant."""
    if field not in UNORDERED or not all(
        isinstance(item, dict) and "key" in item for item in items
    ):
        return False
    return len({item["key"] for item in items}) == len(items)


def normalised_text(text: str, taken: dict[str, str], field: str, holder: Json) -> str:
    if field == "next_page_token":
        return "{page token}"
    if field == "experiment_id" and holder == {"experiment_id": text}:
        return "{experiment}"  # the answer to experiments/create
    for name, known in taken.items():
        if not known:
            continue
        if not known.isdigit():
            text = text.replace(known, "{" + name + "}")
        elif text == known and field in ("experiment_id", "experiment_ids"):
            return "{" + name + "}"
        elif field in ARTIFACT_FIELDS:
            text = re.sub(rf"(?<=^{{root}}/){known}(?=/|$)", f"{{{name}}}", text)
        else:
            text = re.sub(NAMED_EXPERIMENT.format(known), rf"\1{{{name}}}", text)
    if field == "message":
        text = SQL_TEXT.sub("{driver text}", text)
        text = DECODER_TEXT.sub("{decoder's words}", text)
        text = A_SET.sub(lambda match: ", ".join(sorted(match[0].split(", "))), text)
    text = HEX_ID.sub("{id}", text)
    text = LONG_RUN.sub(lambda match: f"{{{match[1]} x {len(match[0]) // len(match[1])}}}", text)
    named = field == "run_name" or (holder or {}).get("key") == "mlflow.runName"
    if named and GENERATED_NAME.fullmatch(text):
        return "{generated name}"
    return text


def compare(old: Json, new: Json, place: str, changes: dict[str, Json]) -> None:
    """What differs, by place; a thing that is gone is null."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*old, *(name for name in new if name not in old)]:
            compare(old.get(name), new.get(name), f"{place}.{name}".lstrip("."), changes)
    elif json.dumps(old) != json.dumps(new):
        changes[place.removeprefix("body.")] = new


def keys_in_order(body: Json) -> Json:
    """Every list of keyed things as its keys, in the order answered."""
    if isinstance(body, list):
        return [keys_in_order(item) for item in body]
    if not isinstance(body, dict):
        return None
    keyed = {name: items for name, items in body.items() if name in UNORDERED}
    others = {n: keys_in_order(item) for n, item in body.items() if n not in keyed}
    keys = {name: [item.get("key") for item in items] for name, items in keyed.items()}
    return {n: item for n, item in {**others, **keys}.items() if item} or None


def ties(body: Json) -> Json:
    """The start times of runs, and whether runs that tie come in the order of ids."""
    infos = [run["info"] for run in body.get("runs", ())]
    pairs = [(a, b) for a, b in itertools.pairwise(infos) if a["start_time"] == b["start_time"]]
    return {
        "start_times": [info["start_time"] for info in infos],
        "tied by id": all(a["run_id"] < b["run_id"] for a, b in pairs),
        "more": "next_page_token" in body,
    }


def named(collection: str, *place: str) -> Callable[[Json], Json]:
    """Shows a list of runs or experiments as their names."""

    def show(body: Json) -> Json:
        names = [found(item, ".".join(place)) for item in body.get(collection, ())]
        others = {name: item for name, item in body.items() if name != collection}
        return {collection: names, **others}

    return show


def steps_by_run(body: Json) -> Json:
    """A long history as columns: only the steps, a list for each run in the order answered."""
    if not isinstance(body, dict) or "metrics" not in body:
        return body
    runs: dict[str, list[int]] = {}
    for metric in body["metrics"]:
        runs.setdefault(metric.get("run_id", ""), []).append(metric["step"])
    return {**body, "metrics": runs}


def points_by_run(body: Json) -> Json:
    """As `steps_by_run`, with [step, timestamp, value] for each point."""
    if not isinstance(body, dict) or "metrics" not in body:
        return body
    runs: dict[str, list[Json]] = {}
    for metric in body["metrics"]:
        point = [metric["step"], metric["timestamp"], metric["value"]]
        runs.setdefault(metric.get("run_id", ""), []).append(point)
    return {**body, "metrics": runs}


def number_of_items(body: Json) -> Json:
    """A long list as its length, its first and its last item."""
    if not isinstance(body, dict):
        return body
    return {
        name: [len(item), item[0], item[-1]] if isinstance(item, list) and item else item
        for name, item in body.items()
    }


SHOWN: dict[str, Callable[[Json], Json]] = {
    "body": lambda body: body,
    "steps": steps_by_run,
    "points": points_by_run,
    "ends": number_of_items,
    "runs": named("runs", "info", "run_name"),
    "experiments": named("experiments", "name"),
    "status": lambda _: "<not shown>",
}
SHOWN_AS_IT_IS = {"order": keys_in_order, "ties": ties}
