"""Hand-curated, ordered lists of articles."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Collection(Base):
    __tablename__ = "collections"
    __table_args__ = ({"schema": "desk"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("desk.editions.id"), index=True)
    slug: Mapped[str] = mapped_column(Name, unique=True)
    title: Mapped[str]
    description: Mapped[str | None]
    extras: Mapped[dict[str, Any]] = mapped_column(default=dict)
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class CollectionItem(Base):
    """An article in a collection, live or not yet. Positions are 0, 1, 2…"""

    __tablename__ = "collection_items"
    __table_args__ = ({"schema": "desk"},)

    collection_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.collections.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.articles.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
