"""Ids of blocks: one for each in a body, and the same one for as long as it is the same block.

Anchors of citations and comments point at these ids, so an editor or importer that sends blocks
without ids (or a whole body as HTML) must not make all blocks new ones.
"""

import secrets
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

import orjson
from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from app.editing.body.blocks import Stored

ALIKE = 0.5
"""How much of two blocks must be the same for them to be one block, edited."""

MOST_PAIRS = 10_000
WINDOW = 10
LONGEST = 1_500
GRAM = 4

Location = tuple[int | str, ...]

_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_SIGNS = _LETTERS + "23456789"


def check(blocks: Sequence[Stored]) -> None:
    """Raise a ValidationError at the first block, also inside a factbox, whose id is taken."""
    seen: set[str] = set()
    for location, block in _everywhere(blocks):
        if "id" not in block:
            continue
        if block["id"] in seen:
            reason = PydanticCustomError(
                "duplicate_id", "Another block has the id {id}.", {"id": block["id"]}
            )
            fault = InitErrorDetails(type=reason, loc=(*location, "id"), input=block["id"])
            raise ValidationError.from_exception_data("body", [fault])
        seen.add(block["id"])


def keep_ids(new: Sequence[Stored], old: Sequence[Stored]) -> list[Stored]:
    """`new` with an id on each block: its own, that of the block in `old` that it is, or a new one.

    It is the block with exactly the same content; else the one with the same file or address; else
    the one of its type whose text is most alike, by half at least.
    """
    own = {block["id"] for _, block in _everywhere(new) if "id" in block}
    known = own | {block["id"] for _, block in _everywhere(old)}
    return _named(new, [block for block in old if block["id"] not in own], old, own, known)


def _named(
    new: Sequence[Stored],
    free: Sequence[Stored],
    old: Sequence[Stored],
    own: set[str],
    known: set[str],
) -> list[Stored]:
    by_id = {block["id"]: block for block in old}
    found = _matches(new, free)
    named = []
    for number, block in enumerate(new):
        block_id = block.get("id") or found.get(number) or _fresh(known)
        block = {"id": block_id, "type": block["type"], **block} | {"id": block_id}
        if block["type"] == "factbox":
            inner = by_id.get(block_id, {}).get("blocks", [])
            free_inner = [other for other in inner if other["id"] not in own]
            block["blocks"] = _named(block["blocks"], free_inner, inner, own, known)
        named.append(block)
    return named


def _everywhere(blocks: Sequence[Stored]) -> Iterator[tuple[Location, Stored]]:
    for number, block in enumerate(blocks):
        yield (number,), block
        if block["type"] == "factbox":
            for location, inner in _everywhere(block["blocks"]):
                yield (number, "blocks", *location), inner


def _fresh(known: set[str]) -> str:
    while True:
        block_id = secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(7))
        if block_id not in known:
            known.add(block_id)
            return block_id


def _matches(new: Sequence[Stored], old: Sequence[Stored]) -> dict[int, str]:
    """The old ids that go to blocks of `new`, by position."""
    nameless = [number for number, block in enumerate(new) if "id" not in block]
    found: dict[int, str] = {}
    for key in (_content, _address):
        waiting: dict[bytes | None, deque[str]] = defaultdict(deque)
        taken = set(found.values())
        for block in old:
            if block["id"] not in taken:
                waiting[key(block)].append(block["id"])
        for number in nameless:
            if number not in found and (mine := key(new[number])) and waiting.get(mine):
                found[number] = waiting[mine].popleft()
    left = [number for number in nameless if number not in found]
    taken = set(found.values())
    return found | _alike(new, left, [block for block in old if block["id"] not in taken])


def _content(block: Stored) -> bytes | None:
    return orjson.dumps(_without_ids(block), option=orjson.OPT_SORT_KEYS)


def _without_ids(block: Stored) -> Stored:
    content = {key: block[key] for key in block if key != "id"}
    if block["type"] == "factbox":
        content["blocks"] = [_without_ids(inner) for inner in block["blocks"]]
    return content


def _address(block: Stored) -> bytes | None:
    """What a picture or player is a picture or player of, None for text."""
    sources = block.get("sources") or [{}]
    url = block.get("url") or sources[0].get("url")
    return f"{block['type']} {url}".encode() if url else None


def _alike(new: Sequence[Stored], left: list[int], old: list[Stored]) -> dict[int, str]:
    """Pairs of the same type, those most alike first; among equals those nearest in order."""
    pairs: list[tuple[float, int, int, str]] = []
    for kind in {new[number]["type"] for number in left}:
        mine = [(number, _grams(new[number])) for number in left if new[number]["type"] == kind]
        theirs = [(block["id"], _grams(block)) for block in old if block["type"] == kind]
        window = WINDOW if len(mine) * len(theirs) > MOST_PAIRS else len(old) + len(left)
        for rank, (number, grams) in enumerate(mine):
            first = max(0, rank - window)
            for place, (block_id, others) in enumerate(theirs[first : rank + window + 1], first):
                if (likeness := _likeness(grams, others)) >= ALIKE:
                    pairs.append((-likeness, abs(place - rank), number, block_id))
    found: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, number, block_id in sorted(pairs):
        if number not in found and block_id not in taken:
            found[number] = block_id
            taken.add(block_id)
    return found


def _grams(block: Stored) -> frozenset[str]:
    """The sequences of four characters in the text of a block, whatever the script."""
    text = f"  {' '.join(_strings(_without_ids(block)))[:LONGEST]} "
    return frozenset(text[start : start + GRAM] for start in range(len(text) - GRAM + 1))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "type":
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _likeness(grams: frozenset[str], others: frozenset[str]) -> float:
    """Dice's coefficient: 1 for the same, 0 for nothing in common."""
    total = len(grams) + len(others)
    if not total or 2 * min(len(grams), len(others)) < ALIKE * total:
        return 0.0
    return 2 * len(grams & others) / total
