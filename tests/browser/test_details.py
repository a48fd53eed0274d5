"""The finer abilities of each page: of the table, a run, its files and the frame around them."""

from __future__ import annotations

import base64
import re
import struct
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.test_abilities import Open, row, runs_hash
from tests.browser.test_charts import logged
from tests.browser.world import SVG, World, artifact, put

FIRST_LOAD_MAX = 300_000
WAV = b"RIFF" + struct.pack("<I", 36 + 8000) + b"WAVEfmt " + struct.pack(
    "<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8
) + b"data" + struct.pack("<I", 8000) + b"\x80" * 8000  # fmt: skip
PDF = b"""%PDF-1.1
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj
4 0 obj<</Length 23>>stream
1 0 0 rg 0 0 99 99 re f
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""
# How many pixels of a picture are red, as the only page of the PDF is.
RED = """async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
    const draw = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    draw.drawImage(bitmap, 0, 0);
    const {data} = draw.getImageData(0, 0, bitmap.width, bitmap.height);
    let red = 0;
    for (let i = 0; i < data.length; i += 4) red += data[i] > 200 && data[i + 1] < 60 && data[i + 2] < 60;
    return red;
}"""  # noqa: E501
# A picture that moves, recorded by the browser itself.
RECORD = """async () => {
    const canvas = document.createElement("canvas"), chunks = [];
    const draw = canvas.getContext("2d"), stream = canvas.captureStream(20);
    const recorder = new MediaRecorder(stream, {mimeType: "video/webm"});
    recorder.ondataavailable = (event) => chunks.push(event.data);
    recorder.start(100);
    for (let i = 0; i < 12; i++) {
        draw.fillStyle = `hsl(${i * 30} 90% 50%)`;
        draw.fillRect(0, 0, 300, 150);
        await new Promise((done) => setTimeout(done, 50));
    }
    await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
}"""


def names(page: Page) -> list[str]:
    return page.get_by_role("rowheader").get_by_role("link").all_inner_texts()


# --- home ----------------------------------------------------------------------------------------


def test_home_restores_what_is_deleted_and_keeps_notes(open_page: Open, world: World) -> None:
    made = world.post("experiments/create", {"name": "put away"})["experiment_id"]
    world.post("experiments/delete", {"experiment_id": made})
    page = open_page("#/?stage=deleted")
    line = page.get_by_role("row", name=re.compile("put away"))
    line.get_by_role("button", name="Restore").click()
    expect(line).to_have_count(0)
    page.get_by_role("button", name="Active").click()
    line.get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Add notes").click()
    page.get_by_label("Notes in Markdown").fill("*why* it was")
    page.get_by_role("button", name="Save notes").click()
    expect(page.locator("em", has_text="why")).to_be_visible()
    page.goto(f"{world.url}/#/experiments/{made}")
    page.get_by_role("button", name="Notes").click()
    expect(page.locator("em", has_text="why")).to_be_visible()


def test_all_runs_tell_the_experiment_by_name(open_page: Open) -> None:
    page = open_page("#/runs?layout=table&nested=0")
    expect(row(page, "run-23").first).to_contain_text("vision/cifar/sweep")


# --- the table -----------------------------------------------------------------------------------


def test_columns_can_be_only_the_filled_ones(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table"))
    page.get_by_role("button", name=re.compile("^Columns")).click()
    dialog = page.get_by_role("dialog", name="Columns")
    expect(dialog.get_by_role("checkbox", name="train/loss")).to_be_visible()
    expect(dialog.get_by_text("evil")).to_be_visible()
    page.get_by_label("Only non-empty").check()
    expect(dialog.get_by_text("evil")).to_have_count(0)
    expect(dialog.get_by_role("checkbox", name="train/loss")).to_be_visible()


def test_columns_are_moved_and_resized(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&cols=p%253Alr,p%253Aoptimizer,a%253Astatus"))
    heads = page.get_by_role("columnheader")
    expect(heads).to_have_text(["Run", "lr", "optimizer", "Status"])
    heads.nth(3).drag_to(heads.nth(1))
    expect(heads).to_have_text(["Run", "Status", "lr", "optimizer"])
    page.get_by_role("button", name=re.compile("^Columns")).click()
    page.get_by_role("button", name="Move lr before").click()
    page.get_by_role("button", name="Done").click()
    expect(heads).to_have_text(["Run", "lr", "Status", "optimizer"])
    edge = heads.nth(1).locator(".resizer").bounding_box()
    assert edge
    page.mouse.move(edge["x"] + 3, edge["y"] + 5)
    page.mouse.down()
    page.mouse.move(edge["x"] + 93, edge["y"] + 5, steps=4)
    page.mouse.up()
    page.reload()
    expect(heads).to_have_text(["Run", "lr", "Status", "optimizer"])
    width = heads.nth(1).bounding_box()
    assert width
    assert 190 <= width["width"] <= 210


def test_columns_are_sorted_and_resized_by_keys(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&cols=p%253Alr,p%253Aoptimizer"))
    expect(page.get_by_role("columnheader", name="optimizer")).to_be_visible()
    page.get_by_role("grid").focus()
    for key in ("Tab", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    edge = page.get_by_role("separator", name="Width of optimizer")
    expect(edge).to_have_attribute("aria-valuenow", "130")
    page.keyboard.press("Shift+ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", "120")
    page.keyboard.press("Enter")
    head = page.get_by_role("columnheader", name="optimizer")
    expect(head).to_have_attribute("aria-sort", "descending")
    page.reload()
    expect(edge).to_have_attribute("aria-valuenow", "120")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_columns_of_keys_with_odd_parts_are_shown(open_page: Open, world: World) -> None:
    """Keys that the filter language takes only in quotes."""
    experiment = world.post("experiments/create", {"name": "odd keys"})["experiment_id"]
    for value in ("a", "b"):
        run = world.post("runs/create", {"experiment_id": experiment})["run"]["info"]["run_id"]
        keys = ("betas.0", "data.in", "a-b")
        params = [{"key": key, "value": f"{key}={value}"} for key in keys]
        world.post("runs/log-batch", {"run_id": run, "params": params})
    page = open_page(f"#/experiments/{experiment}?layout=table")
    for key in keys:
        expect(page.get_by_role("gridcell", name=f"{key}=a", exact=True)).to_be_visible()


def test_the_table_shows_runs_by_the_least_of_a_metric(open_page: Open, world: World) -> None:
    runs = {"deep": [5.0, -3.0, 4.0], "flat": [1.0, 1.0, 1.0], "high": [9.0, 8.0, 2.0]}
    experiment = logged(world, "least first", runs)
    page = open_page(
        f"#/experiments/{experiment}?layout=table&cols=m%253Am%2540min,m%253Am%2540max"
    )
    page.get_by_role("button", name="min m").click()
    page.get_by_role("button", name="min m").click()
    head = page.get_by_role("columnheader", name="min m")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("rowheader").first).to_contain_text("deep")
    assert names(page) == ["deep", "flat", "high"]
    expect(row(page, "deep")).to_contain_text("-35")
    expect(row(page, "high")).to_contain_text("29")


def test_a_child_brings_its_parent_under_a_filter(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&filter=run_name = 'run-21'"))
    expect(row(page, "run-20")).to_have_class(re.compile("dim"))
    row(page, "run-20").get_by_role("button", name="Show 2 children").click()
    expect(row(page, "run-21")).not_to_have_class(re.compile("dim"))


def test_a_child_of_a_child_opens_below_it(open_page: Open, world: World) -> None:
    experiment = world.post("experiments/create", {"name": "three generations"})["experiment_id"]
    parent = ""
    for name in ("grandmother", "mother", "daughter"):
        tags = [{"key": "mlflow.parentRunId", "value": parent}] if parent else []
        new = {"experiment_id": experiment, "run_name": name, "tags": tags, "start_time": 1}
        parent = world.post("runs/create", new)["run"]["info"]["run_id"]
    page = open_page(f"#/experiments/{experiment}?layout=table")
    row(page, "grandmother").get_by_role("button", name="Show 1 children").click()
    expect(row(page, "daughter")).to_have_count(0)
    row(page, "mother").last.get_by_role("button", name="Show children").click()
    expect(row(page, "daughter")).to_be_visible()
    assert names(page) == ["grandmother", "mother", "daughter"]


def test_groups_are_chosen_by_any_fields(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table"))
    page.get_by_role("button", name="Group", exact=True).click()
    for field in ("optimizer", "team"):
        page.get_by_label("Add a field to group by").select_option(field)
    page.keyboard.press("Escape")
    table = page.get_by_role("table", name="Groups")
    expect(table.get_by_role("row", name=re.compile("^adamw x"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^Group")).click()
    page.get_by_role("button", name="Do not group by team").click()
    expect(table.get_by_role("row", name=re.compile("^adamw x"))).to_have_count(0)


def test_selected_by_a_range_and_restored_from_the_deleted(open_page: Open, world: World) -> None:
    experiment = logged(world, "to restore", {f"r{at}": [1.0] for at in range(5)})
    page = open_page(f"#/experiments/{experiment}?layout=table")
    page.get_by_label("Select r3").click()
    page.get_by_label("Select r1").click(modifiers=["Shift"])
    expect(page.get_by_text("3 selected")).to_be_visible()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_text("2 runs", exact=True)).to_be_visible()
    page.get_by_role("button", name="Deleted", exact=True).click()
    page.get_by_label("Select r2").click()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("Restored 1 run.")).to_be_visible()
    page.get_by_role("button", name="Active", exact=True).click()
    expect(row(page, "r2")).to_be_visible()


# --- one run -------------------------------------------------------------------------------------


def test_a_run_tells_its_datasets_source_commit_and_times(open_page: Open, world: World) -> None:
    run_id = world.runs[7]
    dataset = {"name": "digits", "digest": "d1", "source_type": "local", "source": "here"}
    train = [{"key": "mlflow.data.context", "value": "training"}]
    inputs = [{"dataset": dataset, "tags": train}]
    world.post("runs/log-inputs", {"run_id": run_id, "datasets": inputs})
    told = {"mlflow.source.name": "train.py", "mlflow.source.git.commit": "c0ffee" * 5}
    for key, value in told.items():
        world.post("runs/set-tag", {"run_id": run_id, "key": key, "value": value})
    page = open_page(f"#/experiments/{world.experiment}/runs/{run_id}")
    expect(page.get_by_role("region", name="Datasets")).to_contain_text("training")
    details = page.get_by_role("region", name="Details")
    for text in ("train.py", "c0ffee", "6 min 40 s", "ada"):
        expect(details).to_contain_text(text)
    zoned = re.compile(r"\d{4}.* (UTC|GMT|[A-Z]{3,4})")
    expect(details.locator("time").first).to_have_attribute("title", zoned)


def test_a_run_gives_its_id_and_values_to_the_clipboard(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{world.runs[0]}")
    page.get_by_role("button", name="Copy the run id").click()
    expect(page.get_by_text("Copied the run id")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == world.runs[0]
    page.get_by_role("button", name="Copy the value of optimizer").click()
    expect(page.get_by_text("Copied the value of optimizer")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "adam"


def test_a_run_shows_the_error_of_one_section_alone(open_page: Open, world: World) -> None:
    page = open_page()
    page.route("**/get-aggregates*", lambda route: route.abort())
    here = f"#/experiments/{world.experiment}/runs/{world.runs[0]}"
    page.goto(f"{world.url}/{here}")
    failed = page.get_by_role("region", name="Metrics")
    expect(failed.get_by_role("alert")).to_contain_text("cannot be reached", timeout=20_000)
    expect(page.get_by_role("region", name="Parameters")).to_contain_text("optimizer")
    expect(page.get_by_role("alert")).to_have_count(1)
    page.unroute("**/get-aggregates*")
    failed.get_by_role("button", name="Try again").click()
    expect(failed).to_contain_text("train/loss")


def test_artifacts_play_print_and_are_downloaded(open_page: Open, world: World) -> None:
    run_id = world.runs[2]
    page = open_page()
    moving = base64.b64decode(page.evaluate(RECORD))
    files = {
        "beep.wav": WAV,
        "moving.webm": moving,
        "paper.pdf": PDF,
        "train.py": b"print('<b>hi</b>')\n",
    }
    for name, data in files.items():
        put(world.url, artifact(world.experiment, run_id, name), data)
    here = f"{world.url}/#/experiments/{world.experiment}/runs/{run_id}?tab=artifacts"
    page.goto(f"{here}&path=beep.wav")
    sound = page.locator("audio")
    expect(sound).to_have_js_property("duration", 1)
    page.get_by_role("button", name=re.compile("moving.webm")).click()
    expect(page.locator("video")).to_have_js_property("videoWidth", 300)
    page.get_by_role("button", name=re.compile("train.py")).click()
    expect(page.locator("pre.code")).to_have_text("print('<b>hi</b>')\n")
    page.get_by_role("button", name=re.compile("paper.pdf")).click()
    frame = page.locator("iframe[title=PDF]")
    expect(frame).to_have_attribute("src", re.compile("^blob:"))
    for _ in range(40):  # the browser's own viewer takes its time, and says nothing
        red = page.evaluate(RED, base64.b64encode(frame.screenshot()).decode())
        if red:
            break
        page.wait_for_timeout(250)
    assert red > 99 * 99, "no page of the PDF is painted"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "paper.pdf"
    assert download.value.path().read_bytes() == PDF


def test_artifacts_open_folders_from_the_address(open_page: Open, world: World) -> None:
    run_id = world.runs[6]
    for name in ("model/MLmodel", "model/v1.5/notes.txt"):
        put(world.url, artifact(world.experiment, run_id, name), f"in {name}".encode())
    page = open_page(f"#/experiments/{world.experiment}/runs/{run_id}?tab=artifacts&path=model")
    page.get_by_role("button", name="v1.5/").click()
    page.reload()
    page.get_by_role("button", name="notes.txt").click()
    expect(page.locator("pre.code")).to_have_text("in model/v1.5/notes.txt")
    page.get_by_role("button", name="Up").click()
    page.get_by_role("button", name="MLmodel").click()
    expect(page.locator("pre.code")).to_have_text("in model/MLmodel")


def test_artifacts_of_html_are_shown_without_their_scripts(open_page: Open, world: World) -> None:
    here = f"#/experiments/{world.experiment}/runs/{world.hostile}?tab=artifacts"
    page = open_page(f"{here}&path=page.html")
    frame = page.frame_locator("iframe[title='HTML preview']")
    expect(frame.get_by_role("heading", name="report")).to_be_visible()
    expect(page.locator("iframe[title='HTML preview']")).to_have_attribute("sandbox", "")


def test_artifacts_over_five_megabytes_wait_to_be_asked_for(open_page: Open, world: World) -> None:
    run_id = world.runs[5]
    put(world.url, artifact(world.experiment, run_id, "large.png"), b"\x89PNG" + b"\0" * 5_100_000)
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "get-artifact?" in r.url else None)
    here = f"{world.url}/#/experiments/{world.experiment}/runs/{run_id}?tab=artifacts"
    page.goto(f"{here}&path=large.png")
    button = page.get_by_role("button", name="Show all 5.1 MB")
    expect(button).to_be_visible()
    assert [url for url in asked if "large" in url] == []
    button.click()
    expect(page.get_by_role("img", name="large.png")).to_have_count(1)
    assert [url for url in asked if "large" in url] != []


# --- comparing, everywhere -----------------------------------------------------------------------


def test_compare_folds_nested_keys(open_page: Open, world: World) -> None:
    experiment = world.post("experiments/create", {"name": "nested keys"})["experiment_id"]
    runs = []
    for value in ("1", "2"):
        run = world.post("runs/create", {"experiment_id": experiment})["run"]["info"]["run_id"]
        keys = ("model.depth", "model.width", "data.size", "optimizer")
        params = [{"key": key, "value": value} for key in keys]
        world.post("runs/log-batch", {"run_id": run, "params": params})
        runs.append(run)
    page = open_page(f"#/compare?runs={','.join(runs)}")
    table = page.get_by_role("table", name="Comparison")
    expect(table.get_by_role("row", name=re.compile("^model.depth"))).to_be_visible()
    table.get_by_role("button", name="▾ Parameters/model").click()
    expect(table.get_by_role("row", name=re.compile("^model.depth"))).to_have_count(0)
    # A key that shares its part with no other has no fold of its own.
    expect(table.get_by_role("row", name=re.compile("^data.size"))).to_be_visible()
    expect(table.get_by_role("button", name="Parameters/data")).to_have_count(0)
    page.get_by_label("Search keys").fill("optim")
    expect(table.locator("tbody tr td:first-child")).to_have_text(["optimizer"])


def test_compare_shows_an_artifact_of_each_run_side_by_side(open_page: Open, world: World) -> None:
    runs = [world.runs[7], world.runs[8], world.hostile]
    for run_id in runs[:2]:
        put(world.url, artifact(world.experiment, run_id, "config.yaml"), run_id.encode())
        image = "images/val~mask+step+0+timestamp+1700000000000+a.svg"
        put(world.url, artifact(world.experiment, run_id, image), SVG % b"<rect/>")
    page = open_page(f"#/compare?runs={','.join(runs)}")
    page.get_by_role("button", name="Artifacts").click()
    page.get_by_role("button", name="config.yaml 2 of 3").click()
    beside = page.get_by_role("region", name="Side by side")
    expect(beside.locator("pre.code")).to_have_text(runs[:2])
    expect(beside.get_by_text("This run has none.")).to_have_count(1)
    page.get_by_role("button", name="images/").click()
    expect(beside.get_by_role("img", name="val/mask, step 10")).to_have_count(1)
    expect(beside.get_by_role("img", name="val/mask, step 0")).to_have_count(2)
    page.get_by_label("Step", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    expect(beside.get_by_role("img", name="val/mask, step 0")).to_have_count(3)
    page.get_by_role("article", name="train/loss").scroll_into_view_if_needed()
    expect(page.locator("[data-metric='train/loss'] canvas")).to_be_visible()


def test_what_is_not_there_is_said(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}/runs/{'0' * 32}")
    expect(page.get_by_role("heading", name="This run cannot be shown")).to_be_visible()
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    page.goto(f"{world.url}/#/experiments/987654321")
    expect(page.get_by_role("heading", name="This experiment cannot be shown")).to_be_visible()
    page.goto(f"{world.url}/#/compare?runs={'0' * 32},{'1' * 32}")
    expect(page.get_by_role("heading", name="None of these runs is here")).to_be_visible()
    page.goto(f"{world.url}/#/v/nowhere")
    expect(page.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
    page.goto(f"{world.url}/#/compare?runs={world.runs[0]},{world.runs[1]},{'0' * 32}")
    expect(page.get_by_text("1 not found")).to_be_visible()


def test_the_palette_finds_metrics_of_where_one_is(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world))
    page.keyboard.press("Control+k")
    page.get_by_label("Find experiments, runs and metrics").fill("accuracy")
    found = page.get_by_role("listbox", name="Found").get_by_role("option")
    found.filter(has_text="val/accuracy").click()
    expect(page.get_by_role("article", name="val/accuracy").locator("canvas")).to_be_visible()


def test_keys_open_children_and_a_run(open_page: Open, world: World) -> None:
    page = open_page(runs_hash(world, "layout=table&filter=run_name = 'run-20'"))
    expect(row(page, "run-20")).to_be_visible()
    page.get_by_role("grid").focus()
    for key in ("j", "ArrowRight"):
        page.keyboard.press(key)
    expect(row(page, "run-21")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(row(page, "run-21")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="run-20")).to_be_visible()
    for key in ("g", "h"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Experiments")).to_be_visible()


def test_the_first_load_is_small_and_its_policy_strict(open_page: Open, world: World) -> None:
    page = open_page("about")
    seen: list[Any] = []
    page.on("response", lambda response: seen.append(response))
    page.goto(f"{world.url}/?again#/experiments/{world.experiment}")
    expect(page.get_by_text("run-23").first).to_be_visible()
    own = [one for one in seen if one.request.resource_type in ("document", "script", "stylesheet")]
    assert sum(one.request.sizes()["responseBodySize"] for one in own) <= FIRST_LOAD_MAX
    policy = next(one for one in own if one.request.resource_type == "document").headers[
        "content-security-policy"
    ]
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    scripts = next(part for part in policy.split(";") if "script-src" in part or "default" in part)
    assert "unsafe" not in scripts
