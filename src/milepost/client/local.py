"""A server in this process, for a database file or a folder: the same code path as over a network.

The one place of the client that loads the server's rooms, and only when it is used.
"""

from __future__ import annotations

from pathlib import Path

from milepost.client.transport import HttpTransport
from milepost.exceptions import MlflowException


class LocalTransport(HttpTransport):
    """Starts a server on a free loopback port, and speaks HTTP to it."""

    def __init__(self, uri: str) -> None:
        try:
            from milepost.server.embedded import EmbeddedServer
        except ImportError as error:
            raise MlflowException(
                f"Logging to {uri!r} needs the server in this process:"
                " pip install 'milepost[server]'. Or name a server: http://host:port.",
                "INVALID_PARAMETER_VALUE",
            ) from error
        try:
            self._server = EmbeddedServer(*places_of(uri))
        except Exception as error:
            raise MlflowException(f"The store at {uri!r} cannot be used: {error}") from error
        super().__init__(f"http://127.0.0.1:{self._server.port}")
        self.address, self.uri = self.uri, uri

    def close(self) -> None:
        super().close()
        self._server.stop()


def places_of(uri: str) -> tuple[str, str]:
    """The database URI and the artifacts' folder for a URI or a bare folder."""
    if uri.startswith("sqlite:"):
        file = Path(uri.removeprefix("sqlite:///")).expanduser().absolute()
        return uri, str(file.parent / "artifacts")
    folder = Path(uri.removeprefix("file://")).expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'milepost.db'}", str(folder / "artifacts")
