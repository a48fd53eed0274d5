"""Files beside runs, on local disk or in an object store: one interface, and the path rules.

`paths` says which texts may name an artifact, `places` which locations the operator allows,
`repository` what every store can do; `local` and `objects` do it. No HTTP here, no database.
"""
