"""Reading publications."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import hosts, merging, named
from app.editing.publications.models import Publication, PublicationDomain
from app.editing.publications.schemas import PublicationQuery


async def get(session: AsyncSession, publication_id: UUID) -> Publication:
    return await merging.get(session, Publication, publication_id)


async def page(
    session: AsyncSession, narrowed: PublicationQuery, *, after: tuple[str, UUID] | None
) -> Sequence[Publication]:
    """Rows in the order of their names, behind this one: one more than a page holds."""
    query = (
        select(Publication)
        .where(Publication.merged_into_id.is_(None))
        .order_by(Publication.sort_key, Publication.id)
        .limit(narrowed.limit + 1)
    )
    if narrowed.q is not None:
        pattern = named.pattern(narrowed.q)
        query = query.where(
            or_(
                Publication.name.ilike(pattern),
                Publication.short_name.ilike(pattern),
                func.array_to_string(Publication.aliases, "\n").ilike(pattern),
                exists().where(
                    PublicationDomain.publication_id == Publication.id,
                    PublicationDomain.host.ilike(pattern),
                ),
            )
        )
    if narrowed.kind is not None:
        query = query.where(Publication.kind == narrowed.kind)
    if after is not None:
        sort_key, publication_id = after
        query = query.where(named.behind(Publication, sort_key, publication_id))
    return (await session.execute(query)).scalars().all()


async def domains(session: AsyncSession, publication_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The hosts of each of these, in their order."""
    wanted = list(publication_ids)
    rows = await session.execute(
        select(PublicationDomain)
        .where(PublicationDomain.publication_id.in_(wanted))
        .order_by(PublicationDomain.host)
    )
    found: dict[UUID, list[str]] = {identity: [] for identity in wanted}
    for row in rows.scalars():
        found[row.publication_id].append(row.host)
    return found


async def at_host(session: AsyncSession, host: str) -> UUID | None:
    """Whose this host is: the nearest of the domains that it is in decides."""
    normal = hosts.normal(host)
    if normal is None:
        return None
    found = await session.execute(
        select(PublicationDomain.publication_id)
        .where(PublicationDomain.host.in_(hosts.with_parents(normal)))
        .order_by(func.length(PublicationDomain.host).desc())
        .limit(1)
    )
    publication_id: UUID | None = found.scalar_one_or_none()
    return publication_id
