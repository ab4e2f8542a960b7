"""Registering, describing and deleting assets. Readers see one once something public uses it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import ids, jobs
from app.database import transaction_time
from app.editing import external_ids, merging, named
from app.editing.assets import availability, expiry, forgetting, usage
from app.editing.assets.checks import Use, faults
from app.editing.assets.hls import tasks as hls
from app.editing.assets.models import Asset
from app.editing.assets.schemas import AssetFields, AssetRegister, AssetReplace
from app.editing.changed import note
from app.editing.expectation import Expectation, edit_etag
from app.editing.extras import check_extras
from app.editing.publications.models import Publication
from app.errors import Fault, Invalid
from app.identity.actor import Actor
from app.identity.scopes import Scope

_STORED_AS_THEY_CAME = (
    "title", "alt", "decorative", "caption", "credit", "creator", "captured_at",
    "language", "digital_source_type", "poster_id", "duration_ms", "external_ids", "extras",
    "note_internal",
)  # fmt: skip


async def register(session: AsyncSession, actor: Actor, draft: AssetRegister) -> Asset:
    """Take up media that others keep. It is ready at once."""
    asset = await create(session, actor, draft, kind=draft.kind, state="ready")
    asset.remote_url = draft.url
    note(session, "asset", asset.id)
    await hls.ask_for_asset(session, asset.id, asset.playback)
    return asset


async def create(
    session: AsyncSession, actor: Actor, told: AssetFields, *, kind: str, state: str, **known: Any
) -> Asset:
    """An asset of which this is told and known; where its bytes are is up to the caller."""
    actor.require(Scope.MEDIA_WRITE)
    agency_id = await _agency(session, told)
    asset = Asset(id=ids.public(), kind=kind, state=state, created_by=actor.name, edit=1, **known)
    await _describe(session, asset, told, agency_id)
    session.add(asset)
    await session.flush()
    return asset


async def replace(
    session: AsyncSession,
    actor: Actor,
    asset_id: UUID,
    replacement: AssetReplace,
    *,
    expected: Expectation,
) -> Asset:
    """Change what is told of an asset, everywhere readers see it."""
    actor.require(Scope.MEDIA_WRITE)
    agency_id = await _agency(session, replacement)
    asset = await named.lock(session, Asset, asset_id)
    expected(edit_etag(asset.edit))
    await _describe(session, asset, replacement, agency_id)
    await touch(session, asset)
    await hls.ask_for_asset(session, asset.id, asset.playback)
    return asset


async def delete(
    session: AsyncSession, actor: Actor, asset_id: UUID, *, expected: Expectation
) -> None:
    """Delete an asset that nothing uses. Its file goes when no other asset has the same one."""
    actor.require(Scope.MEDIA_WRITE)
    asset = await named.lock(session, Asset, asset_id, whole=True)
    expected(edit_etag(asset.edit))
    await usage.refuse_if_used(session, asset_id)
    await session.delete(asset)
    note(session, "asset", asset_id, deleted=True)
    if asset.sha256 is not None:
        await jobs.defer(session, forgetting.forget_file, sha256=asset.sha256)


async def touch(session: AsyncSession, asset: Asset) -> None:
    """Count a change, so that the ETag is a new one, and have readers see it."""
    asset.edit += 1
    asset.changed_at = await transaction_time(session)
    note(session, "asset", asset.id)


async def _agency(session: AsyncSession, told: AssetFields) -> UUID | None:
    """The publication that it names, or the one which that was merged into; held until the commit.

    To be asked for before the asset is locked: who merges publications locks in this order.
    """
    place = "/agency_id"
    return (await merging.references(session, Publication, {place: told.agency_id}))[place]


async def _describe(
    session: AsyncSession, asset: Asset, told: AssetFields, agency_id: UUID | None
) -> None:
    await _check(session, asset, told)
    for name in _STORED_AS_THEY_CAME:
        setattr(asset, name, getattr(told, name))
    asset.agency_id = agency_id
    asset.external_ids = [one.model_dump() for one in told.external_ids]
    asset.rights = told.rights.model_dump(mode="json", exclude={"expires_at"})
    asset.flags = told.flags.model_dump()
    asset.focal_x, asset.focal_y = round(told.focus.x * 100), round(told.focus.y * 100)
    if not _is_measured(asset):
        asset.width, asset.height = told.width, told.height
    asset.playback = told.playback.model_dump(mode="json") if told.playback else None
    asset.expires_at = told.rights.expires_at
    await expiry.settle(session, asset)
    await availability.settle(session, asset)


async def _check(session: AsyncSession, asset: Asset, told: AssetFields) -> None:
    await check_extras(session, "asset", told.extras)
    await external_ids.require_free(session, Asset, asset.id, told.external_ids)
    found: list[Fault] = []
    playable = asset.kind in ("video", "audio")
    for field in ("playback", "poster_id", "duration_ms"):
        if not playable and getattr(told, field) is not None:
            found.append(Fault("Only video and audio have it.", pointer=f"/{field}"))
    for field in ("width", "height") if _is_measured(asset) else ():
        if getattr(told, field) is not None:
            found.append(Fault("It is read from the picture itself.", pointer=f"/{field}"))
    found += await faults(session, _uses(asset.kind, told))
    if any(each.asset_id == asset.id for each in _uses(asset.kind, told)):
        found.append(Fault("An asset cannot be played from itself.", pointer="/playback/sources"))
    if found:
        raise Invalid("The asset cannot be described so.", faults=found)


def _is_measured(asset: Asset) -> bool:
    """Whether we have the picture, or are about to."""
    return asset.kind == "image" and (asset.sha256 is not None or asset.state == "waiting")


def _uses(kind: str, told: AssetFields) -> list[Use]:
    sources = told.playback.sources if told.playback else []
    uses = [
        Use(f"/playback/sources/{index}/asset_id", source.asset_id, kind)
        for index, source in enumerate(sources)
        if source.asset_id
    ]
    return uses + ([Use("/poster_id", told.poster_id, "image")] if told.poster_id else [])
