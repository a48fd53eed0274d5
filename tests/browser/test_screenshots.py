"""Pictures of the main pages, for people to look at.

MILEPOST_SCREENSHOTS names the folder that keeps them: `docs/images` holds those of the README.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.showcase import fill_showcase
from tests.browser.test_abilities import Open
from tests.browser.world import World

PAGES = {
    "home": ("#/", "transformer"),
    "runs": ("#/experiments/{experiment}?layout=split&smooth=0.6", "hazy"),
    "run": ("#/experiments/{experiment}/runs/{runs[20]}", "Parameters"),
    "charts": ("#/experiments/{experiment}?layout=charts&smooth=0.6", "10 runs"),
    "explore": ("#/experiments/{experiment}?layout=explore", "warmup_steps"),
    "compare": ("#/compare?runs={compared}", "optimizer"),
}


@pytest.fixture(scope="module")
def showcase(world: World) -> tuple[str, list[str]]:
    return fill_showcase(world.url)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_the_main_pages_are_drawn(
    open_page: Open, showcase: tuple[str, list[str]], tmp_path: Path, name: str, theme: str
) -> None:
    address, shown = PAGES[name]
    experiment, runs = showcase
    hash = address.format(experiment=experiment, runs=runs, compared=",".join(runs[2:6]))
    page = open_page(hash, theme=theme)
    expect(page.get_by_text(shown).first).to_be_visible()
    if name in ("runs", "charts"):
        expect(page.locator(".plot canvas").first).to_be_visible()
    page.wait_for_load_state("networkidle") if name in ("home", "compare") else None
    page.wait_for_timeout(400)  # charts are drawn when they are seen, after their data
    folder = Path(os.environ.get("MILEPOST_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{name}-{theme}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000
