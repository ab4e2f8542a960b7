"""Articles: the identity of a story, and every state its content has had."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Article(Base):
    """The row that is locked and moved. What the story says is in its revisions.

    The columns from `headline` to `search_text` repeat the newest revision, so that the desk's
    lists can filter by them.
    """

    __tablename__ = "articles"
    __table_args__ = (
        CheckConstraint("stage IN ('draft', 'review', 'ready')", name="stage"),
        CheckConstraint("live_version IS NULL OR path IS NOT NULL", name="live_has_path"),
        Index("ix_articles_changed", "changed_at", "id"),
        Index("ix_articles_edition_changed", "edition_id", "changed_at", "id"),
        Index("ix_articles_section_ids", "section_ids", postgresql_using="gin"),
        Index("ix_articles_person_ids", "person_ids", postgresql_using="gin"),
        Index("ix_articles_topic_ids", "topic_ids", postgresql_using="gin"),
        Index("ix_articles_asset_ids", "asset_ids", postgresql_using="gin"),
        Index(
            "ix_articles_search", text("to_tsvector('simple', search_text)"), postgresql_using="gin"
        ),
        Index("ix_articles_translation", "translation_group"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("desk.editions.id"))
    stage: Mapped[str] = mapped_column(Name, default="draft")
    revision: Mapped[int]
    translation_group: Mapped[UUID | None]

    headline: Mapped[str]
    genre: Mapped[str] = mapped_column(Name)
    format: Mapped[str] = mapped_column(Name)
    section_ids: Mapped[list[UUID]]
    person_ids: Mapped[list[UUID]]
    topic_ids: Mapped[list[UUID]]
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.series.id"), index=True)
    asset_ids: Mapped[list[UUID]] = mapped_column(default=list)
    search_text: Mapped[str]

    versions: Mapped[int] = mapped_column(default=0)
    live_version: Mapped[int | None]
    live_revision: Mapped[int | None]
    path: Mapped[str | None] = mapped_column(Name)
    first_published_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_status: Mapped[int | None] = mapped_column(SmallInteger)
    withdrawn_notice: Mapped[str | None]

    edit: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    created_by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())

    @property
    def is_live(self) -> bool:
        return self.live_version is not None


class Revision(Base):
    """One immutable state of an article's content at the desk, but for notes that grew too old."""

    __tablename__ = "revisions"
    __table_args__ = (
        Index(
            "ix_revisions_noted",
            "created_at",
            postgresql_where=text(
                "content @? '$.citations[*].note_internal ? (@ != null)'::jsonpath"
            ),
        ),
        {"schema": "desk"},
    )

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.articles.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    origin: Mapped[str] = mapped_column(Name, default="desk")
    restored_from: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    created_by: Mapped[str]


class ArticleExternalId(Base):
    """The id of an article in another system. Unique over all articles, live or not."""

    __tablename__ = "article_external_ids"
    __table_args__ = ({"schema": "desk"},)

    system: Mapped[str] = mapped_column(Name, primary_key=True)
    external_id: Mapped[str] = mapped_column(Name, primary_key=True)
    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.articles.id", ondelete="CASCADE"), index=True
    )
