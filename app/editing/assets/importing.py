"""Assets of files that are still elsewhere: asked for at the desk, fetched by a job.

One picture or document at a time, and beside them one video or sound, which may take an hour: so
most of the worker is free for what readers wait for.
"""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database
from app.editing import calling, media
from app.editing.assets import commands, fetching, forgetting, receiving
from app.editing.assets.fetching import Unfetched
from app.editing.assets.filing import Filed
from app.editing.assets.models import Asset
from app.editing.assets.schemas import AssetImport
from app.identity.actor import Actor

FORGOTTEN_MINUTES = 90
"""Longer than any fetch takes."""

_LONG = ("video", "audio")

_WAITING = text("""
    SELECT id FROM desk.assets
    WHERE state = 'waiting' AND sha256 IS NULL
        AND changed_at < transaction_timestamp() - make_interval(mins => :minutes)
    ORDER BY created_at LIMIT 1000
""")


async def begin(session: AsyncSession, actor: Actor, draft: AssetImport) -> Asset:
    """An asset that waits for its file. Raises OutboundOff where nobody may be called."""
    calling.fetcher(session)
    asset = await commands.create(
        session, actor, draft, kind=draft.kind, state="waiting", imported_from=draft.url
    )
    await ask(session, asset)
    return asset


async def ask(session: AsyncSession, asset: Asset) -> None:
    """Have its file fetched. A second time at once changes nothing."""
    work = fetch_long if asset.kind in _LONG else fetch_file
    await jobs.defer(session, work, queueing_lock=f"fetch {asset.id}", asset_id=str(asset.id))


@jobs.task("assets.fetch", lock="assets.fetch")
async def fetch_file(database: Database, *, asset_id: str) -> None:
    """Fetch a picture or a document that is waited for; or say why it cannot be had."""
    await _fetch(database, UUID(asset_id))


@jobs.task("assets.fetch_long", lock="assets.fetch_long")
async def fetch_long(database: Database, *, asset_id: str) -> None:
    """The same for what may take an hour."""
    await _fetch(database, UUID(asset_id))


@jobs.periodic("assets.unfetched", cron="15 * * * *")
async def fetch_forgotten(database: Database) -> None:
    """Have those fetched whose job was given up, while the storage was away or the disk full."""
    async with database.write() as session:
        waiting = (await session.execute(_WAITING, {"minutes": FORGOTTEN_MINUTES})).scalars().all()
        for asset_id in waiting:
            asset = await session.get(Asset, asset_id)
            assert asset is not None, "it was there in this very transaction"
            await ask(session, asset)


async def _fetch(database: Database, asset_id: UUID) -> None:
    async with database.read() as session:
        asset = await session.get(Asset, asset_id)
        found = media.of(session)
        call = await fetching.caller(session) if calling.is_on(session) else None
    if asset is None or not _waits(asset) or asset.imported_from is None:
        return
    if call is None:
        await _fail(database, asset_id, "This server makes no calls to others (MASTHEAD_OUTBOUND).")
        return
    try:
        filed = await fetching.fetched(found, call, asset.imported_from, asset.kind)
    except Unfetched as reason:
        if reason.may_pass and not jobs.last_try.get():
            raise
        await _fail(database, asset_id, str(reason))
    else:
        await _attach(database, asset_id, filed)


async def _attach(database: Database, asset_id: UUID, filed: Filed) -> None:
    async with database.write() as session:
        asset = await _lock(session, asset_id)
        if asset is None:  # deleted meanwhile
            await jobs.defer(session, forgetting.forget_file, sha256=filed.sha256)
        else:
            await receiving.attach(session, asset, filed)


async def _fail(database: Database, asset_id: UUID, reason: str) -> None:
    async with database.write() as session:
        if asset := await _lock(session, asset_id):
            asset.state, asset.failure = "failed", reason
            await commands.touch(session, asset)


async def _lock(session: AsyncSession, asset_id: UUID) -> Asset | None:
    """The asset, if it still waits for its file."""
    query = select(Asset).where(Asset.id == asset_id).with_for_update()
    asset = (await session.execute(query)).scalar_one_or_none()
    return asset if asset is not None and _waits(asset) else None


def _waits(asset: Asset) -> bool:
    return asset.state == "waiting" and asset.sha256 is None
