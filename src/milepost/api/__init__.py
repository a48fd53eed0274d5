"""The rules of each rpc: handlers `(context, request message) -> response`, a file an area.

Here a request's sense is judged (names, limits, bounds) and the store is asked. Nothing here knows
HTTP, SQL or JSON bytes. `table.HANDLERS` maps each rpc of the contract to its handler.
"""
