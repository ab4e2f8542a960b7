"""The desk's endpoints for people."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.expectation import edit_etag
from app.editing.people import commands, queries
from app.editing.people.models import Person
from app.editing.people.schemas import (
    PersonCreate,
    PersonPage,
    PersonQuery,
    PersonReplace,
    PersonSummary,
    PersonView,
)
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/people", tags=["People"])

PATH = "/desk/people"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.PEOPLE_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get("", operation_id="people_list", summary="List people", responses=responses(Forbidden))
async def list_people(
    session: Session, query: Annotated[PersonQuery, Query()], actor: Actor = READER
) -> PersonPage:
    """Narrowed by a part of the name (`q`) or an id in another system (`external`)."""
    found = await queries.page(session, query, after=query.after(PATH, (str,)))
    return PersonPage(
        items=[PersonSummary.model_validate(person) for person in found[: query.limit]],
        next=query.next_link(PATH, found, lambda person: (person.slug,)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="people_create",
    summary="Create a person",
    responses=responses(Forbidden, Conflict),
)
async def create_person(
    session: Session, body: PersonCreate, response: Response, actor: Actor = WRITER
) -> PersonView:
    """Readers see nothing of a person before a live article names them."""
    person = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{person.id}"
    return _view(response, person)


@router.get(
    "/{person_id}",
    operation_id="people_get",
    summary="One person",
    responses=responses(Forbidden, NotFound),
)
async def get_person(
    session: Session, person_id: UUID, response: Response, actor: Actor = READER
) -> PersonView:
    """Send its `ETag` as `If-Match` when you change it."""
    return _view(response, await queries.get(session, person_id))


@router.put(
    "/{person_id}", operation_id="people_replace", summary="Change a person", responses=WRITE
)
async def replace_person(
    session: Session,
    person_id: UUID,
    body: PersonReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> PersonView:
    """What readers have is made anew with it, their articles too."""
    person = await commands.replace(session, actor, person_id, body, expected=expected)
    return _view(response, person)


@router.delete(
    "/{person_id}",
    status_code=204,
    operation_id="people_delete",
    summary="Delete a person",
    responses=WRITE,
)
async def delete_person(
    session: Session, person_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while an article names them."""
    await commands.delete(session, actor, person_id, expected=expected)


def _view(response: Response, person: Person) -> PersonView:
    response.headers["ETag"] = edit_etag(person.edit)
    return PersonView.model_validate(person)
