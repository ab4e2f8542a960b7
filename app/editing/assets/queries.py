"""Reading assets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.editing import external_ids, named
from app.editing.assets.models import Asset
from app.editing.assets.schemas import AssetQuery, Duplicate
from app.editing.external_ids import parsed

ALIKE = 6
"""So many of the 64 bits of two looks may differ."""
PLAIN = 0
"""The look of one plain area: many pictures have it that have nothing in common."""
MOST_DUPLICATES = 20
MOST_USES = 100


async def get(session: AsyncSession, asset_id: UUID) -> Asset:
    return await named.get(session, Asset, asset_id)


async def page(
    session: AsyncSession, narrowed: AssetQuery, *, after: tuple[datetime, UUID] | None
) -> Sequence[Asset]:
    """The newest first, behind this one: one more than a page holds."""
    query = (
        select(Asset).order_by(Asset.created_at.desc(), Asset.id.desc()).limit(narrowed.limit + 1)
    )
    if narrowed.kind is not None:
        query = query.where(Asset.kind == narrowed.kind)
    if narrowed.state is not None:
        query = query.where(Asset.state == narrowed.state)
    if narrowed.q is not None:
        pattern = named.pattern(narrowed.q)
        texts = (Asset.title, Asset.alt, Asset.caption, Asset.credit, Asset.creator,
                 Asset.file_name)  # fmt: skip
        query = query.where(or_(*(column.ilike(pattern) for column in texts)))
    if narrowed.sha256 is not None:
        query = query.where(Asset.sha256 == narrowed.sha256)
    if narrowed.without_alt is not None:
        missing = (Asset.kind == "image") & Asset.alt.is_(None) & ~Asset.decorative
        query = query.where(missing if narrowed.without_alt else ~missing)
    if narrowed.expiring_before is not None:
        query = query.where(Asset.expires_at < narrowed.expiring_before)
    if narrowed.external is not None:
        query = query.where(external_ids.has(Asset, parsed(narrowed.external)))
    if after is not None:
        query = query.where(tuple_(Asset.created_at, Asset.id) < after)
    return (await session.execute(query)).scalars().all()


async def duplicates(session: AsyncSession, asset: Asset) -> list[Duplicate]:
    """Other assets with the same file, then those that look alike, the nearest first."""
    rows = await session.execute(
        _DUPLICATES,
        {
            "id": asset.id,
            "sha256": asset.sha256,
            "look": asset.perceptual_hash or PLAIN,
            "alike": ALIKE,
            "most": MOST_DUPLICATES,
        },
    )
    return [Duplicate(asset_id=row.id, same_file=row.same, distance=row.distance) for row in rows]


async def used_in(session: AsyncSession, asset_id: UUID) -> list[UUID]:
    """Articles that have it in their working copy or show it."""
    rows = await session.execute(_USED_IN, {"id": asset_id, "most": MOST_USES})
    return list(rows.scalars())


_USED_IN = text("""
    SELECT id FROM desk.articles WHERE asset_ids @> ARRAY[CAST(:id AS uuid)]
    UNION SELECT article_id FROM desk.dependencies WHERE subject_id = :id
    ORDER BY 1 LIMIT :most
""")

_DUPLICATES = text("""
    SELECT id, coalesce(sha256 = :sha256, false) AS same,
        CASE WHEN sha256 = :sha256 THEN 0
            ELSE bit_count(CAST(perceptual_hash # CAST(:look AS bigint) AS bit(64))) END AS distance
    FROM desk.assets
    WHERE id <> :id AND (sha256 = :sha256 OR (
        CAST(:look AS bigint) <> 0 AND perceptual_hash <> 0
        AND bit_count(CAST(perceptual_hash # CAST(:look AS bigint) AS bit(64))) <= :alike
    ))
    ORDER BY 2 DESC, 3, id LIMIT :most
""")
