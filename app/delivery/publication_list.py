"""The publications that articles cite, by name."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from app.delivery.asking import Asked
from app.delivery.documents import http_date
from app.delivery.paging import Paged, page, unchanged
from app.delivery.query_values import MOST_ON_A_PAGE, USUAL_LIMIT, Limit
from app.delivery.routing import Given, PublicRouter, QueryModel, failing
from app.delivery.statements import statement
from app.published.citation_pages import PublicationPage
from app.published.models import PUBLICATIONS
from app.web.answers import Answer

router = PublicRouter("citations")


class PublicationQuery(QueryModel):
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )


_PAGE = """
    SELECT s.seq, {date}, d.sort_key, d.id, d."full"
    FROM published.documents d LEFT JOIN published.stamps s ON s.key = $1::uuid
    WHERE d.kind = 'publication' AND d.status = 200 AND d.sort_key IS NOT NULL {after}
    ORDER BY d.sort_key, d.id LIMIT $2::bigint
"""
FIRST = statement(_PAGE.format(date=http_date("s.at"), after=""))
FURTHER = statement(
    _PAGE.format(date=http_date("s.at"), after="AND (d.sort_key, d.id) > ($3, $4::uuid)")
)


@router.get(
    "/publications",
    operation_id="listPublications",
    summary="The publications that articles cite",
    response_model=PublicationPage,
    responses=failing(),
)
async def list_publications(ask: Asked, query: Annotated[PublicationQuery, Query()]) -> Answer:
    """Outlets, agencies and institutions that live articles cite, by name, in pages."""
    paged = Paged(
        path="/v1/publications",
        spelled="",
        key=str(PUBLICATIONS),
        limit=query.limit,
        cursor=query.cursor,
    )
    if known := await unchanged(ask, paged, None):
        return known
    values = [paged.key, str(paged.limit + 1)]
    if paged.cursor is not None:
        values += map(str, paged.position(str, UUID))
    chosen = FIRST if paged.cursor is None else FURTHER
    rows = await ask.reader.rows(chosen, *(value.encode() for value in values))
    return page(rows, paged, bytes.decode)
