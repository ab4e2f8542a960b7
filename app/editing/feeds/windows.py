"""From when on a saved feed shows articles. It moves on by a change that is committed, and only
where an article falls out by it: no answer depends on the clock.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database, transaction_time
from app.editing.changed import note
from app.editing.feeds.models import Feed


def since(feed: Feed, now: datetime) -> datetime | None:
    """The begin of its window, or its last issue where that is later; to the second, as the dates
    of articles are."""
    begin = now - timedelta(hours=feed.window_hours) if feed.window_hours else None
    moments = [each for each in (begin, feed.issued_at) if each is not None]
    return max(moments).replace(microsecond=0) if moments else None


@jobs.periodic("feeds.move_windows", cron="* * * * *")
async def move_windows(database: Database) -> None:
    """Each feed in a transaction of its own: one that somebody is editing holds up no other."""
    async with database.read() as session:
        due = (await session.execute(_DUE)).scalars().all()
    for feed_id in due:
        async with database.write() as session:
            await move_on(session, feed_id)


async def move_on(session: AsyncSession, feed_id: UUID) -> None:
    """Let go of what has become too old. Whoever is editing the feed does so by themselves."""
    query = select(Feed).where(Feed.id == feed_id)
    rows = await session.execute(query.with_for_update(key_share=True, skip_locked=True))
    feed = rows.scalar_one_or_none()
    if feed is not None:
        feed.since = since(feed, await transaction_time(session))
        note(session, "feed", feed_id, again=True)


_DUE = text("""
    SELECT feed.id FROM desk.feeds feed
    WHERE window_hours IS NOT NULL AND EXISTS (
        SELECT FROM published.listings listed WHERE listed.key = feed.id
            AND listed.published_at >= coalesce(feed.since, '-infinity')
            AND listed.published_at < date_trunc('second',
                transaction_timestamp() - make_interval(hours => CAST(window_hours AS int)))
    )
    ORDER BY feed.id
""")
