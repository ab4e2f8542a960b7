"""Reading people."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import named
from app.editing.external_ids import has, parsed
from app.editing.people.models import Person
from app.editing.people.schemas import PersonQuery


async def get(session: AsyncSession, person_id: UUID) -> Person:
    return await named.get(session, Person, person_id)


async def page(
    session: AsyncSession, narrowed: PersonQuery, *, after: tuple[str] | None
) -> Sequence[Person]:
    """Rows in the order of their slugs, behind this slug: one more than a page holds."""
    query = select(Person).order_by(Person.slug).limit(narrowed.limit + 1)
    if narrowed.q is not None:
        query = query.where(named.holds(Person, narrowed.q))
    if narrowed.external is not None:
        query = query.where(has(Person, parsed(narrowed.external)))
    if after is not None:
        query = query.where(Person.slug > after[0])
    return (await session.execute(query)).scalars().all()
