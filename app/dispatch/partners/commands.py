"""Making, changing and deleting partners, and their keys."""

from dataclasses import replace as changed
from typing import Any
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import transaction_time
from app.dispatch import errands, reaching
from app.dispatch.partners import queries
from app.dispatch.partners.models import Partner, PartnerFeed, PartnerKey
from app.dispatch.partners.schemas import PartnerFields, PartnerKeyCreate
from app.editing.expectation import Expectation, edit_etag
from app.editing.feeds.models import Feed
from app.errors import Conflict, Fault, Invalid, NotFound
from app.identity import commands as identity
from app.identity.actor import Actor
from app.identity.commands import NewKey
from app.identity.models import Key
from app.identity.scopes import Scope
from app.published import changes

MOST_KEYS = 50
"""That are valid at a time."""

_DELIVERIES = text("SELECT id FROM desk.deliveries WHERE partner_id = :id AND active")
_HAS_DELIVERIES = text("SELECT EXISTS (SELECT FROM desk.deliveries WHERE partner_id = :id)")


async def create(session: AsyncSession, actor: Actor, draft: PartnerFields) -> Partner:
    actor.require(Scope.PARTNERS_MANAGE)
    partner = Partner(id=ids.internal(), **_fields(draft))
    session.add(partner)
    await session.flush()
    await _set_feeds(session, partner.id, draft.feed_ids)
    return partner


async def replace(
    session: AsyncSession,
    actor: Actor,
    partner_id: UUID,
    replacement: PartnerFields,
    *,
    expected: Expectation,
) -> Partner:
    """Change a partner, at once for all that it asks from now on. What it may have again is pushed
    again, if it changed meanwhile."""
    actor.require(Scope.PARTNERS_MANAGE)
    partner = await queries.lock(session, partner_id)
    expected(edit_etag(partner.edit))
    for name, value in _fields(replacement).items():
        setattr(partner, name, value)
    await _set_feeds(session, partner_id, replacement.feed_ids)
    partner.edit += 1
    partner.changed_at = await transaction_time(session)
    if partner.active and reaching.of(session).on:
        deliveries = (await session.execute(_DELIVERIES, {"id": partner_id})).scalars()
        due = [(str(each), "") for each in deliveries]
        await errands.ask(session, errands.DELIVERY, due, seq=await changes.head(session))
    return partner


async def delete(
    session: AsyncSession, actor: Actor, partner_id: UUID, *, expected: Expectation
) -> None:
    """Its keys are revoked, and what it used is forgotten."""
    actor.require(Scope.PARTNERS_MANAGE)
    partner = await queries.lock(session, partner_id, whole=True)
    expected(edit_etag(partner.edit))
    if (await session.execute(_HAS_DELIVERIES, {"id": partner_id})).scalar_one():
        raise Conflict("Feeds are still delivered to it. Delete its deliveries first.")
    for key in await queries.keys(session, partner_id):
        await identity.revoke(session, _for_keys(actor), key.id)
    await session.delete(partner)


async def create_key(
    session: AsyncSession, actor: Actor, partner_id: UUID, draft: PartnerKeyCreate
) -> NewKey:
    """A key with which the partner pulls its feeds, and can do nothing else."""
    actor.require(Scope.PARTNERS_MANAGE)
    await queries.lock(session, partner_id)
    valid = [key for key in await queries.keys(session, partner_id) if key.revoked_at is None]
    if len(valid) >= MOST_KEYS:
        raise Conflict(f"It has {MOST_KEYS} keys already. Revoke those that are not used.")
    made = await identity.create(
        session, _for_keys(actor), name=draft.name, scopes=[Scope.FEEDS_READ],
        expires_at=draft.expires_at,
    )  # fmt: skip
    session.add(PartnerKey(key_id=made.key.id, partner_id=partner_id))
    return made


async def revoke_key(session: AsyncSession, actor: Actor, partner_id: UUID, key_id: UUID) -> Key:
    """End a key of this partner, at once and for good."""
    actor.require(Scope.PARTNERS_MANAGE)
    await queries.get(session, partner_id)
    owner = await session.get(PartnerKey, key_id)
    if owner is None or owner.partner_id != partner_id:
        raise NotFound("The partner has no such key.")
    return await identity.revoke(session, _for_keys(actor), key_id)


def _for_keys(actor: Actor) -> Actor:
    """Whoever manages partners makes and ends their keys, and no others."""
    return changed(actor, scopes=actor.scopes | {Scope.KEYS_MANAGE, Scope.FEEDS_READ})


async def _set_feeds(session: AsyncSession, partner_id: UUID, feed_ids: list[UUID]) -> None:
    """Raises Invalid with each feed that there is not."""
    held = select(Feed.id).where(Feed.id.in_(feed_ids)).order_by(Feed.id)
    known = set((await session.execute(held.with_for_update(read=True, key_share=True))).scalars())
    faults = [
        Fault("There is no such saved feed.", pointer=f"/feed_ids/{index}")
        for index, feed_id in enumerate(feed_ids)
        if feed_id not in known
    ]
    if faults:
        raise Invalid("The partner would have feeds that are not there.", faults=faults)
    await session.execute(delete_rows(PartnerFeed).where(PartnerFeed.partner_id == partner_id))
    session.add_all(PartnerFeed(partner_id=partner_id, feed_id=each) for each in feed_ids)
    await session.flush()


def _fields(sent: PartnerFields) -> dict[str, Any]:
    return sent.model_dump(mode="json", exclude={"feed_ids"})
