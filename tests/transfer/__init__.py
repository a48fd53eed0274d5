"""Moves between trackers: what real programs wrote, imported and compared."""
