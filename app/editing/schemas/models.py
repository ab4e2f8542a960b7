"""The operator's JSON Schemas for the outlet's own fields (`extras`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name


class ExtrasSchema(Base):
    """One JSON Schema (2020-12) for each kind of thing that can carry extras."""

    __tablename__ = "extras_schemas"
    __table_args__ = ({"schema": "desk"},)

    kind: Mapped[str] = mapped_column(Name, primary_key=True)
    document: Mapped[dict[str, Any]]
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
