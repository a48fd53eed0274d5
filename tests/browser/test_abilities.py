"""Each ability of the page (docs/page.md), as someone would use it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.world import RUNS, World, artifact, put

Open = Callable[..., Page]


def runs_hash(world: World, query: str = "") -> str:
    return f"#/experiments/{world.experiment}{'?' + query if query else ''}"


def row(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.get_by_role("row").filter(has_text=name)


# --- home ----------------------------------------------------------------------------------------


def test_home_shows_experiments_in_folders_with_their_runs(open_page: Open) -> None:
    page = open_page()
    expect(page.get_by_role("button", name="▾ vision/")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("sweep"))).to_contain_text(str(RUNS + 1))
    page.get_by_role("button", name="▾ vision/").click()
    expect(page.get_by_role("link", name="sweep")).to_have_count(0)


def test_home_makes_renames_tags_deletes_and_brings_back_an_experiment(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="New experiment").click()
    page.get_by_label("Name").fill("fresh")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="fresh")).to_be_visible()
    expect(page.get_by_text("No runs yet")).to_be_visible()
    expect(page.get_by_text("mlflow.start_run()")).to_be_visible()
    page.goto(page.url.split("#")[0] + "#/")
    page.get_by_role("row", name="fresh").get_by_role("button", name="Edit").click()
    page.get_by_label("New tag").fill("team = tests")
    page.get_by_role("button", name="Add tag").click()
    expect(page.get_by_role("row", name="fresh")).to_contain_text("team: tests")
    page.get_by_role("row", name="fresh").get_by_role("button", name="Edit").click()
    page.get_by_label(re.compile("^Name")).fill("renamed")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Delete renamed").click()
    expect(page.get_by_role("link", name="renamed")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="renamed")).to_be_visible()


def test_home_search_finds_experiments_by_name(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Search experiments").fill("imagenet")
    expect(page.get_by_role("link", name="vision/imagenet")).to_be_visible()
    expect(page.get_by_role("link", name="Default")).to_have_count(0)


def test_all_runs_lists_runs_across_experiments(open_page: Open) -> None:
    page = open_page("#/runs")
    expect(row(page, "run-23").first).to_be_visible()


# --- the table -----------------------------------------------------------------------------------


def test_the_table_shows_the_total_and_sorts_by_any_column(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&nested=0"))
    expect(page.get_by_text(f"{RUNS + 1} runs")).to_be_visible()
    page.get_by_role("button", name="train/loss").click()
    expect(page.get_by_role("columnheader", name="train/loss")).to_have_attribute(
        "aria-sort", "descending"
    )
    expect(page).to_have_url(re.compile("order="))


def test_the_filter_finds_runs_and_a_fault_shows_its_place(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&nested=0"))
    box = page.get_by_role("combobox", name="Filter")
    box.fill("params.optimizer = 'adam'")
    box.press("Enter")
    expect(page.get_by_text(f"{RUNS // 3} runs")).to_be_visible()
    box.fill("params.optimizer === 3")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("^")


def test_the_filter_completes_names(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table"))
    box = page.get_by_role("combobox", name="Filter")
    expect(row(page, "run-23").first).to_be_visible()
    box.press_sequentially("opti")
    option = page.get_by_role("option", name="params.optimizer")
    expect(option).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("params.optimizer")


def test_the_builder_writes_the_same_filter(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&nested=0"))
    page.get_by_role("button", name="Builder").click()
    page.get_by_label("Field").fill("params.optimizer")
    page.get_by_role("textbox", name="Value").fill("sgd")
    page.get_by_role("button", name="Add condition").click()
    expect(page.get_by_role("combobox", name="Filter")).to_have_value("params.optimizer = 'sgd'")
    expect(page.get_by_text(f"{RUNS // 3} runs")).to_be_visible()


def test_columns_are_chosen_searched_and_kept_in_the_address(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table"))
    page.get_by_role("button", name=re.compile("^Columns")).click()
    page.get_by_label("Only varying").check()
    dialog = page.get_by_role("dialog", name="Columns")
    expect(dialog.get_by_text("model.depth")).to_have_count(1)
    page.get_by_role("button", name="None").click()
    page.get_by_label("Search columns").fill("min train")
    dialog.get_by_role("checkbox", name="min train/loss").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("columnheader", name="min train/loss")).to_be_visible()
    page.reload()
    expect(page.get_by_role("columnheader", name="min train/loss")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Started")).to_have_count(0)


def test_a_child_stays_with_its_parent_under_a_sort(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&order=metrics.`val/accuracy` DESC"))
    expect(row(page, "run-20")).to_be_visible()
    expect(row(page, "run-21")).to_have_count(0)
    row(page, "run-20").get_by_role("button", name="Show 2 children").click()
    expect(row(page, "run-21")).to_be_visible()
    names = page.get_by_role("rowheader").all_inner_texts()
    at = next(i for i, name in enumerate(names) if "run-20" in name)
    assert {names[at + 1].split()[0], names[at + 2].split()[0]} == {"run-21", "run-22"}


def test_groups_have_the_servers_statistics(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&group=p%253Aoptimizer"))
    table = page.get_by_role("table", name="Groups")
    expect(table.get_by_role("row", name=re.compile("adamw"))).to_contain_text(str(RUNS // 3))
    expect(table).to_contain_text("±")


def test_selected_runs_are_tagged_deleted_and_brought_back(open_page: Open, world: World) -> None:
    page = open_page(
        runs_hash(
            world, "layout=table&nested=0&filter=params.batch_size = '32' AND run_name = 'run-02'"
        )
    )
    page.get_by_label("Select run-02").click()
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_role("textbox", name="Key").fill("kept")
    page.get_by_role("textbox", name="Value").fill("yes")
    page.get_by_role("button", name="Set tag").click()
    expect(page.get_by_text("Tagged 1 runs.")).to_be_visible()
    page.get_by_label("Select run-02").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("No run satisfies this filter")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(row(page, "run-02")).to_be_visible()


def test_the_table_is_exported_as_csv(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table"))
    expect(row(page, "run-23").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = download.value.path().read_text()
    assert text.startswith("run_id,name,status,")
    assert text.count("\n") == RUNS + 2


# --- charts --------------------------------------------------------------------------------------


def test_charts_show_metrics_and_are_found_by_search(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=charts"))
    expect(page.locator("[data-metric='train/loss'] canvas")).to_be_visible()
    page.get_by_label("Search charts").fill("accuracy")
    expect(page.locator("[data-metric='train/loss']")).to_have_count(0)
    expect(page.locator("[data-metric='val/accuracy'] canvas")).to_be_visible()


def test_a_zoom_is_shared_asked_again_and_kept_in_the_address(
    open_page: Open, world: World
) -> None:
    page = open_page(runs_hash(world, "layout=charts&q=train"))
    plot = page.locator("[data-metric='train/loss'] .u-over")
    box = plot.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 60, steps=5)
    with page.expect_request(lambda r: "get-buckets" in r.url and '"start"' in (r.post_data or "")):
        page.mouse.up()
    expect(page).to_have_url(re.compile("zoom="))
    page.get_by_role("button", name="Reset zoom").first.click()
    expect(page).not_to_have_url(re.compile("zoom="))


def test_hovering_tells_the_smooth_and_the_raw_value(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=charts&q=train&smooth=0.9"))
    plot = page.locator("[data-metric='train/loss'] .u-over")
    plot.hover(position={"x": 150, "y": 60})
    expect(page.locator(".tooltip")).to_contain_text("raw")


@pytest.mark.parametrize("axis", ["relative", "timestamp", "metric:val/accuracy"])
def test_the_x_axis_can_be_time_or_a_metric(open_page: Open, world: World, axis: str) -> None:
    page = open_page(runs_hash(world, "layout=charts&q=train"))
    page.get_by_label("X axis").select_option(axis)
    expect(page.locator("[data-metric='train/loss'] canvas")).to_be_visible()
    expect(page).to_have_url(re.compile("x="))


def test_log_and_symlog_axes_draw(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=charts&q=train&ys=log"))
    expect(page.locator("[data-metric='train/loss'] canvas")).to_be_visible()
    page.get_by_role("button", name="Axes").click()
    page.get_by_role("group", name="Y scale").get_by_role("button", name="Symlog").click()
    expect(page).to_have_url(re.compile("ys=symlog"))


def test_explore_has_parallel_coordinates_scatter_and_importance(
    open_page: Open, world: World
) -> None:
    page = open_page(runs_hash(world, "layout=explore"))
    expect(page.get_by_label(f"Parallel coordinates of {RUNS + 1} runs")).to_be_visible()
    expect(page.get_by_role("group", name=re.compile("against"))).to_be_visible()
    expect(page.get_by_text("not what caused what")).to_be_visible()
    expect(page.get_by_label("Importance of lr")).to_be_visible()


# --- live ----------------------------------------------------------------------------------------


def test_new_points_show_by_themselves(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.runs[-1]}")
    expect(page.get_by_role("button", name="● Live")).to_be_visible()
    metric = {"key": "live/value", "value": 4.25, "timestamp": int(time.time() * 1000), "step": 1}
    world.post("runs/log-metric", {"run_id": world.runs[-1], **metric})
    expect(page.get_by_role("row", name="live/value")).to_contain_text("4.25")


def test_live_updates_can_be_paused(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world))
    page.get_by_role("button", name="● Live").click()
    expect(page.get_by_role("button", name="▶ Resume")).to_be_visible()


# --- one run -------------------------------------------------------------------------------------


def test_a_run_shows_its_overview_and_family(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.parent}")
    expect(page.get_by_role("heading", name="run-20")).to_be_visible()
    expect(page.get_by_role("region", name="Metrics")).to_contain_text("train/loss")
    expect(page.get_by_role("region", name="Parameters")).to_contain_text("optimizer")
    expect(page.get_by_role("region", name="Parent and children")).to_contain_text("run-21")
    expect(page.get_by_role("link", name="System")).to_be_visible()


def test_notes_are_written_in_markdown(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.runs[1]}")
    page.get_by_role("button", name="Add notes").click()
    page.get_by_label("Notes in Markdown").fill(
        "# Found\nit **works**\n\n- one\n  - inner\n- two\n\n| key | n |\n|---|--:|\n| lr | 3 |"
    )
    page.get_by_role("button", name="Save notes").click()
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    expect(page.locator("strong", has_text="works")).to_be_visible()
    expect(page.locator(".markdown ul ul li")).to_have_text("inner")
    expect(page.locator(".markdown").get_by_role("row", name="lr 3")).to_be_visible()


def test_artifacts_are_listed_and_previewed(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.hostile}?tab=artifacts")
    page.get_by_role("button", name=re.compile("table.csv")).click()
    expect(page.get_by_role("cell", name="two, three")).to_be_visible()
    page.get_by_role("button", name=re.compile("data.json")).click()
    expect(page.locator("pre.code")).to_contain_text('"er": [')
    page.get_by_role("button", name="pictures/").click()
    page.get_by_role("button", name="step_1.svg").first.click()
    expect(page.get_by_role("img", name="pictures/step_1.svg")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("img", name="pictures/step_2.svg")).to_be_visible()


def test_artifacts_large_tables_are_paged_by_range(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.hostile}?tab=artifacts")
    page.get_by_role("button", name=re.compile("long.csv")).click()
    expect(page.get_by_text("part 1 of 3")).to_be_visible()
    last = page.get_by_role("table").locator("tbody tr").last
    for _ in range(60):
        if page.get_by_role("button", name="After").is_disabled():
            break
        page.get_by_role("button", name="After").click()
    end_of_first = int(last.locator("td").first.inner_text())
    page.get_by_role("button", name="Next part").click()
    expect(page.get_by_text("part 2 of 3")).to_be_visible()
    first = page.get_by_role("table").locator("tbody tr").first.locator("td").first
    expect(first).to_have_text(str(end_of_first + 1))
    expect(page.get_by_role("columnheader", name="text")).to_be_visible()


def test_artifacts_of_parquet_are_read_row_by_row(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.hostile}?tab=artifacts")
    page.get_by_role("button", name=re.compile("data.parquet")).click()
    expect(page.get_by_text("rows 1 to 200 of 1,000")).to_be_visible()
    page.get_by_role("button", name="After").click()
    expect(page.get_by_role("cell", name="200", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="100.5", exact=True)).to_be_visible()


def test_artifacts_logged_as_images_make_a_gallery_by_step(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.hostile}?tab=artifacts")
    page.get_by_role("button", name="images/").click()
    expect(page.get_by_role("img", name="val/mask, step 10")).to_be_visible()
    page.get_by_label("Step", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("img", name="val/mask, step 0")).to_be_visible()
    expect(page.get_by_role("img", name="photo, step 0")).to_be_visible()


def test_a_console_is_followed_while_its_run_goes_on(open_page: Open, world: World) -> None:
    world.post("runs/update", {"run_id": world.hostile, "status": "RUNNING"})
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.hostile}")
    page.get_by_role("link", name="Console").click()
    expect(page.get_by_role("log")).to_contain_text("epoch 1")
    put(world.url, artifact(world.experiment, world.hostile, "milepost/console.log"),
        b"epoch 1\nepoch 2 <b>bold</b>\n")  # fmt: skip
    expect(page.get_by_role("log")).to_contain_text("epoch 2 <b>bold</b>")


def test_a_run_that_is_not_heard_of_is_stale(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.hostile}")
    world.post("runs/update", {"run_id": world.hostile, "status": "RUNNING"})
    world.own("runs/note-heartbeats", {"run_ids": [world.hostile]})
    page.clock.install()
    page.reload()
    expect(page.locator(".status.RUNNING").first).to_be_visible()
    expect(page.get_by_text("stale since")).to_have_count(0)
    page.clock.fast_forward(200_000)
    expect(page.get_by_text("stale since")).to_be_visible()


def test_columns_are_pinned_beside_the_names(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table"))
    page.get_by_role("button", name=re.compile("^Columns")).click()
    page.get_by_label("Search columns").fill("accuracy")
    box = page.get_by_role("checkbox", name="val/accuracy").first
    box.check()
    page.get_by_role("button", name="Pin val/accuracy").click()
    page.get_by_role("button", name="Done").click()
    head = page.get_by_role("columnheader", name="val/accuracy")
    expect(head).to_have_attribute("aria-colindex", "2")
    page.set_viewport_size({"width": 700, "height": 700})
    page.get_by_role("grid").evaluate("grid => grid.scrollLeft = 400")
    expect(head).to_be_in_viewport()
    page.reload()
    expect(head).to_have_attribute("aria-colindex", "2")


# --- comparing, views, everywhere ----------------------------------------------------------------


def test_compare_shows_what_differs_first(open_page: Open, world: World) -> None:
    page = open_page(f"#/compare?runs={','.join(world.runs[:3])}")
    table = page.get_by_role("table", name="Comparison")
    expect(table).to_contain_text("optimizer")
    expect(table).not_to_contain_text("model.depth")
    page.get_by_label("Only differences").click()
    expect(table).to_contain_text("depth")
    page.get_by_role("button", name="Diff").click()
    expect(page.locator("ins")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_label("Transpose").check()
    expect(table.get_by_role("columnheader", name="optimizer")).to_be_visible()
    expect(page.locator("[data-metric='train/loss'] canvas")).to_be_visible()


def test_a_view_is_saved_and_opened_again(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=charts&q=accuracy&smooth=0.5"))
    page.get_by_role("button", name=re.compile("^Views")).click()
    page.get_by_label("Name of the view").fill("smooth ones")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="smooth ones")).to_be_visible()
    page.goto(f"{world.url}/{runs_hash(world)}")
    page.reload()
    page.get_by_role("button", name=re.compile("^Views")).click()
    page.get_by_role("link", name="smooth ones").click()
    expect(page).to_have_url(re.compile("smooth=0.5"))


def test_a_short_link_shows_the_same(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=charts&q=accuracy"))
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_text("Copied the link")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#/v/" in link
    page.goto(link)
    page.reload()
    expect(page).to_have_url(re.compile("q=accuracy"))


def test_the_palette_finds_runs_and_experiments(open_page: Open) -> None:
    page = open_page()
    expect(page.get_by_role("link", name="Default")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_label("Find experiments, runs and metrics").fill("run-07")
    expect(page.get_by_role("option", name=re.compile("run-07"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="run-07")).to_be_visible()
