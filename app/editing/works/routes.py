"""The desk's endpoints for works."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.expectation import edit_etag
from app.editing.inputs import Merge
from app.editing.works import commands, duplicates, own_articles, queries, views
from app.editing.works.merge import merge
from app.editing.works.models import Work
from app.editing.works.parameters import WorkQuery
from app.editing.works.schemas import (
    Archive,
    Duplicate,
    DuplicateList,
    WorkCreate,
    WorkPage,
    WorkReplace,
    WorkView,
)
from app.errors import Conflict, Forbidden, Moved, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/works", tags=["Works"])

PATH = "/desk/works"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.CITATIONS_WRITE])
WRITE = responses(Moved, Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get("", operation_id="works_list", summary="List works", responses=responses(Forbidden))
async def list_works(
    session: Session, query: Annotated[WorkQuery, Query()], actor: Actor = READER
) -> WorkPage:
    """The last changed first. Those that were merged into others are left out."""
    found = await queries.page(session, query, after=query.after(PATH, (datetime, UUID)))
    return WorkPage(
        items=await views.summaries(session, found[: query.limit]),
        next=query.next_link(PATH, found, lambda work: (work.changed_at, work.id)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="works_create",
    summary="Create a work",
    responses=responses(Forbidden, Conflict),
)
async def create_work(
    session: Session, body: WorkCreate, response: Response, actor: Actor = WRITER
) -> WorkView:
    """Readers see nothing of it before a live article cites it. Where no `publication_id` is sent,
    it is the publication at whose domain the address is."""
    work = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{work.id}"
    return await _view(session, response, work)


@router.post(
    "/from-article/{article_id}",
    operation_id="works_from_article",
    summary="The work that stands for one of our own live articles",
    responses=responses(Forbidden, NotFound, Conflict)
    | {201: {"model": WorkView, "description": "It was made"}},
)
async def work_from_article(
    session: Session, article_id: UUID, response: Response, actor: Actor = WRITER
) -> WorkView:
    """Makes it, or brings it up to date with what readers have. So that articles of ours can be
    cited, and corrections of them travel on."""
    work, made = await own_articles.from_article(session, actor, article_id)
    response.status_code = 201 if made else 200
    response.headers["Location"] = f"{PATH}/{work.id}"
    return await _view(session, response, work)


@router.get(
    "/{work_id}",
    operation_id="works_get",
    summary="One work",
    responses=responses(Moved, Forbidden, NotFound),
)
async def get_work(
    session: Session, work_id: UUID, response: Response, actor: Actor = READER
) -> WorkView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await queries.get(session, work_id))


@router.put("/{work_id}", operation_id="works_replace", summary="Change a work", responses=WRITE)
async def replace_work(
    session: Session,
    work_id: UUID,
    body: WorkReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> WorkView:
    """What readers have is made anew with it, the articles that cite it too."""
    work = await commands.replace(session, actor, work_id, body, expected=expected)
    return await _view(session, response, work)


@router.delete(
    "/{work_id}",
    status_code=204,
    operation_id="works_delete",
    summary="Delete a work",
    responses=WRITE,
)
async def delete_work(
    session: Session, work_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Refused while a citation, its chain, a review or another work names it."""
    await commands.delete(session, actor, work_id, expected=expected)


@router.post(
    "/{work_id}/merge",
    operation_id="works_merge",
    summary="Merge a work into another",
    responses=WRITE,
)
async def merge_work(
    session: Session,
    work_id: UUID,
    body: Merge,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> WorkView:
    """All that names it names the other then, which the answer shows; what only it knew goes there
    too, and its events. Its id leads on (308). There is no way back."""
    stays = await merge(session, actor, work_id, body.into, expected=expected)
    return await _view(session, response, stays)


@router.post(
    "/{work_id}/archive",
    operation_id="works_archive",
    summary="Say where a copy of a work is kept",
    responses=WRITE,
)
async def archive_work(
    session: Session,
    work_id: UUID,
    body: Archive,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> WorkView:
    """Readers are shown it, and first of all where the address is broken. Nothing is fetched."""
    work = await commands.archive(session, actor, work_id, body, expected=expected)
    return await _view(session, response, work)


@router.get(
    "/{work_id}/duplicates",
    operation_id="works_duplicates",
    summary="Other works that may be the same",
    responses=responses(Moved, Forbidden, NotFound),
)
async def list_duplicates(session: Session, work_id: UUID, actor: Actor = READER) -> DuplicateList:
    """Of the same address, or with a title like it in the same publication or within three days.
    Merge those that are the same."""
    found = await duplicates.of(session, await queries.get(session, work_id))
    shown = await views.summaries(session, [each.work for each in found])
    return DuplicateList(
        items=[
            Duplicate(work=work, because=list(each.because), score=each.score)
            for work, each in zip(shown, found, strict=True)
        ]
    )


async def _view(session: Session, response: Response, work: Work) -> WorkView:
    response.headers["ETag"] = edit_etag(work.edit)
    return await views.view(session, work)
