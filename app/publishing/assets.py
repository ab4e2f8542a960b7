"""The assets that articles use, with what these need in turn: posters, and files to be played."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.database import pipelined
from app.editing.assets.models import Asset
from app.publishing import pictures
from app.publishing.rows import select


async def load(
    session: AsyncSession, identities: Iterable[UUID], *, held: bool = False
) -> dict[UUID, Asset]:
    """Those of these that are there, and theirs. `held`: until the commit nobody changes them."""
    wanted = set(identities)
    if not wanted:
        return {}
    found = await _select(session, wanted, held=held)
    # Who had to wait for an edit has it, and of what is named there only what was named before.
    if held and (missing := pictures.wanted(found.values()) - found.keys()):
        found |= await _select(session, missing, held=held)
    return found


async def _select(
    session: AsyncSession, identities: Iterable[UUID], *, held: bool
) -> dict[UUID, Asset]:
    async with pipelined(session) as connection:
        where = _HELD if held else _WITH_THEIRS
        found = await select(connection, Asset, where, [list(identities)])
        return {asset.id: asset for asset in await found.fetchall()}


_WITH_THEIRS = """id IN (
    WITH named AS (SELECT id, poster_id, playback FROM desk.assets WHERE id = ANY(%s))
    SELECT id FROM named
    UNION SELECT poster_id FROM named WHERE poster_id IS NOT NULL
    UNION SELECT CAST(source ->> 'asset_id' AS uuid)
        FROM named, jsonb_array_elements(playback -> 'sources') AS source
        WHERE source ? 'asset_id' AND source ->> 'asset_id' IS NOT NULL)"""

_HELD = f"{_WITH_THEIRS} ORDER BY id FOR SHARE"
