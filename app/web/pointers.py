"""JSON Pointers (RFC 6901): how an answer names a place in the body that was sent."""

from collections.abc import Sequence
from typing import Any

LONGEST = 1000
"""Characters. A pointer that would be longer names the nearest enclosing place instead."""

_UNKNOWN = object()

Parts = tuple[str | int, ...]


def pointer(parts: Sequence[str | int]) -> str:
    """The pointer to a place; "" is the whole body. Always text that UTF-8 can carry."""
    written = ""
    for part in parts:
        name = str(part).encode("utf-8", "replace").decode()
        longer = written + "/" + name.replace("~", "~0").replace("/", "~1")
        if len(longer) > LONGEST:
            break
        written = longer
    return written


def pointer_of(
    loc: Sequence[str | int], body: Any, *, found: Any = _UNKNOWN, missing: bool = False
) -> str:
    """Where in `body` a pydantic error is.

    A `loc` holds parts that no client ever sent: tags of unions, names of validators. They are told
    from real ones by walking the body. `found` (the error's `input`) settles cases where a tag is
    also the name of a member. `missing`: the last part is the name of a member that is not there.
    """
    place = _place(tuple(loc), body, found)
    return pointer((*place, loc[-1]) if missing else place)


def _place(loc: Parts, body: Any, found: Any) -> Parts:
    """The longest real path in `loc`, and before that one which ends at the value `found`."""
    best: tuple[bool, int, Parts] = (False, -1, ())
    seen: set[tuple[int, int]] = set()
    branches: list[tuple[int, Any, Parts]] = [(0, body, ())]
    while branches:
        index, value, path = branches.pop()
        if (index, id(value)) in seen:
            continue
        seen.add((index, id(value)))
        if index == len(loc):
            best = max(best, (value is found, len(path), path), key=lambda one: one[:2])
            continue
        branches.append((index + 1, value, path))
        member, part = _member(value, loc[index])
        if member is not _UNKNOWN:
            branches.append((index + 1, member, (*path, part)))
    return best[2]


def _member(value: Any, part: str | int) -> tuple[Any, str | int]:
    if isinstance(value, dict) and part in value:
        return value[part], part
    if isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
        return value[part], part
    return _UNKNOWN, part
