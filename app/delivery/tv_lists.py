"""What the rails of a TV home show: the ids of each list, and then the cards of those chosen."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from app.delivery.reader import Reader
from app.delivery.statements import Statement, number, statement
from app.published.tv import PlannedRail

Stamps = dict[UUID, bytes]
"""The numbers of the last changes of lists, as text."""

_STAMPS = """
    SELECT 0 AS sort, asked.key AS id, convert_to(s.seq::text, 'UTF8') AS bytes
    FROM unnest($1::uuid[]) AS asked(key) JOIN published.stamps s ON s.key = asked.key
"""

STAMPS = statement(_STAMPS)

# One snapshot: no card can be newer than the stamps that it comes with.
CARDS = statement(f"""
    {_STAMPS}
    UNION ALL SELECT 1, v.article_id, v.card
    FROM unnest($2::uuid[]) AS asked(id) JOIN published.videos v ON v.article_id = asked.id
    UNION ALL SELECT 2, d.id, d.card
    FROM unnest($3::uuid[]) AS asked(id)
    JOIN published.documents d ON d.id = asked.id AND d.status = 200
""")

FARTHEST = 200
"""How far along a list its own articles are looked for: a topic has those of all editions."""

LISTING = statement(f"""
    SELECT w.article_id FROM (
        SELECT l.article_id, l.edition FROM published.listings l
        WHERE l.key = $1::uuid AND l.has_video
        ORDER BY l.published_at DESC, l.article_id DESC LIMIT {FARTHEST}
    ) w WHERE w.edition = $2 LIMIT $3::bigint
""")

CURATED = statement("""
    SELECT i.article_id FROM published.collection_items i
    JOIN published.videos v ON v.article_id = i.article_id
    WHERE i.collection_id = $1::uuid ORDER BY i.position, i.article_id LIMIT $2::bigint
""")

ALERT = statement("""
    SELECT i.article_id FROM published.collection_items i
    WHERE i.collection_id = $1::uuid ORDER BY i.position, i.article_id LIMIT $2::bigint
""")

STREAMS = statement("""
    SELECT d.id FROM published.documents d
    WHERE d.kind = 'stream' AND d.status = 200 AND d.meta @> '{"on_air": true}' AND d.edition = $1
    ORDER BY d.sort_key, d.id LIMIT $2::bigint
""")

SERIES = statement("""
    SELECT d.id FROM published.documents d
    WHERE d.kind = 'series' AND d.status = 200 AND d.sort_key IS NOT NULL AND d.edition = $1
    ORDER BY d.sort_key, d.id LIMIT $2::bigint
""")

FILMS = ("listing", "curated")
"""The sorts of lists of which videos are shown."""


class Wanted(NamedTuple):
    """A rail, and how many ids to look for: more than it has room for, since some may be shown
    above it."""

    rail: PlannedRail
    most: int


async def stamps(reader: Reader, keys: Iterable[UUID]) -> Stamps:
    rows = await reader.rows(STAMPS, _array(keys))
    return {UUID(bytes=identity): text for _, identity, text in rows}


async def ids(reader: Reader, edition: str, wanted: Sequence[Wanted]) -> list[list[UUID]]:
    """What each of the rails may show, in order. All are asked for at once."""
    answers = await asyncio.gather(*(reader.rows(*_query(edition, each)) for each in wanted))
    return [[UUID(bytes=identity) for (identity,) in rows] for rows in answers]


async def cards(
    reader: Reader, keys: Iterable[UUID], films: Iterable[UUID], others: Iterable[UUID]
) -> tuple[Stamps, dict[tuple[bool, UUID], bytes]]:
    """The stamps of the lists, and the cards: by id, and by whether it is that of a film."""
    rows = await reader.rows(CARDS, _array(keys), _array(films), _array(others))
    stamps = {UUID(bytes=identity): text for sort, identity, text in rows if number(sort) == 0}
    found = {
        (number(sort) == 1, UUID(bytes=identity)): card
        for sort, identity, card in rows
        if number(sort)
    }
    return stamps, found


def _query(edition: str, wanted: Wanted) -> tuple[Statement, *tuple[bytes, ...]]:
    key, most = str(wanted.rail.key).encode(), str(wanted.most).encode()
    if wanted.rail.source == "listing":
        return LISTING, key, edition.encode(), most
    if wanted.rail.source == "curated":
        return CURATED, key, most
    if wanted.rail.source == "alert":
        return ALERT, key, most
    return STREAMS if wanted.rail.source == "streams" else SERIES, edition.encode(), most


def _array(identities: Iterable[UUID]) -> bytes:
    return f"{{{','.join(map(str, identities))}}}".encode()
