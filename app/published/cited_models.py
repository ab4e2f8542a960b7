"""The tables of what articles cite: public citations as rows of bytes, their lists, exports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name
from app.published.models import SCHEMA


class Citation(Base):
    """A public citation of a live article, as bytes; or why it is no longer there.

    `card` is its row in lists of what cites something. The columns from `type` on are what such
    lists and the statistics can be narrowed to.
    """

    __tablename__ = "citations"
    __table_args__ = (
        Index("ix_citations_article", "article_id", "ordinal"),
        CheckConstraint("status IN (200, 410, 451)", name="status"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    article_id: Mapped[UUID]
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    status: Mapped[int] = mapped_column(SmallInteger, default=200)
    seq: Mapped[int]
    etag: Mapped[str] = mapped_column(Name)
    modified_at: Mapped[datetime]
    card: Mapped[bytes | None]
    full: Mapped[bytes | None]
    type: Mapped[str | None] = mapped_column(Name)
    channel: Mapped[str | None] = mapped_column(Name)
    level: Mapped[str | None] = mapped_column(Name)
    affiliation: Mapped[str | None] = mapped_column(Name)
    publication_id: Mapped[UUID | None]
    published_at: Mapped[datetime]


class CitationListing(Base):
    """One citation in one list: of all, of a work, a publication or a speaker."""

    __tablename__ = "citation_listings"
    __table_args__ = (
        Index("ix_citation_listings_newest", "key", "published_at", "citation_id"),
        Index("ix_citation_listings_type", "key", "type", "published_at", "citation_id"),
        Index("ix_citation_listings_level", "key", "level", "published_at", "citation_id"),
        Index("ix_citation_listings_channel", "key", "channel", "published_at", "citation_id"),
        {"schema": SCHEMA},
    )

    citation_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    article_id: Mapped[UUID] = mapped_column(index=True)
    published_at: Mapped[datetime]
    type: Mapped[str] = mapped_column(Name)
    level: Mapped[str | None] = mapped_column(Name)
    channel: Mapped[str | None] = mapped_column(Name)


class Export(Base):
    """An article's citations in one of the world's formats, made with the document."""

    __tablename__ = "exports"
    __table_args__ = ({"schema": SCHEMA},)

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Name, primary_key=True)
    media_type: Mapped[str] = mapped_column(Name)
    etag: Mapped[str] = mapped_column(Name)
    body: Mapped[bytes]
