"""Whether articles or saved feeds still need a thing that is about to be deleted."""

from typing import Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import Conflict

Column = Literal["section_ids", "person_ids", "topic_ids", "asset_ids"]


async def refuse_if_used(session: AsyncSession, column: Column, subject_id: UUID) -> None:
    """Raise Conflict, naming an article, where one has it in its working copy or shows it; or a
    saved feed that asks for it.

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
    await refuse_if_fed(session, column, subject_id)


async def refuse_if_fed(session: AsyncSession, field: str, subject_id: UUID | str) -> None:
    """Raise Conflict, naming a saved feed, where one asks for it in this field of its query."""
    found = await session.execute(_FED, {"field": field, "id": str(subject_id)})
    slug = found.scalar_one_or_none()
    if slug is not None:
        raise Conflict(f"The saved feed {slug} asks for it. Change that first.")


_FED = text("""
    SELECT slug FROM desk.feeds
    WHERE query -> CAST(:field AS text) ? CAST(:id AS text) ORDER BY slug LIMIT 1
""")
