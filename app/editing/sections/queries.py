"""Reading sections."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.sections.models import Section
from app.editing.sections.tree import Tree, grown
from app.editing.site.models import Edition
from app.editing.site.queries import lock_edition
from app.errors import NotFound


async def get(session: AsyncSession, section_id: UUID) -> tuple[Section, Edition]:
    """The section, and the edition it belongs to."""
    found = await session.execute(
        select(Section, Edition)
        .join(Edition, Edition.id == Section.edition_id)
        .where(Section.id == section_id)
    )
    row = found.one_or_none()
    if row is None:
        raise NotFound("There is no such section.")
    return row[0], row[1]


async def tree(session: AsyncSession, edition_id: UUID) -> Tree:
    """All sections of an edition, as they are now."""
    query = select(Section).where(Section.edition_id == edition_id)
    found = await session.execute(query.execution_options(populate_existing=True))
    return grown(found.scalars().all())


async def lock(session: AsyncSession, section_id: UUID) -> tuple[Section, Edition, Tree]:
    """The section in the tree of its edition, which nobody else can change until the commit."""
    _, edition = await get(session, section_id)
    await lock_edition(session, edition.id)
    locked = await tree(session, edition.id)
    if section_id not in locked.by_id:
        raise NotFound("There is no such section.")
    return locked.by_id[section_id], edition, locked
