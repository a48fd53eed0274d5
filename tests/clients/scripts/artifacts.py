"""What a script does with artifacts through an official client since 1.30.

Prints one JSON object: what was asked, and whether what came back is what was sent. Runs in an
environment with numpy, pandas, pillow and matplotlib.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

import matplotlib
import matplotlib.figure
import mlflow
import numpy as np
from mlflow import MlflowClient

matplotlib.use("agg")
client = MlflowClient()
checks = {}
FOLDER = "größe + 100%"
LARGE_BYTES = int(os.environ.get("LARGE_BYTES", "0"))


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def listed(run_id, path=None):
    return sorted([f.path, f.is_dir, f.file_size] for f in client.list_artifacts(run_id, path))


def fetched(run_id, path):
    return Path(client.download_artifacts(run_id, path, "."))


def main():
    Path("one.txt").write_text("one\n")
    Path(f"folder/{FOLDER}").mkdir(parents=True)
    Path("folder/a.bin").write_bytes(bytes(range(256)) * 4000)
    Path(f"folder/{FOLDER}/empty").write_bytes(b"")
    mlflow.set_experiment("artifacts")
    with mlflow.start_run() as active:
        run_id = active.info.run_id
        mlflow.log_artifact("one.txt")
        mlflow.log_artifact("one.txt", "deep/er")
        mlflow.log_artifacts("folder", "model")
        mlflow.log_text("héllo\n", "texts/a.md")
        mlflow.log_dict({"a": [1, 2]}, "dict.json")
        mlflow.log_dict({"a": [1, 2]}, "dict.yaml")
        figure = matplotlib.figure.Figure()
        figure.subplots().plot([1, 2])
        mlflow.log_figure(figure, "figure.png")
        mlflow.log_image(np.zeros((4, 5, 3), dtype=np.uint8), "image.png")
        if hasattr(mlflow, "log_table"):
            mlflow.log_table({"q": ["a"], "n": [1]}, "table.json")
            mlflow.log_table({"q": ["b"], "n": [2]}, "table.json")
            table = mlflow.load_table("table.json", run_ids=[run_id])
            checks["load_table"] = [sorted(table["q"].tolist()), ["a", "b"]]
        if LARGE_BYTES:
            Path("large.bin").write_bytes(os.urandom(LARGE_BYTES))
            mlflow.log_artifact("large.bin", "big")
    checks["root"] = [
        [path for path, *_ in listed(run_id) if path != "table.json"],
        sorted(["one.txt", "deep", "model", "texts", "dict.json", "dict.yaml", "figure.png",
                "image.png", *(["big"] if LARGE_BYTES else [])]),
    ]  # fmt: skip
    checks["folder"] = [
        listed(run_id, "model"),
        [["model/a.bin", False, 1_024_000], [f"model/{FOLDER}", True, None]],
    ]
    checks["a file lists nothing"] = [listed(run_id, "one.txt"), []]
    checks["a missing path lists nothing"] = [listed(run_id, "nowhere"), []]
    got = fetched(run_id, "model")
    names = sorted(str(p.relative_to(got)) for p in got.rglob("*") if p.is_file())
    checks["download of a folder"] = [names, ["a.bin", f"{FOLDER}/empty"]]
    checks["bytes"] = [digest(got / "a.bin"), digest("folder/a.bin")]
    checks["text"] = [fetched(run_id, "texts/a.md").read_text(), "héllo\n"]
    checks["dict"] = [json.loads(fetched(run_id, "dict.json").read_text()), {"a": [1, 2]}]
    for name in ("figure.png", "image.png"):
        checks[name] = [fetched(run_id, name).read_bytes()[:4].hex(), "89504e47"]
    if LARGE_BYTES:
        checks["large"] = [digest(fetched(run_id, "big/large.bin")), digest("large.bin")]
    try:
        fetched(run_id, "nowhere/at-all.txt")
        checks["a missing file is refused"] = ["nothing raised", "raised"]
    except Exception as error:
        checks["a missing file is refused"] = ["raised", "raised"]
        print(repr(error)[:300], file=sys.stderr)
    from mlflow.artifacts import download_artifacts

    checks["by URI"] = [Path(download_artifacts(f"runs:/{run_id}/one.txt")).read_text(), "one\n"]
    if hasattr(client, "_tracking_client"):
        repository = client._tracking_client._get_artifact_repo(run_id)
        repository.delete_artifacts("deep")
        checks["deleted"] = [listed(run_id, "deep/er"), []]
    print(json.dumps(checks))


main()
