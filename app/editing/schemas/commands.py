"""Setting the JSON Schemas of the outlet's own fields."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.schemas import dialect, queries
from app.editing.schemas.models import ExtrasSchema
from app.errors import Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def replace(
    session: AsyncSession,
    actor: Actor,
    kind: str,
    document: dict[str, Any],
    *,
    expected: Expectation,
) -> ExtrasSchema:
    """Set the schema of one kind of thing.

    What is there already is checked against it when it is next saved. Which of its fields are
    public follows the new schema at once.
    """
    actor.require(Scope.SCHEMAS_WRITE)
    if found := dialect.faults(document):
        raise Invalid("This JSON Schema cannot be set.", faults=found)
    schema = await queries.lock(session, kind)
    expected(edit_etag(schema.edit))
    await _set(session, schema, dialect.completed(document))
    return schema


async def delete(session: AsyncSession, actor: Actor, kind: str, *, expected: Expectation) -> None:
    """Allow no extras any more. Those that are there stay at the desk, and are no longer public."""
    actor.require(Scope.SCHEMAS_WRITE)
    schema = await queries.lock(session, kind)
    expected(edit_etag(schema.edit))
    await _set(session, schema, queries.NOTHING)


async def _set(session: AsyncSession, schema: ExtrasSchema, document: dict[str, Any]) -> None:
    public_before = dialect.public_names(schema.document)
    schema.document = document
    schema.edit += 1
    schema.changed_at = await transaction_time(session)
    await session.flush()
    if dialect.public_names(document) != public_before:
        for (site_id,) in await session.execute(text("SELECT id FROM desk.site")):
            note(session, "extras", site_id)
