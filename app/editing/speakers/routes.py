"""The desk's endpoints for speakers."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing import citation_notes
from app.editing.expectation import edit_etag
from app.editing.inputs import Merge
from app.editing.speakers import commands, queries
from app.editing.speakers.merge import merge
from app.editing.speakers.models import Speaker
from app.editing.speakers.schemas import (
    SpeakerCreate,
    SpeakerPage,
    SpeakerQuery,
    SpeakerReplace,
    SpeakerSummary,
    SpeakerView,
)
from app.errors import Conflict, Forbidden, Moved, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/speakers", tags=["Speakers"])

PATH = "/desk/speakers"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CITATIONS_WRITE])
WRITE = responses(Moved, Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get(
    "",
    operation_id="speakers_list",
    summary="List speakers",
    responses=responses(Forbidden),
)
async def list_speakers(
    session: Session, query: Annotated[SpeakerQuery, Query()], actor: Actor = READER
) -> SpeakerPage:
    """Narrowed by a part of a name (`q`), in any language. Those that were merged are left out."""
    found = await queries.page(session, query, after=query.after(PATH, (str, UUID)))
    return SpeakerPage(
        items=[SpeakerSummary.model_validate(each) for each in found[: query.limit]],
        next=query.next_link(PATH, found, lambda each: (each.sort_key, each.id)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="speakers_create",
    summary="Create a speaker",
    responses=responses(Forbidden, Conflict),
)
async def create_speaker(
    session: Session, body: SpeakerCreate, response: Response, actor: Actor = WRITER
) -> SpeakerView:
    """For those who speak under their name: an unnamed source has no entry anywhere. Readers see
    nothing of a speaker before a live article quotes them."""
    speaker = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{speaker.id}"
    return await _view(session, response, speaker)


@router.get(
    "/{speaker_id}",
    operation_id="speakers_get",
    summary="One speaker",
    responses=responses(Moved, Forbidden, NotFound),
)
async def get_speaker(
    session: Session, speaker_id: UUID, response: Response, actor: Actor = READER
) -> SpeakerView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await queries.get(session, speaker_id))


@router.put(
    "/{speaker_id}",
    operation_id="speakers_replace",
    summary="Change a speaker",
    responses=WRITE,
)
async def replace_speaker(
    session: Session,
    speaker_id: UUID,
    body: SpeakerReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> SpeakerView:
    """What readers have is made anew with it, the articles that quote them too."""
    speaker = await commands.replace(session, actor, speaker_id, body, expected=expected)
    return await _view(session, response, speaker)


@router.delete(
    "/{speaker_id}",
    status_code=204,
    operation_id="speakers_delete",
    summary="Delete a speaker",
    responses=WRITE,
)
async def delete_speaker(
    session: Session, speaker_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while a statement or the chain of a citation names them, or others have roles in
    it."""
    await commands.delete(session, actor, speaker_id, expected=expected)


@router.post(
    "/{speaker_id}/merge",
    operation_id="speakers_merge",
    summary="Merge a speaker into another",
    responses=WRITE,
)
async def merge_speaker(
    session: Session,
    speaker_id: UUID,
    body: Merge,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> SpeakerView:
    """All that names the one names the other then, whom the answer shows, with what was known of
    either. The old id leads on (308). There is no way back."""
    stays = await merge(session, actor, speaker_id, body.into, expected=expected)
    return await _view(session, response, stays)


async def _view(session: Session, response: Response, speaker: Speaker) -> SpeakerView:
    response.headers["ETag"] = edit_etag(speaker.edit)
    note = citation_notes.shown(session, speaker.note_internal)
    return SpeakerView.model_validate(speaker).model_copy(update={"note_internal": note})
