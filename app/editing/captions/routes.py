"""The desk's endpoints for captions."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Path, Response, Security

from app.editing.captions import commands, queries
from app.editing.captions.schemas import (
    CaptionInput,
    CaptionKind,
    CaptionList,
    CaptionSaved,
    CaptionSummary,
    CaptionView,
)
from app.editing.expectation import edit_etag
from app.editing.languages import Language
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/assets/{asset_id}/captions", tags=["Assets"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.MEDIA_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)

Kind = Annotated[CaptionKind, Path(description="captions (with sounds), subtitles, descriptions")]
In = Annotated[Language, Path(description="BCP 47")]


@router.get(
    "",
    operation_id="captions_list",
    summary="The captions of a video",
    responses=responses(Forbidden, NotFound),
)
async def list_captions(session: Session, asset_id: UUID, actor: Actor = READER) -> CaptionList:
    """Without their text."""
    found = await queries.of_asset(session, asset_id)
    return CaptionList(items=[CaptionSummary.model_validate(each) for each in found])


@router.get(
    "/{kind}/{language}",
    operation_id="captions_get",
    summary="The captions of a video in one language",
    responses=responses(Forbidden, NotFound),
)
async def get_captions(
    session: Session,
    asset_id: UUID,
    kind: Kind,
    language: In,
    response: Response,
    actor: Actor = READER,
) -> CaptionView:
    """Send its `ETag` as `If-Match` when you change it."""
    caption = await queries.one(session, asset_id, kind, language)
    response.headers["ETag"] = edit_etag(caption.edit)
    return CaptionView.model_validate(caption)


@router.put(
    "/{kind}/{language}",
    operation_id="captions_put",
    summary="Set the captions of a video in one language",
    responses=WRITE | {201: {"model": CaptionSaved, "description": "There were none before"}},
)
async def put_captions(
    session: Session,
    asset_id: UUID,
    kind: Kind,
    language: In,
    body: CaptionInput,
    response: Response,
    expected: Expected,
    if_match: Annotated[str | None, Header()] = None,
    actor: Actor = WRITER,
) -> CaptionSaved:
    """WebVTT is checked, SubRip converted; a 422 names the line where that fails. `If-Match` is
    needed where there are some already. All live articles with this video follow."""
    saved = await commands.put(
        session, actor, asset_id, kind, language, body,
        expected=expected, is_new=if_match is None,
    )  # fmt: skip
    response.status_code = 201 if saved.created else 200
    response.headers["ETag"] = edit_etag(saved.caption.edit)
    shown = CaptionView.model_validate(saved.caption).model_dump()
    return CaptionSaved(**shown, cues=len(saved.track.cues), warnings=list(saved.track.warnings))


@router.delete(
    "/{kind}/{language}",
    status_code=204,
    operation_id="captions_delete",
    summary="Delete the captions of a video in one language",
    responses=WRITE,
)
async def delete_captions(
    session: Session,
    asset_id: UUID,
    kind: Kind,
    language: In,
    expected: Expected,
    actor: Actor = WRITER,
) -> None:
    await commands.delete(session, actor, asset_id, kind, language, expected=expected)
