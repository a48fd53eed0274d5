"""Chooses how many examples are tried."""

from __future__ import annotations

from tests.properties.profiles import load_default

load_default()
