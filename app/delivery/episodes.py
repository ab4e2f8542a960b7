"""The episodes of a series: cards of articles, the newest first or in their own order."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from app.delivery.addresses import MOVED, moved
from app.delivery.asking import Asked
from app.delivery.channels import SeriesName
from app.delivery.documents import http_date
from app.delivery.holders import holder
from app.delivery.list_sql import Shape, select
from app.delivery.paging import Paged, page, spelled_out, unchanged
from app.delivery.query_values import MOST_ON_A_PAGE, USUAL_LIMIT, Limit
from app.delivery.routing import GONE, Given, PublicRouter, QueryModel, failing
from app.delivery.statements import moment, number, statement
from app.published.document import CardPage
from app.published.paths import encode
from app.web.answers import Answer

router = PublicRouter("series")


class EpisodeOrder(StrEnum):
    NEWEST = "newest"
    EPISODE = "episode"


class EpisodeQuery(QueryModel):
    order: EpisodeOrder = Field(
        default=EpisodeOrder.NEWEST,
        description="`newest` by publication; `episode`: by season and number, the first one first",
    )
    limit: Limit = Field(default=USUAL_LIMIT, ge=1, le=MOST_ON_A_PAGE, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )


_IN_ORDER = """
    SELECT s.seq, {date}, l.episode, l.article_id, d.card
    FROM published.listings l JOIN published.documents d ON d.id = l.article_id
    LEFT JOIN published.stamps s ON s.key = $1::uuid
    WHERE l.key = $1::uuid AND l.episode IS NOT NULL {after}
    ORDER BY l.episode, l.article_id LIMIT $2::bigint
"""
FIRST = statement(_IN_ORDER.format(date=http_date("s.at"), after=""))
FURTHER = statement(
    _IN_ORDER.format(
        date=http_date("s.at"), after="AND (l.episode, l.article_id) > ($3::bigint, $4::uuid)"
    )
)


@router.get(
    "/series/{series}/episodes",
    operation_id="listSeriesEpisodes",
    summary="The episodes of a series",
    response_model=CardPage,
    responses=MOVED | failing(*GONE),
)
async def list_episodes(
    ask: Asked, series: SeriesName, query: Annotated[EpisodeQuery, Query()]
) -> Answer:
    """Cards of live articles, with `episode` in each."""
    owner = await holder(ask, "series", "series", series)
    paged = Paged(
        path=f"/v1/series/{encode(series)}/episodes",
        spelled=spelled_out(query),
        key=owner.id,
        limit=query.limit,
        cursor=query.cursor,
        also_tags=owner.tags,
    )
    by_number = query.order is EpisodeOrder.EPISODE
    place: tuple[type[datetime] | type[int], type[UUID]]
    place = (int, UUID) if by_number else (datetime, UUID)
    if owner.moved:
        there = f"/v1/series/{encode(owner.slug)}/episodes"
        return moved(paged.moved_to(there, *place), paged.also_tags)
    if known := await unchanged(ask, paged, None):
        return known
    values = {"key": paged.key, "limit": str(paged.limit + 1)}
    if paged.cursor is not None:
        at, identity = paged.position(*place)
        values |= {"at": at.isoformat() if isinstance(at, datetime) else str(at)}
        values |= {"id": str(identity)}
    if by_number:
        wanted = FIRST if paged.cursor is None else FURTHER
        given = [values[name].encode() for name in ("key", "limit", "at", "id") if name in values]
        return page(await ask.reader.rows(wanted, *given), paged, number)
    walk = select(Shape(after=paged.cursor is not None))
    given = [values[name].encode() for name in walk.parameters]
    return page(await ask.reader.rows(walk.statement, *given), paged, moment)
