"""Checksums of artifacts: BLAKE3 always, SHA-256 when a client claims one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from blake3 import blake3

from milepost.errors import InvalidParameterValue

PIECE_BYTES = 2**20


class Checksums(NamedTuple):
    """Digests in hexadecimal; "" is "not known", or as a claim "not asked for"."""

    blake3: str = ""
    sha256: str = ""


NOTHING_CLAIMED = Checksums()


class ChecksumMismatch(InvalidParameterValue):
    """The bytes that arrived are not those that the client has."""


class Hasher:
    """Takes a file's bytes in order; `claimed` says what to compute and to compare."""

    __slots__ = ("_blake3", "_claimed", "_sha256")

    def __init__(self, claimed: Checksums) -> None:
        self._claimed = claimed
        self._blake3 = blake3()
        self._sha256 = hashlib.sha256() if claimed.sha256 else None

    def update(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            self._blake3.update(part)
            if self._sha256 is not None:
                self._sha256.update(part)

    def finish(self, path: str) -> Checksums:
        """The digests; raises `ChecksumMismatch` when one is not what was claimed."""
        found = Checksums(
            self._blake3.hexdigest(), self._sha256.hexdigest() if self._sha256 is not None else ""
        )
        for name, claim, actual in zip(Checksums._fields, self._claimed, found, strict=True):
            if claim and claim != actual:
                raise ChecksumMismatch(
                    f"The {name} of what arrived for {path!r} is {actual}, not {claim}; nothing was"
                    " stored. Send it again."
                )
        return found


def of_file(file: Path, claimed: Checksums, path: str) -> Checksums:
    """The digests of a whole local file; raises `ChecksumMismatch`, naming `path`."""
    hasher = Hasher(claimed)
    with file.open("rb", buffering=0) as opened:
        while piece := opened.read(PIECE_BYTES):
            hasher.update((piece,))
    return hasher.finish(path)
