"""When HLS addresses are looked at: as soon as they are saved, and daily while they are public."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database
from app.editing import calling
from app.editing.assets.hls import rounds, targets
from app.editing.assets.hls.targets import MEDIA_TYPES

_LOCK = "media.hls"
_LESS_URGENT = -10


async def ask_for_asset(
    session: AsyncSession, asset_id: UUID, playback: dict[str, Any] | None
) -> None:
    """Have the HLS addresses of an asset looked at, once what was saved of it is committed."""
    sources = (playback or {}).get("sources", ())
    if any(each.get("url") and each["media_type"] in MEDIA_TYPES for each in sources):
        await ask(session, asset_id)


async def ask(session: AsyncSession, owner_id: UUID) -> None:
    """The same for an asset or a stream that has some."""
    if calling.is_on(session):
        await jobs.defer(
            session,
            check_hls,
            queueing_lock=f"hls of {owner_id}",
            owner_id=str(owner_id),
        )


@jobs.task("media.check_hls", lock=_LOCK)
async def check_hls(database: Database, *, owner_id: str) -> None:
    """Look at what was saved."""
    await rounds.check_owner(database, UUID(owner_id))


@jobs.periodic("media.hls", cron="*/10 * * * *")
async def begin_round(database: Database) -> None:
    """Forget what nobody has any more, and have those looked at whose time has come."""
    async with database.write() as session:
        await targets.forget_unused(session)
        if calling.is_on(session) and await rounds.due(session, limit=1):
            await _defer_round(session)


@jobs.task("media.check_hls_due", lock=_LOCK)
async def check_due(database: Database) -> None:
    """One round; another job for the next, as long as there are some that are due."""
    if not await rounds.check_due(database):
        return
    async with database.write() as session:
        if await rounds.due(session, limit=1):
            await _defer_round(session)


async def _defer_round(session: AsyncSession) -> None:
    await jobs.defer(session, check_due, queueing_lock="media.check_hls_due", priority=_LESS_URGENT)
