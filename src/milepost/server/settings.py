"""What a server can be told. The command line (`cli/server.py`) and tests make one of these."""

from __future__ import annotations

from msgspec import Struct

DEFAULT_BACKEND_STORE_URI = "sqlite:///milepost.db"
DEFAULT_ARTIFACTS_DESTINATION = "./artifacts"
PROXIED_ARTIFACT_ROOT = "mlflow-artifacts:/"
BODY_BYTES_MAX = 32 * 2**20


class Settings(Struct, frozen=True, kw_only=True):
    """One server. Sizes are bytes; an empty tuple of hosts or origins means the safe default."""

    backend_store_uri: str = DEFAULT_BACKEND_STORE_URI
    # Where new experiments keep artifacts: None means proxied by this server.
    default_artifact_root: str | None = None
    artifacts_destination: str = DEFAULT_ARTIFACTS_DESTINATION
    serve_artifacts: bool = True
    host: str = "127.0.0.1"
    port: int = 5000
    static_prefix: str = ""
    allowed_hosts: tuple[str, ...] = ()
    cors_allowed_origins: tuple[str, ...] = ()
    body_bytes_max: int = BODY_BYTES_MAX
    access_log: bool = False

    def artifact_root(self) -> str:
        """The root under which an experiment without a location of its own is put."""
        if self.default_artifact_root:
            return self.default_artifact_root
        return PROXIED_ARTIFACT_ROOT if self.serve_artifacts else self.artifacts_destination
