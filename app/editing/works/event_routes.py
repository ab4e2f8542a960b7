"""The desk's endpoints for what happened to works."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.works import events, queries
from app.editing.works.event_schemas import EventCreate, EventPage, EventView
from app.errors import Forbidden, Moved, NotFound
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.pages import PageQuery
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/works", tags=["Works"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CITATIONS_WRITE])


@router.get(
    "/{work_id}/events",
    operation_id="works_list_events",
    summary="What happened to a work after it was issued",
    responses=responses(Moved, Forbidden, NotFound),
)
async def list_events(
    session: Session,
    work_id: UUID,
    query: Annotated[PageQuery, Query()],
    actor: Actor = READER,
) -> EventPage:
    """Corrections, retractions, …: the newest first."""
    await queries.get(session, work_id)
    path = f"/desk/works/{work_id}/events"
    found = await queries.events(
        session, work_id, after=query.after(path, (datetime, UUID)), limit=query.limit + 1
    )
    return EventPage(
        items=[EventView.model_validate(event) for event in found[: query.limit]],
        next=query.next_link(path, found, lambda event: (event.detected_at, event.id)),
    )


@router.post(
    "/{work_id}/events",
    status_code=201,
    operation_id="works_record_event",
    summary="Record what happened to a work",
    responses=responses(Moved, Forbidden, NotFound),
)
async def record_event(
    session: Session,
    work_id: UUID,
    body: EventCreate,
    response: Response,
    actor: Actor = WRITER,
) -> EventView:
    """It cannot be changed or taken back: a `reinstatement` is an event too. The work's status
    follows, and where it is material or fatal, the readers of all that cites it are told."""
    event = await events.record(session, actor, work_id, body)
    response.headers["Location"] = f"/desk/works/{work_id}/events"
    return EventView.model_validate(event)
