"""Assets: what is known of a media item. Its bytes are in the storage, under its SHA-256."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name
from app.editing.assets.words import AVAILABILITIES, KINDS, STATES


class Asset(Base):
    """`sha256` is that of the original as it is stored; without it the media is elsewhere
    (`remote_url`, or the sources in `playback`), or not here yet (`waiting`).

    `expired_at` is set once the rights have expired and readers do not get it any more.
    `availability` is what players are told of a film; `turns_at`, when that becomes another.
    """

    __tablename__ = "assets"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        CheckConstraint("focal_x BETWEEN 0 AND 100 AND focal_y BETWEEN 0 AND 100", name="focus"),
        CheckConstraint("poster_id <> id", name="not_itself"),
        CheckConstraint(f"availability IN {AVAILABILITIES}", name="availability"),
        Index("ix_assets_newest", "created_at", "id"),
        Index("ix_assets_sha256", "sha256"),
        Index("ix_assets_poster_id", "poster_id"),
        Index("ix_assets_agency_id", "agency_id"),
        Index(
            "ix_assets_expires_at",
            "expires_at",
            postgresql_where=text("expires_at IS NOT NULL AND expired_at IS NULL"),
        ),
        Index("ix_assets_turns_at", "turns_at", postgresql_where=text("turns_at IS NOT NULL")),
        Index(
            "ix_assets_sources",
            "playback",
            postgresql_using="gin",
            postgresql_ops={"playback": "jsonb_path_ops"},
        ),
        Index(
            "ix_assets_external_ids",
            "external_ids",
            postgresql_using="gin",
            postgresql_ops={"external_ids": "jsonb_path_ops"},
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    kind: Mapped[str] = mapped_column(Name)
    state: Mapped[str] = mapped_column(Name)
    failure: Mapped[str | None]
    file_name: Mapped[str | None]
    media_type: Mapped[str | None] = mapped_column(Name)
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(Name)
    remote_url: Mapped[str | None]
    imported_from: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_ms: Mapped[int | None]
    perceptual_hash: Mapped[int | None]
    dominant_colour: Mapped[str | None] = mapped_column(Name)
    placeholder: Mapped[str | None]
    title: Mapped[str | None]
    alt: Mapped[str | None]
    decorative: Mapped[bool] = mapped_column(default=False)
    caption: Mapped[str | None]
    credit: Mapped[str | None]
    creator: Mapped[str | None]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.publications.id"))
    captured_at: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(Name)
    digital_source_type: Mapped[str | None] = mapped_column(Name)
    rights: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]
    focal_x: Mapped[int] = mapped_column(SmallInteger, default=50)
    focal_y: Mapped[int] = mapped_column(SmallInteger, default=50)
    flags: Mapped[dict[str, Any]] = mapped_column(default=dict)
    embedded: Mapped[dict[str, Any]] = mapped_column(default=dict)
    poster_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.assets.id"))
    playback: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    availability: Mapped[str] = mapped_column(Name, default="now", server_default="now")
    turns_at: Mapped[datetime | None]
    external_ids: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note_internal: Mapped[str | None]
    edit: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    created_by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())

    @property
    def is_public(self) -> bool:
        """Whether readers may get it, if something that is public uses it."""
        return self.state == "ready" and self.expired_at is None


class Upload(Base):
    """A file that comes in pieces (tus). Its bytes lie on the disk of one machine until it is
    whole: then `asset_id` says what became of it, or `failure` why nothing did."""

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("asset_id IS NULL OR failure IS NULL", name="outcome"),
        Index("ix_uploads_created_at", "created_at"),
        Index("ix_uploads_key_id", "key_id"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    key_id: Mapped[UUID]
    length: Mapped[int]
    metadata_: Mapped[dict[str, str]] = mapped_column("metadata", default=dict)
    asset_id: Mapped[UUID | None]
    failure: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
