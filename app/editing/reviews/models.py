"""Reviews: an article cites what was corrected or retracted, and somebody must look at it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name

OUTCOMES = (
    "no_change", "attribution_updated", "article_corrected", "citation_removed",
    "article_withdrawn",
)  # fmt: skip


class CitationReview(Base):
    """One for each article and event, whether it cites the work itself or through others.

    `event_id` is what it all began with, and `work_id` what the article cites: the work to which it
    happened, or one of our own articles that rests on it.
    """

    __tablename__ = "citation_reviews"
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (closed_at IS NULL)", name="closed_with_outcome"),
        CheckConstraint(
            "(outcome IS NOT DISTINCT FROM 'article_corrected') = (correction_id IS NOT NULL)",
            name="corrected_by",
        ),
        Index("uq_citation_reviews_once", "article_id", "event_id", unique=True),
        Index("ix_citation_reviews_opened", "opened_at", "id"),
        Index(
            "ix_citation_reviews_open",
            "opened_at",
            "id",
            postgresql_where=text("closed_at IS NULL"),
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.internal)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("desk.articles.id", ondelete="CASCADE"))
    event_id: Mapped[UUID] = mapped_column(ForeignKey("desk.work_events.id"), index=True)
    work_id: Mapped[UUID] = mapped_column(ForeignKey("desk.works.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    outcome: Mapped[str | None] = mapped_column(Name)
    note: Mapped[str | None]
    correction_id: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    edit: Mapped[int] = mapped_column(default=1)
