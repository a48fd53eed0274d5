"""Where artifacts may be: from URIs to repositories.

The operator names the places (`--artifacts-destination`, `--default-artifact-root`,
`--artifact-roots`); a URI that a client has stored is answered for only when it lies in one of
them, judged anew at each use.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from milepost.artifacts.local import LocalRepository
from milepost.artifacts.paths import checked
from milepost.artifacts.repository import Repository
from milepost.errors import EndpointDisabled, InvalidParameterValue, PermissionDenied

PROXIED = "mlflow-artifacts"
S3_SCHEMES = frozenset(("s3", "s3a"))
AZURE_SCHEMES = frozenset(("abfs", "abfss", "az", "wasb", "wasbs"))


class PlaceUnusable(Exception):
    """A place cannot be opened; the text says which flag named it and what to do."""


class Place(NamedTuple):
    """A parsed location. `scheme` is "file", "s3", "gs" or "azure"; `host` a bucket, or empty.

    `path` is without leading or trailing slash; for Azure `host` is `container@account-host`.
    """

    scheme: str
    host: str
    path: str


def place_of(uri: str) -> Place:
    """Parse a location. Raises `InvalidParameterValue` for schemes that no store here has."""
    if uri.startswith("/") or ("://" not in uri and not uri.lower().startswith("file:")):
        return Place("file", "", os.path.abspath(os.path.expanduser(uri)).strip("/"))
    parts = urlsplit(uri)
    scheme = parts.scheme.lower()
    if parts.query or parts.fragment:
        raise InvalidParameterValue(f"An artifact location with a query or fragment: '{uri[:200]}'")
    if scheme == "file" and parts.netloc in ("", "localhost"):
        path = unquote(parts.path)
        if ".." in path.split("/"):
            raise InvalidParameterValue("Invalid path")
        return Place("file", "", os.path.normpath(path).strip("/"))
    path = "/".join(part for part in parts.path.split("/") if part)
    if scheme in S3_SCHEMES and parts.netloc:
        return Place("s3", parts.netloc, path)
    if scheme == "gs" and parts.netloc:
        return Place("gs", parts.netloc, path)
    if scheme in AZURE_SCHEMES and parts.netloc:
        return Place("azure", parts.netloc, path)
    raise InvalidParameterValue(
        f"Artifacts at '{uri[:200]}' are out of this server's reach: it knows folders, s3://, gs://,"
        " wasbs:// and abfss://. Clients reach such places themselves."
    )


class Places:
    """All places that this server may use: the proxied one, and what else the operator named."""

    def __init__(
        self, destination: str, roots: Sequence[str], staging: Path, serves_proxied: bool = True
    ) -> None:
        """Raises `PlaceUnusable`. `staging` is where uploads to object stores are put together."""
        self._staging = staging
        self.serves_proxied = serves_proxied
        try:
            self._places = [place_of(uri) for uri in (destination, *roots)]
        except InvalidParameterValue as error:
            raise PlaceUnusable(error.message) from error
        self._repositories: dict[Place, Repository] = {}
        self.proxied = self._repository(self._places[0])

    def _repository(self, place: Place) -> Repository:
        found = self._repositories.get(place)
        if found is None:
            found = self._repositories[place] = open_place(place, self._staging)
        return found

    def find(self, uri: str) -> tuple[Repository, str]:
        """The repository and the checked path in it for a stored URI.

        Raises `PermissionDenied` when the operator has not named a place that holds it.
        """
        if uri.partition(":")[0].lower() == PROXIED:
            parts = urlsplit(uri)
            if parts.netloc or parts.query or parts.fragment:
                raise PermissionDenied(f"'{uri[:200]}' names another server; this one stays away.")
            if not self.serves_proxied:
                raise not_serving()
            return self.proxied, checked(parts.path.lstrip("/"))
        wanted = place_of(uri)
        for place in self._places:
            if place[:2] == wanted[:2] and is_below(wanted.path, place.path):
                inner = wanted.path.removeprefix(place.path).lstrip("/")
                return self._repository(place), checked(inner)
        raise PermissionDenied(
            f"The artifacts at '{uri[:200]}' are in no place that this server may use. If it should"
            " use them, start it with --artifact-roots and the folder or bucket above them."
        )

    async def close(self) -> None:
        for repository in self._repositories.values():
            await repository.close()


def not_serving() -> EndpointDisabled:
    return EndpointDisabled(
        "This server runs with --no-serve-artifacts and keeps no artifacts for its clients."
        " Start it with --serve-artifacts to have it do so."
    )


def is_below(path: str, root: str) -> bool:
    return not root or path == root or path.startswith(root + "/")


def open_place(place: Place, staging: Path) -> Repository:
    """The repository of a place; credentials come from each cloud's usual environment."""
    if place.scheme == "file":
        return LocalRepository(Path("/" + place.path))
    # obstore costs a start 25 ms and 10 MB, so only those who use it load it.
    from milepost.artifacts import clouds

    try:
        return clouds.OPEN[place.scheme](place.host, place.path, staging)
    except Exception as error:
        raise PlaceUnusable(
            f"The artifact store {place.scheme}://{place.host}/{place.path} cannot be opened:"
            f" {str(error).splitlines()[0]}"
        ) from error
