"""What is asked of the servers: one table a module, each recorded in a file of its own."""

from __future__ import annotations

from tests.exchanges.scenario import Scenarios
from tests.exchanges.tables import (
    batch,
    experiments,
    inputs,
    keys,
    listing,
    metrics,
    refusals,
    routes,
    runs,
    sampling,
)

TABLES: dict[str, Scenarios] = {
    "experiments": experiments.SCENARIOS,
    "runs": runs.SCENARIOS,
    "metrics": metrics.SCENARIOS,
    "sampling": sampling.SCENARIOS,
    "batch": batch.SCENARIOS,
    "keys": keys.SCENARIOS,
    "inputs": inputs.SCENARIOS,
    "listing": listing.SCENARIOS,
    "refusals": refusals.SCENARIOS,
    "routes": routes.SCENARIOS,
}
