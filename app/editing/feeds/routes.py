"""The desk's endpoints for saved feeds."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response, Security

from app.editing import named
from app.editing.expectation import edit_etag
from app.editing.feeds import commands, queries
from app.editing.feeds.models import Feed, FeedIssue
from app.editing.feeds.schemas import (
    FeedCreate,
    FeedListQuery,
    FeedPage,
    FeedQuery,
    FeedReplace,
    FeedSummary,
    FeedView,
    IssueCreate,
    IssueListQuery,
    IssuePage,
    IssueView,
    Members,
)
from app.editing.site.models import Edition
from app.errors import Conflict, Forbidden, NotFound, PreconditionMissing, Stale
from app.identity.access import current_actor
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.published import feed_names
from app.web.preconditions import Expected
from app.web.problems import responses
from app.web.write_route import DeskRouter, Session

router = DeskRouter(prefix="/feeds", tags=["Feeds"])

PATH = "/desk/feeds"
READER = Security(current_actor, scopes=[Scope.DESK_READ])
WRITER = Security(current_actor, scopes=[Scope.FEEDS_WRITE])
WRITE = responses(Forbidden, NotFound, Conflict, Stale, PreconditionMissing)


@router.get(
    "", operation_id="feeds_list", summary="List saved feeds", responses=responses(Forbidden)
)
async def list_feeds(
    session: Session, query: Annotated[FeedListQuery, Query()], actor: Actor = READER
) -> FeedPage:
    """Of one edition, or of all."""
    found = await queries.page(session, query, after=query.after(PATH, (str,)))
    return FeedPage(
        items=[_summary(feed, code) for feed, code in found[: query.limit]],
        next=query.next_link(PATH, found, lambda row: (row[0].slug,)),
    )


@router.post(
    "",
    status_code=201,
    operation_id="feeds_create",
    summary="Save a feed",
    responses=responses(Forbidden, Conflict),
)
async def create_feed(
    session: Session, body: FeedCreate, response: Response, actor: Actor = WRITER
) -> FeedView:
    """All articles that match are in it soon after (`members`), the newest first; from then on each
    as soon as it is published."""
    feed = await commands.create(session, actor, body)
    response.headers["Location"] = f"{PATH}/{feed.id}"
    return await _view(session, response, feed)


@router.get(
    "/{feed_id}",
    operation_id="feeds_get",
    summary="One saved feed",
    responses=responses(Forbidden, NotFound),
)
async def get_feed(
    session: Session, feed_id: UUID, response: Response, actor: Actor = READER
) -> FeedView:
    """Send its `ETag` as `If-Match` when you change it."""
    return await _view(session, response, await named.get(session, Feed, feed_id))


@router.put(
    "/{feed_id}", operation_id="feeds_replace", summary="Change a saved feed", responses=WRITE
)
async def replace_feed(
    session: Session,
    feed_id: UUID,
    body: FeedReplace,
    response: Response,
    expected: Expected,
    actor: Actor = WRITER,
) -> FeedView:
    """Where it asks for other articles now, they come and go within moments (`members`)."""
    feed = await commands.replace(session, actor, feed_id, body, expected=expected)
    return await _view(session, response, feed)


@router.delete(
    "/{feed_id}",
    status_code=204,
    operation_id="feeds_delete",
    summary="Delete a saved feed",
    responses=WRITE,
)
async def delete_feed(
    session: Session, feed_id: UUID, expected: Expected, actor: Actor = WRITER
) -> None:
    """Its articles stay what they are; whoever pulls it gets 410."""
    await commands.delete(session, actor, feed_id, expected=expected)


@router.post(
    "/{feed_id}/issue",
    status_code=201,
    operation_id="feeds_issue",
    summary="Say that an issue of a digest was sent",
    responses=responses(Forbidden, NotFound, Conflict),
)
async def issue_feed(
    session: Session,
    feed_id: UUID,
    body: IssueCreate = IssueCreate(),  # noqa: B008 (never changed)
    actor: Actor = WRITER,
) -> IssueView:
    """From then on the feed shows what came since. Read it first, and tell when that was
    (`until`)."""
    return _issue(await commands.issue(session, actor, feed_id, until=body.until))


@router.get(
    "/{feed_id}/issues",
    operation_id="feeds_list_issues",
    summary="The issues of a digest",
    responses=responses(Forbidden, NotFound),
)
async def list_issues(
    session: Session,
    feed_id: UUID,
    query: Annotated[IssueListQuery, Query()],
    actor: Actor = READER,
) -> IssuePage:
    """The last hundred."""
    feed = await named.get(session, Feed, feed_id)
    path = f"{PATH}/{feed.id}/issues"
    found = await queries.issues(session, feed.id, query, after=query.after(path, (int,)))
    return IssuePage(
        items=[_issue(each) for each in found[: query.limit]],
        next=query.next_link(path, found, lambda each: (each.number,)),
    )


def _issue(issue: FeedIssue) -> IssueView:
    return IssueView.model_validate(issue)


def _summary(feed: Feed, edition: str) -> FeedSummary:
    names = FeedSummary.model_fields.keys() - {"edition"}
    return FeedSummary(edition=edition, **{name: getattr(feed, name) for name in names})


async def _view(session: Session, response: Response, feed: Feed) -> FeedView:
    response.headers["ETag"] = edit_etag(feed.edit)
    edition = await session.get_one(Edition, feed.edition_id)
    place = feed_names.named_place("feed", feed.slug)
    return FeedView(
        **dict(_summary(feed, edition.code)),
        description=feed.description,
        image_id=feed.image_id,
        query=FeedQuery.model_validate(feed.query),
        full_text=feed.full_text,
        feed_id=feed.feed_id,
        since=feed.since,
        members=Members(
            complete=feed.filled_edit == feed.query_edit,
            looked_at=feed.looked_at,
            articles=await queries.count(session, feed.id),
        ),
        feeds=feed_names.addresses(place) if feed.public else {},
    )
