"""Records what the official server answers to the tables, into `contract/exchanges/`.

    python -m tests.exchanges.record                  # every table
    python -m tests.exchanges.record runs sampling    # some of them

Record again when a table changed; the diff of the recording is then what to review. The tests
replay these files against Milepost and start no official server (but with `--live`).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.clients.official import official_server
from tests.exchanges.player import Player
from tests.exchanges.scenario import Json, Scenario
from tests.exchanges.tables import TABLES

RECORDED = Path(__file__).resolve().parents[2] / "contract" / "exchanges"


def requests_of(scenario: Scenario) -> Json:
    """What a recording keeps of a scenario: enough to ask another server the same."""
    kinds = {"setup": scenario.setup, "watch": scenario.watch, "steps": scenario.steps}
    return {kind: [step.as_json() for step in steps] for kind, steps in kinds.items() if steps}


def official_answers(group: str) -> Iterator[tuple[str, Json]]:
    """Every scenario of a table with the answers of an official server of its own."""
    with tempfile.TemporaryDirectory() as folder, official_server(Path(folder)) as url:
        player = Player(url, Path(folder))
        for name, scenario in TABLES[group].items():
            yield name, player.play(scenario)
        player.close()


def load(group: str) -> dict[str, Json]:
    path = RECORDED / f"{group}.json"
    return json.loads(path.read_text()) if path.exists() else {}


def main(groups: list[str]) -> None:
    RECORDED.mkdir(parents=True, exist_ok=True)
    for group in groups or TABLES:
        lines = []
        for name, document in official_answers(group):
            row = {**requests_of(TABLES[group][name]), **document}
            # A scenario a line, so that a diff shows what changed and the file stays small.
            lines.append(f"{json.dumps(name)}: {json.dumps(row)}")
        text = "{\n" + ",\n".join(lines) + "\n}\n"
        (RECORDED / f"{group}.json").write_text(text)
        sys.stdout.write(f"{group}: {len(lines)} scenarios\n")


if __name__ == "__main__":
    main(sys.argv[1:])
