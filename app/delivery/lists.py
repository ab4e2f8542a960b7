"""The list of articles: cards, in pages, filtered."""

from typing import Annotated

from fastapi import Query

from app.delivery import list_keys
from app.delivery.asking import Ask, Asked
from app.delivery.documents import JSON, kept
from app.delivery.list_query import ListQuery
from app.delivery.list_rows import page_rows
from app.delivery.paging import Paged, page, spelled_out, unchanged
from app.delivery.routing import PublicRouter, failing, refused
from app.delivery.statements import statement
from app.errors import Fault, TooBroad
from app.published.document import CardPage
from app.published.models import EVERYTHING
from app.published.writes import listing_tag
from app.web import caching
from app.web.answers import Answer
from app.web.conditional import etag_of

router = PublicRouter("articles")

_BY_IDS = statement("""
    SELECT d.etag, d.card FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN published.documents d ON d.id = wanted.id AND d.kind = 'article' AND d.status = 200
    ORDER BY wanted.place
""")

_BY_EXTERNAL_ID = statement("""
    SELECT d.etag, d.card FROM published.external_ids e
    JOIN published.documents d ON d.id = e.document_id AND d.kind = 'article' AND d.status = 200
    WHERE e.system = $1 AND e.external_id = $2
""")


@router.get(
    "/articles",
    operation_id="listArticles",
    summary="Articles: newest first, filtered, in pages",
    response_model=CardPage,
    responses=failing(TooBroad),
)
async def list_articles(ask: Asked, query: Annotated[ListQuery, Query()]) -> Answer:
    """Cards of live articles; a list has no other form.

    One of `section`, `topic`, `person`, `cites_work`, `cites_publication` and `speaker`, with at
    most one of `format`, `genre`, `language` and `has_video=true`, and a span of time, is quick
    however many articles there are. What asks for more is tried for a moment, and else answered
    with a 422 `too-broad`.

    `next` leads to the next page. Pages neither repeat nor skip an article that stays where it is
    while others are published. There are no totals.
    """
    if query.ids is not None or query.external is not None:
        return await _picked(ask, query)
    keys = await list_keys.named(ask.reader, query)
    paged = Paged(
        path="/v1/articles",
        spelled=spelled_out(query),
        key=keys.key,
        limit=query.limit,
        cursor=query.cursor,
        meant=(keys.also, keys.without, keys.edition),
    )
    if answer := await unchanged(ask, paged, keys.stamp):
        return answer
    return page(await page_rows(ask, query, keys, paged), paged)


async def _picked(ask: Ask, query: ListQuery) -> Answer:
    """Those with these ids, in their order."""
    name = "ids" if query.ids is not None else "external"
    if others := query.model_fields_set - {name}:
        detail = f"It cannot stand beside {name}."
        raise refused(*(Fault(detail, parameter=other) for other in sorted(others)))
    if query.ids is not None:
        ids = f"{{{','.join(query.wanted_ids)}}}"
        rows = await ask.reader.rows(_BY_IDS, ids.encode())
    else:
        system, _, identity = (query.external or "").partition(":")
        rows = await ask.reader.rows(_BY_EXTERNAL_ID, system.encode(), identity.encode())
    body = b'{"items":[%b],"next":null}' % b",".join(card for _, card in rows)
    etag = etag_of(b" ".join(etag for etag, _ in rows))
    # Every change of an article touches the list of them all: one tag instead of a hundred.
    tags = (listing_tag(EVERYTHING),)
    return Answer(200, [JSON, (b"etag", etag.encode()), *kept(caching.LISTING, tags)], body, tags)
