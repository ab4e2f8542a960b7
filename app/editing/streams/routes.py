"""The desk's endpoints for streams."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing import named
from app.editing.expectation import edit_etag
from app.editing.site.models import Edition
from app.editing.streams import commands, queries
from app.editing.streams.models import Stream
from app.editing.streams.schemas import (
    OnAir,
    StreamCreate,
    StreamPage,
    StreamQuery,
    StreamReplace,
    StreamSummary,
    StreamView,
)
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/streams", tags=["Streams"])

PATH = "/desk/streams"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CHANNELS_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get("", operation_id="streams_list", summary="List streams", responses=responses(Forbidden))
async def list_streams(
    session: Session, query: Annotated[StreamQuery, Query()], actor: Actor = READER
) -> StreamPage:
    """Of one edition, or of all; narrowed by an id in another system (`external`)."""
    found = await queries.page(session, query, after=query.after(PATH, (str,)))
    return StreamPage(
        items=[_summary(stream, code) for stream, code in found[: query.limit]],
        next=query.next_link(PATH, found, lambda row: (row[0].slug,)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="streams_create",
    summary="Create a stream",
    responses=responses(Forbidden, Conflict),
)
async def create_stream(
    session: Session, body: StreamCreate, response: Response, actor: Actor = WRITER
) -> StreamView:
    """Readers see nothing of it unless it is `public`."""
    stream = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{stream.id}"
    return await _view(session, response, stream)


@router.get(
    "/{stream_id}",
    operation_id="streams_get",
    summary="One stream",
    responses=responses(Forbidden, NotFound),
)
async def get_stream(
    session: Session, stream_id: UUID, response: Response, actor: Actor = READER
) -> StreamView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await named.get(session, Stream, stream_id))


@router.put(
    "/{stream_id}", operation_id="streams_replace", summary="Change a stream", responses=WRITE
)
async def replace_stream(
    session: Session,
    stream_id: UUID,
    body: StreamReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> StreamView:
    """All of it but its schedule."""
    stream = await commands.replace(session, actor, stream_id, body, expected=expected)
    return await _view(session, response, stream)


@router.post(
    "/{stream_id}/on-air",
    operation_id="streams_set_on_air",
    summary="Say whether a stream is live now",
    responses=responses(Forbidden, NotFound),
)
async def set_on_air(
    session: Session, stream_id: UUID, body: OnAir, response: Response, actor: Actor = WRITER
) -> StreamView:
    """For whoever switches it on and off, and knows nothing else of it."""
    stream = await commands.set_on_air(session, actor, stream_id, on_air=body.on_air)
    return await _view(session, response, stream)


@router.delete(
    "/{stream_id}",
    status_code=204,
    operation_id="streams_delete",
    summary="Delete a stream",
    responses=WRITE,
)
async def delete_stream(
    session: Session, stream_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Its schedule goes with it."""
    await commands.delete(session, actor, stream_id, expected=expected)


def _summary(stream: Stream, edition: str) -> StreamSummary:
    names = StreamSummary.model_fields.keys() - {"edition"}
    return StreamSummary(edition=edition, **{name: getattr(stream, name) for name in names})


async def _view(session: Session, response: Response, stream: Stream) -> StreamView:
    response.headers["ETag"] = edit_etag(stream.edit)
    edition = await session.get_one(Edition, stream.edition_id)
    names = StreamView.model_fields.keys() - StreamSummary.model_fields.keys()
    told = {name: getattr(stream, name) for name in names}
    return StreamView(**dict(_summary(stream, edition.code)), **told)
