"""Reading reviews. An actor who is restricted to sections sees those of articles in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging
from app.editing.articles import checks
from app.editing.articles import queries as articles
from app.editing.articles.models import Article
from app.editing.reviews.models import CitationReview
from app.editing.reviews.parameters import ReviewQuery
from app.editing.works.models import Work, WorkEvent
from app.errors import NotFound
from app.identity.actor import Actor

MISSING = "There is no such review."


class Found(NamedTuple):
    review: CitationReview
    article: Article
    event: WorkEvent
    work: Work


async def get(session: AsyncSession, actor: Actor, review_id: UUID) -> Found:
    """Raises NotFound where the article is none of the actor's."""
    rows = await session.execute(_WHOLE.where(CitationReview.id == review_id))
    found = rows.first()
    if found is None:
        raise NotFound(MISSING)
    await _visible(session, actor, found.CitationReview.article_id)
    return Found(*found)


async def lock(
    session: AsyncSession, actor: Actor, review_id: UUID
) -> tuple[CitationReview, Article]:
    """The review and its article, both locked: nobody publishes or withdraws it meanwhile."""
    found = await session.get(CitationReview, review_id)
    if found is None:
        raise NotFound(MISSING)
    [article] = await articles.lock(session, [found.article_id])
    await _visible(session, actor, article.id)
    query = select(CitationReview).where(CitationReview.id == review_id).with_for_update()
    rows = await session.execute(query.execution_options(populate_existing=True))
    return rows.scalar_one(), article


async def page(
    session: AsyncSession,
    actor: Actor,
    narrowed: ReviewQuery,
    *,
    after: tuple[datetime, UUID] | None,
) -> Sequence[Found]:
    """Those that were opened first, behind this one: one more than a page holds."""
    query = _narrow(_WHOLE, narrowed)
    if narrowed.work is not None:
        work_id = await merging.resolved(session, narrowed.work)
        query = query.where(or_(WorkEvent.work_id == work_id, CitationReview.work_id == work_id))
    if narrowed.section is not None:
        query = query.where(articles.is_in(narrowed.section))
    if actor.sections is not None:
        query = query.where(articles.is_primarily_in(actor.sections))
    if after is not None:
        query = query.where(tuple_(CitationReview.opened_at, CitationReview.id) > after)
    query = query.order_by(CitationReview.opened_at, CitationReview.id).limit(narrowed.limit + 1)
    return [Found(*row) for row in await session.execute(query)]


async def open_events(session: AsyncSession, article_id: UUID) -> Sequence[WorkEvent]:
    """What the open reviews of an article are about: what has happened to the very works that it
    cites. The oldest first."""
    rows = await session.execute(
        select(WorkEvent)
        .join(
            CitationReview,
            (CitationReview.work_id == WorkEvent.work_id)
            & (CitationReview.event_id == func.coalesce(WorkEvent.origin_id, WorkEvent.id)),
        )
        .where(CitationReview.article_id == article_id, CitationReview.closed_at.is_(None))
        .order_by(WorkEvent.detected_at, WorkEvent.id)
    )
    return rows.scalars().all()


async def ways(session: AsyncSession, review_ids: Sequence[UUID]) -> dict[UUID, list[Work]]:
    """For each review the works on the way from its article to the work to which something
    happened, that one included: each is one of our own articles, and cites the next."""
    found: dict[UUID, list[UUID]] = {review_id: [] for review_id in review_ids}
    for row in await session.execute(_WAYS, {"reviews": list(review_ids)}):
        found[row.review_id].append(row.work_id)
    wanted = {work_id for way in found.values() for work_id in way}
    rows = await session.execute(select(Work).where(Work.id.in_(wanted)))
    works = {work.id: work for work in rows.scalars()}
    return {review_id: [works[each] for each in way] for review_id, way in found.items()}


Whole = Select[CitationReview, Article, WorkEvent, Work]

_WHOLE: Whole = (
    select(CitationReview, Article, WorkEvent, Work)
    .join(Article, Article.id == CitationReview.article_id)
    .join(WorkEvent, WorkEvent.id == CitationReview.event_id)
    .join(Work, Work.id == WorkEvent.work_id)
)

# One of our own articles has a review of the same event, which says what it rests on itself.
_WAYS = text("""
WITH RECURSIVE way AS (
    SELECT id AS review_id, 0 AS step, work_id, event_id
    FROM desk.citation_reviews WHERE id = ANY(:reviews)
    UNION ALL
    SELECT way.review_id, way.step + 1, further.work_id, way.event_id
    FROM way
    JOIN desk.work_events origin ON origin.id = way.event_id AND origin.work_id <> way.work_id
    JOIN desk.works own ON own.id = way.work_id
    JOIN desk.citation_reviews further
        ON further.article_id = own.article_id AND further.event_id = way.event_id
) CYCLE work_id SET returned USING passed
SELECT review_id, work_id FROM way WHERE NOT returned ORDER BY review_id, step
""")


def _narrow(query: Whole, narrowed: ReviewQuery) -> Whole:
    if narrowed.open is not None:
        query = query.where(CitationReview.closed_at.is_(None) == narrowed.open)
    if narrowed.article is not None:
        query = query.where(CitationReview.article_id == narrowed.article)
    if narrowed.severity is not None:
        query = query.where(WorkEvent.severity == narrowed.severity)
    return query


async def _visible(session: AsyncSession, actor: Actor, article_id: UUID) -> None:
    try:
        await checks.readable(session, actor, article_id)
    except NotFound:
        raise NotFound(MISSING) from None
