"""Filters and orders made from a seed: valid ones of the stock language, such with what only
Milepost takes, and broken ones."""

from __future__ import annotations

import random
from typing import NamedTuple

from tests.search.worlds import METRICS, PARAMS, STATUSES, T0, TAGS, TEXTS

VIEWS = ["ACTIVE_ONLY", "ACTIVE_ONLY", "DELETED_ONLY", "ALL"]
SYMBOLS = ["=", "!=", "<", "<=", ">", ">="]
NUMERALS = [
    "0",
    "1",
    "-1",
    "0.5",
    ".5",
    "15",
    "1e-4",
    "1E300",
    "2.",
    "-0.0",
    "1e999",
    "3.25",
    "007",
]
PATTERNS = [
    "%",
    "x%",
    "%x%",
    "%X",
    "_",
    "a_b",
    "a*b",
    "[x]",
    "%_%",
    "",
    "É",
    "%\n%",
    "x",
    "%'%",
    "AND",
]
BROKEN = [
    "", "OR", "NOT", "(", ")", "=", "==", "<>", "'", '"', "`", ",", ";", "--", "foo", "foo.bar",
    "1", "metrics", "metrics.", ".m", "IS", "IN", "LIKE", "NULL", "BETWEEN", "'x'", "now()", "*",
    "AND", "#",
]  # fmt: skip


class Case(NamedTuple):
    """A search: which experiments by index, and the texts. `kind` is "runs" or "experiments"."""

    kind: str
    experiments: list[int]
    filter: str | None
    order_by: list[str]
    view: str


def make_case(seed: int) -> Case:
    chance = random.Random(f"case {seed}")
    maker = Maker(chance)
    kind = "experiments" if chance.random() < 0.25 else "runs"
    clause = maker.experiment_clause if kind == "experiments" else maker.run_clause
    key = maker.experiment_key if kind == "experiments" else maker.run_key
    filter: str | None = None
    if chance.random() < 0.93:
        filter = maker.joined([clause() for _ in range(chance.choice([1, 1, 1, 2, 2, 3, 4]))])
        if chance.random() < 0.12:
            filter = maker.beyond_stock(filter, clause)
        if chance.random() < 0.12:
            filter = maker.broken(filter)
    orders = [maker.order(key()) for _ in range(chance.choice([0, 0, 1, 1, 1, 2, 3]))]
    if orders and chance.random() < 0.05:
        orders[0] = maker.broken(orders[0])
    experiments = chance.sample(range(3), chance.choice([1, 2, 3, 3]))
    return Case(kind, experiments, filter, orders, chance.choice(VIEWS))


class Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.pick = chance.choice

    def cased(self, word: str) -> str:
        return self.pick([word, word, word.lower(), word.capitalize()])

    def quoted(self, text: str) -> str:
        if "'" in text:
            return f'"{text}"' if '"' not in text else "'x'"
        return f"'{text}'" if '"' in text or self.chance.random() < 0.7 else f'"{text}"'

    def key(self, key: str) -> str:
        if not key.replace(".", "").isidentifier() or self.chance.random() < 0.2:
            quote = self.pick(["`", "`", '"', "'"])
            return f"{quote}{key}{quote}"
        return key

    def spaced(self, left: str, operator: str, right: str) -> str:
        if operator[0].isalpha():
            return f"{left} {self.cased(operator)} {right}"
        space = self.pick([" ", " ", " ", "", "  "])
        return f"{left}{space}{operator}{space}{right}"

    def listed(self, texts: list[str]) -> str:
        values = ", ".join(
            self.quoted(text) for text in texts if "\\" not in text and "\n" not in text
        )
        return f"({values or repr('x')})"

    def joined(self, clauses: list[str]) -> str:
        text = clauses[0]
        for clause in clauses[1:]:
            text += f" {self.cased('AND')} {clause}"
        if self.chance.random() < 0.03:
            text += " AND"
        return text

    def text_test(self, name: str, values: list[str], can_be_null: bool) -> str:
        kind = self.chance.random()
        if kind < 0.2 and can_be_null:
            return f"{name} {self.cased(self.pick(['IS NULL', 'IS NOT NULL']))}"
        if kind < 0.5:
            return self.spaced(name, self.pick(["LIKE", "ILIKE"]), self.quoted(self.pick(PATTERNS)))
        return self.spaced(name, self.pick(["=", "!="]), self.quoted(self.pick(values)))

    def run_clause(self) -> str:
        kind = self.pick(
            ["metric", "metric", "param", "param", "tag", "attribute", "time", "dataset"]
        )
        if kind == "metric":
            name = f"{self.pick(['metrics', 'metrics', 'metric'])}.{self.key(self.pick(METRICS))}"
            return self.spaced(name, self.pick(SYMBOLS), self.pick(NUMERALS))
        if kind == "param":
            alias = self.pick(["params", "params", "param", "parameter", "parameters"])
            return self.text_test(f"{alias}.{self.key(self.pick(PARAMS))}", TEXTS, True)
        if kind == "tag":
            alias = self.pick(["tags", "tags", "tag"])
            return self.text_test(f"{alias}.{self.key(self.pick(TAGS))}", TEXTS, True)
        if kind == "dataset":
            name = (
                f"{self.pick(['dataset', 'datasets'])}.{self.pick(['name', 'digest', 'context'])}"
            )
            values = ["d", "D", "data set", "1a", "train", "eval"]
            if self.chance.random() < 0.3:
                words = self.listed(self.chance.sample(values, 2))
                return f"{name} {self.cased(self.pick(['IN', 'NOT IN']))} {words}"
            return self.text_test(name, values, False)
        prefix = self.pick(["", "", "attributes.", "attribute.", "attr.", "run."])
        if kind == "time":
            name = prefix + self.pick(["start_time", "end_time", "created", "Created"])
            at = self.pick([T0, T0 + 5000, T0 + 10_000.5, T0 + 20_000, 0, -1])
            return self.spaced(name, self.pick(SYMBOLS), repr(at))
        name = self.pick(["run_name", "status", "user_id", "artifact_uri", "`run name`", "run_id"])
        if name == "run_id":
            ids = [f"{{run{self.chance.randint(0, 35)}}}" for _ in range(3)]
            if self.chance.random() < 0.6:
                return (
                    f"{prefix}run_id {self.cased(self.pick(['IN', 'NOT IN']))} {self.listed(ids)}"
                )
            return self.spaced(prefix + name, self.pick(["=", "!="]), self.quoted(ids[0]))
        values = ["run-1", "best-2", "RUNNING", "FINISHED", "running", "", "Run-3", *STATUSES]
        return self.text_test(prefix + name, values, False)

    def run_key(self) -> str:
        kind = self.pick(["metric", "metric", "param", "tag", "attribute"])
        if kind == "metric":
            return f"metrics.{self.key(self.pick(METRICS))}"
        if kind == "param":
            return f"params.{self.key(self.pick(PARAMS))}"
        if kind == "tag":
            return f"tags.{self.key(self.pick(TAGS))}"
        names = [
            "start_time", "end_time", "run_name", "status", "run_id", "artifact_uri", "created",
            "user_id",
        ]  # fmt: skip
        return self.pick(["", "attributes."]) + self.pick(names)

    def experiment_clause(self) -> str:
        kind = self.pick(["name", "tag", "time", "id"])
        prefix = self.pick(["", "", "attribute."])
        if kind == "name":
            return self.text_test(f"{prefix}name", [*TEXTS, "x-1-0"], False)
        if kind == "tag":
            alias = self.pick(["tags", "tag"])
            return self.text_test(f"{alias}.{self.key(self.pick(TAGS))}", TEXTS, True)
        if kind == "id":
            ids = [str(self.chance.randint(0, 7)) for _ in range(2)]
            if self.chance.random() < 0.5:
                return f"{prefix}experiment_id {self.pick(['IN', 'NOT IN'])} {self.listed(ids)}"
            return self.spaced(
                f"{prefix}experiment_id", self.pick(["=", "!="]), self.quoted(ids[0])
            )
        name = prefix + self.pick(["creation_time", "last_update_time"])
        number = self.chance.randint(0, 5)
        return self.spaced(name, self.pick(SYMBOLS), f"{{time{number}}}")

    def experiment_key(self) -> str:
        names = ["name", "experiment_id", "creation_time", "last_update_time"]
        return self.pick(["", "attribute."]) + self.pick(names)

    def order(self, key: str) -> str:
        return key + self.pick(["", "", " ASC", " DESC", " desc", " asc", " Desc"])

    def beyond_stock(self, text: str, clause: object) -> str:
        another = clause()  # type: ignore[operator]
        return self.pick(
            [
                f"{text} OR {another}",
                f"NOT {another} AND {text}",
                f"({another} OR {text}) AND {another}",
                f"NOT ({text})",
                f"(({text}))",
                f"{text} AND metrics.m IS NULL",
                f"{text} AND metrics.loss IS NOT NULL",
                f"tags.t IN ('x', 'X') AND {another}",
                f"tags.t NOT IN ('x', '10') OR {another}",
                f"tags.t RLIKE '^[xX].*' AND {text}",
                f"params.p > 1 OR {another}",
                f"params.lr <= 9.5 AND {another}",
                f"min(metrics.m) < 1 AND {another}",
                f"max(metrics.loss) >= 1 OR {another}",
                f"first(metrics.m) != 1 AND {another}",
                f"count(metrics.m) > 1 AND {another}",
                "mean(metrics.m) > 0.2",
                f"end_time IS NULL AND {another}",
                f"duration >= 1000 AND {another}",
                f"status IN ('RUNNING', 'FAILED') AND {another}",
                f"metrics.m IN (1, 15, 0.5) OR {another}",
                f"metrics.m NOT IN (1, 15) AND {another}",
            ]
        )

    def broken(self, text: str) -> str:
        words = text.split(" ")
        place = self.chance.randrange(len(words) + 1)
        kind = self.chance.random()
        if kind < 0.35 and len(words) > 1:
            del words[min(place, len(words) - 1)]
        elif kind < 0.8:
            words.insert(place, self.pick(BROKEN))
        else:
            at = self.chance.randrange(len(text) + 1)
            return (
                text[:at]
                + self.pick(["'", '"', "`", "(", ")", " ", "-", ".", ",", "=", "#"])
                + text[at:]
            )
        return " ".join(words)
