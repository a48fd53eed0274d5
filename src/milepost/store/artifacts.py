"""Where runs keep their artifacts, and the checksums of what was uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milepost.errors import ResourceDoesNotExist
from milepost.store.database import Connection
from milepost.store.sql import json_list, load
from milepost.store.transaction import Transaction

ARTIFACTS = load("artifacts")


class KnownContent(NamedTuple):
    """What a file held when it was uploaded; digests in hexadecimal, "" where unknown."""

    location: str
    size: int
    etag: str
    blake3: str
    sha256: str


def get_artifact_uri(connection: Connection, run_id: str) -> str:
    """Raises `ResourceDoesNotExist`; finds deleted runs too."""
    row = connection.execute(ARTIFACTS.ARTIFACT_URI_SELECT, (run_id,)).fetchone()
    if row is None:
        raise ResourceDoesNotExist(f"Run with id={run_id} not found")
    return str(row[0])


def put_checksums(transaction: Transaction, known: Sequence[KnownContent]) -> None:
    transaction.executemany(ARTIFACTS.CHECKSUM_UPSERT, known)


def get_checksums(connection: Connection, locations: Sequence[str]) -> dict[str, KnownContent]:
    """What is known, by location."""
    rows = connection.execute(ARTIFACTS.CHECKSUMS_SELECT, (json_list(locations),)).fetchall()
    return {row[0]: KnownContent(*row) for row in rows}


def forget_checksums(transaction: Transaction, location: str) -> None:
    """Of a file, or of all files in a folder."""
    # "0" is the character behind "/".
    transaction.execute(ARTIFACTS.CHECKSUMS_DELETE, (location, f"{location}/", f"{location}0"))
