"""Trains small classifiers on scikit-learn's handwritten digits and tracks every epoch.

An ordinary MLflow script: it knows nothing of the server behind the tracking URI.

    export MLFLOW_TRACKING_URI=http://127.0.0.1:5000
    python train_digits.py --epochs 30 --experiment digits

It makes one parent run, the sweep, and one nested run for each combination of hyperparameters.
"""

import argparse
import warnings

import mlflow
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

SEED = 7  # one seed for the split and the models: the same command gives the same curves

# The sweep. Every entry becomes a nested run, and its items become that run's params.
SWEEP = [
    {"model": "sgd", "alpha": 1e-4, "eta0": 0.01},
    {"model": "sgd", "alpha": 1e-2, "eta0": 0.01},
    {"model": "mlp", "hidden": 16, "learning_rate_init": 1e-3},
    {"model": "mlp", "hidden": 64, "learning_rate_init": 1e-3},
    {"model": "mlp", "hidden": 64, "learning_rate_init": 1e-2},
]


def load_data():
    """Scaled pixels, split into training and validation. The digits come with scikit-learn."""
    images, labels = load_digits(return_X_y=True)
    parts = train_test_split(images, labels, test_size=0.25, random_state=SEED, stratify=labels)
    x_train, x_val, y_train, y_val = parts
    scaler = StandardScaler().fit(x_train)  # the validation set must not leak into the scale
    return scaler.transform(x_train), scaler.transform(x_val), y_train, y_val


def build(params):
    """The classifier that `params` describes; both kinds can learn epoch by epoch."""
    if params["model"] == "sgd":
        # log_loss, because the curves below need probabilities.
        return SGDClassifier(
            loss="log_loss",
            alpha=params["alpha"],
            learning_rate="constant",
            eta0=params["eta0"],
            random_state=SEED,
        )
    return MLPClassifier(
        hidden_layer_sizes=(params["hidden"],),
        learning_rate_init=params["learning_rate_init"],
        random_state=SEED,
    )


def train(params, data, epochs):
    """One nested run: a model, trained for `epochs`, with its curves. Gives the best accuracy."""
    x_train, x_val, y_train, y_val = data
    varied = [f"{key}={value:g}" for key, value in params.items() if key != "model"]
    name = " ".join([params["model"], *varied])
    with mlflow.start_run(run_name=name, nested=True):
        # Params first: a run that dies in its first epoch still says what it tried.
        mlflow.log_params({**params, "epochs": epochs, "seed": SEED})
        mlflow.set_tag("stage", "training")
        model, best = build(params), 0.0
        for epoch in range(1, epochs + 1):
            model.partial_fit(x_train, y_train, classes=range(10))
            accuracy = accuracy_score(y_val, model.predict(x_val))
            best = max(best, accuracy)
            # One call, one step: all three belong to the same point of the curve.
            mlflow.log_metrics(
                {
                    "train_loss": log_loss(y_train, model.predict_proba(x_train)),
                    "val_loss": log_loss(y_val, model.predict_proba(x_val)),
                    "val_accuracy": accuracy,
                },
                step=epoch,
            )
        # A metric of its own, so that a table of runs can be sorted by it.
        mlflow.log_metric("best_val_accuracy", best)
        mlflow.set_tag("stage", "done")
    print(f"{name:40} best_val_accuracy={best:.4f}", flush=True)
    return name, best


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--epochs", type=int, default=30, help="passes over the data per run")
    arguments.add_argument("--experiment", default="digits", help="created if it does not exist")
    options = arguments.parse_args()

    # A step size that overshoots is a result of the sweep, not something to warn about.
    warnings.filterwarnings("ignore", module="sklearn")
    data = load_data()
    mlflow.set_experiment(options.experiment)
    with mlflow.start_run(run_name="sweep") as sweep:
        mlflow.log_params({"epochs": options.epochs, "candidates": len(SWEEP)})
        mlflow.set_tags({"dataset": "sklearn digits", "task": "classification"})
        results = [train(params, data, options.epochs) for params in SWEEP]
        name, best = max(results, key=lambda result: result[1])
        # The parent repeats the winner: one look at the sweep answers "which, and how good?".
        mlflow.set_tag("best_run", name)
        mlflow.log_metric("best_val_accuracy", best)
    print(f"{'sweep ' + sweep.info.run_id[:8]:40} best_val_accuracy={best:.4f}  ({name})")


if __name__ == "__main__":
    main()
