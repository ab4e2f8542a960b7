"""Series: programmes, and their seasons. An episode is an article that names its series."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Series(Base):
    """Readers have it while it is `public`."""

    __tablename__ = "series"
    __table_args__ = (
        Index("ix_series_artwork_id", "artwork_id"),
        Index(
            "ix_series_external_ids",
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
    position: Mapped[int] = mapped_column(default=0)
    artwork_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.assets.id"))
    language: Mapped[str | None] = mapped_column(Name)
    genres: Mapped[list[str]] = mapped_column(default=list)
    external_ids: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class Season(Base):
    """What is told of one season. Episodes may be of seasons of which nothing is told."""

    __tablename__ = "seasons"
    __table_args__ = (Index("ix_seasons_artwork_id", "artwork_id"), {"schema": "desk"})

    series_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.series.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str | None]
    description: Mapped[str | None]
    artwork_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.assets.id"))
