"""The page in a real browser, on large experiments: `python -m benchmarks.page`.

Each figure is the median over several loads in fresh browser contexts. What is on the screen is
checked before a time is printed. Needs Debian's Chromium and the built page.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.servers import cpu_clock_of
from hatch_build import STATIC, build_page
from milepost.store import open_store
from milepost.store.runs import NewRun
from milepost.store.series import Points
from milepost.store.store import Store

NAMES = ("wide", "many", "keys", "lines", "long")
LOADS = 3
WIDE_RUNS, WIDE_METRICS, WIDE_PARAMS = 10_000, 60, 40
MANY_RUNS = 100_000
KEYS = 20_000
LINES, LINE_POINTS = 200, 2_000
LONG_POINTS, LONG_BATCH = 10_000_000, 100_000
SPIKE_EVERY, SPIKE_AT = 777_777, 5
BUCKETS, ASKED = 2_000, 15
# Of the long series: wholly from summaries down to wholly decoded.
WINDOWS = (1.0, 0.5, 0.2, 0.1, 0.025, 0.01, 0.001)
SCROLL_S = 5
SCROLLED_A_FRAME = (100, 400)
SCREEN = {"width": 1440, "height": 900}
NOW = 1_790_000_000_000
FIRST_ROWS = "document.querySelector('.grid-row [role=gridcell]')?.textContent?.length > 0"
SCROLL = """([seconds, pixels]) => new Promise(done => {
  const grid = document.querySelector('.grid');
  const from = performance.now(); let frames = 0, worst = 0, last = from;
  const step = now => {
    frames++; worst = Math.max(worst, now - last); last = now;
    grid.scrollTop += pixels;
    if (now - from < seconds * 1000) requestAnimationFrame(step);
    else done({fps: frames / (now - from) * 1000, worst, top: grid.scrollTop});
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

    await all_of(
        "wide",
        WIDE_RUNS,
        lambda i: (
            {f"metric_{k}": point(math.sin(i * k)) for k in range(WIDE_METRICS)},
            {f"param_{k}": str(i % (k + 2)) for k in range(WIDE_PARAMS)},
        ),
    )
    await all_of("many", MANY_RUNS, lambda i: ({"loss": point(i / 7)}, {"lr": str(i % 10)}))
    await all_of("keys", 2, lambda i: ({f"k{k // 100}/m{k}": point(i) for k in range(KEYS)}, {}))
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


def start_server(folder: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-m", "milepost", "server", "--port", "0"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    for line in server.stdout:
        if " listens on " in line:
            return server, line.split(" listens on ")[1].strip()
    raise RuntimeError("the server did not start")


def measure(browser: Any, url: str, ids: dict[str, str]) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []

    def median_of(hash: str, ready: str, ask: Callable[[Any], float]) -> float:
        found = []
        for _ in range(LOADS):
            context = browser.new_context(viewport=SCREEN, bypass_csp=True)
            page = context.new_page()
            page.goto(f"{url}/{hash}", wait_until="commit")
            page.wait_for_function(ready, timeout=60_000)
            found.append(ask(page))
            context.close()
        return statistics.median(found)

    def since_start(page: Any) -> float:
        return float(page.evaluate("performance.now()"))

    wide = f"#/experiments/{ids['wide']}?layout=table"
    first = median_of(wide, FIRST_ROWS, since_start)
    rows.append(("first rows, 10 k runs x 100 columns", f"{first:.0f} ms", "< 1,000 ms"))
    for pixels in SCROLLED_A_FRAME:
        rows += scrolling(median_of, ids["many"], pixels)
    keys = f"#/experiments/{ids['keys']}?layout=charts"
    opened = median_of(keys, "!!document.querySelector('[data-metric] canvas')", since_start)
    rows.append(("opening 20 k metric keys, first chart", f"{opened:.0f} ms", "-"))
    runs = ",".join(run_of("lines", i) for i in range(LINES))

    def redraw(page: Any) -> float:
        page.wait_for_timeout(1_000)
        told = page.get_by_role("img").first.get_attribute("aria-label")
        assert f"{LINES} lines" in told, told
        return statistics.median(float(page.evaluate(REDRAW)) for _ in range(5))

    ready = "!!document.querySelector('[data-metric=loss] canvas')"
    drawn = median_of(f"#/compare?runs={runs}", ready, redraw)
    rows.append(("redraw of 200 lines x 2,000 points", f"{drawn:.0f} ms", "-"))
    rows.append(("a new point on the screen", f"{live(browser, url, ids):.0f} ms", "<= 1,000 ms"))
    return rows


def scrolling(median_of: Any, experiment: str, pixels: int) -> list[tuple[str, str, str]]:
    """Frames per second over SCROLL_S at so many pixels a frame, and the heap afterwards."""
    heaps, worsts = [], []

    def scroll(page: Any) -> float:
        found = page.evaluate(SCROLL, [SCROLL_S, pixels])
        assert found["top"] > 10 * SCROLL_S * pixels, f"the table did not scroll: {found}"
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        heaps.append(page.evaluate("performance.memory.usedJSHeapSize") / 1e6)
        worsts.append(found["worst"])
        return float(found["fps"])

    fps = median_of(f"#/experiments/{experiment}?layout=table", FIRST_ROWS, scroll)
    told = f"scrolling 100 k rows, {pixels} px a frame"
    return [
        (told, f"{fps:.0f} frames/s", ">= 50"),
        ("longest frame of it", f"{statistics.median(worsts):.0f} ms", "-"),
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
    for step in range(2, 2 + LOADS):
        body = {
            "run_id": run_id,
            "key": "loss",
            "value": step * 1000 + 0.5,
            "timestamp": NOW + step,
        }
        post(url, "runs/log-metric", {**body, "step": step})
        started = time.perf_counter()
        page.wait_for_function(f"document.body.innerText.includes('{step}000.5')")
        found.append((time.perf_counter() - started) * 1000)
    context.close()
    return statistics.median(found)


def bucket_rows(url: str, pid: int) -> list[tuple[str, str, str]]:
    """What a chart of the long series costs the server, over windows of several widths."""
    rows = []
    for share in WINDOWS:
        width = int(LONG_POINTS * share)
        start = (LONG_POINTS - width) // 3
        ask: dict[str, Any] = {"run_ids": [run_of("long", 0)], "metric_keys": ["loss"]}
        ask |= {"axis": "step", "start": start, "end": start + width - 1, "buckets": BUCKETS}
        found = post(url, "metrics/get-buckets", ask)["series"][0]
        spikes = [step for step in range(start, start + width) if step % SPIKE_EVERY == SPIKE_AT]
        assert set(spikes) <= set(found["steps"]), "a spike is missing"
        walls = []
        before = time.clock_gettime(cpu_clock_of(pid))
        for _ in range(ASKED):
            began = time.perf_counter()
            post(url, "metrics/get-buckets", ask)
            walls.append((time.perf_counter() - began) * 1000)
        cpu = (time.clock_gettime(cpu_clock_of(pid)) - before) * 1000 / ASKED
        told = f"{BUCKETS:,} buckets of {width:,} points, of 10 M"
        measured = f"{cpu:.1f} ms of CPU ({statistics.median(walls):.1f} ms to the client)"
        rows.append((told, measured, "< 30 ms"))
    return rows


def post(url: str, path: str, body: Any) -> Any:
    headers = {"content-type": "application/json"}
    address = f"{url}/api/2.0/mlflow/{path}"
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--folder", type=Path, help="a folder that an earlier run filled (--keep)")
    parser.add_argument("--keep", action="store_true", help="leave the data for the next run")
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
    try:
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium")
            flags = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            rows = measure(browser, url, ids)
            browser.close()
        rows += bucket_rows(url, server.pid)
    finally:
        server.terminate()
        server.wait(20)
        if not (options.keep or options.folder):
            shutil.rmtree(folder)
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) / 1_000
    rows.append(("first load, gzipped, in all", f"{size:.0f} KB", "<= 300 KB"))
    print("| what | measured | must |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
