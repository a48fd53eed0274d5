"""Official clients of four eras log, read back what they logged, and are refused as they expect.

What a client does stands in its script (`scripts/`); what is asserted here is only that each check
of its document came out as expected, on Milepost and, by the recordings, on the official server.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable

import pytest

from tests.clients.differences import declared_for
from tests.clients.eras import ERAS, document_of, failed_checks, report_of
from tests.clients.record import official_document, recording_of
from tests.servers import RunningServer

AREAS = [(era.name, area) for era in ERAS.values() for area in era.areas]
SPOKEN = [era.name for era in ERAS.values() if era.official]


def checks_of(document: dict) -> dict[str, list[str]]:
    return {area: sorted(checks) for area, checks in document["areas"].items()}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict]:
    """Each era's document from a Milepost server of its own, made when it is first asked for."""

    @functools.cache
    def document(era: str) -> dict:
        folder = tmp_path_factory.mktemp(f"era-{era}")
        workplace = folder / "client"
        workplace.mkdir()
        server = RunningServer(folder, "--default-artifact-root", str(folder / "artifacts"))
        try:
            return document_of(ERAS[era], server.url, workplace)
        finally:
            server.kill()

    return document


@pytest.mark.parametrize(("era", "area"), AREAS)
def test_an_official_client_reads_back_what_it_logged(documents, era, area):
    document = documents(era)
    checks = document["areas"].get(area, {})
    assert checks, f"the script of {era} made no check in {area}"
    report = report_of(failed_checks({"areas": {area: checks}}))
    assert not report, f"\n{report}"


@pytest.mark.parametrize("era", ERAS)
def test_no_round_of_a_script_breaks_off(documents, era):
    failed = failed_checks(documents(era))
    broken = {check: found for check, found in failed.items() if check[1] == "trouble on the way"}
    report = report_of(broken)
    assert not report, f"\n{report}"


@pytest.mark.parametrize("era", SPOKEN)
def test_milepost_is_asked_what_the_official_server_was_asked(documents, era):
    recorded = json.loads(recording_of(ERAS[era]).read_text())
    document = documents(era)
    assert document["client"] == recorded["client"]
    assert checks_of(document) == checks_of(recorded)


@pytest.mark.parametrize("era", SPOKEN)
def test_the_official_server_differs_only_where_declared(era):
    recorded = json.loads(recording_of(ERAS[era]).read_text())
    failed = failed_checks(recorded)
    assert set(failed) == declared_for(era), f"\n{report_of(failed)}"


@pytest.mark.live
@pytest.mark.parametrize("era", SPOKEN)
def test_the_official_server_still_answers_as_recorded(request, tmp_path, era):
    if not request.config.getoption("--live", default=False):
        pytest.skip("asks the official server itself; run with --live")
    recorded = json.loads(recording_of(ERAS[era]).read_text())
    assert official_document(ERAS[era], tmp_path) == recorded
