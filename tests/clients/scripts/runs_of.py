"""Prints the runs of one experiment, read by the official client: `python runs_of.py NAME`.

Oldest first, each with its params, metrics, tags and the history of every metric.
"""

import json
import sys

from mlflow import MlflowClient

client = MlflowClient()


def whole(run):
    """A run as plain values."""
    data, run_id = run.data, run.info.run_id
    histories = {
        key: [[point.step, point.value] for point in client.get_metric_history(run_id, key)]
        for key in data.metrics
    }
    return {
        "id": run_id,
        "name": run.info.run_name,
        "status": run.info.status,
        "params": dict(data.params),
        "metrics": dict(data.metrics),
        "tags": dict(data.tags),
        "histories": histories,
    }


experiment = client.get_experiment_by_name(sys.argv[1])
found = client.search_runs([experiment.experiment_id])
print(json.dumps([whole(run) for run in sorted(found, key=lambda run: run.info.start_time)]))
