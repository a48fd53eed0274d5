"""The proxy: artifacts below the server's own destination, by their path there.

Routes of MlflowArtifactsService. Clients whose runs have `mlflow-artifacts:/` locations use these.
"""

from __future__ import annotations

from milepost.api.artifact_bodies import check_size, location_of, store_body
from milepost.api.artifacts import SIGNED_URL_S, download
from milepost.api.context import Context, FileRequest, Response, Uploaded
from milepost.artifacts.paths import checked, joined
from milepost.artifacts.repository import ArtifactIsFolder, Multipart
from milepost.errors import InvalidParameterValue, RefusedInDetail
from milepost.wire import messages as wire
from milepost.wire.requests import missing

# S3's own bound.
PARTS_MAX = 10_000


async def list_proxied_artifacts(
    context: Context, request: wire.ArtifactsListArtifacts
) -> Response:
    """Base names; a file or a missing path lists nothing."""
    entries = await context.places.proxied.entries(checked(request.path or ""))
    return wire.ArtifactsListArtifactsResponse(
        [wire.ArtifactsFileInfo(e.name, e.is_dir, e.size or None) for e in entries]
    )


async def download_artifact(context: Context, request: FileRequest) -> Response:
    place = checked(request.path)
    try:
        return await download(context.places.proxied, place, request.is_head)
    except ArtifactIsFolder as error:
        raise RefusedInDetail(error.message) from None


async def upload_artifact(context: Context, request: FileRequest) -> Response:
    place = checked(request.path)
    if not place or request.path.endswith("/"):
        raise RefusedInDetail("Artifact path must include a filename (cannot end with '/').")
    check_size(request.size, context.artifact_bytes_max)
    stored = await store_body(
        context,
        context.places.proxied,
        place,
        request,
        request.body(),
        context.artifact_bytes_max,
    )
    return Uploaded(stored)


async def delete_artifact(context: Context, request: FileRequest) -> Response:
    """A file, or a folder with all in it; what is not there is deleted already."""
    place = checked(request.path)
    repository = context.places.proxied
    await repository.delete(place)
    await context.store.forget_checksums(location_of(repository, place))
    return None


async def get_presigned_download_url(context: Context, request: FileRequest) -> Response:
    """Where the destination is a bucket, a URL by which clients read from it themselves."""
    place = checked(request.path)
    repository = context.places.proxied
    stat = await repository.stat(place) if repository.can_sign else None
    url = await repository.signed_url("GET", place, SIGNED_URL_S)
    return wire.ArtifactsGetPresignedDownloadUrlResponse(
        url, {}, stat.size if stat is not None else None
    )


# --- uploads in parts ----------------------------------------------------------------------------


async def multipart_of(
    context: Context, request: FileRequest
) -> tuple[Multipart, str, wire.Message]:
    """The store's multipart uploads, the place of this one, and the message in the body.

    The URL names the folder, or the whole place; the message's path ends in the file's name.
    """
    folder = checked(request.path)
    multipart = context.places.proxied.multipart()
    message = await request.message()
    name = checked((message.path or "").rpartition("/")[2])
    if not name:
        raise missing("path")
    return multipart, folder if folder.rpartition("/")[2] == name else joined(folder, name), message


async def create_multipart_upload(context: Context, request: FileRequest) -> Response:
    multipart, place, message = await multipart_of(context, request)
    assert isinstance(message, wire.ArtifactsCreateMultipartUpload)
    parts = message.num_parts or 0
    if not 1 <= parts <= PARTS_MAX:
        raise InvalidParameterValue(
            f"Invalid value {parts} for parameter 'num_parts' supplied."
            f" It must be from 1 to {PARTS_MAX}"
        )
    upload_id, urls = await multipart.create(place, parts)
    return wire.ArtifactsCreateMultipartUploadResponse(
        upload_id,
        [
            wire.ArtifactsMultipartUploadCredential(url, number)
            for number, url in enumerate(urls, 1)
        ],
    )


async def complete_multipart_upload(context: Context, request: FileRequest) -> Response:
    multipart, place, message = await multipart_of(context, request)
    assert isinstance(message, wire.ArtifactsCompleteMultipartUpload)
    etags = [(part.part_number or 0, part.etag or "") for part in message.parts]
    if len(etags) > PARTS_MAX:
        raise InvalidParameterValue(f"An upload has at most {PARTS_MAX} parts.")
    await multipart.complete(place, message.upload_id or "", etags)
    return None


async def abort_multipart_upload(context: Context, request: FileRequest) -> Response:
    multipart, place, message = await multipart_of(context, request)
    assert isinstance(message, wire.ArtifactsAbortMultipartUpload)
    await multipart.abort(place, message.upload_id or "")
    return None
