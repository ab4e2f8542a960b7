"""Deliveries and their receipts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app import ids
from app.database import Base, Name


class Delivery(Base):
    """A feed in one format, pushed to one place. `secret` is the name of one in the settings.
    `pushed_sha256` is of what lies there."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint("kind IN ('http', 's3', 'sftp')", name="kind"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.internal)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey("desk.partners.id"), index=True)
    feed_id: Mapped[UUID] = mapped_column(ForeignKey("desk.feeds.id"), index=True)
    format: Mapped[str] = mapped_column(Name)
    kind: Mapped[str] = mapped_column(Name)
    address: Mapped[str]
    secret: Mapped[str | None] = mapped_column(Name)
    host_key: Mapped[str | None]
    active: Mapped[bool]
    pushed_sha256: Mapped[str | None] = mapped_column(Name)
    edit: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())
    changed_at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp())


class Receipt(Base):
    """What came of one push. `seq` is the last change that the feed showed."""

    __tablename__ = "receipts"
    __table_args__ = (Index("ix_receipts_of_delivery", "delivery_id", "id"), {"schema": "desk"})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.internal)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("desk.deliveries.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(server_default=func.transaction_timestamp(), index=True)
    seq: Mapped[int]
    sha256: Mapped[str | None] = mapped_column(Name)
    bytes: Mapped[int | None]
    ok: Mapped[bool]
    status: Mapped[int | None]
    reason: Mapped[str | None]
    attempts: Mapped[int]
