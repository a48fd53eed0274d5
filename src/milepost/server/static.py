"""The built page (`milepost/static`, made from `web/`): what is sent at `/`, and how it is kept.

Files under `assets/` carry a hash of their content in their names and are cached for ever; the
page itself is asked for again each time. Addresses in it are relative, so a prefix needs nothing.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

from milepost.server.answers import TEXT_HEADERS, Headers, Send, send_bytes

FOLDER = Path(__file__).resolve().parent.parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED = (".css", ".html", ".js", ".json", ".svg")
# Scripts and styles from this server alone; no plugins, no forms that leave, no foreign frames.
# Pictures and previews of artifacts come from this server, or from memory (blob:, data:).
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " media-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self' blob:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'; object-src 'none'"
)
NOT_BUILT = """<!doctype html><html lang="en"><title>Milepost</title>
<h1>This Milepost was built without its page</h1>
<p>The API works as ever. To have the page, install again without MILEPOST_SKIP_UI, or run
<code>python3 dev.py page</code> in a checkout.</p></html>
"""


class Asset(NamedTuple):
    """One file, ready to be sent: its body as it is and gzipped, and its headers."""

    body: bytes
    compressed: bytes | None
    headers: list[tuple[bytes, bytes]]
    etag: bytes


class StaticFiles:
    """The page's files, each read at its first request and kept: they are few and small."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._paths = {
            "/" + path.relative_to(folder).as_posix(): path
            for path in folder.rglob("*")
            if path.is_file() and path.suffix in TYPES
        }
        self._kept: dict[str, Asset] = {}

    def find(self, path: str) -> Asset | None:
        """The file at `path`; the page itself at `/`."""
        name = "/index.html" if path == "/" else path
        kept = self._kept.get(name)
        if kept is not None:
            return kept
        source = self._paths.get(name)
        if source is None:
            return page_not_built() if path == "/" else None
        asset = self._kept[name] = asset_of(name, source.read_bytes(), source.suffix)
        return asset


def asset_of(name: str, body: bytes, suffix: str) -> Asset:
    is_page = suffix == ".html"
    for_ever = b"public, max-age=31536000, immutable"
    headers = [
        (b"content-type", TYPES[suffix].encode()),
        (b"cache-control", for_ever if name.startswith("/assets/") else b"no-cache"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"SAMEORIGIN"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]
    if is_page:
        headers.append((b"content-security-policy", CSP.encode()))
    etag = b'"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
    compressed = gzip.compress(body, 9, mtime=0) if suffix in COMPRESSED else None
    return Asset(body, compressed, [*headers, (b"etag", etag)], etag)


def page_not_built() -> Asset:
    return asset_of("/index.html", NOT_BUILT.encode(), ".html")


async def send_asset(send: Send, asset: Asset, headers: dict[bytes, bytes]) -> None:
    """A file, gzipped for who takes that, or the word that it has not changed."""
    extra: Headers = [*asset.headers, (b"vary", b"Origin, Accept-Encoding")]
    if headers.get(b"if-none-match") == asset.etag:
        await send({"type": "http.response.start", "status": 304, "headers": extra})
        await send({"type": "http.response.body", "body": b""})
    elif asset.compressed is not None and b"gzip" in headers.get(b"accept-encoding", b""):
        extra.append((b"content-encoding", b"gzip"))
        await send_bytes(send, 200, extra, asset.compressed)
    else:
        await send_bytes(send, 200, extra, asset.body)


async def send_redirect(send: Send, location: str) -> None:
    await send_bytes(send, 308, [*TEXT_HEADERS, (b"location", location.encode())], b"")
