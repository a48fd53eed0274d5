"""Runs that move between trackers: sources read them, bundles carry them, a target keeps them.

`records` says what moves. A source (an `mlruns` folder, an MLflow database, a live server,
TensorBoard event files, a bundle) yields records and knows nothing of ours; `target` puts them into
a store and nothing else writes here.
"""
