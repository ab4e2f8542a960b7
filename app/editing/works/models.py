"""Works: what can be cited, and what has happened to it since."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name
from app.published.citation_words import (
    EVENT_KINDS,
    LINK_VERDICTS,
    SEVERITIES,
    WORK_ACCESS,
    WORK_KINDS,
    WORK_STATUSES,
)

VISIBILITIES = ("public", "internal")
DETECTIONS = ("manual", "json_ld", "feed", "crossref", "drift_check", "chain")


class Work(Base):
    """An article of a newspaper, a report, a broadcast, a ruling, a dataset, …

    `url_key` is the address in the form in which two spellings of it are equal. An internal work
    cannot be cited in public, and is never asked for at its address. `article_id` is set where it
    is one of our own articles.
    """

    __tablename__ = "works"
    __table_args__ = (
        CheckConstraint(f"kind IN {WORK_KINDS}", name="kind"),
        CheckConstraint(f"status IN {WORK_STATUSES}", name="status"),
        CheckConstraint(f"access IN {WORK_ACCESS}", name="access"),
        CheckConstraint(f"visibility IN {VISIBILITIES}", name="visibility"),
        CheckConstraint("merged_into_id <> id AND superseded_by_id <> id", name="not_itself"),
        CheckConstraint("(url IS NULL) = (url_key IS NULL)", name="url_has_key"),
        CheckConstraint("(kind = 'own_article') = (article_id IS NOT NULL)", name="own_article"),
        Index(
            "uq_works_url_key",
            "url_key",
            unique=True,
            postgresql_where=text("visibility = 'public' AND merged_into_id IS NULL"),
        ),
        Index("ix_works_url_key", "url_key", postgresql_where=text("merged_into_id IS NULL")),
        Index(
            "uq_works_article_id",
            "article_id",
            unique=True,
            postgresql_where=text("merged_into_id IS NULL"),
        ),
        CheckConstraint("(note_internal IS NULL) = (noted_at IS NULL)", name="noted"),
        Index("ix_works_title", text("lower(left(title, 200))")),
        Index(
            "ix_works_search", text("to_tsvector('simple', search_text)"), postgresql_using="gin"
        ),
        Index(
            "ix_works_link_checked",
            "link_checked_at",
            "id",
            postgresql_where=text("link_checked_at IS NOT NULL"),
        ),
        Index("ix_works_noted", "noted_at", postgresql_where=text("noted_at IS NOT NULL")),
        Index("ix_works_issued", "issued_from"),
        Index("ix_works_changed", "changed_at", "id"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    kind: Mapped[str] = mapped_column(Name)
    csl_type: Mapped[str] = mapped_column(Name)
    title: Mapped[str | None]
    title_original: Mapped[str | None]
    search_text: Mapped[str]
    publication_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("desk.publications.id"), index=True
    )
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.publications.id"), index=True)
    via_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.publications.id"), index=True)
    authors: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    contributors: Mapped[dict[str, Any]] = mapped_column(default=dict)
    issued: Mapped[str | None] = mapped_column(Name)
    issued_from: Mapped[date | None]
    issued_to: Mapped[date | None]
    accessed_on: Mapped[date | None]
    url: Mapped[str | None]
    url_key: Mapped[str | None] = mapped_column(Name)
    number: Mapped[str | None]
    volume: Mapped[str | None]
    section: Mapped[str | None]
    page: Mapped[str | None]
    edition: Mapped[str | None]
    place: Mapped[str | None]
    event_title: Mapped[str | None]
    medium: Mapped[str | None]
    genre: Mapped[str | None]
    duration: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(Name)
    csl_extra: Mapped[dict[str, Any]] = mapped_column(default=dict)
    access: Mapped[str] = mapped_column(Name, default="unknown")
    status: Mapped[str] = mapped_column(Name, default="current")
    superseded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.works.id"), index=True)
    archive_url: Mapped[str | None]
    archived_on: Mapped[date | None]
    link_verdict: Mapped[str | None] = mapped_column(Name)
    link_broken: Mapped[bool] = mapped_column(default=False)
    link_checked_at: Mapped[datetime | None]
    link_next_check_at: Mapped[datetime | None] = mapped_column(index=True)
    fingerprint: Mapped[str | None] = mapped_column(Name)
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.articles.id"))
    visibility: Mapped[str] = mapped_column(Name, default="public")
    note_internal: Mapped[str | None]
    noted_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.works.id"), index=True)
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class WorkIdentifier(Base):
    """The name of a work in a scheme: one work's only."""

    __tablename__ = "work_identifiers"
    __table_args__ = ({"schema": "desk"},)

    scheme: Mapped[str] = mapped_column(Name, primary_key=True)
    value: Mapped[str] = mapped_column(Name, primary_key=True)
    work_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.works.id", ondelete="CASCADE"), index=True
    )


class WorkEvent(Base):
    """What happened to a work after it was issued. Rows are only added.

    `origin_id` is set on what one of our own articles inherits from a work that it cites: the
    event that it all began with, which reaches each work once.
    """

    __tablename__ = "work_events"
    __table_args__ = (
        CheckConstraint(f"kind IN {EVENT_KINDS}", name="kind"),
        CheckConstraint(f"severity IN {SEVERITIES}", name="severity"),
        CheckConstraint(f"detected_by IN {DETECTIONS}", name="detected_by"),
        CheckConstraint("(detected_by = 'chain') = (origin_id IS NOT NULL)", name="inherited"),
        Index(
            "uq_work_events_inherited_once",
            "work_id",
            "origin_id",
            unique=True,
            postgresql_where=text("origin_id IS NOT NULL"),
        ),
        Index("ix_work_events_work", "work_id", "detected_at"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.internal)
    work_id: Mapped[UUID] = mapped_column(ForeignKey("desk.works.id"))
    kind: Mapped[str] = mapped_column(Name)
    severity: Mapped[str] = mapped_column(Name)
    summary: Mapped[str]
    notice_url: Mapped[str | None]
    occurred_on: Mapped[str | None] = mapped_column(Name)
    detected_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    detected_by: Mapped[str] = mapped_column(Name, default="manual")
    recorded_by: Mapped[str]
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.work_events.id"), index=True)


class LinkCheck(Base):
    """One look at the address of a work."""

    __tablename__ = "link_checks"
    __table_args__ = (
        CheckConstraint(f"verdict IN {LINK_VERDICTS}", name="verdict"),
        Index("ix_link_checks_work", "work_id", "checked_at"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.internal)
    work_id: Mapped[UUID] = mapped_column(ForeignKey("desk.works.id", ondelete="CASCADE"))
    checked_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    verdict: Mapped[str] = mapped_column(Name)
    http_status: Mapped[int | None] = mapped_column(SmallInteger)
    final_url: Mapped[str | None]
    redirects: Mapped[int] = mapped_column(SmallInteger, default=0)
    milliseconds: Mapped[int | None]
    similarity: Mapped[float | None]
    failures: Mapped[int] = mapped_column(SmallInteger, default=0)
