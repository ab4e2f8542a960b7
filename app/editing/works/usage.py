"""Where works are named: by citations and their chains, by other works, by reviews."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging
from app.editing.works.models import Work
from app.errors import Conflict

_PUBLIC_USES = text(
    "(SELECT 'article ' || article_id FROM desk.citations"
    "  WHERE work_id = ANY(:ids) AND visibility = 'public' LIMIT 3)"
    " UNION ALL (SELECT 'article ' || article_id FROM desk.citation_hops"
    "  JOIN desk.citations ON citations.id = citation_id"
    "  WHERE citation_hops.work_id = ANY(:ids) AND visibility = 'public' LIMIT 3)"
    " UNION ALL (SELECT 'article ' || article_id FROM desk.dependencies"
    "  WHERE subject_id = ANY(:ids) LIMIT 3)"
)
_USES = text(
    "(SELECT 'article ' || article_id FROM desk.citations WHERE work_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'article ' || article_id FROM desk.citation_hops"
    "  JOIN desk.citations ON citations.id = citation_id"
    "  WHERE citation_hops.work_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'article ' || article_id FROM desk.dependencies"
    "  WHERE subject_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'work ' || id FROM desk.works WHERE superseded_by_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'review ' || citation_reviews.id FROM desk.citation_reviews"
    "  LEFT JOIN desk.work_events ON work_events.id = event_id"
    "  WHERE citation_reviews.work_id = ANY(:ids) OR work_events.work_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'work ' || inherited.work_id FROM desk.work_events inherited"
    "  JOIN desk.work_events origin ON origin.id = inherited.origin_id"
    "  WHERE origin.work_id = ANY(:ids) AND inherited.work_id <> ALL(:ids) LIMIT 3)"
)


async def refuse_if_used(session: AsyncSession, work_ids: Sequence[UUID]) -> None:
    """Raise Conflict, saying where, if one of these is named. The caller has locked them whole."""
    rows = await session.execute(_USES, {"ids": list(work_ids)})
    if places := list(dict.fromkeys(rows.scalars())):
        raise merging.in_use("work", places)


async def refuse_if_public(session: AsyncSession, work_id: UUID) -> None:
    """Raise Conflict, saying where, if a public citation names it. The caller has locked it whole:
    an article that is being saved holds what it cites."""
    identities = await merging.with_predecessors(session, Work, work_id)
    rows = await session.execute(_PUBLIC_USES, {"ids": identities})
    if places := list(dict.fromkeys(rows.scalars())):
        raise Conflict(
            f"Public citations name it: {'; '.join(places)}. Take it out there, and publish those "
            "that are live, before you make it internal."
        )
