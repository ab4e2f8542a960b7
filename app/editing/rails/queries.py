"""Reading how the TV home is arranged."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.rails.models import TvHome
from app.editing.sections.models import Section
from app.editing.sections.tree import Tree, grown, is_visible


async def arranged(
    session: AsyncSession, edition_id: UUID, section_id: UUID | None
) -> TvHome | None:
    """None where nobody has arranged it."""
    query = select(TvHome).where(
        TvHome.edition_id == edition_id, TvHome.section_id.is_not_distinct_from(section_id)
    )
    found = await session.execute(query.execution_options(populate_existing=True))
    return found.scalar_one_or_none()


async def arranged_in(session: AsyncSession, edition_id: UUID) -> dict[UUID | None, TvHome]:
    """All of an edition, by section."""
    query = select(TvHome).where(TvHome.edition_id == edition_id)
    rows = await session.execute(query.execution_options(populate_existing=True))
    return {row.section_id: row for row in rows.scalars()}


async def all_arranged(session: AsyncSession) -> Sequence[TvHome]:
    return (await session.execute(select(TvHome))).scalars().all()


async def visible_sections(session: AsyncSession, edition_id: UUID) -> Tree:
    """Those that readers see."""
    rows = await session.execute(select(Section).where(Section.edition_id == edition_id))
    sections = rows.scalars().all()
    whole = grown(sections)
    return grown([section for section in sections if is_visible(whole, section)])
