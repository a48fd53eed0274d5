"""Some hundred searches that the official server has answered, put to ours.

`python -m tests.search.differential --record` records them anew; without `--record` it compares
live, as many cases as one likes.
"""

from __future__ import annotations

import contextlib
import json

import pytest

from tests.search.cases import make_case
from tests.search.differential import RECORDED, judge
from tests.search.servers import Answer, Ours, Planted
from tests.search.worlds import make_world


@pytest.mark.parametrize("number", range(len(json.loads(RECORDED.read_text()))))
def test_searches_find_what_the_official_server_finds(number: int) -> None:
    worlds = json.loads(RECORDED.read_text())[: number + 1]
    with contextlib.closing(Ours()) as ours:
        for recorded in worlds:
            world, planted = make_world(recorded["world"]), Planted(**recorded["planted"])
            ours.plant(world, planted)
        ours.set_times("0", *recorded["default"])
        different = []
        for seed, *answer in recorded["answers"]:
            case, theirs = make_case(seed), Answer(*answer)
            mine = ours.ask(case, planted)
            verdict = judge(case, theirs, mine, world, planted)
            if verdict.startswith("different"):
                different.append((seed, verdict, case, theirs, mine))
    assert not different
