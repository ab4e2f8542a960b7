"""The desk's endpoints for what is on a stream when."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing import named
from app.editing.expectation import edit_etag
from app.editing.streams import queries, schedules
from app.editing.streams.models import ScheduleEntry, Stream
from app.editing.streams.schedule_schemas import (
    EntryView,
    SchedulePage,
    ScheduleQuery,
    ScheduleReplace,
    ScheduleReplaced,
)
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/streams", tags=["Streams"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CHANNELS_WRITE])


@router.get(
    "/{stream_id}/schedule",
    operation_id="streams_get_schedule",
    summary="What is on a stream between two moments",
    responses=responses(Forbidden, NotFound),
)
async def get_schedule(
    session: Session,
    stream_id: UUID,
    query: Annotated[ScheduleQuery, Query()],
    response: Response,
    actor: Actor = READER,
) -> SchedulePage:
    """Its `ETag` is that of the whole schedule: send it as `If-Match` when you replace a part."""
    stream = await named.get(session, Stream, stream_id)
    response.headers["ETag"] = edit_etag(stream.schedule_edit)
    path = f"/desk/streams/{stream_id}/schedule"
    found = await queries.schedule_page(
        session, stream_id, query, after=query.after(path, (datetime,))
    )
    return SchedulePage(
        items=[_view(entry) for entry in found[: query.limit]],
        next=query.next_link(path, found, lambda entry: (entry.starts_at,)),
    )


@router.put(
    "/{stream_id}/schedule",
    operation_id="streams_replace_schedule",
    summary="Replace what begins between two moments",
    responses=responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing),
)
async def replace_schedule(
    session: Session,
    stream_id: UUID,
    body: ScheduleReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> ScheduleReplaced:
    """All or nothing: a day, say, with `If-Match: *` where the schedule is made elsewhere."""
    stream, replaced = await schedules.replace(session, actor, stream_id, body, expected=expected)
    response.headers["ETag"] = edit_etag(stream.schedule_edit)
    return ScheduleReplaced(replaced=replaced, entries=len(body.entries))


def _view(entry: ScheduleEntry) -> EntryView:
    names = EntryView.model_fields.keys() - {"start", "end"}
    told = {name: getattr(entry, name) for name in names}
    return EntryView(start=entry.starts_at, end=entry.ends_at, **told)
