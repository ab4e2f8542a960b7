"""What else needs an asset that is about to be deleted."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import usage
from app.errors import Conflict


async def refuse_if_used(session: AsyncSession, asset_id: UUID) -> None:
    """Raise Conflict, naming what uses it. The caller has locked the row for deletion."""
    await usage.refuse_if_used(session, "asset_ids", asset_id)
    found = (await session.execute(_USERS, {"id": asset_id})).first()
    if found is not None:
        raise Conflict(f"The {found.kind} {found.id} still uses it. Change that first.")


_USERS = text("""
    SELECT 'asset' AS kind, id FROM desk.assets WHERE poster_id = :id
    UNION ALL SELECT 'asset', id FROM desk.assets WHERE playback @> jsonb_build_object(
        'sources', jsonb_build_array(jsonb_build_object('asset_id', CAST(:id AS uuid))))
    UNION ALL SELECT 'person', id FROM desk.people WHERE image ->> 'asset_id' = CAST(:id AS text)
    UNION ALL SELECT 'site', id FROM desk.site
        WHERE publisher -> 'logo' ->> 'asset_id' = CAST(:id AS text)
    UNION ALL SELECT 'stream', id FROM desk.streams WHERE artwork_id = :id
    UNION ALL SELECT 'series', id FROM desk.series WHERE artwork_id = :id
    UNION ALL SELECT 'series', series_id FROM desk.seasons WHERE artwork_id = :id
    UNION ALL SELECT 'feed', id FROM desk.feeds WHERE image_id = :id
    UNION ALL SELECT 'schedule of the stream', stream_id FROM desk.schedule_entries
        WHERE artwork_id = :id
    LIMIT 1
""")
