"""Creating, changing and deleting streams. Readers have one while it is public."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing import external_ids, extras, named, portraits
from app.editing.assets import checks as assets
from app.editing.assets.checks import Use
from app.editing.assets.hls import tasks as hls
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.site.queries import edition_named
from app.editing.streams import queries
from app.editing.streams.models import Stream
from app.editing.streams.schemas import StreamCreate, StreamFields, StreamReplace
from app.errors import Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: StreamCreate) -> Stream:
    actor.require(Scope.CHANNELS_WRITE)
    edition = await edition_named(session, draft.edition, pointer="/edition")
    await _check(session, None, draft)
    stream = await named.add(
        session, Stream, _fields(draft) | {"edition_id": edition.id},
        slug=draft.slug, name=draft.title, language=draft.language or edition.language,
    )  # fmt: skip
    portraits.begins_or_ends(session, [], [draft.artwork_id] if draft.public else [])
    note(session, "stream", stream.id)
    await hls.ask(session, stream.id)
    return stream


async def replace(
    session: AsyncSession,
    actor: Actor,
    stream_id: UUID,
    replacement: StreamReplace,
    *,
    expected: Expectation,
) -> Stream:
    """Change all of a stream but its schedule."""
    actor.require(Scope.CHANNELS_WRITE)
    stream = await named.lock(session, Stream, stream_id)
    expected(edit_etag(stream.edit))
    await _check(session, stream_id, replacement)
    before = await _shown(session, stream)
    await named.rename(session, stream, replacement.slug)
    for name, value in _fields(replacement).items():
        setattr(stream, name, value)
    portraits.begins_or_ends(session, before, await _shown(session, stream))
    await _touch(session, stream)
    await hls.ask(session, stream.id)
    return stream


async def set_on_air(
    session: AsyncSession, actor: Actor, stream_id: UUID, *, on_air: bool
) -> Stream:
    """Say whether it is live now."""
    actor.require(Scope.CHANNELS_WRITE)
    stream = await named.lock(session, Stream, stream_id)
    if stream.on_air != on_air:
        stream.on_air = on_air
        await _touch(session, stream)
    return stream


async def delete(
    session: AsyncSession, actor: Actor, stream_id: UUID, *, expected: Expectation
) -> None:
    """Delete a stream, with its schedule."""
    actor.require(Scope.CHANNELS_WRITE)
    stream = await named.lock(session, Stream, stream_id, whole=True)
    expected(edit_etag(stream.edit))
    portraits.begins_or_ends(session, await _shown(session, stream), [])
    await session.delete(stream)
    note(session, "stream", stream_id, deleted=True)


async def _check(session: AsyncSession, owner: UUID | None, sent: StreamFields) -> None:
    await extras.check_extras(session, "stream", sent.extras)
    await external_ids.require_free(session, Stream, owner, sent.external_ids)
    uses = [Use("/artwork_id", sent.artwork_id, "image")] if sent.artwork_id else []
    if faults := await assets.faults(session, uses):
        raise Invalid("The artwork cannot be used.", faults=faults)


async def _shown(session: AsyncSession, stream: Stream) -> list[UUID | None]:
    """The pictures that readers have with it, and with its schedule."""
    if not stream.public:
        return []
    return [stream.artwork_id, *await queries.schedule_pictures(session, stream.id)]


async def _touch(session: AsyncSession, stream: Stream) -> None:
    stream.edit += 1
    stream.changed_at = await transaction_time(session)
    note(session, "stream", stream.id)


def _fields(sent: StreamFields) -> dict[str, Any]:
    left_out = {"slug", "edition", "artwork_id"}
    return sent.model_dump(mode="json", exclude=left_out) | {"artwork_id": sent.artwork_id}
