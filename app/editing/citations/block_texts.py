"""The texts that anchors point into, and how they are made of the stored blocks.

A text block's text is what its HTML says (`inline_text.plain`): `<br>` is a line end, `<q>` shows
its marks. A list's is the texts of its items, an item's own before those under it, a table's those
of its cells, row by row, empty ones too; joined by line ends, without signs or numbers. Captions
are a text of their own: the block's, then those of its pictures, joined likewise.
The blocks in a factbox stand for themselves; titles, attributions, code and raw HTML have no text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.editing.body.blocks import Stored
from app.editing.body.inline_text import plain

SEPARATOR = "\n"
MEDIA = frozenset({"image", "gallery", "video", "audio", "embed"})


class Captioned(Protocol):
    @property
    def caption(self) -> str | None: ...


class Lead(Protocol):
    @property
    def image(self) -> Captioned | None: ...
    @property
    def video(self) -> Captioned | None: ...
    @property
    def audio(self) -> Captioned | None: ...


class Written(Protocol):
    """What is needed of an article's content."""

    @property
    def headline(self) -> str: ...
    @property
    def standfirst(self) -> str | None: ...
    @property
    def lead(self) -> Lead | None: ...
    @property
    def body(self) -> Sequence[Stored]: ...


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a block's text: where it begins there, and the dict whose field it is."""

    start: int
    text: str
    holder: Stored


@dataclass(frozen=True, slots=True)
class Place:
    """A text that anchors of `target` can point into. The lead's caption has no block."""

    target: str
    block_id: str | None
    text: str


def places(content: Written) -> list[Place]:
    """Every text of the article that is not empty, in reading order."""
    found = [Place("headline", None, content.headline)]
    if content.standfirst:
        found.append(Place("standfirst", None, content.standfirst))
    if caption := lead_caption(content.lead):
        found.append(Place("caption", None, caption))
    for _, block in everywhere(content.body):
        for target, parts in (("body", body_parts(block)), ("caption", caption_parts(block))):
            if text := SEPARATOR.join(part.text for part in parts):
                found.append(Place(target, block["id"], text))
    return found


def body_parts(block: Stored) -> list[Part]:
    """The inline HTML of a block (`part.holder["html"]`), with where each piece stands."""
    holders = list(_html_holders(block))
    return _placed([(plain(holder["html"]), holder) for holder in holders])


def caption_parts(block: Stored) -> list[Part]:
    """The captions of a block (`part.holder["caption"]`), with where each stands."""
    holders = [block, *block.get("images", ())]
    return _placed([(each["caption"], each) for each in holders if each.get("caption")])


def lead_caption(lead: Lead | None) -> str | None:
    if lead is None:
        return None
    shown = lead.image or lead.video or lead.audio
    return shown.caption if shown else None


def everywhere(blocks: Sequence[Stored], pointer: str = "/body") -> Iterator[tuple[str, Stored]]:
    """Every block, also those in factboxes, with its JSON Pointer."""
    for number, block in enumerate(blocks):
        yield f"{pointer}/{number}", block
        if block["type"] == "factbox":
            yield from everywhere(block["blocks"], f"{pointer}/{number}/blocks")


def _placed(texts: list[tuple[str, Stored]]) -> list[Part]:
    found, start = [], 0
    for text, holder in texts:
        found.append(Part(start, text, holder))
        start += len(text) + len(SEPARATOR)
    return found


def _html_holders(block: Stored) -> Iterator[Stored]:
    kind = block["type"]
    if kind in ("paragraph", "heading", "quote", "pullquote"):
        yield block
    elif kind == "list":
        yield from _items(block["items"])
    elif kind == "table":
        for row in block["rows"]:
            yield from row


def _items(items: Sequence[Stored]) -> Iterator[Stored]:
    for item in items:
        yield item
        yield from _items(item["items"])
