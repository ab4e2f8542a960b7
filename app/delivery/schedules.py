"""What is on a live channel between two moments."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, ValidationInfo, field_validator

from app.delivery.addresses import MOVED, moved
from app.delivery.asking import Asked
from app.delivery.channels import StreamName
from app.delivery.documents import http_date
from app.delivery.holders import holder
from app.delivery.paging import Paged, page, spelled_out, unchanged
from app.delivery.query_values import Limit, Moment
from app.delivery.routing import GONE, Given, PublicRouter, QueryModel, failing
from app.delivery.statements import statement
from app.published import schedules
from app.published.channels import SchedulePage
from app.published.paths import encode
from app.web.answers import Answer

router = PublicRouter("streams")

USUAL, MOST = 100, 500


class ScheduleQuery(QueryModel):
    since: Given[Moment] = Field(
        default=None,
        description="What ends after that (RFC 3339). Default: from the beginning",
        examples=["2026-11-20T00:00:00Z"],
    )
    until: Given[Moment] = Field(
        default=None,
        description="And begins before that. Default: to the end",
        examples=["2026-11-21T00:00:00Z"],
    )
    limit: Limit = Field(default=USUAL, ge=1, le=MOST, description="Most on a page")
    cursor: Given[str] = Field(
        default=None, max_length=2000, description="Where to go on: from `next`, never made up"
    )

    @field_validator("until")
    @classmethod
    def _is_later(cls, until: datetime | None, info: ValidationInfo) -> datetime | None:
        since = info.data.get("since")
        if since is not None and until is not None and until <= since:
            raise ValueError("Must be later than since.")
        return until


# Nothing overlaps: only the last one that begins before the span can reach into it.
_ENTRIES = """
    SELECT s.seq, {date}, e.starts_at, e.id, e.body
    FROM published.schedule_entries e LEFT JOIN published.stamps s ON s.key = $1::uuid
    WHERE e.stream_id = $2::uuid AND e.starts_at < $4::timestamptz AND e.ends_at > $3::timestamptz
        AND {from_there} ORDER BY e.starts_at LIMIT $5::bigint
"""
FIRST = statement(
    _ENTRIES.format(
        date=http_date("s.at"),
        from_there="""e.starts_at >= coalesce((
            SELECT p.starts_at FROM published.schedule_entries p
            WHERE p.stream_id = $2::uuid AND p.starts_at <= $3::timestamptz
            ORDER BY p.starts_at DESC LIMIT 1), $3::timestamptz)""",
    )
)
FURTHER = statement(
    _ENTRIES.format(date=http_date("s.at"), from_there="e.starts_at > $6::timestamptz")
)


@router.get(
    "/streams/{stream}/schedule",
    operation_id="readStreamSchedule",
    summary="What is on a live channel between two moments",
    response_model=SchedulePage,
    responses=MOVED | failing(*GONE),
)
async def read_schedule(
    ask: Asked, stream: StreamName, query: Annotated[ScheduleQuery, Query()]
) -> Answer:
    """In order, also what is on already at `since`. Ask for whole hours or days: what many ask for
    in the same words is kept for all of them."""
    owner = await holder(ask, "stream", "streams", stream)
    paged = Paged(
        path=f"/v1/streams/{encode(stream)}/schedule",
        spelled=spelled_out(query),
        key=str(schedules.key(UUID(owner.id))),
        limit=query.limit,
        cursor=query.cursor,
        also_tags=owner.tags,
    )
    if owner.moved:
        there = f"/v1/streams/{encode(owner.slug)}/schedule"
        return moved(paged.moved_to(there, datetime, UUID), paged.also_tags)
    if known := await unchanged(ask, paged, None):
        return known
    since = query.since.isoformat() if query.since else "-infinity"
    until = query.until.isoformat() if query.until else "infinity"
    values = [paged.key, owner.id, since, until, str(paged.limit + 1)]
    if paged.cursor is not None:
        values.append(paged.position(datetime, UUID)[0].isoformat())
    chosen = FIRST if paged.cursor is None else FURTHER
    rows = await ask.reader.rows(chosen, *(value.encode() for value in values))
    return page(rows, paged)
