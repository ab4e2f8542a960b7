"""Reading pictures that have arrived, and making of each what readers need first.

One at a time: pictures are what costs most here, and whoever waits for them can.
"""

import asyncio
from collections.abc import Iterator, Sequence
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select, text

from app import jobs
from app.database import Database
from app.editing import media
from app.editing.assets import commands
from app.editing.assets.models import Asset
from app.editing.assets.schemas import AssetFields
from app.editing.media import Media
from app.imaging.pictures import Inspected, Rendition, Unreadable
from app.imaging.renditions import EAGER, named
from app.imaging.turns import room
from app.published.media_urls import Suffix, rendition_name
from app.storage import keys
from app.storage.faults import NotThere
from app.storage.putting import put_rendition
from app.storage.reading import copy

FORMATS: dict[Suffix, str] = {"jpg": "jpeg", "webp": "webp"}
FORGOTTEN_MINUTES = 30

_WAITING = text("""
    SELECT id::text FROM desk.assets
    WHERE state = 'waiting' AND sha256 IS NOT NULL
        AND changed_at < transaction_timestamp() - make_interval(mins => :minutes)
    ORDER BY created_at LIMIT 1000
""")


@jobs.task("assets.prepare", lock="assets.prepare")
async def prepare(database: Database, *, asset_id: str) -> None:
    """Read a picture that waits for it, and make its first renditions; or say why it cannot be
    used."""
    await _prepare(database, UUID(asset_id), with_renditions=True)


async def read_at_once(database: Database, asset_id: UUID) -> None:
    """The same for whoever publishes right behind an upload, and has no time for the renditions:
    they are made when they are first needed."""
    await _prepare(database, asset_id, with_renditions=False)


@jobs.periodic("assets.forgotten", cron="*/30 * * * *")
async def prepare_forgotten(database: Database) -> None:
    """Have those read whose job was given up, while the storage was away or the disk full."""
    async with database.write() as session:
        waiting = (await session.execute(_WAITING, {"minutes": FORGOTTEN_MINUTES})).scalars()
        for asset_id in waiting.all():
            await jobs.defer(
                session, prepare, queueing_lock=f"prepare {asset_id}", asset_id=asset_id
            )


async def _prepare(database: Database, asset_id: UUID, *, with_renditions: bool) -> None:
    async with database.read() as session:
        found = media.of(session)
        asset = await session.get(Asset, asset_id)
    if asset is None or asset.state != "waiting" or asset.sha256 is None:
        return
    wanted = list(_eager(asset)) if with_renditions else []
    try:
        inspected = await _look_at(found, asset, wanted)
    except Unreadable as error:
        await _settle(database, asset.id, error.reason)
    except NotThere:
        await _settle(database, asset.id, "Its file is not in the storage. Upload it again.")
    else:
        await _settle(database, asset.id, inspected)


async def _look_at(
    found: Media, asset: Asset, wanted: Sequence[tuple[Rendition, str]]
) -> Inspected:
    assert asset.sha256 is not None
    async with room(found.folder) as folder:
        original = folder / "original"
        await copy(found.storage, keys.original(asset.sha256), original)
        inspected = await found.darkroom.inspect(original)
        made = await found.darkroom.render(original, [each for each, _ in wanted], folder)
        for (_, key), one in zip(wanted, made, strict=True):
            content = await asyncio.to_thread(one.path.read_bytes)
            await put_rendition(found.storage, key, content, media_type=one.media_type)
    return inspected


def _eager(asset: Asset) -> Iterator[tuple[Rendition, str]]:
    assert asset.sha256 is not None
    focus = (asset.focal_x, asset.focal_y)
    for name in EAGER:
        for suffix, form in FORMATS.items():
            rendition = named(name, form, (focus[0] / 100, focus[1] / 100))  # type: ignore[arg-type]
            yield rendition, keys.rendition(asset.sha256, rendition_name(name, focus), suffix)


async def _settle(database: Database, asset_id: UUID, outcome: Inspected | str) -> None:
    async with database.write() as session:
        query = select(Asset).where(Asset.id == asset_id, Asset.state == "waiting")
        asset = (await session.execute(query.with_for_update())).scalar_one_or_none()
        if asset is None:
            return
        if isinstance(outcome, str):
            asset.state, asset.failure = "failed", outcome
        else:
            asset.state = "ready"
            _take_over(asset, outcome)
        await commands.touch(session, asset)


def _take_over(asset: Asset, inspected: Inspected) -> None:
    """What the picture is; and what it says of itself, where nobody has said anything else."""
    asset.width, asset.height = inspected.width, inspected.height
    asset.media_type = inspected.media_type
    asset.dominant_colour = inspected.dominant_colour
    asset.placeholder = inspected.placeholder
    look = bytes.fromhex(inspected.perceptual_hash)
    asset.perceptual_hash = int.from_bytes(look, "big", signed=True)
    said = inspected.metadata
    asset.embedded = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(said).items()
        if value
    }
    if not asset.decorative:
        asset.alt = asset.alt or _as_told("alt", said.alt_text)
    asset.title = asset.title or _as_told("title", said.headline)
    asset.caption = asset.caption or _as_told("caption", said.caption)
    asset.credit = asset.credit or _as_told("credit", said.credit)
    asset.creator = asset.creator or _as_told("creator", said.creator)
    asset.captured_at = asset.captured_at or _as_told("captured_at", said.captured_at)
    asset.digital_source_type = asset.digital_source_type or _as_told(
        "digital_source_type", said.digital_source_type
    )
    if said.rights and not asset.rights.get("terms"):
        asset.rights = {**asset.rights, "terms": said.rights}


def _as_told(field: str, said: str | None) -> str | None:
    """What a file says in the form in which an editor might have told it. Nothing where none could:
    no later edit would be accepted with it, and it stays in `embedded`."""
    try:
        told: str | None = getattr(AssetFields.model_validate({field: said}), field)
    except ValidationError:
        return None
    return told
