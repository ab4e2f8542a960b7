"""What our own articles, as works, take over from what they cite.

An article that rests on what was retracted is not retracted itself: as a work it is *disputed*,
until somebody records what became of it, or the other work is reinstated.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app import ids
from app.database import transaction_time
from app.editing import merging
from app.editing.changed import note
from app.editing.works import to_follow
from app.editing.works.events import NO_DOUBT, SERIOUS, casts_doubt
from app.editing.works.models import Work, WorkEvent
from app.identity.actor import Actor

GIVES_WAY = frozenset({"current", "corrected", "updated"})
"""Statuses that become `disputed`: the others say worse of the work itself."""


async def inherit(
    session: AsyncSession, actor: Actor, work: Work, event: WorkEvent, *, summary: str
) -> bool:
    """Let one of our own articles, whose work the caller has locked, have what happened to another
    one. False where that has reached it before, began with it, or is over."""
    origin = await session.get(WorkEvent, event.origin_id or event.id)
    assert origin is not None, "events are never deleted while others came from them"
    if origin.work_id == work.id or (casts_doubt(event) and await _is_over(session, origin)):
        return False
    added = await session.execute(
        insert(WorkEvent)
        .values(
            id=ids.internal(),
            work_id=work.id,
            kind=event.kind,
            severity=event.severity,
            summary=summary,
            notice_url=event.notice_url,
            occurred_on=event.occurred_on,
            detected_at=await transaction_time(session),
            detected_by="chain",
            recorded_by=actor.name,
            origin_id=origin.id,
        )
        .on_conflict_do_nothing(
            index_elements=["work_id", "origin_id"], index_where=text("origin_id IS NOT NULL")
        )
        .returning(WorkEvent)
    )
    inherited = added.scalar_one_or_none()
    if inherited is None:
        return False
    work.status = status_after(work.status, event.kind)
    await merging.touch(session, work)
    note(session, "work", work.id)
    if casts_doubt(inherited):
        names = await merging.with_predecessors(session, Work, work.id)
        to_follow.note(session, inherited, names)
    return True


def status_after(status: str, kind: str) -> str:
    """The status of one of our own articles as a work, once it has inherited such an event."""
    if kind == "reinstatement":
        return "current" if status == "disputed" else status
    return "disputed" if status in GIVES_WAY else status


async def outstanding(session: AsyncSession, work_id: UUID) -> Sequence[WorkEvent]:
    """What casts doubt on a work and was not ended by its reinstatement: the oldest first."""
    rows = await session.execute(
        select(WorkEvent)
        .where(WorkEvent.work_id == work_id, _stands(WorkEvent))
        .order_by(WorkEvent.detected_at, WorkEvent.id)
    )
    return rows.scalars().all()


async def doubted(session: AsyncSession, work_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Those of these works, by the ids under which they are named, that something casts doubt on;
    with what happened last."""
    named = aliased(Work)
    rows = await session.execute(
        select(named.id, WorkEvent.kind, WorkEvent.summary)
        .join(named, WorkEvent.work_id == func.coalesce(named.merged_into_id, named.id))
        .where(named.id.in_(list(work_ids)), _stands(WorkEvent))
        .order_by(WorkEvent.detected_at, WorkEvent.id)
    )
    return {work_id: told(kind, summary) for work_id, kind, summary in rows}


def told(kind: str, summary: str) -> str:
    """What happened, in a line for the desk."""
    return f"{kind.replace('_', ' ').capitalize()}: {summary}"


async def heirs(session: AsyncSession, work_id: UUID) -> list[UUID]:
    """The works that inherited a doubt from this one and still have it, in the order of their ids:
    our own articles, at any distance."""
    origin = aliased(WorkEvent)
    rows = await session.execute(
        select(WorkEvent.work_id)
        .distinct()
        .join(origin, origin.id == WorkEvent.origin_id)
        .where(origin.work_id == work_id, _stands(WorkEvent))
        .order_by(WorkEvent.work_id)
    )
    return list(rows.scalars())


async def is_in_doubt(session: AsyncSession, work_id: UUID) -> bool:
    """Whether anything still stands against a work: not what it inherited and is over by now."""
    origin = aliased(WorkEvent)
    rows = await session.execute(
        select(WorkEvent.id)
        .outerjoin(origin, origin.id == WorkEvent.origin_id)
        .where(WorkEvent.work_id == work_id, _stands(WorkEvent))
        .where(or_(origin.id.is_(None), _stands(origin)))
    )
    return rows.first() is not None


async def _is_over(session: AsyncSession, event: WorkEvent) -> bool:
    query = select(WorkEvent.id).where(WorkEvent.id == event.id, _stands(WorkEvent))
    return (await session.execute(query)).first() is None


def _stands(event: Any) -> ColumnElement[bool]:
    """Whether it casts doubt on its work, which was not reinstated since."""
    later = aliased(WorkEvent)
    reinstated = exists().where(
        later.work_id == event.work_id,
        later.kind == "reinstatement",
        tuple_(later.detected_at, later.id) > tuple_(event.detected_at, event.id),
    )
    return and_(event.severity.in_(SERIOUS), event.kind.not_in(NO_DOUBT), ~reinstated)
