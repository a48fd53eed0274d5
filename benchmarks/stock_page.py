"""The stock page of `mlflow` 3.17 on the data of `page`, as far as it does the same.

Its database is filled by SQL, into the tables that it has made itself: through its API the same
would take hours. It lists a hundred runs and more at a click, so that nothing is scrolled there.
"""

from __future__ import annotations

import gzip
import sqlite3
import statistics
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.servers import Server

Rows = Iterable[tuple[Any, ...]]
NOW = 1_790_000_000_000
SCREEN = {"width": 1440, "height": 900}
LOADS = 3
# What is measured on both pages.
WIDE = "first rows, 10 k runs x 100 columns"
MANY = "first rows, 100 k runs"
MANY_KEYS = "opening 20 k metric keys, first chart"
SIZE = "first load, gzipped, in all"
WAIT_MS = 90_000
CHART = "!!document.querySelector('.js-plotly-plot .main-svg')"
RUNS = (
    "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,"
    " start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)"
    " VALUES (?, ?, 'LOCAL', '', '', 'u', 'RUNNING', ?, NULL, '', 'active', ?, ?)"
)
TAGS = "INSERT INTO tags (run_uuid, key, value) VALUES (?, ?, ?)"
PARAMS = "INSERT INTO params (run_uuid, key, value) VALUES (?, ?, ?)"
METRICS = (
    "INSERT INTO {} (run_uuid, key, value, timestamp, step, is_nan) VALUES (?, ?, ?, ?, ?, FALSE)"
)
EXPERIMENTS = (
    "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,"
    " creation_time, last_update_time) VALUES (?, ?, ?, 'active', ?, ?)"
)


class Contents:
    """What one experiment holds: of each run its metrics and params, by the run's number."""

    def __init__(
        self,
        name: str,
        runs: int,
        metrics: Callable[[int], dict[str, float]],
        params: Callable[[int], dict[str, str]],
    ) -> None:
        self.name, self.runs, self.metrics, self.params = name, runs, metrics, params


def fill(path: Path, contents: list[Contents]) -> None:
    """Write the experiments, numbered from 1."""
    with closing(sqlite3.connect(path)) as connection:
        for number, one in enumerate(contents, start=1):
            connection.execute(EXPERIMENTS, (number, one.name, "mlflow-artifacts:/", NOW, NOW))
            ids = [f"{number:02x}{index:030x}" for index in range(one.runs)]
            connection.executemany(
                RUNS,
                (
                    (run_id, f"{one.name}-{index}", NOW + index * 1_000, f"x:/{run_id}", number)
                    for index, run_id in enumerate(ids)
                ),
            )
            names = ((id, "mlflow.runName", f"{one.name}-{i}") for i, id in enumerate(ids))
            connection.executemany(TAGS, names)
            connection.executemany(PARAMS, params_of(one, ids))
            for table in ("metrics", "latest_metrics"):
                connection.executemany(METRICS.format(table), metrics_of(one, ids))
            connection.commit()


def params_of(one: Contents, ids: list[str]) -> Iterator[tuple[Any, ...]]:
    for index, run_id in enumerate(ids):
        yield from ((run_id, key, value) for key, value in one.params(index).items())


def metrics_of(one: Contents, ids: list[str]) -> Iterator[tuple[Any, ...]]:
    for index, run_id in enumerate(ids):
        yield from ((run_id, key, value, NOW, 1) for key, value in one.metrics(index).items())


def stock_figures(browser: Any, contents: list[Contents]) -> dict[str, str]:
    """Of the stock page, by what is measured. It shows charts of runs only when asked to."""
    server = Server("mlflow")
    try:
        fill(server.folder / "bench.db", contents)
        found = {}
        for number, (what, one) in enumerate(zip((WIDE, MANY), contents, strict=False), start=1):
            newest = f"{one.name}-{one.runs - 1}"
            ready = f"document.body.innerText.includes({newest!r})"
            address = f"{server.url}/#/experiments/{number}/runs"
            found[what] = median_load(browser, address, ready)
        chart = f"{server.url}/#/experiments/{len(contents)}/runs?compareRunsMode=CHART"
        found[MANY_KEYS] = median_load(browser, chart, CHART)
        found[SIZE] = f"{first_load_kb(browser, server.url):,.0f} KB"
        return found
    finally:
        server.stop()
        server.remove()


def median_load(browser: Any, address: str, ready: str) -> str:
    """Median ms from the start of a load, in a fresh context, until `ready` holds."""
    from playwright.sync_api import TimeoutError as TooLate

    found = []
    for _ in range(LOADS):
        context = browser.new_context(viewport=SCREEN, bypass_csp=True)
        page = context.new_page()
        page.goto(address, wait_until="commit")
        try:
            page.wait_for_function(ready, timeout=WAIT_MS)
            found.append(float(page.evaluate("performance.now()")))
        except TooLate:
            return f"not within {WAIT_MS / 1_000:.0f} s"
        finally:
            context.close()
    return f"{statistics.median(found):,.0f} ms"


def first_load_kb(browser: Any, url: str) -> float:
    """The scripts and styles that the first page asks for, gzipped as ours are."""
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    page.goto(f"{url}/", wait_until="networkidle", timeout=WAIT_MS)
    names = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    context.close()
    total = 0
    for name in [f"{url}/", *names]:
        if name.startswith(f"{url}/") and name.split("?")[0].endswith((".js", ".css", "/")):
            with urllib.request.urlopen(name) as answer:
                total += len(gzip.compress(answer.read(), 9))
    return total / 1_000


def no_params(_index: int) -> dict[str, str]:
    return {}
