"""Reading the operator's JSON Schemas."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.schemas.models import ExtrasSchema

NOTHING: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
"""What is in force where none is set: no extras at all."""


async def schemas(session: AsyncSession) -> Sequence[ExtrasSchema]:
    query = select(ExtrasSchema).order_by(ExtrasSchema.kind)
    return (await session.execute(query)).scalars().all()


async def schema(session: AsyncSession, kind: str) -> ExtrasSchema:
    """The schema in force for this kind; the one that allows nothing where none was ever set."""
    found = await session.get(ExtrasSchema, kind)
    return found or ExtrasSchema(kind=kind, document=NOTHING, edit=0)


async def lock(session: AsyncSession, kind: str) -> ExtrasSchema:
    """The schema in force, locked: whoever sets the first one of a kind excludes others, too."""
    empty = insert(ExtrasSchema).values(kind=kind, document=NOTHING, edit=0)
    await session.execute(empty.on_conflict_do_nothing())
    query = select(ExtrasSchema).where(ExtrasSchema.kind == kind).with_for_update()
    found = await session.execute(query.execution_options(populate_existing=True))
    return found.scalar_one()
