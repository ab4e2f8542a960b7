"""Captions: one text track of a video asset for each language and kind."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name
from app.editing.assets.words import CAPTION_KINDS


class Caption(Base):
    """`text` is WebVTT as `app.captions` writes it; `origin` is what it was sent as."""

    __tablename__ = "captions"
    __table_args__ = (
        CheckConstraint(f"kind IN {CAPTION_KINDS}", name="kind"),
        CheckConstraint("origin IN ('webvtt', 'srt')", name="origin"),
        {"schema": "desk"},
    )

    asset_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.assets.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(Name, primary_key=True)
    kind: Mapped[str] = mapped_column(Name, primary_key=True)
    label: Mapped[str]
    text: Mapped[str]
    origin: Mapped[str] = mapped_column(Name)
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
