"""How hard hypothesis tries: `bounded` in every run, `--hypothesis-profile=long` on demand.

Name a folder with the long profile (`pytest tests/properties --hypothesis-profile=long`), so that
pytest reads this room before it looks the profile up.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "bounded",
    phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink],
    max_examples=100,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=SLOW_IS_FINE,
)
settings.register_profile(
    "long",
    max_examples=5_000,
    stateful_step_count=100,
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=SLOW_IS_FINE,
)


def load_default() -> None:
    """The bounded profile, unless the command line has chosen one."""
    if settings.get_current_profile_name() not in ("bounded", "long"):
        settings.load_profile("bounded")


def examples(share: float) -> int:
    """A part of the profile's examples, for properties that cost more or less than most."""
    return max(1, int(settings.default.max_examples * share))
