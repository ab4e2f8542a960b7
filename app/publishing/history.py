"""Earlier versions of articles, without what readers may not have any more.

A version keeps its bytes for good; pictures and films whose rights have expired are the exception.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app import jobs
from app.database import Database, driver
from app.editing.assets.models import Asset
from app.published import store
from app.published.writes import Put, Views
from app.publishing.pending import Pending

CHUNK = 50
_MEDIA = ("image", "video", "audio")


async def remember(session: AsyncSession, articles: Iterable[Pending]) -> None:
    """Note which assets the versions show that this transaction publishes."""
    rows = [
        (identity, each.write.id, each.write.version)
        for each in articles
        if isinstance(each.write, Put) and each.write.published
        for kind, identity in each.names
        if kind == "asset"
    ]
    if rows:
        connection = await driver(session)
        await connection.cursor().executemany(
            "INSERT INTO desk.version_assets (asset_id, article_id, version) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            rows,
        )


@jobs.task("publishing.strip_versions")
async def strip_versions(database: Database, *, asset_id: str) -> None:
    """Take an asset whose rights have expired out of one chunk of the versions that showed it; then
    a job for the rest."""
    async with database.write() as session:
        asset = await session.get(Asset, UUID(asset_id))
        if asset is None or asset.expired_at is None:
            return
        rows = (await session.execute(_NEXT, {"asset": asset.id, "limit": CHUNK})).all()
        for row in rows:
            full, app = (without(orjson.loads(form), asset_id) for form in (row.full, row.app))
            views = Views(full=orjson.dumps(full), app=orjson.dumps(app))
            await store.rewrite_version(session, row.article_id, row.version, views)
        if len(rows) == CHUNK:
            await jobs.defer(session, strip_versions, asset_id=asset_id)


def without(value: Any, asset_id: str) -> Any:
    """PURE: a public document without the shapes of this asset, and what is nothing without them.

    A shape becomes None, or leaves its list; so do a block and a lead whose media it was.
    """
    if isinstance(value, list):
        return _kept(value, [without(each, asset_id) for each in value])
    if not isinstance(value, dict):
        return value
    if value.get("asset_id") == asset_id:
        return None
    found = {name: without(each, asset_id) for name, each in value.items()}
    kind = value.get("type", value.get("kind"))
    if kind in _MEDIA and value.get(kind) is not None and found[kind] is None:
        return None
    return None if kind == "gallery" and value.get("images") and not found["images"] else found


def _kept(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    return [new for old, new in zip(before, after, strict=True) if new is not None or old is None]


_NEXT = text("""
    WITH shown AS (
        DELETE FROM desk.version_assets WHERE (asset_id, article_id, version) IN (
            SELECT asset_id, article_id, version FROM desk.version_assets
            WHERE asset_id = :asset ORDER BY article_id, version LIMIT :limit)
        RETURNING article_id, version
    )
    SELECT shown.article_id, shown.version, kept."full", kept.app FROM shown
    JOIN published.versions kept
        ON kept.document_id = shown.article_id AND kept.version = shown.version
    ORDER BY 1, 2
""")
