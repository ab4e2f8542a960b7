"""Making, changing and deleting deliveries; having one pushed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import ids
from app.database import transaction_time
from app.dispatch import errands, reaching
from app.dispatch.deliveries import queries
from app.dispatch.deliveries.models import Delivery
from app.dispatch.deliveries.parcel import SECRETS
from app.dispatch.deliveries.queries import KIND
from app.dispatch.deliveries.schemas import DeliveryFields
from app.dispatch.partners.models import Partner, PartnerFeed
from app.editing.calling import OutboundOff
from app.editing.expectation import Expectation, edit_etag
from app.editing.feeds.models import Feed
from app.errors import Conflict, Fault, Invalid, NotFound
from app.identity.actor import Actor
from app.identity.scopes import Scope
from app.published import changes

USUAL, AGAIN = "", "again"
"""Subjects of errands: what changed is pushed; or what is there, whether it changed or not."""


async def create(session: AsyncSession, actor: Actor, draft: DeliveryFields) -> Delivery:
    """It is pushed at once, and then whenever the feed changes."""
    actor.require(Scope.PARTNERS_MANAGE)
    await _check(session, draft)
    delivery = Delivery(id=ids.internal(), **_fields(draft))
    session.add(delivery)
    await session.flush()
    await _ask(session, delivery, USUAL)
    return delivery


async def replace(
    session: AsyncSession,
    actor: Actor,
    delivery_id: UUID,
    replacement: DeliveryFields,
    *,
    expected: Expectation,
) -> Delivery:
    """Change a delivery. It is pushed at once."""
    actor.require(Scope.PARTNERS_MANAGE)
    delivery = await _lock(session, delivery_id)
    expected(edit_etag(delivery.edit))
    await _check(session, replacement)
    for name, value in _fields(replacement).items():
        setattr(delivery, name, value)
    delivery.pushed_sha256 = None
    delivery.edit += 1
    delivery.changed_at = await transaction_time(session)
    await errands.drop(session, KIND, str(delivery_id))
    await _ask(session, delivery, USUAL)
    return delivery


async def delete(
    session: AsyncSession, actor: Actor, delivery_id: UUID, *, expected: Expectation
) -> None:
    """Its receipts go with it. What was pushed stays where it is."""
    actor.require(Scope.PARTNERS_MANAGE)
    delivery = await _lock(session, delivery_id)
    expected(edit_etag(delivery.edit))
    await errands.drop(session, KIND, str(delivery_id))
    await session.delete(delivery)


async def push(session: AsyncSession, actor: Actor, delivery_id: UUID) -> Delivery:
    """Have it pushed now, whether it changed or not, and however often it failed before: the time
    of its next try is not waited for."""
    actor.require(Scope.PARTNERS_MANAGE)
    delivery = await _lock(session, delivery_id)
    if not reaching.of(session).on:
        raise OutboundOff("MASTHEAD_OUTBOUND is off here.")
    partner = await session.get_one(Partner, delivery.partner_id)
    if not (delivery.active and partner.active):
        raise Conflict("The delivery is not active, or its partner is not.")
    await errands.drop(session, KIND, str(delivery_id))
    await _ask(session, delivery, AGAIN)
    return delivery


async def _ask(session: AsyncSession, delivery: Delivery, subject: str) -> None:
    if delivery.active and reaching.of(session).on:
        wanted = [(str(delivery.id), subject)]
        await errands.ask(session, KIND, wanted, seq=await changes.head(session))


async def _lock(session: AsyncSession, delivery_id: UUID) -> Delivery:
    delivery = await queries.lock(session, delivery_id)
    if delivery is None:
        raise NotFound("There is no such delivery.")
    return delivery


async def _check(session: AsyncSession, sent: DeliveryFields) -> None:
    """Raise Invalid where the partner may not have it, or the secret is of no use."""
    partner = await session.get(Partner, sent.partner_id, with_for_update={"key_share": True})
    faults: list[Fault] = []
    if partner is None:
        faults.append(Fault("There is no such partner.", pointer="/partner_id"))
    else:
        if not await _may_have(session, partner.id, sent.feed_id):
            detail = "It is not one of the partner's feeds. Add it to the partner first."
            faults.append(Fault(detail, pointer="/feed_id"))
        if partner.formats is not None and sent.format not in partner.formats:
            faults.append(Fault("The partner may not have this format.", pointer="/format"))
    if wrong := _wrong_secret(session, sent):
        faults.append(Fault(wrong, pointer="/secret"))
    if (sent.host_key is None) is (sent.kind == "sftp"):
        wrong = "SFTP needs it: the server's key." if sent.kind == "sftp" else "Only SFTP has one."
        faults.append(Fault(wrong, pointer="/host_key"))
    if faults:
        raise Invalid("The delivery could not be made.", faults=faults)


async def _may_have(session: AsyncSession, partner_id: UUID, feed_id: UUID) -> bool:
    """Until the commit the feed is not deleted."""
    query = select(Feed.id).join(PartnerFeed, PartnerFeed.feed_id == Feed.id)
    query = query.where(PartnerFeed.partner_id == partner_id, Feed.id == feed_id)
    found = await session.execute(query.with_for_update(of=Feed, read=True, key_share=True))
    return found.first() is not None


def _wrong_secret(session: AsyncSession, sent: DeliveryFields) -> str | None:
    if sent.secret is None:
        return None if sent.kind == "http" else "This kind of address needs one."
    secret = reaching.of(session).secrets.get(sent.secret)
    if secret is None:
        return "There is no secret of this name in MASTHEAD_DELIVERY_SECRETS."
    forms = SECRETS[sent.kind]
    if not secret.get_secret_value().startswith(forms):
        return f"The secret of this name does not begin with {' or '.join(forms)}"
    return None


def _fields(sent: DeliveryFields) -> dict[str, Any]:
    return sent.model_dump() | {"kind": sent.kind}
