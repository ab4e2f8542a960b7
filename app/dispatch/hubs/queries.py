"""Reading what hubs were told."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.dispatch.hubs.schemas import MOST_FEEDS, HubView, PingView
from app.dispatch.hubs.websub import KIND
from app.dispatch.models import Errand


async def hub(session: AsyncSession, url: str) -> HubView:
    """All that is known of a hub."""
    of_hub = (Errand.kind == KIND, Errand.target == url)
    counted = await session.execute(
        select(
            func.count(),
            func.count().filter(Errand.next_at.is_not(None)),
            func.count().filter(Errand.ok.is_(False)),
            func.max(Errand.tried_at).filter(Errand.ok.is_(True)),
        ).where(*of_hub)
    )
    feeds, waiting, failing, last_ok_at = counted.one()
    last = await session.execute(
        select(Errand)
        .where(*of_hub)
        .order_by(Errand.ok.nulls_last(), Errand.tried_at.desc().nulls_last(), Errand.subject)
        .limit(MOST_FEEDS)
    )
    return HubView(
        url=url, feeds=feeds, waiting=waiting, failing=failing, last_ok_at=last_ok_at,
        pings=[_ping(each) for each in last.scalars()],
    )  # fmt: skip


def _ping(errand: Errand) -> PingView:
    return PingView(
        feed=errand.subject,
        tried_at=errand.tried_at,
        ok=errand.ok,
        status=errand.status,
        reason=errand.reason,
        failures=errand.attempts,
        next_at=errand.next_at,
    )
