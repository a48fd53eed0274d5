"""One request and its answer, over HTTP/1.1 on a connection that is kept.

`Transport` is the client's one seam: everything above it speaks of methods, paths and JSON.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import socket
import ssl
import threading
import time
from typing import Any, BinaryIO, Protocol
from urllib.parse import unquote, urlencode, urlsplit

from milepost import __version__
from milepost.client.settings import basic, credentials, number, setting
from milepost.exceptions import MlflowException, RestException, Unreachable

Json = dict[str, Any]
API = "/api/2.0/mlflow/"
TIMEOUT_S = 120.0
# Bodies from this size on are compressed, if the server is Milepost, which is known to inflate.
GZIP_FROM_BYTES = 16_384
RETRIED = frozenset((408, 429, 500, 502, 503, 504))
TRIES = 4
FIRST_WAIT_S = 0.2
ANSWER_SHOWN = 300
COPY_BYTES = 2**20


class Transport(Protocol):
    """What the client needs of a server."""

    uri: str

    def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        batch_id: str | None = None,
        tries: int = TRIES,
    ) -> Json:
        """The JSON answer. `path` begins behind `/api/2.0/mlflow/`, or with a slash.

        Raises `RestException` for a refusal, `Unreachable` when no answer came.
        """

    def is_milepost(self) -> bool:
        """Whether the server is Milepost, which knows more than the protocol."""

    def send_bytes(self, target: str, data: bytes) -> None:
        """POST bytes to a route that takes them twice as once; raises as `call` does."""

    def release(self) -> None:
        """Close this thread's connection; the next call opens another."""

    def close(self) -> None: ...


class HttpTransport:
    """A server at an http(s) address; one connection a thread, made anew in a forked child."""

    def __init__(self, uri: str) -> None:
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port
        except ValueError:  # brackets without end, a port beyond all ports
            host = None
        if not host or parts.scheme not in ("http", "https"):
            raise MlflowException(
                f"{uri!r} is no address of a server. Use http://host:port.",
                "INVALID_PARAMETER_VALUE",
            )
        # A name and password in the address are used, and never shown or kept beside data.
        self.full_uri = uri
        self._login = None
        if parts.username is not None:
            self._login = basic(unquote(parts.username), unquote(parts.password or ""))
            parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        self.uri = parts.geturl().rstrip("/")
        self._is_secure = parts.scheme == "https"
        self._host = host
        self._port = port or (443 if self._is_secure else 80)
        self._prefix = parts.path.rstrip("/")
        self._timeout_s = number("HTTP_REQUEST_TIMEOUT", TIMEOUT_S)
        self._local = threading.local()
        self._is_milepost: bool | None = None

    def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        batch_id: str | None = None,
        tries: int = TRIES,
    ) -> Json:
        headers = self._headers()
        if batch_id:
            headers["Milepost-Batch-Id"] = batch_id
        target = self._prefix + (path if path.startswith("/") else API + path)
        data = None
        if method == "GET" and body:
            target += "?" + query_of(body)
        elif body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
            if len(data) >= GZIP_FROM_BYTES and self.is_milepost():
                data = gzip.compress(data, 1)
                headers["Content-Encoding"] = "gzip"
        status, answer = self._with_retries(method, target, data, headers, tries)
        return decoded(status, answer, f"{method} {self.uri}/{path.lstrip('/')}")

    def send_bytes(self, target: str, data: bytes) -> None:
        """POST bytes to a route that takes them twice as once; raises as `call` does."""
        headers = {**self._headers(), "Content-Type": "application/octet-stream"}
        try:
            status, answer, _ = self._once("POST", self._prefix + target, data, headers)
        except (OSError, http.client.HTTPException) as error:
            raise unreachable(self.uri, error) from error
        decoded(status, answer, f"POST {self.uri}{target}")

    def send_file(self, target: str, source: BinaryIO, content_type: str) -> None:
        """PUT a file, streamed; raises as `call` does."""
        size = source.seek(0, 2)
        headers = {**self._headers(), "Content-Type": content_type, "Content-Length": str(size)}
        wait_s = FIRST_WAIT_S
        for attempt in range(TRIES):
            source.seek(0)
            try:
                connection, _ = self._connection()
                connection.request("PUT", self._prefix + target, source, headers)
                response = connection.getresponse()
                answer = response.read()
            except (OSError, http.client.HTTPException) as error:
                # Putting a file twice changes nothing.
                self._drop()
                if attempt + 1 == TRIES:
                    raise unreachable(self.uri, error) from error
            else:
                if response.will_close:
                    self._drop()
                if response.status not in RETRIED or attempt + 1 == TRIES:
                    decoded(response.status, answer, f"PUT {target}")
                    return
            time.sleep(wait_s)
            wait_s *= 2

    def receive_file(self, target: str, destination: BinaryIO) -> None:
        """GET a file into `destination`, streamed and whole, or raise as `call` does."""
        try:
            connection, _ = self._connection()
            connection.request("GET", self._prefix + target, headers=self._headers())
            response = connection.getresponse()
            if response.status != 200:
                decoded(response.status, response.read(), f"GET {target}")
            wanted = response.getheader("content-length")
            received = 0
            while piece := response.read(COPY_BYTES):
                destination.write(piece)
                received += len(piece)
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            raise unreachable(self.uri, error) from error
        if response.will_close:
            self._drop()
        if wanted is not None and received != int(wanted):
            self._drop()
            raise Unreachable(f"{self.uri} broke off after {received:,} of {wanted} bytes.")

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": f"milepost-python-client/{__version__}"}
        if authorization := credentials().authorization or self._login:
            headers["Authorization"] = authorization
        return headers

    def is_milepost(self) -> bool:
        """Asked once; False while nobody answers."""
        if self._is_milepost is None:
            try:
                self._once("GET", self._prefix + "/version", None, {})
            except (OSError, http.client.HTTPException):
                return False
        return bool(self._is_milepost)

    def _with_retries(
        self, method: str, target: str, data: bytes | None, headers: dict[str, str], tries: int
    ) -> tuple[int, bytes]:
        wait_s = FIRST_WAIT_S
        for attempt in range(tries):
            is_last = attempt + 1 == tries
            try:
                status, answer, retry_after = self._once(method, target, data, headers)
                if status not in RETRIED or is_last:
                    return status, answer
                wait_s = max(wait_s, retry_after)
            except NotSent as error:
                if is_last:
                    raise unreachable(self.uri, error) from error
            except (OSError, http.client.HTTPException) as error:
                # It may have arrived: asking again is safe only for what changes nothing.
                if is_last or method != "GET":
                    raise unreachable(self.uri, error) from error
            time.sleep(wait_s)
            wait_s *= 2
        raise AssertionError("unreachable")

    def _once(
        self, method: str, target: str, data: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, float]:
        connection, is_kept = self._connection()
        try:
            connection.request(method, target, data, headers)
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            if is_kept and isinstance(error, ConnectionError | http.client.RemoteDisconnected):
                # The server closed a connection that had rested; it has read nothing of this.
                return self._once(method, target, data, headers)
            raise
        if target.endswith("/version"):
            self._is_milepost = response.getheader("milepost-version") is not None
        if response.will_close:
            self._drop()
        return response.status, answer, retry_after_of(response.getheader("retry-after"))

    def _connection(self) -> tuple[http.client.HTTPConnection, bool]:
        kept: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if kept is not None and self._local.pid == os.getpid():
            return kept, True
        made: http.client.HTTPConnection
        if self._is_secure:
            made = http.client.HTTPSConnection(
                self._host, self._port, timeout=self._timeout_s, context=tls_context()
            )
        else:
            made = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        try:
            made.connect()
        except OSError as error:
            raise NotSent(str(error)) from error
        made.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._local.connection, self._local.pid = made, os.getpid()
        return made, False

    def release(self) -> None:
        self._drop()

    def _drop(self) -> None:
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close()

    def close(self) -> None:
        self._drop()


