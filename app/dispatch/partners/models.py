"""Partners, their feeds, their keys, and what they used."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Partner(Base):
    """`formats` None: all of them. `quota_per_day` None: no limit."""

    __tablename__ = "partners"
    __table_args__ = (Index("ix_partners_by_name", "name", "id"), {"schema": "desk"})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.internal)
    name: Mapped[str] = mapped_column(Name)
    contact: Mapped[dict[str, Any]]
    plan: Mapped[str | None]
    formats: Mapped[list[str] | None]
    quota_per_day: Mapped[int | None]
    active: Mapped[bool]
    edit: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class PartnerFeed(Base):
    """A saved feed that a partner may have. One that is deleted is nobody's any more."""

    __tablename__ = "partner_feeds"
    __table_args__ = ({"schema": "desk"},)

    partner_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.partners.id", ondelete="CASCADE"), primary_key=True
    )
    feed_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.feeds.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class PartnerKey(Base):
    """Whose key it is. The row outlives the partner: its keys stay revoked, and nobody else's."""

    __tablename__ = "partner_keys"
    __table_args__ = ({"schema": "desk"},)

    key_id: Mapped[UUID] = mapped_column(ForeignKey("desk.keys.id"), primary_key=True)
    partner_id: Mapped[UUID] = mapped_column(index=True)


class PartnerDay(Base):
    """How often a partner was answered on a day (UTC), and refused for it."""

    __tablename__ = "partner_days"
    __table_args__ = ({"schema": "desk"},)

    partner_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.partners.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    requests: Mapped[int]
    refused: Mapped[int]


class PartnerUsage(Base):
    """What a partner had on a day of one feed in one format. `not_modified` are among `requests`;
    `bytes` are those of bodies, as they were sent."""

    __tablename__ = "partner_usage"
    __table_args__ = ({"schema": "desk"},)

    partner_id: Mapped[UUID] = mapped_column(
        ForeignKey("desk.partners.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    feed: Mapped[str] = mapped_column(Name, primary_key=True)
    format: Mapped[str] = mapped_column(Name, primary_key=True)
    requests: Mapped[int]
    not_modified: Mapped[int]
    bytes: Mapped[int]
