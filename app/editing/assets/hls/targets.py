"""Which HLS addresses there are to look at, and whose they are; what is none is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

MEDIA_TYPES = ("application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl")


@dataclass(frozen=True)
class Target:
    """`owner_kind` is asset or stream."""

    owner_kind: str
    owner_id: UUID
    url: str

    @property
    def id(self) -> UUID:
        """That of the look at it."""
        return uuid5(self.owner_id, self.url)


async def of_owner(session: AsyncSession, owner_id: UUID) -> list[Target]:
    """Those of one asset or stream, public or not."""
    rows: Any = await session.execute(_OF_OWNER, {"owner": owner_id, "types": list(MEDIA_TYPES)})
    return [Target(*row) for row in rows]


async def forget_unused(session: AsyncSession) -> None:
    """Delete looks at what is no address of anybody any more, as of deleted assets and streams."""
    await session.execute(_FORGET_UNUSED, {"types": list(MEDIA_TYPES)})


async def due(
    session: AsyncSession, *, seen_before: datetime, failed_before: datetime, limit: int
) -> Sequence[Target]:
    """Public ones whose last look was before these moments, the oldest look first."""
    rows: Any = await session.execute(
        _DUE,
        {
            "types": list(MEDIA_TYPES),
            "seen_before": seen_before,
            "failed_before": failed_before,
            "limit": limit,
        },
    )
    return [Target(*row) for row in rows]


# By the index of sources: nearly all assets are pictures.
_HAS_HLS = " OR ".join(
    f"""asset.playback @> '{{"sources": [{{"media_type": "{each}"}}]}}'""" for each in MEDIA_TYPES
)

# What plays with a token only cannot be asked for without one.
_OF_ASSETS = f"""
    SELECT 'asset' AS owner_kind, asset.id AS owner_id, source ->> 'url' AS url
    FROM desk.assets asset, jsonb_array_elements(asset.playback -> 'sources') AS source
    WHERE ({_HAS_HLS}) AND asset.state = 'ready' AND asset.expired_at IS NULL
        AND jsonb_typeof(asset.playback -> 'token') IS DISTINCT FROM 'object'
        AND source ->> 'url' LIKE 'http%' AND source ->> 'media_type' = ANY(:types)
"""  # noqa: S608

_OF_STREAMS = """
    SELECT 'stream' AS owner_kind, stream.id AS owner_id, address AS url
    FROM desk.streams stream, unnest(ARRAY[stream.url] || stream.backup_urls) AS address
    WHERE address LIKE 'http%'
"""

# Text of ours alone.
_OF_OWNER = text(f"""
    SELECT * FROM ({_OF_ASSETS} AND asset.id = :owner
    UNION {_OF_STREAMS} AND stream.id = :owner) AS found ORDER BY url
""")  # noqa: S608

_FORGET_UNUSED = text(f"""
    DELETE FROM desk.stream_checks done WHERE NOT EXISTS (
        SELECT FROM ({_OF_ASSETS} UNION ALL {_OF_STREAMS}) AS used
        WHERE used.owner_id = done.owner_id AND used.url = done.url)
""")  # noqa: S608

_DUE = text(f"""
    SELECT found.* FROM ({_OF_ASSETS} AND EXISTS (
        SELECT FROM published.documents public
        WHERE public.id = asset.id AND public.kind = 'asset' AND public.status = 200)
    UNION {_OF_STREAMS} AND stream.public) AS found
    LEFT JOIN desk.stream_checks done
        ON done.owner_id = found.owner_id AND done.url = found.url
    WHERE done.checked_at IS NULL
        OR done.checked_at < CASE WHEN done.failures > 0 THEN CAST(:failed_before AS timestamptz)
            ELSE CAST(:seen_before AS timestamptz) END
    ORDER BY done.checked_at NULLS FIRST, found.owner_id, found.url LIMIT :limit
""")  # noqa: S608
