"""Reading sections."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.sections.models import Section
from app.editing.sections.tree import Tree, grown
from app.editing.site.models import Edition
from app.editing.site.queries import lock_edition
from app.errors import NotFound


async def get(session: AsyncSession, section_id: UUID) -> Section:
    section = await session.get(Section, section_id)
    if section is None:
        raise NotFound("There is no such section.")
    return section


async def tree(session: AsyncSession, edition_id: UUID) -> Tree:
    """All sections of an edition, as they are now."""
    query = select(Section).where(Section.edition_id == edition_id)
    found = await session.execute(query.execution_options(populate_existing=True))
    return grown(found.scalars().all())


async def lock(session: AsyncSession, section_id: UUID) -> tuple[Section, Edition, Tree]:
    """The section in the tree of its edition, which nobody else can change until the commit."""
    edition = await lock_edition(session, (await get(session, section_id)).edition_id)
    locked = await tree(session, edition.id)
    if section_id not in locked.by_id:
        raise NotFound("There is no such section.")
    return locked.by_id[section_id], edition, locked
