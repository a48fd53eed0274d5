"""Artifacts: the path rules, every store, the routes, what must never happen."""
