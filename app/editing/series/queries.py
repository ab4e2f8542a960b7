"""Reading series."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.external_ids import has, parsed
from app.editing.series.models import Season, Series
from app.editing.series.schemas import SeriesQuery
from app.editing.site.models import Edition


async def page(
    session: AsyncSession, narrowed: SeriesQuery, *, after: tuple[str] | None
) -> Sequence[Row[Series, str]]:
    """Series, each with the code of its edition, in the order of their slugs: one more than a
    page holds."""
    query = select(Series, Edition.code).join(Edition, Edition.id == Series.edition_id)
    query = query.order_by(Series.slug).limit(narrowed.limit + 1)
    if narrowed.edition is not None:
        query = query.where(Edition.code == narrowed.edition)
    if narrowed.external is not None:
        query = query.where(has(Series, parsed(narrowed.external)))
    if after is not None:
        query = query.where(Series.slug > after[0])
    return (await session.execute(query)).all()


async def seasons(session: AsyncSession, series_id: UUID) -> Sequence[Season]:
    """In the order of their numbers."""
    query = select(Season).where(Season.series_id == series_id).order_by(Season.number)
    return (await session.execute(query)).scalars().all()
