"""The desk's endpoints for the site and its editions."""

from typing import Annotated

from fastapi import Path, Response, Security

from app.editing.expectation import edit_etag
from app.editing.site import commands, queries
from app.editing.site.models import Edition, Site
from app.editing.site.schemas import (
    EditionCreate,
    EditionList,
    EditionReplace,
    EditionView,
    SiteReplace,
    SiteView,
)
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(tags=["Site"])

READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.SITE_WRITE])
READ = responses(Forbidden, NotFound)
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)

Code = Annotated[str, Path(max_length=35, examples=["en"])]


@router.get("/site", operation_id="site_get", summary="The site", responses=READ)
async def get_site(session: Session, response: Response, actor: Actor = READER) -> SiteView:
    """Its name, publisher, policies and addresses."""
    return _site(response, await queries.site(session))


@router.put("/site", operation_id="site_replace", summary="Change the site", responses=WRITE)
async def replace_site(
    session: Session,
    body: SiteReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> SiteView:
    """Every published document is made anew where it shows something of this; that takes a
    while on a large site, and readers are served meanwhile."""
    return _site(response, await commands.replace_site(session, actor, body, expected=expected))


@router.get(
    "/editions",
    operation_id="editions_list",
    summary="All editions",
    responses=responses(Forbidden),
)
async def list_editions(session: Session, actor: Actor = READER) -> EditionList:
    editions = await queries.editions(session)
    return EditionList(items=[EditionView.model_validate(edition) for edition in editions])


@router.post(
    "/editions",
    status_code=201,
    operation_id="editions_create",
    summary="Create an edition",
    responses=responses(Forbidden, Conflict),
)
async def create_edition(
    session: Session, body: EditionCreate, response: Response, actor: Actor = WRITER
) -> EditionView:
    """It is public at once, with no sections yet."""
    edition = await commands.create_edition(session, actor, body)
    response.headers["Location"] = f"/desk/editions/{edition.code}"
    return _edition(response, edition)


@router.get("/editions/{code}", operation_id="editions_get", summary="One edition", responses=READ)
async def get_edition(
    session: Session, code: Code, response: Response, actor: Actor = READER
) -> EditionView:
    """Send its `ETag` as `If-Match` when you change it."""
    return _edition(response, await queries.edition(session, code))


@router.put(
    "/editions/{code}",
    operation_id="editions_replace",
    summary="Change an edition",
    responses=WRITE,
)
async def replace_edition(
    session: Session,
    code: Code,
    body: EditionReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> EditionView:
    """With another `path_prefix` its sections move, and their old paths redirect. Articles keep
    the paths that they have; a new `path_pattern` is for those to come."""
    edition = await commands.replace_edition(session, actor, code, body, expected=expected)
    return _edition(response, edition)


@router.delete(
    "/editions/{code}",
    status_code=204,
    operation_id="editions_delete",
    summary="Delete an empty edition",
    responses=WRITE,
)
async def delete_edition(
    session: Session, code: Code, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while it has sections, articles or collections, and for the default edition."""
    await commands.delete_edition(session, actor, code, expected=expected)


def _site(response: Response, site: Site) -> SiteView:
    response.headers["ETag"] = edit_etag(site.edit)
    return SiteView.model_validate(site)


def _edition(response: Response, edition: Edition) -> EditionView:
    response.headers["ETag"] = edit_etag(edition.edit)
    return EditionView.model_validate(edition)
