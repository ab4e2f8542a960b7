"""Reading works."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging
from app.editing.works import identifiers
from app.editing.works.models import Work, WorkEvent, WorkIdentifier
from app.editing.works.parameters import WorkQuery
from app.published import url_keys

_CITED = text(
    "(EXISTS (SELECT FROM desk.citations WHERE citations.work_id = works.id)"
    " OR EXISTS (SELECT FROM desk.citation_hops WHERE citation_hops.work_id = works.id))"
    " = :cited"
)


async def get(session: AsyncSession, work_id: UUID) -> Work:
    return await merging.get(session, Work, work_id)


async def page(
    session: AsyncSession, narrowed: WorkQuery, *, after: tuple[datetime, UUID] | None
) -> Sequence[Work]:
    """The last changed first, behind this one: one more than a page holds."""
    query = (
        select(Work)
        .where(Work.merged_into_id.is_(None))
        .order_by(Work.changed_at.desc(), Work.id.desc())
        .limit(narrowed.limit + 1)
    )
    if narrowed.publication is not None:
        publication_id = await merging.resolved(session, narrowed.publication)
        query = query.where(Work.publication_id == publication_id)
    if after is not None:
        query = query.where(tuple_(Work.changed_at, Work.id) < after)
    return (await session.execute(_narrow(query, narrowed))).scalars().all()


async def named_by(
    session: AsyncSession, work_ids: Iterable[UUID]
) -> dict[UUID, list[WorkIdentifier]]:
    """The identifiers of each of these works."""
    wanted = list(work_ids)
    rows = await session.execute(
        select(WorkIdentifier)
        .where(WorkIdentifier.work_id.in_(wanted))
        .order_by(WorkIdentifier.scheme, WorkIdentifier.value)
    )
    found: dict[UUID, list[WorkIdentifier]] = {identity: [] for identity in wanted}
    for row in rows.scalars():
        found[row.work_id].append(row)
    return found


async def at_key(session: AsyncSession, url_key: str) -> UUID | None:
    """The public work with this address."""
    found = await session.execute(
        select(Work.id).where(
            Work.url_key == url_key, Work.visibility == "public", Work.merged_into_id.is_(None)
        )
    )
    work_id: UUID | None = found.scalar_one_or_none()
    return work_id


async def events(
    session: AsyncSession, work_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[WorkEvent]:
    """The newest first."""
    query = (
        select(WorkEvent)
        .where(WorkEvent.work_id == work_id)
        .order_by(WorkEvent.detected_at.desc(), WorkEvent.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(WorkEvent.detected_at, WorkEvent.id) < after)
    return (await session.execute(query)).scalars().all()


def _narrow(query: Select[Work], narrowed: WorkQuery) -> Select[Work]:
    if narrowed.q is not None:
        words = func.websearch_to_tsquery("simple", narrowed.q)
        query = query.where(func.to_tsvector("simple", Work.search_text).op("@@")(words))
    if narrowed.kind is not None:
        query = query.where(Work.kind == narrowed.kind)
    if narrowed.status is not None:
        query = query.where(Work.status == narrowed.status)
    if narrowed.visibility is not None:
        query = query.where(Work.visibility == narrowed.visibility)
    if narrowed.url is not None:
        query = query.where(Work.url_key == url_keys.key(narrowed.url))
    if narrowed.doi is not None:
        query = query.where(_has("doi", narrowed.doi))
    if narrowed.identifier is not None:
        query = query.where(_has(*identifiers.parsed(narrowed.identifier)))
    if narrowed.cited is not None:
        query = query.where(_CITED.bindparams(cited=narrowed.cited))
    if narrowed.changed_since is not None:
        query = query.where(Work.changed_at >= narrowed.changed_since)
    return query


def _has(scheme: str, value: str) -> ColumnElement[bool]:
    return exists().where(
        WorkIdentifier.work_id == Work.id,
        WorkIdentifier.scheme == scheme,
        WorkIdentifier.value == value,
    )
