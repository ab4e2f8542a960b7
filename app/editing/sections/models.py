"""Sections: a tree for each edition."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Section(Base):
    """`path` is the whole path inside the edition, `world/neighbours`, without prefix.

    A hidden section has no public document, and nothing can be published in it.
    """

    __tablename__ = "sections"
    __table_args__ = (
        UniqueConstraint("edition_id", "path"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        Index(
            "ix_sections_external_ids",
            "external_ids",
            postgresql_using="gin",
            postgresql_ops={"external_ids": "jsonb_path_ops"},
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("desk.editions.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.sections.id"), index=True)
    slug: Mapped[str] = mapped_column(Name)
    path: Mapped[str] = mapped_column(Name)
    name: Mapped[str]
    description: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False)
    external_ids: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
