"""Reading captions at the desk."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing.assets.models import Asset
from app.editing.captions.models import Caption
from app.errors import NotFound


async def of_asset(session: AsyncSession, asset_id: UUID) -> Sequence[Caption]:
    """All of them, by language. Raises NotFound where there is no such asset."""
    if await session.get(Asset, asset_id) is None:
        raise NotFound("There is no such asset.")
    rows = await session.execute(
        select(Caption).where(Caption.asset_id == asset_id).order_by(Caption.language, Caption.kind)
    )
    return rows.scalars().all()


async def one(session: AsyncSession, asset_id: UUID, kind: str, language: str) -> Caption:
    found = await session.get(Caption, (asset_id, language, kind))
    if found is None:
        raise NotFound("The asset has no such captions.")
    return found


async def lock_asset(session: AsyncSession, asset_id: UUID) -> Asset:
    """The asset, held until the end of the transaction: its captions change one after the other."""
    rows = await session.execute(
        select(Asset).where(Asset.id == asset_id).with_for_update(key_share=True)
    )
    asset = rows.scalar_one_or_none()
    if asset is None:
        raise NotFound("There is no such asset.")
    return asset
