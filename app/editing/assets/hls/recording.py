"""Writing down what a look has found, and telling readers what they did not know."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import transaction_time
from app.editing.assets.hls import targets
from app.editing.assets.hls.filling import filled, summary
from app.editing.assets.hls.looking import Look
from app.editing.assets.hls.models import StreamCheck
from app.editing.assets.hls.targets import Target
from app.editing.assets.models import Asset
from app.editing.assets.playback import LONGEST_MS
from app.editing.changed import note

FEWEST_FAILURES = 3
FAILING_FOR = timedelta(hours=1)


async def record(session: AsyncSession, target: Target, look: Look) -> None:
    """Keep the look. What is found out is no edit: the ETag of the asset stays.

    Nothing happens where it is no longer an address of its owner.
    """
    asset = await _locked(session, target)
    if target not in await targets.of_owner(session, target.owner_id):
        return
    await _keep(session, target, look, await transaction_time(session))
    if asset is not None and look.playlist is not None and asset.playback:
        _tell(session, asset, target.url, look)


async def forget_others(session: AsyncSession, owner_id: UUID) -> None:
    """Delete looks at addresses that the owner no longer has."""
    present = [each.url for each in await targets.of_owner(session, owner_id)]
    await session.execute(
        delete(StreamCheck).where(StreamCheck.owner_id == owner_id, StreamCheck.url.not_in(present))
    )


def _tell(session: AsyncSession, asset: Asset, url: str, look: Look) -> None:
    assert look.playlist is not None
    assert asset.playback is not None
    playback = filled(asset.playback, url, look.playlist)
    lasts = (look.best or look.playlist).duration
    if asset.duration_ms is None and lasts and lasts * 1000 <= LONGEST_MS:
        asset.duration_ms = round(lasts * 1000)
    elif playback == asset.playback:
        return
    asset.playback = playback
    note(session, "asset", asset.id)


async def _keep(session: AsyncSession, target: Target, look: Look, now: datetime) -> None:
    check = await session.get(StreamCheck, target.id)
    if check is None:
        check = StreamCheck(
            id=target.id, owner_id=target.owner_id, url=target.url, owner_kind=target.owner_kind,
            failures=0, failing_since=None, dead=False, found={},
        )  # fmt: skip
        session.add(check)
    check.checked_at = now
    check.detail = look.failure or look.undecided
    if look.playlist is not None:
        check.found = summary(look.playlist, look.best)
    if look.undecided is not None:
        return
    if look.failure is None:
        check.failures, check.failing_since, check.dead = 0, None, False
        return
    check.failures += 1
    check.failing_since = check.failing_since or now
    check.dead = (
        check.failures >= FEWEST_FAILURES
        and now - check.failing_since >= FAILING_FOR
        and (look.answered or await _any_answer(session, check.failing_since))
    )


async def _any_answer(session: AsyncSession, since: datetime) -> bool:
    """Whether another address could be read since: else our own line may be down."""
    found = await session.execute(
        select(exists().where(StreamCheck.checked_at >= since, StreamCheck.failures == 0))
    )
    return bool(found.scalar_one())


async def _locked(session: AsyncSession, target: Target) -> Asset | None:
    if target.owner_kind != "asset":
        return None
    rows = await session.execute(
        select(Asset).where(Asset.id == target.owner_id).with_for_update(key_share=True)
    )
    return rows.scalar_one_or_none()
