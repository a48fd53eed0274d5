"""Our functions and methods have the signatures of MLflow 3.17's; what is left out has a reason."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import milepost
import milepost.client.artifact_uris
import milepost.client.system_metrics
from tests.client.record_signatures import signature_of
from tools.environments import python_of

HERE = Path(__file__).parent
RECORDED = HERE / "signatures_3_17.json"
OFFICIAL: dict[str, Any] = json.loads(RECORDED.read_text())
OURS: dict[str, ModuleType | type] = {
    "functions": milepost,
    "client": milepost.MlflowClient,
    "artifacts": milepost.client.artifact_uris,
    "system_metrics": milepost.client.system_metrics,
}
# Names that are left out, by reason; docs/client.md has the same table.
LEFT_OUT = {
    "traces and assessments are not built": r"context|trace|.*_?traces?(_.*)?|.*span.*"
    r"|.*assessment|log_(expectation|feedback|issue)|override_feedback|search_sessions",
    "logged models are not built": r".*logged_model.*|.*active_model.*|.*_external_model"
    r"|import_checkpoints|log_model_.*",
    "the model registry is not built": r".*registered_model.*|.*model_version.*|.*registry_uri"
    r"|register_model|get_latest_versions",
    "prompts, evaluation datasets and MCP servers are not built": r".*prompt.*|.*_mcp_.*"
    r"|.*_dataset|.*_datasets|.*dataset_tags?|.*dataset_(to|from)_.*",
    "workspaces and webhooks are not built": r".*workspace.*|.*webhook.*",
    "it runs or judges models, and is no tracking": r"autolog|evaluate|validate_evaluation_results"
    r"|run",
    "it belongs to the official package or its vendor's cloud": r"doctor|login|test"
    r"|maybe_hint_.*|set_telemetry_client",
}
PARAMETERS_LEFT_OUT = {"trace_location": "traces are not built"}

CASES = [(area, name) for area in OURS for name in OFFICIAL[area]]


def reason_for(name: str) -> str | None:
    return next((why for why, names in LEFT_OUT.items() if re.fullmatch(names, name)), None)


@pytest.mark.parametrize(("area", "name"), CASES, ids=[".".join(case) for case in CASES])
def test_the_signature_is_the_official_one_or_its_absence_has_a_reason(
    area: str, name: str
) -> None:
    found = getattr(OURS[area], name, None)
    if found is None:
        assert reason_for(name), f"{name} is missing, and no reason is given"
        return
    assert reason_for(name) is None, f"{name} is here, and is listed as left out"
    wanted = [one for one in OFFICIAL[area][name] if one[0] not in PARAMETERS_LEFT_OUT]
    assert signature_of(found) == wanted


def test_every_reason_is_in_the_docs() -> None:
    text = (HERE.parents[1] / "docs" / "client.md").read_text()
    for reason in [*LEFT_OUT, *PARAMETERS_LEFT_OUT]:
        assert reason in text


def test_the_recording_is_the_official_package(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if not request.config.getoption("--live"):
        pytest.skip("with --live")
    script = HERE / "record_signatures.py"
    made = tmp_path / "signatures.json"
    subprocess.run([str(python_of("mlflow-3.17")), str(script), str(made)], check=True)
    address = re.compile(r" at 0x[0-9a-f]+")
    assert address.sub("", made.read_text()) == address.sub("", RECORDED.read_text())
