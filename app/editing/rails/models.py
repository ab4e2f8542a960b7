"""Rails: the rows of the TV home of an edition or a section, as the desk arranged them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base


class TvHome(Base):
    """The rails of an edition, or of a section of it. Where there is no row they are the usual
    ones."""

    __tablename__ = "tv_homes"
    __table_args__ = (
        UniqueConstraint("edition_id", "section_id", postgresql_nulls_not_distinct=True),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("desk.editions.id", ondelete="CASCADE"))
    section_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("desk.sections.id", ondelete="CASCADE"), index=True
    )
    rails: Mapped[list[dict[str, Any]]]
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
