"""Reading looks at streams."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.assets.hls.models import StreamCheck
from app.editing.assets.hls.schemas import StreamCheckQuery


async def page(
    session: AsyncSession,
    narrowed: StreamCheckQuery,
    *,
    after: tuple[datetime, UUID] | None,
) -> Sequence[StreamCheck]:
    """The last looked at first, behind this one: one more than a page holds."""
    place = (StreamCheck.checked_at, StreamCheck.id)
    query = select(StreamCheck).order_by(*(column.desc() for column in place))
    query = query.limit(narrowed.limit + 1)
    if narrowed.dead is not None:
        query = query.where(StreamCheck.dead if narrowed.dead else ~StreamCheck.dead)
    if narrowed.failing is not None:
        failing = StreamCheck.failures > 0
        query = query.where(failing if narrowed.failing else ~failing)
    if narrowed.owner_kind is not None:
        query = query.where(StreamCheck.owner_kind == narrowed.owner_kind)
    if narrowed.owner_id is not None:
        query = query.where(StreamCheck.owner_id == narrowed.owner_id)
    if after is not None:
        query = query.where(tuple_(*place) < after)
    return (await session.execute(query)).scalars().all()


async def dead(session: AsyncSession, urls: Sequence[str]) -> set[str]:
    """Which of these addresses cannot be played."""
    rows = await session.execute(
        select(StreamCheck.url).where(StreamCheck.dead, StreamCheck.url.in_(urls))
    )
    return set(rows.scalars())
