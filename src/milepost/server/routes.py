"""The route table: the contract's endpoints joined with their handlers.

Fails closed: an endpoint without a known permission class, or without a handler, stops the server
from starting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from milepost.api.context import Context, Handler, Response
from milepost.api.table import BATCHED
from milepost.errors import EndpointDisabled
from milepost.wire.endpoints import Endpoint
from milepost.wire.requests import RequestDecoder

FILE_PLACEHOLDER = "{artifact_path}"
PERMISSIONS = frozenset(("read", "write", "admin"))


class Route(NamedTuple):
    """One rpc as the application serves it; `decoder` is None when it takes nothing."""

    rpc: str
    permission: str
    decoder: RequestDecoder | None
    handler: Handler
    is_file: bool = False
    # Whether it heeds the header Milepost-Batch-Id.
    is_batched: bool = False


class RouteTableError(Exception):
    """The route table is incomplete; the server must not start."""


class Routes:
    """Looks up (method, path); exact paths by dictionary, which costs nothing.

    The rpcs in `disabled` answer with the error that stands there instead of being served.
    """

    def __init__(
        self,
        endpoints: Iterable[Endpoint],
        handlers: Mapping[str, Handler],
        not_built: Iterable[tuple[str, str]],
        disabled: Mapping[str, EndpointDisabled] | None = None,
    ) -> None:
        self._routes: dict[tuple[str, str], Route] = {}
        # Paths that end in an artifact's own: the rest behind the prefix is the file's.
        self._file_routes: list[tuple[str, str, Route]] = []
        self._methods: dict[str, set[str]] = {}
        for endpoint in endpoints:
            route = route_of(endpoint, handlers)
            if disabled and endpoint.rpc in disabled:
                route = route._replace(decoder=None, handler=refusing(disabled[endpoint.rpc]))
            for path in endpoint.paths:
                if path.endswith(FILE_PLACEHOLDER):
                    prefix = path.removesuffix(FILE_PLACEHOLDER)
                    self._file_routes.append((endpoint.method, prefix, route))
                    continue
                if (endpoint.method, path) in self._routes:
                    raise RouteTableError(f"{endpoint.method} {path} is in the route table twice.")
                self._routes[endpoint.method, path] = route
                self._methods.setdefault(path, set()).add(endpoint.method)
        self._not_built = [(method, pattern_of(path)) for method, path in not_built]

    def find(self, method: str, path: str) -> Route | None:
        return self._routes.get((method, path))

    def find_file(self, method: str, path: str) -> tuple[Route, str] | None:
        """The route of a path that holds an artifact's, and what stands before that."""
        for one_method, prefix, route in self._file_routes:
            if one_method == method and path.startswith(prefix):
                return route, prefix
        return None

    def methods(self, path: str) -> set[str]:
        """The methods that `path` takes; empty for an unknown path."""
        by_prefix = {method for method, prefix, _ in self._file_routes if path.startswith(prefix)}
        return self._methods.get(path, set()) | by_prefix

    def is_not_built(self, method: str, path: str) -> bool:
        """Does the protocol know this route, though Milepost does not serve it yet?"""
        return any(m == method and pattern.fullmatch(path) for m, pattern in self._not_built)


def route_of(endpoint: Endpoint, handlers: Mapping[str, Handler]) -> Route:
    if endpoint.permission not in PERMISSIONS:
        raise RouteTableError(
            f"{endpoint.rpc} ({endpoint.paths[0]}) has no permission class. Declare it in"
            " contract/milepost.json as one of: " + ", ".join(sorted(PERMISSIONS)) + "."
        )
    handler = handlers.get(endpoint.rpc)
    if handler is None:
        raise RouteTableError(f"{endpoint.rpc} ({endpoint.paths[0]}) has no handler.")
    decoder = RequestDecoder(endpoint) if endpoint.request else None
    is_batched = endpoint.rpc in BATCHED
    return Route(endpoint.rpc, endpoint.permission, decoder, handler, endpoint.is_file, is_batched)


def refusing(error: EndpointDisabled) -> Handler:
    async def refuse(context: Context, request: object) -> Response:  # noqa: ARG001
        raise EndpointDisabled(error.message)

    return refuse


def pattern_of(path: str) -> re.Pattern[str]:
    """`/a/{b}/c` as a pattern; an artifact path may hold slashes, other parts may not."""
    parts = re.split(r"(\{\w+\})", path)
    out = []
    for part in parts:
        if part.startswith("{"):
            out.append(".*" if "path" in part else "[^/]+")
        else:
            out.append(re.escape(part))
    return re.compile("".join(out))
