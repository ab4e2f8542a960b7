"""The desk's endpoint for the health of streams."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Security

from app.editing.assets.hls import queries
from app.editing.assets.hls.schemas import StreamCheckPage, StreamCheckQuery, StreamCheckView
from app.errors import Forbidden
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(tags=["Assets"])

PATH = "/desk/stream-checks"


@router.get(
    "/stream-checks",
    operation_id="stream_checks_list",
    summary="List HLS addresses with what was found there",
    responses=responses(Forbidden),
)
async def list_stream_checks(
    session: Session,
    query: Annotated[StreamCheckQuery, Query()],
    actor: Actor = Security(current_actor, scopes=[Scope.DESK_READ]),
) -> StreamCheckPage:
    """Of video and audio assets and of live channels. Each is looked at when it is saved; while it
    is public daily, and every half hour as long as it fails. What plays only with a token is not
    looked at."""
    found = await queries.page(session, query, after=query.after(PATH, (datetime, UUID)))
    return StreamCheckPage(
        items=[StreamCheckView.model_validate(each) for each in found[: query.limit]],
        next=query.next_link(PATH, found, lambda each: (each.checked_at, each.id)),
    )
