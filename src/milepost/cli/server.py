"""`milepost server`: flags named as MLflow's, environment variables MILEPOST_X (MLFLOW_X too)."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from milepost.store import Store


Command = TypeVar("Command", bound=Callable[..., Any])


def option(flag: str, **settings: Any) -> Callable[[Command], Command]:
    """A click option that also reads MILEPOST_<FLAG> and MLFLOW_<FLAG>."""
    name = flag.split("/")[0].lstrip("-").replace("-", "_").upper()
    return click.option(
        flag, envvar=[f"MILEPOST_{name}", f"MLFLOW_{name}"], show_default=True, **settings
    )


def listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


@click.command("server", context_settings={"show_default": True})
@option(
    "--backend-store-uri",
    default="sqlite:///milepost.db",
    metavar="URI",
    help="Where experiments and runs are kept: sqlite:///relative.db, sqlite:////absolute.db"
    " or postgresql://user:password@host/database.",
)
@option(
    "--default-artifact-root",
    default=None,
    metavar="URI",
    help="Where new experiments keep artifacts. Default: proxied by this server"
    " (mlflow-artifacts:/). Clients of MLflow before 1.24 need a folder or bucket here.",
)
@option(
    "--artifacts-destination",
    default="./artifacts",
    metavar="URI",
    help="Where this server keeps the artifacts that it proxies.",
)
@option(
    "--artifact-roots",
    default=None,
    metavar="URIS",
    help="Further folders and buckets, comma-separated, that runs may keep artifacts in and this"
    " server may read and write.",
)
@option(
    "--serve-artifacts/--no-serve-artifacts",
    default=True,
    help="Whether this server keeps artifacts for its clients.",
)
@option(
    "--artifacts-only",
    is_flag=True,
    default=False,
    help="Serve nothing but the artifact proxy.",
)
@option(
    "--max-artifact-bytes",
    default=5 * 2**40,
    type=click.IntRange(1),
    help="The largest artifact.",
)
@option(
    "--artifact-uploads-folder",
    default="./milepost-uploads",
    metavar="PATH",
    help="Where resumable uploads to a bucket wait until they are complete; made when needed.",
)
@option("--host", default="127.0.0.1", help="The address to listen on; 0.0.0.0 for all.")
@option("--port", default=5000, type=click.IntRange(0, 65535), help="0 takes a free one.")
@option(
    "--workers",
    default=1,
    type=click.IntRange(1, 64),
    help="Processes that share the port; more than one needs PostgreSQL.",
)
@option(
    "--static-prefix", default="", metavar="PATH", help="A path before every route, as /milepost."
)
@option(
    "--allowed-hosts",
    default=None,
    metavar="HOSTS",
    help="Host headers to answer, comma-separated, * allowed. Default: loopback and private"
    " addresses.",
)
@option(
    "--cors-allowed-origins",
    default=None,
    metavar="ORIGINS",
    help="Origins of pages that may call this server, comma-separated, * allowed. Default: pages"
    " on this machine.",
)
@option(
    "--max-body-bytes",
    default=32 * 2**20,
    type=click.IntRange(1024),
    help="The largest request body, before and after gzip.",
)
@option("--access-log/--no-access-log", default=False, help="One JSON line a request on stdout.")
def command(**options: Any) -> None:
    """Serve the tracking API until SIGTERM or Ctrl-C.

    \b
    Examples:
      milepost server
      milepost server --backend-store-uri sqlite:////data/milepost.db --host 0.0.0.0
    """
    try:
        from milepost.artifacts.places import PlaceUnusable
        from milepost.server.serve import PortUnavailable, serve
        from milepost.server.settings import Settings
        from milepost.store import StoreUnusable
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"This install has no server ({error.name} is missing)."
            " Install it with: pip install 'milepost[server]'"
        ) from error
    prefix = options["static_prefix"].rstrip("/")
    if prefix and not prefix.startswith("/"):
        raise click.UsageError("--static-prefix must begin with a slash, as /milepost.")
    if options["artifacts_only"] and not options["serve_artifacts"]:
        raise click.UsageError("--artifacts-only with --no-serve-artifacts would serve nothing.")
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    settings = Settings(
        backend_store_uri=options["backend_store_uri"],
        default_artifact_root=options["default_artifact_root"],
        artifacts_destination=options["artifacts_destination"],
        artifact_roots=listed(options["artifact_roots"]),
        artifact_uploads_folder=options["artifact_uploads_folder"],
        artifact_bytes_max=options["max_artifact_bytes"],
        serve_artifacts=options["serve_artifacts"],
        artifacts_only=options["artifacts_only"],
        host=options["host"],
        port=options["port"],
        workers=options["workers"],
        static_prefix=prefix,
        allowed_hosts=listed(options["allowed_hosts"]),
        cors_allowed_origins=listed(options["cors_allowed_origins"]),
        body_bytes_max=options["max_body_bytes"],
        access_log=options["access_log"],
    )
    # numpy is here for columns, not for matrices: a pool of BLAS threads would only spin.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.umask(os.umask(0o022) | 0o022)  # nothing we write is writable by others
    try:
        serve(settings, announce)
    except (PlaceUnusable, PortUnavailable, StoreUnusable) as error:
        raise click.ClickException(str(error)) from error


def announce(address: str, store: Store) -> None:
    """Say where it listens, where it stores and what it speaks."""
    from milepost import __version__
    from milepost.api.server import MLFLOW_VERSION

    click.echo(f"Milepost {__version__} listens on {address}")
    click.echo(f"  stores in   {store.database.description}")
    click.echo(f"  artifacts   {store.artifact_root}")
    click.echo(f"  speaks      MLflow {MLFLOW_VERSION} and every client since 0.8")
    click.echo(f'  try         mlflow.set_tracking_uri("{address}")')
