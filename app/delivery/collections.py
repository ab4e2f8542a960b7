"""Hand-curated lists: a header, and the cards of its articles as they are now."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from app.delivery.asking import Asked
from app.delivery.documents import JSON, answer_for, columns, is_id, kept
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import statement
from app.published.document import Collection
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of

router = PublicRouter("collections")

IdOrSlug = Annotated[
    str, Path(description="Its immutable id, or its slug", examples=["editors-choice"])
]

_CARDS = """
    LEFT JOIN published.collection_items i ON i.collection_id = d.id
    LEFT JOIN published.documents a ON a.id = i.article_id AND a.status = 200
"""
_ORDER = "ORDER BY i.position, i.article_id"

_BY_ID = statement(f"""
    SELECT d.id, a.etag, a.card, {columns()} FROM published.documents d {_CARDS}
    WHERE d.id = $1::uuid AND d.kind = 'collection' {_ORDER}
""")

_BY_SLUG = statement(f"""
    SELECT d.id, a.etag, a.card, {columns()} FROM published.documents d {_CARDS}
    WHERE d.kind = 'collection' AND d.slug = $1 AND d.status = 200 {_ORDER}
""")


@router.get(
    "/collections/{collection}",
    operation_id="readCollection",
    summary="One hand-curated list",
    response_model=Collection,
    responses=failing(*GONE),
)
async def read_collection(ask: Asked, collection: IdOrSlug) -> Answer:
    """A list with the cards of its articles, in the editors' order.

    What was withdrawn has left it by itself.
    """
    rows = await ask.reader.rows(_BY_ID if is_id(collection) else _BY_SLUG, collection.encode())
    header = answer_for(rows[0][3:] if rows else None)
    cards = [(etag, card) for _, etag, card, *_ in rows if card is not None]
    body = b'%b,"items":[%b]}' % (header.body[:-1], b",".join(card for _, card in cards))
    made_of = [dict(header.headers)[b"etag"], *(etag for etag, _ in cards)]
    tags = (*header.tags, listing_tag(UUID(bytes=rows[0][0])))
    headers = [
        JSON,
        (b"etag", etag_of(b" ".join(made_of)).encode()),
        *kept(caching.LISTING, tags),
    ]
    return Answer(200, headers, body, tags)
