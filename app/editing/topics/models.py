"""Topics: what articles are about."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name

KINDS = ("person", "place", "organisation", "event", "subject")


class Topic(Base):
    __tablename__ = "topics"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        Index(
            "ix_topics_external_ids",
            "external_ids",
            postgresql_using="gin",
            postgresql_ops={"external_ids": "jsonb_path_ops"},
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    slug: Mapped[str] = mapped_column(Name, unique=True)
    name: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(Name, default="subject")
    description: Mapped[dict[str, str]] = mapped_column(default=dict)
    same_as: Mapped[list[str]] = mapped_column(default=list)
    external_ids: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note_internal: Mapped[str | None]
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
