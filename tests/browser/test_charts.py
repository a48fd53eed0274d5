"""What charts draw: marks, bands, dashes, order, and how they stay while data comes.

A line is looked for where its value must stand: the plot's edges are the range of what it shows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_abilities import Open
from tests.browser.world import World

Values = Sequence[float | str]

# Of a box in the plot, by fractions of its width and height: how many of its columns have a pixel
# of a line's colour (grids are grey), and how opaque the middle is.
LOOK = """(article, [left, top, width, height]) => {
    const canvas = article.querySelector("canvas");
    const [c, o] = [canvas, article.querySelector(".u-over")].map((e) => e.getBoundingClientRect());
    const scale = canvas.width / c.width;
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    const x = Math.round((o.left - c.left + left * o.width) * scale - w / 2);
    const y = Math.round((o.top - c.top + top * o.height) * scale - h / 2);
    const {data} = canvas.getContext("2d").getImageData(x, y, w, h);
    const columns = new Set();
    for (let i = 0; i < data.length; i += 4) {
        const [r, g, b, a] = data.slice(i, i + 4);
        if (a > 90 && Math.max(r, g, b) - Math.min(r, g, b) > 50) columns.add((i / 4) % w);
    }
    return {columns: columns.size, width: w, alpha: data[4 * (w * (h >> 1) + (w >> 1)) + 3]};
}"""


def chart(page: Page, metric: str):  # type: ignore[no-untyped-def]
    found = page.get_by_role("article", name=metric)
    expect(found.locator("canvas")).to_be_visible()
    return found


def look(page: Page, metric: str, left: float, top: float, width: int, height: int) -> Any:
    """See LOOK; the box stands around a point of the plot."""
    return chart(page, metric).evaluate(LOOK, [left, top, width, height])


def edge(page: Page, metric: str, left: float, which: str) -> int:
    """How wide the mark at the plot's upper or lower edge is, in pixels; 0 without one."""
    height = chart(page, metric).locator(".u-over").bounding_box()["height"]
    top = 5 / height if which == "top" else 1 - 6 / height
    return int(look(page, metric, left, top, 14, 9)["columns"])


def logged(
    world: World, name: str, runs: Mapping[str, Values], params: Mapping[str, str] | None = None
) -> str:
    """An experiment with a run a name, each with one metric `m` at steps 0, 1, 2 …"""
    experiment: str = world.post("experiments/create", {"name": name})["experiment_id"]
    for at, (run_name, values) in enumerate(runs.items()):
        new = {
            "experiment_id": experiment,
            "run_name": run_name,
            "start_time": 1_700_000_000_000 + at,
        }
        run_id = world.post("runs/create", new)["run"]["info"]["run_id"]
        points = [
            {"key": "m", "value": value, "timestamp": 1_700_000_000_000 + step, "step": step}
            for step, value in enumerate(values)
        ]
        arm = [{"key": "arm", "value": params[run_name]}] if params else []
        world.post("runs/log-batch", {"run_id": run_id, "metrics": points, "params": arm})
    return experiment


def table(page: Page, metric: str):  # type: ignore[no-untyped-def]
    page.get_by_role("button", name=f"{metric} as a table").click()
    return page.get_by_role("region", name=f"Numbers of {metric}")


def test_charts_mark_nan_and_infinities_and_count_them(open_page: Open, world: World) -> None:
    values: list[float | str] = [1.0] * 21
    values[4], values[10], values[16] = "NaN", "Infinity", "-Infinity"
    experiment = logged(world, "not finite", {"odd": values})
    page = open_page(f"#/experiments/{experiment}?layout=charts")
    expect(chart(page, "m").get_by_text("3 not finite")).to_be_visible()
    marks = {
        (at, which): edge(page, "m", at / 20, which)
        for at in (4, 8, 10, 16)
        for which in ("top", "bottom")
    }
    assert [place for place, width in marks.items() if width >= 6] == [
        (4, "bottom"), (10, "top"), (16, "bottom"),
    ]  # fmt: skip
    assert not [width for width in marks.values() if 0 < width < 6]
    expect(table(page, "m").get_by_role("row", name=re.compile("odd"))).to_contain_text(
        "1 NaN, 1 +∞, 1 −∞"
    )


def test_charts_mark_where_clipped_points_lie(open_page: Open, world: World) -> None:
    wave = [float(step % 10) for step in range(400)]
    wave[100], wave[300] = 900.0, -900.0
    experiment = logged(world, "outliers", {"spiky": wave})
    page = open_page(f"#/experiments/{experiment}?layout=charts")
    assert edge(page, "m", 100 / 399, "top") < 4  # the line's own tip at most
    page.get_by_role("button", name="Axes").click()
    page.get_by_label("Clip outliers").check()
    page.keyboard.press("Escape")
    expect(chart(page, "m").get_by_text("2 clipped")).to_be_visible()
    expect(page).to_have_url(re.compile("clip=1"))
    assert edge(page, "m", 100 / 399, "top") >= 6
    assert edge(page, "m", 300 / 399, "bottom") >= 6
    expect(table(page, "m").get_by_role("row", name=re.compile("spiky"))).to_contain_text(
        "1 above, 1 below"
    )


