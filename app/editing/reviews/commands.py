"""Opening reviews, and closing them with what came of it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import transaction_time
from app.editing.articles import queries as articles
from app.editing.articles.content import Content
from app.editing.articles.models import Article
from app.editing.expectation import Expectation, edit_etag
from app.editing.reviews import citing, queries
from app.editing.reviews.models import CitationReview
from app.editing.reviews.schemas import Closing
from app.errors import Conflict, Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def open_for(
    session: AsyncSession, article_ids: Iterable[UUID], *, event_id: UUID, work_id: UUID
) -> int:
    """Open a review of each of these articles, which cite this work, where the event has brought
    none about yet. Returns how many were opened."""
    rows = [
        {"id": ids.internal(), "article_id": article_id, "event_id": event_id, "work_id": work_id}
        for article_id in sorted(article_ids)
    ]
    if not rows:
        return 0
    opened = await session.execute(
        insert(CitationReview)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["article_id", "event_id"])
        .returning(CitationReview.id)
    )
    return len(opened.all())


async def close(
    session: AsyncSession,
    actor: Actor,
    review_id: UUID,
    closing: Closing,
    *,
    expected: Expectation,
) -> CitationReview:
    """Say what came of a review. Nothing opens it again; a new event opens another one."""
    actor.require(Scope.ARTICLES_WRITE)
    review, article = await queries.lock(session, actor, review_id)
    expected(edit_etag(review.edit))
    if review.closed_at is not None:
        raise Conflict("It is closed already. A new event opens a new review.")
    await _check(session, review, article, closing)
    review.closed_at = await transaction_time(session)
    review.outcome = closing.outcome
    review.note = closing.note
    review.correction_id = closing.correction_id
    review.closed_by = actor.name
    review.edit += 1
    return review


async def _check(
    session: AsyncSession, review: CitationReview, article: Article, closing: Closing
) -> None:
    """Raise where the outcome is not what happened."""
    if closing.outcome == "article_corrected":
        await _carries(session, article, closing.correction_id)
    elif closing.outcome == "article_withdrawn" and article.is_live:
        raise Conflict(
            f"The article is live. Withdraw it first: POST /desk/articles/{article.id}/withdraw."
        )
    elif closing.outcome == "citation_removed":
        found = await citing.citations(session, [review.id])
        if named := ", ".join(str(each) for each in found[review.id]):
            raise Conflict(
                f"The article still cites it: {named}. Take these citations out and publish, or "
                "close the review with another outcome."
            )


async def _carries(session: AsyncSession, article: Article, correction_id: UUID | None) -> None:
    """Raise unless readers see this correction on the article."""
    if article.live_revision is None:
        raise Conflict("The article is not live: its outcome is article_withdrawn.")
    live = await articles.revision(session, article.id, article.live_revision)
    if not _has(Content.model_validate(live.content), correction_id):
        if _has(await articles.content(session, article), correction_id):
            raise Conflict(
                "Readers do not see this correction yet. Publish the article first: "
                f"POST /desk/articles/{article.id}/publish."
            )
        fault = Fault("The article has no such correction.", pointer="/correction_id")
        raise Invalid("The review cannot be closed with that.", faults=[fault])


def _has(content: Content, correction_id: UUID | None) -> bool:
    return any(correction.id == correction_id for correction in content.corrections)
