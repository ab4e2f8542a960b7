"""From when on and until when a film may be seen. Readers are told of each turn by a change that is
committed, so that no answer of theirs depends on the clock."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.assets.models import Asset
from app.editing.assets.words import AVAILABILITIES
from app.editing.changed import note

CHUNK = 100

LATER, NOW, OVER = AVAILABILITIES


async def settle(session: AsyncSession, asset: Asset) -> None:
    """Set what is so of an asset that was edited, and when that ends."""
    asset.availability, asset.turns_at = _at(await transaction_time(session), asset)


async def turn_due(session: AsyncSession) -> int:
    """Bring one chunk of the assets up to date whose time has just come, or gone; how many.

    A row that somebody is editing is left to them, and to the next time.
    """
    now = await transaction_time(session)
    rows = await session.execute(
        select(Asset)
        .where(Asset.turns_at <= now)
        .order_by(Asset.turns_at)
        .limit(CHUNK)
        .with_for_update(skip_locked=True)
    )
    assets = rows.scalars().all()
    for asset in assets:
        before = asset.availability
        asset.availability, asset.turns_at = _at(now, asset)
        if asset.availability != before:
            asset.edit += 1
            asset.changed_at = now
            note(session, "asset", asset.id)
    return len(assets)


def _at(now: datetime, asset: Asset) -> tuple[str, datetime | None]:
    """Whether it may be seen, and the moment at which that changes."""
    playback = asset.playback or {}
    since, until = (_moment(playback.get(each)) for each in ("available_from", "available_until"))
    if until is not None and until <= now:
        return OVER, None
    if since is not None and since > now:
        return LATER, since
    return NOW, until


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
