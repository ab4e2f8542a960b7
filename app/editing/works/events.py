"""What happens to a work after it was issued: recorded once, and never changed."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import transaction_time
from app.editing import merging
from app.editing.changed import note
from app.editing.works import to_follow
from app.editing.works.event_schemas import EventCreate
from app.editing.works.models import Work, WorkEvent
from app.identity.actor import Actor
from app.identity.scopes import Scope

STATUS_AFTER = {
    "correction": "corrected",
    "clarification": "updated",
    "update": "updated",
    "retraction": "retracted",
    "withdrawal": "withdrawn",
    "concern": "expression_of_concern",
    "reinstatement": "current",
}
"""The other kinds leave the status as it is."""

IN_DOUBT = frozenset({"retracted", "withdrawn", "expression_of_concern"})
"""What a reinstatement ends, and no correction does."""

SERIOUS = frozenset({"material", "fatal"})
NO_DOUBT = frozenset({"reinstatement", "url_moved"})
"""Kinds that cast none on what was taken from the work."""


async def record(
    session: AsyncSession, actor: Actor, work_id: UUID, draft: EventCreate
) -> WorkEvent:
    """Add an event to a work, whose status and notice change with it, for readers too."""
    actor.require(Scope.CITATIONS_WRITE)
    work = await merging.lock(session, Work, work_id)
    event = WorkEvent(
        id=ids.internal(),
        work_id=work_id,
        recorded_by=actor.name,
        detected_at=await transaction_time(session),
        **draft.model_dump(mode="json"),
    )
    session.add(event)
    work.status = status_after(work.status, draft.kind)
    await merging.touch(session, work)
    await session.flush()
    note(session, "work", work_id)
    if casts_doubt(event) or event.kind == "reinstatement":
        to_follow.note(session, event, await merging.with_predecessors(session, Work, work_id))
    return event


def casts_doubt(event: WorkEvent) -> bool:
    """Whether somebody must look at every article that cites the work."""
    return event.severity in SERIOUS and event.kind not in NO_DOUBT


def status_after(status: str, kind: str) -> str:
    """The status of a work once an event of this kind has happened to it."""
    after = STATUS_AFTER.get(kind, status)
    if status in IN_DOUBT and after not in IN_DOUBT and kind != "reinstatement":
        return status
    return after
