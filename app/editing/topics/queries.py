"""Reading topics."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import named
from app.editing.external_ids import has, parsed
from app.editing.topics.models import Topic
from app.editing.topics.schemas import TopicQuery


async def get(session: AsyncSession, topic_id: UUID) -> Topic:
    return await named.get(session, Topic, topic_id)


async def page(
    session: AsyncSession, narrowed: TopicQuery, *, after: tuple[str] | None
) -> Sequence[Topic]:
    """Rows in the order of their slugs, behind this slug: one more than a page holds."""
    query = select(Topic).order_by(Topic.slug).limit(narrowed.limit + 1)
    if narrowed.q is not None:
        query = query.where(named.holds(Topic, narrowed.q))
    if narrowed.kind is not None:
        query = query.where(Topic.kind == narrowed.kind)
    if narrowed.external is not None:
        query = query.where(has(Topic, parsed(narrowed.external)))
    if after is not None:
        query = query.where(Topic.slug > after[0])
    return (await session.execute(query)).scalars().all()
