"""What happened to a work reaches the articles that cite it: somebody must look at each.

What readers are shown is another matter: the work's notice comes with it wherever it is embedded.
An article of ours that is a work itself inherits the event, which is then followed up in the same
way. Of what began once each article has one review and each work one event: so circles end, and a
job may be done twice.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database
from app.editing import merging
from app.editing.reviews import citing
from app.editing.reviews import queries as reviews
from app.editing.works import inheriting
from app.editing.works.models import Work, WorkEvent
from app.editing.works.to_follow import ToFollow
from app.publishing import reaching
from app.publishing.cited_before import cited_before

CHUNK = 100


@jobs.task("publishing.follow_up")
async def follow_up(
    database: Database,
    *,
    event_id: str,
    origin_id: str,
    work_ids: list[str],
    before: int,
    after: str | None = None,
) -> None:
    """Open the reviews of one chunk of the articles that cite the work under one of these ids, and
    did so before this number of the change log; then, in the same transaction, a job for the rest.
    """
    async with database.write() as session:
        works = [UUID(each) for each in work_ids]
        event = await session.get(WorkEvent, UUID(event_id))
        if event is None:  # deleted, with a work that nothing cited
            return
        last = UUID(after) if after else None
        found = await citing.live(session, works, after=last, limit=CHUNK)
        had = await cited_before(session, found, works, event=event, before=before)
        await reaching.reach(session, event, had)
        if len(found) == CHUNK:
            await jobs.defer(
                session,
                follow_up,
                event_id=event_id,
                origin_id=origin_id,
                work_ids=work_ids,
                before=before,
                after=str(found[-1].article_id),
            )


@jobs.task("publishing.follow_up_late")
async def follow_up_late(
    database: Database, *, event_id: str, origin_id: str, article_ids: list[str]
) -> None:
    """Open the reviews of articles whose publishers could not be warned."""
    async with database.write() as session:
        event = await session.get(WorkEvent, UUID(event_id))
        if event is None:
            return
        works = await merging.with_predecessors(session, Work, event.work_id)
        articles = [UUID(each) for each in article_ids]
        await reaching.reach(session, event, await citing.among(session, articles, works))


@jobs.task("publishing.reinstate")
async def reinstate(
    database: Database, *, event_id: str, origin_id: str, after: str | None = None
) -> None:
    """Take the doubt from one chunk of our own articles that inherited it from a work which was
    reinstated; then, in the same transaction, a job for the rest."""
    async with database.write() as session:
        event = await session.get(WorkEvent, UUID(event_id))
        if event is None:
            return
        heirs = await inheriting.heirs(session, event.work_id)
        chunk = [each for each in heirs if after is None or str(each) > after][:CHUNK]
        await reaching.reinstate(session, event, chunk)
        if len(chunk) == CHUNK:
            await jobs.defer(
                session, reinstate, event_id=event_id, origin_id=origin_id, after=str(chunk[-1])
            )


@jobs.task("publishing.take_over")
async def take_over(database: Database, *, work_id: str) -> None:
    """Let one of our own articles, which has only now become a work, inherit what its open reviews
    are about."""
    async with database.write() as session:
        work = await session.get(Work, UUID(work_id))
        if work is None or work.article_id is None:
            return
        for event in await reviews.open_events(session, work.article_id):
            names = await merging.with_predecessors(session, Work, event.work_id)
            found = await citing.among(session, [work.article_id], names)
            await reaching.reach(session, event, found)


TASKS = (follow_up, follow_up_late, reinstate, take_over)


async def defer(session: AsyncSession, noted: Iterable[ToFollow], *, before: int) -> None:
    """Have these followed up. Whoever takes a number of the change log from `before` on sees them:
    the caller holds its lock."""
    for each in noted:
        event_id, origin_id = str(each.event_id), str(each.origin_id)
        if each.is_reinstatement:
            await jobs.defer(session, reinstate, event_id=event_id, origin_id=origin_id)
            continue
        await jobs.defer(
            session,
            follow_up,
            event_id=event_id,
            origin_id=origin_id,
            work_ids=[str(work_id) for work_id in each.work_ids],
            before=before,
        )
