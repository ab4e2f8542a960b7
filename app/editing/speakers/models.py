"""Speakers: people, organisations and groups who are quoted by name. Never unnamed sources."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name
from app.published.citation_words import SPEAKER_KINDS


class Speaker(Base):
    """`merged_into_id` is set on one that turned out to be another: it only leads there."""

    __tablename__ = "speakers"
    __table_args__ = (
        CheckConstraint(f"kind IN {SPEAKER_KINDS}", name="kind"),
        CheckConstraint("merged_into_id <> id", name="not_itself"),
        CheckConstraint("char_length(short_name) <= 24", name="short_name"),
        CheckConstraint("(note_internal IS NULL) = (noted_at IS NULL)", name="noted"),
        Index("ix_speakers_name", text("lower(name)")),
        Index("ix_speakers_sort_key", "sort_key", "id"),
        Index("ix_speakers_noted", "noted_at", postgresql_where=text("noted_at IS NOT NULL")),
        Index(
            "ix_speakers_roles",
            "roles",
            postgresql_using="gin",
            postgresql_ops={"roles": "jsonb_path_ops"},
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    kind: Mapped[str] = mapped_column(Name)
    name: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(default=dict)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    short_name: Mapped[str | None]
    sort_key: Mapped[str] = mapped_column(Name)
    csl_name: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    wikidata_id: Mapped[str | None] = mapped_column(Name)
    url: Mapped[str | None]
    roles: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    note_internal: Mapped[str | None]
    noted_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.speakers.id"), index=True)
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
