"""Milepost answers what the official server answered, but where it means to differ.

A scenario's answers are compared whole: status, error code, text, types, and what it changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from tests.exchanges.differences import DIFFERENCES, expected, overlay_of
from tests.exchanges.player import Player
from tests.exchanges.record import load, official_answers, requests_of
from tests.exchanges.scenario import Json
from tests.exchanges.tables import TABLES
from tests.servers import RunningServer

SCENARIOS = [(group, name) for group, table in TABLES.items() for name in table]
RECORDED = {group: load(group) for group in TABLES}


@pytest.fixture(scope="module")
def player_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Player]]:
    """A player for each table, on a server of its own."""
    players: dict[str, tuple[Player, RunningServer]] = {}

    def player(group: str) -> Player:
        if group not in players:
            folder = tmp_path_factory.mktemp(f"exchanges-{group}")
            server = RunningServer(folder)
            players[group] = Player(server.url, folder), server
        return players[group][0]

    yield player
    for connection, server in players.values():
        connection.close()
        server.kill()


def lines(document: Json) -> str:
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)


def recorded_answers(place: str) -> Json:
    group, _, name = place.partition(" / ")
    row = RECORDED[group][name]
    return {part: row[part] for part in ("answers", "changes") if part in row}


@pytest.mark.parametrize(("group", "name"), SCENARIOS)
def test_milepost_answers_as_the_official_server(player_of, group, name):
    wanted = expected(f"{group} / {name}", recorded_answers)
    got = player_of(group).play(TABLES[group][name])
    assert lines(got) == lines(wanted)


@pytest.mark.parametrize("group", TABLES)
def test_the_recordings_are_of_the_tables_as_they_stand(group):
    asked = {name: requests_of(scenario) for name, scenario in TABLES[group].items()}
    recorded = {
        name: {part: row[part] for part in ("setup", "watch", "steps") if part in row}
        for name, row in RECORDED[group].items()
    }
    assert recorded == json.loads(json.dumps(asked)), (
        "record again: python -m tests.exchanges.record"
    )


def test_every_declared_difference_is_one():
    used = set()
    for group, scenario in SCENARIOS:
        name = f"{group} / {scenario}"
        found = overlay_of(name)
        if found is not None:
            used.add(found)
            ours = expected(name, recorded_answers)
            assert lines(ours) != lines(recorded_answers(name)), f"{name} does not differ"
    declared = [name for _, ours in DIFFERENCES for name in ours]
    assert sorted(declared) == sorted(used), "declared twice or for no scenario"


@pytest.mark.live
@pytest.mark.parametrize("group", TABLES)
def test_the_official_server_still_answers_as_recorded(request, group):
    if not request.config.getoption("--live", default=False):
        pytest.skip("asks the official server itself; run with --live")
    for name, answers in official_answers(group):
        assert lines(answers) == lines(recorded_answers(f"{group} / {name}")), name
