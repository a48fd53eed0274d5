"""The rules for names and values (contract/limits.json, "names" and "lengths").

Each function returns nothing or the checked value and raises `InvalidParameterValue` in the facts'
words. Lengths are characters where the facts count characters, UTF-8 bytes where Milepost's own
bound (docs/compatibility.md) stands.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlparse

from milepost.errors import InvalidParameterValue, ResourceDoesNotExist
from milepost.wire.requests import shown

KEY_CHARS_MAX = 250
VALUE_BYTES_MAX = 65_536
EXPERIMENT_NAME_CHARS_MAX = 500
EXPERIMENT_TAG_VALUE_CHARS_MAX = 20_000
ARTIFACT_LOCATION_CHARS_MAX = 2_048

KEY_PATTERN = re.compile(r"^[/\w.\- :]*$")
RUN_ID_PATTERN = re.compile(r"^[a-zA-Z0-9][\w\-]{0,255}$")
INTEGER_PATTERN = re.compile(r"-?[0-9]{1,30}")
INT64_MAX = 2**63 - 1
# Schemes by which a client could make the server connect to a host of its choice.
HOST_SCHEMES = frozenset(("ftp", "hdfs", "http", "https", "sftp", "viewfs"))

# What one request may hold of what the facts do not count: tags of a new run, datasets, models.
ITEMS_MAX = 10_000
EXPERIMENT_IDS_MAX = 100_000

# Keys that have passed; training loops send the same few for hours.
known_keys: set[str] = set()
KNOWN_KEYS_MAX = 100_000


def at_most(items: Sequence[Any], most: int, name: str) -> None:
    if len(items) > most:
        raise InvalidParameterValue(
            f"'{name}' holds {len(items):,} entries; at most {most:,} are taken in one request."
        )


def check_key(key: str, path: str, long_name: str) -> None:
    """A metric, param or tag key; `path` and `long_name` are what the facts call it in errors."""
    if key not in known_keys:
        check_key_name(key, path)
        check_key_length(key, long_name)


def check_key_name(key: str, path: str) -> None:
    """The characters of a key, and that it is no path to elsewhere."""
    if key in known_keys:
        return
    if KEY_PATTERN.match(key) is None:
        raise InvalidParameterValue(
            f"Invalid value {shown(key)} for parameter '{path}' supplied: Names may only contain"
            " alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and"
            " slashes (/)."
        )
    normal = posixpath.normpath(key)
    if normal != key or key == "." or key.startswith(("..", "/")):
        raise InvalidParameterValue(
            f"Invalid value {shown(key)} for parameter '{path}' supplied: Names may be treated as"
            " files in certain cases, and must not resolve to other names when treated as such."
            f" This name would resolve to '{normal}'"
        )


def check_key_length(key: str, long_name: str) -> None:
    """The length of a key that has passed `check_key_name`; it is known from then on."""
    if key in known_keys:
        return
    if len(key) > KEY_CHARS_MAX:
        raise too_long(long_name, KEY_CHARS_MAX)
    if len(known_keys) >= KNOWN_KEYS_MAX:
        known_keys.clear()
    known_keys.add(key)


def check_value(value: str, name: str) -> None:
    """A param value, run tag value, name or any other free text of a run."""
    if len(value) * 4 > VALUE_BYTES_MAX and len(value.encode()) > VALUE_BYTES_MAX:
        raise InvalidParameterValue(
            f"'{name}' exceeds the maximum length of {VALUE_BYTES_MAX} bytes of UTF-8"
        )
    check_text(value, name)


def check_chars(value: str, name: str, longest: int) -> None:
    """A text with a bound in characters."""
    if len(value) > longest:
        raise too_long(name, longest)
    check_text(value, name)


def check_text(value: str, name: str) -> None:
    if "\0" in value:
        raise InvalidParameterValue(
            f"'{name}' contains a NUL character, which not every database can store."
        )


def too_long(name: str, longest: int) -> InvalidParameterValue:
    return InvalidParameterValue(f"'{name}' exceeds the maximum length of {longest} characters")


def check_run_id(run_id: str) -> None:
    """The pattern that log-batch asks of a run id."""
    if RUN_ID_PATTERN.match(run_id) is None:
        raise InvalidParameterValue(
            f"Invalid value {shown(run_id)} for parameter 'run_id' supplied."
        )


def experiment_number(experiment_id: str) -> int:
    """The integer behind an experiment id; raises also when no id can be that large."""
    if INTEGER_PATTERN.fullmatch(experiment_id) is None:
        raise InvalidParameterValue(
            f"Invalid experiment ID '{experiment_id[:100]}'. Experiment ID must be a valid integer."
        )
    number = int(experiment_id)
    if abs(number) > INT64_MAX:
        raise ResourceDoesNotExist(f"No Experiment with id={experiment_id} exists")
    return number


def experiment_numbers(experiment_ids: list[str]) -> list[int]:
    """As `experiment_number` for a list in a search, where unknown ids are ignored."""
    at_most(experiment_ids, EXPERIMENT_IDS_MAX, "experiment_ids")
    out = []
    for experiment_id in experiment_ids:
        try:
            out.append(experiment_number(experiment_id))
        except ResourceDoesNotExist:
            continue
    return out


def artifact_location_of(location: str) -> str:
    """A client's artifact location, a local path made absolute (contract/limits.json)."""
    if len(location) > ARTIFACT_LOCATION_CHARS_MAX:
        raise InvalidParameterValue(
            "Invalid artifact path length. The length of the artifact path cannot be greater than"
            f" {ARTIFACT_LOCATION_CHARS_MAX} characters. To configure this limit, please set the"
            " MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable."
        )
    check_text(location, "artifact_location")
    if location.startswith("runs:/"):
        raise InvalidParameterValue(
            f"Artifact location cannot be a runs:/ URI. Given: '{location}'"
        )
    try:
        parts = urlparse(location)
    except ValueError:
        raise InvalidParameterValue(
            f"Artifact location is not a valid URI. Given: '{location}'"
        ) from None
    if parts.fragment or parts.params:
        raise InvalidParameterValue("'artifact_location' URL can't include fragments or params.")
    if ".." in parts.query:
        raise InvalidParameterValue("Invalid query string")
    if parts.scheme in HOST_SCHEMES or (parts.scheme == "mlflow-artifacts" and parts.netloc):
        raise InvalidParameterValue(
            f"'artifact_location' cannot use the '{parts.scheme}' scheme: the '{parts.scheme}'"
            " scheme addresses a host other than the tracking server's configured artifact"
            " storage, so the server would connect to the host named in the URI."
        )
    is_local = not parts.scheme and not os.path.isabs(location)
    return os.path.abspath(location) if is_local else location
