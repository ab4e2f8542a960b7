"""Which articles cited a work already when something happened to it.

One that began to cite it later was published by somebody who had been warned.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.reviews.citing import Citing
from app.editing.works.models import WorkEvent


async def cited_before(
    session: AsyncSession,
    found: Sequence[Citing],
    work_ids: Iterable[UUID],
    *,
    event: WorkEvent,
    before: int,
) -> list[Citing]:
    """Those of these articles, which cite it now, that had done so before. `before` is the number
    of the public change with which readers got to know of the event."""
    named = {str(work_id) for work_id in work_ids}
    in_public = [each.article_id for each in found if each.in_public]
    at_desk = [each.article_id for each in found if not each.in_public]
    newer = await _citations(session, _PUBLISHED_SINCE, in_public, before=before)
    newer |= await _citations(session, _SAVED_SINCE, at_desk, at=event.detected_at)
    return [
        each
        for each in found
        if each.article_id not in newer or _names(newer[each.article_id], named)
    ]


async def _citations(
    session: AsyncSession, query: Any, article_ids: list[UUID], **values: Any
) -> dict[UUID, list[dict[str, Any]]]:
    """What each of these articles cited then that has become another one since."""
    if not article_ids:
        return {}
    rows = await session.execute(query, {"articles": article_ids, **values})
    return {row.id: row.citations or [] for row in rows}


def _names(citations: Iterable[dict[str, Any]], named: set[str]) -> bool:
    return any(
        place["work_id"] in named
        for citation in citations
        for place in (citation, *citation["chain"])
    )


# What was published is always the newest revision.
_PUBLISHED_SINCE = text("""
SELECT article.id, earlier.citations
FROM desk.articles article
JOIN published.changes published ON published.document_id = article.id
    AND published.kind = 'upsert' AND published.version = article.live_version
    AND published.seq > :before
LEFT JOIN LATERAL (
    SELECT kind, at FROM published.changes
    WHERE document_id = article.id AND kind IN ('upsert', 'remove') AND seq < :before
    ORDER BY seq DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
    SELECT content -> 'citations' AS citations FROM desk.revisions
    WHERE article_id = article.id AND last.kind = 'upsert' AND created_at <= last.at
    ORDER BY number DESC LIMIT 1
) earlier ON true
WHERE article.id = ANY(:articles)
""")

_SAVED_SINCE = text("""
SELECT article.id, earlier.citations
FROM desk.articles article
JOIN desk.revisions newest
    ON newest.article_id = article.id AND newest.number = article.revision
    AND newest.created_at > :at
LEFT JOIN LATERAL (
    SELECT content -> 'citations' AS citations FROM desk.revisions
    WHERE article_id = article.id AND created_at <= :at
    ORDER BY number DESC LIMIT 1
) earlier ON true
WHERE article.id = ANY(:articles)
""")
