"""HTTP: from a socket to a handler and back. Rules live in `api`, data in `store`.

`settings` says what a server is told, `routes` joins the contract's endpoints with the handlers,
`app` is the ASGI application, `serve` runs it.
"""
