"""Creating, changing and deleting topics. Readers see one once a live article has it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing import external_ids, extras, named, usage
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.topics.models import Topic
from app.editing.topics.schemas import TopicCreate, TopicReplace
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: TopicCreate) -> Topic:
    actor.require(Scope.TOPICS_WRITE)
    await extras.check_extras(session, "topic", draft.extras)
    await external_ids.require_free(session, Topic, None, draft.external_ids)
    topic = await named.add(session, Topic, _fields(draft), slug=draft.slug, name=draft.name)
    note(session, "topic", topic.id)
    return topic


async def replace(
    session: AsyncSession,
    actor: Actor,
    topic_id: UUID,
    replacement: TopicReplace,
    *,
    expected: Expectation,
) -> Topic:
    """Change a topic, everywhere readers see the name."""
    actor.require(Scope.TOPICS_WRITE)
    topic = await named.lock(session, Topic, topic_id)
    expected(edit_etag(topic.edit))
    await extras.check_extras(session, "topic", replacement.extras)
    await external_ids.require_free(session, Topic, topic_id, replacement.external_ids)
    await named.rename(session, topic, replacement.slug)
    for name, value in _fields(replacement).items():
        setattr(topic, name, value)
    topic.edit += 1
    topic.changed_at = await transaction_time(session)
    note(session, "topic", topic.id)
    return topic


async def delete(
    session: AsyncSession, actor: Actor, topic_id: UUID, *, expected: Expectation
) -> None:
    """Delete a topic that no article has."""
    actor.require(Scope.TOPICS_WRITE)
    topic = await named.lock(session, Topic, topic_id, whole=True)
    expected(edit_etag(topic.edit))
    await usage.refuse_if_used(session, "topic_ids", topic_id)
    await session.delete(topic)
    note(session, "topic", topic_id, deleted=True)


def _fields(sent: TopicCreate) -> dict[str, Any]:
    return sent.model_dump(mode="json", exclude={"slug"})
