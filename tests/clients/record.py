"""Records what the official server answers to each era's script, into `recorded/`.

    python -m tests.clients.record            # every era that it still speaks
    python -m tests.clients.record 2.22       # one of them

Record again when a script changed or an environment was locked anew; the diff of the recording is
then what to review. The tests replay these files and start no official server.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.clients.eras import ERAS, Era, document_of, failed_checks, report_of
from tests.clients.official import official_server

RECORDED = Path(__file__).parent / "recorded"


def recording_of(era: Era) -> Path:
    return RECORDED / f"{era.script.removesuffix('.py')}.json"


def official_document(era: Era, folder: Path) -> dict:
    """The era's document from a fresh official server that lives in `folder`."""
    workplace = folder / "client"
    workplace.mkdir()
    with official_server(folder) as tracking_uri:
        return document_of(era, tracking_uri, workplace)


def main(names: list[str]) -> None:
    for era in ERAS.values():
        if not era.official or (names and era.name not in names):
            continue
        with tempfile.TemporaryDirectory() as folder:
            document = official_document(era, Path(folder))
        text = json.dumps(document, ensure_ascii=False, indent=1)
        recording_of(era).write_text(text + "\n")
        failed = failed_checks(document)
        checks = sum(len(checks) for checks in document["areas"].values())
        sys.stdout.write(f"{era.name}: {checks} checks, {len(failed)} answered otherwise\n")
        sys.stdout.write(report_of(failed) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
