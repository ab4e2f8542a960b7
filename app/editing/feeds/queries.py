"""Reading saved feeds."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.feeds.models import Feed, FeedIssue
from app.editing.feeds.schemas import MOST_COUNTED, FeedListQuery, IssueListQuery
from app.editing.site.models import Edition
from app.published.models import Listing


async def page(
    session: AsyncSession, narrowed: FeedListQuery, *, after: tuple[str] | None
) -> Sequence[Row[Feed, str]]:
    """Feeds, each with the code of its edition, in the order of their slugs: one more than a page
    holds."""
    query = select(Feed, Edition.code).join(Edition, Edition.id == Feed.edition_id)
    query = query.order_by(Feed.slug).limit(narrowed.limit + 1)
    if narrowed.edition is not None:
        query = query.where(Edition.code == narrowed.edition)
    if after is not None:
        query = query.where(Feed.slug > after[0])
    return (await session.execute(query)).all()


async def issues(
    session: AsyncSession, feed_id: UUID, narrowed: IssueListQuery, *, after: tuple[int] | None
) -> Sequence[FeedIssue]:
    """The issues of a digest, the newest first: one more than a page holds."""
    query = select(FeedIssue).where(FeedIssue.feed_id == feed_id)
    query = query.order_by(FeedIssue.number.desc()).limit(narrowed.limit + 1)
    if after is not None:
        query = query.where(FeedIssue.number < after[0])
    return (await session.execute(query)).scalars().all()


async def last_issue(session: AsyncSession, feed_id: UUID) -> FeedIssue | None:
    query = select(FeedIssue).where(FeedIssue.feed_id == feed_id)
    found = await session.execute(query.order_by(FeedIssue.number.desc()).limit(1))
    return found.scalar_one_or_none()


async def count(
    session: AsyncSession,
    feed_id: UUID,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = MOST_COUNTED,
) -> int:
    """How many articles are in it, of those that were published in this span; at most so many."""
    query = select(Listing.article_id).where(Listing.key == feed_id)
    if since is not None:
        query = query.where(Listing.published_at >= since)
    if until is not None:
        query = query.where(Listing.published_at < until)
    counted = select(func.count()).select_from(query.limit(most).subquery())
    return int((await session.execute(counted)).scalar_one())
