"""Articles that are published at the same moment in which something happens to what they cite.

Their publishers could not be warned, and the follow-up may pass them by: it sees what is committed.
Asked under the lock of the change log, where one of the two comes second and sees the other.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.editing.works.events import NO_DOUBT, SERIOUS
from app.editing.works.models import WorkEvent
from app.published.writes import Put
from app.publishing.follow_up import follow_up_late
from app.publishing.pending import Pending


async def follow_up(session: AsyncSession, articles: Sequence[Pending]) -> None:
    """Have a review opened of each of these articles for what was recorded of the works that it
    cites since these were read."""
    published = [
        each for each in articles if isinstance(each.write, Put) and each.write.change == "upsert"
    ]
    works = {identity for each in published for kind, identity in each.names if kind == "work"}
    if not works:
        return
    rows = await session.execute(
        select(WorkEvent.id, WorkEvent.origin_id, WorkEvent.work_id).where(
            WorkEvent.work_id.in_(works),
            WorkEvent.severity.in_(SERIOUS),
            WorkEvent.kind.not_in(NO_DOUBT),
        )
    )
    unaware: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    for event_id, origin_id, work_id in rows:
        for each in published:
            if event_id not in each.told and work_id in each.subjects:
                unaware[event_id, origin_id or event_id].append(str(each.write.id))
    for (event_id, origin_id), article_ids in unaware.items():
        await jobs.defer(
            session,
            follow_up_late,
            event_id=str(event_id),
            origin_id=str(origin_id),
            article_ids=article_ids,
        )
