"""Publications: outlets, agencies and institutions that issue works."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name
from app.published.citation_words import PUBLICATION_KINDS


class Publication(Base):
    """`merged_into_id` is set on one that turned out to be another: it only leads there."""

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint(f"kind IN {PUBLICATION_KINDS}", name="kind"),
        CheckConstraint("merged_into_id <> id AND parent_id <> id", name="not_itself"),
        CheckConstraint("char_length(short_name) <= 24", name="short_name"),
        CheckConstraint("(note_internal IS NULL) = (noted_at IS NULL)", name="noted"),
        Index("ix_publications_name", text("lower(name)")),
        Index("ix_publications_sort_key", "sort_key", "id"),
        Index("ix_publications_noted", "noted_at", postgresql_where=text("noted_at IS NOT NULL")),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(Name)
    short_name: Mapped[str | None]
    kind: Mapped[str] = mapped_column(Name)
    homepage_url: Mapped[str | None]
    issn: Mapped[list[str]] = mapped_column(default=list)
    wikidata_id: Mapped[str | None] = mapped_column(Name)
    country: Mapped[str | None] = mapped_column(Name)
    language: Mapped[str | None] = mapped_column(Name)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.publications.id"), index=True)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    disclosures: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    attribution: Mapped[dict[str, str]] = mapped_column(default=dict)
    note_internal: Mapped[str | None]
    noted_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("desk.publications.id"), index=True
    )
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class PublicationDomain(Base):
    """A host at which a publication publishes: one publication's only."""

    __tablename__ = "publication_domains"
    __table_args__ = (UniqueConstraint("publication_id", "host"), {"schema": "desk"})

    host: Mapped[str] = mapped_column(Name, primary_key=True)
    publication_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.publications.id", ondelete="CASCADE")
    )
