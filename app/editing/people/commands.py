"""Creating, changing and deleting people. Readers see one once a live article names them."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing import external_ids, extras, named, portraits, usage
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.people.models import Person
from app.editing.people.schemas import PersonCreate, PersonReplace
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: PersonCreate) -> Person:
    actor.require(Scope.PEOPLE_WRITE)
    await extras.check_extras(session, "person", draft.extras)
    await external_ids.require_free(session, Person, None, draft.external_ids)
    await portraits.settle(session, None, draft.image, pointer="/image")
    person = await named.add(session, Person, _fields(draft), slug=draft.slug, name=draft.name)
    note(session, "person", person.id)
    return person


async def replace(
    session: AsyncSession,
    actor: Actor,
    person_id: UUID,
    replacement: PersonReplace,
    *,
    expected: Expectation,
) -> Person:
    """Change a person, everywhere readers see the name."""
    actor.require(Scope.PEOPLE_WRITE)
    person = await named.lock(session, Person, person_id)
    expected(edit_etag(person.edit))
    await extras.check_extras(session, "person", replacement.extras)
    await external_ids.require_free(session, Person, person_id, replacement.external_ids)
    await portraits.settle(session, person.image, replacement.image, pointer="/image")
    await named.rename(session, person, replacement.slug)
    for name, value in _fields(replacement).items():
        setattr(person, name, value)
    person.edit += 1
    person.changed_at = await transaction_time(session)
    note(session, "person", person.id)
    return person


async def delete(
    session: AsyncSession, actor: Actor, person_id: UUID, *, expected: Expectation
) -> None:
    """Delete a person whom no article names."""
    actor.require(Scope.PEOPLE_WRITE)
    person = await named.lock(session, Person, person_id, whole=True)
    expected(edit_etag(person.edit))
    await usage.refuse_if_used(session, "person_ids", person_id)
    await portraits.settle(session, person.image, None, pointer="/image")
    await session.delete(person)
    note(session, "person", person_id, deleted=True)


def _fields(sent: PersonCreate) -> dict[str, Any]:
    return sent.model_dump(mode="json", exclude={"slug"})
