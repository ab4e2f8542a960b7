"""Which articles are in a saved feed, when it is made or asks for others: looked through by jobs,
the newest first. What is published meanwhile finds the feed by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database, driver
from app.editing.feeds.matching import Facts, matches
from app.editing.feeds.models import Feed
from app.editing.feeds.schemas import FeedQuery
from app.published import feed_lists
from app.published.feed_lists import Entry

CHUNK = 500


@jobs.task("feeds.fill")
async def fill(
    database: Database, *, feed_id: str, query_edit: int, after: list[str] | None = None
) -> None:
    """Look through one chunk of the live articles; then, in the same transaction, a job for the
    rest. A query that was changed since is looked through by another job."""
    async with database.write() as session:
        feed = await _lock(session, UUID(feed_id))
        if feed is None or feed.query_edit != query_edit or feed.filled_edit == query_edit:
            return
        connection = await driver(session)
        await feed_lists.hold(connection)
        place = (datetime.fromisoformat(after[0]), UUID(after[1])) if after else None
        chunk = await feed_lists.next_entries(connection, after=place, limit=CHUNK)
        await _sort(connection, feed, chunk)
        feed.looked_at = len(chunk) + (feed.looked_at if after else 0)
        if len(chunk) < CHUNK:
            feed.filled_edit = query_edit
            return
        last = chunk[-1]
        behind = [last.published_at.isoformat(), str(last.article_id)]
        await jobs.defer(session, fill, feed_id=feed_id, query_edit=query_edit, after=behind)


@jobs.task("feeds.clear")
async def clear(database: Database, *, feed_id: str) -> None:
    """Take one chunk of its articles out of a feed that was deleted; then a job for the rest."""
    async with database.write() as session:
        if await _lock(session, UUID(feed_id)) is not None:
            return
        connection = await driver(session)
        await feed_lists.hold(connection)
        count = await feed_lists.clear(connection, UUID(feed_id), limit=CHUNK)
        if count:
            await feed_lists.tell(connection, UUID(feed_id))
        if count == CHUNK:
            await jobs.defer(session, clear, feed_id=feed_id)


@jobs.task("feeds.tell")
async def tell(database: Database, *, feed_id: str) -> None:
    """Have it known that a feed which is not public says something else of itself now: it has no
    document of which the log could tell."""
    async with database.write() as session:
        await feed_lists.tell(await driver(session), UUID(feed_id))


async def _lock(session: AsyncSession, feed_id: UUID) -> Feed | None:
    query = select(Feed).where(Feed.id == feed_id).with_for_update(key_share=True)
    return (await session.execute(query)).scalar_one_or_none()


async def _sort(connection: AsyncConnection, feed: Feed, chunk: Sequence[Entry]) -> None:
    query = FeedQuery.model_validate(feed.query)
    inside = [entry.article_id for entry in chunk if matches(query, _facts(entry))]
    outside = [entry.article_id for entry in chunk if entry.article_id not in set(inside)]
    came = await feed_lists.put_in(connection, feed.id, inside)
    went = await feed_lists.take_out(connection, feed.id, outside)
    if came or went:
        await feed_lists.tell(connection, feed.id)


def _facts(entry: Entry) -> Facts:
    return Facts(
        keys=frozenset(entry.keys),
        edition=entry.edition,
        language=entry.language,
        format=entry.format,
        genre=entry.genre,
        has_video=entry.has_video,
        may_be_syndicated=entry.may_be_syndicated,
    )
