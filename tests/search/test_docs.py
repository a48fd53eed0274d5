"""docs/search.md: its table of runs is logged, and every example is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.server.client import Client
from tests.servers import RunningServer

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "search.md").read_text()


def examples(kind: str) -> list[tuple[str, list[str]]]:
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S)
    lines = [line.split("#") for block in blocks for line in block.splitlines()]
    return [(text.strip(), re.findall(r"\w+", names)) for text, names in lines]


def table() -> list[list[str]]:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| (tiny|wide|deep|flat|base) ", line)]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def pairs(cell: str) -> list[tuple[str, str]]:
    return [(key, value) for key, value in (word.split("=") for word in cell.split())]


def ms(cell: str) -> int:
    return int(datetime.fromisoformat(cell).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.fixture(scope="module")
def experiment(server: RunningServer) -> Iterator[tuple[Client, str]]:
    with Client(server.url) as client:
        id = str(client.done("experiments/create", name="documented")["experiment_id"])
        for name, status, start, end, params, metrics, tags in table():
            run = client.new_run(experiment_id=id, run_name=name, start_time=ms(start))
            points = [
                {"key": key, "value": value, "step": step, "timestamp": step}
                for key, values in pairs(metrics)
                for step, value in enumerate(values.split(","))
            ]
            for point in points:
                point["value"] = "NaN" if point["value"] == "NaN" else float(str(point["value"]))
            client.done("runs/log-batch", run_id=run, metrics=points, params=items(params),
                        tags=items(tags))  # fmt: skip
            ended = {"end_time": ms(end)} if end else {}
            client.done("runs/update", run_id=run, status=status, **ended)
        yield client, id


def items(cell: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in pairs(cell)]


def names(client: Client, experiment: str, **fields: Any) -> list[str]:
    found = client.done("runs/search", experiment_ids=[experiment], **fields)
    return [run["info"]["run_name"] for run in found.get("runs", [])]


@pytest.mark.parametrize(("filter", "wanted"), examples("search"))
def test_a_filter_finds_what_the_page_says(
    experiment: tuple[Client, str], filter: str, wanted: list[str]
) -> None:
    assert names(*experiment, filter=filter) == wanted


@pytest.mark.parametrize(("keys", "wanted"), examples("order"))
def test_an_order_is_what_the_page_says(
    experiment: tuple[Client, str], keys: str, wanted: list[str]
) -> None:
    # A comma within brackets belongs to the key.
    assert names(*experiment, order_by=re.split(r",\s*(?![^(]*\))", keys)) == wanted


def test_the_refusal_on_the_page_is_the_one_that_comes(experiment: tuple[Client, str]) -> None:
    client, id = experiment
    refused = client.post("runs/search", experiment_ids=[id], filter="metrics.loss >> 1")
    assert refused.message in PAGE
