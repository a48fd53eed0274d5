"""One S3 server for all tests that need it; a server a store for the conformance suite."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.artifacts.azurite import AzureServer, installed
from tests.artifacts.stores import S3Server
from tests.servers import RunningServer

STORES = ["disk", "s3", "azure"]


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    folder = tmp_path_factory.mktemp("s3")
    server = S3Server(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def azure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AzureServer]:
    program = installed()
    if program is None:
        pytest.skip("Azurite comes from npm, which is not here")
    server = AzureServer(program, tmp_path_factory.mktemp("azure"))
    yield server
    server.stop()


@pytest.fixture(scope="module", params=STORES)
def stored(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A Milepost server whose artifacts are in each kind of store."""
    folder = tmp_path_factory.mktemp(request.param)
    flags: list[str] = []
    env: dict[str, str] = {}
    if request.param == "s3":
        s3: S3Server = request.getfixturevalue("s3")
        flags, env = ["--artifacts-destination", s3.new_bucket()], s3.environment
    if request.param == "azure":
        azure: AzureServer = request.getfixturevalue("azure")
        flags, env = ["--artifacts-destination", azure.new_container()], azure.environment
    running = RunningServer(folder, *flags, env=env)
    yield running
    running.stop()


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """Which store `stored` has: "disk", "s3" or "azure"."""
    name: str = request.node.callspec.params["stored"]
    return name
