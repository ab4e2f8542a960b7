"""The tables of the schema `published`: all that the public side can see.

No row here refers to a row of the desk by foreign key: the public side can live on a replica, or
in a dump of this schema alone.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name

SCHEMA = "published"
EVERYTHING = UUID(int=0)
"""The listing of all articles of all editions, and of all their citations."""

PUBLICATIONS = UUID(int=1)
"""The list of all publications that articles cite: their documents, by `sort_key`."""

STREAMS = UUID(int=2)
"""The list of all streams: their documents, by `sort_key`."""

SERIES = UUID(int=3)
"""The list of all series: their documents, by `sort_key`."""

FEEDS = UUID(int=4)
"""The list of all that there are feeds of."""


class Document(Base):
    """What the public gets at an id, as bytes, in every view; or why it is no longer there.

    `sort_key` is set on those of which there is a list by name.

    `full` and `app` are what anyone may have. Where access is restricted they are cut, and
    `whole_full` and `whole_app` hold the uncut forms for keys with the scope `content:full`.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index(
            "uq_documents_slug",
            "kind",
            "slug",
            unique=True,
            postgresql_where=text("slug IS NOT NULL AND status = 200"),
        ),
        Index(
            "ix_documents_by_name",
            "kind",
            "sort_key",
            "id",
            postgresql_where=text("sort_key IS NOT NULL AND status = 200"),
        ),
        Index(
            "ix_documents_by_edition",
            "kind",
            "edition",
            "sort_key",
            "id",
            postgresql_where=text("sort_key IS NOT NULL AND edition IS NOT NULL AND status = 200"),
        ),
        Index(
            "ix_documents_on_air",
            "edition",
            "sort_key",
            "id",
            postgresql_where=text(
                "kind = 'stream' AND status = 200 AND meta @> '{\"on_air\": true}'"
            ),
        ),
        CheckConstraint("status IN (200, 410, 451)", name="status"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Name)
    status: Mapped[int] = mapped_column(SmallInteger, default=200)
    edition: Mapped[str | None] = mapped_column(Name)
    slug: Mapped[str | None] = mapped_column(Name)
    sort_key: Mapped[str | None] = mapped_column(Name)
    path: Mapped[str | None] = mapped_column(Name)
    version: Mapped[int]
    seq: Mapped[int] = mapped_column(index=True)
    etag: Mapped[str] = mapped_column(Name)
    modified_at: Mapped[datetime]
    tags: Mapped[list[str]]
    meta: Mapped[dict[str, Any]] = mapped_column(default=dict)
    card: Mapped[bytes | None]
    full: Mapped[bytes | None]
    app: Mapped[bytes | None]
    whole_full: Mapped[bytes | None]
    whole_app: Mapped[bytes | None]


class Version(Base):
    """One publish of an article, as it was that day. The bytes never change."""

    __tablename__ = "versions"
    __table_args__ = ({"schema": SCHEMA},)

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    etag: Mapped[str] = mapped_column(Name)
    published_at: Mapped[datetime]
    minor: Mapped[bool]
    headline: Mapped[str]
    corrections: Mapped[list[dict[str, Any]]]
    full: Mapped[bytes]
    app: Mapped[bytes]
    withheld_at: Mapped[datetime | None]
    withheld_status: Mapped[int | None] = mapped_column(SmallInteger)


class Path(Base):
    """Who lives, or lived, at a path. Redirects name a document, so they cannot chain or loop.

    Paths are stored decoded and in Unicode's NFC form, and written percent-encoded.
    """

    __tablename__ = "paths"
    __table_args__ = (
        Index("ix_paths_folded", text("lower(path)")),
        CheckConstraint("(document_id IS NULL) <> (to_url IS NULL)", name="one_target"),
        {"schema": SCHEMA},
    )

    path: Mapped[str] = mapped_column(Name, primary_key=True)
    document_id: Mapped[UUID | None] = mapped_column(index=True)
    redirect: Mapped[bool] = mapped_column(default=False)
    to_url: Mapped[str | None]


class Listing(Base):
    """One article in one list: of a section (or one above it), a topic, a person, an edition, a
    series.

    `episode` is its place in its series, in the list of the series alone.
    """

    __tablename__ = "listings"
    __table_args__ = (
        Index("ix_listings_newest", "key", "published_at", "article_id"),
        Index("ix_listings_updated", "key", "updated_at", "article_id"),
        Index("ix_listings_genre", "key", "genre", "published_at", "article_id"),
        Index("ix_listings_format", "key", "format", "published_at", "article_id"),
        Index("ix_listings_language", "key", "language", "published_at", "article_id"),
        Index(
            "ix_listings_video",
            "key",
            "published_at",
            "article_id",
            postgresql_where=text("has_video"),
        ),
        Index(
            "ix_listings_episode",
            "key",
            "episode",
            "article_id",
            postgresql_where=text("episode IS NOT NULL"),
        ),
        {"schema": SCHEMA},
    )

    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    published_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    edition: Mapped[str] = mapped_column(Name)
    language: Mapped[str] = mapped_column(Name)
    format: Mapped[str] = mapped_column(Name)
    genre: Mapped[str] = mapped_column(Name)
    has_video: Mapped[bool]
    episode: Mapped[int | None]


class Departed(Base):
    """An article that was taken away, in a list where it stood last: feeds tell of it."""

    __tablename__ = "departed"
    __table_args__ = (
        Index("ix_departed_latest", "key", "at", "article_id"),
        {"schema": SCHEMA},
    )

    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class CollectionItem(Base):
    """A live article in a hand-curated list."""

    __tablename__ = "collection_items"
    __table_args__ = ({"schema": SCHEMA},)

    collection_id: Mapped[UUID] = mapped_column(primary_key=True)
    article_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]


class Stamp(Base):
    """The number of the last change that touched a list: where its ETag comes from."""

    __tablename__ = "stamps"
    __table_args__ = ({"schema": SCHEMA},)

    key: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    at: Mapped[datetime]


class ExternalId(Base):
    """The ids of documents in other systems; also of those that were taken away."""

    __tablename__ = "external_ids"
    __table_args__ = ({"schema": SCHEMA},)

    system: Mapped[str] = mapped_column(Name, primary_key=True)
    external_id: Mapped[str] = mapped_column(Name, primary_key=True)
    document_id: Mapped[UUID] = mapped_column(index=True)


class Change(Base):
    """One entry of the ordered public log.

    Whoever has read up to n never later finds a new entry below n.
    """

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_document_id", "document_id", "seq"),
        CheckConstraint("kind IN ('upsert', 'refresh', 'remove')", name="kind"),
        {"schema": SCHEMA},
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Name)
    document_id: Mapped[UUID]
    document_kind: Mapped[str] = mapped_column(Name)
    version: Mapped[int]
    quiet: Mapped[bool] = mapped_column(default=False)
    tags: Mapped[list[str]]
    at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class Head(Base):
    """One row: the number of the last change."""

    __tablename__ = "head"
    __table_args__ = (CheckConstraint("one", name="one_row"), {"schema": SCHEMA})

    one: Mapped[bool] = mapped_column(primary_key=True, default=True)
    seq: Mapped[int]
    at: Mapped[datetime]


class ReaderKey(Base):
    """A key that may read uncut documents: the public side cannot see the desk's own keys."""

    __tablename__ = "reader_keys"
    __table_args__ = ({"schema": SCHEMA},)

    prefix: Mapped[str] = mapped_column(Name, primary_key=True)
    digest: Mapped[bytes]
    expires_at: Mapped[datetime | None]
