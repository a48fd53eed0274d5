"""A database of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import postgresql


@pytest.fixture
def uri() -> Iterator[str]:
    made = postgresql.new_database()
    yield made
    postgresql.drop_database(made)
