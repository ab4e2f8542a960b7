"""Pushing a feed to a partner: rendered, carried there, and a receipt of what came of it."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database
from app.dispatch import errands, feeding, reaching
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
    feeds = listings(changes) | {
        change.document_id for change in changes if change.document_kind == "feed"
    }
    wanted = [(str(each), USUAL) for each in await queries.of_feeds(session, feeds)]
    if wanted:
        await errands.ask(session, KIND, wanted, seq=changes[-1].seq, delay=DELAY, pause=PAUSE)


CONSUMER = Consumer("deliveries", tell)


@jobs.task("deliveries.push")
async def push(database: Database, *, target: str) -> None:
    """Push what is due of a delivery. What lies there already is not sent again."""
    async with database.read() as session:
        due = await errands.due(session, KIND, target, most=2)
        ready = await _ready(session, UUID(target)) if due else None
        reach = reaching.of(session)
    if ready is None or not reach.on:
        async with database.write() as session:
            await errands.drop(session, KIND, target)
        return
    again = any(errand.subject == AGAIN for errand in due)
    if ready.content is not None and ready.sha256 == ready.delivery.pushed_sha256 and not again:
        async with database.write() as session:
            await errands.record(session, due, Outcome(ok=True), pause=PAUSE)
        return
    if ready.parcel is None:
        outcome = Outcome(ok=False, reason=ready.reason)
    else:
        outcome = await _carrier(ready.delivery.kind)(ready.parcel, reach)
    async with database.write() as session:
        await _note(session, ready, due, outcome)


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
    feed = await feeding.by_id(session, delivery.feed_id)
    if feed is None or not partner.active:
        return None
    format_ = FORMATS.get(delivery.format)
    owned = await session.get(PartnerFeed, (partner.id, feed.id))
    if owned is None or (partner.formats is not None and delivery.format not in partner.formats):
        reason = "The partner may not have this feed any more, or not in this format."
        return Ready(delivery, feed.seq, None, reason=reason)
    if format_ is None:
        return Ready(delivery, feed.seq, None, reason="This server does not know the format.")
    reach = reaching.of(session)
    secret = reach.secrets.get(delivery.secret) if delivery.secret else None
    if delivery.secret and secret is None:
        reason = f"There is no secret {delivery.secret} in MASTHEAD_DELIVERY_SECRETS here."
        return Ready(delivery, feed.seq, None, reason=reason)
    content = await feeding.rendered(session, feed, format_)
    parcel = Parcel(
        name=f"{delivery.id}.{feed.seq}",
        address=delivery.address,
        content=content,
        media_type=feeding.content_type(format_),
        secret=secret.get_secret_value() if secret else None,
        host_key=delivery.host_key,
        agent=await calling.agent(session),
    )
    return Ready(delivery, feed.seq, content, parcel)


async def _note(session: AsyncSession, ready: Ready, due: Sequence[Due], outcome: Outcome) -> None:
    delivery = await queries.lock(session, ready.delivery.id)
    if delivery is None:  # deleted meanwhile
        return
    if delivery.edit == ready.delivery.edit and outcome.ok:
        delivery.pushed_sha256 = ready.sha256
    session.add(
        Receipt(
            delivery_id=delivery.id, seq=ready.seq, ok=outcome.ok, status=outcome.status,
            sha256=ready.sha256, bytes=None if ready.content is None else len(ready.content),
            reason=outcome.reason, attempts=max(errand.failures for errand in due) + 1,
        )
    )  # fmt: skip
    await errands.record(session, due, outcome, pause=PAUSE)


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
