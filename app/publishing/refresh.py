"""Making live documents again, because something that they embed has changed."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database, transaction_time
from app.editing.articles import queries
from app.editing.articles.models import Article
from app.editing.changed import note
from app.editing.collections.models import Collection
from app.editing.feeds.models import Feed
from app.editing.site.models import Site
from app.editing.streams.models import Stream
from app.published.models import Document
from app.publishing import asset_documents, pending, rendering, snapshot
from app.publishing.cited_subjects import KINDS
from app.publishing.models import Dependency

CHUNK = 100


async def refresh_articles(
    session: AsyncSession,
    article_ids: Sequence[UUID],
    *,
    because: tuple[str, UUID] | None = None,
) -> int:
    """Render these again, where they are live and would come out differently. Returns how many.

    `because` names the kind and id of what has changed.
    """
    rows = await session.execute(select(Article.id).where(Article.id.in_(article_ids)))
    articles = await queries.lock(session, list(rows.scalars()))
    live = [article for article in articles if article.is_live]
    if not live:
        return 0
    now = (await transaction_time(session)).replace(microsecond=0)
    count = 0
    for taken in await snapshot.load(session, live, live_revision=True):
        if made := rendering.refreshed(taken, now=now, because=because):
            pending.add(session, made)
            count += 1
    return count


async def dependents(
    session: AsyncSession, subject_id: UUID, *, after: UUID | None, limit: int = CHUNK
) -> list[UUID]:
    """Articles that embed the subject, in the order of their ids."""
    query = select(Dependency.article_id).where(Dependency.subject_id == subject_id)
    if after is not None:
        query = query.where(Dependency.article_id > after)
    rows = await session.execute(query.order_by(Dependency.article_id).limit(limit))
    return list(rows.scalars())


async def rerender_all(
    database: Database,
    *,
    after: UUID | None = None,
    progress: Callable[[UUID, int], None] = lambda last, count: None,
) -> int:
    """Render all that is live again, in chunks, each its own transaction. Returns how many changed.

    Readers and editors go on meanwhile. `progress(last, count)` is told the last article of each
    chunk and how many were looked at: `after` goes on from there.
    """
    changed = 0
    async with database.write() as session:
        await note_everything(session)
    await rerender_cited(database)
    while True:
        async with database.write() as session:
            query = select(Article.id).where(Article.live_version.is_not(None))
            if after is not None:
                query = query.where(Article.id > after)
            rows = await session.execute(query.order_by(Article.id).limit(CHUNK))
            chunk = list(rows.scalars())
            changed += await refresh_articles(session, chunk)
        if not chunk:
            return changed
        after = chunk[-1]
        progress(after, len(chunk))


async def rerender_cited(database: Database) -> None:
    """Render the documents of all works, publications, speakers and assets again, in chunks."""
    last: UUID | None = UUID(int=0)
    while last is not None:
        async with database.write() as session:
            last = await note_next(session, (*KINDS, asset_documents.KIND), after=last)


async def note_next(session: AsyncSession, kinds: Sequence[str], *, after: UUID) -> UUID | None:
    """Have the documents of these kinds made again that come next behind this id; the last of
    them, or None where there are no more."""
    rows = await session.execute(
        select(Document.kind, Document.id)
        .where(Document.kind.in_(kinds), Document.id > after, Document.status == 200)
        .order_by(Document.id)
        .limit(CHUNK)
    )
    chunk = rows.all()
    for row in chunk:
        note(session, row.kind, row.id, again=True)
    return chunk[-1].id if chunk else None


async def note_everything(session: AsyncSession) -> None:
    """Have the documents of the site and its sections, people, topics, collections, channels and
    saved feeds made again."""
    site_id = (await session.execute(select(Site.id))).scalar_one()
    note(session, "site", site_id)
    for collection_id in (await session.execute(select(Collection.id))).scalars():
        note(session, "collection", collection_id)
    for feed_id in (await session.execute(select(Feed.id))).scalars():
        note(session, "feed", feed_id, again=True)
    for stream_id in (await session.execute(select(Stream.id))).scalars():
        note(session, "schedule", stream_id, again=True)
