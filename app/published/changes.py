"""The ordered log of what changed in public: how it is written, and how it is followed."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import scalar_row
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

CHANNEL = "masthead_changes"
LOCK = 0x6D617374_68656164


@dataclass(frozen=True)
class Change:
    """kind: `upsert` a new version; `refresh` the same version in new bytes, because something
    that it embeds has changed; `remove`.

    An entry stands for all documents whose `seq` it is: a refresh of many at once is one entry, of
    the document that was the cause.
    """

    seq: int
    kind: str
    document_id: UUID
    document_kind: str
    version: int
    quiet: bool
    tags: list[str]
    at: datetime


async def take_numbers(connection: AsyncConnection, count: int) -> AsyncCursor[int]:
    """Ask for `count` consecutive numbers; the answer is the last one. From here to the commit
    nobody else publishes.

    Everything slow must be done before: with the lock taken earlier, eight publishing editors
    deadlock; taken last, they only queue for the time of one flush.
    """
    return await connection.cursor(row_factory=scalar_row).execute(
        "WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock(%(key)s))"
        " UPDATE published.head SET seq = seq + %(count)s, at = transaction_timestamp()"
        " FROM alone RETURNING seq, pg_notify(%(channel)s, seq::text)",
        {"key": LOCK, "count": count, "channel": CHANNEL},
    )


async def changed_between(
    connection: AsyncConnection, after: int, before: int, document_ids: Iterable[UUID]
) -> AsyncCursor[UUID]:
    """Ask which of these documents changed between the two numbers, both excluded: those that have
    an entry, and those that were refreshed under the entry of their cause."""
    return await connection.cursor(row_factory=scalar_row).execute(
        "SELECT document_id FROM published.changes"
        " WHERE seq > %(after)s AND seq < %(before)s AND document_id = ANY(%(ids)s)"
        " UNION SELECT id FROM published.documents"
        " WHERE seq > %(after)s AND seq < %(before)s AND id = ANY(%(ids)s)",
        {"after": after, "before": before, "ids": list(document_ids)},
    )


async def head(session: AsyncSession) -> int:
    """The number of the last committed change."""
    number: int = (await session.execute(text("SELECT seq FROM published.head"))).scalar_one()
    return number


async def follow(
    connection: AsyncConnection, *, after: int, poll_seconds: float = 0.05
) -> AsyncIterator[Change]:
    """Every change after `after`, in order, for ever.

    It polls the head on the database that is read, because `LISTEN` works neither on a replica nor
    through a transaction pooler. `connection` must be in autocommit mode.
    """
    while True:
        cursor = await connection.execute("SELECT seq FROM published.head")
        row = await cursor.fetchone()
        if row is None or row[0] <= after:
            await asyncio.sleep(poll_seconds)
            continue
        cursor = await connection.execute(
            "SELECT seq, kind, document_id, document_kind, version, quiet, tags, at"
            " FROM published.changes WHERE seq > %s ORDER BY seq LIMIT 500",
            (after,),
        )
        for fields in await cursor.fetchall():
            change = Change(*fields)
            yield change
            after = change.seq
