"""Optuna's own MLflow callback, which knows nothing of Milepost, through `install_as_mlflow`.

Prints one JSON object: what the study found.
"""

import json
import os
import warnings

import milepost

milepost.install_as_mlflow()
warnings.simplefilter("ignore")
import mlflow  # noqa: E402
import optuna  # noqa: E402
from optuna_integration import MLflowCallback  # noqa: E402

optuna.logging.set_verbosity(optuna.logging.ERROR)
callback = MLflowCallback(
    tracking_uri=os.environ["MLFLOW_TRACKING_URI"],
    metric_name="loss",
    mlflow_kwargs={"nested": True},
)


@callback.track_in_mlflow()
def objective(trial):
    x = trial.suggest_float("x", -1.0, 1.0)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    mlflow.log_metric("offset", x - 0.3)
    mlflow.log_text(kind, "kind.txt")
    return (x - 0.3) ** 2


study = optuna.create_study(study_name="framework", sampler=optuna.samplers.RandomSampler(seed=1))
study.optimize(objective, n_trials=5, callbacks=[callback])
print(json.dumps([{"loss": t.value, **t.params} for t in study.trials]))
