"""Reading streams and their schedules."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.external_ids import has, parsed
from app.editing.site.models import Edition
from app.editing.streams.models import ScheduleEntry, Stream
from app.editing.streams.schedule_schemas import ScheduleQuery
from app.editing.streams.schemas import StreamQuery


async def page(
    session: AsyncSession, narrowed: StreamQuery, *, after: tuple[str] | None
) -> Sequence[Row[Stream, str]]:
    """Streams, each with the code of its edition, in the order of their slugs: one more than a
    page holds."""
    query = select(Stream, Edition.code).join(Edition, Edition.id == Stream.edition_id)
    query = query.order_by(Stream.slug).limit(narrowed.limit + 1)
    if narrowed.edition is not None:
        query = query.where(Edition.code == narrowed.edition)
    if narrowed.external is not None:
        query = query.where(has(Stream, parsed(narrowed.external)))
    if after is not None:
        query = query.where(Stream.slug > after[0])
    return (await session.execute(query)).all()


async def schedule_page(
    session: AsyncSession,
    stream_id: UUID,
    narrowed: ScheduleQuery,
    *,
    after: tuple[datetime] | None,
) -> Sequence[ScheduleEntry]:
    """What is on between the two moments, in order: one more than a page holds."""
    query = (
        select(ScheduleEntry)
        .where(
            ScheduleEntry.stream_id == stream_id,
            ScheduleEntry.ends_at > narrowed.since,
            ScheduleEntry.starts_at < narrowed.until,
        )
        .order_by(ScheduleEntry.starts_at)
        .limit(narrowed.limit + 1)
    )
    if after is not None:
        query = query.where(ScheduleEntry.starts_at > after[0])
    return (await session.execute(query)).scalars().all()


async def beginning(
    session: AsyncSession, stream_id: UUID, since: datetime, until: datetime
) -> Sequence[ScheduleEntry]:
    """The entries that begin in this window."""
    query = select(ScheduleEntry).where(
        ScheduleEntry.stream_id == stream_id,
        ScheduleEntry.starts_at >= since,
        ScheduleEntry.starts_at < until,
    )
    return (await session.execute(query)).scalars().all()


async def schedule_pictures(session: AsyncSession, stream_id: UUID) -> Sequence[UUID | None]:
    """The artwork of all of its entries."""
    query = select(ScheduleEntry.artwork_id).where(
        ScheduleEntry.stream_id == stream_id, ScheduleEntry.artwork_id.is_not(None)
    )
    return (await session.execute(query.distinct())).scalars().all()


async def end_of_last_before(
    session: AsyncSession, stream_id: UUID, moment: datetime
) -> datetime | None:
    """When the last entry ends that begins before this moment."""
    query = select(ScheduleEntry.ends_at).where(
        ScheduleEntry.stream_id == stream_id, ScheduleEntry.starts_at < moment
    )
    query = query.order_by(ScheduleEntry.starts_at.desc()).limit(1)
    found: datetime | None = (await session.execute(query)).scalar_one_or_none()
    return found


async def start_of_first_from(
    session: AsyncSession, stream_id: UUID, moment: datetime
) -> datetime | None:
    """When the first entry begins of those that begin at this moment or later."""
    query = select(ScheduleEntry.starts_at).where(
        ScheduleEntry.stream_id == stream_id, ScheduleEntry.starts_at >= moment
    )
    query = query.order_by(ScheduleEntry.starts_at).limit(1)
    found: datetime | None = (await session.execute(query)).scalar_one_or_none()
    return found
