"""Chooses how many examples are tried, as in `tests/properties`."""

from __future__ import annotations

from tests.properties.profiles import load_default

load_default()
