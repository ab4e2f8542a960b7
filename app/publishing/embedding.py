"""What names each other in documents that are not articles: a work who issued it, a publication
what it is part of, a speaker the organisations that they have roles in, a video its poster, a
person their portrait.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def embedders(
    session: AsyncSession, subject_id: UUID, *, after: UUID | None = None, limit: int
) -> list[tuple[str, UUID]]:
    """Kinds and ids of public documents that name the subject, or what it was merged into, in the
    order of their ids."""
    values = {"id": subject_id, "after": after or UUID(int=0), "limit": limit}
    rows = await session.execute(_EMBEDDERS, values)
    return [(row.kind, row.id) for row in rows]


async def embedded(session: AsyncSession, identities: Iterable[UUID]) -> set[UUID]:
    """What the documents of these name."""
    rows: Any = await session.execute(_EMBEDDED, {"ids": list(identities)})
    return set(rows.scalars())


_EMBEDDERS = text("""
WITH named AS (
    SELECT CAST(:id AS uuid) AS id
    UNION SELECT merged_into_id FROM desk.publications
        WHERE id = :id AND merged_into_id IS NOT NULL
    UNION SELECT merged_into_id FROM desk.speakers WHERE id = :id AND merged_into_id IS NOT NULL
)
SELECT document.kind, document.id FROM (
    SELECT work.id FROM desk.works work JOIN named ON work.publication_id = named.id
    UNION SELECT work.id FROM desk.works work JOIN named ON work.agency_id = named.id
    UNION SELECT work.id FROM desk.works work JOIN named ON work.via_id = named.id
    UNION SELECT part.id FROM desk.publications part JOIN named ON part.parent_id = named.id
    UNION SELECT speaker.id FROM desk.speakers speaker JOIN named
        ON roles @> jsonb_build_array(jsonb_build_object('organisation_id', named.id))
    UNION SELECT asset.id FROM desk.assets asset JOIN named ON asset.poster_id = named.id
    UNION SELECT asset.id FROM desk.assets asset JOIN named ON playback @> jsonb_build_object(
        'sources', jsonb_build_array(jsonb_build_object('asset_id', named.id)))
    UNION SELECT asset.id FROM desk.assets asset JOIN named ON asset.agency_id = named.id
    UNION SELECT person.id FROM desk.people person
        JOIN named ON person.image ->> 'asset_id' = CAST(named.id AS text)
    UNION SELECT site.id FROM desk.site JOIN named
        ON publisher -> 'logo' ->> 'asset_id' = CAST(named.id AS text)
) embedder
JOIN published.documents document ON document.id = embedder.id AND document.status = 200
WHERE document.id > :after ORDER BY document.id LIMIT :limit
""")

_EMBEDDED = text("""
SELECT issuer FROM desk.works, unnest(ARRAY[publication_id, agency_id, via_id]) AS issuer
    WHERE works.id = ANY(:ids) AND issuer IS NOT NULL
UNION SELECT parent_id FROM desk.publications WHERE id = ANY(:ids) AND parent_id IS NOT NULL
UNION SELECT CAST(role ->> 'organisation_id' AS uuid)
    FROM desk.speakers, jsonb_array_elements(roles) AS role
    WHERE speakers.id = ANY(:ids) AND role ? 'organisation_id'
UNION SELECT named FROM desk.assets, unnest(ARRAY[poster_id, agency_id]) AS named
    WHERE assets.id = ANY(:ids) AND named IS NOT NULL
UNION SELECT CAST(source ->> 'asset_id' AS uuid)
    FROM desk.assets, jsonb_array_elements(playback -> 'sources') AS source
    WHERE assets.id = ANY(:ids) AND source ->> 'asset_id' IS NOT NULL
UNION SELECT CAST(image ->> 'asset_id' AS uuid) FROM desk.people
    WHERE people.id = ANY(:ids) AND image ->> 'asset_id' IS NOT NULL
UNION SELECT CAST(publisher -> 'logo' ->> 'asset_id' AS uuid) FROM desk.site
    WHERE site.id = ANY(:ids) AND publisher -> 'logo' ->> 'asset_id' IS NOT NULL
""")
