"""The page in a real browser, on large experiments: `python -m benchmarks.page`.

Each figure is the median over several loads in fresh browser contexts. What is on the screen is
checked before a time is printed. Needs Debian's Chromium and the built page.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import itertools
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.load import call
from benchmarks.servers import cpu_clock_of
from benchmarks.stock_page import (
    MANY,
    MANY_KEYS,
    SIZE,
    WIDE,
    Contents,
    no_params,
    stock_figures,
)
from hatch_build import STATIC, build_page
from milepost.store import open_store
from milepost.store.runs import NewRun
from milepost.store.series import Points
from milepost.store.store import Store

NAMES = ("wide", "many", "keys", "lines", "long")
LOADS = 3
REDRAWS = 5
POINTS = 7
WIDE_RUNS, WIDE_METRICS, WIDE_PARAMS = 10_000, 60, 40
MANY_RUNS = 100_000
KEYS = 20_000
LINES, LINE_POINTS = 200, 2_000
LONG_POINTS, LONG_BATCH = 10_000_000, 100_000
SPIKE_EVERY, SPIKE_AT = 777_777, 5
BUCKETS, ASKED = 2_000, 15
BUCKETS_PATH = "/api/milepost/1.0/metrics/get-buckets"
# Of the long series: wholly from summaries down to wholly decoded.
WINDOWS = (1.0, 0.5, 0.2, 0.1, 0.025, 0.01, 0.001)
SCROLL_S = 5
SCROLLED_A_FRAME = (100, 400)
SCREEN = {"width": 1440, "height": 900}
NOW = 1_790_000_000_000
CONTENTS = [
    Contents(
        "wide",
        WIDE_RUNS,
        lambda i: {f"metric_{k}": math.sin(i * k) for k in range(WIDE_METRICS)},
        lambda i: {f"param_{k}": str(i % (k + 2)) for k in range(WIDE_PARAMS)},
    ),
    Contents("many", MANY_RUNS, lambda i: {"loss": i / 7}, lambda i: {"lr": str(i % 10)}),
    Contents("keys", 2, lambda i: {f"k{k // 100}/m{k}": float(i) for k in range(KEYS)}, no_params),
]
FIRST_ROWS = "document.querySelector('.grid-row [role=gridcell]')?.textContent?.length > 0"
SCROLL = """([seconds, pixels]) => new Promise(done => {
  const grid = document.querySelector('.grid');
  const from = performance.now(); let frames = 0, worst = 0, last = from;
  const step = now => {
    frames++; worst = Math.max(worst, now - last); last = now;
    grid.scrollTop += pixels;
    if (now - from < seconds * 1000) requestAnimationFrame(step);
    else done({frames, fps: frames / (now - from) * 1000, worst, top: grid.scrollTop});
  };
  requestAnimationFrame(step);
})"""
REDRAW = """() => new Promise(done => {
  const from = performance.now();
  history.replaceState(null, '', location.hash.replace(/&smooth=[^&]*/, '') + '&smooth=0.' + (10 + Math.floor(Math.random() * 89)));
  dispatchEvent(new HashChangeEvent('hashchange'));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
})"""  # noqa: E501


def run_of(name: str, index: int) -> str:
    """The id of a run, which tells its experiment."""
    return f"{NAMES.index(name):02x}{index:030x}"


def long_value(step: int) -> float:
    """A falling loss with a spike of one point now and then."""
    spike = 3 if step % SPIKE_EVERY == SPIKE_AT else 0
    return math.exp(-step / 3e6) + math.sin(step * 12.9898) / 10 + spike


async def fill(store: Store) -> dict[str, str]:
    """The experiments, by what they are for."""
    ids = {name: await store.create_experiment(name, None, {}, NOW) for name in NAMES}

    async def run(
        name: str, index: int, metrics: dict[str, Points], params: dict[str, str]
    ) -> None:
        run_id = run_of(name, index)
        new = NewRun(run_id, int(ids[name]), f"{name}-{index}", "u", NOW + index * 1_000, {})
        await store.create_run(new)
        if metrics or params:
            await store.log_batch(run_id, metrics, params, {})

    def point(value: float) -> Points:
        return Points([1], [NOW], [value])

    async def all_of(name: str, count: int, make: Callable[[int], Any]) -> None:
        for start in range(0, count, 500):
            indices = range(start, min(count, start + 500))
            await asyncio.gather(*(run(name, i, *make(i)) for i in indices))

    for one in CONTENTS:

        def make(i: int, one: Contents = one) -> Any:
            return {key: point(value) for key, value in one.metrics(i).items()}, one.params(i)

        await all_of(one.name, one.runs, make)
    steps = list(range(LINE_POINTS))
    times = [NOW + step for step in steps]

    def line(index: int) -> Any:
        values = [math.exp(-step / 300) + math.sin(step * index) / 20 for step in steps]
        return {"loss": Points(steps, times, values)}, {}

    await all_of("lines", LINES, line)
    await all_of("long", 1, lambda _: ({}, {}))
    for start in range(0, LONG_POINTS, LONG_BATCH):
        part = range(start, start + LONG_BATCH)
        values = [long_value(step) for step in part]
        points = Points(list(part), [NOW + step for step in part], values)
        await store.log_batch(run_of("long", 0), {"loss": points}, {}, {})
    return ids


Row = tuple[str, str, str]


class Cost(NamedTuple):
    """What the clock says, and CPU: of the page's main thread, and of the server."""

    wall_ms: float
    cpu_ms: float
    server_ms: float = 0.0


