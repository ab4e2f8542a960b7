"""How far the follow-up of what happened to a work has come: at the desk, and for readers."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from sqlalchemy import func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from app import jobs
from app.editing import merging
from app.editing.reviews.models import CitationReview
from app.editing.works.event_schemas import EventView
from app.editing.works.events import SERIOUS
from app.editing.works.models import Work, WorkEvent
from app.publishing import follow_up, sources
from app.publishing.citing.notices import notice
from app.publishing.follow_up_schemas import FollowedEvent, FollowUp, ReaderProgress

MOST = 50


async def of_work(session: AsyncSession, work: Work) -> FollowUp:
    rows = await session.execute(
        select(WorkEvent)
        .where(
            WorkEvent.work_id == work.id,
            or_(WorkEvent.severity.in_(SERIOUS), WorkEvent.kind == "reinstatement"),
        )
        .order_by(WorkEvent.detected_at.desc(), WorkEvent.id.desc())
        .limit(MOST)
    )
    return FollowUp(
        work_id=work.id,
        readers=await _readers(session, await _reached(session, work.id)),
        events=[await _followed(session, event) for event in rows.scalars()],
    )


async def _followed(session: AsyncSession, event: WorkEvent) -> FollowedEvent:
    closed = CitationReview.closed_at.is_not(None)
    elsewhere = CitationReview.work_id != event.work_id
    query = select(func.count(), func.count().filter(elsewhere), func.count().filter(closed)).where(
        CitationReview.event_id == (event.origin_id or event.id)
    )
    if event.origin_id is not None:
        query = query.where(CitationReview.work_id == event.work_id)
    articles, through, done = (await session.execute(query)).one()
    states = await jobs.states(session, follow_up.TASKS, origin_id=str(event.origin_id or event.id))
    return FollowedEvent(
        event=EventView.model_validate(event),
        search="running" if states & {"todo", "doing"} else "given_up" if states else "done",
        articles=articles,
        through_own_articles=through,
        reviews_open=articles - done,
        reviews_closed=done,
    )


async def _reached(session: AsyncSession, work_id: UUID) -> list[UUID]:
    """The ids under which articles name the work, and those of ours that inherited from it."""
    origin = aliased(WorkEvent)
    rows = await session.execute(
        select(WorkEvent.work_id)
        .distinct()
        .join(origin, origin.id == WorkEvent.origin_id)
        .where(origin.work_id == work_id)
    )
    return [*await merging.with_predecessors(session, Work, work_id), *rows.scalars()]


async def _readers(session: AsyncSession, work_ids: Sequence[UUID]) -> ReaderProgress:
    named = await sources.load_works(session, work_ids)
    told = {
        str(identity): notice(named.news.get(work.id, ())) for identity, work in named.works.items()
    }
    rows = await session.execute(
        _SHOWN, {"works": list(work_ids), "notices": orjson.dumps(told).decode()}
    )
    articles, up_to_date = rows.one()
    return ReaderProgress(
        articles=articles, up_to_date=up_to_date, to_refresh=articles - up_to_date
    )


# A citation may name the work itself, or in its chain.
_SHOWN = text("""
SELECT count(*), count(*) FILTER (WHERE is_shown)
FROM (
    SELECT bool_and(place -> 'notice' = CAST(:notices AS jsonb) -> listed.key::text) AS is_shown
    FROM published.citation_listings listed
    JOIN published.citations cited ON cited.id = listed.citation_id
    CROSS JOIN LATERAL (SELECT convert_from(cited."full", 'UTF8')::jsonb AS document) made
    CROSS JOIN LATERAL
        jsonb_array_elements(jsonb_build_array(document -> 'work') || (document -> 'chain')) place
    WHERE listed.key = ANY(:works)
      AND coalesce(place ->> 'work_id', place ->> 'id') = listed.key::text
    GROUP BY cited.article_id
) article
""")
