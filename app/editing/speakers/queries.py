"""Reading speakers."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging, named
from app.editing.speakers.models import Speaker
from app.editing.speakers.schemas import SpeakerQuery


async def get(session: AsyncSession, speaker_id: UUID) -> Speaker:
    return await merging.get(session, Speaker, speaker_id)


async def page(
    session: AsyncSession, narrowed: SpeakerQuery, *, after: tuple[str, UUID] | None
) -> Sequence[Speaker]:
    """Rows in the order of their names, behind this one: one more than a page holds."""
    query = (
        select(Speaker)
        .where(Speaker.merged_into_id.is_(None))
        .order_by(Speaker.sort_key, Speaker.id)
        .limit(narrowed.limit + 1)
    )
    if narrowed.q is not None:
        pattern = named.pattern(narrowed.q)
        query = query.where(
            or_(
                Speaker.name.ilike(pattern),
                Speaker.short_name.ilike(pattern),
                func.array_to_string(Speaker.aliases, "\n").ilike(pattern),
                named.has_name_in_some_language(Speaker, pattern),
            )
        )
    if narrowed.kind is not None:
        query = query.where(Speaker.kind == narrowed.kind)
    if after is not None:
        sort_key, speaker_id = after
        query = query.where(named.behind(Speaker, sort_key, speaker_id))
    return (await session.execute(query)).scalars().all()
