"""Where everything is kept: one interface, a database behind it, the series engine inside.

`open_store(uri)` gives a `Store`. Nothing above this package knows SQL; nothing in it knows HTTP.
"""

from milepost.store.database import StoreUnusable
from milepost.store.doctor import Finding, examine
from milepost.store.store import Store, database_of, open_store

__all__ = ["Finding", "Store", "StoreUnusable", "database_of", "examine", "open_store"]
