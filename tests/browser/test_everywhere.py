"""What holds everywhere: accessibility, keyboard, widths, safety, a server that goes away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.world import MARKUP, World
from tests.servers import RunningServer

Open = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"


def pages_of(world: World) -> dict[str, str]:
    here = f"#/experiments/{world.experiment}"
    return {
        "home": "#/",
        "runs": here,
        "explore": f"{here}?layout=explore",
        "groups": f"{here}?layout=table&group=p%253Aoptimizer",
        "run": f"{here}/runs/{world.parent}",
        "charts": f"{here}/runs/{world.parent}?tab=charts",
        "artifacts": f"{here}/runs/{world.hostile}?tab=artifacts",
        "compare": f"#/compare?runs={','.join(world.runs[:3])}",
    }


PAGES = ["home", "runs", "explore", "groups", "run", "charts", "artifacts", "compare"]
SETTLED = {
    "home": "sweep", "runs": "run-23", "explore": "Parameter importance", "groups": "adamw",
    "run": "train/loss", "charts": "train/loss", "artifacts": "table.csv", "compare": "optimizer",
}  # fmt: skip


def settled(page: Page, name: str) -> None:
    sign = page.get_by_text(SETTLED[name])
    if name == "charts":
        sign = page.get_by_role("article", name=SETTLED[name])
    expect(sign.first).to_be_visible()
    page.wait_for_load_state("load")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, world: World, name: str, theme: str) -> None:
    page = open_page(pages_of(world)[name], theme=theme)
    settled(page, name)
    # Evaluated by the debugger, which the page's policy on scripts does not concern.
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    faults = [
        (fault["id"], [node["html"][:200] for node in fault["nodes"][:3]])
        for fault in found["violations"]
    ]
    assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_shows_all_without_scrolling_sideways(
    open_page: Open, world: World, name: str
) -> None:
    page = open_page(pages_of(world)[name], width=390)
    settled(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_follows_the_system_and_the_choice(open_page: Open, theme: str) -> None:
    page = open_page(theme=theme)
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", theme)
    page.keyboard.press("t")
    expect(root).to_have_attribute("data-theme", "light")
    page.keyboard.press("t")
    expect(root).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")


def test_keys_alone_find_select_and_compare_runs(open_page: Open, world: World) -> None:
    page = open_page(f"#/experiments/{world.experiment}?layout=table")
    expect(page.get_by_text("run-23").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Filter")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("grid").focus()
    for key in ("j", "x", "j", "x", "c"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Compare 2 runs")).to_be_visible()


def test_markup_in_names_params_notes_and_artifacts_never_runs(
    open_page: Open, world: World
) -> None:
    """Dialogs, errors and breaches of the policy fail the fixture."""
    page = open_page("#/")
    expect(page.get_by_role("link", name=re.compile("script")).first).to_be_visible()
    here = f"{world.url}/#/experiments/{world.experiment}"
    page.goto(f"{here}?layout=table&nested=0&filter=params.evil IS NOT NULL")
    expect(page.get_by_role("link", name=MARKUP)).to_be_visible()
    page.goto(f"{here}/runs/{world.hostile}")
    expect(page.locator("strong", has_text="bold")).to_be_visible()
    assert page.locator("a[href^='javascript']").count() == 0
    for name in ("page.html", "notes.md"):
        page.goto(f"{here}/runs/{world.hostile}?tab=artifacts&path={name}")
        page.wait_for_timeout(400)
    page.goto(f"{world.url}/#/compare?runs={world.hostile},{world.runs[0]}")
    expect(page.get_by_role("table", name="Comparison")).to_contain_text("onerror")
    assert page.locator("main img[src='x']").count() == 0


def test_a_server_that_goes_away_is_told_and_its_return_is_seen(
    open_page: Open, tmp_path: Path
) -> None:
    server = RunningServer(tmp_path)
    port = server.url.rsplit(":", 1)[1]
    page = open_page("#/experiments/0", url=server.url)
    expect(page.get_by_role("button", name="● Live")).to_be_visible()
    assert server.stop() == 0
    expect(page.get_by_role("button", name="○ Polling")).to_be_visible()
    again = RunningServer(tmp_path, "--port", port)
    try:
        expect(page.get_by_role("button", name="● Live")).to_be_visible(timeout=20_000)
    finally:
        assert again.stop() == 0


def test_the_page_works_under_a_prefix(open_page: Open, tmp_path: Path) -> None:
    server = RunningServer(tmp_path, "--static-prefix", "/ml")
    try:
        page = open_page("", url=f"{server.url}/ml")
        expect(page.get_by_role("heading", name="Experiments")).to_be_visible()
        expect(page.get_by_role("link", name="Default")).to_be_visible()
    finally:
        assert server.stop() == 0
