"""Saved feeds: lists that editors defined by a query, and the issues of those that are digests."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Feed(Base):
    """`since` is the moment from which on it shows articles. `issued_at` is when a digest was sent
    last.

    Which articles match is brought up to date by a job, of which `looked_at` tells how far it is:
    it is done once `filled_edit` is `query_edit`, the number of changes of the query.

    `document` is what the public form says, also where only partners have it.
    """

    __tablename__ = "feeds"
    __table_args__ = ({"schema": "desk"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("desk.editions.id"), index=True)
    slug: Mapped[str] = mapped_column(Name, unique=True)
    title: Mapped[str]
    description: Mapped[str | None]
    image_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.assets.id"), index=True)
    query: Mapped[dict[str, Any]]
    window_hours: Mapped[int | None]
    size: Mapped[int]
    full_text: Mapped[bool]
    public: Mapped[bool]
    digest: Mapped[bool]
    feed_id: Mapped[str | None] = mapped_column(Name)
    since: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    query_edit: Mapped[int] = mapped_column(default=1)
    filled_edit: Mapped[int] = mapped_column(default=0)
    looked_at: Mapped[int] = mapped_column(default=0)
    document: Mapped[bytes | None]
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class FeedIssue(Base):
    """One issue of a digest: what came between `since` and `at`."""

    __tablename__ = "feed_issues"
    __table_args__ = ({"schema": "desk"},)

    feed_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.feeds.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime | None]
    at: Mapped[datetime]
    articles: Mapped[int]
