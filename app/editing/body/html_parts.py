"""What reading HTML collects before it is known which block it will be.

A *part* is a block as a dict, or something that only means something inside another element
(an item, a cell, a caption), which holds the parts inside it. A *frame* is an open element that
collects parts; a fold makes blocks of a closed one.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from app.editing.body import inline_text
from app.editing.body.html_tree import Element
from app.editing.body.inline_writer import escaped
from app.editing.plain_fields import prose

Part = dict[str, Any]

LONGEST_LINE = 2_000
LONGEST_PROSE = 20_000
"""What fields of plain text hold (`plain_fields`). What is longer stays in paragraphs."""

LISTS = ("list", "terms")
"""Kinds of frames that become lists, of which a few can stand in each other."""

INNER = frozenset({
    "item", "cell", "row", "caption", "credit", "attribution", "summary", "term", "definition",
    "source",
})  # fmt: skip
"""Parts that are no blocks: outside of where they belong, what is in them is what they are."""


@dataclass
class Frame:
    """An open element, by the kind of thing it will be."""

    kind: str
    tag: str
    element: Element
    parts: list[Part] = field(default_factory=list)
    verbatim: list[str] = field(default_factory=list)
    lists: int = 0
    """How many lists it stands in, itself among them."""
    in_caption: bool = False
    in_gallery: bool = False

    @property
    def classes(self) -> str:
        return f" {self.element.get('class', '').lower()} "


def inside(around: Frame, frame: Frame) -> Frame:
    """`frame`, knowing what it stands in."""
    frame.lists = around.lists + (frame.kind in LISTS)
    frame.in_caption = around.in_caption or frame.kind == "caption"
    frame.in_gallery = around.in_gallery or bool(re.search(r"\bgallery\b", frame.classes))
    return frame


def paragraph(html: str) -> Part:
    return {"type": "paragraph", "html": html}


def blocks_of(parts: list[Part]) -> list[Part]:
    """The blocks among the parts and inside them, in order."""
    found: list[Part] = []
    for part in parts:
        if part["type"] in INNER:
            found.extend(blocks_of(part["parts"]))
        else:
            found.append(part)
    return found


def of_type(parts: list[Part], *types: str) -> list[Part]:
    return [part for part in parts if part["type"] in types]


def texts_and_rest(parts: list[Part]) -> tuple[list[str], list[Part]]:
    """The inline HTML of all that is text, a string for each line, and the blocks that are not."""
    texts: list[str] = []
    rest: list[Part] = []
    for block in blocks_of(parts):
        lines = _lines(block)
        if lines is None:
            rest.append(block)
        else:
            texts.extend(lines)
    return texts, rest


def plain(texts: list[str]) -> str | None:
    """Lines of inline HTML as the plain text of a caption."""
    return prose("\n".join(inline_text.plain(text) for text in texts))


def _lines(block: Part) -> list[str] | None:
    if block["type"] in ("paragraph", "heading"):
        return [block["html"]]
    if block["type"] in ("quote", "pullquote"):
        attribution = block.get("attribution")
        return [block["html"], *([escaped(attribution)] if attribution else [])]
    if block["type"] == "list":
        return _item_lines(block["items"])
    return None


def _item_lines(items: list[Part]) -> list[str]:
    return [line for item in items for line in (item["html"], *_item_lines(item["items"])) if line]
