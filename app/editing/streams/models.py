"""Streams: live channels, and what is on them when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Stream(Base):
    """Readers have it while it is `public`; it is live now while the desk says so (`on_air`).

    `schedule_edit` counts the changes of its schedule, which is written apart from it.
    """

    __tablename__ = "streams"
    __table_args__ = (
        Index("ix_streams_artwork_id", "artwork_id"),
        Index(
            "ix_streams_external_ids",
            "external_ids",
            postgresql_using="gin",
            postgresql_ops={"external_ids": "jsonb_path_ops"},
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("desk.editions.id"), index=True)
    slug: Mapped[str] = mapped_column(Name, unique=True)
    title: Mapped[str]
    description: Mapped[str | None]
    public: Mapped[bool] = mapped_column(default=False)
    on_air: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    url: Mapped[str]
    backup_urls: Mapped[list[str]] = mapped_column(default=list)
    dvr_seconds: Mapped[int | None]
    artwork_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.assets.id"))
    language: Mapped[str | None] = mapped_column(Name)
    rating: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    advisories: Mapped[list[str]] = mapped_column(default=list)
    geo: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    drm: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    external_ids: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    edit: Mapped[int] = mapped_column(default=1)
    schedule_edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class ScheduleEntry(Base):
    """Something that is on a stream from `starts_at` to `ends_at`. No two of a stream overlap."""

    __tablename__ = "schedule_entries"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="lasts"),
        UniqueConstraint("stream_id", "starts_at"),
        Index("ix_schedule_entries_ends_at", "ends_at"),
        Index("ix_schedule_entries_series_id", "series_id"),
        Index("ix_schedule_entries_artwork_id", "artwork_id"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    stream_id: Mapped[UUID] = mapped_column(ForeignKey("desk.streams.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[str]
    subtitle: Mapped[str | None]
    description: Mapped[str | None]
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.series.id"))
    season: Mapped[int | None]
    number: Mapped[int | None]
    rating: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    artwork_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.assets.id"))
    external_id: Mapped[str | None] = mapped_column(Name)
