"""Figures, images and tables: `media.py official|ours log|read [run_id]`.

`log` prints the run's id; `read` prints one JSON object of what the client gets back. Runs in an
environment with numpy, pandas, pillow, matplotlib and plotly, with either client.
"""

import json
import re
import sys

import matplotlib
import matplotlib.figure
import numpy as np
import pandas as pd
import plotly.graph_objects
from PIL import Image

if sys.argv[1] == "ours":
    import milepost

    milepost.install_as_mlflow()
import mlflow
import mlflow.artifacts

matplotlib.use("agg")
PIXELS = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
NAME = re.compile(
    r"images/(.+)\+step\+(-?\d+)\+timestamp\+(\d+)\+[0-9a-f-]{36}(\+compressed)?\.(png|webp)"
)


def log():
    mlflow.set_experiment("media")
    with mlflow.start_run() as run:
        figure = matplotlib.figure.Figure()
        figure.subplots().plot([1, 2])
        mlflow.log_figure(figure, "figures/a.png", save_kwargs={"dpi": 50})
        mlflow.log_figure(figure, "figures/a.svg")
        mlflow.log_figure(plotly.graph_objects.Figure(data=[{"y": [1, 2]}]), "figures/a.html")
        mlflow.log_image(PIXELS, "plain/array.png")
        mlflow.log_image(PIXELS / 255.0, "plain/float.png")
        mlflow.log_image(PIXELS[..., 0] > 9, "plain/bool.png")
        mlflow.log_image(PIXELS[..., :1].astype(int), "plain/grey.png")
        mlflow.log_image(Image.fromarray(PIXELS), "plain/pillow.png")
        mlflow.log_image(mlflow.Image(PIXELS), "plain/own.png")
        mlflow.log_image(PIXELS, key="cats/big", step=3, timestamp=1234)
        mlflow.log_image(PIXELS, key="cats/big", step=4, timestamp=1235, synchronous=True)
        mlflow.log_table({"q": ["a", "b"], "n": [1, 2.5], "o": [None, {"a": [1]}]}, "t/rows.json")
        mlflow.log_table({"q": ["größe\n"], "late": [True]}, "t/rows.json")
        mlflow.log_table(
            pd.DataFrame({"d": pd.to_datetime(["2020-01-01"]), "f": [np.nan]}), "frame.json"
        )
        mlflow.log_table({"one": "x", "many": [1, 2]}, "broadcast.json")
        mlflow.log_table({"picture": [Image.fromarray(PIXELS)], "n": [1]}, "pictures.json")
        mlflow.flush_artifact_async_logging()
    print(run.info.run_id)


def pixels(image):
    return np.asarray(image).tolist()


def read(run_id):
    client = mlflow.MlflowClient()
    mlflow.set_experiment("media")
    seen = {}
    for name in ("array", "float", "bool", "grey", "pillow", "own"):
        seen[name] = pixels(mlflow.artifacts.load_image(f"runs:/{run_id}/plain/{name}.png"))
    for name in ("rows", "frame", "broadcast"):
        path = "t/rows.json" if name == "rows" else f"{name}.json"
        seen[name] = json.loads(mlflow.load_table(path, run_ids=[run_id]).to_json(orient="split"))
        seen[f"{name} as JSON"] = mlflow.artifacts.load_dict(f"runs:/{run_id}/{path}")
    with_ids = mlflow.load_table("t/rows.json", extra_columns=["run_id"])
    seen["with ids"] = bool((with_ids["run_id"] == run_id).any())
    (row,) = mlflow.artifacts.load_dict(f"runs:/{run_id}/pictures.json")["data"]
    cell = row[0]
    seen["cell"] = [
        cell["type"],
        pixels(mlflow.artifacts.load_image(f"runs:/{run_id}/{cell['filepath']}")),
    ]
    small = mlflow.artifacts.load_image(f"runs:/{run_id}/{cell['compressed_filepath']}")
    seen["small"] = [small.format, small.size]
    charts = []
    for file in mlflow.artifacts.list_artifacts(run_id=run_id, artifact_path="images"):
        found = NAME.fullmatch(file.path)
        image = mlflow.artifacts.load_image(f"runs:/{run_id}/{file.path}")
        charts.append([*(found.groups() if found else [file.path]), image.format, image.size])
    seen["charts"] = sorted(charts, key=str)
    tags = client.get_run(run_id).data.tags
    seen["tags"] = [tags.get("mlflow.loggedImages"), json.loads(tags.get("mlflow.loggedArtifacts"))]
    figure = mlflow.artifacts.load_image(f"runs:/{run_id}/figures/a.png")
    seen["figure"] = figure.size
    seen["svg"] = "<svg" in mlflow.artifacts.load_text(f"runs:/{run_id}/figures/a.svg")
    page = mlflow.artifacts.load_text(f"runs:/{run_id}/figures/a.html")
    # The library's own code is fetched by the page: the file stays small.
    seen["html"] = ["Plotly.newPlot" in page, len(page) < 100_000]
    listed = mlflow.artifacts.list_artifacts(f"runs:/{run_id}/plain")
    seen["paths"] = sorted(f.path for f in listed)
    uri = client.get_run(run_id).info.artifact_uri
    seen["by store's URI"] = sorted(f.path for f in mlflow.artifacts.list_artifacts(f"{uri}/plain"))
    for name, call in REFUSED.items():
        try:
            call()
            seen[name] = "taken"
        except Exception as error:
            seen[name] = [type(error).__name__.replace("RestException", "MlflowException")]
    print(json.dumps(seen))


REFUSED = {
    "both": lambda: mlflow.log_image(PIXELS, "a.png", key="x"),
    "neither": lambda: mlflow.log_image(PIXELS),
    "key": lambda: mlflow.log_image(PIXELS, key="a#b"),
    "range": lambda: mlflow.log_image(PIXELS.astype(int) + 300, "a.png"),
    "channels": lambda: mlflow.log_image(PIXELS[..., :2], "a.png"),
    "text": lambda: mlflow.log_image("a.png", "a.png"),
    "no figure": lambda: mlflow.log_figure("x", "a.png"),
    "no table": lambda: mlflow.log_table([1], "a.json"),
    "suffix": lambda: mlflow.log_table({"a": [1]}, "a.txt"),
    "no such table": lambda: mlflow.load_table("none.json"),
    "no such file": lambda: mlflow.artifacts.load_text("runs:/none/a.txt"),
    "no place": lambda: mlflow.artifacts.download_artifacts(),
    "two places": lambda: mlflow.artifacts.download_artifacts("a", run_id="b"),
    "path twice": lambda: mlflow.artifacts.list_artifacts("runs:/a", artifact_path="b"),
}

log() if sys.argv[2] == "log" else read(sys.argv[3])
