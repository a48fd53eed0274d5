"""Uploads in parts that clients send to S3 themselves, by URLs that this server signs.

obstore cannot sign the URL of a part, so botocore does; it is the only thing it does here, it is
loaded when the first such upload begins, and its calls run on threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from milepost.artifacts.paths import joined
from milepost.artifacts.repository import not_found
from milepost.errors import InvalidParameterValue, TemporarilyUnavailable

URL_VALID_S = 12 * 3_600


class S3Multipart:
    """Multipart uploads below `prefix` of `bucket`; `endpoint` is None for Amazon's own."""

    def __init__(self, bucket: str, prefix: str, endpoint: str | None, region: str) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._endpoint = endpoint
        self._region = region
        self._client: Any = None

    async def create(self, path: str, parts: int) -> tuple[str, list[str]]:
        return await asyncio.to_thread(self._create, path, parts)

    async def complete(self, path: str, upload_id: str, etags: Sequence[tuple[int, str]]) -> None:
        listed = [{"PartNumber": number, "ETag": etag} for number, etag in etags]
        await asyncio.to_thread(
            self._call,
            "complete_multipart_upload",
            path,
            UploadId=upload_id,
            MultipartUpload={"Parts": listed},
        )

    async def abort(self, path: str, upload_id: str) -> None:
        await asyncio.to_thread(self._call, "abort_multipart_upload", path, UploadId=upload_id)

    def _create(self, path: str, parts: int) -> tuple[str, list[str]]:
        upload_id: str = self._call("create_multipart_upload", path)["UploadId"]
        urls = [
            self._connected().generate_presigned_url(
                "upload_part",
                Params={**self._place(path), "UploadId": upload_id, "PartNumber": number},
                ExpiresIn=URL_VALID_S,
            )
            for number in range(1, parts + 1)
        ]
        return upload_id, urls

    def _place(self, path: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": joined(self._prefix, path)}

    def _call(self, operation: str, path: str, **parameters: Any) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        client = self._connected()
        try:
            answer: dict[str, Any] = getattr(client, operation)(**self._place(path), **parameters)
            return answer
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code == "NoSuchUpload":
                raise not_found(path) from error
            raise InvalidParameterValue(f"S3 refused the upload of {path!r}: {code}.") from error
        except BotoCoreError as error:
            raise TemporarilyUnavailable(
                f"s3://{self._bucket} cannot be used now ({type(error).__name__})."
            ) from error

    def _connected(self) -> Any:
        if self._client is None:
            from botocore.config import Config
            from botocore.session import get_session

            self._client = get_session().create_client(
                "s3",
                region_name=self._region,
                endpoint_url=self._endpoint,
                config=Config(
                    signature_version="s3v4",
                    s3={"addressing_style": "path" if self._endpoint else "auto"},
                    # Part URLs are used by clients that send no checksum headers.
                    request_checksum_calculation="when_required",
                ),
            )
        return self._client
