"""Where everything is kept: one interface, a database behind it, the series engine inside.

`open_store(uri)` gives a `Store`. Nothing above this package knows SQL; nothing in it knows HTTP.
"""

from milepost.store.database import StoreUnusable
from milepost.store.store import Store, open_store

__all__ = ["Store", "StoreUnusable", "open_store"]
