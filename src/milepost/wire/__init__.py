"""The wire: messages, routes and the rules by which JSON becomes one or the other.

Pure functions over values. Nothing here opens a socket, a file or a database, and nothing reads
a clock. `messages` and `endpoints` are generated from contract/ by tools/generate_wire.py.
"""
