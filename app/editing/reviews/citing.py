"""Which live articles cite a work: in public, or for the desk alone.

In public they cite what their live document was made with; for the desk alone, what the working
copy names in an internal citation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class Citing:
    article_id: UUID
    in_public: bool


async def live(
    session: AsyncSession, work_ids: Sequence[UUID], *, after: UUID | None, limit: int
) -> list[Citing]:
    """Live articles that cite a work under one of these ids, in the order of their own."""
    values = {"works": list(work_ids), "after": after or UUID(int=0), "limit": limit}
    rows = await session.execute(_LIVE, values)
    return [Citing(row.article_id, row.in_public) for row in rows]


async def among(
    session: AsyncSession, article_ids: Sequence[UUID], work_ids: Sequence[UUID]
) -> list[Citing]:
    """Those of these articles that are live and cite it."""
    rows = await session.execute(_AMONG, {"works": list(work_ids), "articles": list(article_ids)})
    return [Citing(row.article_id, row.in_public) for row in rows]


async def citations(session: AsyncSession, review_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """For each review the live citations of its article that name a work which the event has
    reached, in the order in which they came in."""
    found: dict[UUID, list[UUID]] = {review_id: [] for review_id in review_ids}
    for row in await session.execute(_CITATIONS, {"reviews": list(review_ids)}):
        found[row.review_id].append(row.citation_id)
    return found


_CITING = """
SELECT citing.article_id, bool_or(citing.in_public) AS in_public
FROM (
    SELECT article_id, true AS in_public FROM desk.dependencies
    WHERE subject_id = ANY(:works)
    UNION ALL
    SELECT article_id, false FROM desk.citations
    WHERE work_id = ANY(:works) AND visibility = 'internal'
    UNION ALL
    SELECT article_id, false FROM desk.citation_hops JOIN desk.citations ON id = citation_id
    WHERE citation_hops.work_id = ANY(:works) AND visibility = 'internal'
) citing
JOIN desk.articles ON articles.id = citing.article_id AND live_version IS NOT NULL
"""

_LIVE = text(
    f"{_CITING} WHERE citing.article_id > :after"
    " GROUP BY citing.article_id ORDER BY citing.article_id LIMIT :limit"
)
_AMONG = text(
    f"{_CITING} WHERE citing.article_id = ANY(:articles)"
    " GROUP BY citing.article_id ORDER BY citing.article_id"
)

_CITATIONS = text("""
WITH reached AS (
    SELECT review.id AS review_id, review.article_id, array_agg(named.id) AS works
    FROM desk.citation_reviews review
    JOIN desk.work_events event ON review.event_id IN (event.id, event.origin_id)
    JOIN desk.works named ON event.work_id IN (named.id, named.merged_into_id)
    WHERE review.id = ANY(:reviews)
    GROUP BY review.id
)
SELECT review_id, (citation ->> 'id')::uuid AS citation_id, ordinal
FROM reached JOIN desk.articles article ON article.id = reached.article_id
JOIN desk.revisions revision
    ON revision.article_id = article.id AND revision.number = article.live_revision,
jsonb_array_elements(revision.content -> 'citations') WITH ORDINALITY AS cited (citation, ordinal)
WHERE citation ->> 'visibility' = 'public'
  AND ((citation ->> 'work_id')::uuid = ANY(works)
    OR EXISTS (SELECT FROM jsonb_array_elements(citation -> 'chain') AS hop
               WHERE (hop ->> 'work_id')::uuid = ANY(works)))
UNION ALL
SELECT review_id, citation.id, citation.ordinal + 1
FROM reached JOIN desk.articles article ON article.id = reached.article_id
JOIN desk.citations citation ON citation.article_id = article.id
WHERE article.live_version IS NOT NULL AND citation.visibility = 'internal'
  AND (citation.work_id = ANY(works)
    OR EXISTS (SELECT FROM desk.citation_hops hop
               WHERE hop.citation_id = citation.id AND hop.work_id = ANY(works)))
ORDER BY review_id, ordinal, citation_id
""")
