"""What the pictures show: one experiment with a sweep as people have them."""

from __future__ import annotations

import math
import random
import time
from typing import Any

from tests.browser.world import post

SHOWN_RUNS = 24
SHOWN_STEPS = 240
FIRST_NAMES = ("amber", "brisk", "calm", "daring", "eager", "frosty", "gentle", "hazy")
LAST_NAMES = ("badger", "crane", "finch", "heron", "lynx", "otter", "plover", "wren")
SHOWN_NOTE = """## Warm-up matters more than depth
Runs below `lr = 1e-4` had **not converged** at step 240.

- twelve layers gain 0.6 BLEU over six, at twice the time
- dropout of 0.3 hurts every small model"""


def shown_points(dice: random.Random, start: int, distance: float) -> list[dict[str, Any]]:
    """Losses, scores and what the machine did; `distance` is how far from the best rate it was."""
    out = []
    for step in range(SHOWN_STEPS):
        fall = math.exp(-step / (45 + 30 * distance))
        values = {
            "train/loss": 0.9 + 5.2 * fall + 0.5 * distance + dice.gauss(0, 0.06),
            "train/grad_norm": 0.4 + 2.5 * fall + abs(dice.gauss(0, 0.12)),
        }
        if step % 8 == 0:
            values["val/loss"] = 1.1 + 5.0 * fall + 0.55 * distance + dice.gauss(0, 0.04)
            values["val/bleu"] = 33.5 * (1 - fall) - 4.5 * distance + dice.gauss(0, 0.25)
            values["system/gpu_0_utilization_percentage"] = 88 + dice.gauss(0, 3)
        at = start + step * 9_000
        out += [{"key": k, "value": v, "timestamp": at, "step": step} for k, v in values.items()]
    return out


def fill_showcase(url: str) -> tuple[str, list[str]]:
    """An experiment to look at; its id and its runs'."""
    dice = random.Random(11)
    name = {"name": "translation/de-en/transformer"}
    experiment: str = post(url, "/api/2.0/mlflow/experiments/create", name)["experiment_id"]
    now = int(time.time() * 1000)
    runs = []
    for index in range(SHOWN_RUNS):
        rate = 10 ** dice.uniform(-4.6, -2.4)
        start = now - (SHOWN_RUNS - index) * 5_400_000
        tags = {
            "mlflow.user": ("ada", "grace")[index % 2],
            "mlflow.source.name": "train.py",
            "mlflow.source.git.commit": "9f2c41d07be85a6630cc1e7d2b4f8a915e03d6c2",
            "mlflow.note.content": SHOWN_NOTE,
            "stage": "sweep",
        }
        last = LAST_NAMES[(index * 3 + index // 8) % 8]
        new = {
            "experiment_id": experiment,
            "start_time": start,
            "run_name": f"{FIRST_NAMES[index % 8]}-{last}-{index}",
            "tags": [{"key": key, "value": value} for key, value in tags.items()],
        }
        run_id: str = post(url, "/api/2.0/mlflow/runs/create", new)["run"]["info"]["run_id"]
        runs.append(run_id)
        params = {
            "lr": f"{rate:.3g}",
            "model.layers": dice.choice(("6", "12")),
            "dropout": dice.choice(("0.1", "0.2", "0.3")),
            "optimizer": dice.choice(("adamw", "lion", "adafactor")),
            "warmup_steps": dice.choice(("20", "40")),
            "data.max_tokens": "4096",
        }
        batch = {
            "run_id": run_id,
            "metrics": shown_points(dice, start, abs(math.log10(rate) + 3.3)),
            "params": [{"key": key, "value": value} for key, value in params.items()],
        }
        post(url, "/api/2.0/mlflow/runs/log-batch", batch)
        status = (
            "RUNNING" if index == SHOWN_RUNS - 1 else "FAILED" if index in (9, 17) else "FINISHED"
        )
        if status != "RUNNING":
            end = start + SHOWN_STEPS * 9_000 + dice.randrange(600_000)
            ended = {"run_id": run_id, "status": status, "end_time": end}
            post(url, "/api/2.0/mlflow/runs/update", ended)
    return experiment, runs
