"""A browser, a server with data, and pages that fail the test on any error in their console."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.world import World, fill
from tests.servers import RunningServer

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session", autouse=True)
def built_page() -> Path:
    from hatch_build import STATIC, build_page

    assert build_page(), "the page is not built; MILEPOST_SKIP_UI must not be set for these tests"
    return STATIC


# Not for the session: its event loop would stand in the way of every loop of the tests after it.
@pytest.fixture(scope="package")
def browser():  # type: ignore[no-untyped-def]
    if CHROMIUM is None:
        pytest.fail("Chromium is needed: apt-get install chromium (dev.py test does so as root)")
    from playwright.sync_api import expect, sync_playwright

    # As long as the pages themselves may take: busy machines are slow, not wrong.
    expect.set_options(timeout=10_000)

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    server = RunningServer(tmp_path_factory.mktemp("page"))
    try:
        yield fill(server.url)
    finally:
        assert server.stop() == 0


@pytest.fixture
def open_page(browser, world: World) -> Iterator[Callable]:  # type: ignore[no-untyped-def, type-arg]
    """`open_page(hash, theme=, width=)`: a page of its own, watched for errors."""
    contexts = []
    problems: list[str] = []

    def note(text: str) -> None:
        # The frame of an HTML preview has a policy of its own, which is meant to refuse.
        if "Content Security Policy" in text and '"img-src data:"' not in text:
            problems.append(text)

    def open_one(hash: str = "#/", theme: str = "light", width: int = 1440, url: str = ""):  # type: ignore[no-untyped-def]
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            permissions=["clipboard-read", "clipboard-write"],
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
        page.on("console", lambda message: note(message.text))
        page.goto(f"{url or world.url}/{hash}")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not problems
