"""People with a byline or a credit. They are not accounts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Person(Base):
    __tablename__ = "people"
    __table_args__ = (
        Index(
            "ix_people_external_ids",
            "external_ids",
            postgresql_using="gin",
            postgresql_ops={"external_ids": "jsonb_path_ops"},
        ),
        Index(
            "ix_people_picture",
            text("(image ->> 'asset_id')"),
            postgresql_where=text("image ->> 'asset_id' IS NOT NULL"),
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    slug: Mapped[str] = mapped_column(Name, unique=True)
    name: Mapped[str]
    names: Mapped[dict[str, str]] = mapped_column(default=dict)
    role: Mapped[str | None]
    bio: Mapped[dict[str, str]] = mapped_column(default=dict)
    image: Mapped[dict[str, Any] | None]
    links: Mapped[list[str]] = mapped_column(default=list)
    external_ids: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note_internal: Mapped[str | None]
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
