"""Requests in tables, the official server's recorded answers to them, and Milepost held to those.

`tables/` holds what is asked (data only), `player.py` asks it, `record.py` writes what the official
server answered into `contract/exchanges/`, `differences.py` names where Milepost means to differ.
"""
