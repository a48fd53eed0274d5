"""Searches: experiments with many runs, the same in every server, and what finding some costs.

Latencies are the median over a number of requests on one connection, each answer compared with
what the data say. A server is given as many runs as it can be given in reasonable time.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, NamedTuple

from benchmarks.data import BASE_TIME_MS, new_experiment, new_run, run_data, same
from benchmarks.load import Refused, Requests, call, drive, fixed, post
from benchmarks.reading import token_in
from benchmarks.report import shown, table
from benchmarks.servers import Server

KEYS = 20
SEED_CONNECTIONS = 8
PAGE = 100
LARGE_PAGE = 1_000
REPEATS = 15
RARE = 10_000
WRITERS = 8
WRITER_SECONDS = 12
WIDE_KEYS, WIDE_RUNS, WIDE_FIELDS = 12_000, 100, 10
WIDE_BATCH = 1_000
LATENCY_MS = 1000.0
# Runs in the experiment, a server; the second with --full.
SIZES = {"milepost": [1_000, 10_000], "fasttrackml": [1_000], "mlflow": [1_000]}
FULL_SIZES = {"milepost": [1_000, 10_000, 100_000], "fasttrackml": [1_000, 10_000],
              "mlflow": [1_000]}  # fmt: skip
Json = dict[str, Any]


class Query(NamedTuple):
    """A search: its fields, and the numbers of the runs that it finds among `count`, in order."""

    title: str
    fields: Json
    finds: Callable[[int], list[int]]
    # What Milepost must reach, in ms, by the number of runs.
    must: dict[int, float]


def fraction(number: int, key: int) -> float:
    """A value in [0, 1) for a metric of a run, all bits in use, no two alike."""
    return math.modf((number + 1) * (0.6180339887498949 + key * 0.0437016024448821))[0]


def text_of(number: int) -> str:
    """Thirty-two hexadecimal digits that look random."""
    value = (number + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128)
    return f"{value ^ (value >> 61):032x}"


def metrics_of(number: int) -> list[Json]:
    at = BASE_TIME_MS + number * 1000
    return [
        {"key": f"m{key}", "value": fraction(number, key), "timestamp": at, "step": 1}
        for key in range(KEYS)
    ]


def params_of(number: int) -> list[Json]:
    def value(key: int) -> str:
        if key == 1:
            return "xyz"[number % 3]
        return repr(round(fraction(number, key + 50), 6)) if key % 2 else f"v{number % (key + 5)}"

    return [{"key": f"p{key}", "value": value(key)} for key in range(KEYS)]


def tags_of(number: int) -> list[Json]:
    values = {"t": text_of(number), "u": f"user{number % 50}", "rare": f"r{number % RARE}",
              "team": f"team{number % 7}"}  # fmt: skip
    return [{"key": key, "value": value} for key, value in values.items()]


def newest(count: int, holds: Callable[[int], bool] = lambda _: True) -> list[int]:
    return [number for number in range(count - 1, -1, -1) if holds(number)]


def in_range(count: int) -> list[int]:
    return newest(count, lambda number: count // 4 < number < count // 2)


QUERIES = [
    Query("no filter", {}, newest, {1_000: 6, 10_000: 15, 100_000: 8}),
    Query(
        "metrics.m3 > 0.9 and params.p1 = 'x'",
        {"filter": "metrics.m3 > 0.9 and params.p1 = 'x'"},
        lambda count: newest(count, lambda n: fraction(n, 3) > 0.9 and n % 3 == 0),
        {1_000: 3, 10_000: 15, 100_000: 60},
    ),
    Query(
        "a tag that one run in 10,000 has",
        {"filter": "tags.rare = 'r77'"},
        lambda count: newest(count, lambda n: n % RARE == 77),
        {1_000: 3, 10_000: 15, 100_000: 60},
    ),
    Query(
        "order_by metrics.m0 DESC",
        {"order_by": ["metrics.m0 DESC"]},
        lambda count: sorted(range(count), key=lambda n: -fraction(n, 0)),
        {1_000: 7, 10_000: 15, 100_000: 60},
    ),
    Query(
        "tags.t LIKE '%abc%'",
        {"filter": "tags.t LIKE '%abc%'"},
        lambda count: newest(count, lambda n: "abc" in text_of(n)),
        {1_000: 7, 10_000: 15, 100_000: 60},
    ),
    Query("a range of start_time", {}, in_range, {1_000: 7, 10_000: 15, 100_000: 60}),
]
MUST_PAGES_RUNS_A_SECOND = 20_000
MUST_LAST_PAGE = 1.2
MUST_WIDE_MS, MUST_WIDE_KB = 15, 300


class Figures(NamedTuple):
    """Of one server: p50 in ms by (title, runs), and other lines as they are."""

    ms: dict[tuple[str, int], float]
    other: dict[tuple[str, int], str]


def search_sizes(is_full: bool, is_quick: bool) -> dict[str, list[int]]:
    """How many runs each server's experiments have, one after the other."""
    sizes = FULL_SIZES if is_full else SIZES
    if not is_quick:
        return sizes
    return {name: [max(100, count // 10) for count in counts] for name, counts in sizes.items()}


def search_tables(
    servers: list[str], sizes: dict[str, list[int]], database: str, say: Callable[[str], None]
) -> list[str]:
    """The whole section, as Markdown."""
    figures: dict[str, Figures] = {}
    for name in servers:
        figures[name] = Figures({}, {})
        for count in sizes[name]:
            say(f"searches: {name}, {count:,} runs")
            server = Server(name, database)
            try:
                measure(server, count, figures[name], say)
                if name == "milepost" and count == sizes[name][0]:
                    measure_wide(server, figures[name])
            finally:
                server.stop()
                server.remove()
    return lines_of(servers, figures)


# --- the data ------------------------------------------------------------------------------------


def seed(server: Server, count: int) -> tuple[str, float]:
    """An experiment with `count` finished runs; returns its id and the seconds that it took."""
    experiment = new_experiment(server, f"search-{count}")
    began = time.perf_counter()
    numbers = iter(range(count))
    drive(server.port, [seeder(experiment, numbers) for _ in range(SEED_CONNECTIONS)])
    took = time.perf_counter() - began
    server.settle()
    server.settle()  # what a server puts off may begin only after a while
    return experiment, took


def seeder(experiment: str, numbers: Iterator[int]) -> Requests:
    """Makes runs one after the other: create, log, finish."""
    steps: list[bytes] = []

    def next_request(answer: bytes | None) -> bytes | None:
        nonlocal steps
        if steps and steps[0] == b"":
            assert answer is not None
            number = int(steps[1])
            run_id = json.loads(answer)["run"]["info"]["run_id"]
            batch = {"run_id": run_id, "metrics": metrics_of(number), "params": params_of(number),
                     "tags": tags_of(number)}  # fmt: skip
            end = {"run_id": run_id, "status": "FINISHED", "end_time": start_of(number) + 500}
            steps = [post("runs/log-batch", batch), post("runs/update", end)]
        if steps:
            return steps.pop(0)
        number = next(numbers, -1)
        if number < 0:
            return None
        steps = [b"", str(number).encode()]
        body = {"experiment_id": experiment, "start_time": start_of(number),
                "run_name": f"run-{number}"}  # fmt: skip
        return post("runs/create", body)

    return Requests(next_request)


def start_of(number: int) -> int:
    return BASE_TIME_MS + number * 1000


# --- the measurement -----------------------------------------------------------------------------


def measure(server: Server, count: int, into: Figures, say: Callable[[str], None]) -> None:
    experiment, took = seed(server, count)
    into.other["runs seeded a second", count] = shown(count / took)
    for query in QUERIES:
        body = body_of(query, experiment, count)
        found = ask(server, query.title, count, body, query.finds(count)[:PAGE], into, say)
        if query.title == "no filter" and found:
            check_data(found[0], count - 1)
    try:
        whole = pages(server, experiment, count)
    except Refused as error:
        say(f"  all pages: refused: {str(error)[-200:]}")
    else:
        rate, ratio = shown(whole.runs_a_second), f"{whole.last_to_first:.2f} ×"
        say(f"  all pages: {rate} runs/s, the last {ratio} the first, checked")
        into.other["all runs in pages of 1,000, runs/s", count] = rate
        into.other["the last page of 1,000 against the first", count] = ratio
    under_writers(server, experiment, count, into, say)


def body_of(query: Query, experiment: str, count: int) -> Json:
    """The request of a search for one page of an experiment with `count` runs."""
    fields = dict(query.fields)
    if query.title == "a range of start_time":
        low, high = start_of(count // 4), start_of(count // 2)
        fields["filter"] = f"start_time > {low} and start_time < {high}"
    return {"experiment_ids": [experiment], "max_results": PAGE, **fields}


def ask(
    server: Server,
    title: str,
    count: int,
    body: Json,
    wanted: list[int],
    into: Figures,
    say: Callable[[str], None],
) -> list[Json]:
    """Ask once and check, then ask again and again; returns the runs found."""
    try:
        found: list[Json] = call(server.url, "POST", "runs/search", body).get("runs", [])
        same(numbers_of(found), wanted, f"{server.name}, {count:,} runs, {title}: what is found")
        timing = drive(server.port, [fixed([post("runs/search", body)] * REPEATS)])
    except Refused as error:
        say(f"  {title}: refused: {error}")
        return []
    into.ms[title, count] = median(timing.latencies_s) * LATENCY_MS
    say(f"  {title}: {into.ms[title, count]:.2f} ms, checked")
    return found


def numbers_of(runs: list[Json]) -> list[int]:
    return [int(run["info"]["run_name"].removeprefix("run-")) for run in runs]


def check_data(run: Json, number: int) -> None:
    data = run["data"]
    found = {m["key"]: m["value"] for m in data["metrics"]}
    same(found, {m["key"]: m["value"] for m in metrics_of(number)}, "the metrics of a run")
    for kind, wanted in (("params", params_of(number)), ("tags", tags_of(number))):
        pairs = {item["key"]: item["value"] for item in data[kind]}
        same({item["key"]: pairs.get(item["key"]) for item in wanted},
             {item["key"]: item["value"] for item in wanted}, f"the {kind} of a run")  # fmt: skip


class Pages(NamedTuple):
    runs_a_second: float
    last_to_first: float


def pages(server: Server, experiment: str, count: int) -> Pages:
    """All runs, page by page; the best of three passes, and its last full page against its first.

    A page's token stands near its end, so the load does not decode megabytes between requests.
    """
    best = Pages(0.0, 1.0)
    for _ in range(3):
        found: list[bytes] = []
        first = {"experiment_ids": [experiment], "max_results": LARGE_PAGE}

        timing = drive(server.port, [paging(first, found)])
        rate = count / timing.wall_s
        if rate > best.runs_a_second:
            full = timing.latencies_s[: count // LARGE_PAGE]
            best = Pages(rate, full[-1] / full[0] if full else 1.0)
        same([n for page in found for n in numbers_of(json.loads(page)["runs"])],
             newest(count), f"{server.name}: all pages")  # fmt: skip
    return best


def paging(first: Json, found: list[bytes]) -> Requests:
    """Asks for page after page, and keeps them."""

    def next_request(answer: bytes | None) -> bytes | None:
        if answer is None:
            return post("runs/search", first)
        found.append(answer)
        token = token_in(answer)
        return post("runs/search", {**first, "page_token": token}) if token else None

    return Requests(next_request)


def under_writers(
    server: Server, experiment: str, count: int, into: Figures, say: Callable[[str], None]
) -> None:
    """The filter once more while eight connections log metrics to runs of another experiment."""
    other = new_experiment(server, f"writers-{count}")
    runs = [new_run(server, other) for _ in range(WRITERS)]
    query = QUERIES[1]
    body = {"experiment_ids": [experiment], "max_results": PAGE, **query.fields}
    search = post("runs/search", body)
    until = time.perf_counter() + WRITER_SECONDS
    latencies: list[float] = []
    wanted = query.finds(count)[:PAGE]
    answers: list[bytes] = []
    asked = 0.0

    def next_search(answer: bytes | None) -> bytes | None:
        nonlocal asked
        now = time.perf_counter()
        if answer is not None:
            latencies.append(now - asked)
            answers[:] = [answer]
        asked = now
        return search if now < until else None

    def writer(run_id: str) -> Requests:
        step = 0

        def next_write(_: bytes | None) -> bytes | None:
            nonlocal step
            step += 1
            if time.perf_counter() > until:
                return None
            point = {"key": "loss", "value": 1.0, "timestamp": BASE_TIME_MS + step, "step": step}
            return post("runs/log-metric", {"run_id": run_id, **point})

        return Requests(next_write)

    drive(server.port, [Requests(next_search), *(writer(run_id) for run_id in runs)])
    same(numbers_of(json.loads(answers[0]).get("runs", [])), wanted, "the search beside writers")
    title = f"{query.title}, while 8 writers log"
    into.ms[title, count] = median(latencies) * LATENCY_MS
    say(f"  {title}: {into.ms[title, count]:.2f} ms, checked")


def measure_wide(server: Server, into: Figures) -> None:
    """A hundred runs with 12,000 metrics each, ten of which are asked for."""
    experiment = new_experiment(server, "wide")
    runs = [new_run(server, experiment) for _ in range(WIDE_RUNS)]
    for place, run_id in enumerate(runs):
        batches = [
            post("runs/log-batch", {"run_id": run_id, "metrics": [
                {"key": f"layer/{key}", "value": place + key / WIDE_KEYS, "timestamp": 1, "step": 1}
                for key in range(start, start + WIDE_BATCH)]})
            for start in range(0, WIDE_KEYS, WIDE_BATCH)
        ]  # fmt: skip
        drive(server.port, [fixed(batches)])
        call(server.url, "POST", "runs/update", {"run_id": run_id, "status": "FINISHED"})
    server.settle()
    keys = [f"layer/{key}" for key in range(0, WIDE_KEYS, WIDE_KEYS // WIDE_FIELDS)]
    body = {"experiment_ids": [experiment], "max_results": WIDE_RUNS,
            "fields": [f"metrics.`{key}`" for key in keys]}  # fmt: skip
    found = call(server.url, "POST", "runs/search", body)["runs"]
    same(len(found), WIDE_RUNS, "the number of wide runs")
    for run in found:
        same({m["key"] for m in run["data"]["metrics"]}, set(keys), "the metrics asked for")
    whole = run_data(server, runs[-1])
    same(len(whole["metrics"]), WIDE_KEYS, "the metrics of a wide run")
    sizes: list[int] = []

    def next_request(answer: bytes | None) -> bytes | None:
        if answer is not None:
            sizes.append(len(answer))
        return post("runs/search", body) if len(sizes) < REPEATS else None

    timing = drive(server.port, [Requests(next_request)])
    ms = median(timing.latencies_s) * LATENCY_MS
    into.other["12,000 keys × 100 runs, projection of 10", 0] = (
        f"{ms:.1f} ms, {sizes[0] / 1000:.0f} KB"
    )


# --- the tables ----------------------------------------------------------------------------------


def lines_of(servers: list[str], figures: dict[str, Figures]) -> list[str]:
    header = ["search, p50 in ms", "runs", *servers, "must"]
    rows = []
    titles = list(dict.fromkeys(title for f in figures.values() for title, _ in f.ms))
    musts = {query.title: query.must for query in QUERIES}
    counts = sorted({count for f in figures.values() for _, count in f.ms})
    for count in counts:
        for title in titles:
            cells = [figures[name].ms.get((title, count)) for name in servers]
            if any(cell is not None for cell in cells):
                must = musts.get(title, {}).get(count)
                rows.append(
                    [title, f"{count:,}", *(f"{c:,.1f}" if c is not None else "–" for c in cells),
                     f"≤ {must:g}" if must else ""]
                )  # fmt: skip
    lines = table(header, rows)
    others = {
        "all runs in pages of 1,000, runs/s": f"≥ {MUST_PAGES_RUNS_A_SECOND:,}",
        "the last page of 1,000 against the first": f"≤ {MUST_LAST_PAGE} ×",
        "runs seeded a second": "",
        "12,000 keys × 100 runs, projection of 10": f"≤ {MUST_WIDE_MS} ms, ≤ {MUST_WIDE_KB} KB",
    }
    rows = []
    for title, wanted in others.items():
        for count in sorted({c for f in figures.values() for t, c in f.other if t == title}):
            cells_shown = [figures[name].other.get((title, count), "–") for name in servers]
            rows.append([title, f"{count:,}" if count else "", *cells_shown, wanted])
    return [*lines, "", *table(["", "runs", *servers, "must"], rows)]
