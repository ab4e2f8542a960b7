"""The desk's endpoints for collections."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing import named
from app.editing.collections import commands, queries
from app.editing.collections.models import Collection
from app.editing.collections.schemas import (
    CollectionCreate,
    CollectionPage,
    CollectionPlace,
    CollectionQuery,
    CollectionReplace,
    CollectionSummary,
    CollectionView,
)
from app.editing.expectation import edit_etag
from app.editing.site.models import Edition
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/collections", tags=["Collections"])

PATH = "/desk/collections"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.COLLECTIONS_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get(
    "",
    operation_id="collections_list",
    summary="List collections",
    responses=responses(Forbidden),
)
async def list_collections(
    session: Session, query: Annotated[CollectionQuery, Query()], actor: Actor = READER
) -> CollectionPage:
    """Of one edition, or of all."""
    found = await queries.page(session, query, after=query.after(PATH, (str,)))
    return CollectionPage(
        items=[_summary(collection, code) for collection, code in found[: query.limit]],
        next=query.next_link(PATH, found, lambda row: (row[0].slug,)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="collections_create",
    summary="Create a collection",
    responses=responses(Forbidden, Conflict),
)
async def create_collection(
    session: Session, body: CollectionCreate, response: Response, actor: Actor = WRITER
) -> CollectionView:
    """It is public at once; of its articles readers see those that are live."""
    collection = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{collection.id}"
    return await _view(session, response, collection)


@router.get(
    "/{collection_id}",
    operation_id="collections_get",
    summary="One collection",
    responses=responses(Forbidden, NotFound),
)
async def get_collection(
    session: Session, collection_id: UUID, response: Response, actor: Actor = READER
) -> CollectionView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await named.get(session, Collection, collection_id))


@router.put(
    "/{collection_id}",
    operation_id="collections_replace",
    summary="Change a collection, with its whole list",
    responses=WRITE,
)
async def replace_collection(
    session: Session,
    collection_id: UUID,
    body: CollectionReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> CollectionView:
    """The articles are those of `articles`, in that order, and no others."""
    collection = await commands.replace(session, actor, collection_id, body, expected=expected)
    return await _view(session, response, collection)


@router.delete(
    "/{collection_id}",
    status_code=204,
    operation_id="collections_delete",
    summary="Delete a collection",
    responses=WRITE,
)
async def delete_collection(
    session: Session, collection_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Its articles stay what they are."""
    await commands.delete(session, actor, collection_id, expected=expected)


@router.post(
    "/{collection_id}/articles",
    operation_id="collections_put_article",
    summary="Put an article into a collection",
    responses=responses(Forbidden, NotFound, Conflict),
)
async def put_article(
    session: Session,
    collection_id: UUID,
    body: CollectionPlace,
    response: Response,
    actor: Actor = WRITER,
) -> CollectionView:
    """An article that is there already moves to the new place."""
    collection = await commands.put_article(session, actor, collection_id, body)
    return await _view(session, response, collection)


@router.delete(
    "/{collection_id}/articles/{article_id}",
    operation_id="collections_take_out",
    summary="Take an article out of a collection",
    responses=WRITE,
)
async def take_out(
    session: Session,
    collection_id: UUID,
    article_id: UUID,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> CollectionView:
    """`If-Match` takes the `ETag` of the collection; the answer is what is left of it."""
    collection = await commands.take_out(
        session, actor, collection_id, article_id, expected=expected
    )
    return await _view(session, response, collection)


def _summary(collection: Collection, edition: str) -> CollectionSummary:
    names = CollectionSummary.model_fields.keys() - {"edition"}
    return CollectionSummary(edition=edition, **{name: getattr(collection, name) for name in names})


async def _view(session: Session, response: Response, collection: Collection) -> CollectionView:
    response.headers["ETag"] = edit_etag(collection.edit)
    edition = await session.get_one(Edition, collection.edition_id)
    return CollectionView(
        **dict(_summary(collection, edition.code)),
        extras=collection.extras,
        articles=await queries.article_ids(session, collection.id),
    )
