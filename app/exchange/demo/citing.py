"""PURE: from the citations in a file of the demo to those of the article.

`at` has the words that a citation stands at; `via` is the number of the citation, counted from
one, through which it came.
"""

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from app.editing.citations.values import Citation
from app.exchange.demo.parsing import Fields, valid
from app.exchange.demo.reading import Piece
from app.exchange.demo.shelving import Shelf
from app.exchange.demo.sources import NOUNS, earlier


def citations(piece: Piece, shelf: Shelf, name: str, *, back: timedelta) -> list[Citation] | None:
    """The citations of a piece; None as long as one of our own articles that it cites is not live.

    `name` is the piece's own, and makes the ids, which are the same each time.
    """
    if any((piece.edition, key) not in shelf.articles for key in piece.own_articles):
        return None
    identities = [
        uuid5(NAMESPACE_URL, f"demo:{name}/citations/{number}")
        for number in range(1, len(piece.citations) + 1)
    ]
    return [
        valid(
            Citation,
            _fields(written, piece.edition, shelf, identities, back) | {"id": identity},
            f"{name}.md, citation {number}",
        )
        for number, (written, identity) in enumerate(
            zip(piece.citations, identities, strict=True), 1
        )
    ]


def _fields(
    written: Fields, edition: str, shelf: Shelf, identities: list[UUID], back: timedelta
) -> Fields:
    fields: Fields = earlier(_linked(written, shelf), back)
    if "article" in fields:
        fields["work_id"] = shelf.articles[edition, fields.pop("article")]
    if "via" in fields:
        fields["via_citation_id"] = identities[fields.pop("via") - 1]
    if "at" in fields:
        fields["anchors"] = [{"exact": words} for words in fields.pop("at")]
    return fields


def _linked(value: Any, shelf: Shelf) -> Any:
    """With ids instead of keys."""
    if isinstance(value, list):
        return [_linked(one, shelf) for one in value]
    if not isinstance(value, dict):
        return value
    fields = {name: _linked(one, shelf) for name, one in value.items()}
    for noun in NOUNS:
        if noun in fields:
            fields[f"{noun}_id"] = shelf.ids[noun][fields.pop(noun)]
    return fields
