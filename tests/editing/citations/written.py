"""Articles and citations for tests: invented copy, and what is anchored in it."""

import re
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter

from app.editing.articles.content import Content
from app.editing.body.prepare import Body, prepare
from app.editing.citations.anchoring import reanchor
from app.editing.citations.block_texts import places
from app.editing.citations.values import Anchor, Citation

_BODY: TypeAdapter[list[Any]] = TypeAdapter(Body)

Settled = Any
"""An anchor of which a test knows what is not None."""

WORK = UUID("6f1c3f9e-7a52-4c39-8f0e-3f1c52d9a001")

HARBOUR = (
    "The harbour of Calder reopened on Saturday, 627 days after the storm that broke the mole. "
    "“It was a well-kept secret that the mole was cracked,” a former official said. The council "
    "denied it."
)
COST = (
    "The rebuilding cost 318 million crowns, half as much again as was planned, according to the "
    "annual accounts of the port. Ines Valdo, who was harbour master until 2019, called the figure "
    "“a polite fiction” in a letter to the council."
)
DIVERS = "The mayor thanked the divers first and then read out the names of the two who died."


def written(*texts: str | dict[str, Any], **fields: Any) -> Content:
    """An article; a text is a paragraph, its blocks are called b0, b1, …"""
    blocks = [
        {"id": f"b{number}", "type": "paragraph", "html": text}
        if isinstance(text, str)
        else {"id": f"b{number}", **text}
        for number, text in enumerate(texts)
    ]
    named = {"headline": "The harbour reopens", "section_id": uuid4(), **fields}
    body = prepare(blocks=_BODY.validate_python(blocks)).blocks
    return Content.model_validate({**named, "body": body})


def cited(*anchors: Anchor, **fields: Any) -> Citation:
    return Citation.model_validate(
        {"type": "data", "work_id": WORK, "anchors": list(anchors), **fields}
    )


def anchored(content: Content, words: str, *, nth: int = 0, target: str = "body") -> Settled:
    """An anchor as it is stored: at the nth place of these words."""
    found = [
        (place.block_id, match.start())
        for place in places(content)
        if place.target == target
        for match in re.finditer(re.escape(words), place.text)
    ]
    block_id, start = found[nth]
    sent = {"target": target, "exact": words, "block_id": block_id, "start": start}
    return settled(Anchor.model_validate(sent), content)


def settled(anchor: Anchor, content: Content) -> Settled:
    """The anchor as it is after a save of this content."""
    [citation] = reanchor([cited(anchor)], content)
    return citation.anchors[0]


def pointed_at(anchor: Anchor, content: Content) -> str | None:
    """The words at the place of an anchor."""
    if anchor.start is None:
        return None
    text = {(place.target, place.block_id): place.text for place in places(content)}
    return text[anchor.target, anchor.block_id][anchor.start : anchor.end]
