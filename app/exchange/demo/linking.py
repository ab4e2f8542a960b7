"""PURE: what a part of the demo names: by keys as it is written, by ids as the desk has it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

Ids = Mapping[str, Mapping[str, UUID]]
"""By noun and key."""


def linked(value: Any, ids: Ids) -> Any:
    """The same with `noun_id` for the key in each field `noun`. Raises KeyError for one that is
    not there."""
    if isinstance(value, list):
        return [linked(one, ids) for one in value]
    if not isinstance(value, dict):
        return value
    fields = {name: linked(one, ids) for name, one in value.items()}
    for noun in ids.keys() & fields.keys():
        fields[f"{noun}_id"] = ids[noun][fields.pop(noun)]
    return fields


def named(value: Any, noun: str) -> Iterator[str]:
    """The keys in all fields of this name."""
    if isinstance(value, list):
        for one in value:
            yield from named(one, noun)
    elif isinstance(value, dict):
        if noun in value:
            yield value[noun]
        for one in value.values():
            yield from named(one, noun)