def test_charts_draw_bands_of_groups_and_say_n(open_page: Open, world: World) -> None:
    runs = {
        "a1": [1.0] * 50,
        "a2": [2.0] * 50,
        "a3": [3.0] * 50,
        "b1": [6.0] * 50,
        "b2": [8.0] * 50,
    }
    arms = {name: name[0] for name in runs}
    experiment = logged(world, "two arms", runs, arms)
    page = open_page(f"#/experiments/{experiment}?layout=charts&group=p%253Aarm")
    chart(page, "m")

    def top(value: float) -> float:  # the range is 1 to 8 and a twentieth more at either end
        return (8.35 - value) / 7.7

    assert look(page, "m", 0.51, top(2.5), 3, 3)["alpha"] > 15
    assert look(page, "m", 0.51, top(4.4), 3, 3)["alpha"] == 0
    assert look(page, "m", 0.51, top(2.0), 40, 3)["columns"] == 40
    rows = table(page, "m").get_by_role("row")
    expect(rows.filter(has_text="arm=a (n=3)")).to_contain_text("213150")  # last, min, max, points
    expect(rows.filter(has_text="arm=b (n=2)")).to_contain_text("768100")


def test_charts_tell_many_lines_apart_by_colour_and_dash(open_page: Open, world: World) -> None:
    runs = {f"line-{at}": [float(at)] * 60 for at in range(10)}
    experiment = logged(world, "ten lines", runs)
    page = open_page(f"#/experiments/{experiment}?layout=charts")
    # The newest run is the first: line-9 is drawn in the first colour, line-1 in it again, dashed.
    whole = look(page, "m", 0.5, 0.45 / 9.9, 300, 5)
    dashed = look(page, "m", 0.5, 8.45 / 9.9, 300, 5)
    assert whole["columns"] == whole["width"]
    assert 0.4 * dashed["width"] < dashed["columns"] < 0.9 * dashed["width"]
    looks = (
        table(page, "m")
        .locator("svg line")
        .evaluate_all(
            "lines => lines.map((line) => ['stroke', 'stroke-dasharray']"
            ".map((name) => line.getAttribute(name)).join(' '))"
        )
    )
    assert len(set(looks)) == len(runs)
    assert len({look.split(" ")[0] for look in looks}) == 8


def test_charts_pinned_first_keep_their_order_in_the_address(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}?layout=charts")
    page.get_by_role("button", name="Pin val/accuracy").click()
    page.get_by_role("button", name="Pin train/loss").click()
    names = page.get_by_role("article").locator("h2")
    expect(names.nth(0)).to_have_text("val/accuracy")
    page.get_by_role("button", name="Move train/loss before").click()
    page.reload()
    expect(names.nth(0)).to_have_text("train/loss")
    expect(names.nth(1)).to_have_text("val/accuracy")


def test_charts_out_of_sight_are_not_asked_for(open_page: Open, world: World) -> None:
    experiment = world.post("experiments/create", {"name": "many keys"})["experiment_id"]
    run = world.post("runs/create", {"experiment_id": experiment})["run"]["info"]["run_id"]
    for part in range(2):
        points = [
            {"key": f"part{key % 7}/key{part}{key:03d}", "value": key, "timestamp": 1, "step": 0}
            for key in range(1000)
        ]
        world.post("runs/log-batch", {"run_id": run, "metrics": points})
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "get-buckets" in r.url else None)
    page.goto(f"{page.url.split('#')[0]}#/experiments/{experiment}?layout=charts")
    expect(page.locator(".plot canvas").first).to_be_visible()
    expect(page.get_by_role("button", name="▾ part0")).to_contain_text("286")
    page.get_by_label("Search charts").fill("key1999")
    expect(page.get_by_role("article", name="part5/key1999").locator("canvas")).to_be_visible()
    assert 0 < len(asked) < 60


def test_charts_are_found_by_the_tree_of_their_keys(open_page: Open, world: World) -> None:
    experiment = world.post("experiments/create", {"name": "deep keys"})["experiment_id"]
    run = world.post("runs/create", {"experiment_id": experiment})["run"]["info"]["run_id"]
    keys = [f"layer{a}/{part}/norm" for a in range(4) for part in ("attention", "mlp")] + ["loss"]
    points = [{"key": key, "value": 1, "timestamp": 1, "step": 0} for key in keys]
    world.post("runs/log-batch", {"run_id": run, "metrics": points})
    page = open_page(f"#/experiments/{experiment}?layout=charts")
    expect(page.get_by_role("article", name="layer0/mlp/norm")).to_be_visible()
    page.get_by_role("button", name="▾ attention 1").first.click()
    expect(page.get_by_role("article", name="layer0/attention/norm")).to_have_count(0)
    expect(page.get_by_role("article", name="layer0/mlp/norm")).to_be_visible()
    page.get_by_role("button", name="▾ layer0 2").click()
    expect(page.get_by_role("article", name="layer0/mlp/norm")).to_have_count(0)
    expect(page.get_by_role("button", name="▸ attention 1")).to_have_count(0)
    expect(page.get_by_role("article", name="layer1/mlp/norm")).to_be_visible()


