"""Reading partners, their keys, and what they used."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.dispatch.partners.models import (
    Partner,
    PartnerDay,
    PartnerFeed,
    PartnerKey,
    PartnerUsage,
)
from app.dispatch.partners.schemas import (
    LONGEST_REPORT,
    DayUsage,
    FeedUsage,
    PartnerListQuery,
    UsageQuery,
    UsageReport,
    UsageTotal,
)
from app.editing.feeds.models import Feed
from app.errors import Fault, Invalid, NotFound
from app.identity.models import Key

USUAL_REPORT = timedelta(days=30)


async def page(
    session: AsyncSession, narrowed: PartnerListQuery, *, after: tuple[str, UUID] | None
) -> Sequence[Partner]:
    """In the order of their names: one more than a page holds."""
    query = select(Partner).order_by(Partner.name, Partner.id).limit(narrowed.limit + 1)
    if after is not None:
        name, identity = after
        query = query.where(
            (Partner.name > name) | ((Partner.name == name) & (Partner.id > identity))
        )
    return (await session.execute(query)).scalars().all()


async def get(session: AsyncSession, partner_id: UUID) -> Partner:
    partner = await session.get(Partner, partner_id)
    if partner is None:
        raise NotFound("There is no such partner.")
    return partner


async def lock(session: AsyncSession, partner_id: UUID, *, whole: bool = False) -> Partner:
    """The partner, locked for a change, or as a whole to be deleted."""
    query = select(Partner).where(Partner.id == partner_id).with_for_update(key_share=not whole)
    found = await session.execute(query.execution_options(populate_existing=True))
    partner = found.scalar_one_or_none()
    if partner is None:
        raise NotFound("There is no such partner.")
    return partner


async def feeds(session: AsyncSession, partner_id: UUID) -> Sequence[Feed]:
    """The saved feeds that it may have, in the order of their slugs."""
    query = select(Feed).join(PartnerFeed, PartnerFeed.feed_id == Feed.id)
    query = query.where(PartnerFeed.partner_id == partner_id).order_by(Feed.slug)
    return (await session.execute(query)).scalars().all()


async def keys(session: AsyncSession, partner_id: UUID) -> Sequence[Key]:
    query = select(Key).join(PartnerKey, PartnerKey.key_id == Key.id)
    query = query.where(PartnerKey.partner_id == partner_id).order_by(Key.id.desc())
    return (await session.execute(query)).scalars().all()


async def usage(session: AsyncSession, partner_id: UUID, asked: UsageQuery) -> UsageReport:
    """What it used in a span of days."""
    since, until = await _span(session, asked)
    days = await session.execute(
        select(PartnerDay)
        .where(PartnerDay.partner_id == partner_id, PartnerDay.day.between(since, until))
        .order_by(PartnerDay.day.desc())
    )
    rows = await session.execute(
        select(PartnerUsage)
        .where(PartnerUsage.partner_id == partner_id, PartnerUsage.day.between(since, until))
        .order_by(PartnerUsage.feed, PartnerUsage.format)
    )
    used: dict[date, list[PartnerUsage]] = {}
    for row in rows.scalars():
        used.setdefault(row.day, []).append(row)
    told = [_day(each, used.get(each.day, [])) for each in days.scalars()]
    each_feed = [feed for day in told for feed in day.feeds]
    return UsageReport(
        partner_id=partner_id,
        since=since,
        until=until,
        total=UsageTotal(
            requests=sum(day.requests for day in told),
            refused=sum(day.refused for day in told),
            not_modified=sum(feed.not_modified for feed in each_feed),
            bytes=sum(feed.bytes for feed in each_feed),
        ),
        days=told,
    )


async def _span(session: AsyncSession, asked: UsageQuery) -> tuple[date, date]:
    until = asked.until or (await transaction_time(session)).date()
    since = asked.since or until - USUAL_REPORT
    if since > until:
        fault = Fault("Must not be after `until`.", parameter="since")
        raise Invalid("The span of days is empty.", faults=[fault])
    if (until - since).days >= LONGEST_REPORT:
        fault = Fault(f"A report has at most {LONGEST_REPORT} days.", parameter="since")
        raise Invalid("The span of days is too long.", faults=[fault])
    return since, until


def _day(day: PartnerDay, used: Sequence[PartnerUsage]) -> DayUsage:
    return DayUsage(
        day=day.day,
        requests=day.requests,
        refused=day.refused,
        feeds=[
            FeedUsage(
                feed=each.feed,
                format=each.format,
                requests=each.requests,
                not_modified=each.not_modified,
                bytes=each.bytes,
            )
            for each in used
        ],
    )
