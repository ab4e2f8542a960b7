"""The desk's endpoints for the TV home."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.expectation import edit_etag
from app.editing.rails import commands, queries
from app.editing.rails.models import TvHome
from app.editing.rails.schemas import Rail, RailsQuery, RailsReplace, RailsView
from app.editing.rails.usual import usual
from app.editing.sections.models import Section
from app.editing.site.models import Edition
from app.editing.site.queries import edition_named
from app.errors import Fault, Forbidden, Invalid, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/tv", tags=["TV"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CHANNELS_WRITE])
WRITE = responses(Forbidden, Stale, PreconditionMissing)


@router.get(
    "/rails",
    operation_id="tv_rails_get",
    summary="How the TV home is arranged",
    responses=responses(Forbidden),
)
async def get_rails(
    session: Session,
    query: Annotated[RailsQuery, Query()],
    response: Response,
    actor: Actor = READER,
) -> RailsView:
    """Of an edition, or of one of its sections. Where nobody has arranged it, the usual rails.

    Send its `ETag` as `If-Match` when you change it.
    """
    edition = await _place(session, query)
    home = await queries.arranged(session, edition.id, query.section)
    return await _view(session, response, edition, query.section, home)


@router.put(
    "/rails", operation_id="tv_rails_replace", summary="Arrange the TV home", responses=WRITE
)
async def replace_rails(
    session: Session,
    query: Annotated[RailsQuery, Query()],
    body: RailsReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> RailsView:
    """All of its rails, from the top down. A rail that has nothing to show is left out by itself,
    and no video is shown twice."""
    edition = await _place(session, query)
    home = await commands.replace(
        session, actor, edition, query.section, body.rails, expected=expected
    )
    return await _view(session, response, edition, query.section, home)


@router.delete(
    "/rails",
    status_code=204,
    operation_id="tv_rails_reset",
    summary="Go back to the usual TV home",
    responses=WRITE,
)
async def reset_rails(
    session: Session,
    query: Annotated[RailsQuery, Query()],
    expected: Expected,
    actor: Actor = WRITER,
) -> None:
    """What is live, what is new, and a rail for each section."""
    edition = await _place(session, query)
    await commands.reset(session, actor, edition, query.section, expected=expected)


async def _place(session: Session, query: RailsQuery) -> Edition:
    """The edition. Raises Invalid where there is none, or no such section in it."""
    edition = await edition_named(session, query.edition, parameter="edition")
    if query.section is not None:
        section = await session.get(Section, query.section)
        if section is None or section.edition_id != edition.id:
            fault = Fault("There is no such section in this edition.", parameter="section")
            raise Invalid("The section is not known.", faults=[fault])
    return edition


async def _view(
    session: Session,
    response: Response,
    edition: Edition,
    section_id: UUID | None,
    home: TvHome | None,
) -> RailsView:
    response.headers["ETag"] = edit_etag(home.edit if home else commands.NEVER_ARRANGED)
    if home is not None:
        rails = [Rail.model_validate(rail) for rail in home.rails]
    else:
        rails = usual(await queries.visible_sections(session, edition.id), section_id)
    return RailsView(
        edition=edition.code,
        section_id=section_id,
        usual=home is None,
        rails=rails,
        changed_at=home.changed_at if home else None,
    )
