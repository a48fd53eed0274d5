"""What can be searched, as tables: entities, their aliases, keys, types and operators.

One `Language` a search (search facts, sections 2 and 3). `stock` says which operators the official
server takes; what only Milepost takes stands beside it. Nothing here knows SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NUMERIC = ("=", "!=", "<", "<=", ">", ">=")
TEXTUAL = ("=", "!=", "LIKE", "ILIKE")
ALWAYS = ("IN", "NOT IN", "IS NULL", "IS NOT NULL")

# The types of a term's values.
NUMBER, TIME, SPAN, TEXT, FLAG, PARAM = "number", "time", "span", "text", "flag", "param"

OPERATORS: Mapping[str, tuple[str, ...]] = {
    NUMBER: (*NUMERIC, *ALWAYS),
    TIME: (*NUMERIC, *ALWAYS),
    SPAN: (*NUMERIC, *ALWAYS),
    TEXT: (*TEXTUAL, "RLIKE", *ALWAYS),
    PARAM: (*NUMERIC, "LIKE", "ILIKE", "RLIKE", *ALWAYS),
    FLAG: ("=", "!="),
}

AGGREGATES = ("min", "max", "first", "last", "mean", "count")
AT_BEST = ("at_min", "at_max")


class Entity(NamedTuple):
    """One kind of thing. `keys` maps each spelling to (key, type); None: any key, of `type`."""

    name: str
    aliases: tuple[str, ...]
    keys: Mapping[str, tuple[str, str]] | None
    type: str
    can_order: bool


class Language(NamedTuple):
    """One search's entities, by what a message calls them, and what order_by takes."""

    entities: tuple[Entity, ...]
    unknown_entity: str
    unknown_key: str
    # Spellings that filters know and order_by does not, and the other way round.
    not_in_order_by: frozenset[str]
    has_aggregates: bool
    # Whether order_by may name a key twice; the later one changes nothing (stock).
    may_repeat_keys: bool

    def entity(self, alias: str) -> Entity | None:
        for entity in self.entities:
            if alias in entity.aliases:
                return entity
        return None


def same(*names: str) -> dict[str, tuple[str, str]]:
    return {name: (name, TEXT) for name in names}


RUN_ATTRIBUTES = {
    **same("run_id", "run_name", "status", "artifact_uri", "user_id"),
    "run name": ("run_name", TEXT),
    "Run name": ("run_name", TEXT),
    "Run Name": ("run_name", TEXT),
    "start_time": ("start_time", TIME),
    "end_time": ("end_time", TIME),
    "created": ("start_time", TIME),
    "Created": ("start_time", TIME),
    # Only Milepost's:
    "duration": ("duration", SPAN),
    "has_children": ("has_children", FLAG),
    **same("parent_run_id", "experiment_id", "experiment_name", "lifecycle_stage"),
}

RUNS = Language(
    entities=(
        Entity("metric", ("metric", "metrics"), None, NUMBER, True),
        Entity("parameter", ("parameter", "parameters", "param", "params"), None, PARAM, True),
        Entity("tag", ("tag", "tags"), None, TEXT, True),
        Entity("attribute", ("attribute", "attributes", "attr", "run"), RUN_ATTRIBUTES, TEXT, True),
        Entity("dataset", ("dataset", "datasets"), same("name", "digest", "context"), TEXT, False),
    ),
    unknown_entity="Invalid entity type '{}'. Valid values are"
    " ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
    unknown_key="Invalid {} key '{}' specified. Valid keys are '{}'",
    not_in_order_by=frozenset(("run name", "Run name", "Run Name")),
    has_aggregates=True,
    may_repeat_keys=False,
)

EXPERIMENT_ATTRIBUTES = {
    **same("name", "experiment_id"),
    "creation_time": ("creation_time", TIME),
    "last_update_time": ("last_update_time", TIME),
    "lifecycle_stage": ("lifecycle_stage", TEXT),
}

EXPERIMENTS = Language(
    entities=(
        Entity("attribute", ("attribute",), EXPERIMENT_ATTRIBUTES, TEXT, True),
        Entity("tag", ("tag", "tags"), None, TEXT, False),
    ),
    unknown_entity="Invalid entity type '{}'. Valid entity types are ('attribute', 'tag', 'tags')",
    unknown_key="Invalid {} key '{}' specified. Valid keys are '{}'",
    not_in_order_by=frozenset(),
    has_aggregates=False,
    may_repeat_keys=True,
)
