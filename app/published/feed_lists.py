"""The lists of saved feeds beside what is published: brought up to date from the list of all.

All of it under the lock of the change log (`hold`): whoever publishes comes before or after. What
comes after finds the feed by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import class_row

from app.published import changes, listings
from app.published.models import EVERYTHING
from app.published.writes import document_tag, listing_tag

KIND = "feed"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A live article with what feeds ask for. `keys` are all lists that it is in."""

    article_id: UUID
    published_at: datetime
    keys: list[UUID]
    edition: str
    language: str
    format: str
    genre: str
    has_video: bool
    may_be_syndicated: bool


async def hold(connection: AsyncConnection) -> None:
    """From here to the commit nobody else publishes."""
    await changes.take_numbers(connection, 0)


async def next_entries(
    connection: AsyncConnection, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Entry]:
    """Live articles, the newest first, behind this place."""
    at, identity = after or (None, None)
    cursor = connection.cursor(row_factory=class_row(Entry))
    values = {"everything": EVERYTHING, "at": at, "id": identity, "limit": limit}
    return await (await cursor.execute(_FURTHER if after else _FIRST, values)).fetchall()


_ENTRIES = """
SELECT l.article_id, l.published_at, l.edition, l.language, l.format, l.genre, l.has_video,
    ARRAY(SELECT k.key FROM published.listings k WHERE k.article_id = l.article_id) AS keys,
    NOT d.meta @> '{{"syndication": false}}' AS may_be_syndicated
FROM published.listings l JOIN published.documents d ON d.id = l.article_id
WHERE l.key = %(everything)s {after}
ORDER BY l.published_at DESC, l.article_id DESC LIMIT %(limit)s
"""
_FIRST = _ENTRIES.format(after="")
_FURTHER = _ENTRIES.format(after="AND (l.published_at, l.article_id) < (%(at)s, %(id)s)")


async def put_in(connection: AsyncConnection, feed_id: UUID, articles: Sequence[UUID]) -> int:
    """How many were not there yet."""
    values = {"feed": feed_id, "articles": list(articles), "everything": EVERYTHING}
    return (await connection.execute(_PUT_IN, values)).rowcount


_PUT_IN = """
INSERT INTO published.listings (article_id, key, published_at, updated_at, edition, language,
    format, genre, has_video)
SELECT article_id, %(feed)s, published_at, updated_at, edition, language, format, genre, has_video
FROM published.listings WHERE key = %(everything)s AND article_id = ANY(%(articles)s)
ON CONFLICT (article_id, key) DO NOTHING
"""


async def take_out(connection: AsyncConnection, feed_id: UUID, articles: Sequence[UUID]) -> int:
    """How many were there."""
    values = {"feed": feed_id, "articles": list(articles)}
    return (await connection.execute(_TAKE_OUT, values)).rowcount


_TAKE_OUT = """
DELETE FROM published.listings WHERE key = %(feed)s AND article_id = ANY(%(articles)s)
"""


async def clear(connection: AsyncConnection, feed_id: UUID, *, limit: int) -> int:
    """Take so many out, whichever; with the last ones go its tombstones. How many there were."""
    values = {"feed": feed_id, "limit": limit}
    count = (await connection.execute(_CLEAR, values)).rowcount
    if count < limit:
        await connection.execute("DELETE FROM published.departed WHERE key = %(feed)s", values)
    return count


_CLEAR = """
DELETE FROM published.listings WHERE key = %(feed)s AND article_id IN (
    SELECT article_id FROM published.listings WHERE key = %(feed)s
    ORDER BY published_at, article_id LIMIT %(limit)s
)
"""


async def tell(connection: AsyncConnection, feed_id: UUID) -> None:
    """Have whoever follows the log hear that the feed is another one now."""
    [seq] = await (await changes.take_numbers(connection, 1)).fetchall()
    await listings.stamp(connection, [feed_id], seq)
    tags = [document_tag(KIND, feed_id), listing_tag(feed_id)]
    await connection.execute(_CHANGE, {"seq": seq, "feed": feed_id, "kind": KIND, "tags": tags})


_CHANGE = """
INSERT INTO published.changes (seq, kind, document_id, document_kind, version, quiet, tags)
VALUES (%(seq)s, 'refresh', %(feed)s, %(kind)s, 0, false, %(tags)s)
"""
