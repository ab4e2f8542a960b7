"""What the last look at the address of an HLS playlist has found."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, Name

OWNERS = ("asset", "stream")


class StreamCheck(Base):
    """`id` is that of owner and address, which may be longer than an index or a cursor can hold.

    `failing_since` is set while it fails; `dead`: it has failed often and long enough.

    `found` is what the playlist tells: qualities, languages, problems.
    """

    __tablename__ = "stream_checks"
    __table_args__ = (
        CheckConstraint(f"owner_kind IN {OWNERS}", name="owner_kind"),
        Index("ix_stream_checks_checked", "checked_at", "id"),
        Index("ix_stream_checks_dead", "checked_at", "id", postgresql_where=text("dead")),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(index=True)
    url: Mapped[str]
    owner_kind: Mapped[str] = mapped_column(Name)
    checked_at: Mapped[datetime]
    failures: Mapped[int]
    failing_since: Mapped[datetime | None]
    dead: Mapped[bool]
    detail: Mapped[str | None]
    found: Mapped[dict[str, Any]] = mapped_column(default=dict)
