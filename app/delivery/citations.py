"""What one article cites, and each citation by itself."""

from typing import Annotated

from fastapi import Path, Query

from app.delivery import exports
from app.delivery.articles import ArticleId
from app.delivery.asking import Ask, Asked
from app.delivery.citation_query import KindQuery
from app.delivery.documents import (
    JSON,
    answer_for,
    gone,
    http_date,
    is_id,
    is_live,
    kept,
    missing,
)
from app.delivery.routing import GONE, PublicRouter, failing
from app.delivery.statements import number, statement
from app.published.citation_pages import CitationList
from app.published.citations import Sourcing, StandaloneCitation
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of
from app.web.negotiation import preferred

router = PublicRouter("citations")

CitationId = Annotated[
    str,
    Path(
        description="Its immutable id",
        examples=["0b9a4c1e-6f2d-4b57-8a3c-9d1e2f3a4b5c"],
        json_schema_extra={"format": "uuid"},
    ),
]

_STATE = "d.status, d.meta->>'notice', array_to_string(d.tags, ' ')"

OF_ARTICLE = statement(f"""
    SELECT {_STATE}, d.seq, {http_date("d.modified_at")}, cited.etags, cited.items,
        EXISTS (SELECT FROM published.exports e WHERE e.document_id = d.id)
    FROM published.documents d
    LEFT JOIN LATERAL (
        SELECT string_agg(c.etag, ' ' ORDER BY c.ordinal) AS etags,
            string_agg(c."full", ','::bytea ORDER BY c.ordinal) AS items
        FROM published.citations c
        WHERE c.article_id = d.id AND c.status = 200 AND ($2::text IS NULL OR c.type = $2)
            AND ($3::text IS NULL OR c.level = $3) AND ($4::text IS NULL OR c.channel = $4)
    ) cited ON true
    WHERE d.id = $1::uuid AND d.kind = 'article'
""")

# As JSON and not JSONB, which would give the bytes in another order.
_SOURCING = statement(f"""
    SELECT {_STATE}, d.seq, d.etag, {http_date("d.modified_at")},
        coalesce((convert_from(d."full", 'UTF8')::json->'sourcing')::text, 'null')
    FROM published.documents d WHERE d.id = $1::uuid AND d.kind = 'article'
""")

_BY_ID = statement(f"""
    SELECT c.status, c.seq, c.etag, {http_date("c.modified_at")}, 'article-' || c.article_id,
        CASE WHEN c.status <> 200 AND a.status <> 200 THEN a.meta->>'notice' END, false, c."full"
    FROM published.citations c LEFT JOIN published.documents a ON a.id = c.article_id
    WHERE c.id = $1::uuid
""")

_VARY = (b"vary", b"Accept")


@router.get(
    "/articles/{article_id}/citations",
    operation_id="listArticleCitations",
    summary="What an article cites",
    response_model=CitationList,
    responses=exports.in_formats(failing(*GONE), "Vary", "Link", "Content-Disposition"),
)
async def list_article_citations(
    ask: Asked, article_id: ArticleId, query: Annotated[KindQuery, Query()]
) -> Answer:
    """All public citations of a live article, in the order of its text.

    Without filters it can be had in other formats as well: by `Accept`, or at the addresses in
    `Link`, which caches keep better.
    """
    if query.model_fields_set:
        return await _listed(ask, article_id, query)
    formats = {"application/json": None} | {
        media: name for name, media in exports.MEDIA_TYPES.items()
    }
    name = formats[preferred(ask.head.get(b"accept"), tuple(formats)) or "application/json"]
    answer = await exports.export(ask, article_id, name) if name else None
    if answer is None:
        # Wanted as JSON; or an article that cites nothing, which has no other formats.
        answer = await _listed(ask, article_id, query)
    else:
        answer.headers.append((b"link", exports.links(article_id)))
    answer.headers.append(_VARY)
    return answer


@router.get(
    "/articles/{article_id}/sourcing",
    operation_id="readArticleSourcing",
    summary="What an article rests on, in numbers",
    response_model=Sourcing | None,
    responses=failing(*GONE),
)
async def read_sourcing(ask: Asked, article_id: ArticleId) -> Answer:
    """The `sourcing` of the article's document by itself; null where it cites nothing."""
    row = await ask.reader.row(_SOURCING, article_id.encode()) if is_id(article_id) else None
    if row is None:
        raise missing()
    status, notice, tags, seq, etag, modified, sourcing = row
    if not is_live(status):
        raise gone(status, notice, tags)
    names = tuple(tags.decode().split())
    headers = [
        JSON,
        (b"etag", b'"%b-sourcing"' % etag),
        (b"last-modified", modified),
        *kept(caching.DOCUMENT, names),
    ]
    return Answer(200, headers, sourcing, names, number(seq))


@router.get(
    "/citations/{citation_id}",
    operation_id="readCitation",
    summary="One citation",
    response_model=StandaloneCitation,
    responses=failing(*GONE),
)
async def read_citation(ask: Asked, citation_id: CitationId) -> Answer:
    """A citation by itself, with the article and the sentence in which it stands.

    410 or 451 once the article no longer has it, or is no longer there.
    """
    row = await ask.reader.row(_BY_ID, citation_id.encode()) if is_id(citation_id) else None
    return answer_for(row)


async def _listed(ask: Ask, article_id: str, query: KindQuery) -> Answer:
    row = None
    if is_id(article_id):
        wanted = (query.type, query.level, query.channel)
        filters = [each.encode() if each is not None else None for each in wanted]
        row = await ask.reader.row(OF_ARTICLE, article_id.encode(), *filters)
    if row is None:
        raise missing()
    status, notice, tags, seq, modified, etags, items, exported = row
    if not is_live(status):
        raise gone(status, notice, tags)
    body = b'{"items":[%b],"next":null}' % (items or b"")
    names = tuple(tags.decode().split())
    headers = [
        JSON,
        (b"etag", etag_of(etags or b"").encode()),
        (b"last-modified", modified),
        *kept(caching.DOCUMENT, names),
    ]
    if number(exported):
        headers.append((b"link", exports.links(article_id)))
    return Answer(200, headers, body, names, number(seq))
