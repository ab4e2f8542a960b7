"""Assets of files that are kept here: taken up when a file is filed, read by a job."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.editing import media
from app.editing.assets import commands, preparing
from app.editing.assets.filing import Filed
from app.editing.assets.holding import hold
from app.editing.assets.models import Asset
from app.editing.assets.schemas import AssetFields
from app.errors import Unavailable
from app.identity.actor import Actor
from app.storage import keys
from app.storage.reading import exists


async def receive(
    session: AsyncSession, actor: Actor, told: AssetFields, filed: Filed, **known: Any
) -> Asset:
    """The asset of a filed file. A picture is `waiting` until it was read."""
    await _hold(session, filed)
    asset = await commands.create(
        session, actor, told, kind=filed.kind, state="waiting", **_facts(filed), **known
    )
    await _go_on(session, asset)
    return asset


async def attach(session: AsyncSession, asset: Asset, filed: Filed) -> None:
    """The file of an asset that has waited for it, of the same kind. The caller has locked it."""
    await _hold(session, filed)
    for name, value in _facts(filed).items():
        setattr(asset, name, value)
    await _go_on(session, asset)
    await commands.touch(session, asset)


async def _hold(session: AsyncSession, filed: Filed) -> None:
    await hold(session, filed.sha256)
    if not await exists(media.of(session).storage, keys.original(filed.sha256)):
        raise Unavailable("The file was deleted with another asset just now. Send it again.")


def _facts(filed: Filed) -> dict[str, Any]:
    return {
        "media_type": filed.media_type,
        "size": filed.size,
        "sha256": filed.sha256,
        "file_name": filed.file_name,
    }


async def _go_on(session: AsyncSession, asset: Asset) -> None:
    if asset.kind == "image":
        await jobs.defer(session, preparing.prepare, asset_id=str(asset.id))
    else:
        asset.state = "ready"
