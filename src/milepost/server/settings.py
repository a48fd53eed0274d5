"""What a server can be told. The command line (`cli/server.py`) and tests make one of these."""

from __future__ import annotations

import os

from msgspec import Struct

DEFAULT_BACKEND_STORE_URI = "sqlite:///milepost.db"
DEFAULT_ARTIFACTS_DESTINATION = "./artifacts"
PROXIED_SCHEME = "mlflow-artifacts:"
PROXIED_ARTIFACT_ROOT = f"{PROXIED_SCHEME}/"
DEFAULT_UPLOADS_FOLDER = "./milepost-uploads"
BODY_BYTES_MAX = 32 * 2**20
# The largest object of S3.
ARTIFACT_BYTES_MAX = 5 * 2**40


class Settings(Struct, frozen=True, kw_only=True):
    """One server. Sizes are bytes; an empty tuple of hosts or origins means the safe default."""

    backend_store_uri: str = DEFAULT_BACKEND_STORE_URI
    # Where new experiments keep artifacts: None means proxied by this server.
    default_artifact_root: str | None = None
    artifacts_destination: str = DEFAULT_ARTIFACTS_DESTINATION
    # Further places that runs may keep artifacts in and this server may use.
    artifact_roots: tuple[str, ...] = ()
    artifact_uploads_folder: str = DEFAULT_UPLOADS_FOLDER
    artifact_bytes_max: int = ARTIFACT_BYTES_MAX
    serve_artifacts: bool = True
    artifacts_only: bool = False
    host: str = "127.0.0.1"
    port: int = 5000
    # Processes that share the port.
    workers: int = 1
    static_prefix: str = ""
    allowed_hosts: tuple[str, ...] = ()
    cors_allowed_origins: tuple[str, ...] = ()
    body_bytes_max: int = BODY_BYTES_MAX
    access_log: bool = False

    def artifact_root(self) -> str:
        """The root under which an experiment without a location of its own is put."""
        if self.default_artifact_root:
            return absolute(self.default_artifact_root)
        if self.serve_artifacts:
            return PROXIED_ARTIFACT_ROOT
        return absolute(self.artifacts_destination)

    def named_roots(self) -> list[str]:
        """The places beside the destination that the operator has named."""
        root = self.default_artifact_root or ""
        own = [] if not root or root.startswith(PROXIED_SCHEME) else [root]
        return [*own, *self.artifact_roots]


def absolute(uri: str) -> str:
    """A relative folder made absolute, for clients have other folders; a URI as it is."""
    return uri if ":" in uri else os.path.abspath(os.path.expanduser(uri))
