"""PURE: quotations that stand by themselves in a text, with who said it or where, as citations."""

import re
from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_URL, uuid5

from pydantic import ValidationError

from app.editing.body import inline_text
from app.editing.plain_fields import line
from app.editing.speakers.schemas import SpeakerCreate
from app.editing.works.schemas import WorkCreate
from app.exchange.wordpress.content import Block
from app.exchange.wordpress.sources import Source

LONGEST = 5_000
LONGEST_NAME = 100


def sources(blocks: Sequence[Block], name: str) -> list[Source]:
    """A source for each quotation with an attribution or an address. `name` makes the ids."""
    found = (_source(block, f"{name}/quotes/{number}") for number, block in enumerate(_all(blocks)))
    return [source for source in found if source]


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """All that the blocks say."""
    for block in blocks:
        if "html" in block and block.get("type") != "html":
            yield inline_text.plain(block["html"])
        yield from texts(block.get("items", ()))
        yield from texts(block.get("blocks", ()))
        for row in block.get("rows", ()):
            yield from texts(row)


def _all(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block["type"] == "quote":
            yield block
        yield from _all(block.get("blocks", ()))


def _source(block: Block, name: str) -> Source | None:
    said = inline_text.plain(block["html"]).strip()
    attribution, url = block.get("attribution"), block.get("source_url")
    who, role = _parted(attribution or "")
    if not 0 < len(said) <= LONGEST or not (who or url):
        return None
    try:
        work = WorkCreate(kind="web_page", url=url) if url else None
        speaker = SpeakerCreate(kind="person", name=who) if who else None
    except ValidationError:
        return None
    statement = {"text": said, "form": "direct", "role_at_time": role,
                 "channel": "published_work" if url else "other"}  # fmt: skip
    if speaker is None:
        statement |= {"form": "document_excerpt", "channel": "document"}
    fields = {
        "id": uuid5(NAMESPACE_URL, name),
        "type": "quotation" if speaker else "document",
        "statement": statement,
        "anchors": [{"exact": said}],
    }
    return Source(fields, work, speaker)


def _parted(attribution: str) -> tuple[str | None, str | None]:
    """A name and what is said of who bears it."""
    bare = attribution.strip(" \u00a0—–-―~")
    who, role = [*_PARTED.split(bare, maxsplit=1), ""][:2]
    name = line(who)
    if name is None or len(name) > LONGEST_NAME or "://" in name:
        return None, None
    return name, line(role.removesuffix(")") if "(" not in role else role)


_PARTED = re.compile(r",\s+|\s+[—–-]\s+|\s+\((?=[^()]*\)$)|;\s+")