class NotSent(OSError):
    """No connection could be made: the server knows nothing of the request."""


def tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=setting("TRACKING_SERVER_CERT_PATH"))
    if (setting("TRACKING_INSECURE_TLS") or "").lower() == "true":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def query_of(body: Json) -> str:
    pairs = {key: value for key, value in body.items() if value is not None}
    return urlencode(
        {k: str(v).lower() if isinstance(v, bool) else v for k, v in pairs.items()}, doseq=True
    )


def retry_after_of(text: str | None) -> float:
    try:
        return min(float(text or 0), 60.0)
    except ValueError:
        return 0.0


def unreachable(uri: str, error: Exception) -> Unreachable:
    return Unreachable(f"The tracking server at {uri} cannot be reached: {error}")


def decoded(status: int, answer: bytes, what: str) -> Json:
    try:
        body = json.loads(answer) if answer else {}
    except ValueError:
        body = None
    if status == 200 and isinstance(body, dict):
        return body
    if 300 <= status < 400:
        raise MlflowException(
            f"{what} is redirected (status {status}), by a login page or to https://. Set the"
            " tracking URI to the address behind that."
        )
    if isinstance(body, dict) and body.get("error_code"):
        raise RestException(body, status)
    shown = answer[:ANSWER_SHOWN].decode(errors="replace")
    if status == 200:
        raise MlflowException(f"{what} answered what is no JSON object: {shown}")
    code = "ENDPOINT_NOT_FOUND" if status == 404 else "INTERNAL_ERROR"
    raise RestException(
        {"error_code": code, "message": f"{what} failed with status {status}: {shown}"}, status
    )


class OfflineTransport:
    """No network at all: what is asked is refused, what is logged waits in the spool."""

    def __init__(self, uri: str) -> None:
        self.uri = uri

    def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        batch_id: str | None = None,
        tries: int = TRIES,
    ) -> Json:
        del body, batch_id, tries
        raise Unreachable(
            f"{method} {path} needs a server, and this process is offline. `milepost sync` sends"
            " what was logged; then it can be read."
        )

    def is_milepost(self) -> bool:
        return False

    def send_bytes(self, target: str, data: bytes) -> None:
        del data
        self.call("POST", target)

    def release(self) -> None:
        pass

    def close(self) -> None:
        pass
