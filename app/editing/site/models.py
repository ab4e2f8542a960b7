"""The site and its editions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Site(Base):
    """One row, made at start-up."""

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("one", name="one_row"),
        CheckConstraint("history IN ('none', 'corrections', 'all')", name="history"),
        {"schema": "desk"},
    )

    one: Mapped[bool] = mapped_column(primary_key=True, default=True)
    id: Mapped[UUID] = mapped_column(default=ids.public, unique=True)
    name: Mapped[str]
    tagline: Mapped[str | None]
    publisher: Mapped[dict[str, Any]]
    policies: Mapped[dict[str, str]]
    history: Mapped[str] = mapped_column(Name, default="corrections")
    addresses: Mapped[list[dict[str, Any]]]
    hubs: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    index_now: Mapped[dict[str, Any] | None]
    search_url: Mapped[str | None]
    robots: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    trust: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class Edition(Base):
    """A language or regional edition. `path_prefix` is "" or begins with a slash."""

    __tablename__ = "editions"
    __table_args__ = (
        Index(
            "uq_editions_default", "is_default", unique=True, postgresql_where=text("is_default")
        ),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.public)
    code: Mapped[str] = mapped_column(Name, unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(Name)
    direction: Mapped[str] = mapped_column(Name)
    time_zone: Mapped[str] = mapped_column(Name)
    path_prefix: Mapped[str] = mapped_column(Name, unique=True)
    base_url: Mapped[str | None]
    path_pattern: Mapped[str] = mapped_column(Name)
    is_default: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    edit: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
