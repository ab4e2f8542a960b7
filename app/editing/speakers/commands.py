"""Creating, changing and deleting speakers. Readers see one once a live article quotes them."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.editing import citation_notes, merging
from app.editing.changed import note
from app.editing.csl import CslName
from app.editing.expectation import Expectation, edit_etag
from app.editing.sort_keys import sort_key
from app.editing.speakers import usage
from app.editing.speakers.models import Speaker
from app.editing.speakers.schemas import Role, SpeakerCreate, SpeakerReplace
from app.errors import Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope


async def create(session: AsyncSession, actor: Actor, draft: SpeakerCreate) -> Speaker:
    actor.require(Scope.CITATIONS_WRITE)
    speaker = Speaker(id=ids.public(), edit=1)
    await _write(session, speaker, draft)
    session.add(speaker)
    await session.flush()
    note(session, "speaker", speaker.id)
    return speaker


async def replace(
    session: AsyncSession,
    actor: Actor,
    speaker_id: UUID,
    replacement: SpeakerReplace,
    *,
    expected: Expectation,
) -> Speaker:
    """Change a speaker, everywhere readers see the name."""
    actor.require(Scope.CITATIONS_WRITE)
    speaker = await merging.lock(session, Speaker, speaker_id)
    expected(edit_etag(speaker.edit))
    if replacement.kind == "person" and speaker.kind != "person":
        await usage.refuse_if_organisation(session, speaker_id)
    await _write(session, speaker, replacement)
    await merging.touch(session, speaker)
    note(session, "speaker", speaker.id)
    return speaker


async def delete(
    session: AsyncSession, actor: Actor, speaker_id: UUID, *, expected: Expectation
) -> None:
    """Delete a speaker whom nothing names, with those that were merged into them."""
    actor.require(Scope.CITATIONS_WRITE)
    speaker = await merging.lock(session, Speaker, speaker_id, whole=True)
    expected(edit_etag(speaker.edit))
    identities = await merging.with_predecessors(session, Speaker, speaker_id)
    await usage.refuse_if_used(session, identities)
    await session.execute(delete_rows(Speaker).where(Speaker.merged_into_id == speaker_id))
    await session.delete(speaker)
    for identity in identities:
        note(session, "speaker", identity, deleted=True)


def sorted_by(name: str, parts: CslName | None) -> str:
    """The family name first, where it is known: in a whole name it is not always the last word."""
    if parts is None or parts.literal or not parts.family:
        return sort_key(name)
    return sort_key(f"{parts.family}, {parts.given}" if parts.given else parts.family)


async def _write(session: AsyncSession, speaker: Speaker, sent: SpeakerCreate) -> None:
    citation_notes.require_allowed(session, {"/note_internal": sent.note_internal})
    fields: dict[str, Any] = sent.model_dump(
        mode="json", exclude={"csl_name", "roles", "note_internal"}
    )
    for name, value in fields.items():
        setattr(speaker, name, value)
    speaker.aliases = list(dict.fromkeys(sent.aliases))
    speaker.csl_name = sent.csl_name.stored() if sent.csl_name else None
    speaker.sort_key = sorted_by(sent.name, sent.csl_name)
    speaker.roles = await _roles(session, speaker.id, sent.roles)
    await citation_notes.write(session, speaker, sent.note_internal)


async def _roles(
    session: AsyncSession, speaker_id: UUID, roles: list[Role]
) -> list[dict[str, Any]]:
    wanted = {
        f"/roles/{index}/organisation_id": role.organisation_id for index, role in enumerate(roles)
    }
    found = list((await merging.references(session, Speaker, wanted)).values())
    query = select(Speaker.id, Speaker.kind).where(Speaker.id.in_({one for one in found if one}))
    kinds = {row.id: row.kind for row in await session.execute(query)}
    faults = [
        Fault("It must be an organisation or a group, and another one.", pointer=place)
        for place, organisation in zip(wanted, found, strict=True)
        if organisation and (kinds[organisation] == "person" or organisation == speaker_id)
    ]
    if faults:
        raise Invalid("A role is not in such a speaker.", faults=faults)
    stored = [role.model_dump(mode="json", by_alias=True, exclude_none=True) for role in roles]
    return [
        role | ({"organisation_id": str(organisation)} if organisation else {})
        for role, organisation in zip(stored, found, strict=True)
    ]
