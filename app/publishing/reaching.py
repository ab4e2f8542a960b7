"""What an event of a work does to the articles that cite it: reviews, and what they inherit."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.articles.models import Article
from app.editing.publications.models import Publication
from app.editing.reviews import commands as reviews
from app.editing.reviews.citing import Citing
from app.editing.site.models import Edition
from app.editing.works import inheriting
from app.editing.works.models import Work, WorkEvent
from app.identity.actor import SYSTEM
from app.publishing.inherited_words import summary

log = structlog.get_logger()


async def reach(session: AsyncSession, event: WorkEvent, found: Sequence[Citing]) -> None:
    """Open the reviews of these articles. Those that are works themselves inherit the event, where
    readers see that they cite the work; what only the desk sees must not show in that way."""
    in_public = [each.article_id for each in found if each.in_public]
    stand_for = select(Work.id).where(Work.article_id.in_(in_public), Work.merged_into_id.is_(None))
    held = await _hold(session, event, (await session.execute(stand_for)).scalars())
    origin = await _origin(session, event)
    began_with = (await session.get_one(Work, origin.work_id)).article_id
    opened = await reviews.open_for(
        session,
        [each.article_id for each in found if each.article_id != began_with],
        event_id=origin.id,
        work_id=event.work_id,
    )
    inherited = [await _inherit(session, event, work) for work in held]
    log.info(
        "work_event_followed_up", event_id=str(event.id), reviews=opened, inherited=sum(inherited)
    )


async def reinstate(session: AsyncSession, event: WorkEvent, work_ids: Iterable[UUID]) -> None:
    """Take the doubt from these of our own articles, where nothing else stands against them."""
    for work in await _hold(session, event, work_ids):
        if not await inheriting.is_in_doubt(session, work.id):
            await _inherit(session, event, work)


async def _hold(session: AsyncSession, event: WorkEvent, work_ids: Iterable[UUID]) -> list[Work]:
    """These works, locked in the order of their ids, together with those that the event happened
    to: they are neither merged nor reinstated meanwhile."""
    origin = await _origin(session, event)
    wanted = set(work_ids)
    rows = await session.execute(
        select(Work)
        .where(Work.id.in_(wanted | {event.work_id, origin.work_id}))
        .order_by(Work.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    held = [work for work in rows.scalars() if work.id in wanted]
    for each in (event, origin):
        await session.refresh(each)  # it is another work's after a merge that was waited for
    return held


async def _inherit(session: AsyncSession, event: WorkEvent, own: Work) -> bool:
    origin = await _origin(session, event)
    rows = await session.execute(
        select(Work, Publication)
        .outerjoin(Publication, Publication.id == Work.publication_id)
        .where(Work.id == origin.work_id)
    )
    work, publication = rows.one()
    language = await session.execute(
        select(Edition.language)
        .join(Article, Article.edition_id == Edition.id)
        .where(Article.id == own.article_id)
    )
    said = summary(event.kind, work, publication, language.scalar_one())
    return await inheriting.inherit(session, SYSTEM, own, event, summary=said)


async def _origin(session: AsyncSession, event: WorkEvent) -> WorkEvent:
    """What it all began with."""
    return await session.get_one(WorkEvent, event.origin_id or event.id)
