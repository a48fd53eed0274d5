"""What kind of content an artifact is: by its name, and where that tells nothing by its bytes."""

from __future__ import annotations

import mimetypes

# How much of a file is looked at.
START_BYTES = 1_024
BINARY = "application/octet-stream"
TEXT = "text/plain; charset=utf-8"
# Sent as plain text, as the official server does (contract/limits.json, "artifacts", "mime").
TEXT_SUFFIXES = frozenset(
    [
        "txt",
        "log",
        "err",
        "cfg",
        "conf",
        "cnf",
        "cf",
        "ini",
        "properties",
        "prop",
        "hocon",
        "toml",
        "yaml",
        "yml",
        "xml",
        "json",
        "js",
        "py",
        "py3",
        "csv",
        "tsv",
        "md",
        "rst",
        "ipynb",
    ]
)
TEXT_NAMES = frozenset(("MLmodel", "MLproject"))
TYPES = mimetypes.MimeTypes()


def content_type(name: str, start: bytes) -> str:
    """The media type of a file from its base name and its first bytes."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in TEXT_SUFFIXES or name in TEXT_NAMES:
        return TEXT
    guessed, encoding = TYPES.guess_type(name)
    if encoding is not None:
        return BINARY  # an archive: it must not be unpacked on its way
    if guessed is not None:
        return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
    return TEXT if is_text(start[:START_BYTES]) else BINARY


def is_text(start: bytes) -> bool:
    """Is this the beginning of a UTF-8 text? A character cut off at the end does not matter."""
    if not start or b"\0" in start:
        return False
    try:
        start.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start >= len(start) - 3
    return True
