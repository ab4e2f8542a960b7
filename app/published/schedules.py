"""The table of what is on public streams when, and how it is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import Index
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, pipelined
from app.published.models import SCHEMA


class PublicEntry(Base):
    """Something that is on a public stream, as bytes. No two of a stream overlap."""

    __tablename__ = "schedule_entries"
    __table_args__ = (
        Index("ix_schedule_entries_start", "stream_id", "starts_at"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    stream_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    body: Mapped[bytes]


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """An entry of a schedule, and its bytes."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    body: bytes


def key(stream_id: UUID) -> UUID:
    """Under which the schedule of a stream has its stamp."""
    return uuid5(stream_id, "schedule")


async def shown(session: AsyncSession, stream_id: UUID) -> dict[UUID, Scheduled]:
    """What readers have of the schedule, by id."""
    async with pipelined(session) as connection:
        rows = await connection.execute(
            "SELECT id, starts_at, ends_at, body FROM published.schedule_entries"
            " WHERE stream_id = %s",
            (stream_id,),
        )
        return {
            row[0]: Scheduled(id=row[0], starts_at=row[1], ends_at=row[2], body=row[3])
            for row in await rows.fetchall()
        }


async def change(
    session: AsyncSession, stream_id: UUID, gone: Collection[UUID], entries: Sequence[Scheduled]
) -> None:
    """Take some entries away, and write others.

    It comes before the lock of the change log: readers see it with the commit, as its stamp.
    """
    async with pipelined(session) as connection:
        if gone:
            await connection.execute(
                "DELETE FROM published.schedule_entries WHERE id = ANY(%s)", (list(gone),)
            )
        rows = [(each.id, stream_id, each.starts_at, each.ends_at, each.body) for each in entries]
        if rows:
            await connection.cursor().executemany(_ENTRY, rows)


_ENTRY = """
INSERT INTO published.schedule_entries (id, stream_id, starts_at, ends_at, body)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
    body = excluded.body
"""
