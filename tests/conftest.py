"""Fixtures that every room uses: few, and real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import RunningServer

StartServer = Callable[..., RunningServer]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--live",
        action="store_true",
        default=False,
        help="ask the official server itself instead of replaying its recorded answers",
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A Milepost server on an empty folder, shared by the tests of one module."""
    running = RunningServer(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """Starts servers as a test wants them: `start_server(*flags, folder=..., env=...)`."""
    started: list[RunningServer] = []

    def start(
        *flags: str, folder: Path | None = None, env: dict[str, str] | None = None
    ) -> RunningServer:
        running = RunningServer(folder or tmp_path, *flags, env=env)
        started.append(running)
        return running

    yield start
    for running in started:
        running.kill()
