"""Artifacts of runs: listed, read and written by run id and a path below the run's folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

from milepost.api.artifact_bodies import check_size, store_body
from milepost.api.context import Context, Download, FileRequest, Response, Uploaded
from milepost.artifacts.content import START_BYTES
from milepost.artifacts.paths import base_name, checked, joined
from milepost.artifacts.repository import PIECE_BYTES, Repository
from milepost.errors import InvalidParameterValue, NotImplementedYet, PayloadTooLarge
from milepost.wire import messages as wire
from milepost.wire.requests import missing

# The official bound of the page's upload route.
UPLOAD_BYTES_MAX = 10 * 2**20
SIGNED_URL_S = 900
SIGNED_URL_S_MAX = 7 * 24 * 3_600


async def run_place(context: Context, run_id: str, path: str) -> tuple[Repository, str, str]:
    """The repository of a run's artifacts, the checked path there, and the run's artifact URI."""
    inner = checked(path)
    uri = await context.store.get_artifact_uri(run_id)
    repository, root = context.places.find(uri)
    return repository, joined(root, inner), uri


async def list_artifacts(context: Context, request: wire.ListArtifacts) -> Response:
    """Names are relative to the run's folder; a file or a missing path lists nothing."""
    assert request.run_id is not None
    path = checked(request.path or "")
    repository, place, uri = await run_place(context, request.run_id, path)
    files = [
        wire.FileInfo(joined(path, entry.name), entry.is_dir, entry.size or None)
        for entry in await repository.entries(place)
    ]
    return wire.ListArtifactsResponse(uri, files)


async def get_artifact(context: Context, request: FileRequest) -> Response:
    """`/get-artifact?run_id=…&path=…`; 0.x pages say run_uuid."""
    return await open_of_run(context, request, is_preview=False)


async def preview_artifact(context: Context, request: FileRequest) -> Response:
    """For the page's previews: shown, in a sandbox, instead of saved."""
    return await open_of_run(context, request, is_preview=True)


async def open_of_run(context: Context, request: FileRequest, is_preview: bool) -> Response:
    run_id = request.query.get("run_id") or request.query.get("run_uuid")
    if not run_id:
        raise missing("run_id")
    path = request.query.get("path")
    if not path:
        raise missing("path")
    repository, place, _ = await run_place(context, run_id, path)
    return await download(repository, place, request.is_head, is_preview)


async def download(
    repository: Repository, place: str, is_head: bool, is_preview: bool = False
) -> Download:
    reader = await repository.open(place, START_BYTES if is_head else PIECE_BYTES)
    return Download(reader, base_name(place), is_preview)


async def upload_run_artifact(context: Context, request: FileRequest) -> Response:
    """The page's small uploads; larger files go through the proxy routes."""
    run_id = request.query.get("run_uuid")
    if not run_id:
        raise InvalidParameterValue("Request must specify run_uuid.")
    path = request.query.get("path")
    if not path:
        raise InvalidParameterValue("Request must specify path.")
    if request.size == 0:
        raise InvalidParameterValue("Request must specify data.")
    repository, place, _ = await run_place(context, run_id, path)
    if not checked(path):
        raise InvalidParameterValue("Invalid path")
    try:
        check_size(request.size, UPLOAD_BYTES_MAX)
        stored = await store_body(
            context, repository, place, request, not_empty(request.body()), UPLOAD_BYTES_MAX
        )
    except PayloadTooLarge:
        raise InvalidParameterValue("Artifact size is too large. Max size is 10MB.") from None
    return Uploaded(stored)


async def not_empty(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """`body`, refusing one that turns out to hold nothing."""
    size = 0
    async for piece in body:
        size += len(piece)
        yield piece
    if size == 0:
        raise InvalidParameterValue("Request must specify data.")


# --- signed URLs ---------------------------------------------------------------------------------


async def create_presigned_download_url(
    context: Context, request: wire.CreatePresignedDownloadUrl
) -> Response:
    assert request.run_id is not None
    url, repository, place = await signed(
        context, request.run_id, request.path, request.expiration, "GET", "download"
    )
    stat = await repository.stat(place)
    return wire.CreatePresignedDownloadUrlResponse(url, {}, stat.size)


async def create_presigned_upload_url(
    context: Context, request: wire.CreatePresignedUploadUrl
) -> Response:
    if request.model_id:
        raise NotImplementedYet("Signed URLs for logged models come with the models' area.")
    if not request.run_id:
        raise missing("run_id")
    url, _, _ = await signed(
        context, request.run_id, request.path, request.expiration, "PUT", "upload"
    )
    return wire.CreatePresignedUploadUrlResponse(url)


async def signed(
    context: Context,
    run_id: str,
    path: str | None,
    expiration: int | None,
    method: str,
    what: str,
) -> tuple[str, Repository, str]:
    """A URL for a run's artifact in a bucket that clients reach themselves."""
    expires_s = expiration or SIGNED_URL_S
    if not 0 < expires_s <= SIGNED_URL_S_MAX:
        raise InvalidParameterValue(
            f"Invalid value {expires_s} for parameter 'expiration' supplied."
            f" It must be from 1 to {SIGNED_URL_S_MAX} seconds"
        )
    inner = checked(path or "")
    uri = await context.store.get_artifact_uri(run_id)
    scheme = uri.partition(":")[0] if ":" in uri else "file"
    if scheme == "mlflow-artifacts":
        raise InvalidParameterValue(
            f"Presigned {what} is not supported for proxied artifact storage (artifact URI scheme:"
            " mlflow-artifacts). This endpoint requires a direct cloud storage artifact URI."
        )
    repository, root = context.places.find(uri)
    if not repository.can_sign:
        raise InvalidParameterValue(
            f"Presigned {what} is not supported for this artifact storage (artifact URI scheme:"
            f" {scheme}). This endpoint requires a direct cloud storage artifact URI."
        )
    place = joined(root, inner)
    return await repository.signed_url(method, place, expires_s), repository, place
