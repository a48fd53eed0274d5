"""Milepost beside its peers, on answers that are checked before a time is printed.

    python3 dev.py bench            all workloads, three rounds, every server
    python3 dev.py bench --help

`servers` starts and measures them, `load` drives connections, `workloads` says what is done and
checked, `report` prints. Peers run unmodified from the package index, each in its own environment.
"""