def test_charts_say_why_they_are_empty(open_page: Open, world: World) -> None:
    runs: dict[str, Values] = {"odd": ["NaN", "NaN"], "low": [-1.0, -2.0]}
    experiment = logged(world, "nothing to draw", runs)
    found = world.post("runs/search", {"experiment_ids": [experiment]})["runs"]
    ids = {run["info"]["run_name"]: run["info"]["run_id"] for run in found}
    here = f"#/experiments/{experiment}/runs"
    page = open_page(f"{here}/{ids['odd']}?tab=charts")
    expect(chart(page, "m").get_by_text("No value is a finite number")).to_be_visible()
    page.goto(f"{world.url}/{here}/{ids['low']}?tab=charts&ys=log")
    expect(chart(page, "m").get_by_text("No value is above 0")).to_be_visible()


def test_new_points_come_without_losing_zoom_or_scroll(open_page: Open, world: World) -> None:
    experiment = logged(world, "growing", {"now": [float(step) for step in range(50)]})
    run = world.post("runs/search", {"experiment_ids": [experiment]})["runs"][0]["info"]["run_id"]
    page = open_page(f"#/experiments/{experiment}?layout=charts&zoom=10,60", width=700)
    expect(page.get_by_role("button", name="● Live")).to_be_visible()
    row = table(page, "m").get_by_role("row", name=re.compile("now"))
    expect(row).to_contain_text("49")
    where = page.url
    world.post(
        "runs/log-metric", {"run_id": run, "key": "m", "value": 77, "timestamp": 1, "step": 55}
    )
    expect(row).to_contain_text("77")
    assert page.url == where


def test_live_paused_or_hidden_asks_nothing_and_catches_up(open_page: Open, world: World) -> None:
    experiment = logged(world, "unseen", {"now": [1.0, 2.0]})
    run = world.post("runs/search", {"experiment_ids": [experiment]})["runs"][0]["info"]["run_id"]
    page = open_page(f"#/experiments/{experiment}?layout=charts")
    expect(page.get_by_role("button", name="● Live")).to_be_visible()
    row = table(page, "m").get_by_role("row", name=re.compile("now"))
    asked: list[str] = []

    def log(step: int) -> None:
        point = {"key": "m", "value": 10 * step, "timestamp": int(time.time() * 1000), "step": step}
        world.post("runs/log-metric", {"run_id": run, **point})

    def hide(is_hidden: bool) -> None:
        page.evaluate(
            "is => { const told = {get: () => is, configurable: true}; "
            "Object.defineProperty(document, 'hidden', told); "
            "document.dispatchEvent(new Event('visibilitychange')); }",
            is_hidden,
        )

    expect(row).to_contain_text("2")
    hide(True)
    page.on("request", lambda request: asked.append(request.url))
    log(3)
    page.wait_for_timeout(1_500)
    assert asked == []
    hide(False)
    expect(row).to_contain_text("30")
    page.get_by_role("button", name="● Live").click()
    asked.clear()
    log(4)
    page.wait_for_timeout(1_500)
    assert asked == []
    page.get_by_role("button", name="▶ Resume").click()
    log(5)
    expect(row).to_contain_text("50")


def test_explore_brushing_selects_runs_and_axes_can_be_log(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}?layout=explore")
    picture = page.get_by_role("group", name=re.compile("^Parallel coordinates of"))
    page.get_by_role("button", name="lr: linear axis").click()  # it spans three decades
    expect(page.get_by_role("button", name="lr: log axis")).to_be_visible()
    axis = picture.locator("rect").last.bounding_box()
    assert axis
    x = axis["x"] + axis["width"] / 2
    page.mouse.move(x, axis["y"] + 2)
    page.mouse.down()
    page.mouse.move(x, axis["y"] + axis["height"] / 3, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("sel="))
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("button", name="Compare")).to_be_visible()
    expect(page.get_by_role("row", selected=True).first).to_be_visible()


def test_explore_scatters_on_log_axes_kept_in_the_address(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}?layout=explore&sx=p:lr&sy=m:train/loss")
    picture = page.get_by_role("group", name="train/loss against lr")
    expect(picture.locator("circle").first).to_be_visible()
    page.get_by_role("button", name="Log x axis").click()
    expect(picture.get_by_text("lr (log)")).to_be_visible()
    for decade in ("0.001", "0.01"):  # a linear axis would have only the second
        expect(picture.get_by_text(decade, exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Log x axis")).to_have_attribute("aria-pressed", "true")
