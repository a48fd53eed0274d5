"""The ASGI application: looks a route up, guards it, decodes, calls the handler, encodes.

A plain ASGI callable: on a two-core machine a framework's per-request objects would cost more
than the work. Every error of ours becomes an answer here and nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from contextlib import suppress
from typing import Any

from milepost import __version__
from milepost.api.context import Context, Download, EventStream, FileRequest, Uploaded
from milepost.api.server import MLFLOW_VERSION
from milepost.errors import (
    EndpointNotFound,
    InternalError,
    InvalidParameterValue,
    MethodNotAllowed,
    MilepostError,
    NotImplementedOnPreview,
    NotImplementedYet,
    PayloadTooLarge,
    TemporarilyUnavailable,
)
from milepost.server.answers import (
    Send,
    send_error,
    send_preflight,
    send_response,
    send_text,
    with_headers,
)
from milepost.server.bodies import (
    DRAIN_FACTOR,
    ClientGone,
    Message,
    Receive,
    drain,
    read_body,
)
from milepost.server.events import send_events
from milepost.server.files import body_pieces, claimed_in, path_in, send_download, send_uploaded
from milepost.server.routes import Route, Routes
from milepost.server.security import SAFE_METHODS, HostGuard, OriginGuard
from milepost.server.settings import Settings
from milepost.server.static import StaticFiles, send_asset, send_redirect
from milepost.wire.requests import query_fields

Scope = dict[str, Any]

logger = logging.getLogger("milepost.server")

STOPPING = "The server stops, and this request was not completed. Send it again."
JSON_TYPE_ERROR = "Bad Request. Content-Type must be one of ['application/json']."


class App:
    """The application over one context and one route table."""

    def __init__(self, context: Context, routes: Routes, settings: Settings) -> None:
        self._context = context
        self._routes = routes
        self._prefix = settings.static_prefix
        self._bytes_max = settings.body_bytes_max
        self._hosts = HostGuard(settings.allowed_hosts, settings.host)
        self._origins = OriginGuard(settings.cors_allowed_origins)
        self._access_log = settings.access_log
        self._static = StaticFiles()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await refuse_other(scope, receive, send)
        if self._access_log:
            send = logged(scope, send)
        headers = dict(scope["headers"])
        origin = headers.get(b"origin")
        try:
            if origin is not None:
                send = self._judge_origin(scope["method"], origin, headers, send)
            await self._answer(scope, headers, receive, send)
        except PayloadTooLarge as error:
            await send_error(send, error, more_body=True)
            await drain(receive, DRAIN_FACTOR * self._bytes_max)
            await send({"type": "http.response.body", "body": b""})
        except MilepostError as error:
            await send_error(send, error)
        except ClientGone:
            pass
        except asyncio.CancelledError:
            # The server stops, and this took longer than it waits. An answer may have begun.
            with suppress(RuntimeError):
                await send_error(send, TemporarilyUnavailable(STOPPING))
        except Exception:
            logger.exception("%s %s failed", scope["method"], scope["path"])
            await send_error(
                send, InternalError("Milepost failed on this request; the server's log says where.")
            )

    def _judge_origin(
        self, method: str, origin: bytes, headers: dict[bytes, bytes], send: Send
    ) -> Send:
        """Refuse a foreign page's write; let an allowed page read the answer."""
        host = headers.get(b"host", b"").decode("latin-1")
        if not self._origins.check(method, origin.decode("latin-1"), host):
            return send
        return with_headers(
            send,
            [
                (b"access-control-allow-origin", origin),
                (b"access-control-allow-credentials", b"true"),
            ],
        )

    async def _answer(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, send: Send
    ) -> None:
        path: str = scope["path"]
        if self._prefix and path == self._prefix and scope["method"] in SAFE_METHODS:
            return await send_redirect(send, f"{self._prefix}/")
        if self._prefix:
            path = path.removeprefix(self._prefix) if path.startswith(self._prefix) else ""
        if path == "/health" and scope["method"] in SAFE_METHODS:
            return await send_text(send, "OK")
        self._hosts.check(headers.get(b"host", b"").decode("latin-1"))
        method: str = scope["method"]
        route = self._routes.find("GET" if method == "HEAD" else method, path)
        if route is None:
            if found := self._routes.find_file("GET" if method == "HEAD" else method, path):
                return await self._answer_file(*found, scope, headers, receive, send)
            return await self._answer_without_route(method, path, headers, send)
        if route.is_file:
            return await self._answer_file(route, path, scope, headers, receive, send)
        request = await self._decode(route, scope, headers, receive)
        context = self._context
        if route.is_batched and (batch_id := headers.get(b"milepost-batch-id")) is not None:
            context = context.once(batch_id.decode("latin-1"))
        response = await route.handler(context, request)
        if isinstance(response, EventStream):
            return await send_events(send, receive, response)
        await send_response(send, response)

    async def _answer_file(
        self,
        route: Route,
        path_prefix: str,
        scope: Scope,
        headers: dict[bytes, bytes],
        receive: Receive,
        send: Send,
    ) -> None:
        """A route that takes or gives a file: its body stays a stream in both directions."""
        is_head = scope["method"] == "HEAD"

        async def message() -> Any:
            return await self._decode(route, scope, headers, receive)

        length = headers.get(b"content-length")
        request = FileRequest(
            path=path_in(scope["raw_path"], self._prefix + path_prefix),
            query=dict(reversed(query_fields(scope["query_string"]))),
            claimed=claimed_in(headers),
            size=int(length) if length is not None else None,
            is_head=is_head,
            body=lambda: body_pieces(receive),
            message=message,
        )
        response = await route.handler(self._context, request)
        if isinstance(response, Download):
            await send_download(send, receive, headers, is_head, response)
        elif isinstance(response, Uploaded):
            await send_uploaded(send, response)
        else:
            await send_response(send, response)

    async def _decode(
        self, route: Route, scope: Scope, headers: dict[bytes, bytes], receive: Receive
    ) -> Any:
        if route.decoder is None:
            return None
        query: bytes = scope["query_string"]
        if scope["method"] in ("GET", "HEAD") and query:
            return route.decoder.query(query)
        # A GET without a query carries its fields as a JSON body (0.x clients).
        body = await read_body(receive, headers, self._bytes_max)
        if body or scope["method"] == "POST":
            content_type = headers.get(b"content-type")
            if content_type is None:
                raise InvalidParameterValue("Bad Request. Content-Type header is missing.")
            if (
                content_type != b"application/json"
                and content_type.split(b";")[0].strip().lower() != b"application/json"
            ):
                raise InvalidParameterValue(JSON_TYPE_ERROR)
        return route.decoder.json(body)

    async def _answer_without_route(
        self, method: str, path: str, headers: dict[bytes, bytes], send: Send
    ) -> None:
        if method == "OPTIONS" and b"access-control-request-method" in headers:
            return await send_preflight(send)
        if path == "/version" and method in ("GET", "HEAD"):
            extra = [(b"milepost-version", __version__.encode())]
            return await send_text(send, MLFLOW_VERSION, extra)
        if method in SAFE_METHODS and (asset := self._static.find(path)):
            return await send_asset(send, asset, headers)
        if allowed := self._routes.methods(path) or PLAIN_PATHS.get(path):
            listed = ", ".join(sorted(allowed))
            raise MethodNotAllowed(f"{method} is not allowed on {path}; it takes {listed}.")
        if self._routes.is_not_built(method, path):
            on_preview = "/preview/" in path
            raise (NotImplementedOnPreview if on_preview else NotImplementedYet)(
                f"{method} {path} is part of MLflow's protocol and is not built in Milepost"
                f" {__version__} yet."
            )
        raise EndpointNotFound(f"Milepost serves nothing at {method} {path[:500]}.")


PLAIN_PATHS = {path: {"GET"} for path in ("/", "/health", "/version")}


def logged(scope: Scope, send: Send) -> Send:
    """`send`, writing one JSON line to stdout when the answer is complete."""
    started = time.perf_counter()
    status = 0

    async def wrapped(message: Message) -> None:
        nonlocal status
        await send(message)
        if message["type"] == "http.response.start":
            status = message["status"]
        elif not message.get("more_body"):
            line = {
                "time_ms": time.time_ns() // 1_000_000,
                "client": (scope.get("client") or [None])[0],
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "duration_ms": round((time.perf_counter() - started) * 1000, 3),
            }
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()

    return wrapped


async def refuse_other(scope: Scope, receive: Receive, send: Send) -> None:
    """Lifespan events need nothing; a websocket is refused."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await receive()
    await send({"type": "websocket.close", "code": 1000})
