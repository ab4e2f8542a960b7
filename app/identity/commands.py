"""Making and revoking keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids, tokens
from app.database import transaction_time
from app.errors import Fault, Forbidden, Invalid
from app.identity import queries
from app.identity.actor import Actor
from app.identity.models import Key
from app.identity.scopes import BEYOND_SECTIONS, Scope
from app.published.models import ReaderKey


@dataclass(frozen=True)
class NewKey:
    """`text` is the key itself: shown now, and never again."""

    key: Key
    text: str


async def create(
    session: AsyncSession,
    actor: Actor,
    *,
    name: str,
    scopes: Iterable[Scope],
    section_ids: list[UUID] | None = None,
    expires_at: datetime | None = None,
) -> NewKey:
    """Make a key. Nobody can give what they do not have."""
    actor.require(Scope.KEYS_MANAGE)
    actor.require_all_sections()
    granted = frozenset(scopes)
    if missing := granted - actor.scopes:
        raise Forbidden(f"You cannot give scopes you do not have: {', '.join(sorted(missing))}.")
    if section_ids is not None and (beyond := granted & BEYOND_SECTIONS):
        raise Invalid(
            f"{' and '.join(sorted(beyond))} cannot be restricted to sections.",
            faults=[
                Fault(
                    "Leave the sections out, or these scopes: a second key can have them.",
                    pointer="/section_ids",
                )
            ],
        )
    if expires_at is not None and expires_at <= await transaction_time(session):
        fault = Fault("Must be in the future.", pointer="/expires_at")
        raise Invalid("The key would have expired already.", faults=[fault])
    known = await queries.known_sections(session, section_ids or [])
    if faults := [
        Fault("There is no such section.", pointer=f"/section_ids/{index}")
        for index, section_id in enumerate(section_ids or [])
        if section_id not in known
    ]:
        raise Invalid("The key would be restricted to what is not there.", faults=faults)
    token = tokens.make()
    key = Key(
        id=ids.internal(),
        name=name,
        prefix=token.prefix,
        digest=token.digest,
        scopes=sorted(granted),
        section_ids=section_ids,
        created_by=actor.name,
        expires_at=expires_at,
    )
    session.add(key)
    if Scope.CONTENT_FULL in granted:
        session.add(ReaderKey(prefix=token.prefix, digest=token.digest, expires_at=expires_at))
    await session.flush()
    await session.refresh(key)
    return NewKey(key=key, text=token.text)


async def revoke(session: AsyncSession, actor: Actor, key_id: UUID) -> Key:
    """End a key, at once and for good. Revoking it again changes nothing."""
    actor.require(Scope.KEYS_MANAGE)
    actor.require_all_sections()
    await session.execute(select(Key.id).where(Key.id == key_id).with_for_update(key_share=True))
    key = await queries.get(session, key_id)
    if key.revoked_at is None:
        key.revoked_at = await transaction_time(session)
    await session.execute(delete(ReaderKey).where(ReaderKey.prefix == key.prefix))
    return key
