"""The `fields` of a search: which parts of a run come back. Our own; the stock wire has no such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milepost.errors import InvalidParameterValue
from milepost.search.fields import RUNS
from milepost.search.parser import field_of
from milepost.search.tokens import NAME, tokens_of

FIELDS_MAX = 10_000
WIRE_ATTRIBUTES = (
    "run_id", "run_name", "experiment_id", "user_id", "status", "start_time", "end_time",
    "artifact_uri", "lifecycle_stage",
)  # fmt: skip
PARTS = ("inputs", "outputs")
ALL = None


class Projection(NamedTuple):
    """Keys to give back by kind; None stands for all of them."""

    attributes: frozenset[str] | None = ALL
    metrics: tuple[str, ...] | None = ALL
    params: tuple[str, ...] | None = ALL
    tags: tuple[str, ...] | None = ALL
    parts: frozenset[str] | None = ALL


EVERYTHING = Projection()


def parse_fields(texts: Sequence[str]) -> Projection:
    """What `fields` asks for; everything when it is empty. Raises `InvalidParameterValue`."""
    if not texts:
        return EVERYTHING
    if len(texts) > FIELDS_MAX:
        raise InvalidParameterValue(
            f"fields holds {len(texts):,} entries; at most {FIELDS_MAX:,} are taken."
        )
    keys: dict[str, dict[str, None]] = {"attribute": {}, "metric": {}, "parameter": {}, "tag": {}}
    everything = set()
    parts = set()
    for text in texts:
        if text in PARTS:
            parts.add(text)
            continue
        if text.endswith(".*"):
            entity = RUNS.entity(text[:-2])
            if entity is None or entity.name not in keys:
                raise unknown(text)
            everything.add(entity.name)
            continue
        tokens = tokens_of(text)
        if len(tokens) != 2 or tokens[0].kind != NAME:
            raise unknown(text)
        field, _ = field_of(tokens[0], text, RUNS)
        if field.entity not in keys or (
            field.entity == "attribute" and field.key not in WIRE_ATTRIBUTES
        ):
            raise unknown(text)
        keys[field.entity][field.key] = None
    chosen = {name: None if name in everything else tuple(found) for name, found in keys.items()}
    attributes = chosen["attribute"]
    return Projection(
        None if attributes is None else frozenset(attributes),
        chosen["metric"],
        chosen["parameter"],
        chosen["tag"],
        frozenset(parts),
    )


def unknown(text: str) -> InvalidParameterValue:
    return InvalidParameterValue(
        f"Invalid field '{text}'. Write an attribute ({', '.join(WIRE_ATTRIBUTES)}), metrics.<key>,"
        " params.<key>, tags.<key>, each also with * for all, or inputs, outputs."
    )
