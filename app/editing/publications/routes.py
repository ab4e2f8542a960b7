"""The desk's endpoints for publications."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.expectation import edit_etag
from app.editing.inputs import Merge
from app.editing.publications import commands, queries, views
from app.editing.publications.merge import merge
from app.editing.publications.models import Publication
from app.editing.publications.schemas import (
    PublicationCreate,
    PublicationPage,
    PublicationQuery,
    PublicationReplace,
    PublicationView,
)
from app.errors import Conflict, Forbidden, Moved, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/publications", tags=["Publications"])

PATH = "/desk/publications"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CITATIONS_WRITE])
WRITE = responses(Moved, Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get(
    "",
    operation_id="publications_list",
    summary="List publications",
    responses=responses(Forbidden),
)
async def list_publications(
    session: Session, query: Annotated[PublicationQuery, Query()], actor: Actor = READER
) -> PublicationPage:
    """Narrowed by a part of a name or domain (`q`). Those that were merged are left out."""
    found = await queries.page(session, query, after=query.after(PATH, (str, UUID)))
    return PublicationPage(
        items=await views.summaries(session, found[: query.limit]),
        next=query.next_link(PATH, found, lambda each: (each.sort_key, each.id)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="publications_create",
    summary="Create a publication",
    responses=responses(Forbidden, Conflict),
)
async def create_publication(
    session: Session, body: PublicationCreate, response: Response, actor: Actor = WRITER
) -> PublicationView:
    """Readers see nothing of it before a live article cites it, or a work of it."""
    publication = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{publication.id}"
    return await _view(session, response, publication)


@router.get(
    "/{publication_id}",
    operation_id="publications_get",
    summary="One publication",
    responses=responses(Moved, Forbidden, NotFound),
)
async def get_publication(
    session: Session, publication_id: UUID, response: Response, actor: Actor = READER
) -> PublicationView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await queries.get(session, publication_id))


@router.put(
    "/{publication_id}",
    operation_id="publications_replace",
    summary="Change a publication",
    responses=WRITE,
)
async def replace_publication(
    session: Session,
    publication_id: UUID,
    body: PublicationReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> PublicationView:
    """What readers have is made anew with it, the articles that cite it too."""
    publication = await commands.replace(session, actor, publication_id, body, expected=expected)
    return await _view(session, response, publication)


@router.delete(
    "/{publication_id}",
    status_code=204,
    operation_id="publications_delete",
    summary="Delete a publication",
    responses=WRITE,
)
async def delete_publication(
    session: Session, publication_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while a work, the chain of a citation or a part of it names it."""
    await commands.delete(session, actor, publication_id, expected=expected)


@router.post(
    "/{publication_id}/merge",
    operation_id="publications_merge",
    summary="Merge a publication into another",
    responses=WRITE,
)
async def merge_publication(
    session: Session,
    publication_id: UUID,
    body: Merge,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> PublicationView:
    """All that names it names the other then, which the answer shows; what only it knew goes there
    too. Its id leads on (308). There is no way back."""
    stays = await merge(session, actor, publication_id, body.into, expected=expected)
    return await _view(session, response, stays)


async def _view(session: Session, response: Response, publication: Publication) -> PublicationView:
    response.headers["ETag"] = edit_etag(publication.edit)
    return await views.view(session, publication)
