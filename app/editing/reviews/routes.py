"""The desk's endpoints for reviews of articles that cite what was corrected or retracted."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing.expectation import edit_etag
from app.editing.reviews import commands, queries, views
from app.editing.reviews.parameters import ReviewQuery
from app.editing.reviews.queries import Found
from app.editing.reviews.schemas import Closing, ReviewPage, ReviewView
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/citation-reviews", tags=["Citations"])

PATH = "/desk/citation-reviews"
READER = Security(current_actor, scopes=[Scope.DESK_READ, Scope.ARTICLES_READ])
CLOSER = Security(current_actor, scopes=[Scope.ARTICLES_WRITE])


@router.get(
    "",
    operation_id="citation_reviews_list",
    summary="List reviews of articles that cite what was corrected or retracted",
    responses=responses(Forbidden),
)
async def list_reviews(
    session: Session, query: Annotated[ReviewQuery, Query()], actor: Actor = READER
) -> ReviewPage:
    """One for each live article and event, the oldest first. `?open=true` is what is to be done."""
    after = query.after(PATH, (datetime, UUID))
    found = await queries.page(session, actor, query, after=after)
    return ReviewPage(
        items=await views.views(session, found[: query.limit]),
        next=query.next_link(PATH, found, lambda each: (each.review.opened_at, each.review.id)),
    )


@router.get(
    "/{review_id}",
    operation_id="citation_reviews_get",
    summary="One review",
    responses=responses(Forbidden, NotFound),
)
async def get_review(
    session: Session, review_id: UUID, response: Response, actor: Actor = READER
) -> ReviewView:
    """Send its `ETag` as `If-Match` when you close it."""
    return await _view(session, response, await queries.get(session, actor, review_id))


@router.post(
    "/{review_id}/close",
    operation_id="citation_reviews_close",
    summary="Close a review with what came of it",
    responses=responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing),
)
async def close_review(
    session: Session,
    review_id: UUID,
    body: Closing,
    response: Response,
    expected: Expected,
    actor: Actor = CLOSER,
) -> ReviewView:
    """What the outcome says must be so already: nothing is changed on the article. A closed review
    is not opened again; a new event opens a new one."""
    await commands.close(session, actor, review_id, body, expected=expected)
    return await _view(session, response, await queries.get(session, actor, review_id))


async def _view(session: Session, response: Response, found: Found) -> ReviewView:
    response.headers["ETag"] = edit_etag(found.review.edit)
    [shown] = await views.views(session, [found])
    return shown
