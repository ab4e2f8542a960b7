"""Reading the site and its editions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.site.models import Edition, Site
from app.errors import Fault, Invalid, NotFound


async def site(session: AsyncSession) -> Site:
    found = (await session.execute(select(Site))).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no site yet; `masthead serve` makes it when it starts.")
    return found


async def lock_site(session: AsyncSession) -> Site:
    """The site, locked. Whoever changes editions takes this lock first."""
    await session.execute(select(Site.id).with_for_update(key_share=True))
    found = await site(session)
    await session.refresh(found)
    return found


async def editions(session: AsyncSession) -> Sequence[Edition]:
    """All, in their order."""
    query = select(Edition).order_by(Edition.position, Edition.code)
    return (await session.execute(query)).scalars().all()


async def edition(session: AsyncSession, code: str) -> Edition:
    found = await session.execute(select(Edition).where(Edition.code == code))
    one = found.scalar_one_or_none()
    if one is None:
        raise NotFound(f"There is no edition `{code[:50]}`.")
    return one


async def edition_named(
    session: AsyncSession, code: str, *, pointer: str | None = None, parameter: str | None = None
) -> Edition:
    """The edition that a field of the body or a parameter names; Invalid where there is none."""
    found = await session.execute(select(Edition).where(Edition.code == code))
    one = found.scalar_one_or_none()
    if one is None:
        fault = Fault(f"There is no edition `{code[:50]}`.", pointer=pointer, parameter=parameter)
        raise Invalid("The edition is not known.", faults=[fault])
    return one


async def lock_edition(session: AsyncSession, edition_id: UUID) -> Edition:
    """The edition, locked. Whoever changes its tree of sections takes this lock first."""
    query = select(Edition).where(Edition.id == edition_id).with_for_update(key_share=True)
    found = await session.execute(query.execution_options(populate_existing=True))
    one = found.scalar_one_or_none()
    if one is None:
        raise NotFound("There is no such edition.")
    return one
