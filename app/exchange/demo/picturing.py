"""Bringing the demo's files in, as uploads come in: filed, received, read; what is there stays."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import select

from app.database import Database
from app.editing import media
from app.editing.assets import commands
from app.editing.assets.filing import file_away
from app.editing.assets.models import Asset
from app.editing.assets.playback import Playback, PlaySource
from app.editing.assets.preparing import read_at_once
from app.editing.assets.receiving import receive
from app.editing.assets.schemas import AssetFields, AssetReplace
from app.editing.captions import commands as captions
from app.editing.captions.schemas import CaptionInput
from app.editing.expectation import anything
from app.editing.external_ids import ExternalIdInput, has
from app.exchange.demo.footage import FOLDER, PlannedAsset
from app.identity.actor import SYSTEM
from app.published import media_urls
from app.storage import sources
from app.storage.uploads import Whole

CAPTIONS = "captions"


@dataclass(frozen=True)
class Roll:
    """Ids by key, and by key of the film where its playlist is."""

    ids: dict[str, UUID]
    playlists: dict[str, str]


async def develop(
    database: Database,
    planned: Mapping[str, PlannedAsset],
    *,
    system: str,
    back: timedelta,
    progress: Callable[[int], None],
) -> Roll:
    """Have all of them, ready to be published; `progress` is told how many are. They are found
    again by their external ids in `system`. Dates move `back` in time."""
    roll = Roll({}, {})
    for done, (key, one) in enumerate(planned.items(), 1):
        poster = {"poster_id": roll.ids[one.poster]} if one.poster else {}
        named = {"external_ids": [ExternalIdInput(system=system, id=key)]}
        told = one.told(back, **poster, **named)
        asset = await _received(database, one.path, told)
        roll.ids[key] = asset.id
        if one.playlist is not None:
            roll.playlists[key] = await _completed(database, one, told, asset, system)
        progress(done)
    async with database.read() as session:
        await media.of(session).darkroom.close()
    return roll


async def _received(database: Database, path: Path, told: AssetFields) -> Asset:
    """The asset of this file: found again, or else uploaded; a picture has been read."""
    [wanted] = told.external_ids
    query = select(Asset).where(has(Asset, wanted))
    async with database.read() as session:
        store = media.of(session)
        asset = (await session.execute(query)).scalar_one_or_none()
    if asset is None:
        filed = await file_away(store, await asyncio.to_thread(_whole, path), name=path.name)
        async with database.write() as session:
            asset = await receive(session, SYSTEM, told, filed)
    await read_at_once(database, asset.id)
    return asset


async def _completed(
    database: Database, one: PlannedAsset, told: AssetFields, film: Asset, system: str
) -> str:
    """The address of a film's playlist, which it is given together with its captions."""
    assert one.playlist is not None
    source = dict(one.playlist)
    name = source.pop("file")
    with TemporaryDirectory(prefix="masthead-") as folder:
        path = Path(folder, name)
        await asyncio.to_thread(_rewrite, FOLDER / name, one.file, _address(film), path)
        known_as = ExternalIdInput(system=system, id=name)
        playlist = await _received(database, path, AssetFields(external_ids=[known_as]))
    if (film.playback or {}).get("sources"):
        return _address(playlist)
    playback = (told.playback or Playback()).model_copy(
        update={"sources": [PlaySource(asset_id=playlist.id, **source)]}
    )
    whole = AssetReplace.model_validate(told.model_dump() | {"playback": playback.model_dump()})
    async with database.write() as session:
        await commands.replace(session, SYSTEM, film.id, whole, expected=anything)
        for language, label in one.captions.items():
            sent = CaptionInput(text=one.captions_in(language), label=label)
            await captions.put(
                session, SYSTEM, film.id, CAPTIONS, language, sent, expected=anything, is_new=True
            )
    return _address(playlist)


def _whole(path: Path) -> Whole:
    return Whole(path, path.stat().st_size, sources.sha256_of(path))


def _rewrite(playlist: Path, name: str, address: str, to: Path) -> None:
    """The playlist with the address instead of the name, which leads nowhere in the storage."""
    to.write_text(playlist.read_text("utf-8").replace(name, address), "utf-8")


def _address(asset: Asset) -> str:
    assert asset.sha256 is not None
    assert asset.media_type is not None
    return media_urls.original(asset.id, asset.sha256, asset.media_type)
