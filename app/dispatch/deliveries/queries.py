"""Reading deliveries and their receipts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.dispatch import errands
from app.dispatch.deliveries.models import Delivery, Receipt
from app.dispatch.deliveries.schemas import DeliveryListQuery, ReceiptListQuery
from app.dispatch.models import Errand
from app.dispatch.partners.models import Partner
from app.errors import NotFound

KIND = errands.DELIVERY


async def page(
    session: AsyncSession, narrowed: DeliveryListQuery, *, after: tuple[UUID] | None
) -> Sequence[Delivery]:
    """The newest first: one more than a page holds."""
    query = select(Delivery).order_by(Delivery.id.desc()).limit(narrowed.limit + 1)
    if narrowed.partner is not None:
        query = query.where(Delivery.partner_id == narrowed.partner)
    if narrowed.feed is not None:
        query = query.where(Delivery.feed_id == narrowed.feed)
    if after is not None:
        query = query.where(Delivery.id < after[0])
    return (await session.execute(query)).scalars().all()


async def get(session: AsyncSession, delivery_id: UUID) -> Delivery:
    delivery = await session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound("There is no such delivery.")
    return delivery


async def lock(session: AsyncSession, delivery_id: UUID) -> Delivery | None:
    query = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    found = await session.execute(query.execution_options(populate_existing=True))
    return found.scalar_one_or_none()


async def active(session: AsyncSession, feed_ids: Collection[UUID] | None) -> Sequence[UUID]:
    """The deliveries of these feeds that are active, as their partners are; None: of all."""
    query = select(Delivery.id).join(Partner, Partner.id == Delivery.partner_id)
    query = query.where(Delivery.active, Partner.active)
    if feed_ids is not None:
        query = query.where(Delivery.feed_id.in_(feed_ids))
    return (await session.execute(query)).scalars().all()


async def receipts(
    session: AsyncSession,
    delivery_id: UUID,
    narrowed: ReceiptListQuery,
    *,
    after: tuple[UUID] | None,
) -> Sequence[Receipt]:
    """The newest first: one more than a page holds."""
    query = select(Receipt).where(Receipt.delivery_id == delivery_id)
    query = query.order_by(Receipt.id.desc()).limit(narrowed.limit + 1)
    if after is not None:
        query = query.where(Receipt.id < after[0])
    return (await session.execute(query)).scalars().all()


async def last_receipt(session: AsyncSession, delivery_id: UUID) -> Receipt | None:
    query = select(Receipt).where(Receipt.delivery_id == delivery_id)
    found = await session.execute(query.order_by(Receipt.id.desc()).limit(1))
    return found.scalar_one_or_none()


async def last_success(session: AsyncSession, delivery_id: UUID) -> UUID | None:
    """The receipt of the last push that succeeded."""
    query = select(Receipt.id).where(Receipt.delivery_id == delivery_id, Receipt.ok)
    found = await session.execute(query.order_by(Receipt.id.desc()).limit(1))
    return found.scalar_one_or_none()


async def next_push(session: AsyncSession, delivery_id: UUID) -> datetime | None:
    query = select(func.min(Errand.next_at)).where(
        Errand.kind == KIND, Errand.target == str(delivery_id)
    )
    found: datetime | None = (await session.execute(query)).scalar_one()
    return found
