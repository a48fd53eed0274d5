"""Files over HTTP: bodies as streams, ranges, validators, and headers that keep a file harmless.

RFC 9110 (ranges, conditional requests), 6266 (Content-Disposition), 9530 (Content-Digest).
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from email.utils import formatdate, parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

from milepost.api.context import Download, Uploaded
from milepost.artifacts.checksums import Checksums
from milepost.artifacts.content import content_type
from milepost.artifacts.repository import Stat
from milepost.errors import BadRequest, InvalidParameterValue
from milepost.server.answers import GUARD_HEADERS, Headers, Send
from milepost.server.bodies import ClientGone, Receive

SINGLE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
HEX_DIGEST = re.compile(r"[0-9a-fA-F]{64}")
SHA256_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/=]+):")
FILE_POLICY = b"default-src 'none'; sandbox"
# A preview may draw and compute, in an origin of its own; it reaches nothing outside itself.
PREVIEW_POLICY = (
    b"sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:;"
    b" style-src 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' data: blob:;"
    b" font-src data:; worker-src blob:; form-action 'none'; base-uri 'none';"
    b" frame-ancestors 'self'"
)


# --- what comes in -------------------------------------------------------------------------------


def path_in(raw_path: bytes, prefix: str) -> str:
    """The artifact path behind `prefix` of a request's path, decoded once, strictly."""
    try:
        return unquote_to_bytes(raw_path).decode()[len(prefix) :]
    except UnicodeDecodeError:
        raise InvalidParameterValue("Invalid path") from None


async def body_pieces(receive: Receive) -> AsyncIterator[bytes]:
    """The body as it arrives; raises `ClientGone` when it is cut off."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        if piece := message.get("body"):
            yield piece
        if not message.get("more_body"):
            return


def claimed_in(headers: dict[bytes, bytes]) -> Checksums:
    """The checksums that a client says its body has."""
    encoding = headers.get(b"content-encoding", b"identity").lower()
    if encoding != b"identity":
        raise BadRequest("A file is stored as it is sent; send it without Content-Encoding.")
    blake3 = headers.get(b"milepost-blake3", b"").decode("latin-1")
    if blake3 and HEX_DIGEST.fullmatch(blake3) is None:
        raise BadRequest("Milepost-Blake3 must be 64 hexadecimal digits.")
    sha256 = ""
    if found := SHA256_DIGEST.search(headers.get(b"content-digest", b"").decode("latin-1")):
        try:
            sha256 = base64.b64decode(found[1], validate=True).hex()
        except binascii.Error:
            raise BadRequest("Content-Digest holds no base64.") from None
    return Checksums(blake3.lower(), sha256)


# --- what goes out -------------------------------------------------------------------------------


async def send_uploaded(send: Send, uploaded: Uploaded) -> None:
    """200 without a body, as the facts say; what is known of the file stands in headers."""
    stat, checksums = uploaded.stored
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"0"),
        (b"etag", quoted(stat.etag)),
        (b"milepost-blake3", checksums.blake3.encode()),
        *GUARD_HEADERS,
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


class Answer(NamedTuple):
    """What a conditional or ranged request gets: the bytes from `first` up to `end`."""

    status: int
    first: int = 0
    end: int = 0


async def send_download(
    send: Send, receive: Receive, headers: dict[bytes, bytes], is_head: bool, download: Download
) -> None:
    reader = download.reader
    try:
        answer = judge(headers, reader.stat)
        out = headers_of(download, answer)
        await send({"type": "http.response.start", "status": answer.status, "headers": out})
        first, end = answer.first, answer.end
        if is_head or first == end:
            await send({"type": "http.response.body", "body": b""})
        elif end <= len(reader.start):
            await send({"type": "http.response.body", "body": reader.start[first:end]})
        else:
            await send_pieces(send, receive, download, answer)
    finally:
        await reader.close()


async def send_pieces(send: Send, receive: Receive, download: Download, answer: Answer) -> None:
    """A long answer, until the client has it or is gone; `send` waits while its buffer is full."""
    watch = asyncio.ensure_future(until_gone(receive))
    left = answer.end - answer.first
    try:
        async for piece in download.reader.pieces(answer.first, answer.end):
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
            if watch.done():
                return
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


async def until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def judge(headers: dict[bytes, bytes], stat: Stat) -> Answer:
    """The preconditions in RFC 9110's order, then the range."""
    match = headers.get(b"if-match")
    if match is not None:
        if not names_etag(match, stat.etag, weakly=False):
            return Answer(412)
    elif is_modified_since(headers.get(b"if-unmodified-since"), stat) is True:
        return Answer(412)
    none_match = headers.get(b"if-none-match")
    if none_match is not None:
        if names_etag(none_match, stat.etag, weakly=True):
            return Answer(304)
    elif is_modified_since(headers.get(b"if-modified-since"), stat) is False:
        return Answer(304)
    found = SINGLE_RANGE.fullmatch(headers.get(b"range", b"").decode("latin-1").strip())
    if found is None or found[0] == "bytes=-" or not range_is_current(headers, stat):
        return Answer(200, 0, stat.size)  # no range, or a kind that may be ignored
    return ranged(found[1], found[2], stat.size)


