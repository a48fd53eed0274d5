"""Runs as a pandas data frame, with the columns that `mlflow.search_runs` gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from milepost.entities import Run
from milepost.exceptions import MlflowException


def frame_of(runs: Sequence[Run]) -> Any:
    """A row a run: info, then `metrics.<key>`, `params.<key>`, `tags.<key>`, each sorted."""
    try:
        import pandas as pd
    except ImportError as error:
        raise MlflowException(
            "search_runs gives a pandas data frame, and pandas is not installed."
            ' Install it, or ask with output_format="list".'
        ) from error
    info = {
        "run_id": [run.info.run_id for run in runs],
        "experiment_id": [str(run.info.experiment_id) for run in runs],
        "status": [str(run.info.status) for run in runs],
        "artifact_uri": [run.info.artifact_uri for run in runs],
        "start_time": times(pd, [run.info.start_time for run in runs]),
        "end_time": times(pd, [run.info.end_time for run in runs]),
    }
    for kind, missing in (("metrics", float("nan")), ("params", None), ("tags", None)):
        data = [dict(getattr(run.data, kind)) for run in runs]
        for key in sorted({key for found in data for key in found}):
            info[f"{kind}.{key}"] = [found.get(key, missing) for found in data]
    return pd.DataFrame(info)


def times(pd: Any, stamps: Sequence[int | None]) -> Any:
    return pd.to_datetime(stamps, unit="ms", utc=True)
