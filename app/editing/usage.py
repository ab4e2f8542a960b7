"""Whether articles still need a thing that is about to be deleted."""

from typing import Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import Conflict

Column = Literal["section_ids", "person_ids", "topic_ids", "asset_ids"]


async def refuse_if_used(session: AsyncSession, column: Column, subject_id: UUID) -> None:
    """Raise Conflict, naming an article, where one has it in its working copy or shows it.

    The caller has locked the row for deletion: an article that is being saved holds what it names
    until it is committed, and is seen here.
    """
    found = await session.execute(
        text(
            f"SELECT id FROM desk.articles WHERE {column} @> ARRAY[CAST(:id AS uuid)]"  # noqa: S608
            " UNION ALL SELECT article_id FROM desk.dependencies WHERE subject_id = :id LIMIT 1"
        ),
        {"id": subject_id},
    )
    article_id = found.scalar_one_or_none()
    if article_id is not None:
        raise Conflict(
            f"Articles still use it, such as {article_id}. Take it out of them, and publish those "
            "that are live, before you delete it."
        )
