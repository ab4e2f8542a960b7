"""Rights that end. What readers may not have any more they lose by a change that is committed."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.assets.models import Asset
from app.editing.changed import note

CHUNK = 100


async def settle(session: AsyncSession, asset: Asset) -> None:
    """Set whether the rights of an asset that was edited have expired."""
    now = await transaction_time(session)
    has_ended = asset.expires_at is not None and asset.expires_at <= now
    asset.expired_at = (asset.expired_at or now) if has_ended else None


async def expire_due(session: AsyncSession) -> int:
    """Take one chunk of the assets from the readers whose rights have just ended; how many.

    A row that somebody is editing is left to them, and to the next time.
    """
    now = await transaction_time(session)
    rows = await session.execute(
        select(Asset)
        .where(Asset.expires_at <= now, Asset.expired_at.is_(None))
        .order_by(Asset.expires_at)
        .limit(CHUNK)
        .with_for_update(skip_locked=True)
    )
    assets = rows.scalars().all()
    for asset in assets:
        asset.expired_at = now
        asset.edit += 1
        asset.changed_at = now
        note(session, "asset", asset.id)
    return len(assets)
