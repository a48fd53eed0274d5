"""The HTTP layer over real sockets: guards, limits, routes, the command line."""
