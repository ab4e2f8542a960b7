"""Consumers of the change log: each follows it from its own place, and loses nothing on the way.

A turn takes what has come since, and moves on, in one transaction. So each change is dealt with at
least once, in order; and once, as far as it is dealt with in the database.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database, driver
from app.published.changes import Change
from app.published.writes import listed_under

CHUNK = 500


@dataclass(frozen=True)
class Consumer:
    """`tell` notes in the transaction what is to be done for these changes. It calls nobody."""

    name: str
    tell: Callable[[AsyncSession, Sequence[Change]], Awaitable[None]]


def is_news(change: Change) -> bool:
    """Whether the world is told: not of what an editor did quietly, nor of new bytes of the same
    version."""
    return not change.quiet and change.kind != "refresh"


def listings(changes: Iterable[Change]) -> set[UUID]:
    """The keys of the lists that these changes touch."""
    keys = (listed_under(tag) for change in changes for tag in change.tags)
    return {key for key in keys if key is not None}


async def lags(session: AsyncSession, names: Sequence[str]) -> dict[str, int]:
    """How many changes each of these consumers is behind; 1 for one that has not begun."""
    rows = await session.execute(_LAGS, {"names": list(names)})
    return {row.name: row.lag for row in rows}


async def turn(database: Database, consumer: Consumer) -> int:
    """Deal with the next changes; how many there were. A new consumer begins at the head. Of
    several workers one does it."""
    async with database.write() as session:
        await session.execute(_BEGIN, {"name": consumer.name})
        seq = (await session.execute(_PLACE, {"name": consumer.name})).scalar_one_or_none()
        if seq is None:  # another worker is at it
            return 0
        changes = await _after(session, seq)
        if changes:
            await consumer.tell(session, changes)
            moved = {"name": consumer.name, "seq": changes[-1].seq}
            await session.execute(_MOVE, moved)
        return len(changes)


async def _after(session: AsyncSession, seq: int) -> list[Change]:
    cursor = (await driver(session)).cursor(row_factory=class_row(Change))
    await cursor.execute(
        "SELECT seq, kind, document_id, document_kind, version, quiet, tags, at"
        " FROM published.changes WHERE seq > %s ORDER BY seq LIMIT %s",
        (seq, CHUNK),
    )
    return await cursor.fetchall()


_LAGS = text("""
    SELECT wanted.name, head.seq - coalesce(consumers.seq, head.seq - 1) AS lag
    FROM unnest(CAST(:names AS text[])) AS wanted (name)
    CROSS JOIN published.head
    LEFT JOIN desk.consumers ON consumers.name = wanted.name
""")

_BEGIN = text("""
    INSERT INTO desk.consumers (name, seq) SELECT :name, seq FROM published.head
    ON CONFLICT DO NOTHING
""")

_PLACE = text("SELECT seq FROM desk.consumers WHERE name = :name FOR UPDATE SKIP LOCKED")

_MOVE = text("""
    UPDATE desk.consumers SET seq = :seq, moved_at = transaction_timestamp() WHERE name = :name
""")
