"""Which texts may name an artifact. Pure: opens nothing, knows no store.

An artifact path is relative, with `/` between its parts. HTTP has decoded it once, and that text
is what gets stored; it is decoded further only to be judged, so that no later reader who decodes
once more can be led elsewhere (contract/limits.json, "artifacts", "path_safety").
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from milepost.errors import InvalidParameterValue

DECODE_ROUNDS_MAX = 10
# What every store takes: an S3 key has 1,024 bytes, a POSIX name 255.
PATH_BYTES_MAX = 1_024
PART_BYTES_MAX = 255
# Where a local root keeps unfinished uploads, and where archived runs' points are kept; no artifact
# can be called so, nor lie there.
STAGING, ARCHIVE = ".milepost-staging", ".milepost-archive"
RESERVED = frozenset((STAGING, ARCHIVE))
FORBIDDEN = RESERVED | {".."}

# Only of such characters can a text consist that needs no further look.
PLAIN = re.compile(r"[\w\-+=@,()\[\] ]+(?:\.[\w\-+=@,()\[\] ]+)*", re.ASCII)
DRIVE = re.compile(r"[A-Za-z]:")


def invalid() -> InvalidParameterValue:
    return InvalidParameterValue("Invalid path")


def checked(text: str) -> str:
    """`text` as the path of an artifact: its parts joined by `/`, "" for the root itself.

    Empty and `.` parts fall out. Raises `InvalidParameterValue` for what is absolute, a UNC or
    drive path, over-long, or holds a `..` part, a RESERVED one, a control character or `#`, in
    itself or in any form that decoding it gives.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise invalid() from None
    if size > PATH_BYTES_MAX:
        raise invalid()
    parts = text.split("/")
    if all(map(PLAIN.fullmatch, parts)) and size <= PART_BYTES_MAX:
        return text
    judge_all_forms(text)
    kept = [part for part in parts if part not in ("", ".")]
    if any(len(part.encode()) > PART_BYTES_MAX for part in kept):
        raise invalid()
    path = "/".join(kept)
    if path != text:
        judge_all_forms(path)  # "./%2fx" is no absolute path, what is left of it would be one
    return path


def judge_all_forms(text: str) -> None:
    """Judge `text` and what repeated percent-decoding makes of it; raises when it never ends."""
    for _ in range(DECODE_ROUNDS_MAX):
        judge(text)
        decoded = unquote(text)
        if decoded == text:
            return
        text = decoded
    raise invalid()


def judge(text: str) -> None:
    if (
        text.startswith(("/", "\\\\"))
        or DRIVE.match(text)
        or text.lower().startswith("file:")
        or "#" in text
        or not FORBIDDEN.isdisjoint(map(str.casefold, text.split("/")))
        or any(unicodedata.category(character) == "Cc" for character in text)
    ):
        raise invalid()


def joined(*parts: str) -> str:
    """Checked paths as one; raises `InvalidParameterValue` when it gets over-long."""
    path = "/".join(part for part in parts if part)
    if len(path.encode()) > PATH_BYTES_MAX:
        raise invalid()
    return path


def base_name(path: str) -> str:
    return path.rpartition("/")[2]
