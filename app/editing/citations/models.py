"""Citations of every article's newest revision, in rows.

The revision's content is the truth, and these repeat it, as `desk.articles` repeats the headline:
so that the database holds the rules, works in use cannot be deleted, and the desk can ask which
articles cite what. The checks are those of `values`, for whoever writes past them.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name
from app.published.citation_words import (
    ATTRIBUTION_LEVELS,
    CHANNELS,
    CITATION_TYPES,
    RELATIONS,
    SPEAKERLESS_CHANNELS,
    STATEMENT_FORMS,
)


class CitationRow(Base):
    __tablename__ = "citations"
    __table_args__ = (
        CheckConstraint(f"type IN {CITATION_TYPES}", name="type"),
        CheckConstraint("visibility IN ('public', 'internal')", name="visibility"),
        CheckConstraint("work_id IS NOT NULL OR has_statement", name="has_source"),
        CheckConstraint("via_id <> id", name="not_via_itself"),
        Index("uq_citations_ordinal", "article_id", "ordinal", unique=True),
        Index("ix_citations_work", "work_id", "article_id"),
        ForeignKeyConstraint(
            ["article_id", "via_id"],
            ["desk.citations.article_id", "desk.citations.id"],
            name="fk_citations_via",
            deferrable=True,
            initially="DEFERRED",
        ),
        {"schema": "desk"},
    )

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.articles.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, unique=True)
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    type: Mapped[str] = mapped_column(Name)
    work_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.works.id"))
    has_statement: Mapped[bool]
    via_id: Mapped[UUID | None]
    visibility: Mapped[str] = mapped_column(Name)


class StatementRow(Base):
    __tablename__ = "statements"
    __table_args__ = (
        CheckConstraint(f"form IN {STATEMENT_FORMS}", name="form"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint(f"attribution_level IN {ATTRIBUTION_LEVELS}", name="attribution_level"),
        CheckConstraint(
            "(speaker_id IS NOT NULL)::int + (descriptor IS NOT NULL)::int <= 1"
            " AND (speaker_id IS NOT NULL OR descriptor IS NOT NULL"
            f" OR channel IN {SPEAKERLESS_CHANNELS})",
            name="one_origin",
        ),
        CheckConstraint(
            "attribution_level <> 'deep_background' OR form NOT IN ('direct', 'partial_direct')",
            name="deep_background",
        ),
        CheckConstraint(
            "(speaker_id IS NULL OR attribution_level = 'on_the_record')"
            " AND (descriptor IS NULL OR attribution_level <> 'on_the_record')",
            name="by_name_on_the_record",
        ),
        Index("ix_statements_speaker", "speaker_id", "citation_id"),
        {"schema": "desk"},
    )

    citation_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.citations.id", ondelete="CASCADE"), primary_key=True
    )
    form: Mapped[str] = mapped_column(Name)
    text: Mapped[str]
    speaker_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.speakers.id"))
    descriptor: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    channel: Mapped[str] = mapped_column(Name)
    attribution_level: Mapped[str] = mapped_column(Name)


class HopRow(Base):
    __tablename__ = "citation_hops"
    __table_args__ = (
        CheckConstraint("depth BETWEEN 0 AND 5", name="depth"),
        CheckConstraint(f"relation IN {RELATIONS}", name="relation"),
        CheckConstraint(
            "num_nonnulls(publication_id, work_id, speaker_id, descriptor) = 1", name="one_party"
        ),
        Index("ix_citation_hops_work", "work_id", postgresql_where=text("work_id IS NOT NULL")),
        Index(
            "ix_citation_hops_publication",
            "publication_id",
            postgresql_where=text("publication_id IS NOT NULL"),
        ),
        {"schema": "desk"},
    )

    citation_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.citations.id", ondelete="CASCADE"), primary_key=True
    )
    depth: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    relation: Mapped[str] = mapped_column(Name)
    publication_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.publications.id"))
    work_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.works.id"))
    speaker_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.speakers.id"), index=True)
    descriptor: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class AnchorRow(Base):
    __tablename__ = "anchors"
    __table_args__ = (
        CheckConstraint(
            "target IN ('body', 'headline', 'standfirst', 'caption', 'media')", name="target"
        ),
        CheckConstraint("state IN ('anchored', 'needs_review', 'orphaned')", name="state"),
        CheckConstraint('"end" >= start', name="order"),
        {"schema": "desk"},
    )

    citation_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.citations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    target: Mapped[str] = mapped_column(Name)
    block_id: Mapped[str | None] = mapped_column(Name)
    start: Mapped[int | None]
    end: Mapped[int | None]
    state: Mapped[str] = mapped_column(Name)
