"""PURE: from the citations in a file of the demo to those of the article.

`at` has the words that a citation stands at; `via` is the number of the citation, counted from
one, through which it came.
"""

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from app.editing.citations.values import Citation
from app.exchange.demo.linking import linked
from app.exchange.demo.parsing import Fields, valid
from app.exchange.demo.reading import Piece
from app.exchange.demo.shelving import Shelf
from app.exchange.demo.sources import earlier


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
    fields: Fields = earlier(linked(written, shelf.ids), back)
    if "article" in fields:
        fields["work_id"] = shelf.articles[edition, fields.pop("article")]
    if "via" in fields:
        fields["via_citation_id"] = identities[fields.pop("via") - 1]
    if "at" in fields:
        fields["anchors"] = [{"exact": words} for words in fields.pop("at")]
    return fields
