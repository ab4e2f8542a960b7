"""Pushing a feed to a partner: rendered, carried there, and a receipt of what came of it."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID, uuid5

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database
from app.dispatch import errands, feeding, outcomes, reaching
from app.dispatch.consumers import Consumer, listings
from app.dispatch.deliveries import queries
from app.dispatch.deliveries.commands import AGAIN, USUAL
from app.dispatch.deliveries.models import Delivery, Receipt
from app.dispatch.deliveries.parcel import Parcel
from app.dispatch.deliveries.queries import KIND
from app.dispatch.errands import Due
from app.dispatch.outcomes import Outcome
from app.dispatch.partners.models import Partner, PartnerFeed
from app.dispatch.reaching import Reaching
from app.editing import calling
from app.feeds.table import FORMATS
from app.published.changes import Change

DELAY, PAUSE = 2.0, 10.0
"""Seconds: a feed is pushed so much after a change, and again so much later at the soonest."""

Carry = Callable[[Parcel, Reaching], Awaitable[Outcome]]


@dataclass(frozen=True)
class Ready:
    """What is to be pushed; `content` None: nothing, for the `reason`."""

    delivery: Delivery
    partner: Partner
    seq: int
    content: bytes | None
    parcel: Parcel | None = None
    reason: str | None = None

    @property
    def sha256(self) -> str | None:
        return hashlib.sha256(self.content).hexdigest() if self.content is not None else None


async def tell(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Have the feeds pushed that these changes touch: all changes, since a partner shows to others
    what it has."""
    if not reaching.of(session).on:
        return
    feeds: set[UUID] | None = listings(changes) | {
        change.document_id for change in changes if change.document_kind == "feed"
    }
    if any(change.document_kind == "site" for change in changes):
        feeds = None  # its name stands in all of them
    wanted = [(str(each), USUAL) for each in await queries.active(session, feeds)]
    if wanted:
        await errands.ask(session, KIND, wanted, seq=changes[-1].seq, delay=DELAY, pause=PAUSE)


CONSUMER = Consumer("deliveries", tell)


@jobs.task("deliveries.push")
async def push(database: Database, *, target: str) -> None:
    """Push what is due of a delivery. What lies there already is not sent again."""
    async with database.read() as session:
        due = await errands.due(session, KIND, target, most=2)
        if not due:
            return
        ready = await _ready(session, UUID(target))
        reach = reaching.of(session)
    if ready is None or not reach.on:
        await _give_up(database, UUID(target))
        return
    again = any(errand.subject == AGAIN for errand in due)
    if ready.content is not None and ready.sha256 == ready.delivery.pushed_sha256 and not again:
        await _is_there(database, ready, due)
        return
    if ready.parcel is None:
        outcome = outcomes.failed(ready.reason or "")
    elif await _begin(database, ready):
        outcome = await _carrier(ready.delivery.kind)(ready.parcel, reach)
    else:
        return
    await _note(database, ready, due, outcome)


@jobs.periodic("deliveries.forget", cron="29 3 * * *")
async def forget(database: Database) -> None:
    """Receipts are kept for 90 days; what hubs were told and nobody asked for since, for 30."""
    async with database.write() as session:
        await session.execute(_FORGET_RECEIPTS)
        await session.execute(_FORGET_ERRANDS)


