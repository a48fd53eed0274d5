"""The store under test, once per database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.backends import BACKENDS, Backend
from tests.store.driver import Driver


@pytest.fixture(params=sorted(BACKENDS))
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    made = BACKENDS[request.param](tmp_path)
    yield made
    made.remove()


@pytest.fixture
def store(backend: Backend) -> Iterator[Driver]:
    """An empty store, closed afterwards; its database must be found sound."""
    driver = Driver(backend.uri)
    yield driver
    driver.close()
    assert backend.faults() == []