class Tab:
    """A page in a fresh context, and what its main thread costs from its beginning on."""

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context(viewport=SCREEN, bypass_csp=True)
        self.page = self.context.new_page()
        self.session = self.context.new_cdp_session(self.page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def cpu_ms(self) -> float:
        """CPU up to now: load beside it does not count."""
        found = self.session.send("Performance.getMetrics")["metrics"]
        return 1_000 * float({one["name"]: one["value"] for one in found}["TaskDuration"])


def start_server(folder: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "milepost", "server", "--port", "0"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    for line in server.stdout:
        if " listens on " in line:
            return server, line.split(" listens on ")[1].strip()
    raise RuntimeError("the server did not start")


def measure(browser: Any, url: str, pid: int, ids: dict[str, str]) -> Iterator[Row]:
    def median_of(hash: str, ready: str, ask: Callable[[Tab], Cost]) -> Cost:
        found = []
        for _ in range(LOADS):
            tab = Tab(browser)
            before = server_cpu_ms(pid)
            tab.page.goto(f"{url}/{hash}", wait_until="commit")
            tab.page.wait_for_function(ready, timeout=60_000)
            of_server = server_cpu_ms(pid) - before
            found.append(ask(tab)._replace(server_ms=of_server))
            tab.context.close()
        return Cost(*(statistics.median(part) for part in zip(*found, strict=True)))

    def since_start(tab: Tab) -> Cost:
        return Cost(float(tab.page.evaluate("performance.now()")), tab.cpu_ms())

    wide = f"#/experiments/{ids['wide']}?layout=table"
    first = median_of(wide, FIRST_ROWS, since_start)
    yield WIDE, shown(first), "< 1,000 ms"
    many = f"#/experiments/{ids['many']}?layout=table"
    yield MANY, shown(median_of(many, FIRST_ROWS, since_start)), ""
    for pixels in SCROLLED_A_FRAME:
        yield from scrolling(median_of, ids["many"], pixels)
    keys = f"#/experiments/{ids['keys']}?layout=charts"
    opened = median_of(keys, "!!document.querySelector('[data-metric] canvas')", since_start)
    yield MANY_KEYS, shown(opened), ""
    runs = ",".join(run_of("lines", i) for i in range(LINES))

    def redraw(tab: Tab) -> Cost:
        page = tab.page
        page.wait_for_timeout(1_000)
        told = page.get_by_role("img").first.get_attribute("aria-label")
        assert f"{LINES} lines" in told, told
        before = tab.cpu_ms()
        wall = statistics.median(float(page.evaluate(REDRAW)) for _ in range(REDRAWS))
        return Cost(wall, (tab.cpu_ms() - before) / REDRAWS)

    ready = "!!document.querySelector('[data-metric=loss] canvas')"
    drawn = median_of(f"#/compare?runs={runs}", ready, redraw)
    told = f"{drawn.wall_ms:.0f} ms (CPU: {drawn.cpu_ms:.0f} ms of the page)"
    yield "redraw of 200 lines x 2,000 points", told, ""
    yield "a new point on the screen", f"{live(browser, url, ids):.0f} ms", "<= 1,000 ms"


def server_cpu_ms(pid: int) -> float:
    return 1_000 * time.clock_gettime(cpu_clock_of(pid))


def shown(cost: Cost) -> str:
    return (
        f"{cost.wall_ms:.0f} ms (CPU: {cost.cpu_ms:.0f} ms of the page,"
        f" {cost.server_ms:.0f} ms of the server)"
    )


def scrolling(median_of: Any, experiment: str, pixels: int) -> list[Row]:
    """Frames per second over SCROLL_S at so many pixels a frame, and the heap afterwards."""
    heaps, worsts = [], []

    def scroll(tab: Tab) -> Cost:
        before = tab.cpu_ms()
        found = tab.page.evaluate(SCROLL, [SCROLL_S, pixels])
        spent = tab.cpu_ms() - before
        moved = pixels * (found["frames"] - 1)
        assert found["top"] >= 0.9 * moved, f"the table did not scroll: {found}"
        tab.session.send("HeapProfiler.collectGarbage")
        heaps.append(tab.page.evaluate("performance.memory.usedJSHeapSize") / 1e6)
        worsts.append(found["worst"])
        return Cost(float(found["fps"]), spent / found["frames"])

    frames = median_of(f"#/experiments/{experiment}?layout=table", FIRST_ROWS, scroll)
    told = f"scrolling 100 k rows, {pixels} px a frame"
    return [
        (told, f"{frames.wall_ms:.0f} frames/s", ">= 50"),
        ("CPU of the page a frame", f"{frames.cpu_ms:.1f} ms", "< 20 ms"),
        ("longest frame of it", f"{statistics.median(worsts):.0f} ms", ""),
        ("heap after it", f"{statistics.median(heaps):.0f} MB", "< 150 MB"),
    ]


def live(browser: Any, url: str, ids: dict[str, str]) -> float:
    """Median ms from the answer of log-metric to the number being visible."""
    run_id = run_of("many", 7)
    context = browser.new_context(viewport=SCREEN, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{url}/#/experiments/{ids['many']}/runs/{run_id}")
    page.get_by_role("button", name="● Live").wait_for()
    found = []
    last = call(url, "GET", f"runs/get?run_id={run_id}")["run"]["data"]["metrics"][0]["step"]
    for step in range(last + 1, last + 1 + POINTS):
        value = 1000.5 + step % 8000
        body = {"run_id": run_id, "key": "loss", "value": value, "timestamp": NOW, "step": step}
        call(url, "POST", "runs/log-metric", body)
        started = time.perf_counter()
        page.wait_for_function(f"document.body.innerText.includes('{value}')")
        found.append((time.perf_counter() - started) * 1000)
    context.close()
    return statistics.median(found)


def bucket_rows(url: str, pid: int) -> Iterator[Row]:
    """What a chart of the long series costs the server, over windows of several widths."""
    for share in WINDOWS:
        width = int(LONG_POINTS * share)
        start = (LONG_POINTS - width) // 3
        ask: dict[str, Any] = {"run_ids": [run_of("long", 0)], "metric_keys": ["loss"]}
        ask |= {"axis": "step", "start": start, "end": start + width - 1, "buckets": BUCKETS}
        found = call(url, "POST", BUCKETS_PATH, ask)["series"][0]
        spikes = [step for step in range(start, start + width) if step % SPIKE_EVERY == SPIKE_AT]
        assert set(spikes) <= set(found["steps"]), "a spike is missing"
        walls = []
        before = server_cpu_ms(pid)
        for _ in range(ASKED):
            began = time.perf_counter()
            call(url, "POST", BUCKETS_PATH, ask)
            walls.append((time.perf_counter() - began) * 1000)
        cpu = (server_cpu_ms(pid) - before) / ASKED
        told = f"{BUCKETS:,} buckets of {width:,} points, of 10 M"
        measured = f"{cpu:.1f} ms of CPU ({statistics.median(walls):.1f} ms to the client)"
        yield told, measured, "< 30 ms"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--folder", type=Path, help="a folder that an earlier run filled (--keep)")
    parser.add_argument("--keep", action="store_true", help="leave the data for the next run")
    parser.add_argument("--stock", action="store_true", help="also the page of mlflow 3.17")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    build_page()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="milepost-page-"))
    ids = {name: str(number) for number, name in enumerate(NAMES, start=1)}
    if not options.folder:
        store = open_store(f"sqlite:///{folder / 'milepost.db'}", "mlflow-artifacts:/", NOW)
        started = time.perf_counter()
        assert asyncio.run(fill(store)) == ids
        store.close(60)
        print(f"filled {folder} in {time.perf_counter() - started:.0f} s")
    server, url = start_server(folder)
    rows: list[Row] = []
    try:
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium")
            flags = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            for row in itertools.chain(
                bucket_rows(url, server.pid), measure(browser, url, server.pid, ids)
            ):
                print(*row, sep=" | ", file=sys.stderr)
                rows.append(row)
            stock = stock_figures(browser, CONTENTS) if options.stock else {}
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
        if not (options.keep or options.folder):
            shutil.rmtree(folder)
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) / 1_000
    rows.append((SIZE, f"{size:.0f} KB", "<= 300 KB"))
    print("| what | milepost | mlflow 3.17 | must |\n|---|---|---|---|")
    for what, measured, must in rows:
        print(f"| {what} | {measured} | {stock.get(what, '')} | {must} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
