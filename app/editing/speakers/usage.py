"""Where speakers are named: by statements, in the chains of citations, as organisations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import merging
from app.errors import Conflict

_USES = text(
    "(SELECT DISTINCT 'article ' || article_id FROM desk.statements"
    "  JOIN desk.citations ON citations.id = citation_id WHERE speaker_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT DISTINCT 'article ' || article_id FROM desk.citation_hops"
    "  JOIN desk.citations ON citations.id = citation_id WHERE speaker_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'article ' || article_id FROM desk.dependencies"
    "  WHERE subject_id = ANY(:ids) LIMIT 3)"
    " UNION ALL (SELECT 'speaker ' || id FROM desk.speakers"
    "  JOIN unnest(CAST(:ids AS uuid[])) AS organisation ON"
    "   roles @> jsonb_build_array(jsonb_build_object('organisation_id', organisation)) LIMIT 3)"
)
_MEMBERS = text(
    "SELECT 'speaker ' || id FROM desk.speakers WHERE"
    " roles @> jsonb_build_array(jsonb_build_object('organisation_id', CAST(:id AS uuid))) LIMIT 3"
)


async def refuse_if_used(session: AsyncSession, speaker_ids: Sequence[UUID]) -> None:
    """Raise Conflict, saying where, if one of these is named. The caller has locked them whole."""
    rows = await session.execute(_USES, {"ids": list(speaker_ids)})
    if places := list(dict.fromkeys(rows.scalars())):
        raise merging.in_use("speaker", places)


async def refuse_if_organisation(session: AsyncSession, speaker_id: UUID) -> None:
    """Raise Conflict, naming some, if others have roles in this speaker."""
    rows = await session.execute(_MEMBERS, {"id": speaker_id})
    if places := list(rows.scalars()):
        raise Conflict(f"Others have roles in it: {'; '.join(places)}. It cannot be a person.")