async def _ready(session: AsyncSession, delivery_id: UUID) -> Ready | None:
    """None where nothing is to be pushed any more."""
    delivery = await session.get(Delivery, delivery_id)
    if delivery is None or not delivery.active:
        return None
    partner = await session.get_one(Partner, delivery.partner_id)
    if not partner.active:
        return None
    feed = await feeding.by_id(session, delivery.feed_id)
    if feed is None:
        return Ready(
            delivery, partner, 0, None, reason="Neither the site nor the feed is public yet."
        )
    format_ = FORMATS.get(delivery.format)
    owned = await session.get(PartnerFeed, (partner.id, feed.id))
    if owned is None or (partner.formats is not None and delivery.format not in partner.formats):
        reason = "The partner may not have this feed any more, or not in this format."
        return Ready(delivery, partner, feed.seq, None, reason=reason)
    if format_ is None:
        return Ready(
            delivery, partner, feed.seq, None, reason="This server does not know the format."
        )
    reach = reaching.of(session)
    secret = reach.secrets.get(delivery.secret) if delivery.secret else None
    if delivery.secret and secret is None:
        reason = f"There is no secret {delivery.secret} in MASTHEAD_DELIVERY_SECRETS here."
        return Ready(delivery, partner, feed.seq, None, reason=reason)
    content = await feeding.rendered(session, feed, format_)
    before = await queries.last_success(session, delivery_id)
    parcel = Parcel(
        name=_name(delivery_id, content, before),
        address=delivery.address,
        content=content,
        media_type=feeding.content_type(format_),
        secret=secret.get_secret_value() if secret else None,
        host_key=delivery.host_key,
        agent=await calling.agent(session),
    )
    return Ready(delivery, partner, feed.seq, content, parcel)


async def _held(session: AsyncSession, delivery_id: UUID) -> tuple[Delivery, Partner] | None:
    """The delivery and its partner, whom nobody changes until the commit."""
    delivery = await queries.lock(session, delivery_id)
    if delivery is None:
        return None
    share = {"read": True}
    return delivery, await session.get_one(Partner, delivery.partner_id, with_for_update=share)


def _is_as_it_was(held: tuple[Delivery, Partner], ready: Ready) -> bool:
    """Or somebody has changed it meanwhile, and asked for another push."""
    return [each.edit for each in held] == [ready.delivery.edit, ready.partner.edit]


async def _give_up(database: Database, delivery_id: UUID) -> None:
    """Forget what is due, unless it is wanted again by now."""
    async with database.write() as session:
        held = await _held(session, delivery_id)
        if held and all(each.active for each in held) and reaching.of(session).on:
            return
        await errands.drop(session, KIND, str(delivery_id))


async def _is_there(database: Database, ready: Ready, due: Sequence[Due]) -> None:
    async with database.write() as session:
        held = await _held(session, ready.delivery.id)
        if held and _is_as_it_was(held, ready):
            await errands.record(session, due, Outcome(ok=True), pause=PAUSE)


async def _begin(database: Database, ready: Ready) -> bool:
    """From here until a push has succeeded nobody knows what lies there: one of which we hear
    nothing may have arrived."""
    async with database.write() as session:
        held = await _held(session, ready.delivery.id)
        if held is None or not _is_as_it_was(held, ready):
            return False
        held[0].pushed_sha256 = None
        return True


async def _note(database: Database, ready: Ready, due: Sequence[Due], outcome: Outcome) -> None:
    async with database.write() as session:
        held = await _held(session, ready.delivery.id)
        if held is None:  # deleted meanwhile
            return
        delivery, _ = held
        session.add(
            Receipt(
                delivery_id=delivery.id, seq=ready.seq, ok=outcome.ok, status=outcome.status,
                sha256=ready.sha256, bytes=None if ready.content is None else len(ready.content),
                reason=outcome.reason, attempts=max(errand.failures for errand in due) + 1,
            )
        )  # fmt: skip
        if outcome.ok and delivery.edit == ready.delivery.edit:
            delivery.pushed_sha256 = ready.sha256
        if _is_as_it_was(held, ready):
            await errands.record(session, due, outcome, pause=PAUSE)


def _name(delivery_id: UUID, content: bytes, before: UUID | None) -> str:
    """Of a push: the same for each try to bring this, after the push that succeeded `before`."""
    return str(uuid5(delivery_id, f"{before} {hashlib.sha256(content).hexdigest()}"))


def _carrier(kind: str) -> Carry:
    """Loaded with the first delivery of its kind: the library of SSH would make each process start
    a sixth of a second later."""
    carry: Carry = import_module(f"app.dispatch.deliveries.by_{kind}").carry
    return carry


_FORGET_RECEIPTS = text(
    "DELETE FROM desk.receipts WHERE at < transaction_timestamp() - interval '90 days'"
)
_FORGET_ERRANDS = text(
    "DELETE FROM desk.errands WHERE next_at IS NULL"
    " AND tried_at < transaction_timestamp() - interval '30 days'"
)