def ranged(first_text: str, last_text: str, size: int) -> Answer:
    if not first_text:  # the last n bytes
        count = min(int(last_text), size)
        return Answer(206, size - count, size) if count else Answer(416)
    first = int(first_text)
    last = min(int(last_text), size - 1) if last_text else size - 1
    if last_text and int(last_text) < first:
        return Answer(200, 0, size)  # not a range at all
    return Answer(206, first, last + 1) if first < size else Answer(416)


def range_is_current(headers: dict[bytes, bytes], stat: Stat) -> bool:
    """If-Range: does the client's part belong to today's file? Without it, it does."""
    condition = headers.get(b"if-range")
    if condition is None:
        return True
    return condition in (quoted(stat.etag), last_modified(stat))


def names_etag(header: bytes, etag: str, weakly: bool) -> bool:
    for one in header.split(b","):
        one = one.strip()
        if one == b"*" or (one.removeprefix(b"W/") if weakly else one) == quoted(etag):
            return True
    return False


def is_modified_since(header: bytes | None, stat: Stat) -> bool | None:
    """None without a date that can be read."""
    if header is None:
        return None
    try:
        since = parsedate_to_datetime(header.decode("latin-1")).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return int(stat.modified_s) > since


def headers_of(download: Download, answer: Answer) -> Headers:
    stat = download.reader.stat
    length = answer.end - answer.first
    headers: Headers = [
        (b"etag", quoted(stat.etag)),
        (b"last-modified", last_modified(stat)),
        (b"accept-ranges", b"bytes"),
        (b"cache-control", b"private, no-cache"),
        (b"content-security-policy", PREVIEW_POLICY if download.is_preview else FILE_POLICY),
        *GUARD_HEADERS,
    ]
    if answer.status == 304:
        return headers
    headers.append((b"content-length", str(length).encode()))
    if answer.status == 416:
        headers.append((b"content-range", f"bytes */{stat.size}".encode()))
    if answer.status in (200, 206):
        kind = content_type(download.name, download.reader.start)
        headers.append((b"content-type", kind.encode()))
        headers.append((b"content-disposition", disposition(download)))
    if answer.status == 206:
        span = f"bytes {answer.first}-{answer.end - 1}/{stat.size}"
        headers.append((b"content-range", span.encode()))
    return headers


def disposition(download: Download) -> bytes:
    """The name in ASCII for old clients, and as it is."""
    kind = "inline" if download.is_preview else "attachment"
    plain = re.sub(r"[^ -~]|[\"\\%]", "_", download.name)
    if plain == download.name:
        return f'{kind}; filename="{plain}"'.encode()
    return (
        f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(download.name, safe='')}".encode()
    )


def quoted(etag: str) -> bytes:
    return f'"{etag}"'.encode()


def last_modified(stat: Stat) -> bytes:
    return formatdate(stat.modified_s, usegmt=True).encode()
