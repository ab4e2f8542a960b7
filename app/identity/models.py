"""API keys as stored: never the key itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Key(Base):
    __tablename__ = "keys"
    __table_args__ = ({"schema": "desk"},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.internal)
    name: Mapped[str]
    prefix: Mapped[str] = mapped_column(Name, unique=True)
    digest: Mapped[bytes]
    scopes: Mapped[list[str]]
    section_ids: Mapped[list[UUID] | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    created_by: Mapped[str]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
