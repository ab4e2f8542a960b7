"""PURE: which of what the rails of a TV home could show they do show, so that it fits."""

from collections.abc import Sequence
from uuid import UUID

import orjson

from app.delivery.tv_lists import FILMS
from app.published.tv import PlannedRail

LARGEST = 200_000
"""Bytes of a TV home."""

LARGEST_ITEM = 20_000
"""Bytes of a card that may stand in one: a monster would leave no room for anything else."""

MOST_ITEMS = 150
"""In all rails together: more would not fit, so they are not even read."""

_RAILS, _END = b',"rails":[', b"]}"

Item = tuple[bool, UUID]
"""Whether it is a film, and its id."""


def chosen(rails: Sequence[PlannedRail], found: Sequence[Sequence[UUID]]) -> list[list[Item]]:
    """What each rail shows: no film that stands in one above it. An alert is read, not watched, so
    the film of its article may still come further down."""
    shown: set[UUID] = set()
    rows: list[list[Item]] = []
    for rail, ids in zip(rails, found, strict=True):
        film = rail.source in FILMS
        new = [each for each in ids if not (film and each in shown)][: rail.limit]
        shown.update(new if film else ())
        rows.append([(film, each) for each in new])
    _shorten(rows, sum(map(len, rows)) - MOST_ITEMS)
    return rows


def fitted(head: bytes, rails: Sequence[PlannedRail], rows: Sequence[Sequence[bytes]]) -> bytes:
    """The whole document: `head` is the object that it begins with, `rows` are the items of each
    rail. Where it would be too large the longest rails are shortened, the lowest of them first."""
    kept = [[item for item in items if len(item) <= LARGEST_ITEM] for items in rows]
    size = len(head) + len(_RAILS) + sum(
        len(_opened(rail)) + len(_END) + sum(len(item) + 1 for item in items)
        for rail, items in zip(rails, kept, strict=True)
    )  # fmt: skip
    while size > LARGEST and (longest := max(reversed(kept), key=len)):
        size -= len(longest.pop()) + 1
    written = [
        _opened(rail) + b",".join(items) + _END
        for rail, items in zip(rails, kept, strict=True)
        if items
    ]
    return head[:-1] + _RAILS + b",".join(written) + _END


def _shorten(rows: list[list[Item]], excess: int) -> None:
    """Take so many items off the ends of the longest rails."""
    for _ in range(excess):
        max(reversed(rows), key=len).pop()


def _opened(rail: PlannedRail) -> bytes:
    told = {"kind": rail.kind, "title": rail.title, "more": rail.more}
    return orjson.dumps(told)[:-1] + b',"items":['
