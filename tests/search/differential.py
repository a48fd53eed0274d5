"""The differential test at length: the same searches put to the official server and to ours.

    python -m tests.search.differential --cases 50000      # compare, print what differs
    python -m tests.search.differential --record           # write contract/exchanges/searches.json

A case passes when both find the same in the same order; or when the official server refuses it and
ours does too, or answers a construct that only Milepost has as the plain evaluator does.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from milepost.errors import MilepostError
from milepost.search import EXPERIMENTS, RUNS, parse_filter, parse_order_by
from milepost.search.tokens import NAME, tokens_of
from milepost.search.tree import (
    Aggregate,
    Among,
    And,
    AtBest,
    Comparison,
    Field,
    Missing,
    Not,
    Or,
    Tree,
)
from tests.clients.official import official_server
from tests.search.cases import Case, make_case
from tests.search.evaluator import Seen, holds
from tests.search.servers import Answer, Official, Ours, Planted, Server, filled
from tests.search.worlds import World, make_world

# The official search of experiments takes LIKE and ILIKE in capitals only.
LIKE = re.compile(r"Invalid comparator (?i:'I?LIKE'|for tag: I?LIKE$)")
CASES_A_WORLD = 1_000
# Of what ours refuses, by a part of its message.
EXPLAINED = {
    "an operator such as": "only theirs: a blank in a name",
    "a key with such characters": "only theirs: a blank or mark in a name",
    "AND is missing in front of": "only theirs: IS NULL or a list behind a comparison, without AND",
}
RECORDED = Path(__file__).resolve().parents[2] / "contract" / "exchanges" / "searches.json"
RECORDED_WORLDS, RECORDED_CASES = 3, 150


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0, help="the first case's seed")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, official_server(Path(folder)) as url:
        if options.record:
            record(Official(url))
            return 0
        return compare(Official(url), options.first, options.cases)


def compare(official: Official, first: int, cases: int) -> int:
    ours = Ours()
    tally: Counter[str] = Counter()
    began = time.monotonic()
    world = planted = None
    for seed in range(first, first + cases):
        if world is None or seed % CASES_A_WORLD == 0:
            world = make_world(seed // CASES_A_WORLD)
            planted = official.plant(world)
            ours.plant(world, planted)
            plant_default(ours, official)
        assert planted is not None
        case = make_case(seed)
        theirs, mine = official.ask(case, planted), ours.ask(case, planted)
        verdict = judge(case, theirs, mine, world, planted)
        tally[verdict] += 1
        if verdict.startswith("different"):
            say(f"{seed}: {case}\n   theirs {theirs}\n   ours   {mine}")
        if seed % 1_000 == 999:
            say(f"{seed + 1 - first} cases, {time.monotonic() - began:.0f} s: {dict(tally)}")
    say(f"{cases} cases from seed {first}: {dict(tally)}")
    ours.close()
    return sum(count for verdict, count in tally.items() if verdict.startswith("different"))


def plant_default(ours: Ours, other: Server) -> None:
    """Experiment 0 is there in both; it gets the same times."""
    found = other.call("get_experiment", experiment_id="0")["experiment"]
    ours.set_times("0", found["creation_time"], found["last_update_time"])


def judge(case: Case, theirs: Answer, mine: Answer, world: World, planted: Planted) -> str:
    if theirs.ids is not None:
        if mine.ids is None and (explained := why_refused(mine.message)):
            return explained
        return "same" if theirs.ids == mine.ids else "different"
    if mine.ids is None:
        return "both refuse"
    if theirs.status == 500 and case.order_by:
        return "theirs broke"
    if (
        case.kind == "experiments"
        and "Invalid comparator" in theirs.message
        and LIKE.search(theirs.message)
    ):
        return "only ours: keyword in small letters"
    if not goes_beyond_stock(case, planted):
        return "different: accepted"
    if case.kind == "experiments":
        return "only ours, not evaluated"
    wanted = evaluated(case, world, planted)
    return "only ours, as evaluated" if sorted(mine.ids) == wanted else "different: evaluated"


def why_refused(message: str) -> str | None:
    """Why ours refuses what the official server takes (docs/compatibility.md); else None."""
    for part, reason in EXPLAINED.items():
        if part in message:
            return reason
    return None


def evaluated(case: Case, world: World, planted: Planted) -> list[str]:
    tree = parse_filter(filled(case.filter or "", planted), RUNS)
    stages = {"ACTIVE_ONLY": [False], "DELETED_ONLY": [True], "ALL": [False, True]}[case.view]
    return sorted(
        run_id
        for run_id, run in zip(planted.run_ids, world.runs, strict=True)
        if run.experiment in case.experiments
        and run.is_deleted in stages
        and holds(tree, Seen(run_id, run, f"mlflow-artifacts:/x/{run_id}/artifacts"))
    )


def goes_beyond_stock(case: Case, planted: Planted) -> bool:
    """Whether the texts use a construct that only Milepost documents."""
    language = RUNS if case.kind == "runs" else EXPERIMENTS
    text = filled(case.filter or "", planted)
    try:
        tree = parse_filter(text, language)
        orders = parse_order_by([filled(t, planted) for t in case.order_by], language)
    except MilepostError:
        return False
    if any(not isinstance(order.term, Field) for order in orders):
        return True
    if any(is_new_key(order.term) for order in orders):
        return True
    return has_brackets(text) or is_new(tree)


def has_brackets(text: str) -> bool:
    """Brackets that group, not those of a list."""
    tokens = tokens_of(text)
    return any(
        token.text == "(" and (at == 0 or tokens[at - 1].word in ("", "AND", "OR", "NOT"))
        and not (at and tokens[at - 1].kind == NAME and tokens[at - 1].word == "IN")
        for at, token in enumerate(tokens)
    )  # fmt: skip


def is_new_key(term: object) -> bool:
    new = ("duration", "has_children", "parent_run_id", "experiment_id", "experiment_name",
           "lifecycle_stage")  # fmt: skip
    return isinstance(term, Field) and term.entity == "attribute" and term.key in new


def is_new(tree: Tree | None) -> bool:
    match tree:
        case None:
            return False
        case Or() | Not():
            return True
        case And(parts):
            return any(is_new(part) for part in parts)
    if isinstance(tree.term, Aggregate | AtBest) or is_new_key(tree.term):
        return True
    entity = tree.term.entity
    if isinstance(tree, Missing):
        return entity not in ("parameter", "tag")
    if isinstance(tree, Among):
        return entity != "dataset" and tree.term.key not in ("run_id", "experiment_id")
    assert isinstance(tree, Comparison)
    return (
        tree.operator == "RLIKE"
        or (entity == "parameter" and not isinstance(tree.value, str))
        or type(tree.value).__name__ == "Moment"
    )


def record(official: Official) -> None:
    """A few worlds with the official server's answers, for the tests of every day."""
    worlds = []
    for number in range(RECORDED_WORLDS):
        planted = official.plant(make_world(number))
        default = official.call("get_experiment", experiment_id="0")["experiment"]
        seeds = range(number * CASES_A_WORLD, number * CASES_A_WORLD + RECORDED_CASES)
        answers = [[seed, *official.ask(make_case(seed), planted)] for seed in seeds]
        worlds.append({"world": number, "planted": planted._asdict(),
                       "default": [default["creation_time"], default["last_update_time"]],
                       "answers": answers})  # fmt: skip
    lines = ",\n".join(json.dumps(world) for world in worlds)
    RECORDED.write_text(f"[\n{lines}\n]\n")
    say(f"recorded {RECORDED_WORLDS * RECORDED_CASES} answers")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main() > 0)
