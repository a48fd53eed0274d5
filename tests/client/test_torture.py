"""A short torture; `python -m tests.client.torture` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.client.torture import torture


def test_nothing_safe_is_lost_or_doubled_whatever_is_killed(tmp_path: Path) -> None:
    found = torture(tmp_path, points=20_000, processes=2, kills=6, seed=1)
    assert found.points >= 20_000
    assert sum(found.faults.values()) > found.faults["none"]
