"""One file of the old system, as an asset that is ready. The same address gives the same asset."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from app.database import Database
from app.editing import media
from app.editing.assets import commands, fetching, importing, preparing, receiving
from app.editing.assets.fetching import Caller, Unfetched
from app.editing.assets.filing import PLAYLIST, Filed
from app.editing.assets.models import Asset
from app.editing.assets.schemas import AssetFields, AssetRegister
from app.editing.expectation import anything
from app.exchange.media.places import File, candidates
from app.exchange.media.report import FileItem
from app.identity.actor import Actor
from app.imaging.pictures import Interrupted

Told = TypeVar("Told", bound=AssetFields)

TRIES = 3
PAUSE = 2.0
"""Seconds before it is tried again, and twice as many before the third time."""


async def take(
    database: Database, actor: Actor, call: Caller, file: File, told: Mapping[str, str]
) -> FileItem:
    """What became of it. Broken off anywhere, a second time goes on there."""
    known = await _known(database, file)
    if known is not None and known.state == "ready":
        return FileItem(file.urls, file.kind, "there", known.id)
    try:
        if len(file.urls) > 1:
            asset_id = await _forms(database, actor, call, file, told)
        else:
            asset_id = await _one(database, actor, call, file, told)
    except Unfetched as error:
        return FileItem(file.urls, file.kind, "failed", reason=str(error))
    return FileItem(file.urls, file.kind, "fetched", asset_id)


async def _forms(
    database: Database, actor: Actor, call: Caller, file: File, told: Mapping[str, str]
) -> UUID:
    """A video in several forms: an asset for each, and one that is played from them."""
    sources = []
    for url in file.urls:
        item = await take(database, actor, call, File(file.kind, (url,)), {})
        if item.asset_id is None:
            raise Unfetched(item.reason or "One of its forms cannot be had.")
        sources.append({"asset_id": item.asset_id})
    draft = _draft(AssetRegister, told, kind=file.kind, playback={"sources": sources})
    async with database.write() as session:
        asset = await commands.register(session, actor, draft)
        asset.imported_from = file.name
        return asset.id


async def _one(
    database: Database, actor: Actor, call: Caller, file: File, told: Mapping[str, str]
) -> UUID:
    known = await _known(database, file)
    if known is None:
        url, filed = await _fetched(database, call, file)
        async with database.write() as session:
            fields = _draft(AssetFields, told)
            known = await receiving.receive(session, actor, fields, filed, imported_from=url)
    elif known.sha256 is None:  # asked for at the desk, and not there yet
        work = importing.fetch_long if known.kind in ("video", "audio") else importing.fetch_file
        await work.run(database, asset_id=str(known.id))
    if known.kind == "image":
        try:
            await preparing.prepare.run(database, asset_id=str(known.id))
        except Interrupted as error:
            raise Unfetched(f"{error} Run the import again.") from None
    return await _ready(database, actor, known.id)


async def _fetched(database: Database, call: Caller, file: File) -> tuple[str, Filed]:
    """In full where that can be had, else as the address says; and from which address."""
    async with database.read() as session:
        found = media.of(session)
    *better, last = candidates(file.urls[0])
    for url in better:
        with suppress(Unfetched):
            return url, await _patiently(found, call, url, file.kind)
    return last, await _patiently(found, call, last, file.kind)


async def _patiently(found: media.Media, call: Caller, url: str, kind: str) -> Filed:
    for number in range(1, TRIES + 1):
        try:
            filed = await fetching.fetched(found, call, url, kind)
        except Unfetched as error:
            if not error.may_pass or number == TRIES:
                raise
            await asyncio.sleep(PAUSE * number)
        else:
            if filed.media_type == PLAYLIST:
                raise Unfetched("It is a playlist: what it names would stay where it is.")
            return filed
    raise AssertionError("the last try returns or raises")


async def _ready(database: Database, actor: Actor, asset_id: UUID) -> UUID:
    """Its id. What cannot be used is deleted again, so that another import tries it anew."""
    async with database.write() as session:
        asset = await session.get(Asset, asset_id)
        if asset is not None and asset.state == "ready":
            return asset_id
        reason = (asset and asset.failure) or "It was deleted meanwhile, or is not ready yet."
        if asset is not None and asset.state == "failed":
            await commands.delete(session, actor, asset_id, expected=anything)
    raise Unfetched(reason)


async def _known(database: Database, file: File) -> Asset | None:
    """What was imported for it before; best, what is ready."""
    names = candidates(file.urls[0]) if len(file.urls) == 1 else [file.name]
    query = (
        select(Asset)
        .where(Asset.imported_from.in_(names), Asset.kind == file.kind, Asset.state != "failed")
        .order_by(Asset.state, Asset.created_at, Asset.id)
        .limit(1)
    )
    async with database.read() as session:
        return (await session.execute(query)).scalar_one_or_none()


def _draft(model: type[Told], told: Mapping[str, str], **others: Any) -> Told:
    """With what is told of it, as far as an asset can have that."""
    try:
        return model.model_validate({**told, **others})
    except ValidationError as error:
        wrong = {each["loc"][0] for each in error.errors() if each["loc"]} & told.keys()
        if not wrong:
            raise
        return model.model_validate(
            {name: text for name, text in told.items() if name not in wrong} | others
        )
