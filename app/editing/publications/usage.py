"""Where publications are named: by works, assets, in the chains of citations, by their parts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging

_USES = text(
    "(SELECT 'work ' || id FROM desk.works WHERE merged_into_id IS NULL"
    "  AND (publication_id = ANY(:ids) OR agency_id = ANY(:ids) OR via_id = ANY(:ids)) LIMIT 3)"
    " UNION ALL (SELECT DISTINCT 'article ' || article_id FROM desk.citation_hops"
    "  JOIN desk.citations ON citations.id = citation_id"
    "  WHERE publication_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'article ' || article_id FROM desk.dependencies"
    "  WHERE subject_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'publication ' || id FROM desk.publications"
    "  WHERE parent_id = ANY(:ids) AND merged_into_id IS NULL LIMIT 3)"
    " UNION ALL (SELECT 'asset ' || id FROM desk.assets WHERE agency_id = ANY(:ids) LIMIT 3)"
)


async def refuse_if_used(session: AsyncSession, publication_ids: Sequence[UUID]) -> None:
    """Raise Conflict, saying where, if one of these is named. The caller has locked them whole."""
    rows = await session.execute(_USES, {"ids": list(publication_ids)})
    if places := list(dict.fromkeys(rows.scalars())):
        raise merging.in_use("publication", places)
